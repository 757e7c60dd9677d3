namespace LabEdge.Tests.ConsoleRoom;

/// <summary>PE1 - P - PE2 with a customer on each PE, wired by the test: what show, ping and traceroute print of it.</summary>
[TestClass]
public sealed class ShowTests
{
    private readonly ProviderBench _lab = new();

    [TestMethod]
    public void Ping_crosses_the_provider()
    {
        _lab.Run(0, "ping 10.2.0.2");
        string text = _lab.Run(0, "ping 10.2.0.2");
        Assert.StartsWith("Type escape sequence to abort.\nSending 5, 100-byte ICMP Echos to 10.2.0.2, timeout is 2 seconds:\n!!!!!\nSuccess rate is 100 percent (5/5), round-trip min/avg/max = ", text);
        Assert.EndsWith(" ms\n", text);
        string vrf = _lab.Run(1, "ping vrf red 10.2.0.2 repeat 2 size 1492 df-bit source 10.1.0.1");
        Assert.Contains("Packet sent with a source address of 10.1.0.1\nPacket sent with the DF bit set\n!!\nSuccess rate is 100 percent (2/2)", vrf);
        string large = _lab.Run(0, "ping 10.2.0.2 size 1493 df-bit repeat 2");
        Assert.Contains("MM\nSuccess rate is 0 percent (0/2)\n% A link on the way takes at most 1492 bytes\n", large);
        Assert.Contains("% Invalid source address", _lab.Run(1, "ping 10.0.12.2 source 9.9.9.9"));
        Assert.Contains(".....\nSuccess rate is 0 percent (0/5)\n% No route to the destination", _lab.Run(2, "ping 99.0.0.1"));
    }

    [TestMethod]
    public void Traceroute_shows_the_labels_of_the_path()
    {
        _lab.Run(0, "ping 10.2.0.2");
        string text = _lab.Run(0, "traceroute 10.2.0.2");
        string[] lines = text.Split('\n');
        Assert.AreEqual("Tracing the route to 10.2.0.2", lines[1]);
        Assert.StartsWith("  1 10.1.0.1 ", lines[2]);
        Assert.StartsWith("  2 10.0.12.2 [MPLS: Labels 23/31 Exp 0] ", lines[3]);
        Assert.StartsWith("  3 ", lines[4]);
        Assert.Contains("[MPLS: Label 31 Exp 0]", lines[4]);
        Assert.StartsWith("  4 10.2.0.2 ", lines[5]);
        Assert.AreEqual(3, lines[2].Split("msec").Length - 1);
        Assert.AreEqual("", lines[6]);
    }

    [TestMethod]
    public void Tables_say_what_the_router_does()
    {
        _lab.Run(0, "ping 10.2.0.2");
        Contains(1, "show mpls forwarding-table", "20         Pop Label  10.255.0.1/32    receive", "30         No Label   10.1.0.0/24[V]   aggregate/red", "40         No Label   l2ckt(100)       Ethernet3  point2point");
        Contains(2, "show mpls forwarding-table", "21         Pop Label  10.255.0.1/32    Ethernet1  10.0.12.1", "23         Pop Label  10.255.0.3/32    Ethernet2  10.0.23.3");
        Contains(1, "show ip cef vrf red 10.2.0.9", "10.2.0.0/24", "  nexthop 10.0.12.2 Ethernet2 label 23 31");
        Contains(1, "show ip cef", "10.255.0.3/32        10.0.12.2            Ethernet2 label 23", "10.0.12.1/32         receive              Ethernet2");
        Contains(1, "show ip route", "C        10.0.12.0/24 is directly connected, Ethernet2", "S        10.255.0.3/32 [1/0] via 10.0.12.2", "S     10.77.0.0/16 [1/0] via 10.66.0.1: no route to next hop 10.66.0.1");
        Contains(0, "show ip route", "Gateway of last resort is 10.1.0.1 to network 0.0.0.0", "S*    0.0.0.0/0 [1/0] via 10.1.0.1", "      10.0.0.0/8 is variably subnetted, 2 subnets, 2 masks");
        Contains(1, "show ip route vrf red", "Routing Table: red", "S        10.2.0.0/24 [1/0] via 10.255.0.3 (default), label 31");
        Contains(1, "show ip route vrf red 10.2.0.9", "Routing entry for 10.2.0.0/24", "  * 10.255.0.3 (default)", "      MPLS label: 31");
        Contains(1, "show xconnect all", "UP pri   ac Ethernet3(Ethernet)          UP mpls 10.255.0.3:100               UP");
        Contains(1, "show mpls l2transport vc", "Ethernet3      Ethernet                   10.255.0.3      100        UP");
        Contains(1, "show mpls l2transport vc detail", "    Output interface: Ethernet2, imposed label stack {23 41}", "    MPLS VC labels: local 40, remote 41");
        Contains(1, "show mpls interfaces", "Ethernet2              Yes           No       No  Yes    Yes");
        Contains(1, "show ip vrf", "  red                              65000:1               Ethernet1");
        Contains(1, "show arp", "Internet  10.0.12.2               0   0200.0000.0301  ARPA   Ethernet2");
        Contains(1, "show arp vrf red", "Internet  10.1.0.2                0   0200.0000.0101  ARPA   Ethernet1");
        Contains(1, "show ip interface brief", "Ethernet1                  10.1.0.1        YES manual up                    up");
        Contains(1, "show mpls static binding", "10.255.0.3/32: Incoming label: none", "  Outgoing labels:", "     10.0.12.2       23");
        Contains(1, "show counters", "Ethernet2");
        Contains(1, "show version", "PE1 uptime is 0 hours, 0 minutes, 3 seconds");
    }

    [TestMethod]
    public void What_is_down_says_why()
    {
        _lab.Routers[1].Ports[1].LinkUp = false;
        _lab.Routers[2].Ports[0].LinkUp = false;
        _lab.Pass(10);
        Contains(1, "show ip interface brief", "Ethernet2                  10.0.12.1       YES manual down                  down      (no carrier)");
        Contains(1, "show interfaces Ethernet2", "Ethernet2 is down, line protocol is down (no carrier)");
        Contains(1, "show ip route vrf red", "S     10.2.0.0/24 [1/0] via 10.255.0.3 (default), label 31: no label switched path to 10.255.0.3/32: Ethernet2 is down (no carrier)");
        StringAssert.Contains(_lab.Run(1, "show xconnect all"), "DN pri   ac Ethernet3");
        StringAssert.Contains(_lab.Run(1, "show xconnect all"), "       down: no route to peer: Ethernet2 is down (no carrier)\n");
        Contains(2, "show mpls forwarding-table", "21         No Label   10.255.0.1/32    drop: no route to 10.255.0.1/32: Ethernet1 is down (no carrier)");
    }

    [TestMethod]
    public void Processes_count_the_units_that_each_room_has_done()
    {
        _lab.Run(0, "ping 10.2.0.2");
        LabEdge.Router router = _lab.Routers[1].Router;
        LabEdge.Control.WorkAccount work = router.Control.Work;
        Assert.AreEqual((uint)router.Tables.Ledger.Received.Sum(), work.UnitsOf(LabEdge.Control.WorkAccount.Forwarding));
        Assert.AreNotEqual(0u, work.UnitsOf(LabEdge.Control.WorkAccount.Host));
        uint before = work.UnitsOf(LabEdge.Control.WorkAccount.Console);
        string text = _lab.Run(1, "show processes");
        _lab.Pass(1);
        Assert.IsGreaterThan(before, work.UnitsOf(LabEdge.Control.WorkAccount.Console));
        foreach (string room in new[] { "Forwarding ", "Host ", "Control ", "Console " }) Assert.Contains("\n" + room, text);
        Assert.IsGreaterThanOrEqualTo(Enumerable.Range(0, work.Used).Max(work.MostOf), work.LongestUnits);
        Assert.AreEqual(64, work.Budget);
    }

    [TestMethod]
    public void Memory_names_every_pool_with_its_rows()
    {
        string text = _lab.Run(1, "show memory");
        for (int pool = 0; pool < LabEdge.Control.Pools.Count; pool++) Assert.Contains("\n  " + LabEdge.Control.Pools.NameOf(pool) + " ", text);
        LabEdge.Control.Pools pools = _lab.Routers[1].Router.Control.Pools;
        for (int pool = 0; pool < LabEdge.Control.Pools.Count; pool++)
        {
            Assert.IsLessThanOrEqualTo(pools.SizeOf(pool), pools.UsedOf(pool), LabEdge.Control.Pools.NameOf(pool));
            Assert.IsLessThanOrEqualTo(pools.MostOf(pool), pools.UsedOf(pool), LabEdge.Control.Pools.NameOf(pool));
        }
    }

    [TestMethod]
    public void Clearing_counters_clears_both_ledgers()
    {
        _lab.Run(0, "ping 10.2.0.2");
        Assert.Contains("received", _lab.Run(2, "show counters"));
        Assert.AreEqual("", _lab.Run(2, "clear counters"));
        string text = _lab.Run(2, "show counters");
        Assert.Contains("  in:  received 0 = forwarded 0 + punted 0 + dropped 0\n  out: sent 0, originated 0, dropped 0\n", text);
        Assert.AreEqual("", _lab.Run(2, "clear arp-cache"));
        _lab.Pass(50);
        Assert.Contains("0200.0000.0202", _lab.Run(2, "show arp"));
    }

    private void Contains(int router, string command, params string[] lines)
    {
        string text = _lab.Run(router, command);
        string[] printed = text.Split('\n');
        foreach (string line in lines) Assert.Contains(line, printed, $"{command}:\n{text}");
    }
}
