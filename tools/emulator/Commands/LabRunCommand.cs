using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab run DIR</c>: one lab in virtual time, from its start to its score.</summary>
public static class LabRunCommand
{
    private const string Examples = """
        labedge lab run l3vpn-static                    one of the labs that come with the program
        labedge lab run l3vpn-static --start            from what a learner begins with
        labedge lab run DIR --seed 7 --json             for a script; same seed, same digest
        labedge lab run DIR --pcap captures             with a capture of each link
        labedge lab run DIR --show "pe1: show arp"      and what a console shows after the checks
        """;

    public static Command Make()
    {
        Argument<string> folder = LabArgument.Make();
        Option<long> seed = new("--seed") { Description = "Chance is a function of this number.", DefaultValueFactory = _ => 1 };
        Option<bool> start = new("--start") { Description = "With the configurations that a learner starts from (start/, else solution/)." };
        Option<string> pcap = new("--pcap") { Description = "Folder for one capture per link and account.txt.", HelpName = "FOLDER" };
        Option<string> mac = new("--mac") { Description = "What a router's port is: the wire itself, or a driver of the firmware over its chip model.", DefaultValueFactory = _ => LabOptions.Wire };
        mac.AcceptOnlyFromAmong(LabOptions.Wire, LabOptions.W5500, LabOptions.Enc28j60);
        Option<string> kernel = new("--kernel") { Description = "Form of the frame path: of .NET, or of the boards.", DefaultValueFactory = _ => LabOptions.Net };
        kernel.AcceptOnlyFromAmong(LabOptions.Net, LabOptions.Portable);
        Option<string[]> show = new("--show")
        {
            Description = "After the checks, types a command on a node's console and prints what it shows, such as \"pe1: show ip route vrf blue\". May be given several times.",
            HelpName = "NODE: COMMAND",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Print JSON and nothing else." };
        ExampleCommand command = new("run", "Run a lab and score its goals. Exit 0: all are met. 1: some are not. 2: its files have mistakes, and nothing has run.", Examples)
        {
            folder, start, seed, pcap, mac, kernel, show, json,
        };
        command.SetAction(result =>
        {
            string[] texts = result.GetValue(show) ?? [];
            LabOptions options = new()
            {
                Start = result.GetValue(start),
                Seed = result.GetValue(seed),
                PcapFolder = result.GetValue(pcap),
                Mac = result.GetValue(mac),
                Kernel = result.GetValue(kernel),
                Shows = [.. texts.Select(ShowRequest.Read)],
            };
            for (int i = 0; i < texts.Length; i++)
            {
                if (options.Shows[i] == null) Console.Error.WriteLine(new LabProblem("--show", 0, texts[i], ShowRequest.Form));
            }

            return options.Shows.Contains(null) ? EmulatorCommand.WrongInput : Run(result.GetValue(folder), options, result.GetValue(json), Console.Out, Console.Error);
        });
        return command;
    }

    /// <summary>Runs one lab.</summary>
    /// <param name="json">True: nothing but JSON on <paramref name="output"/>.</param>
    public static int Run(string folder, LabOptions options, bool json, TextWriter output, TextWriter error)
    {
        try
        {
            LabText text = new(output);
            LabReport report = (json ? new LabRun() : text.MakeRun()).Run(folder, options);
            if (json) output.WriteLine(LabJson.Text(report));
            else text.Print(report);
            Shown[] refused = [.. report.Shows.Where(shown => shown.Refusal != null)];
            foreach (Shown shown in refused) error.WriteLine($"labedge: --show \"{shown.Node}: {shown.Command}\": {shown.Refusal}");
            if (refused.Length > 0) return EmulatorCommand.WrongInput;
            return report.Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
        }
        catch (LabException exception)
        {
            foreach (LabProblem problem in exception.Problems) error.WriteLine(problem);
        }
        catch (Exception exception) when (exception is PortException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine("labedge: " + exception.Message);
        }

        return EmulatorCommand.WrongInput;
    }
}
