using System.Text;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// One router in virtual time. It runs when a frame arrives, when a line is typed, and when it said it would need to; between
/// two runs with work left over one microsecond passes.
/// </summary>
public sealed partial class LabNode : IEventTarget
{
    /// <summary>Work units per run (frames, routes, lines).</summary>
    public const int Budget = 64;

    private const int WakeEvent = 0;
    private const int TimerEvent = 1;
    private const int BootEvent = 2;

    private readonly RunningLab _lab;
    private readonly EventQueue _queue;
    private readonly Func<WireEnd, IEthernetPort> _makePort;
    private readonly StringBuilder _console = new();
    private readonly byte[] _octets = new byte[1024];
    private bool _wakeQueued;
    private long _deadline = EventQueue.Never;
    private long _armed = EventQueue.Never;

    /// <param name="interfaces">Names of the ports, in the order of <paramref name="ends"/>.</param>
    /// <param name="makePort">What the router sees of an end, made anew at each start of the router.</param>
    public LabNode(RunningLab lab, NodeSettings settings, IReadOnlyList<string> interfaces, IReadOnlyList<WireEnd> ends, Func<WireEnd, IEthernetPort> makePort)
    {
        _lab = lab;
        _queue = lab.Queue;
        Settings = settings;
        Interfaces = interfaces;
        Ends = ends;
        _makePort = makePort;
        MakeRouter();
    }

    public string Name => Settings.Name;
    public NodeSettings Settings { get; }

    /// <summary>Another one after each restart.</summary>
    public Router Router { get; private set; }

    /// <summary>Interface name of each port.</summary>
    public IReadOnlyList<string> Interfaces { get; }
    public IReadOnlyList<WireEnd> Ends { get; }
    public IReadOnlyList<IEthernetPort> Ports { get; private set; }

    /// <summary>When not 0: runs at least this often, as a board does whose chip tells of a link only when asked.</summary>
    public int PollEveryMs { get; set; }

    /// <summary>Hears everything that the console prints.</summary>
    public Action<string> Printed { get; set; }

    /// <summary>Runs so far.</summary>
    public long Polls { get; private set; }

    /// <summary>A frame waits, or a link has changed: the node runs at this very time, after what is already due.</summary>
    public void Wake()
    {
        if (_wakeQueued) return;
        _wakeQueued = true;
        _queue.At(_queue.Now, this, WakeEvent);
    }

    public void Happen(int what, object subject)
    {
        if (what == BootEvent)
        {
            Boot();
            return;
        }

        if (what == WakeEvent)
        {
            _wakeQueued = false;
            if (IsOn) Poll();
            return;
        }

        // Only the timer last armed counts: an earlier deadline may have overtaken others.
        if (_queue.Now != _armed) return;
        _armed = EventQueue.Never;
        if (!IsOn) return;
        if (_queue.Now >= _deadline) Poll();
        else Arm();
    }

    /// <summary>Loads a configuration as a transaction.</summary>
    /// <param name="file">Its name, for the problems.</param>
    /// <returns>False when it has mistakes: they are noted, and nothing of it is applied.</returns>
    public bool Load(string text, string file, List<LabProblem> problems)
    {
        int before = problems.Count;
        ConfigurationText.Load(Router.Cli.Loader, text, _queue.NowMs, file, problems, _lab.Options.Lenient ? _lab.Skipped : null);
        TakeConsole();
        return problems.Count == before;
    }

    /// <summary>Types one line and lets the lab run until the console is free again.</summary>
    /// <param name="limit">Virtual microseconds at most; what was printed until then is the answer.</param>
    /// <returns>What the console printed.</returns>
    public string Type(string line, long limit)
    {
        long end = _queue.Now + limit;
        TakeConsole();
        _console.Clear();
        if (!_lab.RunUntil(() => IsOn && !Router.Cli.Busy && ScriptDone, limit)) return IsOn ? "% The console is busy\n" : "% The router is starting\n";
        TakeConsole();
        _console.Clear();
        Router.Cli.Line(line, _queue.NowMs);
        Wake();
        _lab.RunUntil(() => !_wakeQueued && IsOn && !Router.Cli.Busy, end - _queue.Now);
        TakeConsole();
        return _console.ToString();
    }

    private void Poll()
    {
        Polls++;
        uint wait = Router.Poll(_queue.NowMs, Budget);
        TakeConsole();
        if (TypeScripted()) wait = 0;
        if (wait == 0)
        {
            _deadline = _queue.Now + 1;
        }
        else
        {
            long ms = _queue.Now / 1000;
            _deadline = wait == Router.Idle ? EventQueue.Never : (ms + wait) * 1000;
            if (PollEveryMs > 0) _deadline = Math.Min(_deadline, (ms + PollEveryMs) * 1000);
        }

        if (Router.RestartRequested) Restart();
        else Arm();
    }

    private void Arm()
    {
        if (_deadline >= _armed) return;
        _armed = _deadline;
        _queue.At(_deadline, this, TimerEvent);
    }

    private void TakeConsole()
    {
        int count;
        while ((count = Router.Cli.Output.Take(_octets, 0, _octets.Length)) > 0)
        {
            string text = Encoding.Latin1.GetString(_octets, 0, count);
            (_typed == null ? _console : _answer).Append(text);
            Printed?.Invoke(text);
        }
    }
}
