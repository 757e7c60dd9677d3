using static LabEdge.Emulator.Commands.LabText;

namespace LabEdge.Emulator.Shell;

/// <summary>
/// A lab in the hands of a person or a script: consoles of its nodes, its time, its links, its goals. Takes lines and writes
/// answers; who reads the lines, from a terminal or a file, is not its matter. Time stands still between two lines unless
/// <c>speed</c> says otherwise. The same lines give the same text, character for character, at speed max.
/// </summary>
public sealed partial class LabShell : IDisposable
{
    /// <summary>A line that leaves a node's console, as it leaves an ssh session.</summary>
    public const string Escape = "~.";

    private static readonly ShellCommand[] s_commands =
    [
        new("node NODE", "the node's console; Ctrl-] or a line ~. comes back", (shell, words) => shell.EnterNode(words[1])),
        new("nodes", "the nodes, their interfaces and addresses", (shell, _) => shell.PrintNodes()),
        new("links", "the links and what they do to frames", (shell, _) => shell.PrintLinks()),
        new("run TIME", "lets so much time pass", (shell, words) => shell.Run(shell.Session.NowUs + Units.Duration(words[1]).Value)),
        new("until TIME", "lets time pass until then", (shell, words) => shell.Until(Units.Duration(words[1]).Value)),
        new("speed max", "time stands still while you think and runs as quick as it can (so it begins)", (shell, _) => shell.SetSpeed(0)),
        new("speed real", "time runs by the clock", (shell, _) => shell.SetSpeed(1)),
        new("speed FACTOR", "time runs so many times as quick as the clock", (shell, words) => shell.SetSpeed(ShellValues.FactorOf(words[1]).Value)),
        new("link LINK down", "pulls a cable", (shell, words) => shell.Apply(new LinkState(shell.Session.NowUs, words[1], false))),
        new("link LINK up", "plugs it in", (shell, words) => shell.Apply(new LinkState(shell.Session.NowUs, words[1], true))),
        new("wire LINK KEY VALUE", "what a cable does to frames: loss 5%, delay 2ms, mtu 1400, ...", (shell, words) => shell.Apply(new WireChange(shell.Session.NowUs, words[1], words[2], words[3]))),
        new("restart NODE", "switches a node off and on", (shell, words) => shell.Apply(new NodeRestart(shell.Session.NowUs, words[1]))),
        new("explain from NODE to ADDRESS", "one packet and its answer, row by row, and why it goes no further", (shell, words) => shell.Explain(words[2], words[4], null)),
        new("explain from NODE vrf WORD to ADDRESS", "the same from a VRF of the node", (shell, words) => shell.Explain(words[2], words[6], words[4])),
        new("check", "looks at the goals: score, and the first that is not met with its reason", (shell, _) => shell.Check()),
        new("capture start FOLDER", "one capture per link from now on, to open in Wireshark", (shell, words) => shell.StartCapture(words[2])),
        new("capture stop", "ends it", (shell, _) => shell.StopCapture()),
        new("save FILE", "the whole lab as it is now", (shell, words) => shell.Guarded(() => shell.Session.Save(words[1]))),
        new("resume FILE", "leaves this lab for a saved one", (shell, words) => shell.Guarded(() => shell.Resume(words[1]))),
        new("events", "what was done to this lab so far", (shell, _) => shell.PrintEvents()),
        new("help", "this list", (shell, _) => shell.PrintHelp(s_commands)),
        new("quit", "ends the lab", (shell, _) => shell.Ended = true),
    ];

    // A form that is longer has its meaning on the next line.
    private const int FormWidth = 22;

    private readonly InkWriter _output;
    private readonly Pace _pace = new();
    private LabNode _node;

    public LabShell(LabSession session, InkWriter output)
    {
        Session = session;
        _output = output;
        Grammar = new ShellGrammar(s_commands, new ShellValues(() => Session));
    }

    public LabSession Session { get; private set; }
    public ShellGrammar Grammar { get; }

    /// <summary>No more lines are taken.</summary>
    public bool Ended { get; private set; }

    /// <summary>Lines that were not understood, or could not be done.</summary>
    public int Faults { get; private set; }

    /// <summary>Whether the goals were met when they were last looked at; true when they were not.</summary>
    public bool Green { get; private set; } = true;

    /// <summary>Asked while time passes: true ends the waiting where it is. A terminal answers with its Ctrl-C.</summary>
    public Func<bool> Interrupted { get; set; } = () => false;

    /// <summary>When set, takes the person to a node's console until they come back. Without it, lines go there until <see cref="Escape"/>.</summary>
    public Action<LabNode> Visit { get; set; }

    /// <summary>What stands before a line: the lab's time, or the prompt of the node whose console takes it.</summary>
    public string Prompt => _node == null ? $"lab {Seconds(Session.NowUs)}> " : _node.Router.Cli.Prompt;

    /// <summary>True when time passes by itself: <see cref="Flow"/> wants to be called often.</summary>
    public bool Flows => _pace.Flows || Session.Lab.Clock != null;

    /// <summary>Says what lab it is, and lets it settle.</summary>
    /// <param name="untilUs">Virtual time to stop at.</param>
    public void Open(long untilUs)
    {
        RunningLab lab = Session.Lab;
        _output.Line($"{lab.Folder.Name}: {lab.Nodes.Count} routers and {lab.Wires.Count} links, seed {lab.Options.Seed}. help lists the commands.");
        Run(untilUs);
    }

    /// <summary>Takes a line.</summary>
    public void Line(string line)
    {
        line = line.Trim();
        _pace.Restart(Session.NowUs);
        if (_node != null)
        {
            TypeOnNode(line);
            return;
        }

        if (line.Length == 0 || line.StartsWith('#')) return;
        int colon = line.IndexOf(':');
        if (colon > 0 && Session.Lab.Nodes.Find(node => node.Name == line[..colon].Trim()) is LabNode node)
        {
            Show(node, line[(colon + 1)..].Trim(), Prompt.Length + line.IndexOf(line[(colon + 1)..].Trim(), colon, StringComparison.Ordinal));
            return;
        }

        if (line.EndsWith('?'))
        {
            PrintHelp(Grammar.Possible(line[..^1]));
            return;
        }

        ShellMatch match = Grammar.Match(line);
        if (match.Command == null) Fault(match.Fault);
        else match.Command.Do(this, match.Words);
    }

    public void Dispose() => Session.Dispose();

    /// <summary>The commands of a list with their meaning, one per line.</summary>
    public void PrintHelp(IReadOnlyList<ShellCommand> commands)
    {
        if (commands.Count == s_commands.Length) _output.Line($"  {"NODE: COMMAND",-FormWidth}a command on a node's console, such as  pe1: show ip route  or  pe1: ?");
        foreach (ShellCommand command in commands)
        {
            string form = command.Form.Length < FormWidth ? command.Form.PadRight(FormWidth) : command.Form + "\n  " + new string(' ', FormWidth);
            _output.Line($"  {form}{command.Help}");
        }

        if (commands.Count == 0) _output.Line("  nothing");
    }

    private void Fault(string text)
    {
        Faults++;
        _output.Line("% " + text, Ink.Bad);
    }

    private void Apply(LabInput input) => Guarded(() => Session.Apply(input));

    // What a lab or this machine refuses is an answer to the line.
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (LabException exception)
        {
            foreach (LabProblem problem in exception.Problems) Fault($"\"{problem.Found}\": expected {problem.Expected}");
        }
        catch (Exception exception) when (exception is PortException or IOException or UnauthorizedAccessException)
        {
            Fault(exception.Message);
        }
    }
}
