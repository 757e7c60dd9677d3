using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab generate SHAPE DIR --routers N</c>: a lab of any size.</summary>
public static class LabGenerateCommand
{
    private const string Examples = """
        labedge lab generate grid big --routers 50      a provider of 48 routers and a customer, in the folder big
        labedge lab run big                             start it and score its goals
        """;

    public static Command Make()
    {
        Argument<string> shape = new("SHAPE") { Description = "How the provider's routers are joined: ring, grid or tree." };
        shape.AcceptOnlyFromAmong(LabGenerator.Ring, LabGenerator.Grid, LabGenerator.Tree);
        Argument<string> folder = new("DIR") { Description = "The folder to make; its last part becomes the lab's name." };
        Option<int> routers = new("--routers") { Description = $"How many, with the customer's two: {LabGenerator.LeastRouters} to {LabGenerator.MostRouters}.", DefaultValueFactory = _ => 50 };
        routers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < LabGenerator.LeastRouters or > LabGenerator.MostRouters) result.AddError($"--routers: expected {LabGenerator.LeastRouters} to {LabGenerator.MostRouters}");
        });
        ExampleCommand command = new("generate", "Make a lab of many routers, with static routes and labels.", Examples) { shape, folder, routers };
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(result.GetValue(folder)));
            LabFiles files = new LabGenerator(result.GetValue(shape), result.GetValue(routers)).Make(name);
            NewLab.Make(result.GetValue(folder), files, solution: false);
            Console.WriteLine($"{result.GetValue(folder)}: {result.GetValue(routers)} routers; start it with: labedge lab run {result.GetValue(folder)}");
            return EmulatorCommand.Green;
        }));
        return command;
    }
}
