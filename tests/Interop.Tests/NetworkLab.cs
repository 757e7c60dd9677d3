using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>
/// Network namespaces and veth pairs of one test, gone when it ends. Offloads are off on both ends of every pair, IPv6 is off until a test
/// asks for it,
/// and nothing here touches an interface that it did not make.
/// </summary>
public sealed class NetworkLab : IDisposable
{
    private static int s_next;
    private readonly string _prefix = $"le{Environment.ProcessId % 100000}x{Interlocked.Increment(ref s_next)}";
    private readonly List<string> _namespaces = [];
    private readonly List<Process> _processes = [];

    /// <summary>Files of the test; removed with it.</summary>
    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("labedge-interop-");

    /// <summary>The namespace's name on this machine.</summary>
    public string this[string name] => _prefix + name;

    public void AddNamespace(string name)
    {
        Tools.Must("ip", $"netns add {this[name]}");
        _namespaces.Add(this[name]);
        In(name, "ip link set lo up");
        In(name, "sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
    }

    /// <summary>Makes a host of IPv4 one of both, with the address that is given: without test of it, and nothing learnt from routers.</summary>
    public void AddIpv6(string name, string device, string address, string gateway)
    {
        In(name, $"sysctl -qw net.ipv6.conf.all.accept_ra=0 net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.{device}.disable_ipv6=0");
        In(name, $"ip -6 address add {address} dev {device} nodad");
        In(name, $"ip -6 route add default via {gateway}");
    }

    /// <summary>A veth pair between two namespaces (which may be the same), both ends up.</summary>
    public void Link(string namespaceA, string nameA, string namespaceB, string nameB, int mtu)
    {
        Tools.Must("ip", $"link add {nameA} netns {this[namespaceA]} mtu {mtu} type veth peer name {nameB} netns {this[namespaceB]} mtu {mtu}");
        foreach ((string where, string name) in new[] { (namespaceA, nameA), (namespaceB, nameB) })
        {
            In(where, $"ethtool -K {name} tx off rx off tso off gso off gro off rxvlan off txvlan off");
            In(where, $"ip link set {name} up");
        }
    }

    /// <summary>Takes an interface from one namespace to another; it is down there and has no address.</summary>
    public void Move(string from, string device, string to) => In(from, $"ip link set {device} netns {this[to]}");

    /// <summary>Runs a command inside a namespace; it must succeed.</summary>
    public string In(string name, string command, int seconds = 60) => Tools.Must("ip", $"netns exec {this[name]} {command}", seconds);

    /// <summary>Runs a command inside a namespace.</summary>
    public (int Exit, string Text) Try(string name, string command, int seconds = 60) => Tools.Run("ip", $"netns exec {this[name]} {command}", seconds);

    /// <summary>Waits until an echo comes back: what it needs may still be on its way.</summary>
    public void WaitForPing(string name, string address, int seconds)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (Try(name, $"ping -c 1 -W 1 {address}").Exit != 0) Assert.IsLessThan(seconds, watch.Elapsed.TotalSeconds, $"{name}: no answer from {address}");
    }

    /// <summary>Starts a command inside a namespace; it is ended with the lab at the latest.</summary>
    public Process Start(string name, string command)
    {
        Process process = Tools.Start("ip", $"netns exec {this[name]} {command}");
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts tcpdump on an interface of a namespace, and waits until it listens.</summary>
    /// <returns>The process, to be ended with <see cref="Stop"/>; the capture is in <see cref="CaptureOf"/>.</returns>
    public Process StartCapture(string name, string device)
    {
        Process tcpdump = Start(name, $"tcpdump -i {device} -U -w {CaptureOf(device)}");
        Listens(tcpdump.StandardError, "tcpdump on " + device);
        return tcpdump;
    }

    /// <summary>Starts iperf3 for one test of a client, and waits until it listens.</summary>
    public void StartIperfServer(string name, int port = 5201) => Listens(Start(name, $"iperf3 -s -1 -p {port} --forceflush").StandardOutput, "iperf3");

    private static void Listens(StreamReader output, string what)
    {
        string line = output.ReadLine();
        while (line != null && !line.Contains("listening", StringComparison.Ordinal)) line = output.ReadLine();
        Assert.IsNotNull(line, $"{what} does not listen");
    }

    /// <summary>The file of what <see cref="StartCapture"/> hears on an interface.</summary>
    public string CaptureOf(string device) => Path.Combine(Folder.FullName, device + ".pcap");

    /// <summary>Starts one router process and waits until it says that it runs.</summary>
    public Process StartRouter(string name, string configuration, params string[] ports)
    {
        string file = Path.Combine(Folder.FullName, Guid.NewGuid().ToString("N") + ".cfg");
        File.WriteAllText(file, configuration);
        string arguments = string.Join(' ', ports.Select(p => "--port " + p));
        Process process = Start(name, $"dotnet {Emulator} router --config {file} {arguments}");
        string line = process.StandardOutput.ReadLine();
        while (line != null && !line.StartsWith("ready", StringComparison.Ordinal)) line = process.StandardOutput.ReadLine();
        if (line == null) Assert.Fail("the router ended before it was ready: " + process.StandardError.ReadToEnd());
        return process;
    }

    /// <summary>The emulator as it was built beside the tests.</summary>
    public static string Emulator => Path.Combine(AppContext.BaseDirectory, "labedge.dll");

    /// <summary>Asks a process to end as a service manager would, and waits.</summary>
    /// <returns>What it had still to say.</returns>
    public static string Stop(Process process)
    {
        Tools.Run("kill", $"-TERM {process.Id}");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(10_000)) process.Kill(entireProcessTree: true);
        return output.Result + errors.Result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit(5_000);
            process.Dispose();
        }

        foreach (string name in _namespaces) Tools.Run("ip", $"netns del {name}");
        Folder.Delete(recursive: true);
    }
}
