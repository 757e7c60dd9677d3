using System.CommandLine;
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
        Option<string[]> show = ShowOption.Make("After the checks");
        Option<bool> json = new("--json") { Description = "Print JSON and nothing else." };
        ExampleCommand command = new("run", "Run a lab and score its goals. Exit 0: all are met. 1: some are not. 2: its files have mistakes, and nothing has run.", Examples)
        {
            folder, until, speed, show, json,
        };
        set.AddTo(command);
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            LabOptions options = set.Read(result) with { Shows = ShowOption.Of(result, show), Speed = SpeedOption.Of(result, speed) };
            return Run(result.GetValue(folder), options, result.GetValue(json), Console.Out, Console.Error, CommandTime.Of(result, until) ?? 0);
        }));
        return command;
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
