namespace LabEdge.Emulator;

/// <summary>What a check looks at.</summary>
public enum CheckKind
{
    /// <summary>A ping is answered.</summary>
    Reaches,

    /// <summary>A ping is not answered.</summary>
    CannotReach,

    /// <summary>A ping is answered, and the frames with it come to one node and never to some others.</summary>
    AnsweredBy,

    /// <summary>A traceroute shows exactly these hops, with their labels where labels are given.</summary>
    Trace,

    /// <summary>A traceroute shows the destination and nothing before it: both ends are in one subnet.</summary>
    OneHop,

    /// <summary>A command's output holds these texts.</summary>
    Shows,

    /// <summary>A ping is answered, and on these links it has these label stacks.</summary>
    Stack,

    /// <summary>Packets up to a length pass in one piece, and none that is longer.</summary>
    Largest,

    /// <summary>The learner's answer is what is measured.</summary>
    Predicted,

    /// <summary>No node has dropped a frame for one of these reasons.</summary>
    NoDrops,
}

/// <summary>What an answer is compared with.</summary>
public enum Measure
{
    /// <summary>The labels of a ping on a link.</summary>
    Stack,

    /// <summary>The TTL of the outermost label on a link, or of the IP header where there is none.</summary>
    Ttl,

    /// <summary>The TTL in the IP header of a ping on a link, under whatever labels.</summary>
    IpTtl,

    /// <summary>Octets of the longest packet that passes in one piece.</summary>
    Largest,

    /// <summary>The node from which packets of a length do not go on.</summary>
    Dropper,
}

/// <summary>One hop that a trace must show.</summary>
/// <param name="Labels">Outermost first; null when the hop must show none.</param>
public sealed record TraceHop(string Address, int[] Labels)
{
    public override string ToString() => Labels == null ? Address : $"{Address} with labels {string.Join("/", Labels)}";
}

/// <summary>One goal of a lab, in the learner's words, and how it is looked at.</summary>
public sealed record LabCheck
{
    /// <summary>The sentence that is shown and scored.</summary>
    public string Goal { get; init; }
    public CheckKind Kind { get; init; }
    public int Points { get; init; } = 1;

    /// <summary>Where to look next when it fails.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The node whose console runs the command; for NoDrops unused.</summary>
    public string Node { get; init; } = "";
    public string Destination { get; init; } = "";
    public string Vrf { get; init; } = "";

    /// <summary>The address that a ping comes from; empty = the console's own choice.</summary>
    public string Source { get; init; } = "";

    /// <summary>Virtual time at which it is looked at; null: when the lab has settled and the goals before it are judged.</summary>
    public long? AtUs { get; init; }

    /// <summary>Octets of the whole IP packet of a ping; 0 = the console's own default.</summary>
    public int Size { get; init; }

    /// <summary>A ping that must be answered in the same moment, or null. A dead network keeps no secret, and drops nothing.</summary>
    public LabCheck While { get; init; }
    public string By { get; init; } = "";
    public IReadOnlyList<string> Never { get; init; } = [];
    public IReadOnlyList<TraceHop> Hops { get; init; } = [];

    /// <summary>For Stack: what the ping must look like, link by link.</summary>
    public IReadOnlyList<LinkStack> Links { get; init; } = [];

    /// <summary>For Predicted: the key in <c>answers.yml</c>.</summary>
    public string Answer { get; init; } = "";

    /// <summary>For Predicted.</summary>
    public Measure Of { get; init; }

    /// <summary>For Predicted of a stack or a TTL: where it is measured.</summary>
    public string Link { get; init; } = "";
    public string Command { get; init; } = "";
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Drop reasons as numbers of <see cref="Forwarding.DropReason"/>.</summary>
    public IReadOnlyList<int> Reasons { get; init; } = [];
    public IReadOnlyList<string> Nodes { get; init; } = [];
}

/// <summary>The ping whose journey a run shows.</summary>
public sealed record JourneySettings(string From, string To, string Vrf);

/// <summary>A lab's <c>checks.yml</c>.</summary>
/// <param name="SettleUs">Virtual microseconds before the first check.</param>
/// <param name="Journey">Null when the lab shows none.</param>
public sealed record CheckList(long SettleUs, JourneySettings Journey, IReadOnlyList<LabCheck> Checks);
