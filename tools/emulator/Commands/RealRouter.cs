using System.Diagnostics;
using System.Security.Cryptography;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Emulator.Commands;

/// <summary>A router on network interfaces of this machine, with the machine's clock and entropy.</summary>
public sealed class RealRouter : IDisposable
{
    private const int Budget = 256;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _startOfDay = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000;
    private readonly RouterSettings _settings;
    private readonly Capacity _capacity;
    private readonly IStore _store;
    private string _text;
    private string _file;
    private readonly List<RealPort> _ports = [];
    private readonly List<IEthernetPort> _attached = [];
    private readonly List<string> _names = [];
    private readonly List<PcapWriter> _captures = [];

    /// <exception cref="PortException">A port cannot be opened.</exception>
    public RealRouter(RouterSettings settings, Capacity capacity, IReadOnlyList<PortRequest> requests)
    {
        _settings = settings;
        _capacity = capacity;
        _store = settings.StoreFolder == null ? null : new FolderStore(settings.StoreFolder);
        MakeRouter();
        try
        {
            foreach (PortRequest request in requests)
            {
                RealPort port = request.Open(capacity.MaxFrameLength, NowMicroseconds);
                _ports.Add(port);
                _names.Add(request.Interface);
                _attached.Add(Captured(port, request, settings.PcapFolder));
                Router.AttachPort(request.Interface, _attached[^1]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Router Router { get; private set; }

    /// <summary>Lines of the configuration that were skipped because LabEdge does not support them.</summary>
    public List<LabProblem> Skipped { get; } = [];

    private void MakeRouter()
    {
        BurstKernel kernel = new LabOptions { Kernel = _settings.Kernel }.MakeKernel();
        byte[] entropy = RandomNumberGenerator.GetBytes(Router.EntropyLength);
        Router = new Router(_capacity, kernel, entropy, _store);
        ProtocolRooms.Join(Router, entropy);
    }

    /// <summary>What <c>reload</c> asks for: a new router on the same ports, from startup-config; where the store has none, from the text it was started with.</summary>
    private void Restart()
    {
        MakeRouter();
        for (int i = 0; i < _attached.Count; i++) Router.AttachPort(_names[i], _attached[i]);
        if (!Router.Cli.LoadStartup(_settings.Lenient) && _text != null) Load(_text, _file, []);
    }

    public IReadOnlyList<RealPort> Ports => _ports;

    /// <summary>Milliseconds since the start; wraps.</summary>
    public uint NowMs => Milliseconds(Stopwatch.GetElapsedTime(_start));

    /// <summary>The router's time after this long: whole milliseconds, which begin at 0 again after 2^32.</summary>
    public static uint Milliseconds(TimeSpan elapsed) => unchecked((uint)(elapsed.Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>Milliseconds until a port may have a frame of which poll(2) does not tell.</summary>
    public int WaitMs
    {
        get
        {
            int wait = int.MaxValue;
            foreach (RealPort port in _ports) wait = Math.Min(wait, port.WaitMs);
            return wait;
        }
    }

    /// <summary>Asks the system for the state of every port's link.</summary>
    public void RefreshLinks()
    {
        foreach (RealPort port in _ports) port.RefreshLink();
    }

    /// <summary>Loads a configuration as a transaction; its mistakes go to <paramref name="problems"/>, and nothing is applied then.</summary>
    public void Load(string text, string file, List<LabProblem> problems)
    {
        _text = text;
        _file = file;
        Skipped.Clear();
        ConfigurationText.Load(Router.Cli.Loader, text, NowMs, file, problems, _settings.Lenient ? Skipped : null);
    }

    /// <returns>Milliseconds until it wants to run again if nothing comes; 0 = at once.</returns>
    public uint Poll()
    {
        uint wait = Router.Poll(NowMs, Budget);
        if (!Router.RestartRequested || Router.Cli.Output.Used != 0) return wait;
        Restart();
        return 0;
    }

    /// <summary>One line per port, and one per reason for which it dropped frames.</summary>
    public void PrintCounters(TextWriter output)
    {
        Ledger ledger = Router.Tables.Ledger;
        for (int i = 0; i < _ports.Count; i++)
        {
            RealPort port = _ports[i];
            port.ReadKernelDrops();
            output.WriteLine(
                $"{_names[i]} ({port.Name}): received {(uint)ledger.Received[i]}, forwarded {(uint)ledger.Forwarded[i]}, punted {(uint)ledger.Punted[i]}, "
                + $"dropped {(uint)ledger.DroppedOn(i)}; sent {port.FramesSent}, refused {port.SendRefused}; too long {port.TooLong}, dropped by the kernel {port.KernelDrops}");
            for (int reason = 1; reason < DropReason.Count; reason++)
            {
                uint dropped = (uint)ledger.DroppedOn(i, reason);
                if (dropped != 0) output.WriteLine($"{_names[i]} ({port.Name}): dropped {dropped}: {DropReason.Name(reason)}");
            }

            PrintHints(output, i, port);
        }
    }

    // Offloads of senders on this machine: what they left undone, and how to ask them not to.
    private void PrintHints(TextWriter output, int i, RealPort port)
    {
        string place = $"{_names[i]} ({port.Name}): ";
        const string checksums = "'ethtool -K INTERFACE tx off' at the sender makes them there";
        if (port.ChecksumsCompleted != 0) output.WriteLine($"{place}completed {port.ChecksumsCompleted} checksums that a sender on this machine left to its interface; {checksums}");
        if (port.ChecksumsOpen != 0) output.WriteLine($"{place}passed on {port.ChecksumsOpen} frames, neither TCP nor UDP, with an open checksum; {checksums}");
        if (port.Remark != null) output.WriteLine(place + port.Remark);
        if (port.TooLong != 0 && port is PacketPort) output.WriteLine($"{place}too long are mostly segments that a sender left to its interface; 'ethtool -K INTERFACE tso off gso off gro off' ends that");
    }

    public void Dispose()
    {
        foreach (RealPort port in _ports) port.Dispose();
        foreach (PcapWriter capture in _captures) capture.Dispose();
    }

    private IEthernetPort Captured(RealPort port, PortRequest request, string folder)
    {
        if (folder == null) return port;
        string file = Path.Combine(folder, request.Interface.Replace('/', '-') + ".pcap");
        PcapWriter capture = CaptureFolder.Open(folder, () => new PcapWriter(file));
        _captures.Add(capture);
        return new CapturePort(port, capture, NowMicroseconds);
    }

    // Since 1970, steady.
    private long NowMicroseconds() => _startOfDay + (long)Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
}
