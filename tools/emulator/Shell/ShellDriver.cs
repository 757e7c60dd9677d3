namespace LabEdge.Emulator.Shell;

/// <summary>Brings lines to a lab's shell: from a file or a pipe, or from a person at a terminal.</summary>
public static class ShellDriver
{
    private const int RestMs = 5;

    /// <summary>Each line stands in the output behind its prompt, so that the output is a whole transcript.</summary>
    public static void RunLines(LabShell shell, TextReader lines, InkWriter output)
    {
        while (!shell.Ended && lines.ReadLine() is string line)
        {
            output.Write(shell.Prompt, Ink.Prompt);
            output.Line(line, Ink.Typed);
            shell.Line(line);
        }
    }

    public static void RunTerminal(LabShell shell, TextWriter terminal, InkWriter output)
    {
        using TerminalKeys keys = new();
        LineEditor editor = new(keys, terminal, () => Console.WindowWidth)
        {
            Complete = shell.Grammar.Complete,
            Help = before =>
            {
                // Behind "pe1:" a question goes to the router.
                if (before.Contains(':')) return false;
                shell.PrintHelp(shell.Grammar.Possible(before));
                return true;
            },
        };
        shell.Interrupted = keys.Interrupted;
        shell.Visit = node => new NodeConsole(shell.Session, node, keys, terminal, shell.Flows ? shell.Flow : null).Run();
        while (!shell.Ended)
        {
            editor.Idle = shell.Flows ? Idle : null;
            string line = editor.Read(shell.Prompt, output);
            if (line == null) return;
            shell.Line(line);
        }

        void Idle()
        {
            shell.Flow();
            Thread.Sleep(RestMs);
        }
    }
}
