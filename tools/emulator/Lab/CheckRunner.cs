using System.Net;
using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>How a check went.</summary>
/// <param name="Reason">Empty when it holds; else what was seen instead.</param>
/// <param name="Shown">For a command that did not show what it should: the command and its output. Else null.</param>
public sealed record CheckResult(LabCheck Check, bool Ok, string Reason, Shown Shown = null);

/// <summary>
/// Looks whether the goals of a lab are met, the way a learner would: with the nodes' own consoles. What the consoles print goes
/// into the digest.
/// </summary>
/// <param name="afresh">True: drops count from now on, for a lab that was broken and mended. False: from the lab's start.</param>
public sealed partial class CheckRunner(LabSession session, bool afresh = false)
{
    private const int Requests = 5;

    private readonly RunningLab _lab = session.Lab;
    private readonly DropClue _clue = new(session.Lab);
    private readonly DropCount _before = afresh ? new DropCount(session.Lab) : null;
    private Shown _last;

    public CheckResult Run(LabCheck check)
    {
        int[] before = _clue.Now();
        string reason = Fault(check);
        bool holds = reason.Length == 0;
        if (holds && check.While != null) reason = Dead(check);
        if (reason.Length == 0) return new CheckResult(check, true, "");
        if (check.Kind == CheckKind.Shows && !holds) return new CheckResult(check, false, reason, _last);

        // A frame that went missing was counted somewhere: that is the best clue there is.
        // Where the console said why it sent nothing, there is no need of one.
        bool told = check.Kind is CheckKind.NoDrops or CheckKind.CannotReach or CheckKind.Shows or CheckKind.Largest or CheckKind.Predicted || ConsoleAnswers.Remarks(_last.Output).Length > 0;
        string where = told ? "" : _clue.Since(before, check.Node, AddressOf(check.Destination));
        return new CheckResult(check, false, reason + where);
    }

    /// <summary>Sends the ping that a lab wants to show, twice: the first may wait for link addresses.</summary>
    public Journey Follow(JourneySettings settings)
    {
        _lab.Journey = new Journey(settings.From, AddressOf(settings.To));
        string vrf = settings.Vrf.Length == 0 ? "" : $"vrf {settings.Vrf} ";
        for (int i = 0; i < 2; i++) Console(settings.From, $"ping {vrf}{settings.To} repeat 1");
        Journey journey = _lab.Journey;
        _lab.Journey = null;
        if (journey.Hops.Count == 0) journey.Fault = WhyNothingLeft(settings.From);
        return journey;
    }

    // The console's own words; where it has none, the neighbours that it waits for.
    private string WhyNothingLeft(string node)
    {
        string remarks = ConsoleAnswers.Remarks(_last.Output);
        string silent = DropClue.Unresolved(_lab.Node(node));
        string why = string.Join("; ", new[] { remarks, silent }.Where(text => text.Length > 0));
        return why.Length > 0 ? $"on {node}: {why}" : $"{node} sent none";
    }

    private string Fault(LabCheck check) => check.Kind switch
    {
        CheckKind.Reaches => Reaches(check),
        CheckKind.CannotReach => CannotReach(check),
        CheckKind.AnsweredBy => AnsweredBy(check),
        CheckKind.Trace => Trace(check),
        CheckKind.OneHop => Trace(check with { Hops = [new TraceHop(check.Destination, null)] }),
        CheckKind.Shows => Shows(check),
        CheckKind.Stack => Stack(check),
        CheckKind.Largest => Largest(check),
        CheckKind.Predicted => Predicted(check),
        _ => NoDrops(check),
    };

    private string Reaches(LabCheck check)
    {
        (int replies, int requests) = Ping(check);
        if (replies > 0 && replies < requests) (replies, requests) = Ping(check);
        if (requests == 0) return NoPing(check);
        if (replies == requests) return "";
        string remarks = ConsoleAnswers.Remarks(_last.Output);
        return $"{replies} of {requests} pings from {check.Node} to {check.Destination} were answered{(remarks.Length == 0 ? "" : ": " + remarks)}";
    }

    private string CannotReach(LabCheck check)
    {
        (int replies, int requests) = Ping(check);
        if (requests == 0) return NoPing(check);
        return replies == 0 ? "" : $"{replies} of {requests} pings from {check.Node} to {check.Destination} were answered, and none should be";
    }

    // What a goal says may hold only because nothing works.
    private string Dead(LabCheck check)
    {
        int[] before = _clue.Now();
        string dead = Reaches(check.While);
        if (dead.Length == 0) return "";
        string held = check.Kind == CheckKind.CannotReach ? "no ping was answered, but those that should be were not either" : "so it is, but not in a network that works";
        return $"{held}: {dead}{_clue.Since(before, check.While.Node, AddressOf(check.While.Destination))}";
    }

    private string NoPing(LabCheck check) => $"{check.Node} sent no ping: {_last.Refusal ?? _last.Lines[0]}";

    private string AnsweredBy(LabCheck check)
    {
        EchoWatch watch = Watched(check, Reaches, out string reason);
        string wrong = check.Never.FirstOrDefault(node => watch.SeenBy(node) > 0);
        if (wrong != null) return $"pings from {check.Node} to {check.Destination} came to {wrong}";
        if (reason.Length > 0) return reason;
        return watch.SeenBy(check.By) > 0 ? "" : $"the pings were answered, but none came to {check.By}";
    }

    private string Trace(LabCheck check)
    {
        IReadOnlyList<TracedHop> hops = ConsoleAnswers.Trace(Console(check.Node, $"traceroute {VrfOf(check)}{check.Destination} ttl 1 {check.Hops.Count + 4} timeout 1 probe 1"));
        for (int i = 0; i < Math.Max(hops.Count, check.Hops.Count); i++)
        {
            string seen = i < hops.Count ? hops[i].ToString() : "nothing";
            string wanted = i < check.Hops.Count ? check.Hops[i].ToString() : "nothing more";
            if (seen != wanted) return $"hop {i + 1} is {seen}, and should be {wanted}";
        }

        return "";
    }

    private string Shows(LabCheck check)
    {
        string output = Console(check.Node, check.Command);
        if (_last.Refusal != null) return $"{check.Node} does not take \"{check.Command}\": {_last.Refusal}";
        string missing = check.Texts.FirstOrDefault(text => !output.Contains(text, StringComparison.Ordinal));
        return missing == null ? "" : $"\"{check.Command}\" on {check.Node} does not show \"{missing}\"";
    }

    private string NoDrops(LabCheck check)
    {
        foreach (LabNode node in check.Nodes.Select(_lab.Node))
        {
            for (int port = 0; port < node.Ports.Count; port++)
            {
                foreach (int reason in check.Reasons)
                {
                    int dropped = node.Router.Tables.Ledger.DroppedOn(port, reason) - (_before?.Of(node, port, reason) ?? 0);
                    if (dropped > 0) return $"{node.Name} dropped {dropped} from {node.Interfaces[port]}: {DropReason.Name(reason)}";
                }
            }
        }

        return "";
    }

    private (int Replies, int Requests) Ping(LabCheck check)
    {
        string size = check.Size == 0 ? "" : $" size {check.Size}";
        string source = check.Source.Length == 0 ? "" : $" source {check.Source}";
        return ConsoleAnswers.Ping(Console(check.Node, $"ping {VrfOf(check)}{check.Destination} repeat {Requests}{size} timeout 1{source}"));
    }

    private static string VrfOf(LabCheck check) => check.Vrf.Length == 0 ? "" : $"vrf {check.Vrf} ";

    private string Console(string node, string line)
    {
        // Where a learner has left the console in configuration mode, a command needs "do".
        bool configuring = _lab.Node(node).Router.Cli.CurrentMode >= Mode.Global;
        _last = Shown.Type(session, node, configuring ? "do " + line : line, out string output);
        return output;
    }

    private static IPAddress AddressOf(string text) => text.Length == 0 ? IPAddress.None : IPAddress.Parse(text);
}
