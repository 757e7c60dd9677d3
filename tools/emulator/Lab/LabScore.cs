namespace LabEdge.Emulator;

/// <summary>What the goals of a lab come to.</summary>
public sealed record LabScore(IReadOnlyList<CheckResult> Results)
{
    public bool Ok => Results.All(result => result.Ok);

    public int Points => Results.Where(result => result.Ok).Sum(result => result.Check.Points);

    public int Possible => Results.Sum(result => result.Check.Points);

    /// <summary>In percent, rounded down: 100 means that every point is there.</summary>
    public int Percent => Possible == 0 ? 100 : (int)(100L * Points / Possible);

    /// <summary>The first goal that is not met, where a learner goes on; null when all are.</summary>
    public CheckResult FirstUnmet => Results.FirstOrDefault(result => !result.Ok);

    public string Text => $"score {Points} of {Possible} points, {Percent} %";
}
