namespace LabEdge.Bench;

/// <summary>splitmix64: the same numbers for the same seed everywhere.</summary>
public sealed class SeededSequence(ulong seed)
{
    private ulong _state = seed;

    public uint Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 16);
    }

    /// <summary>0..<paramref name="below"/>-1.</summary>
    public int Next(int below) => (int)(((ulong)Next() * (uint)below) >> 32);
}
