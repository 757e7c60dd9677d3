namespace LabEdge.Emulator;

/// <summary>What one learner's folder came to.</summary>
/// <param name="Report">Null when it could not run.</param>
/// <param name="Problems">Why it could not run; empty when it did.</param>
public sealed record Grade(string Folder, LabReport Report, IReadOnlyList<LabProblem> Problems)
{
    public int Points => Report?.Points ?? 0;

    public int Percent => Report?.Percent ?? 0;

    /// <summary>The first goal that is not met, or, for a folder that could not run, its first mistake; empty when there is neither.</summary>
    public string First => Problems.Count > 0 ? "cannot run" : Report.FirstUnmet?.Check.Goal ?? "";

    /// <summary>Why.</summary>
    public string Reason
    {
        get
        {
            if (Problems.Count == 0) return Report.FirstUnmet?.Reason ?? "";
            return Problems[0] + (Problems.Count == 1 ? "" : $" (and {Problems.Count - 1} more)");
        }
    }

    /// <summary>What keeps a whole class from being scored: a folder that is not there, a lab without sound topology and checks.</summary>
    public static List<LabProblem> Obstacles(IReadOnlyList<string> folders, LabOptions options)
    {
        List<LabProblem> problems = [];
        foreach (string folder in folders.Where(folder => !Directory.Exists(folder))) problems.Add(new LabProblem(folder, 0, null, "a folder with a learner's work"));
        if (options.Checks == null) return problems;
        if (ShippedLabs.Find(options.Checks) is string lab) LabFolder.Read(lab, new LabOptions { Start = Directory.Exists(Path.Combine(lab, LabPlaces.StartFolder)) }, problems);
        else problems.Add(LabFolder.NoSuchLab(options.Checks));
        return problems;
    }

    /// <summary>Runs one folder. A learner's mistakes cost that learner the points and nobody else anything.</summary>
    public static Grade Of(string folder, LabOptions options)
    {
        try
        {
            return new Grade(folder, new LabRun().Run(folder, options), []);
        }
        catch (LabException exception)
        {
            return new Grade(folder, null, exception.Problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Grade(folder, null, [new LabProblem(folder, 0, exception.Message, "files that can be read")]);
        }
    }
}
