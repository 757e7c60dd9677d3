using System.Text.RegularExpressions;

namespace LabEdge.Tests.Device;

/// <summary>
/// The table of RFC sections in ARCHITECTURE.md: each row names the tests that prove it, as `Class`, `Class.Method` or `tests/conformance/...`, or
/// says "not done".
/// </summary>
public static partial class RfcTable
{
    /// <summary>The RFCs that must have rows.</summary>
    public static IReadOnlyList<int> Wanted { get; } = [9293, 6298, 5961, 5082, 2385, 2328, 5036, 5561, 5918, 5919, 5443, 8077, 5880, 5881];

    /// <returns>What is wrong with the table, a line each.</returns>
    public static List<string> Check(string markdown, Func<string, bool> exists)
    {
        List<string> problems = [];
        HashSet<int> seen = [];
        foreach (Match row in Row().Matches(markdown))
        {
            string section = row.Groups[1].Value.Trim();
            string proof = row.Groups[3].Value.Trim();
            seen.Add(int.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture));
            string[] names = [.. Name().Matches(proof).Select(m => m.Groups[1].Value)];
            if (names.Length == 0 && !proof.StartsWith("not done", StringComparison.Ordinal)) problems.Add($"{section}: neither a test nor \"not done\"");
            problems.AddRange(names.Where(n => !exists(n)).Select(n => $"{section}: {n} is no test of this repository"));
        }

        problems.AddRange(Wanted.Where(rfc => !seen.Contains(rfc)).Select(rfc => $"RFC {rfc} has no row"));
        return problems;
    }

    /// <summary>Rows with sections, and how many of them say "not done".</summary>
    public static (int Rows, int NotDone) Count(string markdown)
    {
        MatchCollection rows = Row().Matches(markdown);
        return (rows.Count, rows.Count(r => r.Groups[3].Value.Contains("not done", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\| (RFC (\d+)[^|]*) \|([^|\n]*)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
