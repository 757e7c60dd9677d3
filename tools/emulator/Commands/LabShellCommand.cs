using System.CommandLine;
using LabEdge.Emulator.Shell;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab shell DIR</c>: a lab in one's hands, at a terminal or by a script.</summary>
public static class LabShellCommand
{
    private const string Examples = """
        labedge lab shell l3vpn-static                             sit down at it; help lists the commands
        labedge lab shell l3vpn-static --start                     as a learner finds it: make the goals green
        labedge lab shell DIR --script lines.txt                   a file of commands; the output is the transcript
        echo "pe1: show ip route" | labedge lab shell DIR          the same from a pipe
        labedge lab shell DIR --script lines.txt --svg session.svg     and a picture of it
        """;

    public static Command Make()
    {
        Argument<string> folder = LabArgument.Make();
        LabOptionSet set = new();
        Option<string> at = CommandTime.Make("--at", "Virtual time at which the first command is taken. Without it: when the lab has settled (checks.yml).");
        Option<string> script = new("--script") { Description = "Takes the commands from a file instead of standard input.", HelpName = "FILE" };
        Option<string> svg = new("--svg") { Description = "Draws the session, as a terminal shows it, into a file (with --script or a pipe).", HelpName = "FILE" };
        ExampleCommand command = new(
            "shell", "Open a lab's shell: consoles, time, links, goals. Of a script: exit 0, or 1 when the last check was not all green, or 2 when a line was wrong.", Examples)
        {
            folder, at, script, svg,
        };
        set.AddTo(command);
        command.SetAction(result => Run(result.GetValue(folder), set.Read(result), CommandTime.Of(result, at), result.GetValue(script), result.GetValue(svg)));
        return command;
    }

    private static int Run(string folder, LabOptions options, long? atUs, string script, string svg)
    {
        return LabFailure.Tell(Console.Error, () =>
        {
            bool person = script == null && !Console.IsInputRedirected && !Console.IsOutputRedirected;
            if (person && svg != null) throw new PortException("--svg: expected --script FILE, or commands from a pipe, with it");
            using TextReader lines = script == null ? Console.In : new StreamReader(script);
            InkWriter writer = Console.IsOutputRedirected ? new PlainInk(Console.Out) : new TerminalInk(Console.Out, Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
            InkRecord record = svg == null ? null : new InkRecord(writer);
            using LabShell shell = new(LabSession.Open(folder, options), record ?? writer);
            shell.Open(atUs ?? shell.Session.Lab.Folder.Checks.SettleUs);
            if (person) ShellDriver.RunTerminal(shell, Console.Out, writer);
            else ShellDriver.RunLines(shell, lines, record ?? writer);
            if (svg != null) File.WriteAllText(svg, TerminalSvg.Draw(record.Lines, $"labedge lab shell {folder}"));
            if (person) return EmulatorCommand.Green;
            if (shell.Faults > 0) return EmulatorCommand.WrongInput;
            return shell.Green ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
        });
    }
}
