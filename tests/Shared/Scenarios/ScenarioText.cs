namespace LabEdge.Tests.Scenarios;

/// <summary>What is wrong with a scenario's text, or with what came of it: file and line first.</summary>
public sealed class ScenarioException(string message) : Exception(message);

/// <summary>One line of a scenario file, in words: plain ones, and key=value. Every error says where it stands, what was found and what was expected.</summary>
public sealed class ScenarioLine(string file, int number, string text)
{
    private readonly string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private int _at;

    public string Text => text;

    public string Place => $"{file}:{number}";

    public bool AtEnd => _at >= _words.Length;

    /// <summary>The line once more, from its first word.</summary>
    public ScenarioLine Again() => new(file, number, text);

    /// <summary>Another text of the same place.</summary>
    public ScenarioLine Part(string part) => new(file, number, part);

    public ScenarioException Error(string found, string expected) => new($"{Place}: found {(found == "" ? "the end of the line" : found)}, expected {expected}");

    public string Peek() => AtEnd ? "" : _words[_at];

    public string Word(string expected)
    {
        if (AtEnd) throw Error("", expected);
        return _words[_at++];
    }

    /// <summary>Takes the word when it is the next one.</summary>
    public bool Take(string word)
    {
        if (AtEnd || _words[_at] != word) return false;
        _at++;
        return true;
    }

    public void Need(string word)
    {
        if (!Take(word)) throw Error(Peek(), word);
    }

    public int Number(string expected) => Number(Word(expected), expected);

    public int Number(string word, string expected)
    {
        bool hexadecimal = word.StartsWith("0x", StringComparison.Ordinal);
        if (hexadecimal && int.TryParse(word[2..], System.Globalization.NumberStyles.HexNumber, null, out int value)) return value;
        if (!hexadecimal && int.TryParse(word, out value)) return value;
        throw Error(word, expected);
    }

    /// <summary>Everything that is left, as one text.</summary>
    public string Rest()
    {
        string rest = string.Join(' ', _words[_at..]);
        _at = _words.Length;
        return rest;
    }

    public void End()
    {
        if (!AtEnd) throw Error(Peek(), "the end of the line");
    }
}

/// <summary>One scenario: title, source, and its lines with those of the setups it uses in front.</summary>
public sealed record Scenario(string File, string Title, string Source, string Place, IReadOnlyList<ScenarioLine> Lines)
{
    /// <summary>Name of the test.</summary>
    public override string ToString() => $"{Path.GetFileNameWithoutExtension(File)}: {Title}";
}

/// <summary>
/// Reads tests/scenarios/*.txt. "setup NAME" begins lines that scenarios share, "scenario TITLE" a scenario; "source" says where
/// its promise stands, "use NAME ..." puts setups in front. # begins a comment; a line that begins with / continues the one before.
/// </summary>
public static class ScenarioFile
{
    public static IReadOnlyList<Scenario> ReadFolder(string folder) =>
        [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(f => Read(Path.GetFileName(f), File.ReadAllText(f)))];

    public static IReadOnlyList<Scenario> Read(string file, string text)
    {
        Dictionary<string, List<ScenarioLine>> setups = [];
        List<Scenario> scenarios = [];
        List<ScenarioLine> current = null;
        foreach (ScenarioLine line in Lines(file, text))
        {
            string first = line.Word("a word");
            if (first == "setup")
            {
                string name = line.Word("the setup's name");
                line.End();
                if (!setups.TryAdd(name, current = [])) throw line.Error(name, "a name that no other setup has");
            }
            else if (first == "scenario")
            {
                string title = line.Rest();
                if (title == "") throw line.Error("", "the scenario's title");
                if (scenarios.Exists(s => s.Title == title)) throw line.Error(title, "a title that no other scenario has");
                scenarios.Add(new Scenario(file, title, "", line.Place, current = []));
            }
            else if (current == null)
            {
                throw line.Error(first, "setup or scenario");
            }
            else if (first == "source" && scenarios.Count > 0 && ReferenceEquals(scenarios[^1].Lines, current))
            {
                scenarios[^1] = scenarios[^1] with { Source = line.Rest() };
            }
            else if (first == "use")
            {
                do
                {
                    string name = line.Word("a setup's name");
                    if (!setups.TryGetValue(name, out List<ScenarioLine> setup)) throw line.Error(name, "one of the setups " + string.Join(", ", setups.Keys));
                    current.AddRange(setup);
                }
                while (!line.AtEnd);
            }
            else
            {
                current.Add(line.Again());
            }
        }

        foreach (Scenario scenario in scenarios.Where(s => s.Source == ""))
        {
            throw new ScenarioException($"{scenario.Place}: found a scenario without a source, expected a line \"source\" with RFC and section");
        }

        return scenarios;
    }

    private static List<ScenarioLine> Lines(string file, string text)
    {
        List<ScenarioLine> lines = [];
        string[] raw = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < raw.Length; i++)
        {
            string line = raw[i];
            int comment = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
            line = (comment >= 0 ? line[..comment] : line).Trim();
            if (line == "") continue;
            int number = i + 1;
            while (i + 1 < raw.Length && raw[i + 1].TrimStart().StartsWith('/')) line += " " + raw[++i].Trim();
            lines.Add(new ScenarioLine(file, number, line));
        }

        return lines;
    }
}
