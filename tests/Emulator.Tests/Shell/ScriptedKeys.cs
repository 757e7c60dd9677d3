using LabEdge.Emulator.Shell;

namespace LabEdge.Tests.Shell;

/// <summary>A keyboard that somebody has typed on already. What no key gives as a character stands as the name of a key in angle brackets.</summary>
public sealed class ScriptedKeys : IKeySource
{
    private readonly Queue<ConsoleKeyInfo> _keys = new();

    /// <param name="typed">Such as <c>show&lt;LeftArrow&gt;x</c>; control characters as themselves.</param>
    public ScriptedKeys(string typed)
    {
        for (int i = 0; i < typed.Length; i++)
        {
            int end = typed[i] == '<' ? typed.IndexOf('>', i) : -1;
            if (end < 0)
            {
                Add(typed[i]);
                continue;
            }

            _keys.Enqueue(new ConsoleKeyInfo('\0', Enum.Parse<ConsoleKey>(typed[(i + 1)..end]), false, false, false));
            i = end;
        }
    }

    public bool Waiting => _keys.Count > 0;

    public ConsoleKeyInfo Read() => _keys.Dequeue();

    private void Add(char character)
    {
        ConsoleKey key = character switch
        {
            '\r' => ConsoleKey.Enter,
            '\t' => ConsoleKey.Tab,
            '\u007f' => ConsoleKey.Backspace,
            _ => ConsoleKey.None,
        };
        _keys.Enqueue(new ConsoleKeyInfo(character, key, false, false, false));
    }
}
