using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>Real Linux hosts with IPv6: at a router on its link, and through an L3 VPN whose core routes IPv4 only (6VPE, RFC 4659).</summary>
[TestClass]
public sealed partial class Ipv6TrafficTests
{
    private const int CoreMtu = 1526;
    private const int AccessMtu = 1600;

    // Of the payload of a ping: 1,518 octets of IPv6 fit the core under two labels.
    private const int Edge = CoreMtu - 8 - 48;

    [TestMethod]
    [DataRow("packet")]
    [DataRow("xdp")]
    public void A_host_pings_the_router_and_the_interface_takes_every_group(string kind)
    {
        Tools.Need(true, "ip", "ethtool", "ping");
        using NetworkLab lab = new();
        lab.AddNamespace("core");
        lab.AddNamespace("h1");
        lab.Link("h1", "eth0", "core", "r1", 1500);
        Assert.AreEqual(0, Flags(lab) & AllMulticast, "the interface took every group before");
        lab.StartRouter("core", """
            hostname r1
            interface Ethernet1
             ipv6 address 2001:db8:1::fe/64
            interface Loopback0
             ipv6 address 2001:db8:ff::1/128
            end

            """, $"Ethernet1={kind}:r1");
        lab.AddIpv6("h1", "eth0", "2001:db8:1::1/64", "2001:db8:1::fe");
        Assert.AreNotEqual(0, Flags(lab) & AllMulticast, "the interface does not take every group");
        Assert.IsTrue(Reaches(lab, "h1", "2001:db8:1::fe", 56), "no answer from the router's address");
        Assert.IsTrue(Reaches(lab, "h1", "2001:db8:ff::1", 1500 - 48), "no answer from behind it");
        string neighbors = lab.In("h1", "ip -6 neigh show dev eth0");
        Assert.Contains("2001:db8:1::fe lladdr", neighbors);
        string own = Router().Match(neighbors).Value;
        Assert.Contains("router", own, "the router does not say that it is one (RFC 4861 section 4.4): " + neighbors);
    }

    [TestMethod]
    public void Hosts_in_a_vrf_reach_each_other_through_a_core_of_ipv4()
    {
        Tools.Need(true, "ip", "ethtool", "ping", "iperf3");
        using NetworkLab lab = new();
        lab.AddNamespace("core");
        lab.Link("core", "pe1p", "core", "ppe1", CoreMtu);
        lab.Link("core", "ppe2", "core", "pe2p", CoreMtu);
        foreach (string customer in new[] { "blue", "red" })
        {
            for (int site = 1; site <= 2; site++)
            {
                string host = customer + site;
                lab.AddNamespace(host);
                lab.Link(host, "eth0", "core", $"pe{site}{customer}", AccessMtu);
                lab.AddIpv6(host, "eth0", $"2001:db8:{site}::1/64", $"2001:db8:{site}::fe");
            }
        }

        lab.In("red2", "ip -6 address add 2001:db8:99::9/128 dev lo nodad");
        lab.StartRouter("core", ProviderEdge(1), "Ethernet1=packet:pe1p", "Ethernet2=packet:pe1blue", "Ethernet3=packet:pe1red");
        lab.StartRouter("core", RealTrafficTests.Provider, "Ethernet1=packet:ppe1", "Ethernet2=packet:ppe2");
        lab.StartRouter("core", ProviderEdge(2), "Ethernet1=packet:pe2p", "Ethernet2=packet:pe2blue", "Ethernet3=packet:pe2red");

        Assert.IsTrue(Reaches(lab, "blue1", "2001:db8:2::1", 56), "blue: no ping through the provider");
        Assert.IsTrue(Reaches(lab, "red1", "2001:db8:2::1", 56), "red: no ping through the provider");
        Assert.IsTrue(Reaches(lab, "red1", "2001:db8:99::9", 56), "red does not reach its server");
        Assert.IsFalse(Reaches(lab, "blue1", "2001:db8:99::9", 56), "blue reaches red's server");

        // The edge, and one octet above it: packet too big names the size (RFC 4443 section 3.2).
        Assert.IsTrue(Reaches(lab, "blue1", "2001:db8:2::1", Edge), "the largest packet did not pass");
        (int exit, string text) = lab.Try("blue1", $"ping -6 -c 1 -W 2 -M do -s {Edge + 1} 2001:db8:2::1");
        Assert.AreNotEqual(0, exit, "one octet above the edge passed");
        Assert.Contains($"mtu={CoreMtu - 8}", text.Replace("mtu = ", "mtu="), text);

        // TCP of both customers to the same address at once.
        string[] customers = ["blue", "red"];
        foreach (string customer in customers) lab.Start(customer + "2", "iperf3 -6 -s -1");
        Thread.Sleep(500);
        foreach (Task<(int Exit, string Text)> client in customers.Select(c => Task.Run(() => lab.Try(c + "1", "iperf3 -6 -c 2001:db8:2::1 -n 2M", 60))).ToList())
        {
            Assert.AreEqual(0, client.Result.Exit, client.Result.Text);
        }
    }

    private const int AllMulticast = 0x200;

    private static int Flags(NetworkLab lab) => Convert.ToInt32(lab.In("core", "cat /sys/class/net/r1/flags").Trim(), 16);

    // The router tests its addresses before it uses them (RFC 4862): one or two seconds.
    private static bool Reaches(NetworkLab lab, string host, string address, int size)
    {
        (int exit, string text) = lab.Try(host, $"ping -6 -c 8 -i 0.5 -W 1 -M do -s {size} {address}");
        return exit == 0 && Received().Match(text) is { Success: true } match && int.Parse(match.Groups[1].Value) >= 2;
    }

    [GeneratedRegex("([0-9]+) received")]
    private static partial Regex Received();

    [GeneratedRegex("2001:db8:1::fe lladdr.*")]
    private static partial Regex Router();

    private static string ProviderEdge(int pe)
    {
        (string core, string hop, string own, string far) = pe == 1 ? ("192.168.12.1", "192.168.12.2", "10.0.0.1", "10.0.0.3") : ("192.168.23.3", "192.168.23.2", "10.0.0.3", "10.0.0.1");
        int mine = pe * 100;
        int theirs = 300 - mine;
        return $"""
            hostname pe{pe}
            ip vrf blue
             rd 65000:1
            ip vrf red
             rd 65000:2
            interface Loopback0
             ip address {own} 255.255.255.255
            interface Ethernet1
             ip address {core} 255.255.255.0
             mpls ip
            interface Ethernet2
             ip vrf forwarding blue
             ip address 10.{pe}.{pe}.254 255.255.255.0
             ipv6 address 2001:db8:{pe}::fe/64
            interface Ethernet3
             ip vrf forwarding red
             ip address 10.{pe}.{pe}.254 255.255.255.0
             ipv6 address 2001:db8:{pe}::fe/64
            ip route {far} 255.255.255.255 {hop}
            mpls static binding ipv4 {far} 255.255.255.255 output {hop} {(pe == 1 ? 203 : 201)}
            mpls static binding ipv4 vrf blue 10.{pe}.{pe}.0 255.255.255.0 {mine + 1}
            mpls static binding ipv4 vrf red 10.{pe}.{pe}.0 255.255.255.0 {mine + 2}
            ipv6 route vrf blue 2001:db8:{3 - pe}::/64 {far} label {theirs + 1}
            ipv6 route vrf red 2001:db8:{3 - pe}::/64 {far} label {theirs + 2}
            ipv6 route vrf red 2001:db8:99::9/128 {(pe == 1 ? $"{far} label {theirs + 2}" : "2001:db8:2::1")}
            end

            """;
    }
}
