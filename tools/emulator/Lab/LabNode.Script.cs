using System.Text;

namespace LabEdge.Emulator;

/// <summary>A line that the lab's script typed on a node, and what the console answered.</summary>
/// <param name="AtUs">Virtual time at which it was typed: the console may have been busy when it was due.</param>
/// <param name="Place">Of the event in <c>events.yml</c>: its line.</param>
public sealed record ScriptedAnswer(long AtUs, int Place, string Node, string Line, string Output)
{
    /// <summary>Why the console did not take it, or null.</summary>
    public string Refusal => ConsoleAnswers.Refusal(Output);
}

// Lines of the lab's script: each is typed when the console is free.
public sealed partial class LabNode
{
    private readonly Queue<(int Place, string Line)> _scripted = new();
    private readonly StringBuilder _answer = new();
    private ScriptedAnswer _typed;

    /// <summary>False while lines of the script wait, or run.</summary>
    private bool ScriptDone => _typed == null && _scripted.Count == 0;

    /// <summary>A line to type as soon as the console is free, after those that wait already.</summary>
    internal void Script(int place, string line)
    {
        _scripted.Enqueue((place, line));
        Wake();
    }

    // Between two runs of the router. True when a line was typed, and the router must run again.
    private bool TypeScripted()
    {
        if (Router.Cli.Busy) return false;
        if (_typed != null)
        {
            _lab.Scripted(_typed with { Output = _answer.ToString() });
            _answer.Clear();
            _typed = null;
        }

        if (!_scripted.TryDequeue(out (int Place, string Line) next)) return false;
        TakeConsole();
        _typed = new ScriptedAnswer(_queue.Now, next.Place, Name, next.Line, "");
        Router.Cli.Line(next.Line, _queue.NowMs);
        return true;
    }
}
