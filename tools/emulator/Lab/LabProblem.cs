using LabEdge.Cli;

namespace LabEdge.Emulator;

/// <summary>One mistake in a lab's files: where, what stood there, and what was expected.</summary>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Found">The text as it stood, or null when something is missing.</param>
public sealed record LabProblem(string File, int Line, string Found, string Expected)
{
    public override string ToString()
    {
        string place = Line > 0 ? $"{File}:{Line}" : File;
        if (Expected == ConfigurationLoader.Supported) return $"{place}: \"{Found}\" is not supported by LabEdge";
        return Found == null ? $"{place}: found nothing, expected {Expected}" : $"{place}: found \"{Found}\", expected {Expected}";
    }
}

/// <summary>A lab that cannot run; nothing of it has run.</summary>
public sealed class LabException(IReadOnlyList<LabProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<LabProblem> Problems { get; } = problems;
}
