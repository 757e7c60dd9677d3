using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab list</c>: the labs that come with the program.</summary>
public static class LabListCommand
{
    private const string Examples = """
        labedge lab list
        labedge lab run l3vpn-static       a name of the list stands wherever a lab's folder may
        """;

    public static Command Make()
    {
        ExampleCommand command = new("list", "List the labs that come with the program.", Examples);
        command.SetAction(_ => Run(Console.Out));
        return command;
    }

    public static int Run(TextWriter output)
    {
        int width = ShippedLabs.Names.Max(name => name.Length);
        foreach (string name in ShippedLabs.Names) output.WriteLine($"{name.PadRight(width)}  {ShippedLabs.TitleOf(name)}");
        return EmulatorCommand.Green;
    }
}
