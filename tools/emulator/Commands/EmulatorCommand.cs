using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>The command line of <c>labedge</c>: what it runs without arguments, and its commands.</summary>
public static class EmulatorCommand
{
    public const int Green = 0;
    public const int NotAllGreen = 1;
    public const int WrongInput = 2;

    private const string Examples = """
        labedge                                       run both labs of the course
        labedge lab list                              the labs that come with the program
        labedge lab run l3vpn-static                  run one of them, or a folder of your own
        labedge lab shell l3vpn-static                sit down at it: consoles, time, links, goals
        labedge lab new mine                          make a lab of your own
        labedge router --config pe1.cfg --port Ethernet1=packet:veth0 --port Ethernet2=packet:veth1
        labedge lab run --help                        each command has examples of its own
        """;

    /// <returns>The exit code of the process.</returns>
    public static int Run(string[] args)
    {
        RootCommand root = new("LabEdge: an MPLS VPN edge router, in labs in virtual time and on real interfaces.");
        root.Subcommands.Add(new Command("lab", "Labs of routers in virtual time.")
        {
            LabListCommand.Make(),
            LabRunCommand.Make(),
            LabSaveCommand.Make(),
            LabResumeCommand.Make(),
            LabGenerateCommand.Make(),
            LabShellCommand.Make(),
            LabNewCommand.Make(),
            LabGradeCommand.Make(),
            LabExplainCommand.Make(),
        });
        root.Subcommands.Add(RouterCommand.Make());
        root.Subcommands.Add(CompletionCommand.Make());
        root.SetAction(_ => DefaultCommand.Run(Console.Out, Console.Error));
        HelpWithExamples.AddTo(root, Examples);

        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (string message in result.Errors.Select(error => error.Message).Distinct()) Console.Error.WriteLine("labedge: " + message);
            Console.Error.WriteLine("labedge: see --help");
            return WrongInput;
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
