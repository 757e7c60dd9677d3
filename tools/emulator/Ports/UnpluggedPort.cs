using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>A port without cable: what a configuration is read against before any real port is opened.</summary>
public sealed class UnpluggedPort(int maxFrameLength) : IEthernetPort
{
    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp => false;

    public int MaxFrameLength => maxFrameLength;

    public void GetAddress(byte[] address, int offset) => Array.Clear(address, offset, 6);

    public bool SetPromiscuous(bool on) => true;

    public bool Receive(Frame frame) => false;

    public int ReceiveBurst(Frame[] frames, int max) => 0;

    public bool Send(Frame frame) => false;

    public void Flush()
    {
    }
}
