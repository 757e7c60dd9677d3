namespace LabEdge.Emulator.Shell;

/// <summary>A piece of a line in one ink.</summary>
public sealed record InkSpan(string Text, Ink Ink);

/// <summary>Writes on, and remembers what was written: the lines of a terminal, from the first to the last.</summary>
public sealed class InkRecord(InkWriter output) : InkWriter
{
    private readonly List<List<InkSpan>> _lines = [[]];

    /// <summary>Without the empty one behind the last line feed.</summary>
    public IReadOnlyList<IReadOnlyList<InkSpan>> Lines => _lines[^1].Count == 0 ? _lines[..^1] : _lines;

    public override void Write(string text, Ink ink = Ink.Plain)
    {
        output.Write(text, ink);
        string[] parts = text.Split('\n');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0) _lines.Add([]);
            if (parts[i].Length > 0) _lines[^1].Add(new InkSpan(parts[i], ink));
        }
    }
}
