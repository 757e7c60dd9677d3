using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class ArpTests
{
    private const string Padding = "000000000000000000000000000000000000";
    private readonly HostBench _bench = new();

    private ArpResponder Responder => _bench.Host.Arp;

    private bool Knows(int port, string address) => _bench.Host.Neighbors.Find(port, Packets.Address(address)) != NeighborTable.None;

    private static string Frame(int port, string destination, string source, byte[] arp) =>
        port + ": " + Hex.Text(Packets.Join(destination, source, "0806", arp, Padding));

    [TestMethod]
    public void A_request_for_our_address_is_answered_and_teaches_the_sender()
    {
        _bench.Arp(0, 0, Hex.Octets("0001 0800 06 04 0001 0200000000AA 0A000009 000000000000 0A000001"));
        Assert.AreEqual("0: " + Hex.Text(Hex.Octets("0200000000AA 020000000010 0806 0001 0800 06 04 0002 020000000010 0A000001 0200000000AA 0A000009" + Padding)), _bench.TakeSent());
        Assert.IsTrue(Knows(0, "10.0.0.9"));
        Assert.AreEqual(1, _bench.Tables.Ledger.Punted[0]);
        Assert.AreEqual(1, _bench.Tables.Ledger.PuntedByClass[PuntClass.Arp]);
        Assert.AreEqual(1, _bench.Host.ArpSender.RepliesSent);
    }

    [TestMethod]
    public void Our_request_is_a_broadcast_with_the_ports_address()
    {
        _bench.Host.Neighbors.FindOrAdd(2, Packets.Address("10.0.2.9"), true);
        Assert.AreEqual("2: " + Hex.Text(Hex.Octets("FFFFFFFFFFFF 020000000012 0806 0001 0800 06 04 0001 020000000012 0A000201 000000000000 0A000209" + Padding)), _bench.TakeSent());
    }

    [TestMethod]
    public void An_announcement_names_our_address_twice()
    {
        _bench.Host.Announce(0, _bench.Now);
        Assert.AreEqual(Frame(0, HostBench.All, HostBench.Station0, Packets.Arp(1, HostBench.Station0, "10.0.0.1", HostBench.Zero, "10.0.0.1")), _bench.TakeSent());
        _bench.Host.Interfaces.ClearAddress(0);
        _bench.Host.Announce(0, _bench.Now);
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void A_reply_is_taken_when_it_was_asked_for_and_only_then()
    {
        int n = _bench.Host.Neighbors.FindOrAdd(0, Packets.Address("10.0.0.9"), true);
        _bench.Arp(0, 0, Packets.Arp(2, HostBench.Neighbor, "10.0.0.9", HostBench.Station0, "10.0.0.1"));
        Assert.IsTrue(_bench.Host.Neighbors.IsResolved(n));
        _bench.Arp(0, 0, Packets.Arp(2, HostBench.Neighbor, "10.0.0.8", HostBench.Station0, "10.0.0.1"));
        Assert.IsFalse(Knows(0, "10.0.0.8"));
        Assert.AreEqual(1, Responder.NotForUs);
    }

    [TestMethod]
    public void A_request_between_others_updates_an_entry_and_makes_none()
    {
        _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.8"));
        Assert.IsFalse(Knows(0, "10.0.0.9"));
        _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.1"));
        _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor2, "10.0.0.9", HostBench.Zero, "10.0.0.9"));
        byte[] hardware = new byte[6];
        _bench.Host.Neighbors.CopyHardware(_bench.Host.Neighbors.Find(0, Packets.Address("10.0.0.9")), hardware, 0);
        Assert.AreEqual(HostBench.Neighbor2, Convert.ToHexString(hardware), "RFC 826: merge");
    }

    [TestMethod]
    [DataRow("10.0.2.1", DisplayName = "address of another port")]
    [DataRow("10.255.0.1", DisplayName = "loopback")]
    [DataRow("10.0.0.2", DisplayName = "somebody else")]
    public void A_request_for_another_address_is_not_answered(string target)
    {
        _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, target));
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(1, Responder.NotForUs);
    }

    [TestMethod]
    public void A_probe_is_answered_and_teaches_nothing()
    {
        _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "0.0.0.0", HostBench.Zero, "10.0.0.1"));
        Assert.AreEqual(Frame(0, HostBench.Neighbor, HostBench.Station0, Packets.Arp(2, HostBench.Station0, "10.0.0.1", HostBench.Neighbor, "0.0.0.0")), _bench.TakeSent());
        Assert.IsFalse(Knows(0, "0.0.0.0"));
    }

    [TestMethod]
    public void A_station_with_our_address_is_a_conflict_and_our_own_echo_is_not()
    {
        foreach (int operation in new[] { 1, 2 })
        {
            _bench.Arp(0, 0, Packets.Arp(operation, HostBench.Neighbor, "10.0.0.1", HostBench.Zero, "10.0.0.1"));
            _bench.Arp(0, 0, Packets.Arp(operation, HostBench.Station0, "10.0.0.1", HostBench.Zero, "10.0.0.1"));
        }
        Assert.AreEqual(2, Responder.Conflicts);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.IsFalse(Knows(0, "10.0.0.1"));
    }

    [TestMethod]
    [DataRow("0300000000AA", "10.0.0.9", DisplayName = "group hardware")]
    [DataRow("FFFFFFFFFFFF", "10.0.0.9", DisplayName = "broadcast hardware")]
    [DataRow("000000000000", "10.0.0.9", DisplayName = "zero hardware")]
    [DataRow("0200000000AA", "255.255.255.255", DisplayName = "broadcast")]
    [DataRow("0200000000AA", "10.0.0.255", DisplayName = "broadcast of the subnet")]
    [DataRow("0200000000AA", "10.0.0.0", DisplayName = "address of the subnet")]
    [DataRow("0200000000AA", "224.0.0.5", DisplayName = "multicast")]
    [DataRow("0200000000AA", "127.0.0.1", DisplayName = "loopback")]
    [DataRow("0200000000AA", "10.0.1.9", DisplayName = "off the subnet")]
    public void A_bad_sender_is_ignored(string hardware, string address)
    {
        foreach (int operation in new[] { 1, 2 }) _bench.Arp(0, 0, Packets.Arp(operation, hardware, address, HostBench.Station0, "10.0.0.1"));
        Assert.AreEqual(2, Responder.BadSender);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.IsFalse(Knows(0, address));
        Assert.AreEqual(2, _bench.Dropped(0, DropReason.HostUnclaimed));
    }

    [TestMethod]
    public void A_next_hop_off_the_subnet_may_answer_when_it_was_asked()
    {
        int n = _bench.Host.Neighbors.FindOrAdd(0, Packets.Address("192.0.2.1"), true);
        _bench.Arp(0, 0, Packets.Arp(2, HostBench.Neighbor, "192.0.2.1", HostBench.Station0, "10.0.0.1"));
        Assert.IsTrue(_bench.Host.Neighbors.IsResolved(n));
    }

    [TestMethod]
    public void Every_truncation_is_ignored_and_counted()
    {
        byte[] arp = Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.1");
        for (int length = 0; length < arp.Length; length++) _bench.Arp(0, 0, arp[..length]);
        Assert.AreEqual(28, Responder.Malformed);
        Assert.AreEqual(28, _bench.Dropped(0, DropReason.HostUnclaimed));
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void Other_hardware_protocols_sizes_and_operations_are_malformed()
    {
        int[] fields = [0, 1, 2, 3, 4, 5, 6, 7];
        foreach (int at in fields)
        {
            byte[] arp = Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.1");
            arp[at] ^= 0x40;
            _bench.Arp(0, 0, arp);
        }
        Assert.AreEqual(8, Responder.Malformed);
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void A_circuit_of_another_VRF_or_with_a_tag_has_no_address_here()
    {
        byte[] arp = Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.1");
        _bench.Arp(0, 1, arp);
        _bench.Arp(1, 0, arp);
        _bench.Arp(3, 0, arp);
        _bench.Punt(PuntClass.Arp, 0, 0, 18, Packets.Join(HostBench.All, HostBench.Neighbor, "8100 0005 0806", arp));
        Assert.AreEqual(4, Responder.NoAddress);
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void Over_its_rate_ARP_is_dropped_and_counted()
    {
        for (int i = 0; i < HostStack.ArpBurst + 10; i++) _bench.Arp(0, 0, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.8"));
        Assert.AreEqual(10, _bench.Dropped(0, DropReason.PuntRateLimited));
        Assert.AreEqual(HostStack.ArpBurst, _bench.Tables.Ledger.Punted[0]);
    }
}
