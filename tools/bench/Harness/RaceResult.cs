namespace LabEdge.Bench;

/// <summary>What a race showed.</summary>
public sealed class RaceResult
{
    public string Title;
    public string Unit;
    public string Reference;
    public int Rounds;
    public readonly List<RaceRow> Rows = [];

    public RaceRow RowOf(string contestant) => Rows.Find(row => row.Contestant == contestant);

    /// <summary>True when all contestants that ran and hash their results have the same hash.</summary>
    public bool HashesAgree => Rows.Where(row => row.Hash != null).Select(row => row.Hash).Distinct().Count() <= 1;
}

public sealed class RaceRow
{
    public string Contestant;

    /// <summary>Why it did not run; null when it did.</summary>
    public string Absent;

    /// <summary>Median over the rounds.</summary>
    public double Time;

    /// <summary>Time of the reference divided by ours, round by round; null without a reference.</summary>
    public Interval Ratio;
    public double Budget;
    public bool Met;
    public ulong? Hash;
}
