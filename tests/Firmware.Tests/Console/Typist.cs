using System.Text;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>A person at a terminal that knows line end, return, backspace and bell: keys in, rows of a screen out.</summary>
public sealed class Typist
{
    public const string Up = "\x1b[A", Down = "\x1b[B", Right = "\x1b[C", Left = "\x1b[D", Home = "\x1b[H", End = "\x1b[4~", DeleteKey = "\x1b[3~";

    private readonly ConsoleBench _bench;
    private readonly List<StringBuilder> _rows = [new()];
    private int _column;

    public Typist(ConsoleBench bench)
    {
        _bench = bench;
        bench.Cli.Open();
        Look();
    }

    /// <summary>Bells rung so far.</summary>
    public int Bells { get; private set; }

    /// <summary>The row of the cursor, blanks at its end left out.</summary>
    public string Row => _rows[^1].ToString().TrimEnd();

    public int Column => _column;

    /// <summary>All rows, blanks at the ends left out.</summary>
    public string Screen => string.Join("\n", _rows.Select(row => row.ToString().TrimEnd()));

    /// <summary>Presses keys one after the other, each when the console takes it.</summary>
    public Typist Press(string keys)
    {
        foreach (char key in keys)
        {
            for (int i = 0; !_bench.Cli.Input(key, _bench.Now); i++)
            {
                Assert.IsLessThan(10_000, i, "never takes " + (int)key);
                Wait();
            }

            Settle();
        }

        return this;
    }

    /// <summary>Forgets what stands above the cursor's row.</summary>
    public void Wipe()
    {
        _rows.RemoveRange(0, _rows.Count - 1);
    }

    // Until the console waits for a key.
    private void Settle()
    {
        Look();
        for (int i = 0; i < 1000 && _bench.Cli.Busy; i++) Wait();
    }

    private void Wait()
    {
        uint next = _bench.Router.Poll(_bench.Now, 64);
        if (_bench.Cli.Busy && next != 0 && next != Router.Idle) _bench.Now += Math.Min(next, 100);
        Look();
    }

    private void Look()
    {
        foreach (char c in _bench.Read())
        {
            switch (c)
            {
                case '\n':
                    _rows.Add(new StringBuilder());
                    _column = 0;
                    break;
                case '\r':
                    _column = 0;
                    break;
                case '\b':
                    Assert.IsGreaterThan(0, _column, "a backspace at the edge of the screen");
                    _column--;
                    break;
                case '\a':
                    Bells++;
                    break;
                default:
                    Assert.IsTrue(c is >= ' ' and <= '~', $"not printable: {(int)c}");
                    while (_rows[^1].Length <= _column) _rows[^1].Append(' ');
                    _rows[^1][_column++] = c;
                    break;
            }
        }

        Assert.AreEqual(0, _bench.Cli.Output.Lost);
    }
}
