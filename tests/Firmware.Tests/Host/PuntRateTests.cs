using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>A flood on a port costs a bounded number of looks, and nothing that keeps the port's own neighbours.</summary>
[TestClass]
public class PuntRateTests
{
    private const string Far = "2001:db8:9::9";
    private const int Flood = 3000;

    private readonly Ipv6Bench _bench = new();

    public PuntRateTests() => _bench.Resolve(0, 0, Ipv6Bench.Host9, HostBench.Neighbor);

    private static byte[] Echo => Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8);

    private static byte[] Solicitation(int hopLimit = 255) =>
        Packets6.Solicitation(Ipv6Bench.Host9, Packets6.GroupOf(Ipv6Bench.Own), Ipv6Bench.Own, HostBench.Neighbor, hopLimit);

    private int Limited => _bench.Bench.Dropped(0, DropReason.PuntRateLimited);

    private void EmptyLocal()
    {
        for (int i = 0; i < HostStack.LocalBurst + 5; i++) _bench.Local(0, Echo);
        Assert.AreEqual(5, Limited);
        _bench.Bench.TakeSent();
    }

    [TestMethod]
    public void A_flood_of_echoes_does_not_cost_neighbor_discovery()
    {
        EmptyLocal();
        _bench.Local(0, Solicitation());
        Assert.AreNotEqual("", _bench.Bench.TakeSent(), "a solicitation is answered");
        int n = _bench.Host.Neighbors6.FindOrAdd(0, Packets6.Address(Ipv6Bench.Host8), 0, true);
        Assert.AreEqual(NeighborSlots.Incomplete, _bench.Host.Neighbors6.StateOf(n));
        _bench.Local(0, Packets6.Advertisement(Ipv6Bench.Host8, Ipv6Bench.Own, Ipv6Bench.Host8, 0x60, HostBench.Neighbor2));
        Assert.AreEqual(NeighborSlots.Reachable, _bench.Host.Neighbors6.StateOf(n), "an advertisement is heard");
        Assert.AreEqual(5, Limited);
    }

    [TestMethod]
    public void What_is_no_discovery_of_the_link_has_no_part_in_its_rate()
    {
        EmptyLocal();
        int heard = _bench.Host.Discovery.SolicitationsReceived;
        _bench.Local(0, Solicitation(254));
        _bench.Receive(PuntClass.LocalIpv6, 0, 0, Solicitation(), value: 1);
        _bench.Bench.Punt(PuntClass.LocalIpv6, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8847 00002140", Solicitation()));
        _bench.Local(0, Packets6.Icmp(Ipv6Bench.Host9, Ipv6Bench.Own, 134, 0, new byte[20], 255));
        _bench.Local(0, Packets6.Ip(Ipv6Bench.Host9, Ipv6Bench.Own, 58, [], 255));
        byte[] cut = Solicitation();
        for (int n = 0; n < cut.Length; n++) _bench.Local(0, cut[..n]);
        Assert.AreEqual(5 + 5 + cut.Length, Limited);
        Assert.AreEqual(heard, _bench.Host.Discovery.SolicitationsReceived);
    }

    [TestMethod]
    public void Neighbor_discovery_has_a_rate_of_its_own()
    {
        for (int i = 0; i < HostStack.DiscoveryBurst + 10; i++) _bench.Local(0, Solicitation());
        Assert.AreEqual(10, Limited);
        _bench.Bench.TakeSent();
        _bench.Local(0, Echo);
        Assert.AreNotEqual("", _bench.Bench.TakeSent(), "and costs no echo");
        _bench.Bench.Now += 1000 / HostStack.DiscoveryPerSecond;
        _bench.Local(0, Solicitation());
        Assert.AreNotEqual("", _bench.Bench.TakeSent());
    }

    // Packets that may not be answered, so that the rate of the errors never ends the looks.
    private static IEnumerable<object[]> Floods()
    {
        byte[] six = Packets6.Udp("ff02::1", Far, 4000, 5000, 20);
        byte[] four = Packets.Ip("10.0.0.1", "192.0.2.7", 17, Packets.Udp(1, 2, 10), flags: 0x4000);
        foreach (int mark in (int[])[PuntClass.TtlExpired, PuntClass.NoRoute, PuntClass.MtuExceeded])
        {
            yield return [mark, 0x86DD, six];
            yield return [mark, 0x0800, four];
        }
        yield return [PuntClass.TtlExpiredLabelled, 0x8847, Packets.Join(Packets.Label(20, 0, true, 1), Packets6.Udp(Ipv6Bench.Own, Far, 4000, 5000, 20))];
        yield return [PuntClass.TtlExpiredLabelled, 0x8847, Packets.Join(Packets.Label(20, 0, true, 1), four)];
        yield return [PuntClass.MtuExceededLabelled, 0x8847, Packets.Join(Packets.Label(20, 0, true, 1), four)];
    }

    [TestMethod]
    [DynamicData(nameof(Floods))]
    public void Only_so_many_packets_of_a_port_are_asked_whether_they_may_be_answered(int mark, int etherType, byte[] packet)
    {
        byte[] frame = Packets.Ethernet(HostBench.Station0, HostBench.Neighbor, etherType, packet);
        for (int i = 0; i < Flood; i++) _bench.Bench.Punt(mark, 0, 0, 14, frame);
        Assert.AreEqual(HostStack.ExceptionBurst, _bench.Host.Errors.Forbidden + _bench.Host.Errors6.Forbidden);
        bool punted = mark is PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled;
        Assert.AreEqual(punted ? Flood - HostStack.ExceptionBurst : 0, Limited);
        Assert.AreEqual(punted ? HostStack.ExceptionBurst : 0, _bench.Tables.Ledger.Punted[0]);

        // Another port, and a neighbour that this one needs, have lost nothing.
        _bench.Resolve(1, 1, Ipv6Bench.Host9, HostBench.Neighbor2);
        _bench.Receive(PuntClass.NoRoute, 1, 1, Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 20));
        Assert.AreNotEqual("", _bench.Bench.TakeSent());
        _bench.Receive(PuntClass.Resolve, 0, 0, Packets6.Udp(Ipv6Bench.Host9, Ipv6Bench.Host8, 4000, 5000, 20), 0);
        Assert.AreEqual(NeighborSlots.Incomplete, _bench.State(0, Ipv6Bench.Host8));
    }

    [TestMethod]
    public void Only_so_many_packets_of_a_port_look_for_a_neighbour()
    {
        for (int i = 0; i < Flood; i++) _bench.Receive(PuntClass.Resolve, 0, 0, Packets6.Udp(Ipv6Bench.Host9, $"2001:db8:1::{i + 16:x}", 4000, 5000, 20), 0);
        int before = _bench.Host.ResolveLimited;
        Assert.AreEqual(Flood - NeighborSlots.ResolveBurst, before, "each is counted");

        // A new second of the rate of new entries, and not one packet more than a second's worth of looks.
        _bench.Bench.Now += 1;
        int known = Flood + 32;
        for (int i = 0; i < 5; i++) _bench.Receive(PuntClass.Resolve, 0, 0, Packets6.Udp(Ipv6Bench.Host9, $"2001:db8:1::{known:x}", 4000, 5000, 20), 2);
        Assert.AreEqual(HostStack.ExceptionsPerSecond / 1000, _bench.State(2, $"2001:db8:1::{known:x}") == NeighborSlots.Incomplete ? 1 : 0);
        Assert.AreEqual(before + 4, _bench.Host.ResolveLimited);
    }

    [TestMethod]
    public void A_scan_does_not_cost_what_the_router_says_on_the_link()
    {
        for (int i = 0; i < 200; i++) _bench.Receive(PuntClass.Resolve, 2, 0, Packets6.Udp("2001:db8:2::9", $"2001:db8:1::{i + 16:x}", 4000, 5000, 20), 0);
        Assert.AreEqual(200 - NeighborSlots.ResolveBurst, _bench.Host.ResolveLimited);
        _bench.Local(0, Packets6.Solicitation(Ipv6Bench.Host8, Packets6.GroupOf(Ipv6Bench.Own), Ipv6Bench.Own));
        Assert.AreEqual(NeighborSlots.Incomplete, _bench.State(0, Ipv6Bench.Host8), "who asks without saying where it is, is asked for");
        _bench.Local(0, Packets6.Echo("fe80::77", Ipv6Bench.Link0, 128, 1, 3, 8));
        Assert.AreEqual(NeighborSlots.Incomplete, _bench.State(0, "fe80::77"), "and who is answered on the link");
        for (int i = 0; i < 200; i++) _bench.Local(0, Packets6.Echo($"fe80::{i + 256:x}", Ipv6Bench.Link0, 128, 1, 3, 8));
        int held = Enumerable.Range(256, 200).Count(i => _bench.State(0, $"fe80::{i:x}") != NeighborSlots.Free);
        Assert.IsLessThanOrEqualTo(Ipv6NeighborTable.LinkBurst, held, "which has its limit too");
    }
}
