namespace LabEdge.Flash;

/// <summary>How a board takes its software.</summary>
public enum BoardKind
{
    /// <summary>nanoff over the serial line.</summary>
    Nanoff,

    /// <summary>nanoff and UF2 in BOOTSEL mode; no file system, so that the configuration is compiled in.</summary>
    Uf2,

    /// <summary>The meadow tool.</summary>
    Meadow,
}

/// <summary>One row of <c>boards/boards.json</c>.</summary>
/// <param name="Name">What <c>-Board</c> takes.</param>
/// <param name="Head">Folder of its head, below <c>boards/</c>.</param>
/// <param name="Target">Name of its firmware for nanoff; of Meadow: Meadow.OS.</param>
/// <param name="Platform">nanoff's word for its family of chips.</param>
/// <param name="DeployOctets">Size of the deployment partition; 0 = not known, or a file system takes the program.</param>
/// <param name="ConfigurationPath">What a configuration is called that is brought to the board; null = it has no file system.</param>
/// <param name="Role">What it is unless told otherwise.</param>
/// <param name="Wiring">Lines of <c>boards/common/WiringReader.cs</c>.</param>
public sealed record Board(
    string Name, string Title, string Mcu, string Mac, BoardKind Kind, string Head, string Target, string Platform, string Capacity, int DeployOctets, string ConfigurationPath, string Role, IReadOnlyList<string> Wiring, string Status)
{
    /// <summary>The tool that writes to it.</summary>
    public string Tool => Kind == BoardKind.Meadow ? ToolAdvice.Meadow : ToolAdvice.Nanoff;

    /// <summary>Names of its ports, as a configuration calls them.</summary>
    public IReadOnlyList<string> Interfaces => [.. Wiring.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is ["port", _, ..]).Select(words => words[1])];

    /// <summary>What it has RAM for; its usual role first. A PE needs more than the smallest tables (DESIGN section 6).</summary>
    public IReadOnlyList<string> Roles => [Role, .. new[] { "pe", "p", "ce" }.Where(role => role != Role && (role == "ce" || Capacity != "Tiny"))];

    /// <summary>What a file is called that is brought to the board beside its configuration.</summary>
    public string PathOf(string file) => ConfigurationPath[..(ConfigurationPath.LastIndexOf('\\') + 1)] + file;

    /// <summary>Where its head lies, below the repository.</summary>
    public string HeadFolder => "boards/" + Head;
}
