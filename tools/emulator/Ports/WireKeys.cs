namespace LabEdge.Emulator;

/// <summary>The properties of a wire by the names that a lab's files and people give them.</summary>
public static class WireKeys
{
    public const string Mtu = "mtu";

    /// <summary>Those that stand under <c>vars</c> of a link.</summary>
    public static readonly string[] Vars = ["delay", "bandwidth", "loss", "duplicate", "reorder", "corrupt"];

    public static readonly string[] All = [.. Vars, Mtu];

    /// <returns>What is expected at a key of <see cref="All"/>.</returns>
    public static string Expected(string key) => key switch
    {
        "delay" => Units.DurationForm + ", at most 100s",
        "bandwidth" => Units.RateForm + ", or 0 for a frame that takes no time",
        Mtu => "an MTU of 68 to 65521 octets",
        _ => Units.ShareForm,
    };

    /// <returns>The settings with one of them changed, or null when the text is not of the form that <see cref="Expected"/> names.</returns>
    public static WireSettings With(WireSettings wire, string key, string text) => key switch
    {
        "delay" => Units.Duration(text) is <= 100_000_000 and long value ? wire with { DelayUs = (int)value } : null,
        "bandwidth" => text == "0" ? wire with { BandwidthBits = 0 } : Units.Rate(text) is long value ? wire with { BandwidthBits = value } : null,
        "loss" => Units.Share(text) is int value ? wire with { LossPerMillion = value } : null,
        "duplicate" => Units.Share(text) is int value ? wire with { DuplicatePerMillion = value } : null,
        "reorder" => Units.Share(text) is int value ? wire with { ReorderPerMillion = value } : null,
        "corrupt" => Units.Share(text) is int value ? wire with { CorruptPerMillion = value } : null,
        Mtu => Units.Count(text) is >= 68 and <= 65521 and int value ? wire with { Mtu = value } : null,
        _ => null,
    };
}
