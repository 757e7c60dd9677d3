using System.Text;

namespace LabEdge.Emulator.Shell;

/// <summary>
/// A line typed at a terminal, with the keys that shells have: arrows, Home, End, Ctrl-A E B F K U W L, history by Up and Down,
/// Tab, and <c>?</c> for what may come. A line longer than the terminal is wide scrolls sideways.
/// </summary>
/// <param name="width">Columns of the terminal.</param>
public sealed class LineEditor(IKeySource keys, TextWriter output, Func<int> width)
{
    private const int MaxHistory = 500;

    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private string _prompt;
    private InkWriter _ink;
    private int _cursor;
    private int _recalled;
    private string _kept;

    /// <summary>What the last word before the cursor may become: whole words.</summary>
    public Func<string, IReadOnlyList<string>> Complete { get; init; } = _ => [];

    /// <summary>Prints what may come after the text before the cursor. False: <c>?</c> is a character like any other there.</summary>
    public Func<string, bool> Help { get; init; } = _ => false;

    /// <summary>Called while no key waits; null: waiting is all there is to do.</summary>
    public Action Idle { get; set; }

    /// <summary>Edits one line until Enter.</summary>
    /// <returns>Null at the end of input: Ctrl-D on an empty line.</returns>
    public string Read(string prompt, InkWriter ink)
    {
        _prompt = prompt;
        _ink = ink;
        _line.Clear();
        _cursor = 0;
        _recalled = _history.Count;
        Draw();
        while (true)
        {
            while (Idle != null && !keys.Waiting) Idle();
            ConsoleKeyInfo key = keys.Read();
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n') return Finish();
            if (key.KeyChar == 4 && _line.Length == 0)
            {
                output.Write("\n");
                return null;
            }

            Take(key);
        }
    }

    private string Finish()
    {
        _cursor = _line.Length;
        Draw();
        output.Write("\n");
        output.Flush();
        string line = _line.ToString();
        if (line.Trim().Length > 0 && (_history.Count == 0 || _history[^1] != line)) _history.Add(line);
        if (_history.Count > MaxHistory) _history.RemoveAt(0);
        return line;
    }

    private void Take(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _cursor = Math.Max(0, _cursor - 1); break;
            case ConsoleKey.RightArrow: _cursor = Math.Min(_line.Length, _cursor + 1); break;
            case ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End: _cursor = _line.Length; break;
            case ConsoleKey.UpArrow: Recall(-1); break;
            case ConsoleKey.DownArrow: Recall(1); break;
            case ConsoleKey.Backspace: Erase(_cursor - 1, _cursor); break;
            case ConsoleKey.Delete: Erase(_cursor, _cursor + 1); break;
            case ConsoleKey.Tab: Tab(); break;
            default: TakeCharacter(key.KeyChar); break;
        }

        Draw();
    }

    private void TakeCharacter(char character)
    {
        switch (character)
        {
            case (char)1: _cursor = 0; break;
            case (char)2: _cursor = Math.Max(0, _cursor - 1); break;
            case TerminalKeys.CtrlC: Abandon(); break;
            case (char)4: Erase(_cursor, _cursor + 1); break;
            case (char)5: _cursor = _line.Length; break;
            case (char)6: _cursor = Math.Min(_line.Length, _cursor + 1); break;
            case (char)8 or (char)127: Erase(_cursor - 1, _cursor); break;
            case (char)11: Erase(_cursor, _line.Length); break;
            case (char)12: output.Write("\e[H\e[2J"); break;
            case (char)14: Recall(1); break;
            case (char)16: Recall(-1); break;
            case (char)21: Erase(0, _cursor); break;
            case (char)23: Erase(StartOfWord(), _cursor); break;
            case '?' when AskHelp(): break;
            case >= ' ' and not (char)127:
                _line.Insert(_cursor++, character);
                break;
        }
    }

    private void Abandon()
    {
        output.Write("^C\n");
        _line.Clear();
        _cursor = 0;
        _recalled = _history.Count;
    }

    private bool AskHelp()
    {
        string before = _line.ToString(0, _cursor);
        output.Write("?\n");
        if (Help(before)) return true;
        output.Write("\e[A");
        return false;
    }

    // As shells do: what is common to all candidates at once; where that adds nothing, the candidates.
    private void Tab()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] != ' ') start--;
        string word = _line.ToString(start, _cursor - start);
        IReadOnlyList<string> candidates = Complete(_line.ToString(0, _cursor));
        if (candidates.Count == 0) return;
        string common = candidates.Aggregate(Common);
        string rest = candidates.Count == 1 ? common[word.Length..] + " " : common[word.Length..];
        _line.Insert(_cursor, rest);
        _cursor += rest.Length;
        if (rest.Length > 0) return;
        output.Write("\n" + string.Join("  ", candidates) + "\n");
    }

    private static string Common(string a, string b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[length] == b[length]) length++;
        return a[..length];
    }

    private int StartOfWord()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] == ' ') start--;
        while (start > 0 && _line[start - 1] != ' ') start--;
        return start;
    }

    private void Erase(int from, int to)
    {
        from = Math.Max(0, from);
        to = Math.Min(_line.Length, to);
        if (to <= from) return;
        _line.Remove(from, to - from);
        _cursor = from;
    }

    // The line that was being typed comes back below the newest of the history.
    private void Recall(int step)
    {
        int to = _recalled + step;
        if (to < 0 || to > _history.Count) return;
        if (_recalled == _history.Count) _kept = _line.ToString();
        _recalled = to;
        _line.Clear().Append(to == _history.Count ? _kept : _history[to]);
        _cursor = _line.Length;
    }

    private void Draw()
    {
        int room = Math.Max(8, width() - _prompt.Length - 1);
        int from = Math.Max(0, _cursor - room);
        int shown = Math.Min(room, _line.Length - from);
        output.Write("\r");
        _ink.Write(_prompt, Ink.Prompt);
        output.Write(_line.ToString(from, shown) + "\e[K");
        int back = shown - (_cursor - from);
        if (back > 0) output.Write($"\e[{back}D");
        output.Flush();
    }
}
