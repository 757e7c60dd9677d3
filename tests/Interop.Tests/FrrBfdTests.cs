using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>Our BFD against bfdd of FRR on a veth pair, both as users see it.</summary>
[TestClass]
public sealed class FrrBfdTests
{
    private const string Peer = "peer 10.9.0.1 interface vfrr";

    private const string Bfdd = $"bfd\n {Peer}\n  receive-interval 60\n  transmit-interval 70\n  detect-multiplier 4\n  no shutdown\n exit\nexit\n";

    private const string Configuration = """
        hostname le
        interface Ethernet1
         ip address 10.9.0.1 255.255.255.0
         bfd interval 100 min_rx 80 multiplier 3
        ip route static bfd Ethernet1 10.9.0.2
        ip route 9.9.9.0 255.255.255.0 Ethernet1 10.9.0.2
        """;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Session_timers_failure_shutdown_and_return_are_the_same_on_both_consoles_and_tshark_finds_nothing_wrong()
    {
        Tools.Need(true, "ip", "ethtool", "vtysh", "tcpdump", "tshark");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "bfdd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.Link("le", "vle", "frr", "vfrr", 1500);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        FrrRouter frr = new(lab, "frr");
        frr.Start("zebra", "hostname frr\n");
        frr.Start("bfdd", Bfdd);
        string capture = Path.Combine(lab.Folder.FullName, "bfd.pcap");
        Process tcpdump = lab.Start("le", $"tcpdump -i vle -U -w {capture}");
        Process router = lab.StartRouter("le", Configuration, "Ethernet1=packet:vle");
        RouterConsole console = new(router);
        console.Run("enable");

        // Up, and each knows the other's timers.
        Until(console, frr, "up", () => IsUp(console) && frr.Show("show bfd peers").Contains("Status: up", StringComparison.Ordinal) && RouteIsIn(console));
        Until(console, frr, "our timers at FRR", () => Has(frr, "Transmission interval: 100ms") && Has(frr, "Receive interval: 80ms") && Has(frr, "Detect-multiplier: 3"));
        string details = console.Run("show bfd neighbors details");
        Assert.Contains("Received MinRxInt: 60000, Received Multiplier: 4", details);
        Assert.Contains("Min tx interval: 70000", details);
        TestContext.WriteLine(details);
        TestContext.WriteLine(frr.Show("show bfd peers"));

        // New timers of either side, by poll sequences, without a flap.
        console.Type("configure terminal");
        console.Type("interface Ethernet1");
        console.Type("bfd interval 200 min_rx 90 multiplier 5");
        console.Type("end");
        Until(console, frr, "new timers at FRR", () => Has(frr, "Transmission interval: 200ms") && Has(frr, "Receive interval: 90ms") && Has(frr, "Detect-multiplier: 5"));
        frr.Configure("bfd", Peer, "transmit-interval 110", "receive-interval 120");
        Until(console, frr, "FRR's new timers here", () => console.Run("show bfd neighbors details").Contains("Received MinRxInt: 120000", StringComparison.Ordinal));
        Assert.DoesNotContain("SESS_DOWN", console.Run("show logging"));

        // Shut down by a person at FRR: down, and no failure of the path.
        frr.Configure("bfd", Peer, "shutdown");
        Until(console, frr, "shut down", () => console.Run("show bfd neighbors").Contains("AdminDown Down", StringComparison.Ordinal));
        Assert.IsTrue(RouteIsIn(console), "administratively down is no failure (RFC 5882 section 3.2)");
        frr.Configure("bfd", Peer, "no shutdown");
        Until(console, frr, "up again", () => IsUp(console));

        // The other side dies without a word.
        frr.Kill("bfdd");
        Until(console, frr, "detection", () => console.Run("show ip route 9.9.9.9").Contains("BFD session to 10.9.0.2 is down (control detection time expired)", StringComparison.Ordinal));
        Assert.Contains("is going Down Reason: control detection time expired", console.Run("show logging"));
        frr.Start("bfdd", Bfdd);
        Until(console, frr, "back", () => IsUp(console) && RouteIsIn(console));

        // We want it no more: FRR hears that, and takes it for no expiry.
        console.Type("configure terminal");
        console.Type("no ip route static bfd Ethernet1 10.9.0.2");
        console.Type("end");
        Until(console, frr, "our farewell", () => Has(frr, "Status: down") && Has(frr, "Remote diagnostics: administratively down"));
        string drops = console.Run("show bfd drops");
        TestContext.WriteLine(drops);
        console.Stop();
        NetworkLab.Stop(tcpdump);
        string seen = Tools.Must("tshark", $"-r {capture} -Y bfd -T fields -e ip.src -e ip.ttl -e udp.srcport -e bfd.sta");
        string[] ours = [.. seen.Split('\n').Where(l => l.StartsWith("10.9.0.1\t", StringComparison.Ordinal))];
        Assert.IsGreaterThan(20, ours.Length);
        Assert.IsTrue(ours.All(l => l.Split('\t')[1] == "255" && int.Parse(l.Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture) >= 49152), "TTL and source port of RFC 5881");
        string wrong = Tools.Must("tshark", $"-r {capture} -Y \"ip.src == 10.9.0.1 && (_ws.malformed || _ws.expert.severity == error)\"");
        Assert.DoesNotContain("BFD", wrong);
    }

    [TestMethod]
    public void The_ospf_neighbour_goes_with_the_session_on_either_side()
    {
        Tools.Need(true, "ip", "ethtool", "vtysh");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "bfdd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.Link("le", "vle", "frr", "vfrr", 1500);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
        FrrRouter frr = new(lab, "frr");
        frr.Start("zebra", "hostname frr\n");
        frr.Start("bfdd", "bfd\nexit\n");
        frr.Start("ospfd", "interface vfrr\n ip ospf network point-to-point\n ip ospf bfd\nexit\nrouter ospf\n ospf router-id 2.2.2.2\n network 10.9.0.0/24 area 0\n network 2.2.2.2/32 area 0\nexit\n");
        Process router = lab.StartRouter("le", """
            hostname le
            interface Ethernet1
             ip address 10.9.0.1 255.255.255.0
             ip ospf network point-to-point
             bfd interval 100 min_rx 100 multiplier 3
            router ospf 1
             bfd all-interfaces
             network 10.9.0.0 0.0.0.255 area 0
            """, "Ethernet1=packet:vle");
        RouterConsole console = new(router);
        console.Run("enable");
        bool HasRoute() => console.Run("show ip route 2.2.2.2").Contains("distance 110", StringComparison.Ordinal);
        Until(console, frr, "up", () => IsUp(console) && HasRoute() && frr.Show("show bfd peers").Contains("Status: up", StringComparison.Ordinal));

        // Their BFD dies, their OSPF goes on: we let the neighbour go, long before the 40 s of its dead interval.
        frr.Kill("bfdd");
        Until(console, frr, "our neighbour is gone", () => console.Run("show logging").Contains("from FULL to DOWN, Neighbor Down: BFD node down", StringComparison.Ordinal), 15);

        // It comes back without BFD at their end, and with it.
        frr.Start("bfdd", "bfd\nexit\n");
        Until(console, frr, "back", () => IsUp(console) && HasRoute());

        // We vanish: FRR lets us go.
        router.Kill();
        Until(null, frr, "FRR's neighbour is gone", () => !frr.Show("show ip ospf neighbor").Contains("Full", StringComparison.Ordinal), 15);
    }

    private static bool IsUp(RouterConsole console) => console.Run("show bfd neighbors").Contains("Up        Up", StringComparison.Ordinal);

    private static bool RouteIsIn(RouterConsole console) => console.Run("show ip route 9.9.9.9").Contains("* 10.9.0.2", StringComparison.Ordinal);

    private static bool Has(FrrRouter frr, string text) => frr.Show("show bfd peers").Contains(text, StringComparison.Ordinal);

    private static void Until(RouterConsole console, FrrRouter frr, string what, Func<bool> holds, int seconds = 30)
    {
        for (int tries = 0; tries < 2 * seconds; tries++)
        {
            if (holds()) return;
            Thread.Sleep(500);
        }
        Assert.Fail($"{what}:\n{console?.Run("show bfd neighbors details")}\n{console?.Run("show ip route")}\n{console?.Run("show bfd drops")}\n{console?.Run("show logging")}\n{frr.Show("show bfd peers")}");
    }
}
