using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// CE1 - PE1 - PE2 - CE2, where PE2 is a Linux kernel of its own that makes the pseudowire with tc and act_mpls: raw Ethernet (RFC 4448
/// section 4.4, PW type 5) without control word. The CEs run ospfd of FRR: what they exchange passes both PEs as it is.
/// </summary>
[TestClass]
public sealed partial class LinuxPseudowireTests
{
    private const int CoreMtu = 1600;
    private const int BoxMegabytes = 128;
    private const int ToLinux = 2009;
    private const int ToUs = 1009;

    [TestMethod]
    public void Two_ospf_neighbours_are_full_through_a_pseudowire_whose_far_end_is_act_mpls()
    {
        Tools.Need(true, "tcpdump", "tshark", "ping", "tc");
        UmlBox.Need();
        using NetworkLab lab = new();
        foreach (string name in new[] { "core", "ce1", "ce2" }) lab.AddNamespace(name);
        lab.Link("core", "pe1u", "core", "upe1", CoreMtu);
        lab.Link("ce1", "eth0", "core", "pe1ce", 1500);
        Process capture = lab.StartCapture("core", "pe1u");
        using UmlBox pe2 = new(lab, "core", "pe2", BoxMegabytes, UmlBox.Raw("upe1", CoreMtu), UmlBox.Tap("eth0", 1500));
        lab.StartRouter("core", Pe1, "Ethernet1=packet:pe1u", "Ethernet2=packet:pe1ce");

        // CE2 is the namespace at the other end of the box's circuit.
        lab.Move("core", "eth0", "ce2");
        lab.In("ce2", "ethtool -K eth0 tx off");
        lab.In("ce2", "ip link set eth0 mtu 1500 up");
        StartPe2(pe2);

        FrrRouter[] ces = [StartCe(lab, 1), StartCe(lab, 2)];
        string State() => ces[0].Show("show ip ospf neighbor") + ces[1].Show("show ip ospf neighbor");
        Stopwatch watch = Stopwatch.StartNew();
        while (Roles(State()) != "Backup DR" || !Learnt(ces[0], 2) || !Learnt(ces[1], 1))
        {
            Assert.IsLessThan(90, watch.Elapsed.TotalSeconds, $"not full: {State()}\n{pe2.Try("tc -s filter show dev vec0 ingress; tc -s filter show dev vec1 ingress").Text}");
            Thread.Sleep(500);
        }

        Console.WriteLine(State());

        // Loopback to loopback by the routes that they learnt, with full packets: the circuit's MTU is 1500 on both ends.
        (int exit, string text) = lab.Try("ce1", "ping -c 5 -i 0.2 -W 5 -M do -s 1472 -I 172.16.1.1 172.16.2.1");
        Assert.AreEqual(0, exit, text);
        Assert.Contains(" 5 received", text);

        NetworkLab.Stop(capture);
        string decode = $"-d mpls.label=={ToLinux},pwethnocw -d mpls.label=={ToUs},pwethnocw";
        Assert.AreEqual("", Tools.TsharkFaults(lab.CaptureOf("pe1u"), decode, "!ldp"));
        Assert.AreEqual("", TsharkOnLdp.Faults(lab.CaptureOf("pe1u"), "ip.src != 10.0.0.2"));
        // Database Description, request, update and acknowledgement of both under the label that the other end gave, and nothing of OSPF beside it.
        string rows = Tools.RunApart("tshark", $"-r {lab.CaptureOf("pe1u")} {decode} -Y ospf -T fields -E separator=; -e mpls.label -e mpls.bottom -e ip.src -e ospf.msg").Output;
        string[] kinds = [.. rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Trim().Split(';')).Select(r => $"{r[0]} {r[2]} {r[3]}").Distinct().Order(StringComparer.Ordinal)];
        string[] expected = [.. Enumerable.Range(1, 5).SelectMany(k => new[] { $"{ToLinux} 10.7.0.1 {k}", $"{ToUs} 10.7.0.2 {k}" }).Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', kinds));
    }

    // Of those who are full, sorted: one is the designated router to the other, who is its backup.
    private static string Roles(string neighbors) => string.Join(' ', Full().Matches(neighbors).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

    private static bool Learnt(FrrRouter ce, int other) => ce.Show("show ip route ospf").Contains($"O>* 172.16.{other}.1/32 [110/", StringComparison.Ordinal);

    // The circuit is vec1, the core vec0: a label before the MAC header and an Ethernet header before that, and the other way round.
    private static void StartPe2(UmlBox pe2)
    {
        pe2.Run("""
            ip address add 10.0.0.2/32 dev lo
            ip address add 192.168.12.2/24 dev vec0
            ip route add 10.0.0.1/32 via 192.168.12.1
            until ping -c 1 -W 1 192.168.12.1; do :; done
            ip neigh show 192.168.12.1 dev vec0
            """);
        pe2.StartFrr("zebra", "hostname pe2\n");
        pe2.StartFrr("ldpd", UmlBox.Ldp("10.0.0.2", "vec0"));
        pe2.Run($"""
            there=$(ip neigh show 192.168.12.1 dev vec0 | sed 's/.*lladdr \([0-9a-f:]*\).*/\1/')
            here=$(cat /sys/class/net/vec0/address)
            tc qdisc add dev vec1 ingress
            tc filter add dev vec1 ingress matchall action mpls mac_push protocol mpls_uc label {ToUs} ttl 64 bos 1 pipe action vlan push_eth dst_mac $there src_mac $here pipe action mirred egress redirect dev vec0
            tc qdisc add dev vec0 ingress
            tc filter add dev vec0 ingress protocol mpls_uc flower mpls_label {ToLinux} mpls_bos 1 action mpls pop protocol teb pipe action vlan pop_eth pipe action mirred egress redirect dev vec1
            """);
    }

    private static FrrRouter StartCe(NetworkLab lab, int site)
    {
        string name = "ce" + site;
        lab.In(name, $"ip address add 10.7.0.{site}/24 dev eth0");
        lab.In(name, $"ip address add 172.16.{site}.1/32 dev lo");
        FrrRouter ce = new(lab, name);
        ce.Start("zebra", $"hostname {name}\n");
        ce.Start("ospfd", $"""
            interface eth0
             ip ospf hello-interval 1
             ip ospf dead-interval 4
            exit
            router ospf
             ospf router-id 172.16.{site}.1
             network 10.7.0.0/24 area 0
             network 172.16.{site}.1/32 area 0
            exit

            """);
        return ce;
    }

    private const string Pe1 = """
        hostname pe1
        mpls ldp router-id Loopback0 force
        mpls ldp discovery hello interval 1
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        interface Ethernet1
         ip address 192.168.12.1 255.255.255.0
         mpls ip
        interface Ethernet2
         xconnect 10.0.0.2 9 encapsulation mpls manual
          mpls label 1009 2009
          no mpls control-word
        ip route 10.0.0.2 255.255.255.255 192.168.12.2
        end

        """;

    [GeneratedRegex(@"Full/(\S+)")]
    private static partial Regex Full();
}
