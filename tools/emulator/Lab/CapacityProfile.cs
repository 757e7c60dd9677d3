using LabEdge.Forwarding;

namespace LabEdge.Emulator;

/// <summary>The profiles of <see cref="Capacity"/> by name.</summary>
public static class CapacityProfile
{
    public const string Board = "Board";
    public const string Pc = "Pc";
    public const string Expected = "a capacity: Tiny, TinyCore, Small, Board or Pc";

    /// <returns>A new profile, or null for an unknown name. Letter case does not matter.</returns>
    public static Capacity Find(string name) => name.ToLowerInvariant() switch
    {
        "tiny" => Capacity.Tiny(),
        "tinycore" => Capacity.TinyCore(),
        "small" => Capacity.Small(),
        "board" => Capacity.Board(),
        "pc" => Capacity.Pc(),
        _ => null,
    };
}
