using System.Text.RegularExpressions;

namespace LabEdge.Emulator;

/// <summary>One line of a traceroute.</summary>
/// <param name="Address">Null when nobody answered.</param>
/// <param name="Labels">As reported with RFC 4950, outermost first; null when none were.</param>
public sealed record TracedHop(int Number, string Address, int[] Labels)
{
    public override string ToString() => Address == null ? "*" : new TraceHop(Address, Labels).ToString();
}

/// <summary>Reads what ping and traceroute print.</summary>
public static partial class ConsoleAnswers
{
    /// <returns>Replies and requests of a ping; (0, 0) when the text holds no result.</returns>
    public static (int Replies, int Requests) Ping(string text)
    {
        Match match = PingResult().Match(text);
        return match.Success ? (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value)) : (0, 0);
    }

    /// <returns>
    /// Why the console did not take a line ("% Invalid input detected at '^' marker."), or null when it did. A command that was
    /// taken prints its result first, and remarks with % only after it.
    /// </returns>
    public static string Refusal(string text)
    {
        string first = Lines(text).FirstOrDefault(line => line != Marker);
        return first != null && first.StartsWith('%') ? first : null;
    }

    /// <returns>The remarks (lines with %) in what a command printed, without the sign; empty when there are none.</returns>
    public static string Remarks(string text) => string.Join("; ", Lines(text).Where(line => line.StartsWith('%')).Select(line => line[1..].Trim()));

    /// <returns>
    /// The lines of an output, without empty ones around them. The marker under a wrong word is moved to where it belongs when the
    /// line is printed behind <paramref name="width"/> columns in place of the console's prompt.
    /// </returns>
    public static IReadOnlyList<string> Lines(string text, int prompt, int width)
    {
        string[] lines = text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        return [.. lines.Select(line => line.Trim() == Marker ? new string(' ', Math.Max(0, line.IndexOf(Marker, StringComparison.Ordinal) + width - prompt)) + Marker : line.TrimEnd())];
    }

    private const string Marker = "^";

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static IReadOnlyList<TracedHop> Trace(string text)
    {
        List<TracedHop> hops = [];
        foreach (Match match in TraceLine().Matches(text))
        {
            string address = match.Groups["address"].Success ? Units.Canonical(match.Groups["address"].Value) : null;
            int[] labels = match.Groups["labels"].Success ? [.. match.Groups["labels"].Value.Split('/').Select(int.Parse)] : null;
            hops.Add(new TracedHop(int.Parse(match.Groups["hop"].Value), address, labels));
        }

        return hops;
    }

    [GeneratedRegex(@"Success rate is [0-9]+ percent \(([0-9]+)/([0-9]+)\)")]
    private static partial Regex PingResult();

    [GeneratedRegex(@"^\s*(?<hop>[0-9]+)\s+(?:(?<address>[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[0-9a-f]*:[0-9a-f:.]+)|\*)[^\r\n]*?(?:\[MPLS: Labels? (?<labels>[0-9/]+)[^\]]*\][^\r\n]*)?\r?$", RegexOptions.Multiline)]
    private static partial Regex TraceLine();
}
