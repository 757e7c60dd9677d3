using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>Reads a YAML file and keeps the line of everything, so that each mistake can be named with its place.</summary>
public sealed class YamlFile
{
    private readonly List<LabProblem> _problems;

    private YamlFile(string name, List<LabProblem> problems)
    {
        Name = name;
        _problems = problems;
    }

    public string Name { get; }

    /// <summary>Parses <paramref name="text"/>.</summary>
    /// <returns>Its outermost mapping, or null when there is none: the problem is then noted.</returns>
    public static YamlMap Parse(string name, string text, List<LabProblem> problems)
    {
        YamlFile file = new(name, problems);
        if (!file.Load(text, out YamlNode root)) return null;
        if (root is YamlMappingNode mapping) return new YamlMap(file, mapping);
        file.Problem(root, "keys and values");
        return null;
    }

    /// <summary>Parses a text whose outermost value is a list.</summary>
    /// <param name="list">Its elements; none in an empty file, or when something is wrong: the problem is then noted.</param>
    public static YamlFile ParseList(string name, string text, List<LabProblem> problems, out IReadOnlyList<YamlNode> list)
    {
        YamlFile file = new(name, problems);
        list = [];
        if (!file.Load(text, out YamlNode root)) return file;
        if (root is YamlSequenceNode sequence) list = [.. sequence.Children];
        else if (root != null) file.Problem(root, "a list, each element with a - in front");
        return file;
    }

    // False when the text is no YAML: noted. The root is null when there is nothing in it.
    private bool Load(string text, out YamlNode root)
    {
        Scanner scanner = new(new StringReader(text));
        Parser parser = new(scanner);
        root = null;
        try
        {
            YamlStream stream = new();
            stream.Load(new ShallowParser(parser));
            root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
            return true;
        }
        catch (YamlException exception)
        {
            // The scanner's messages carry where its mapping began, not where it stopped; an open bracket is missed a token late.
            bool open = exception.Message.Contains("flow", StringComparison.Ordinal);
            long line = exception is SyntaxErrorException ? scanner.CurrentPosition.Line : open ? LastRead(parser, scanner) : exception.Start.Line;
            Unreadable(text, line, "YAML: " + exception.Message.TrimEnd('.'));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the YAML library throws for a list or mapping in brackets that the next key interrupts, and for impossible keys.
            Unreadable(text, LastRead(parser, scanner), "YAML: every [ closed by ] and every { by }, and keys that are plain words");
        }

        return false;
    }

    private static long LastRead(Parser parser, Scanner scanner) => parser.Current?.End.Line ?? scanner.CurrentPosition.Line;

    private void Unreadable(string text, long line, string expected)
    {
        string[] lines = text.TrimEnd().Split('\n');
        int at = (int)Math.Clamp(line, 1, lines.Length);
        Problem(at, lines[at - 1].Trim(), expected);
    }

    public void Problem(YamlNode at, string expected)
    {
        string found = at switch
        {
            null => null,
            YamlScalarNode scalar => scalar.Value,
            YamlSequenceNode => "a list",
            _ => "keys and values",
        };
        Problem(LineOf(at), found, expected);
    }

    public void Problem(int line, string found, string expected) => _problems.Add(new LabProblem(Name, line, found, expected));

    public static int LineOf(YamlNode node) => node == null ? 0 : (int)node.Start.Line;
}

/// <summary>A mapping of a <see cref="YamlFile"/>. What is wrong is noted, and a harmless value returned, so that reading goes on.</summary>
public sealed class YamlMap(YamlFile file, YamlMappingNode node)
{
    public YamlFile File => file;

    public int Line => YamlFile.LineOf(node);

    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries => node.Children;

    public bool Has(string key) => Find(key) != null;

    public int LineOf(string key) => YamlFile.LineOf(Find(key) ?? node);

    /// <summary>Notes every key that is not among these.</summary>
    public void AllowOnly(params string[] keys)
    {
        foreach (KeyValuePair<YamlNode, YamlNode> entry in node.Children)
        {
            string key = (entry.Key as YamlScalarNode)?.Value;
            if (!keys.Contains(key)) file.Problem(entry.Key, "one of " + string.Join(", ", keys));
        }
    }

    /// <returns>The text at the key; <paramref name="otherwise"/> when it is absent.</returns>
    public string Text(string key, string otherwise)
    {
        YamlNode value = Find(key);
        if (value == null) return otherwise;
        if (value is YamlScalarNode scalar) return scalar.Value;
        file.Problem(value, $"a text for \"{key}\"");
        return otherwise;
    }

    /// <returns>The text at the key; its absence is a problem.</returns>
    public string Required(string key, string meaning)
    {
        if (Has(key)) return Text(key, "");
        file.Problem(Line, null, $"\"{key}\": {meaning}");
        return "";
    }

    /// <summary>Reads a value with a unit or a form of its own.</summary>
    /// <param name="read">Null when the text is not of that form.</param>
    public T Value<T>(string key, T otherwise, Func<string, T?> read, string expected) where T : struct
    {
        string text = Text(key, null);
        if (text == null) return otherwise;
        T? value = read(text);
        if (value != null) return value.Value;
        file.Problem(LineOf(key), text, expected);
        return otherwise;
    }

    /// <returns>The mapping at the key, or null when it is absent.</returns>
    public YamlMap Map(string key)
    {
        YamlNode value = Find(key);
        return value == null ? null : Map(value, key);
    }

    /// <summary>A node as mapping; an empty one (<c>r1:</c>) counts as a mapping without keys.</summary>
    public YamlMap Map(YamlNode value, string key)
    {
        if (value is YamlMappingNode mapping) return new YamlMap(file, mapping);
        if (value is not YamlScalarNode { Value: null or "" or "~" or "null" }) file.Problem(value, $"keys and values under \"{key}\"");
        return new YamlMap(file, new YamlMappingNode());
    }

    /// <returns>The elements of the list at the key; none when it is absent.</returns>
    public IReadOnlyList<YamlNode> List(string key)
    {
        YamlNode value = Find(key);
        if (value is YamlSequenceNode sequence) return [.. sequence.Children];
        if (value != null) file.Problem(value, $"a list under \"{key}\"");
        return [];
    }

    /// <returns>The texts of the list at the key, or its one text.</returns>
    public IReadOnlyList<string> Texts(string key)
    {
        if (Find(key) is YamlScalarNode scalar) return [scalar.Value];
        List<string> texts = [];
        foreach (YamlNode element in List(key))
        {
            if (element is YamlScalarNode text) texts.Add(text.Value);
            else file.Problem(element, $"a text in \"{key}\"");
        }

        return texts;
    }

    private YamlNode Find(string key)
    {
        foreach (KeyValuePair<YamlNode, YamlNode> entry in node.Children)
        {
            if (entry.Key is YamlScalarNode scalar && scalar.Value == key) return entry.Value;
        }

        return null;
    }
}
