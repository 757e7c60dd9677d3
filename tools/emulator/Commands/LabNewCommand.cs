using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab new NAME</c>: a folder with a lab of one's own.</summary>
public static class LabNewCommand
{
    private const string DefaultTemplate = "l3vpn";

    private const string Examples = """
        labedge lab new mine                            an L3 VPN of two customers that works, to build on
        labedge lab new mine --template blank           two routers and one cable
        labedge lab new week3 --from l3vpn-static       that lab to solve: each router as the task leaves it to you
        labedge lab new week3 --from l3vpn-static --solution
        """;

    public static Command Make()
    {
        Argument<string> name = new("NAME") { Description = "The folder to make; its last part becomes the lab's name. One that is there is never overwritten." };
        Option<string> from = new("--from") { Description = "A lab to copy: its folder, or a name of lab list. The configurations are those of its start.", HelpName = "LAB" };
        from.CompletionSources.Add(_ => ShippedLabs.Names);
        Option<string> template = new("--template") { Description = $"A lab that works, to build on (without --from or --template: {DefaultTemplate})." };
        template.AcceptOnlyFromAmong([.. NewLab.Templates.Keys]);
        Option<bool> solution = new("--solution") { Description = "The configurations of the lab's solution." };
        ExampleCommand command = new("new", "Make a lab of your own from another lab or a template.", Examples) { name, from, template, solution };
        command.Validators.Add(result =>
        {
            if (result.GetResult(from) != null && result.GetResult(template) != null) result.AddError("--from and --template: expected one of them");
        });
        command.SetAction(result => Run(
            result.GetValue(name), result.GetValue(from), result.GetValue(template) ?? DefaultTemplate, result.GetValue(solution), Console.Out, Console.Error));
        return command;
    }

    /// <param name="from">A lab, or null: the template is made in its solved form.</param>
    public static int Run(string target, string from, string template, bool solution, TextWriter output, TextWriter error)
    {
        return LabFailure.Tell(error, () =>
        {
            string folder = from == null ? null : ShippedLabs.Find(from) ?? throw new LabException([LabFolder.NoSuchLab(from)]);
            LabFiles source = folder == null ? NewLab.OfTemplate(template) : LabFiles.OfFolder(folder);
            IReadOnlyList<string> files = NewLab.Make(target, source, solution || from == null);
            output.WriteLine($"{target}: {string.Join(" ", files)}");
            output.WriteLine("next:");
            output.WriteLine($"  labedge lab run {target}");
            output.WriteLine($"  labedge lab shell {target}");
            return EmulatorCommand.Green;
        });
    }
}
