using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>Two routers joined by a UDP cable; one host hangs on a TAP of the first, the other on a veth that the second takes by AF_XDP.</summary>
[TestClass]
public sealed class PortKindsTests
{
    [TestMethod]
    [DataRow("xdp")]
    [DataRow("packet")]
    public void Hosts_talk_over_tap_udp_and_a_veth(string kind)
    {
        Tools.Need(true, "ip", "ethtool", "ping", "iperf3");
        using NetworkLab lab = new();
        foreach (string name in new[] { "core", "h1", "h2" }) lab.AddNamespace(name);
        lab.Link("h2", "eth0", "core", "r2", 1500);
        Process first = lab.StartRouter("core", """
            hostname r1
            interface Ethernet1
             ip address 10.1.1.254 255.255.255.0
            interface Ethernet2
             ip address 192.168.0.1 255.255.255.0
            ip route 10.2.2.0 255.255.255.0 192.168.0.2
            end

            """, "Ethernet1=tap:letap0", "Ethernet2=udp:20001:127.0.0.1:20002");
        Process second = lab.StartRouter("core", """
            hostname r2
            interface Ethernet1
             ip address 192.168.0.2 255.255.255.0
            interface Ethernet2
             ip address 10.2.2.254 255.255.255.0
            ip route 10.1.1.0 255.255.255.0 192.168.0.1
            end

            """, "Ethernet1=udp:20002:127.0.0.1:20001", $"Ethernet2={kind}:r2");
        lab.Move("core", "letap0", "h1");
        lab.In("h1", "ip address add 10.1.1.1/24 dev letap0");
        lab.In("h1", "ip link set letap0 up");
        lab.In("h1", "ip route add default via 10.1.1.254");
        lab.In("h2", "ip address add 10.2.2.1/24 dev eth0");
        lab.In("h2", "ip route add default via 10.2.2.254");

        // The first packets may fall to address resolution.
        lab.Try("h1", "ping -c 3 -i 0.3 -W 1 10.2.2.1");
        (int exit, string text) = lab.Try("h1", "ping -c 5 -i 0.2 -W 2 -M do -s 1472 10.2.2.1");
        Assert.AreEqual(0, exit, text);
        Assert.Contains("5 received", text);

        lab.StartIperfServer("h2");
        (exit, text) = lab.Try("h1", "iperf3 -c 10.2.2.1 -n 2M", 60);
        Assert.AreEqual(0, exit, text);

        string counters = NetworkLab.Stop(first) + NetworkLab.Stop(second);
        Console.WriteLine(counters);
        Assert.Contains("Ethernet1 (letap0): received", counters);
        Assert.Contains("Ethernet2 (20001:127.0.0.1:20002): received", counters);
        Assert.Contains("Ethernet2 (r2): received", counters);
    }
}
