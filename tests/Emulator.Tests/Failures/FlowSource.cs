using LabEdge.Emulator;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Failures;

/// <summary>A flow of numbered UDP packets from one host of a lab to another, one each millisecond, and which of them arrive.</summary>
public sealed class FlowSource : IEventTarget, IWireTap
{
    /// <summary>Microseconds between two packets: 1,000 a second.</summary>
    public const long GapUs = 1000;

    private const int Port = 9;
    private const int Payload = 14 + 20 + 8;

    private readonly RunningLab _lab;
    private readonly WireEnd _from;
    private readonly WireEnd _to;
    private readonly byte[] _frame = new byte[64];
    private readonly List<bool> _arrived = [];
    private readonly long _startUs;

    /// <param name="from">A host, and <paramref name="gateway"/> the router at its link.</param>
    public FlowSource(RunningLab lab, string from, string source, string gateway, string to, string destination)
    {
        _lab = lab;
        _from = lab.Node(from).Ends[0];
        _to = lab.Node(to).Ends[0];
        WireEnd next = lab.Node(gateway).Ends.First(end => end.Wire == _from.Wire);
        next.GetAddress(_frame, 0);
        _from.GetAddress(_frame, 6);
        _frame[12] = 8;
        Ipv4Header.Write(_frame, 14, 0, _frame.Length - 14, 1, false, 64, Ipv4Header.Udp, Address(source), Address(destination));
        UdpHeader.Write(_frame, 34, Port, Port, _frame.Length - 34, Address(source), Address(destination));
        Octets.WriteUInt16(_frame, 34 + 6, 0);
        _to.Wire.AddTap(this);
        _startUs = lab.Queue.Now + GapUs;
        lab.Queue.At(_startUs, this, 0);
    }

    /// <summary>Asked each time that a packet is sent.</summary>
    public Action Sampled { get; set; }

    public bool Stopped { get; set; }

    public void Happen(int what, object subject)
    {
        if (Stopped) return;
        Octets.WriteUInt32(_frame, Payload, (uint)_arrived.Count);
        _arrived.Add(false);
        _from.Wire.Send(_from.Side, _frame, 0, _frame.Length);
        Sampled?.Invoke();
        _lab.Queue.At(_lab.Queue.Now + GapUs, this, 0);
    }

    /// <summary>Packets sent from a time on and up to another one that have not arrived.</summary>
    public int Lost(long fromUs, long toUs)
    {
        int lost = 0;
        for (int i = 0; i < _arrived.Count; i++)
        {
            long sent = _startUs + i * GapUs;
            lost += sent >= fromUs && sent < toUs && !_arrived[i] ? 1 : 0;
        }

        return lost;
    }

    public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
    }

    public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        if (end != _to.Side || count < _frame.Length || octets[offset + 12] != 8 || octets[offset + 23] != Ipv4Header.Udp || Octets.ReadUInt16(octets, offset + 36) != Port) return;
        uint number = Octets.ReadUInt32(octets, offset + Payload);
        Assert.IsLessThan(_arrived.Count, (int)number);
        Assert.IsFalse(_arrived[(int)number], $"packet {number} arrived twice");
        _arrived[(int)number] = true;
    }

    private static uint Address(string text) => Octets.ReadUInt32(System.Net.IPAddress.Parse(text).GetAddressBytes(), 0);
}
