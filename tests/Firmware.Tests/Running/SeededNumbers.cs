namespace LabEdge.Tests.Running;

/// <summary>Numbers that depend on a seed only (splitmix64): the same sequence on every machine, and no allocation.</summary>
public sealed class SeededNumbers(ulong seed)
{
    private const ulong DefaultSeed = 20261122;

    private ulong _state = seed;

    /// <summary>The seed in the environment variable LABEDGE_SEED, else one that is always the same.</summary>
    public static ulong Seed => ulong.TryParse(Environment.GetEnvironmentVariable("LABEDGE_SEED"), out ulong given) ? given : DefaultSeed;

    /// <summary>How many inputs a protocol's fuzz takes: LABEDGE_FUZZ, for millions by hand, else what its test takes in a short time.</summary>
    public static int Inputs(int few) => int.TryParse(Environment.GetEnvironmentVariable("LABEDGE_FUZZ"), out int given) ? given : few;

    public uint Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)(z >> 32);
    }

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Below(int below) => (int)(((ulong)Next() * (uint)below) >> 32);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int From(int low, int high) => low + Below(high - low + 1);

    /// <summary>True once in <paramref name="times"/> on average.</summary>
    public bool OneIn(int times) => Below(times) == 0;
}
