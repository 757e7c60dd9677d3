namespace LabEdge.Flash;

/// <summary>One thing that will be done to the board: a command of a tool, or an action of ours.</summary>
public abstract record PlanStep(string Title)
{
    /// <summary>What <c>--what-if</c> prints below the title: command lines and remarks.</summary>
    public abstract IEnumerable<string> Details { get; }
}

/// <summary>Runs a tool.</summary>
/// <param name="Tool">Its name on the PATH.</param>
public sealed record CommandStep(string Title, string Tool, IReadOnlyList<string> Arguments) : PlanStep(Title)
{
    public override IEnumerable<string> Details => [Line];

    /// <summary>As a person would type it.</summary>
    public string Line => string.Join(' ', Arguments.Prepend(Tool).Select(Quoted));

    private static string Quoted(string word) => word.Length > 0 && !word.Any(c => char.IsWhiteSpace(c) || c == '"') ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <summary>Something that this program does itself.</summary>
/// <param name="Run">Null when it is well, else what is wrong.</param>
public sealed record OwnStep(string Title, IReadOnlyList<string> Remarks, Func<TextWriter, string> Run) : PlanStep(Title)
{
    public override IEnumerable<string> Details => Remarks;
}

/// <summary>Everything that will be done, in order.</summary>
/// <param name="Remarks">What the user should know although nothing is wrong.</param>
public sealed record FlashPlan(Board Board, string Role, IReadOnlyList<PlanStep> Steps, IReadOnlyList<string> Remarks)
{
    /// <summary>The tools that its commands need.</summary>
    public IReadOnlyList<string> Tools => [.. Steps.OfType<CommandStep>().Select(step => step.Tool).Distinct()];

    public void Print(TextWriter output)
    {
        output.WriteLine($"{Board.Title} ({Board.Name}): role {Role}, capacity {Board.Capacity}, ports {string.Join(", ", Board.Interfaces)}; {Board.Status}");
        for (int i = 0; i < Steps.Count; i++)
        {
            output.WriteLine($"{i + 1}. {Steps[i].Title}");
            foreach (string detail in Steps[i].Details) output.WriteLine("     " + detail);
        }

        foreach (string remark in Remarks) output.WriteLine("Note: " + remark);
    }
}
