namespace LabEdge.Emulator;

// The console character by character, for a person at a terminal.
public sealed partial class LabNode
{
    /// <summary>Nothing runs on the console, or it waits at <c>--More--</c>: a key is taken now.</summary>
    public bool IsConsoleFree => IsOn && !_wakeQueued && Router.Cli.TakesKey;

    /// <summary>What the console has printed since it was last asked.</summary>
    public string TakeText()
    {
        TakeConsole();
        string text = _console.ToString();
        _console.Clear();
        return text;
    }

    /// <summary>Begins a session: what was printed before is nobody's any more.</summary>
    internal void OpenConsole()
    {
        TakeText();
        Router.Cli.Open();
        Wake();
    }

    /// <summary>Gives keys to the console. One that it cannot take is lost, as on a serial line: ask <see cref="IsConsoleFree"/> before.</summary>
    internal void Press(string keys)
    {
        foreach (char key in keys) Press(key);
    }

    /// <returns>False when the console did not take it.</returns>
    internal bool Press(char key)
    {
        TakeConsole();
        bool taken = Router.Cli.Input(key, _queue.NowMs);
        Wake();
        return taken;
    }
}
