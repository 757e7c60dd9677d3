using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab grade DIR...</c>: many learners' folders, a line for each.</summary>
public static class LabGradeCommand
{
    private const string Examples = """
        labedge lab grade class/* --checks l3vpn-static           each learner's folder against the lab as it was handed out
        labedge lab grade class/* --checks l3vpn-static --csv     for a spreadsheet
        labedge lab grade class/anna                              by the checks in the folder itself
        """;

    public static Command Make()
    {
        Argument<string[]> folders = new("DIR") { Description = "The learners' folders.", Arity = ArgumentArity.OneOrMore };
        Option<string> checks = new("--checks")
        {
            Description = "Take topology and checks of this lab (folder or name), so that a learner's own do not count; of a learner's folder only the configurations and answers.yml.",
            HelpName = "LAB",
        };
        Option<long> seed = new("--seed") { Description = "Chance is a function of this number.", DefaultValueFactory = _ => 1 };
        Option<bool> json = new("--json") { Description = "Print JSON and nothing else." };
        Option<bool> csv = new("--csv") { Description = "Print comma-separated values (RFC 4180) and nothing else." };
        ExampleCommand command = new("grade", "Score the folders of many learners. Exit 0: all have every goal. 1: some have not. 2: a folder or the lab is not there, or has no sound checks, and nothing has run.", Examples)
        {
            folders, checks, seed, json, csv,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("either --json or --csv");
        });
        command.SetAction(result =>
        {
            LabOptions options = new() { Seed = result.GetValue(seed), Checks = result.GetValue(checks) };
            Action<IReadOnlyList<Grade>, TextWriter> print = result.GetValue(json) ? GradeText.Json : result.GetValue(csv) ? GradeText.Csv : GradeText.Plain;
            return Run(result.GetValue(folders), options, print, Console.Out, Console.Error);
        });
        return command;
    }

    /// <summary>Scores the folders in their order.</summary>
    public static int Run(IReadOnlyList<string> folders, LabOptions options, Action<IReadOnlyList<Grade>, TextWriter> print, TextWriter output, TextWriter error)
    {
        List<LabProblem> problems = Grade.Obstacles(folders, options);
        foreach (LabProblem problem in problems) error.WriteLine(problem);
        if (problems.Count > 0) return EmulatorCommand.WrongInput;
        Grade[] grades = [.. folders.Select(folder => Grade.Of(folder, options))];
        print(grades, output);
        return grades.All(grade => grade.Percent == 100) ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
    }
}
