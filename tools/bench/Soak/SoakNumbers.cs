namespace LabEdge.Bench.Soak;

/// <summary>Numbers that depend on a seed only (splitmix64), without allocation.</summary>
public sealed class SoakNumbers(ulong seed)
{
    private ulong _state = seed;

    public uint Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)(z >> 32);
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Below(int below) => (int)(((ulong)Next() * (uint)below) >> 32);

    public bool OneIn(int times) => Below(times) == 0;
}
