using System.Net;

namespace LabEdge.Emulator.Commands;

/// <summary>What <c>router</c> was asked for.</summary>
public sealed record RouterSettings
{
    public const string LenientHelp = "Skip and list lines of IOS that LabEdge does not support; without it they are mistakes.";

    public string ConfigurationFile { get; init; }
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Null: until told to stop.</summary>
    public double? Seconds { get; init; }
    public string Capacity { get; init; }
    public string Kernel { get; init; }
    public string StoreFolder { get; init; }

    /// <summary>Lines that LabEdge does not support are skipped and listed.</summary>
    public bool Lenient { get; init; }

    /// <summary>Where the console is over TCP as well; null = nowhere.</summary>
    public IPEndPoint Console { get; init; }
    public string PcapFolder { get; init; }
}
