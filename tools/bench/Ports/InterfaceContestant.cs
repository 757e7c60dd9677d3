using LabEdge.Emulator;

namespace LabEdge.Bench;

/// <summary>
/// A forwarder between two network interfaces: ends of veth pairs, or TAPs. The sender and the counter of what comes out stand at
/// the other ends; the kernel there answers ARP.
/// </summary>
public sealed class InterfaceContestant : PortContestant
{
    private readonly string _kind;
    private readonly int _net;
    private readonly Func<string, string, ForwarderProcess> _start;
    private readonly string _nearIn;
    private readonly string _farIn;
    private readonly string _nearOut;
    private readonly string _farOut;

    /// <param name="kind">Of its two ports; "tap" has the far ends only.</param>
    /// <param name="net">Tells its interfaces and its subnet from others'.</param>
    /// <param name="start">Starts it between the two interfaces.</param>
    public InterfaceContestant(string name, string kind, int net, Func<string, string, ForwarderProcess> start) : base(name)
    {
        _kind = kind;
        _net = net;
        _start = start;
        _farIn = $"in{net}";
        _farOut = $"out{net}";
        _nearIn = kind == "tap" ? _farIn : _farIn + "r";
        _nearOut = kind == "tap" ? _farOut : _farOut + "r";
    }

    /// <summary>A TAP's queue holds 1,000 frames.</summary>
    protected override int Window => _kind == "tap" ? 800 : 0;

    protected override void Start()
    {
        if (_kind == "tap")
        {
            AddTap(_farIn, LabelledFrames.SenderAddress);
            AddTap(_farOut, LabelledFrames.NextHopAddress);
        }
        else
        {
            NetworkSpace.AddPair(_farIn, LabelledFrames.SenderAddress, _nearIn, LabelledFrames.InAddress);
            NetworkSpace.AddPair(_farOut, LabelledFrames.NextHopAddress, _nearOut, LabelledFrames.OutAddress);
        }
        NetworkSpace.Ip($"address add 192.168.{_net}.3/24 dev {_farOut}");
        Forwarder = _start(_nearIn, _nearOut);

        // A TAP has a carrier only when somebody holds its other end.
        PacketPort sender = new(_farIn, 1614, bypass: true);
        SpinWait.SpinUntil(() =>
        {
            sender.RefreshLink();
            return sender.LinkUp;
        }, 5000);
        Sender = sender;
    }

    protected override RealPort OpenSink() => new PacketPort(_farOut, 1614);

    protected override long Out() => NetworkSpace.Received(_farOut);

    private static void AddTap(string name, string address)
    {
        NetworkSpace.Ip($"tuntap add {name} mode tap");
        NetworkSpace.Ip($"link set {name} address {address} mtu 1600");
        NetworkSpace.Ip($"link set {name} up");
    }
}
