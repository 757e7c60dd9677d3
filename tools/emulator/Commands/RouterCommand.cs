using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Emulator.Commands;

/// <summary><c>router</c>: one router in real time on real interfaces.</summary>
public static class RouterCommand
{
    // Registered until the process ends: one that is taken back leaves a signal that comes while the counters are printed to the
    // system, which ends the process in their midst with status 130.
    private static PosixSignalRegistration s_terminate;
    private static PosixSignalRegistration s_interrupt;

    private const string Examples = """
        labedge router --config pe1.cfg --port Ethernet1=packet:veth0 --port Ethernet2=packet:veth1
        labedge router --config ce1.cfg --port Ethernet1=tap:tap0 --port Ethernet2=udp:10001:127.0.0.1:10002
        labedge router --store flash --port Ethernet1=xdp:eth1        from what 'write memory' left in the folder
        """;

    public static Command Make()
    {
        Option<string> config = new("--config") { Description = "The configuration to start with. Without it: startup-config of the folder of --store.", HelpName = "FILE" };
        Option<string[]> port = new("--port")
        {
            Description = "Joins an interface to a port of this machine; once per port. " + PortRequest.Kinds,
            HelpName = "NAME=KIND:WHAT",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<double?> seconds = new("--seconds") { Description = "Stop after this many seconds. Without it: at SIGTERM, or at Ctrl-C while no command runs.", HelpName = "N" };
        Option<string> capacity = new("--capacity") { Description = "Sizes of all tables: Tiny, TinyCore, Small, Board or Pc.", DefaultValueFactory = _ => CapacityProfile.Pc };
        Option<string> kernel = new("--kernel") { Description = "Form of the frame path: of .NET, or of the boards.", DefaultValueFactory = _ => LabOptions.Net };
        kernel.AcceptOnlyFromAmong(LabOptions.Net, LabOptions.Portable);
        Option<string> store = new("--store") { Description = "Folder of what outlives the process: startup-config (of 'write memory') and labels (where the next start goes on giving out labels). Without it nothing is kept.", HelpName = "FOLDER" };
        Option<string> pcap = new("--pcap") { Description = "Folder for one capture per port, such as Ethernet1.pcap.", HelpName = "FOLDER" };
        Option<bool> lenient = new("--lenient") { Description = RouterSettings.LenientHelp };
        Option<string> console = new("--console") { Description = "The console over TCP as well, for telnet: one session at a time, and no password. Give a loopback address unless everybody may.", HelpName = "ADDRESS:PORT" };
        console.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (ConsoleAddress(text) == null) result.AddError($"--console {text}: expected an address and a port, such as 127.0.0.1:2001");
        });
        ExampleCommand command = new("router", "Run one router in real time, on Linux. Its console is on standard input; 'ready' is printed when it forwards.", Examples)
        {
            config, port, seconds, capacity, kernel, store, pcap, lenient, console,
        };
        command.SetAction(result => Run(new RouterSettings
        {
            ConfigurationFile = result.GetValue(config),
            Ports = result.GetValue(port) ?? [],
            Seconds = result.GetValue(seconds),
            Capacity = result.GetValue(capacity),
            Kernel = result.GetValue(kernel),
            StoreFolder = result.GetValue(store),
            PcapFolder = result.GetValue(pcap),
            Lenient = result.GetValue(lenient),
            Console = result.GetValue(console) is string at ? ConsoleAddress(at) : null,
        }));
        return command;
    }

    private static IPEndPoint ConsoleAddress(string text) => text.Contains(':') && IPEndPoint.TryParse(text, out IPEndPoint at) && at.Port > 0 ? at : null;

    private static int Run(RouterSettings settings)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8) return Refuse("router: real interfaces need 64-bit Linux; labs (labedge lab ...) run on this system too");
        Capacity capacity = CapacityProfile.Find(settings.Capacity);
        if (capacity == null) return Refuse($"--capacity {settings.Capacity}: expected {CapacityProfile.Expected}");
        if (settings.Seconds <= 0) return Refuse("--seconds: expected more than 0");

        List<string> mistakes = [];
        List<PortRequest> requests = PortRequest.Read(settings.Ports, capacity.Ports, mistakes);
        if (mistakes.Count > 0) return Refuse([.. mistakes]);
        try
        {
            StartText start = StartText.Read(settings, out string mistake, out string remark);
            if (start == null) return Refuse(mistake);
            if (Told(start.Check(settings.Lenient, capacity, requests))) return EmulatorCommand.WrongInput;
            using RealRouter router = new(settings, capacity, requests);

            // What only a real port knows, such as its MTU.
            List<LabProblem> problems = [];
            router.Load(start.Text, start.File, problems);
            if (Told(problems)) return EmulatorCommand.WrongInput;
            foreach (LabProblem skipped in router.Skipped) Console.Error.WriteLine(skipped + ": skipped");
            if (remark != null) Console.Error.WriteLine("labedge: " + remark);
            using TelnetConsole telnet = settings.Console == null ? null : new TelnetConsole(settings.Console, new RouterLine(router));
            RouterLoop loop = new(router, settings.Seconds, telnet);
            s_terminate = On(PosixSignal.SIGTERM, loop.Stop);
            s_interrupt = On(PosixSignal.SIGINT, loop.Interrupt);
            loop.Run(Console.Out);
            router.PrintCounters(Console.Out);
            return EmulatorCommand.Green;
        }
        catch (Exception exception) when (exception is PortException or IOException or UnauthorizedAccessException)
        {
            return Refuse(exception.Message);
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    });

    private static bool Told(List<LabProblem> problems)
    {
        foreach (LabProblem problem in problems) Console.Error.WriteLine(problem);
        return problems.Count > 0;
    }

    private static int Refuse(params string[] reasons)
    {
        foreach (string reason in reasons) Console.Error.WriteLine("labedge: " + reason);
        return EmulatorCommand.WrongInput;
    }
}
