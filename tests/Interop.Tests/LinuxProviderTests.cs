using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>
/// PE1 - P - P2 - PE2, where P is a Linux kernel of its own with FRR's ldpd: it swaps towards PE2 and takes the label off towards PE1. PE1, P2 and
/// PE2 are router processes that learn the core by OSPF and its labels by LDP; VPN labels are static. The customers are real Linux hosts.
/// </summary>
[TestClass]
public sealed class LinuxProviderTests
{
    private const int CoreMtu = 1600;
    private const int BoxMegabytes = 128;
    private const int Pings = 5;
    private const string P = "10.0.0.2";

    // Each router gives labels of its own range, so that a label says who gave it.
    private const int FirstLabelOfP2 = 3000;

    [TestMethod]
    public void Both_kinds_of_vpn_cross_a_linux_kernel_whose_routes_and_labels_came_by_ospf_and_ldp()
    {
        Tools.Need(true, "tcpdump", "tshark", "ping", "iperf3");
        UmlBox.Need();
        using NetworkLab lab = new();
        Build(lab);
        Process[] captures = [lab.StartCapture("core", "pe1p"), lab.StartCapture("core", "p2p")];
        using UmlBox p = StartProvider(lab);
        Process[] routers =
        [
            lab.StartRouter("core", ProviderEdge(1), "Ethernet1=packet:pe1p", "Ethernet2=packet:pe1l2", "Ethernet3=packet:pe1blue"),
            lab.StartRouter("core", P2, "Ethernet1=packet:p2p", "Ethernet2=packet:p2pe2"),
            lab.StartRouter("core", ProviderEdge(2), "Ethernet1=packet:pe2p2", "Ethernet2=packet:pe2l2", "Ethernet3=packet:pe2blue"),
        ];
        RouterConsole[] consoles = [.. routers.Select(r => new RouterConsole(r))];
        foreach (RouterConsole console in consoles) console.Run("enable");
        lab.WaitForPing("blue1", "10.2.2.1", 90);
        lab.WaitForPing("l21", "10.7.0.2", 30);

        // What LDP said on our consoles is what the kernel does, also after its ldpd has died and come back: nothing more stands in its table.
        SameLabels(p, consoles);
        p.KillFrr("ldpd");
        p.StartFrr("ldpd", Labels);
        SameLabels(p, consoles);
        lab.WaitForPing("blue1", "10.2.2.1", 30);
        lab.WaitForPing("l21", "10.7.0.2", 30);
        (string toPe1, string toPe2, string fromP2) = LabelsOf(consoles);
        Assert.IsGreaterThanOrEqualTo(FirstLabelOfP2, int.Parse(fromP2), "P2's label is not of its range");

        // Full packets from either side, and TCP through both VPNs at once.
        foreach ((string host, string far) in new[] { ("blue1", "10.2.2.1"), ("blue2", "10.1.1.1"), ("l21", "10.7.0.2"), ("l22", "10.7.0.1") })
        {
            (int exit, string text) = lab.Try(host, $"ping -c {Pings} -i 0.2 -W 5 -M do -s 1472 {far}");
            Assert.AreEqual(0, exit, text);
            Assert.Contains($" {Pings} received", text);
        }

        foreach (string server in new[] { "blue2", "l22" }) lab.StartIperfServer(server);
        Task<(int Exit, string Text)>[] clients = [Task.Run(() => lab.Try("blue1", "iperf3 -c 10.2.2.1 -n 1M")), Task.Run(() => lab.Try("l21", "iperf3 -c 10.7.0.2 -n 1M"))];
        foreach (Task<(int Exit, string Text)> client in clients) Assert.AreEqual(0, client.Result.Exit, client.Result.Text);

        foreach (Process capture in captures) NetworkLab.Stop(capture);
        // The kernel swaps one way and takes off the other way; the PEs' TTL is that of a host's packet less one (L3) or of a new stack (L2).
        AssertStacks($"{toPe2},2001 63\n{toPe2},2007 255\n1001 63\n1007 255", Stacks(lab, "pe1p"));
        AssertStacks($"{fromP2},2001 62\n{fromP2},2007 254\n{toPe1},1001 62\n{toPe1},1007 254", Stacks(lab, "p2p"));
        foreach (string device in new[] { "pe1p", "p2p" })
        {
            Assert.AreEqual("", Tools.TsharkFaults(lab.CaptureOf(device), "-d mpls.label==1007,pwethcw -d mpls.label==2007,pwethcw", "!ldp"));
            Assert.AreEqual("", TsharkOnLdp.Faults(lab.CaptureOf(device), "ip.src != 10.0.0.2"));
        }
    }

    private static void Build(NetworkLab lab)
    {
        lab.AddNamespace("core");
        lab.Link("core", "pe1p", "core", "ppe1", CoreMtu);
        lab.Link("core", "pp2", "core", "p2p", CoreMtu);
        lab.Link("core", "p2pe2", "core", "pe2p2", CoreMtu);
        for (int site = 1; site <= 2; site++)
        {
            lab.AddNamespace("blue" + site);
            lab.Link("blue" + site, "eth0", "core", $"pe{site}blue", 1500);
            lab.In("blue" + site, $"ip address add 10.{site}.{site}.1/24 dev eth0");
            lab.In("blue" + site, $"ip route add default via 10.{site}.{site}.254");
            lab.AddNamespace("l2" + site);
            lab.Link("l2" + site, "eth0", "core", $"pe{site}l2", 1500);
            lab.In("l2" + site, $"ip address add 10.7.0.{site}/24 dev eth0");
        }
    }

    private static UmlBox StartProvider(NetworkLab lab)
    {
        UmlBox p = new(lab, "core", "p", BoxMegabytes, UmlBox.Raw("ppe1", CoreMtu), UmlBox.Raw("pp2", CoreMtu));
        p.Run("""
            ip address add 10.0.0.2/32 dev lo
            ip address add 192.168.12.2/24 dev vec0
            ip address add 192.168.23.2/24 dev vec1
            """);
        p.StartFrr("zebra", "hostname p\n");
        p.StartFrr("ospfd", """
            interface vec0
             ip ospf network point-to-point
             ip ospf hello-interval 1
             ip ospf dead-interval 4
            exit
            interface vec1
             ip ospf network point-to-point
             ip ospf hello-interval 1
             ip ospf dead-interval 4
            exit
            router ospf
             ospf router-id 10.0.0.2
             network 10.0.0.0/24 area 0
             network 192.168.0.0/16 area 0
            exit

            """);
        p.StartFrr("ldpd", Labels);
        return p;
    }

    private static readonly string Labels = UmlBox.Ldp("10.0.0.2", "vec0", "vec1");

    // The labels of the LSP between the PEs: P's towards PE1 and PE2, and P2's towards PE2.
    private static (string ToPe1, string ToPe2, string FromP2) LabelsOf(RouterConsole[] consoles)
    {
        Dictionary<string, LdpBindings> pe1 = LdpBindings.Of(consoles[0]);
        Dictionary<string, LdpBindings> p2 = LdpBindings.Of(consoles[1]);
        return (Of(p2, "10.0.0.1/32").From(P), Of(pe1, "10.0.0.4/32").From(P), Of(p2, "10.0.0.4/32").Local);
    }

    private static LdpBindings Of(Dictionary<string, LdpBindings> bindings, string prefix) => bindings.GetValueOrDefault(prefix, new LdpBindings("-", []));

    // The kernel's table of labels is exactly what our consoles say that P gave and was given; PE1 and P2 want no label for what is theirs.
    private static void SameLabels(UmlBox p, RouterConsole[] consoles)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            (string toPe1, string toPe2, string fromP2) = LabelsOf(consoles);
            Dictionary<string, LdpBindings> pe1 = LdpBindings.Of(consoles[0]);
            string expected = Sorted(
                $"{toPe1} via inet 192.168.12.1 dev vec0 proto ldp",
                $"{toPe2} as to {fromP2} via inet 192.168.23.3 dev vec1 proto ldp",
                $"{Of(pe1, "10.0.0.3/32").From(P)} via inet 192.168.23.3 dev vec1 proto ldp",
                $"{Of(pe1, "192.168.34.0/24").From(P)} via inet 192.168.23.3 dev vec1 proto ldp");
            string table = Sorted(p.Run("ip -f mpls route").Split('\n'));
            if (table == expected)
            {
                Console.WriteLine(table);
                return;
            }

            Assert.IsLessThan(60, watch.Elapsed.TotalSeconds, $"the kernel's table is\n{table}\nand the consoles say\n{expected}\n{p.Show("show mpls ldp binding")}");
            Thread.Sleep(500);
        }
    }

    private static string Sorted(params string[] lines) => string.Join('\n', lines.Select(l => l.Trim()).Where(l => l.Length > 0).Order(StringComparer.Ordinal));

    // Of the full echo packets in a capture: "labels TTL-of-the-top count" for each stack, sorted.
    private static List<string> Stacks(NetworkLab lab, string device)
    {
        string rows = Tools.RunApart("tshark", $"-r {lab.CaptureOf(device)} -d mpls.label==1007,pwethcw -d mpls.label==2007,pwethcw -Y \"mpls && icmp && ip.len == 1500\" -T fields -E separator=; -e mpls.label -e mpls.ttl").Output;
        return [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Trim().Split(';')).GroupBy(r => $"{r[0]} {r[1].Split(',')[0]}").Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal)];
    }

    // Each stack as often as there were echoes and replies: each VPN was pinged from both ends.
    private static void AssertStacks(string expected, List<string> stacks) =>
        Assert.AreEqual(string.Join('\n', expected.Split('\n').Select(s => $"{s} {2 * Pings}").Order(StringComparer.Ordinal)), string.Join('\n', stacks));

    private static string ProviderEdge(int pe)
    {
        (string core, string own, string far) = pe == 1 ? ("192.168.12.1", "10.0.0.1", "10.0.0.4") : ("192.168.34.4", "10.0.0.4", "10.0.0.1");
        int other = 3 - pe;
        return $"""
            hostname pe{pe}
            mpls label range {pe}100 {pe}999
            mpls ldp router-id Loopback0 force
            mpls ldp discovery hello interval 1
            ip vrf blue
             rd 65000:1
            interface Loopback0
             ip address {own} 255.255.255.255
            interface Ethernet1
             ip address {core} 255.255.255.0
             ip ospf network point-to-point
             ip ospf hello-interval 1
             ip ospf dead-interval 4
             mpls ip
            interface Ethernet2
             xconnect {far} 7 encapsulation mpls manual
              mpls label {pe}007 {other}007
              mpls control-word
            interface Ethernet3
             ip vrf forwarding blue
             ip address 10.{pe}.{pe}.254 255.255.255.0
            router ospf 1
             network 10.0.0.0 0.0.0.255 area 0
             network 192.168.0.0 0.0.255.255 area 0
            ip route vrf blue 10.{other}.{other}.0 255.255.255.0 {far} label {other}001
            mpls static binding ipv4 vrf blue 10.{pe}.{pe}.0 255.255.255.0 {pe}001
            end

            """;
    }

    private static readonly string P2 = $"""
        hostname p2
        mpls label range {FirstLabelOfP2} {FirstLabelOfP2 + 999}
        mpls ldp router-id Loopback0 force
        mpls ldp discovery hello interval 1
        interface Loopback0
         ip address 10.0.0.3 255.255.255.255
        interface Ethernet1
         ip address 192.168.23.3 255.255.255.0
         ip ospf network point-to-point
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         mpls ip
        interface Ethernet2
         ip address 192.168.34.3 255.255.255.0
         ip ospf network point-to-point
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         mpls ip
        router ospf 1
         network 10.0.0.0 0.0.0.255 area 0
         network 192.168.0.0 0.0.255.255 area 0
        end

        """;
}
