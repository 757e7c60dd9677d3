using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Bench.Soak;

/// <summary>The router of the soak: tables filled by <see cref="SoakPolicy"/>'s plan, ports that check, and the rows that churn changes.</summary>
public sealed partial class SoakRouter
{
    /// <summary>Label for ourselves; first label of the transit LSPs and how many there are.</summary>
    private const int OwnLabel = 16;
    private const int FirstTransit = 200;
    private const int TransitLabels = 24;

    private static readonly int[] s_vrfs = [SoakPolicy.Global, SoakPolicy.Blue, SoakPolicy.Red, SoakPolicy.Green];

    private readonly SoakNumbers _numbers;
    private readonly Tables _tables;

    // Rows by what they are for: ways of the core (labelled and plain), customers' neighbours by customer.
    private readonly int[] _core = new int[6];
    private readonly int[] _coreIp = new int[2];
    private readonly int[] _edge = new int[SoakPolicy.Customers];
    private readonly int[] _wire = new int[2];

    // What the churn changes: the path row of each transit label and of each more specific route; -1 = none.
    private readonly int[] _transit = new int[TransitLabels];
    private readonly int[] _specific = new int[4 * Specifics];

    public SoakRouter(SoakNumbers numbers)
    {
        _numbers = numbers;
        Capacity capacity = Capacity.Board();
        capacity.Ports = SoakPolicy.Ports;
        capacity.Labels = 2048;
        capacity.Prefixes = 16384;
        Size(capacity);
        _tables = new Tables(capacity);
        Frames = [.. Enumerable.Range(0, capacity.Frames).Select(_ => new Frame(capacity.Headroom, capacity.MaxFrameLength))];
        Ports = [.. Enumerable.Range(0, SoakPolicy.Ports).Select(i => new SoakPort(i))];
        for (int i = 0; i < Ports.Length; i++) _tables.Ports.Attach(i, Ports[i]);
        SetUpPorts();
        SetUpTransports();
        SetUpVrfs();
        SetUpLabels();
        SetUpWires();
        SetUpMore();
    }

    public Tables Tables => _tables;

    public Frame[] Frames { get; }

    public SoakPort[] Ports { get; }

    private static void Must(bool done, string what)
    {
        if (!done) throw new InvalidOperationException("the soak's tables are too small: " + what);
    }

    private static int Row(int row, string what)
    {
        Must(row >= 0, what);
        return row;
    }

    private int VrfOf(int customer) => customer == SoakPolicy.Global ? 0 : customer;

    private void SetUpPorts()
    {
        int[] record = _tables.Ports.Record;
        for (int p = 0; p < SoakPolicy.Ports; p++)
        {
            int circuit = p <= SoakPolicy.Core1 ? ForwardingHandle.Vrf : SoakPolicy.OwnerOf(p, 0) is SoakPolicy.Blue or SoakPolicy.Red ? ForwardingHandle.Vrf | SoakPolicy.OwnerOf(p, 0) : 0;
            record[p * PortTable.Stride + PortTable.Untagged] = circuit;
        }

        foreach (string name in new[] { "blue", "red", "green" }) Row(_tables.Vrfs.Add(name), "VRFs");
        _tables.Ports.SetScope(SoakPolicy.Core0, ForwardingHandle.ScopeCore);
        _tables.Ports.SetScope(SoakPolicy.Core1, ForwardingHandle.ScopeCore);
        Must(_tables.Circuits.Set(SoakPolicy.TaggedPort, SoakPolicy.RedVlan, ForwardingHandle.Vrf | SoakPolicy.Red), "circuits");
        Must(_tables.Circuits.Set(SoakPolicy.TaggedPort, SoakPolicy.GreenVlan, ForwardingHandle.Vrf | SoakPolicy.Green), "circuits");
    }

    private void SetUpTransports()
    {
        for (int i = 0; i < _core.Length; i++) _core[i] = Row(_tables.Transports.Allocate(), "transports");
        for (int i = 0; i < _coreIp.Length; i++) _coreIp[i] = Row(_tables.Transports.Allocate(), "transports");
        for (int i = 0; i < _core.Length; i++) RaiseCore(i);
        for (int i = 0; i < _coreIp.Length; i++) Write(_coreIp[i], i, 0x0800, -1);
        _edge[SoakPolicy.Blue] = Edge(SoakPolicy.BluePort, -1);
        _edge[SoakPolicy.Red] = Edge(SoakPolicy.TaggedPort, SoakPolicy.RedVlan);
        _edge[SoakPolicy.Green] = Edge(SoakPolicy.TaggedPort, SoakPolicy.GreenVlan);
        _edge[SoakPolicy.Global] = _coreIp[1];
    }

    // Ways of the core: two neighbours, two tunnels of one label, one of three, and one that moves between the ports.
    private void RaiseCore(int way)
    {
        int port = way == 5 ? _numbers.Below(2) : way & 1;
        switch (way)
        {
            case < 2: Write(_core[way], port, 0x8847, -1); break;
            case 4: Write(_core[way], port, 0x8847, -1, 3001, 3002, 3003); break;
            default: Write(_core[way], port, 0x8847, -1, 3000 + way); break;
        }
    }

    private readonly byte[] _station = [2, 0, 0, 0, 1, 0];
    private readonly byte[] _ownStation = new byte[6];
    private readonly int[] _words = new int[3];

    private void Write(int transport, int port, int etherType, int vlan, int first = 0, int second = 0, int third = 0)
    {
        _station[5] = (byte)port;
        Ports[port].GetAddress(_ownStation, 0);
        _words[0] = LabelStackEntry.Word(first, 0, false, 255);
        _words[1] = LabelStackEntry.Word(second, 0, false, 255);
        _words[2] = LabelStackEntry.Word(third, 0, false, 255);
        Must(_tables.Transports.Set(transport, port, 1500, _station, 0, _ownStation, 0, etherType, vlan, _words, third != 0 ? 3 : first != 0 ? 1 : 0), "a transport's slot");
    }

    private int Edge(int port, int vlan)
    {
        int transport = Row(_tables.Transports.Allocate(), "transports");
        Write(transport, port, 0x0800, vlan);
        return transport;
    }

    private int NewPath(int label, int transport, bool uniform)
    {
        int path = Row(_tables.Paths.Allocate(1), "paths");
        _tables.Paths.Set(path, label == 0 ? 0 : LabelStackEntry.Word(label, 0, true, 255), transport, uniform);
        return path;
    }

    private void Route(int customer, uint prefix, int bits, int handle) => Must(_tables.Prefixes.Set(VrfOf(customer), prefix, bits, handle), "prefixes");

    // Each customer's 10.C/16: one half behind its own circuit, the other at a far PE. Blue has green's network too: an extranet.
    private void SetUpVrfs()
    {
        foreach (int c in s_vrfs)
        {
            uint net = Net(c);
            Route(c, net, 17, ForwardingHandle.Path | NewPath(0, _edge[c], true));
            int far = c == SoakPolicy.Global ? NewPath(0, _coreIp[0], true) : NewPath(SoakPolicy.ServiceLabel(c, 10), _core[2], c != SoakPolicy.Red);
            Route(c, net | 0x8000, 17, ForwardingHandle.Path | far);
        }

        Route(SoakPolicy.Blue, Net(SoakPolicy.Green), 16, ForwardingHandle.Path | NewPath(0, _edge[SoakPolicy.Green], true));
        Route(SoakPolicy.Red, 0, 0, GroupOf(SoakPolicy.Red));
        Route(SoakPolicy.Blue, Net(5), 16, ForwardingHandle.Glean | SoakPolicy.BlueTwo);
        Route(SoakPolicy.Blue, Net(6) + 1, 32, ForwardingHandle.Local);
        Array.Fill(_specific, -1);
    }

    private static uint Net(int customer) => 0x0A000000u | ((uint)customer << 16);

    private int GroupOf(int customer)
    {
        int[] members = [.. Enumerable.Range(0, 3).Select(i => ForwardingHandle.Path | NewPath(SoakPolicy.ServiceLabel(customer, 12 + i), _core[i], true))];
        int group = _tables.Groups.Add(members, members.Length);
        Must(group != ForwardingHandle.None, "groups");
        return group;
    }

    private void SetUpLabels()
    {
        Label(OwnLabel, ForwardingHandle.Local);
        for (int n = 0; n < TransitLabels; n++)
        {
            _transit[n] = Row(_tables.Paths.Allocate(2), "paths");
            Transit(n, _transit[n]);
        }

        foreach (int c in s_vrfs.Where(c => c != SoakPolicy.Global))
        {
            Label(SoakPolicy.ServiceLabel(c, 0), ForwardingHandle.Vrf | c);
            Label(SoakPolicy.ServiceLabel(c, 1), ForwardingHandle.Vrf | c);
        }
    }

    private void Label(int label, int handle) => Must(_tables.Labels.Set(label, handle, ForwardingHandle.ScopeCore), "labels");

    // Half of the transit labels are swapped, half popped one hop early; rows first, then the handle.
    private void Transit(int n, int path)
    {
        int way = _numbers.Below(_core.Length);
        bool uniform = _numbers.OneIn(2);
        if (n % 2 == 0)
        {
            _tables.Paths.Set(path, LabelStackEntry.Word(2000 + n, 0, true, 255), _core[way], uniform);
            _tables.Paths.Set(path + 1, 0, _core[way], uniform);
            Label(FirstTransit + n, ForwardingHandle.Path | path);
        }
        else
        {
            _tables.Paths.Set(path, 0, _core[way], uniform);
            _tables.Paths.Set(path + 1, 0, _coreIp[way & 1], uniform);
            Label(FirstTransit + n, ForwardingHandle.PathPair | path);
        }
    }

    private void SetUpWires()
    {
        for (int i = 0; i < 2; i++)
        {
            int customer = SoakPolicy.WireA + i;
            int port = SoakPolicy.WirePortA + i;
            _wire[i] = Row(_tables.Pseudowires.Allocate(), "pseudowires");
            int at = _wire[i] * PseudowireTable.Stride;
            _tables.Pseudowires.Record[at + PseudowireTable.Path] = NewPath(SoakPolicy.ServiceLabel(customer, 10), _core[2 + i], false);
            _tables.Pseudowires.Record[at + PseudowireTable.Port] = port;
            _tables.Pseudowires.Record[at + PseudowireTable.MaxFrame] = 1514;
            Must(_tables.Pseudowires.SetMode(_wire[i], i == 0 ? PseudowireTable.ControlWord : 0, 0), "pseudowires");
            _tables.Pseudowires.SetUp(_wire[i], true);
            Label(SoakPolicy.ServiceLabel(customer, 0), ForwardingHandle.Pseudowire | _wire[i]);
            Label(SoakPolicy.ServiceLabel(customer, 1), ForwardingHandle.Pseudowire | _wire[i]);
            _tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | _wire[i];
        }
    }
}
