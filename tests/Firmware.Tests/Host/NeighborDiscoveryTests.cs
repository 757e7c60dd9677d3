using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>Neighbor Discovery on the wire (RFC 4861, RFC 4862): octets in, octets out.</summary>
[TestClass]
public class NeighborDiscoveryTests
{
    private readonly Ipv6Bench _bench = new();

    private const string Group = "ff02::1:ff00:1";

    [TestMethod]
    public void A_solicitation_for_us_is_answered_and_its_sender_learned()
    {
        _bench.Receive(PuntClass.LocalIpv6, 0, 0, Packets6.Solicitation(Ipv6Bench.Host9, Group, Ipv6Bench.Own, HostBench.Neighbor), destination: "3333FF000001");
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Advertisement(Ipv6Bench.Own, Ipv6Bench.Host9, Ipv6Bench.Own, 0xE0, HostBench.Station0)), _bench.Bench.TakeSent());
        Assert.AreEqual(NeighborSlots.Stale, _bench.State(0, Ipv6Bench.Host9));
        Assert.AreEqual(1, _bench.Tables.Ledger.Punted[0]);
    }

    [TestMethod]
    public void The_link_local_address_is_that_of_the_station_and_answers_too()
    {
        _bench.Receive(PuntClass.LocalIpv6, 0, 0, Packets6.Solicitation("fe80::9", Packets6.GroupOf(Ipv6Bench.Link0), Ipv6Bench.Link0, HostBench.Neighbor));
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Advertisement(Ipv6Bench.Link0, "fe80::9", Ipv6Bench.Link0, 0xE0, HostBench.Station0)), _bench.Bench.TakeSent());

        // Another port's link-local address is not ours here.
        _bench.Receive(PuntClass.LocalIpv6, 0, 0, Packets6.Solicitation("fe80::9", Packets6.GroupOf(Ipv6Bench.Link1), Ipv6Bench.Link1, HostBench.Neighbor));
        Assert.AreEqual("", _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void Somebody_who_tests_our_address_is_told_before_all_nodes()
    {
        _bench.Local(0, Packets6.Solicitation("::", Group, Ipv6Bench.Own));
        Assert.AreEqual(Ipv6Bench.Sent(0, "333300000001", Packets6.Advertisement(Ipv6Bench.Own, "ff02::1", Ipv6Bench.Own, 0xA0, HostBench.Station0)), _bench.Bench.TakeSent());
        Assert.AreEqual(0, _bench.Host.AddressTest.Duplicates);
    }

    [TestMethod]
    public void A_solicitation_without_its_sender_s_station_makes_the_router_ask_first()
    {
        _bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host9, Ipv6Bench.Own, Ipv6Bench.Own));
        Assert.AreEqual(Ipv6Bench.Sent(0, "3333FF000009", Packets6.Solicitation(Ipv6Bench.Own, Packets6.GroupOf(Ipv6Bench.Host9), Ipv6Bench.Host9, HostBench.Station0)), _bench.Bench.TakeSent());
        _bench.Local(0, Packets6.Advertisement(Ipv6Bench.Host9, Ipv6Bench.Link0, Ipv6Bench.Host9, 0x60, HostBench.Neighbor));
        Assert.AreEqual(NeighborSlots.Reachable, _bench.State(0, Ipv6Bench.Host9));
        _bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host9, Ipv6Bench.Own, Ipv6Bench.Own));
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Advertisement(Ipv6Bench.Own, Ipv6Bench.Host9, Ipv6Bench.Own, 0xE0, HostBench.Station0)), _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void Addresses_are_asked_for_once_before_they_are_used()
    {
        Ipv6Bench bench = new(false);
        string sent = bench.Bench.TakeSent();
        Assert.Contains(Ipv6Bench.Sent(0, "3333FF000010", Packets6.Solicitation("::", Packets6.GroupOf(Ipv6Bench.Link0), Ipv6Bench.Link0)), sent);
        Assert.Contains(Ipv6Bench.Sent(0, "3333FF000001", Packets6.Solicitation("::", Group, Ipv6Bench.Own)), sent);
        Assert.AreEqual(6, bench.Host.NdSender.TestsSent);
        bench.Bench.Run(AddressTest.WaitMs - 1);
        bench.Local(0, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8));
        bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host9, Group, Ipv6Bench.Own, HostBench.Neighbor));
        Assert.AreEqual("", bench.Bench.TakeSent());
        Assert.AreEqual(Ipv6Interfaces.Tentative, bench.Host.Ipv6.State[1]);
        bench.Bench.Run(1);
        Assert.AreEqual(Ipv6Interfaces.Preferred, bench.Host.Ipv6.State[1]);
        Assert.Contains(Ipv6Bench.Sent(0, "333300000001", Packets6.Advertisement(Ipv6Bench.Own, "ff02::1", Ipv6Bench.Own, 0xA0, HostBench.Station0)), bench.Bench.TakeSent());
        bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host9, Group, Ipv6Bench.Own, HostBench.Neighbor));
        Assert.AreNotEqual("", bench.Bench.TakeSent());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_address_that_another_station_has_or_tests_is_never_used(bool advertised)
    {
        Ipv6Bench bench = new(false);
        bench.Bench.TakeSent();
        bench.Local(0, advertised ? Packets6.Advertisement(Ipv6Bench.Own, "ff02::1", Ipv6Bench.Own, 0x20, HostBench.Neighbor) : Packets6.Solicitation("::", Group, Ipv6Bench.Own));
        bench.Bench.Run(5000);
        Assert.AreEqual(1, bench.Host.AddressTest.Duplicates);
        Assert.AreEqual(Ipv6Interfaces.Duplicate, bench.Host.Ipv6.State[1]);
        Assert.AreEqual(Ipv6Interfaces.Preferred, bench.Host.Ipv6.State[Ipv6Interfaces.Slots + 1], "in the other VRF it is another's");
        bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host9, Group, Ipv6Bench.Own, HostBench.Neighbor));
        bench.Local(0, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8));
        Assert.DoesNotContain("\n0: 02000000 00AA", "\n" + bench.Bench.TakeSent());

        // The link went and came: it is tested again.
        bench.Host.PortDown(0, bench.Bench.Now);
        bench.Host.PortUp(0, bench.Bench.Now);
        bench.Bench.Run(AddressTest.WaitMs);
        Assert.AreEqual(Ipv6Interfaces.Preferred, bench.Host.Ipv6.State[1]);
    }

    [TestMethod]
    public void Our_own_test_come_back_claims_nothing()
    {
        Ipv6Bench bench = new(false);
        bench.Receive(PuntClass.LocalIpv6, 0, 0, Packets6.Solicitation("::", Group, Ipv6Bench.Own), source: HostBench.Station0);
        bench.Bench.Run(AddressTest.WaitMs);
        Assert.AreEqual(0, bench.Host.AddressTest.Duplicates);
        Assert.AreEqual(Ipv6Interfaces.Preferred, bench.Host.Ipv6.State[1]);
    }

    [TestMethod]
    public void A_station_with_our_address_is_counted_and_teaches_nothing()
    {
        _bench.Local(0, Packets6.Advertisement(Ipv6Bench.Own, "ff02::1", Ipv6Bench.Own, 0x20, HostBench.Neighbor));
        Assert.AreEqual(1, _bench.Host.Discovery.Conflicts);
        Assert.AreEqual(NeighborSlots.None, _bench.Find(0, Ipv6Bench.Own));
        Assert.AreEqual(Ipv6Interfaces.Preferred, _bench.Host.Ipv6.State[1]);
    }

    // Each breaks one rule of RFC 4861 section 7.1; none may teach or be answered.
    private static IEnumerable<object[]> Wrong()
    {
        string host = Ipv6Bench.Host9, own = Ipv6Bench.Own, station = HostBench.Neighbor;
        yield return ["hop limit 254", Packets6.Solicitation(host, Group, own, station, 254)];
        yield return ["advertisement with hop limit 254", Packets6.Advertisement(host, Ipv6Bench.Link0, host, 0x60, station, 254)];
        yield return ["code 1", Packets6.Icmp(host, own, 135, 1, Packets.Join("00000000", Packets6.Address(own), "0101" + station), 255)];
        yield return ["target is a group", Packets6.Solicitation(host, own, "ff02::1", station)];
        yield return ["test with a source option", Packets6.Solicitation("::", Group, own, station)];
        yield return ["test to our address", Packets6.Solicitation("::", own, own)];
        yield return ["solicited advertisement to a group", Packets6.Advertisement(host, "ff02::1", host, 0x60, station)];
        yield return ["option of length 0", Packets6.Icmp(host, own, 135, 0, Packets.Join("00000000", Packets6.Address(own), "0100" + station), 255)];
        yield return ["option past the end", Packets6.Icmp(host, own, 135, 0, Packets.Join("00000000", Packets6.Address(own), "0102" + station), 255)];
        yield return ["half an option", Packets6.Icmp(host, own, 135, 0, Packets.Join("00000000", Packets6.Address(own), "0101"), 255)];
        yield return ["source station is a group", Packets6.Solicitation(host, own, own, "0100000000AA")];
        yield return ["source station is zero", Packets6.Solicitation(host, own, own, HostBench.Zero)];
        yield return ["source is on no subnet of the port", Packets6.Solicitation("2001:db8:7::9", own, own, station)];
        yield return ["source is a group", Packets6.Solicitation("ff02::9", own, own, station)];
        yield return ["source is our own", Packets6.Solicitation(own, Group, own, station)];
        byte[] fragmented = Packets6.Solicitation(host, own, own, station);
        yield return ["in a fragment header (RFC 6980)", Packets6.Ip(host, own, 44, Packets.Join("3A000000 00000001", fragmented[40..]), 255)];
        byte[] damaged = Packets6.Solicitation(host, own, own, station);
        damaged[^1] ^= 1;
        yield return ["wrong checksum", damaged];
        for (int n = 0; n < 24; n++)
        {
            byte[] message = Packets6.WithChecksum(host, own, 58, Packets.Join("87000000 00000000", Packets6.Address(own))[..n].Concat(new byte[Math.Max(0, 4 - n)]).ToArray(), 2);
            yield return ["message of " + n, Packets6.Ip(host, own, 58, message[..Math.Max(n, 4)], 255)];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void What_RFC_4861_says_to_discard_teaches_nothing(string name, byte[] packet)
    {
        _bench.Local(0, packet);
        Assert.AreEqual("", _bench.Bench.TakeSent(), name);
        Assert.AreEqual(NeighborSlots.None, _bench.Find(0, Ipv6Bench.Host9), name);
        Assert.AreEqual(1, _bench.Bench.Dropped(0, DropReason.HostUnclaimed), name);
    }

    [TestMethod]
    public void Under_a_label_or_a_tag_nothing_is_taken_from_discovery()
    {
        byte[] packet = Packets6.Solicitation(Ipv6Bench.Host9, Ipv6Bench.Own, Ipv6Bench.Own, HostBench.Neighbor);
        _bench.Bench.Punt(PuntClass.LocalIpv6, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8847 00010140", packet));
        _bench.Bench.Punt(PuntClass.LocalIpv6, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8100 0005 86DD", packet));
        _bench.Receive(PuntClass.LocalIpv6, 0, 1, packet);
        Assert.AreEqual("", _bench.Bench.TakeSent());
        Assert.AreEqual(NeighborSlots.None, _bench.Find(0, Ipv6Bench.Host9));
    }

    [TestMethod]
    public void A_packet_for_a_neighbour_asks_for_it_and_then_says_that_it_is_not_there()
    {
        byte[] packet = Packets6.Udp("2001:db8:2::9", Ipv6Bench.Host9, 4000, 5000, 20);
        _bench.Resolve(2, 0, "2001:db8:2::9", HostBench.Neighbor2);
        _bench.Receive(PuntClass.Resolve, 2, 0, packet, 0);
        Assert.AreEqual(Ipv6Bench.Sent(0, "3333FF000009", Packets6.Solicitation(Ipv6Bench.Own, Packets6.GroupOf(Ipv6Bench.Host9), Ipv6Bench.Host9, HostBench.Station0)), _bench.Bench.TakeSent());
        _bench.Bench.Run(3000);
        Assert.AreEqual(NeighborSlots.Failed, _bench.State(0, Ipv6Bench.Host9));
        Assert.HasCount(2, _bench.Bench.TakeSent().Split('\n').Where(line => line.StartsWith("0: 3333FF00 0009", StringComparison.Ordinal)).ToArray());
        _bench.Receive(PuntClass.Resolve, 2, 0, packet, 0);
        byte[] answer = Packets6.Icmp("2001:db8:2::1", "2001:db8:2::9", 1, 3, Packets.Join("00000000", packet), 255);
        answer[0] = 0x6C;
        Assert.AreEqual(Ipv6Bench.Sent(2, HostBench.Neighbor2, answer), _bench.Bench.TakeSent());
    }
}
