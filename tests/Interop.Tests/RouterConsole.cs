using System.Diagnostics;
using System.Text;

namespace LabEdge.Tests.Interop;

/// <summary>The console of a router process: lines in, its text out.</summary>
public sealed class RouterConsole
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();

    public RouterConsole(Process process)
    {
        _process = process;
        Thread reader = new(Read) { IsBackground = true };
        reader.Start();
    }

    private void Read()
    {
        for (string line = _process.StandardOutput.ReadLine(); line != null; line = _process.StandardOutput.ReadLine())
        {
            lock (_text) _text.AppendLine(line);
        }
    }

    /// <summary>Ends the router as a service manager would.</summary>
    public void Stop()
    {
        Tools.Run("kill", $"-TERM {_process.Id}");
        Assert.IsTrue(_process.WaitForExit(10_000), "the router does not end");
    }

    /// <summary>Types a line that prints nothing.</summary>
    public void Type(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Types a line, and a second one by whose answer the end of the first is seen.</summary>
    public string Run(string line)
    {
        lock (_text) _text.Clear();
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.WriteLine("show mpls label range");
        _process.StandardInput.Flush();
        for (int tries = 0; tries < 200; tries++)
        {
            Thread.Sleep(50);
            lock (_text)
            {
                string text = _text.ToString();
                int end = text.IndexOf("Downstream Generic label region", StringComparison.Ordinal);
                if (end >= 0) return text[..end];
            }
        }
        Assert.Fail("no end of: " + line);
        return "";
    }
}
