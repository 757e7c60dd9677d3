using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>A router between two UDP cables. There is no kernel at the far end that answers ARP: the bench does.</summary>
public sealed class UdpContestant : PortContestant
{
    private const int SenderPort = 20001;
    private const int InPort = 20002;
    private const int OutPort = 20003;
    private const int SinkPort = 20004;

    private readonly Func<string, string, ForwarderProcess> _start;
    private readonly Frame[] _burst = LabelledFrames.Make(32);
    private UdpPort _sink;

    /// <param name="start">Starts it between the two ports.</param>
    public UdpContestant(string name, Func<string, string, ForwarderProcess> start) : base(name)
    {
        _start = start;
    }

    public override void Dispose()
    {
        base.Dispose();
        _sink?.Dispose();
    }

    protected override void Start()
    {
        Forwarder = _start($"{InPort}:127.0.0.1:{SenderPort},mac={LabelledFrames.InAddress}", $"{OutPort}:127.0.0.1:{SinkPort},mac={LabelledFrames.OutAddress}");
        Sender = new UdpPort(SenderPort, "127.0.0.1", InPort, 1614);
    }

    protected override RealPort OpenSink()
    {
        _sink?.Dispose();
        _sink = new UdpPort(SinkPort, "127.0.0.1", OutPort, 1614);
        return _sink;
    }

    protected override void CloseSink(RealPort sink)
    {
    }

    protected override long Out()
    {
        Relieve();
        _sink.ReadKernelDrops();
        return _sink.FramesReceived + _sink.KernelDrops;
    }

    protected override void Relieve()
    {
        while (_sink.ReceiveBurst(_burst, _burst.Length) == _burst.Length)
        {
        }
    }

    // An ARP request becomes its reply (RFC 826): addresses change places, and ours is filled in.
    protected override void Answer(Frame frame)
    {
        Span<byte> octets = frame.Octets.AsSpan(frame.Start, frame.Length);
        if (frame.Length < 42 || octets[12] != 0x08 || octets[13] != 0x06 || octets[21] != 1) return;
        byte[] target = octets.Slice(38, 4).ToArray();
        octets.Slice(22, 10).CopyTo(octets[32..]);
        LabelledFrames.Octets(LabelledFrames.NextHopAddress).CopyTo(octets[22..]);
        target.CopyTo(octets[28..]);
        octets[21] = 2;
        octets.Slice(6, 6).CopyTo(octets);
        LabelledFrames.Octets(LabelledFrames.NextHopAddress).CopyTo(octets[6..]);
        _sink.Send(frame);
        _sink.Flush();
    }
}
