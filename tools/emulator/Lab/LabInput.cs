using System.Text.Json.Serialization;

namespace LabEdge.Emulator;

/// <summary>
/// Something that a person or a script does to a lab. The lab's files, its seed and the list of these, each with its time, give the
/// same lab again.
/// </summary>
/// <param name="AtUs">Virtual microseconds; everything due at this time has happened before.</param>
[JsonDerivedType(typeof(TypedLine), "line")]
[JsonDerivedType(typeof(LinkState), "link")]
[JsonDerivedType(typeof(WireChange), "wire")]
[JsonDerivedType(typeof(NodeRestart), "restart")]
[JsonDerivedType(typeof(NodeConfiguration), "configuration")]
[JsonDerivedType(typeof(ConsoleOpened), "opened")]
[JsonDerivedType(typeof(TypedKeys), "keys")]
public abstract record LabInput(long AtUs)
{
    /// <summary>What a person reads in a list of inputs.</summary>
    public abstract string Words { get; }
}

/// <summary>A whole line on a node's console; the lab runs until the console is free again, or <see cref="LimitUs"/> have passed.</summary>
public sealed record TypedLine(long AtUs, string Node, string Line, long LimitUs = TypedLine.UsualLimitUs) : LabInput(AtUs)
{
    /// <summary>Virtual microseconds that a command may take where nobody says otherwise.</summary>
    public const long UsualLimitUs = 600_000_000;

    public override string Words => $"{Node}> {Line}";
}

/// <summary>A cable is pulled or plugged in.</summary>
/// <param name="Link">Its name (<c>pe1-p</c>), or an endpoint (<c>pe1:eth1</c>, <c>pe1:Ethernet1</c>).</param>
public sealed record LinkState(long AtUs, string Link, bool Up) : LabInput(AtUs)
{
    public override string Words => $"link {Link} {(Up ? "up" : "down")}";
}

/// <summary>A property of a cable changes for the frames sent from now on.</summary>
/// <param name="Link">As of <see cref="LinkState"/>.</param>
/// <param name="Key">One of <see cref="WireKeys.All"/>.</param>
/// <param name="Value">As in the topology: <c>5%</c>, <c>2ms</c>, <c>10Mbit</c>, <c>1400</c>.</param>
public sealed record WireChange(long AtUs, string Link, string Key, string Value) : LabInput(AtUs)
{
    public override string Words => $"wire {Link} {Key} {Value}";
}

/// <summary>
/// A node is switched off and on: its cables lose carrier for <see cref="BootUs"/>, and a new router starts with what
/// <c>write memory</c> saved, else with the configuration of the lab's file.
/// </summary>
public sealed record NodeRestart(long AtUs, string Node) : LabInput(AtUs)
{
    /// <summary>Virtual microseconds from off to on.</summary>
    public const long BootUs = 1_000_000;

    public override string Words => $"restart {Node}";
}

/// <summary>A node's whole configuration is replaced, as one transaction.</summary>
public sealed record NodeConfiguration(long AtUs, string Node, string Text) : LabInput(AtUs)
{
    public override string Words => $"configure replace on {Node}, {Text.Split('\n').Length} lines";
}
