using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>The command line of <c>labedge</c>: no arguments, <c>lab run</c> and <c>router</c>.</summary>
public static class EmulatorCommand
{
    public const int Green = 0;
    public const int NotAllGreen = 1;
    public const int WrongInput = 2;

    private const string Examples = """
        Examples:
          labedge                                       run both labs of the course
          labedge lab run tools/labs/l3vpn-static       run one lab
          labedge lab run DIR --seed 7 --json           the same for a script; same seed, same digest
          labedge lab run DIR --pcap captures           with a capture of each link
          labedge lab run DIR --show "pe1: show arp"    and what a console shows after the checks
          labedge router --config pe1.cfg --port Ethernet1=packet:veth0 --port Ethernet2=packet:veth1
          labedge router --config ce1.cfg --port Ethernet1=tap:tap0 --port Ethernet2=udp:10001:127.0.0.1:10002
        """;

    /// <returns>The exit code of the process.</returns>
    public static int Run(string[] args)
    {
        RootCommand root = new("LabEdge: an MPLS VPN edge router, in labs in virtual time and on real interfaces.");
        Command lab = new("lab", "Labs of routers in virtual time.") { LabRunCommand.Make() };
        root.Subcommands.Add(lab);
        root.Subcommands.Add(RouterCommand.Make());
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
