using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>A port around a port that writes every frame, received or sent, to a capture file.</summary>
public sealed class CapturePort : IEthernetPort
{
    private readonly IEthernetPort _inner;
    private readonly PcapWriter _file;
    private readonly Func<long> _nowMicroseconds;

    public CapturePort(IEthernetPort inner, PcapWriter file, Func<long> nowMicroseconds)
    {
        _inner = inner;
        _file = file;
        _nowMicroseconds = nowMicroseconds;
    }

    public LinkKind Kind => _inner.Kind;

    public bool LinkUp => _inner.LinkUp;

    public int MaxFrameLength => _inner.MaxFrameLength;

    public void GetAddress(byte[] address, int offset) => _inner.GetAddress(address, offset);

    public bool SetPromiscuous(bool on) => _inner.SetPromiscuous(on);

    public bool Receive(Frame frame)
    {
        if (!_inner.Receive(frame)) return false;
        _file.Write(_nowMicroseconds(), frame.Octets, frame.Start, frame.Length);
        return true;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        int count = _inner.ReceiveBurst(frames, max);
        for (int i = 0; i < count; i++) _file.Write(_nowMicroseconds(), frames[i].Octets, frames[i].Start, frames[i].Length);
        return count;
    }

    /// <summary>Only what the port took is written.</summary>
    public bool Send(Frame frame)
    {
        bool taken = _inner.Send(frame);
        if (taken) _file.Write(_nowMicroseconds(), frame.Octets, frame.Start, frame.Length);
        return taken;
    }

    public void Flush() => _inner.Flush();
}
