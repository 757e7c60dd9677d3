namespace LabEdge.Hil;

/// <summary>The load that is put on a device.</summary>
public sealed record LoadSettings
{
    /// <summary>Frame sizes of RFC 2544 section 9.1, with FCS.</summary>
    public static IReadOnlyList<int> StandardSizes { get; } = [64, 128, 256, 512, 1024, 1280, 1518];

    /// <summary>Node of the lab that the flow comes from, and the address it goes to.</summary>
    public string From { get; init; }
    public string To { get; init; }
    public string Vrf { get; init; } = "";

    /// <summary>Frame sizes, with FCS.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = StandardSizes;

    /// <summary>Bits per second of the line whose rate is the greatest that is tried.</summary>
    public double LineBits { get; init; } = 100e6;

    /// <summary>Frames per second that are never exceeded.</summary>
    public double MostRate { get; init; } = 20_000;

    /// <summary>Seconds of each trial; RFC 2544 section 24 asks for 60.</summary>
    public double Seconds { get; init; } = 1;

    /// <summary>How well the rate without loss is known in the end, as part of the greatest rate.</summary>
    public double Resolution { get; init; } = 0.02;

    /// <summary>The greatest rate for a size: of the line with its preamble and gap, or less.</summary>
    public double MostRateFor(int size) => Math.Min(MostRate, LineBits / ((size + 20) * 8));
}
