using System.Diagnostics;

namespace LabEdge.Tests.Ports;

/// <summary>A veth pair of this machine for the tests of ports; what needs it says so where root is not there.</summary>
public static class VethPair
{
    /// <summary>Names that no other test run of this machine uses.</summary>
    public static string Name(string use) => $"le{use}{Environment.ProcessId}";

    public static void Make(string left, string right, int mtu = 1600)
    {
        NeedsRoot();
        Ip($"link del {left}");
        if (Ip($"link add {left} mtu {mtu} address 02:00:00:00:0a:01 type veth peer name {right} mtu {mtu}") != 0) Assert.Inconclusive("no veth pairs here (ip link add)");
        foreach (string name in new[] { left, right })
        {
            Run("sysctl", $"-qw net.ipv6.conf.{name}.disable_ipv6=1");
            Ip($"link set {name} up");
        }

        // The kernel opens the queues of a new link a moment after its carrier: a frame sent before that is lost.
        foreach (string name in new[] { left, right }) WaitForUp(name);
    }

    public static void Remove(string left)
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) Ip($"link del {left}");
    }

    public static void NeedsRoot()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Inconclusive("these ports need root on Linux");
    }

    public static void WaitForUp(string name)
    {
        Assert.IsTrue(SpinWait.SpinUntil(() => File.ReadAllText($"/sys/class/net/{name}/operstate").StartsWith("up"), 5000));
    }

    public static int Ip(string arguments) => Run("ip", arguments);

    /// <returns>The exit code; -1 when there is no such program.</returns>
    public static int Run(string program, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
