using System.Buffers.Binary;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>The port behind the forwarder: counts frames and octets. Its twin in C is <c>counting_send</c> of native/forward.c.</summary>
public sealed class CountingPort(int index) : IEthernetPort
{
    public long Frames;
    public long Octets;

    public LinkKind Kind => LinkKind.Ethernet;
    public bool LinkUp => true;
    public int MaxFrameLength => 1514;

    public bool Send(Frame frame)
    {
        Frames++;
        Octets += frame.Length;
        return true;
    }

    public bool Receive(Frame frame) => false;

    public int ReceiveBurst(Frame[] frames, int max) => 0;

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset) => Address(index, address.AsSpan(offset));

    public bool SetPromiscuous(bool on) => true;

    /// <summary>Station address of a port of the bench.</summary>
    public static void Address(int index, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, 0x0200);
        BinaryPrimitives.WriteInt32BigEndian(to[2..], index + 1);
    }
}

/// <summary>The same, with a hash over port, length and octets of each frame (FNV-1a, 64 bits), shared by all ports.</summary>
public sealed class HashingPort(int index, FrameHash hash) : IEthernetPort
{
    public LinkKind Kind => LinkKind.Ethernet;
    public bool LinkUp => true;
    public int MaxFrameLength => 1514;

    public bool Send(Frame frame)
    {
        hash.Add(index, frame.Octets.AsSpan(frame.Start, frame.Length));
        return true;
    }

    public bool Receive(Frame frame) => false;

    public int ReceiveBurst(Frame[] frames, int max) => 0;

    public void Flush()
    {
    }

    public void GetAddress(byte[] address, int offset) => CountingPort.Address(index, address.AsSpan(offset));

    public bool SetPromiscuous(bool on) => true;
}

public sealed class FrameHash
{
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public ulong Value = Basis;
    public long Frames;

    public void Clear()
    {
        Value = Basis;
        Frames = 0;
    }

    public void Add(int port, ReadOnlySpan<byte> octets)
    {
        ulong h = (Value ^ (uint)port) * Prime;
        h = (h ^ (uint)octets.Length) * Prime;
        foreach (byte octet in octets) h = (h ^ octet) * Prime;
        Value = h;
        Frames++;
    }
}
