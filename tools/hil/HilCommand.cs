using System.CommandLine;
using System.Globalization;
using LabEdge.Devices;
using LabEdge.Emulator;
using LabEdge.Emulator.Commands;

namespace LabEdge.Hil;

/// <summary>The command line of <c>labedge-hil</c>.</summary>
public static class HilCommand
{
    private const string Examples = """
        labedge-hil lab l3vpn-static --dut pe1 --port eth1=packet:eth1 --port eth2=packet:eth2 --port eth3=packet:eth3 --console /dev/ttyUSB0
        labedge-hil lab l3vpn-static --dut pe1 --port eth1=udp:10001:127.0.0.1:10002 ... --console tcp:127.0.0.1:2001 --flow r1:10.2.2.1
        labedge-hil console COM6 "show version"
        """;

    /// <returns>The exit code of the process, as labedge's.</returns>
    public static int Run(string[] args)
    {
        RootCommand root = new("Hardware in the loop: a router outside takes a node's place in a lab; its goals are looked at, and load is put on it.")
        {
            LabCommand(), ConsoleCommand(),
        };
        HelpWithExamples.AddTo(root, Examples);
        ParseResult result = root.Parse(args);
        if (result.Errors.Count == 0) return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        foreach (string message in result.Errors.Select(error => error.Message).Distinct()) Console.Error.WriteLine("labedge-hil: " + message);
        Console.Error.WriteLine("labedge-hil: see --help");
        return EmulatorCommand.WrongInput;
    }

    private static Command LabCommand()
    {
        Argument<string> folder = LabArgument.Make();
        Option<string> dut = new("--dut") { Description = "The node whose place the device takes.", HelpName = "NODE", Required = true };
        Option<string[]> port = new("--port") { Description = "A cable of the device: its interface, and the port of this machine that the cable is in; once per interface. " + PortRequest.Kinds, HelpName = "IF=KIND:WHAT", Arity = ArgumentArity.OneOrMore, Required = true };
        Option<string> console = new("--console") { Description = "The device's console, for goals that are looked at on it: " + ConsoleAddress.Form + ".", HelpName = "WHERE" };
        Option<string> flow = new("--flow") { Description = "Puts load on the device: a node that pings and an address, such as r1:10.2.2.1, or r1:VRF:ADDRESS. The ping must cross the device.", HelpName = "NODE:ADDRESS" };
        Option<string> sizes = new("--sizes") { Description = "Frame sizes with FCS. Without it those of RFC 2544: " + string.Join(",", LoadSettings.StandardSizes) + ".", HelpName = "N,N" };
        Option<double> rate = new("--max-rate") { Description = "Frames per second that are never exceeded.", DefaultValueFactory = _ => new LoadSettings().MostRate, HelpName = "N" };
        Option<double> line = new("--line") { Description = "Mbit/s of the line, whose rate is the greatest that is tried.", DefaultValueFactory = _ => new LoadSettings().LineBits / 1e6, HelpName = "N" };
        Option<double> seconds = new("--seconds") { Description = "Length of a trial; RFC 2544 asks for 60.", DefaultValueFactory = _ => new LoadSettings().Seconds, HelpName = "N" };
        ExampleCommand command = new("lab", "Run a lab around a device. Exit 0: all goals that could be judged are met. 1: some are not. 2: something is wrong with files or options, and nothing has run.", Examples)
        {
            folder, dut, port, console, flow, sizes, rate, line, seconds,
        };
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            List<string> mistakes = [];
            DeviceUnderTest device = DeviceUnderTest.Read(result.GetValue(dut), result.GetValue(port), result.GetValue(console), mistakes);
            LoadSettings load = result.GetValue(flow) is string text ? ReadFlow(text, result.GetValue(sizes), mistakes) : null;
            if (load != null) load = load with { MostRate = result.GetValue(rate), LineBits = result.GetValue(line) * 1e6, Seconds = result.GetValue(seconds) };
            if (load is { MostRate: <= 0 } or { LineBits: <= 0 } or { Seconds: <= 0 }) mistakes.Add("--max-rate, --line, --seconds: expected more than 0");
            foreach (string mistake in mistakes) Console.Error.WriteLine("labedge-hil: " + mistake);
            if (mistakes.Count > 0) return EmulatorCommand.WrongInput;
            return HilRun.Run(result.GetValue(folder), device, load, Console.Out).Ok ? EmulatorCommand.Green : EmulatorCommand.NotAllGreen;
        }));
        return command;
    }

    private static LoadSettings ReadFlow(string flow, string sizes, List<string> mistakes)
    {
        string[] parts = flow.Split(':');
        if (parts.Length is < 2 or > 3 || parts.Any(part => part.Length == 0)) mistakes.Add($"--flow {flow}: expected a node and an address, such as r1:10.2.2.1 or r1:blue:10.2.2.1");
        int[] read = sizes == null ? [.. LoadSettings.StandardSizes] : [.. sizes.Split(',').Select(size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int octets) ? octets : 0)];
        if (read.Any(size => size is < 64 or > 9022)) mistakes.Add($"--sizes {sizes}: expected frame sizes of 64 to 9022 octets, such as 64,512,1518");
        return new LoadSettings { From = parts[0], To = parts[^1], Vrf = parts.Length == 3 ? parts[1] : "", Sizes = read };
    }

    private static Command ConsoleCommand()
    {
        Argument<string> where = new("WHERE") { Description = "The console: " + ConsoleAddress.Form + "." };
        Argument<string[]> lines = new("LINE") { Description = "What to type; once per line.", Arity = ArgumentArity.OneOrMore };
        ExampleCommand command = new("console", "Type lines on a device's console and print the answers.", Examples) { where, lines };
        command.SetAction(result => LabFailure.Tell(Console.Error, () =>
        {
            ConsoleAddress address = ConsoleAddress.Parse(result.GetValue(where)) ?? throw new IOException($"{result.GetValue(where)}: expected {ConsoleAddress.Form}");
            using DeviceConsole console = DeviceConsole.Open(address);
            if (!console.Wake()) throw new IOException($"the console {address.Text} gives no prompt");
            console.Run("terminal length 0");
            foreach (string line in result.GetValue(lines)) Console.WriteLine(console.Run(line) ?? throw new IOException($"no prompt after \"{line}\""));
            return EmulatorCommand.Green;
        }));
        return command;
    }
}
