using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// Real Linux hosts through three router processes: an L2 VPN (one subnet across the backbone) and an L3 VPN with two customers
/// that use the same addresses, at once. The core carries 1,526 octets, so the edges are exact: 1,500 octets of IP in the L2 VPN
/// (14 Ethernet, 4 control word, 8 labels), 1,518 in the L3 VPN (8 labels).
/// </summary>
[TestClass]
public sealed partial class RealTrafficTests
{
    private const int CoreMtu = 1526;
    private const int AccessMtu = 1600;
    private const int L2Edge = 1500 - 28;
    private const int L3Edge = 1518 - 28;

    private static readonly string[] s_customers = ["l2", "blue", "red"];

    [TestMethod]
    public void Linux_hosts_talk_through_both_kinds_of_vpn_at_once()
    {
        Tools.Need(true, "ip", "ethtool", "tcpdump", "iperf3", "ping");
        using NetworkLab lab = new();
        Build(lab);
        Process pe1 = lab.StartRouter("core", ProviderEdge(1), "Ethernet1=packet:pe1p", "Ethernet2=packet:pe1l2", "Ethernet3=packet:pe1blue", "Ethernet4=packet:pe1red");
        Process p = lab.StartRouter("core", Provider, "Ethernet1=packet:ppe1", "Ethernet2=packet:ppe2");
        Process pe2 = lab.StartRouter("core", ProviderEdge(2), "Ethernet1=packet:pe2p", "Ethernet2=packet:pe2l2", "Ethernet3=packet:pe2blue", "Ethernet4=packet:pe2red");

        foreach (string customer in s_customers) Assert.IsTrue(Reaches(lab, customer, 56), $"{customer}: no ping through the provider");

        // Same addresses, told apart: each red host answers with its own hardware behind it, and a listener in red is not there in blue.
        lab.StartIperfServer("red2", 5900);
        Assert.AreNotEqual(0, lab.Try("blue1", "iperf3 -c 10.2.2.1 -p 5900 -n 1K --connect-timeout 2000", 20).Exit, "blue reached a service of red");
        Assert.AreEqual(0, lab.Try("red1", "iperf3 -c 10.2.2.1 -p 5900 -n 1K --connect-timeout 2000", 20).Exit, "red did not reach its own service");

        // The edge, and one octet above it.
        Assert.IsTrue(Reaches(lab, "l2", L2Edge), "l2: the largest frame did not pass");
        Assert.IsFalse(Reaches(lab, "l2", L2Edge + 1), "l2: one octet above the edge passed");
        Assert.IsTrue(Reaches(lab, "blue", L3Edge), "blue: the largest packet did not pass");
        (int exit, string text) = lab.Try("blue1", $"ping -c 1 -W 2 -M do -s {L3Edge + 1} 10.2.2.1");
        Assert.AreNotEqual(0, exit, "blue: one octet above the edge passed");
        Assert.Contains("mtu = 1518", text.Replace("mtu=", "mtu = "), text);

        // TCP through both at once; the P link is captured.
        foreach (string host in new[] { "l21", "l22" }) lab.In(host, "ip link set eth0 mtu 1500");
        string capture = Path.Combine(lab.Folder.FullName, "p.pcap");
        Process tcpdump = lab.Start("core", $"tcpdump -i ppe1 -s 64 -B 131072 -w {capture}");
        Thread.Sleep(1500);
        const int Megabytes = 5;
        foreach (string customer in s_customers) lab.StartIperfServer(customer + "2");
        List<Task<(int Exit, string Text)>> clients = [.. s_customers.Select(c => Task.Run(() => lab.Try(c + "1", $"iperf3 -c {Far(c)} -n {Megabytes}M -b 20M", 180)))];
        foreach (Task<(int Exit, string Text)> client in clients) Assert.AreEqual(0, client.Result.Exit, client.Result.Text);
        Thread.Sleep(1000);
        Console.WriteLine(NetworkLab.Stop(tcpdump));
        long labelled = 0;
        long all = 0;
        foreach (CapturedFrame frame in PcapFile.Read(capture))
        {
            all += frame.WireLength;
            labelled += frame.EtherType == 0x8847 ? frame.WireLength : 0;
        }

        long data = 3L * Megabytes * 1024 * 1024;
        Console.WriteLine($"P link: {labelled:N0} of {all:N0} octets are labelled; {data:N0} octets of data were asked for");
        Assert.IsGreaterThanOrEqualTo(data, labelled, "the P link did not carry the data");
        Assert.IsGreaterThanOrEqualTo(0.99, (double)labelled / all, "octets without labels on the P link");

        // The P link is the only way.
        lab.In("core", "ip link set ppe1 down");
        foreach (string customer in s_customers) Assert.IsFalse(Reaches(lab, customer, 56), $"{customer} got through although the P link is down");
        lab.In("core", "ip link set ppe1 up");
        foreach (string customer in s_customers) Assert.IsTrue(Comes(lab, customer, 20), $"{customer} did not come back with the P link");

        // The ledgers that the routers print at their end tell what was too long.
        string counters = NetworkLab.Stop(pe1);
        Console.WriteLine(counters);
        Assert.Contains("MTU exceeded", counters);
        NetworkLab.Stop(p);
        NetworkLab.Stop(pe2);
    }

    private static void Build(NetworkLab lab)
    {
        lab.AddNamespace("core");
        lab.Link("core", "pe1p", "core", "ppe1", CoreMtu);
        lab.Link("core", "ppe2", "core", "pe2p", CoreMtu);
        foreach (string customer in s_customers)
        {
            for (int site = 1; site <= 2; site++)
            {
                string host = customer + site;
                lab.AddNamespace(host);
                lab.Link(host, "eth0", "core", $"pe{site}{customer}", AccessMtu);
                if (customer == "l2")
                {
                    lab.In(host, $"ip address add 10.0.0.{site}/24 dev eth0");
                }
                else
                {
                    lab.In(host, $"ip address add 10.{site}.{site}.1/24 dev eth0");
                    lab.In(host, $"ip route add default via 10.{site}.{site}.254");
                }
            }
        }
    }

    private static string Far(string customer) => customer == "l2" ? "10.0.0.2" : "10.2.2.1";

    private static bool Reaches(NetworkLab lab, string customer, int size)
    {
        // The first packets may fall to address resolution; the last of three must come back.
        (int exit, string text) = lab.Try(customer + "1", $"ping -c 4 -i 0.3 -W 1 -M do -s {size} {Far(customer)}");
        return exit == 0 && Received().Match(text) is { Success: true } match && int.Parse(match.Groups[1].Value) >= 2;
    }

    private static bool Comes(NetworkLab lab, string customer, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            if (lab.Try(customer + "1", $"ping -c 1 -W 1 {Far(customer)}").Exit == 0) return true;
        }

        return false;
    }

    [GeneratedRegex("([0-9]+) received")]
    private static partial Regex Received();

    // pe 1: 192.168.12.1 towards P, loopback 10.0.0.1; pe 2: 192.168.23.3, 10.0.0.3. Labels: pe1 1xx, pe2 3xx, P 2xx.
    private static string ProviderEdge(int pe)
    {
        (string core, string hop, string own, string far) = pe == 1 ? ("192.168.12.1", "192.168.12.2", "10.0.0.1", "10.0.0.3") : ("192.168.23.3", "192.168.23.2", "10.0.0.3", "10.0.0.1");
        int to = pe == 1 ? 203 : 201;
        int mine = pe * 100;
        int theirs = 300 - mine;
        int site = pe;
        int other = 3 - pe;
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
             xconnect {far} 7 encapsulation mpls manual
              mpls label {mine + 7} {theirs + 7}
              mpls control-word
            interface Ethernet3
             ip vrf forwarding blue
             ip address 10.{site}.{site}.254 255.255.255.0
            interface Ethernet4
             ip vrf forwarding red
             ip address 10.{site}.{site}.254 255.255.255.0
            ip route {far} 255.255.255.255 {hop}
            ip route vrf blue 10.{other}.{other}.0 255.255.255.0 {far} label {theirs + 1}
            ip route vrf red 10.{other}.{other}.0 255.255.255.0 {far} label {theirs + 2}
            mpls static binding ipv4 {far} 255.255.255.255 output {hop} {to}
            mpls static binding ipv4 vrf blue 10.{site}.{site}.0 255.255.255.0 {mine + 1}
            mpls static binding ipv4 vrf red 10.{site}.{site}.0 255.255.255.0 {mine + 2}
            end

            """;
    }

    internal const string Provider = """
        hostname p
        interface Loopback0
         ip address 10.0.0.2 255.255.255.255
        interface Ethernet1
         ip address 192.168.12.2 255.255.255.0
         mpls ip
        interface Ethernet2
         ip address 192.168.23.2 255.255.255.0
         mpls ip
        ip route 10.0.0.1 255.255.255.255 192.168.12.1
        ip route 10.0.0.3 255.255.255.255 192.168.23.3
        mpls static binding ipv4 10.0.0.1 255.255.255.255 201
        mpls static binding ipv4 10.0.0.1 255.255.255.255 output 192.168.12.1 implicit-null
        mpls static binding ipv4 10.0.0.3 255.255.255.255 203
        mpls static binding ipv4 10.0.0.3 255.255.255.255 output 192.168.23.3 implicit-null
        end

        """;
}
