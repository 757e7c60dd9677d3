using System.Runtime.InteropServices;
using LabEdge.Emulator;

namespace LabEdge.Bench;

/// <summary>
/// A network namespace that this thread and its child processes are in: interfaces made there are nobody else's, and go with the
/// last of them.
/// </summary>
public static class NetworkSpace
{
    private const int NewNetworkSpace = 0x40000000;

    // struct net_device_stats as /proc/net/dev prints it: 8 columns of receiving, packets the second; then those of sending.
    private const int ReceivedColumn = 1;

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int what);

    /// <summary>Enters a new one.</summary>
    /// <exception cref="PortException">Not Linux, or no right.</exception>
    public static void Enter()
    {
        if (!OperatingSystem.IsLinux()) throw new PortException("ports are measured on Linux only");
        if (Unshare(NewNetworkSpace) != 0) throw new PortException($"no network namespace: {Marshal.GetLastPInvokeErrorMessage()} (run as root)");
        foreach (string which in new[] { "default", "all" })
        {
            string file = $"/proc/sys/net/ipv6/conf/{which}/disable_ipv6";
            if (File.Exists(file)) File.WriteAllText(file, "1");
        }
        Ip("link set lo up");
    }

    /// <exception cref="PortException">The command failed.</exception>
    public static void Ip(string arguments)
    {
        if (Machine.Output("ip", arguments.Split(' ')) == null) throw new PortException($"failed: ip {arguments}");
    }

    /// <summary>Two interfaces that hear each other, up, with these station addresses.</summary>
    public static void AddPair(string left, string leftAddress, string right, string rightAddress)
    {
        Ip($"link add {left} mtu 1600 address {leftAddress} type veth peer name {right} mtu 1600 address {rightAddress}");
        Ip($"link set {left} up");
        Ip($"link set {right} up");
    }

    /// <summary>Frames that the interface has received.</summary>
    public static long Received(string name)
    {
        foreach (string line in File.ReadLines("/proc/thread-self/net/dev"))
        {
            int colon = line.IndexOf(':');
            if (colon < 0 || !line.AsSpan(0, colon).Trim().SequenceEqual(name)) continue;
            return long.Parse(line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[ReceivedColumn]);
        }
        throw new PortException($"no interface {name}");
    }
}
