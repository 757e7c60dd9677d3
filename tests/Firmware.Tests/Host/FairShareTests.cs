using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>What happens on one port takes neither rate nor entries from another.</summary>
[TestClass]
public class FairShareTests
{
    private readonly HostBench _bench = new(8);

    private NeighborTable Table => _bench.Host.Neighbors;

    private static uint A(string text) => Packets.Address(text);

    // A scan of VRF 0 through port 0; the bench's clock stands still.
    private void Scan(int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            _bench.Ip(PuntClass.Resolve, 2, 0, Packets.Ip("10.0.2.9", $"10.0.0.{i}", 17, Packets.Udp(1, 2, 10)), 0);
        }
    }

    private void Learn(int port, string address)
    {
        Table.Heard(port, A(address), Hex.Octets(HostBench.Neighbor), 0, true);
        _bench.Run(1);
    }

    private string Held(int port) => string.Join(" ", Enumerable.Range(0, Table.Count).Where(n => Table.StateOf(n) != NeighborTable.Free && Table.PortOf(n) == port)
        .Select(n => Table.AddressOf(n) & 255).Order());

    [TestMethod]
    public void A_scan_on_one_port_costs_another_neither_answers_nor_questions()
    {
        Scan(2, 240);
        Assert.AreEqual(NeighborTable.ResolveBurst, _bench.Host.ArpSender.RequestsSent);
        Assert.AreEqual(240 - NeighborTable.ResolveBurst, _bench.Host.ResolveLimited);
        for (int i = 0; i < HostStack.ArpBurst + 10; i++) _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.8"));
        _bench.TakeSent();
        _bench.Arp(1, 1, Packets.Arp(1, HostBench.Neighbor2, "10.0.0.9", HostBench.Zero, "10.0.0.1"));
        Assert.HasCount(1, _bench.Ports[1].Sent, "an ARP answer");
        _bench.Ip(PuntClass.Resolve, 1, 1, Packets.Ip("10.0.0.9", "10.0.0.77", 17, Packets.Udp(1, 2, 10)), 1);
        Assert.HasCount(2, _bench.Ports[1].Sent, "and a question");
    }

    [TestMethod]
    public void What_is_received_does_not_cost_our_own_questions()
    {
        for (int i = 0; i < HostStack.ArpBurst + 10; i++) _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.8"));
        _bench.TakeSent();
        Scan(50, 1);
        Assert.HasCount(1, _bench.Ports[0].Sent);
    }

    [TestMethod]
    public void Our_own_packets_take_from_the_same_rate()
    {
        Scan(2, 240);
        _bench.TakeSent();
        _bench.Host.Probe.StartEcho(0, A("10.0.0.250"), 0, 100, false, 255, 5000, _bench.Now);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(NeighborTable.None, Table.Find(0, A("10.0.0.250")));
        _bench.Run(1000);
        Assert.AreNotEqual(NeighborTable.None, Table.Find(0, A("10.0.0.250")), "the probe tries again");
    }

    [TestMethod]
    public void A_packet_for_a_port_of_another_VRF_asks_nobody()
    {
        _bench.Ip(PuntClass.Resolve, 2, 0, Packets.Ip("10.0.2.9", "10.0.0.77", 17, Packets.Udp(1, 2, 10)), 1);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(NeighborTable.None, Table.Find(1, A("10.0.0.77")));
    }

    [TestMethod]
    public void A_scan_evicts_no_entry_of_another_port_that_is_within_its_share()
    {
        Learn(1, "10.0.0.101");
        Learn(1, "10.0.0.102");
        Learn(1, "10.0.0.103");
        Learn(2, "10.0.2.104");
        Scan(2, 60);
        for (int i = 62; i < 90; i++) Learn(0, "10.0.0." + i);
        Assert.AreEqual("101 102 103", Held(1).Trim(), "8 slots, 3 ports: 2 each, and room was left when it had 3");
        Assert.AreEqual("104", Held(2));
        Assert.HasCount(4, Held(0).Split(' '), "it lives on its own");
    }

    [TestMethod]
    public void A_port_below_its_share_takes_from_those_above_theirs()
    {
        for (int i = 1; i <= 8; i++) Learn(0, "10.0.0.10" + i);
        for (int i = 1; i <= 6; i++) Learn(1, "10.0.0.20" + i);
        Assert.AreEqual("105 106 107 108", Held(0), "the oldest went");
        Assert.AreEqual("203 204 205 206", Held(1), "then its own oldest");
    }

    [TestMethod]
    public void What_control_wants_takes_from_all_at_last()
    {
        for (int i = 1; i <= 7; i++) Assert.AreNotEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.10" + i), true));
        Learn(1, "10.0.0.201");
        Assert.AreEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.150"), false));
        Assert.AreEqual("201", Held(1));
        Assert.AreNotEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.108"), true));
        Assert.AreEqual("", Held(1));
    }

    [TestMethod]
    public void Without_a_transport_row_for_a_free_slot_the_oldest_entry_gives_its_own()
    {
        Learn(0, "10.0.0.101");
        Learn(0, "10.0.0.102");
        while (_bench.Tables.Transports.Allocate() != TransportTable.None)
        {
        }
        Assert.AreNotEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.103"), true));
        Assert.AreEqual("102 103", Held(0));
        Assert.AreEqual(0, Table.Refused);
    }
}
