using System.Text;

namespace LabEdge.Emulator.Commands;

/// <summary>Lines from standard input (a terminal or a pipe) for the router's console, without ever waiting for them.</summary>
public sealed class ConsoleInput
{
    /// <summary>Descriptor of standard input.</summary>
    public const int Descriptor = 0;

    private const int LongestLine = 4096;

    private readonly byte[] _octets = new byte[4096];
    private readonly StringBuilder _line = new();
    private readonly Queue<string> _lines = new();

    /// <summary>True once the other side has closed it: there is nothing more to wait for.</summary>
    public bool Ended { get; private set; }

    /// <summary>True while more lines wait than a person types: the rest may stay in the pipe.</summary>
    public bool Full => _lines.Count >= 1024;

    /// <summary>Takes what is there; poll(2) has said that something is.</summary>
    public void Read()
    {
        nint count = LinuxSocket.Read(Descriptor, _octets, (nuint)_octets.Length);
        if (count <= 0)
        {
            // The last line counts even without a line end, as in a configuration file.
            Ended = true;
            if (_line.Length > 0) EndLine();
            return;
        }

        foreach (char c in Encoding.Latin1.GetString(_octets, 0, (int)count))
        {
            if (c == '\n') EndLine();
            else if (c != '\r' && _line.Length < LongestLine) _line.Append(c);
        }
    }

    /// <returns>The next line, or null.</returns>
    public string Next() => _lines.TryDequeue(out string line) ? line : null;

    private void EndLine()
    {
        _lines.Enqueue(_line.ToString());
        _line.Clear();
    }
}
