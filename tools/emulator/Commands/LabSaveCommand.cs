using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab save DIR FILE --at TIME</c>: a lab at a point of its virtual time, as a file.</summary>
public static class LabSaveCommand
{
    private const string Examples = """
        labedge lab save l3vpn-static five.json --at 5s     the lab five seconds after its start
        labedge lab resume five.json --until 10s            the same as if it had run to 10 s at once
        """;

    public static Command Make()
    {
        Argument<string> folder = LabArgument.Make();
        Argument<string> file = new("FILE") { Description = "The checkpoint to write." };
        Option<string> at = CommandTime.Make("--at", "Virtual time of the checkpoint.", required: true);
        LabOptionSet set = new();
        ExampleCommand command = new("save", "Run a lab to a time and save it as it is then. Its script's events happen; nothing is checked.", Examples) { folder, file, at };
        set.AddTo(command);
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            using LabSession session = LabSession.Open(result.GetValue(folder), set.Read(result));
            session.RunUntil(CommandTime.Of(result, at).Value);
            session.Save(result.GetValue(file));
            LabResumeCommand.PrintState(session, Console.Out);
            return EmulatorCommand.Green;
        }));
        return command;
    }
}
