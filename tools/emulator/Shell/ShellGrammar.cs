namespace LabEdge.Emulator.Shell;

/// <summary>What became of a line.</summary>
/// <param name="Command">Null when it is not understood.</param>
/// <param name="Words">Those of the line, with keywords in full.</param>
/// <param name="Fault">What stood there and what was expected; empty when it is understood.</param>
public sealed record ShellMatch(ShellCommand Command, string[] Words, string Fault);

/// <summary>Understands and completes lines of a lab's shell. Keywords may be shortened as long as they stay unique.</summary>
/// <param name="values">What may stand for a word in capitals.</param>
public sealed class ShellGrammar(IReadOnlyList<ShellCommand> commands, ShellValues values)
{
    public ShellMatch Match(string line)
    {
        string[] words = Split(line);
        List<ShellCommand> rows = [.. commands];
        for (int at = 0; at < words.Length; at++)
        {
            List<ShellCommand> next = Fitting(rows, at, words[at]);
            if (next.Count == 0) return new ShellMatch(null, words, $"\"{words[at]}\": expected {Expected(rows, at)}");
            string[] keywords = [.. next.Select(row => row.Words[at]).Where(word => !ShellValues.IsValue(word)).Distinct()];
            if (keywords.Length > 1) return new ShellMatch(null, words, $"\"{words[at]}\" is ambiguous: {string.Join(", ", keywords)}");
            if (keywords.Length == 1) words[at] = keywords[0];
            rows = next;
        }

        ShellCommand command = rows.Find(row => row.Words.Length == words.Length);
        return command != null ? new ShellMatch(command, words, "") : new ShellMatch(null, words, $"after \"{string.Join(' ', words)}\": expected {Expected(rows, words.Length)}");
    }

    /// <summary>What the last word before the cursor may become.</summary>
    /// <returns>Whole words in the order of the alphabet.</returns>
    public IReadOnlyList<string> Complete(string before)
    {
        string[] words = Split(before);
        bool begun = words.Length > 0 && !char.IsWhiteSpace(before[^1]);
        int at = begun ? words.Length - 1 : words.Length;
        string start = begun ? words[at] : "";
        List<ShellCommand> rows = Narrowed(words, at);
        IEnumerable<string> nodes = at == 0 ? values.Of(ShellValues.Node).Select(node => node + ":") : [];
        return [.. rows.SelectMany(row => Candidates(row, at)).Concat(nodes).Where(word => word.StartsWith(start, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The forms that a line may still become, for <c>?</c>.</summary>
    public IReadOnlyList<ShellCommand> Possible(string before)
    {
        string[] words = Split(before);
        bool begun = words.Length > 0 && !char.IsWhiteSpace(before[^1]);
        int at = begun ? words.Length - 1 : words.Length;
        List<ShellCommand> rows = Narrowed(words, at);
        return begun ? [.. rows.Where(row => row.Words.Length > at && (ShellValues.IsValue(row.Words[at]) || row.Words[at].StartsWith(words[at], StringComparison.Ordinal)))] : rows;
    }

    private List<ShellCommand> Narrowed(string[] words, int count)
    {
        List<ShellCommand> rows = [.. commands];
        for (int i = 0; i < count; i++) rows = Fitting(rows, i, words[i]);
        return rows;
    }

    private IEnumerable<string> Candidates(ShellCommand row, int at)
    {
        if (row.Words.Length <= at) return [];
        return ShellValues.IsValue(row.Words[at]) ? values.Of(row.Words[at]) : [row.Words[at]];
    }

    // A keyword written in full leaves no doubt, even where a longer one begins with it.
    private List<ShellCommand> Fitting(List<ShellCommand> rows, int at, string word)
    {
        List<ShellCommand> whole = rows.FindAll(row => row.Words.Length > at && row.Words[at] == word);
        if (whole.Count > 0) return whole;
        return rows.FindAll(row => row.Words.Length > at && (ShellValues.IsValue(row.Words[at]) ? values.Fits(row.Words[at], word) : row.Words[at].StartsWith(word, StringComparison.Ordinal)));
    }

    private string Expected(List<ShellCommand> rows, int at)
    {
        string[] words = [.. rows.Select(row => row.Words.Length > at ? values.Expected(row.Words[at]) : "nothing more").Distinct()];
        return words.Length == 1 ? words[0] : "one of " + string.Join(", ", words);
    }

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
