using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab run DIR</c>: one lab in virtual time, from its start to its score.</summary>
public static class LabRunCommand
{
    private const string Examples = """
        labedge lab run l3vpn-static                    one of the labs that come with the program
        labedge lab run l3vpn-static --start            from what a learner begins with
        labedge lab run l3vpn-static --start            as a learner finds it: not yet green
        labedge lab run DIR --seed 7 --json             for a script; same seed, same digest
        labedge lab run DIR --pcap captures             with a capture of each link
        labedge lab run DIR --show "pe1: show arp"      and what a console shows after the checks
        """;

    public static Command Make()
    {
        Argument<string> folder = LabArgument.Make();
        LabOptionSet set = new();
        Option<string> until = CommandTime.Make("--until", "Virtual time to which the lab runs on when its goals are judged.");
        Option<string> speed = SpeedOption.Make();
        Option<int> consoles = new("--consoles") { Description = "Every node's console over TCP on this machine: node i at port N + i, for telnet. The lab runs in real time, until --until or Ctrl-C.", HelpName = "N" };
        consoles.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1023 or > 65000) result.AddError("--consoles: expected a port number of 1023 to 65000");
        });
        Option<string[]> show = ShowOption.Make("After the checks");
        Option<bool> json = new("--json") { Description = "Print JSON and nothing else." };
        ExampleCommand command = new("run", "Run a lab and score its goals. Exit 0: all are met. 1: some are not. 2: its files have mistakes, and nothing has run.", Examples)
        {
            folder, until, speed, consoles, show, json,
        };
        set.AddTo(command);
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            LabOptions options = set.Read(result) with { Shows = ShowOption.Of(result, show), Speed = SpeedOption.Of(result, speed) };
            if (result.GetValue(consoles) is int first and > 0) return RunWithConsoles(result.GetValue(folder), options, first, CommandTime.Of(result, until) ?? EventQueue.Never);
            return Run(result.GetValue(folder), options, result.GetValue(json), Console.Out, Console.Error, CommandTime.Of(result, until) ?? 0);
        }));
        return command;
    }

    private static int RunWithConsoles(string folder, LabOptions options, int firstPort, long untilUs)
    {
        using LabSession session = LabSession.Open(folder, options);
        using LabConsoles consoles = new(session, firstPort);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, session));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, session));
        foreach (LabNode node in session.Lab.Nodes) Console.WriteLine($"console of {node.Name}: telnet 127.0.0.1 {firstPort + node.Settings.Index}");
        LabText text = new(Console.Out);
        LabReport report = text.MakeRun(untilUs).Run(session);
        text.Print(report);
        return report.Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
    }

    private static void Stop(PosixSignalContext context, LabSession session)
    {
        context.Cancel = true;
        session.Lab.Stop();
    }

    // A terminal that can move its cursor; everything else gets plain lines, the same each time.
    private static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Runs one lab.</summary>
    /// <param name="json">True: nothing but JSON on <paramref name="output"/>.</param>
    public static int Run(string folder, LabOptions options, bool json, TextWriter output, TextWriter error, long untilUs = 0)
    {
        return LabFailure.Tell(error, () =>
        {
            bool live = !json && IsTerminal(output);
            LabText text = new(live ? new ConsoleLines(AnsiConsole.Console) : output, live);
            LabReport report = live ? new LabLive(AnsiConsole.Console, text).Run(folder, options, untilUs) : (json ? new LabRun { UntilUs = untilUs } : text.MakeRun(untilUs)).Run(folder, options);
            if (json) output.WriteLine(LabJson.Text(report));
            else text.Print(report);
            foreach (ScriptedAnswer answer in report.RefusedEvents) error.WriteLine($"{EventsReader.FileName}:{answer.Place}: {answer.Node} does not take \"{answer.Line.Trim()}\": {answer.Refusal}");
            if (!ShowOption.AllTaken(report.Shows, error) || report.RefusedEvents.Count > 0) return EmulatorCommand.WrongInput;
            return report.Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
        });
    }
}
