using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab resume FILE</c>: on from a checkpoint, to a time or to the score.</summary>
public static class LabResumeCommand
{
    private const string Examples = """
        labedge lab resume five.json --until 10s --show "pe1: show arp"
        labedge lab resume five.json --score                on to the score of the lab's goals
        """;

    public static Command Make()
    {
        Argument<string> file = new("FILE") { Description = "A checkpoint of lab save, or of save in a lab shell." };
        Option<string> until = CommandTime.Make("--until", "Virtual time to run to. Without it the lab stays at the saved point.");
        Option<bool> score = new("--score") { Description = "Then judge the lab's goals." };
        Option<string> pcap = new("--pcap") { Description = "Folder for one capture per link and account.txt, from the lab's start on.", HelpName = "FOLDER" };
        Option<string[]> show = ShowOption.Make("At the end");
        ExampleCommand command = new("resume", "Go on with a saved lab. It is run again to the saved point, and its digest there must be the same.", Examples) { file, until, score, pcap, show };
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            IReadOnlyList<ShowRequest> shows = ShowOption.Of(result, show);
            using LabSession session = LabSession.Resume(result.GetValue(file), new LabOptions { PcapFolder = result.GetValue(pcap), Shows = shows });
            if (CommandTime.Of(result, until) is long time)
            {
                if (time < session.NowUs) throw new LabException([new LabProblem("--until", 0, result.GetValue(until), $"a time from {LabText.Seconds(session.NowUs)} on, where the lab was saved")]);
                session.RunUntil(time);
            }

            LabText text = new(Console.Out);
            if (result.GetValue(score))
            {
                LabReport report = text.MakeRun().Run(session);
                text.Print(report);
                return !ShowOption.AllTaken(report.Shows, Console.Error) ? EmulatorCommand.WrongInput : report.Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
            }

            PrintState(session, Console.Out);
            IReadOnlyList<Shown> shown = ShowOption.Type(session, shows);
            foreach (Shown one in shown) text.Print(one, "");
            return ShowOption.AllTaken(shown, Console.Error) ? EmulatorCommand.Green : EmulatorCommand.WrongInput;
        }));
        return command;
    }

    /// <summary>Where a session is.</summary>
    public static void PrintState(LabSession session, TextWriter output)
    {
        output.WriteLine($"{session.Lab.Folder.Name} at {LabText.Seconds(session.NowUs)} of virtual time, {session.Lab.Digest.Frames} frames");
        output.WriteLine($"digest {session.Lab.Digest.Hex()}");
    }
}
