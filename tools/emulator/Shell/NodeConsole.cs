using System.Text;

namespace LabEdge.Emulator.Shell;

/// <summary>
/// A terminal joined to a node's console, key by key: echo, line editing, <c>?</c> and Tab are the router's own. Ctrl-] comes back.
/// Keys that come while a command runs wait, but for Ctrl-C and Ctrl-^, which end it.
/// </summary>
/// <param name="flow">Lets time pass by the clock; null: time passes only while a command runs, as quick as it can.</param>
public sealed class NodeConsole(LabSession session, LabNode node, IKeySource keys, TextWriter output, Action flow)
{
    private const char CtrlCaret = (char)30;

    // Telnet's escape, Ctrl-].
    private const string LeaveText = "\u001d";
    private const int RestMs = 5;

    // Events between two looks at the keyboard while a command runs.
    private const int EventsAtOnce = 2000;

    private readonly StringBuilder _typed = new();

    /// <summary>Until the person leaves, or the router's console ends the session.</summary>
    public void Run()
    {
        output.Write($"[{node.Name}: Ctrl-] comes back to the lab]\n");
        session.Apply(new ConsoleOpened(session.NowUs, node.Name));
        while (true)
        {
            Progress();
            Print();
            if (node.Router.Cli.Closed) break;
            bool stays = TakeKeys();
            Feed();
            if (!stays) break;
        }

        EndCommand();
        output.Write("\n");
        output.Flush();
    }

    // Nobody is there any more to turn a page or to wait for a ping: the next line shall find the console free.
    private void EndCommand()
    {
        if (!node.IsOn || !node.Router.Cli.Busy) return;
        session.Apply(new TypedKeys(session.NowUs, node.Name, TerminalKeys.CtrlC.ToString()));
        for (int i = 0; i < EventsAtOnce && !node.IsConsoleFree && session.Lab.Queue.NextTime != EventQueue.Never; i++) session.RunUntil(session.Lab.Queue.NextTime);
    }

    // Time: by the clock, or event by event until the console waits for a key.
    private void Progress()
    {
        flow?.Invoke();
        for (int i = 0; flow == null && i < EventsAtOnce && !node.IsConsoleFree && session.Lab.Queue.NextTime != EventQueue.Never; i++)
        {
            session.RunUntil(session.Lab.Queue.NextTime);
        }
    }

    private bool Waits => flow == null && node.IsConsoleFree && _typed.Length == 0;

    /// <returns>False when the person leaves.</returns>
    private bool TakeKeys()
    {
        if (!Waits && !keys.Waiting)
        {
            if (flow != null) Thread.Sleep(RestMs);
            return true;
        }

        do
        {
            string typed = Characters(keys.Read());
            if (typed == LeaveText) return false;
            _typed.Append(typed);
        }
        while (keys.Waiting);
        return true;
    }

    private void Feed()
    {
        while (_typed.Length > 0 && !node.Router.Cli.Closed)
        {
            bool ends = _typed[^1] is TerminalKeys.CtrlC or CtrlCaret;
            if (!node.IsConsoleFree && !ends) return;
            string key = ends && !node.IsConsoleFree ? _typed[^1].ToString() : _typed[0].ToString();
            if (ends && !node.IsConsoleFree) _typed.Clear();
            else _typed.Remove(0, 1);
            session.Apply(new TypedKeys(session.NowUs, node.Name, key));
            Progress();
            Print();
        }
    }

    private void Print()
    {
        string text = node.TakeText();
        if (text.Length == 0) return;
        output.Write(text);
        output.Flush();
    }

    // What a terminal sends for a key (ECMA-48 for those without a character).
    private static string Characters(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.UpArrow => "\e[A",
        ConsoleKey.DownArrow => "\e[B",
        ConsoleKey.RightArrow => "\e[C",
        ConsoleKey.LeftArrow => "\e[D",
        ConsoleKey.Home => "\e[H",
        ConsoleKey.End => "\e[F",
        ConsoleKey.Delete => "\e[3~",
        ConsoleKey.Enter => "\r",
        ConsoleKey.Backspace => "\u007f",
        ConsoleKey.Tab => "\t",
        _ when key.KeyChar != 0 => key.KeyChar.ToString(),

        // Control characters without a letter: Unix names them by digits, Windows by the keys beside the letters.
        ConsoleKey.D5 or ConsoleKey.Oem6 when key.Modifiers.HasFlag(ConsoleModifiers.Control) => LeaveText,
        ConsoleKey.D6 when key.Modifiers.HasFlag(ConsoleModifiers.Control) => CtrlCaret.ToString(),
        _ => "",
    };
}
