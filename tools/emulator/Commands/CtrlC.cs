namespace LabEdge.Emulator.Commands;

/// <summary>
/// What Ctrl-C means. On a terminal it ends the command that runs; where none runs, or it was pressed before and the command still
/// runs, it ends the router. Without a terminal it always does. Pressed on a signal's thread, asked on the router's.
/// </summary>
public sealed class CtrlC(bool terminal)
{
    private int _pressed;
    private int _seen;
    private bool _aborting;

    public void Press() => Interlocked.Increment(ref _pressed);

    /// <param name="busy">Whether a command runs.</param>
    /// <param name="abort">True while the command is to be told to end.</param>
    /// <returns>True when the router is to end.</returns>
    public bool EndsRouter(bool busy, out bool abort)
    {
        int presses = Volatile.Read(ref _pressed) - _seen;
        _seen += presses;
        if (!busy) _aborting = false;
        bool first = terminal && busy && !_aborting && presses == 1;
        _aborting |= first;
        abort = _aborting;
        return presses > 0 && !first;
    }
}
