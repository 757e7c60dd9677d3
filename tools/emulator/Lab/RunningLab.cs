using System.Globalization;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A lab in virtual time: routers, wires, digest and, where asked for, captures. A function of the lab's files and the seed:
/// nothing in it reads a clock, a thread or an address of memory.
/// </summary>
public sealed partial class RunningLab : IWireTap, IDisposable
{
    private const int RouterPollMs = 10;
    private const int ChipMaxMtu = 1500;

    private readonly Dictionary<(int Wire, int End), (LabNode Node, string Interface)> _ends = [];
    private readonly List<SpiMeter> _meters = [];
    private WireCapture _capture;
    private AccountFile _account;

    private RunningLab(LabFolder folder, LabOptions options)
    {
        Folder = folder;
        Options = options;
    }

    public LabFolder Folder { get; }
    public LabOptions Options { get; }
    public EventQueue Queue { get; } = new();
    public FramePool Pool { get; } = new();
    public RunDigest Digest { get; } = new();
    public List<VirtualWire> Wires { get; } = [];
    public List<LabNode> Nodes { get; } = [];

    /// <summary>Lines of configurations that were skipped, when the lab is lenient.</summary>
    public List<LabProblem> Skipped { get; } = [];

    /// <summary>SPI counts of each port; empty unless the lab runs over the chip model.</summary>
    public IReadOnlyList<SpiMeter> Meters => _meters;

    /// <summary>When set, follows a ping.</summary>
    public Journey Journey { get; set; }

    /// <summary>When set, counts pings.</summary>
    public EchoWatch Watch { get; set; }

    /// <summary>Reads a lab and makes its routers, with their configurations loaded, at virtual time 0.</summary>
    /// <exception cref="LabException">Mistakes in the lab's files: all of them, and nothing has run.</exception>
    /// <exception cref="PortException">Captures cannot be written where they were asked for.</exception>
    public static RunningLab Start(string path, LabOptions options)
    {
        // Captures are files, and ports are the machine's: neither is made for a lab that has mistakes.
        if (options.PcapFolder != null) Make(path, options with { PcapFolder = null }).Dispose();
        RunningLab lab = Make(path, options);
        try
        {
            lab.OpenOutside();
            return lab;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    private static RunningLab Make(string path, LabOptions options)
    {
        List<LabProblem> problems = [];
        LabFolder folder = LabFolder.Read(path, options, problems) ?? throw new LabException(problems);
        if (options.OverChips) CheckChipLimits(folder, options, problems);
        CheckShows(folder, options, problems);
        if (folder.Topology.Externals.Count > 0 && options.Speed is not (0 or 1)) problems.Add(new LabProblem("--speed", 0, options.Speed.ToString(CultureInfo.InvariantCulture), "real: the lab has nodes outside, which keep the clock's time"));
        RunningLab lab = new(folder, options);

        // Without a sound topology nobody can say which interfaces a configuration may name.
        if (problems.All(problem => problem.File != TopologyReader.FileName))
        {
            lab.Build();
            lab.LoadConfigurations(problems);
        }

        if (problems.Count == 0) return lab;
        lab.Dispose();
        throw new LabException(problems);
    }

    /// <summary>Somebody who looks at the frames that a node receives.</summary>
    internal NodeObserver Observe(LabNode node) => new(this, node, _account);

    public LabNode Node(string name) => Nodes.First(node => node.Name == name);

    public void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        if ((Journey == null && Watch == null) || !_ends.TryGetValue((wire.Index, end), out (LabNode Node, string Interface) plug)) return;
        Journey?.Sent(Queue.Now, plug.Node.Name, plug.Interface, octets, offset, count);
        Watch?.Sent(plug.Node.Name, wire.Name, octets, offset, count);
    }

    public void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count)
    {
        Digest.Frame(Queue.Now, wire.Index, end, octets, offset, count);
    }

    /// <summary>The link at a node's interface, or null when none is plugged in.</summary>
    public VirtualWire WireAt(string node, string interfaceName)
    {
        foreach (VirtualWire wire in Wires)
        {
            for (int end = 0; end < 2; end++)
            {
                if (_ends.TryGetValue((wire.Index, end), out (LabNode Node, string Interface) plug) && plug.Node.Name == node && plug.Interface == interfaceName) return wire;
            }
        }

        return null;
    }

    public void Dispose()
    {
        StopCapture();
        _capture?.Dispose();
        _account?.Dispose();
        foreach (ExternalPort port in _outside) port.Dispose();
        Digest.Dispose();
    }

    private void Build()
    {
        Digest.Number("seed", Options.Seed);
        Digest.Text(TopologyReader.FileName, Folder.TopologyText);
        if (Folder.Answers.Text != null) Digest.Text(LabAnswers.FileName, Folder.Answers.Text);
        if (Folder.Events.Count > 0) Digest.Text(EventsReader.FileName, Folder.Files[EventsReader.FileName]);
        QueueEvents();
        Topology topology = Folder.Topology;
        foreach (LinkSettings link in topology.Links) Wires.Add(new VirtualWire(Queue, Pool, Wires.Count, link.Name, link.Wire, Options.Seed));
        if (Options.PcapFolder != null)
        {
            _capture = CaptureFolder.Open(Options.PcapFolder, () => new WireCapture(Queue, Options.PcapFolder, Wires));
            _account = CaptureFolder.Open(Options.PcapFolder, () => new AccountFile(Path.Combine(Options.PcapFolder, AccountFile.FileName)));
        }

        foreach (NodeSettings settings in topology.Nodes) Nodes.Add(BuildNode(topology, settings));
        foreach (VirtualWire wire in Wires) wire.AddTap(this);
    }

    private LabNode BuildNode(Topology topology, NodeSettings settings)
    {
        IReadOnlyList<string> interfaces = topology.InterfacesOf(settings.Name);
        List<WireEnd> ends = [];
        foreach (string interfaceName in interfaces)
        {
            int link = topology.Links.ToList().FindIndex(l => l.Ends.Contains(new LinkEndpoint(settings.Name, interfaceName)));
            int side = Array.IndexOf(topology.Links[link].Ends, new LinkEndpoint(settings.Name, interfaceName));
            WireEnd end = Wires[link].Ends[side];
            end.SetAddress(StationAddress(settings.Index, ends.Count + 1));
            ends.Add(end);
        }

        LabNode node = new(this, settings, interfaces, ends, MakePort);
        if (Options.OverChips) node.PollEveryMs = RouterPollMs;
        for (int i = 0; i < ends.Count; i++)
        {
            ends[i].Wake = node.Wake;
            _ends[(ends[i].Wire.Index, ends[i].Side)] = (node, interfaces[i]);
        }

        return node;
    }

    /// <summary>What a node's router sends to and receives from, when it starts.</summary>
    private IEthernetPort MakePort(WireEnd end)
    {
        if (!Options.OverChips) return end;
        byte[] address = new byte[6];
        end.GetAddress(address, 0);
        SpiMeter meter = new(end, Options.MakeNic(address, () => Queue.Now));
        _meters.Add(meter);
        return meter;
    }

    // Node and port stand in the address, so that a capture reads well: 02:00:00:00:node:port.
    private static byte[] StationAddress(int node, int port) => [0x02, 0, 0, (byte)(node >> 8), (byte)node, (byte)port];

    private static void CheckChipLimits(LabFolder folder, LabOptions options, List<LabProblem> problems)
    {
        foreach (LinkSettings link in folder.Topology.Links.Where(link => link.Wire.Mtu > ChipMaxMtu))
        {
            problems.Add(new LabProblem(TopologyReader.FileName, link.Line, $"mtu {link.Wire.Mtu}", $"at most {ChipMaxMtu} octets over {options.ChipName}"));
        }
    }

    private static void CheckShows(LabFolder folder, LabOptions options, List<LabProblem> problems)
    {
        string[] nodes = [.. folder.Topology.Nodes.Select(node => node.Name)];
        foreach (ShowRequest show in options.Shows.Where(show => !nodes.Contains(show.Node)))
        {
            problems.Add(new LabProblem("--show", 0, show.Node, "one of the nodes " + string.Join(", ", nodes)));
        }
    }

    private void LoadConfigurations(List<LabProblem> problems)
    {
        for (int i = 0; i < Nodes.Count; i++)
        {
            // The digest knows a configuration by its node's file name, wherever it lies: a working copy of a lab runs like the lab.
            Digest.Text(Nodes[i].Settings.ConfigurationFile, Folder.Configurations[i]);
            Nodes[i].Configuration = Folder.Configurations[i];
            Nodes[i].Load(Folder.Configurations[i], Folder.ConfigurationFiles[i], problems);
            Nodes[i].Wake();
        }
    }
}
