namespace LabEdge.Bench;

/// <summary>One who runs in a race.</summary>
public sealed class Contestant
{
    /// <param name="run">Does the work this many times and returns how many operations (frames, look-ups) that were.</param>
    /// <param name="hash">Runs the work once from a known state and hashes all results; null when there is nothing to compare.</param>
    public Contestant(string name, Func<int, long> run, Func<ulong> hash = null)
    {
        Name = name;
        Run = run;
        Hash = hash;
    }

    /// <summary>One that cannot run here; its row says why ("no cc", "not installed").</summary>
    public Contestant(string name, string absent)
    {
        Name = name;
        Absent = absent;
    }

    public string Name { get; }
    public string Absent { get; }
    public Func<int, long> Run { get; }
    public Func<ulong> Hash { get; }

    /// <summary>What <see cref="Run"/> does around the work (the arrival of frames), measured beside it and subtracted; null = nothing.</summary>
    public Func<int, long> Around { get; init; }
}
