using System.CommandLine;
using System.Net;

namespace LabEdge.Emulator.Commands;

/// <summary><c>lab explain DIR --from NODE --to ADDRESS</c>: the way of one packet and of its answer, row by row, and why it ends where it does.</summary>
public static class LabExplainCommand
{
    private const string Examples = """
        labedge lab explain l3vpn-static --from r1 --to 10.2.2.1              the way of a ping and of its answer
        labedge lab explain DIR --from pe1 --vrf blue --to 10.2.2.1           from a VRF of a router
        labedge lab explain DIR --from r1 --to 10.2.2.1 --size 1450 --df-bit  of a long one
        labedge lab explain DIR --from r1 --to 10.2.2.1 --at 12s --json       at a time; for a script
        """;

    private const string TimeForm = "a time such as 12s or 500ms";

    public static Command Make()
    {
        Argument<string> folder = LabArgument.Make();
        Option<string> from = new("--from") { Description = "The node that sends.", HelpName = "NODE", Required = true };
        Option<string> to = new("--to") { Description = "Where to: an IPv4 or IPv6 address.", HelpName = "ADDRESS", Required = true };
        Option<string> vrf = new("--vrf") { Description = "VRF of the node that sends.", HelpName = "NAME" };
        Option<string> at = new("--at") { Description = "Virtual time, such as 12s; without it the lab has settled.", HelpName = "TIME" };
        Option<int> size = new("--size") { Description = "Octets of the IP packet.", DefaultValueFactory = _ => 100 };
        Option<bool> df = new("--df-bit") { Description = "It must not be fragmented." };
        Option<int> ttl = new("--ttl") { Description = "Its time to live.", DefaultValueFactory = _ => 255 };
        Option<long> seed = new("--seed") { Description = "Chance is a function of this number.", DefaultValueFactory = _ => 1 };
        Option<bool> start = new("--start") { Description = "With the configurations that a learner begins with." };
        Option<bool> json = new("--json") { Description = "Print JSON and nothing else." };
        ExampleCommand command = new("explain",
            "Follow one packet and its answer through the tables of a lab's routers. The last line says that it arrives, or why not. Exit 0: it is answered. 1: it is not. 2: wrong input.", Examples)
        {
            folder, from, to, vrf, at, size, df, ttl, start, seed, json,
        };
        command.SetAction(result => Run(
            result.GetValue(folder), new LabOptions { Seed = result.GetValue(seed), Start = result.GetValue(start) }, result.GetValue(from), result.GetValue(to), result.GetValue(vrf), result.GetValue(at),
            result.GetValue(size), result.GetValue(df), result.GetValue(ttl), result.GetValue(json), Console.Out, Console.Error));
        return command;
    }

    private static int Run(string folder, LabOptions options, string from, string to, string vrf, string at, int size, bool df, int ttl, bool json, TextWriter output, TextWriter error)
    {
        List<LabProblem> problems = [];
        if (!Units.IsAddress(to)) problems.Add(new LabProblem("--to", 0, to, Units.AddressForm));
        long? time = at == null ? null : Units.Duration(at);
        if (at != null && time == null) problems.Add(new LabProblem("--at", 0, at, TimeForm));
        if (size is < 48 or > 9000) problems.Add(new LabProblem("--size", 0, size.ToString(), "48 to 9000 octets"));
        if (ttl is < 1 or > 255) problems.Add(new LabProblem("--ttl", 0, ttl.ToString(), "1 to 255"));
        return LabFailure.Tell(error, () =>
        {
            if (problems.Count > 0) throw new LabException(problems);
            Explanation explanation = LabExplain.Run(folder, options, new ExplainQuestion(from, IPAddress.Parse(to), vrf, time, size, df, ttl));
            if (json) output.WriteLine(ExplanationJson.Text(explanation));
            else foreach (string line in ExplanationText.Lines(explanation)) output.WriteLine(line);
            return explanation.Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
        });
    }
}
