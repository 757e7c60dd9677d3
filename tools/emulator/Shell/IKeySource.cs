namespace LabEdge.Emulator.Shell;

/// <summary>A keyboard.</summary>
public interface IKeySource
{
    /// <summary>True when <see cref="Read"/> answers at once.</summary>
    bool Waiting { get; }

    /// <summary>The next key; waits for it.</summary>
    ConsoleKeyInfo Read();
}

/// <summary>The keyboard of the terminal that the process runs in; Ctrl-C is a key like any other while it is in use.</summary>
public sealed class TerminalKeys : IKeySource, IDisposable
{
    public const char CtrlC = (char)3;

    public TerminalKeys() => Console.TreatControlCAsInput = true;

    public bool Waiting => Console.KeyAvailable;

    public ConsoleKeyInfo Read() => Console.ReadKey(true);

    public void Dispose() => Console.TreatControlCAsInput = false;

    /// <summary>Whether Ctrl-C was pressed. Keys typed ahead before it are dropped, as a terminal does.</summary>
    public bool Interrupted()
    {
        while (Waiting)
        {
            if (Read().KeyChar == CtrlC) return true;
        }

        return false;
    }
}
