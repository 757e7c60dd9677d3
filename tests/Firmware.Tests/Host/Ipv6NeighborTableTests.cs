using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>Neighbour unreachability detection in time (RFC 4861 section 7.3) and what an advertisement changes (section 7.2.5).</summary>
[TestClass]
public class Ipv6NeighborTableTests
{
    private readonly Ipv6Bench _bench = new();

    private Ipv6NeighborTable Table => _bench.Host.Neighbors6;

    private int State => _bench.State(0, Ipv6Bench.Host9);

    private void Advertise(int flags, string station = HostBench.Neighbor) =>
        _bench.Local(0, Packets6.Advertisement(Ipv6Bench.Host9, Ipv6Bench.Link0, Ipv6Bench.Host9, flags, station));

    private string Changes()
    {
        List<string> lines = [];
        for (int n = Table.NextChanged(); n != NeighborSlots.None; n = Table.NextChanged())
        {
            lines.Add($"{new System.Net.IPAddress(Table.ChangedAddress)} {Table.ChangedPort} {(Table.ChangedResolved ? "up" : "down")}");
        }
        return string.Join(", ", lines);
    }

    private void RunTo(int state, uint most)
    {
        for (uint i = 0; i <= most && State != state; i += 100) _bench.Bench.Run(100);
        Assert.AreEqual(state, State);
    }

    [TestMethod]
    public void An_unused_neighbour_grows_stale_and_is_not_asked()
    {
        Table.Need(0, Packets6.Address(Ipv6Bench.Host9), 0);
        Advertise(0x60);
        Assert.AreEqual(Ipv6Bench.Host9 + " 0 up", Changes());
        _bench.Bench.TakeSent();
        RunTo(NeighborSlots.Stale, 45_000);
        _bench.Bench.Run(3_600_000);
        Assert.AreEqual(NeighborSlots.Stale, State);
        Assert.AreEqual("", _bench.Bench.TakeSent());
        Assert.AreEqual("", Changes());
        _bench.Bench.Run(NeighborSlots.MaxAgeMs);
        Assert.AreEqual(NeighborSlots.Free, State);
        Assert.AreEqual(Ipv6Bench.Host9 + " 0 down", Changes());
    }

    [TestMethod]
    public void A_used_one_is_asked_at_its_station_and_confirmed_or_lost()
    {
        int n = Table.Need(0, Packets6.Address(Ipv6Bench.Host9), 0);
        Advertise(0x60);
        Changes();
        RunTo(NeighborSlots.Stale, 45_000);
        _bench.Tables.Transports.Record[Table.IpTransport(n) * TransportTable.Stride + TransportTable.Frames] += 5;
        _bench.Bench.TakeSent();
        RunTo(NeighborSlots.Delay, Ipv6NeighborTable.DelayMs);
        Assert.AreEqual("", _bench.Bench.TakeSent());
        RunTo(NeighborSlots.Probing, Ipv6NeighborTable.DelayMs);
        string question = Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Solicitation(Ipv6Bench.Own, Ipv6Bench.Host9, Ipv6Bench.Host9, HostBench.Station0));
        Assert.AreEqual(question, _bench.Bench.TakeSent());
        Advertise(0x60);
        Assert.AreEqual(NeighborSlots.Reachable, State);
        Assert.AreEqual("", Changes());

        RunTo(NeighborSlots.Stale, 45_000);
        _bench.Tables.Transports.Record[Table.IpTransport(n) * TransportTable.Stride + TransportTable.Frames] += 5;
        RunTo(NeighborSlots.Probing, 2 * Ipv6NeighborTable.DelayMs);
        _bench.Bench.TakeSent();
        _bench.Bench.Run(2_000);
        Assert.AreEqual(question + "\n" + question, _bench.Bench.TakeSent());
        _bench.Bench.Run(1_000);
        Assert.AreEqual(NeighborSlots.Free, State);
        Assert.AreEqual(Ipv6Bench.Host9 + " 0 down", Changes());
        Assert.AreEqual(-1, _bench.Tables.Transports.Record[Table.IpTransport(n) * TransportTable.Stride + TransportTable.Room]);
    }

    [TestMethod]
    public void One_that_Control_wants_is_confirmed_again_and_again_and_asked_for_when_it_has_gone()
    {
        Table.FindOrAdd(0, Packets6.Address(Ipv6Bench.Host9), 0, true);
        for (int round = 0; round < 3; round++)
        {
            Advertise(0x60);
            RunTo(NeighborSlots.Probing, 60_000);
        }
        RunTo(NeighborSlots.Incomplete, 10_000);
        RunTo(NeighborSlots.Failed, 10_000);
        _bench.Bench.TakeSent();
        _bench.Bench.Run(5_000);
        Assert.HasCount(5, _bench.Bench.TakeSent().Split('\n'));
        Advertise(0x60);
        Assert.AreEqual(NeighborSlots.Reachable, State);
    }

    // state before; flags, station of the advertisement; state and station after.      RFC 4861 section 7.2.5, appendix C
    [TestMethod]
    [DataRow("Incomplete", 0x00, "", "Incomplete", null)]
    [DataRow("Incomplete", 0x60, "", "Incomplete", null)]
    [DataRow("Incomplete", 0x40, HostBench.Neighbor2, "Reachable", HostBench.Neighbor2)]
    [DataRow("Incomplete", 0x00, HostBench.Neighbor2, "Stale", HostBench.Neighbor2)]
    [DataRow("Incomplete", 0x20, HostBench.Neighbor2, "Stale", HostBench.Neighbor2)]
    [DataRow("Reachable", 0x00, HostBench.Neighbor, "Reachable", HostBench.Neighbor)]
    [DataRow("Reachable", 0x00, "", "Reachable", HostBench.Neighbor)]
    [DataRow("Reachable", 0x40, HostBench.Neighbor2, "Stale", HostBench.Neighbor)]
    [DataRow("Reachable", 0x00, HostBench.Neighbor2, "Stale", HostBench.Neighbor)]
    [DataRow("Reachable", 0x20, HostBench.Neighbor2, "Stale", HostBench.Neighbor2)]
    [DataRow("Reachable", 0x60, HostBench.Neighbor2, "Reachable", HostBench.Neighbor2)]
    [DataRow("Stale", 0x40, HostBench.Neighbor, "Reachable", HostBench.Neighbor)]
    [DataRow("Stale", 0x40, "", "Reachable", HostBench.Neighbor)]
    [DataRow("Stale", 0x40, HostBench.Neighbor2, "Stale", HostBench.Neighbor)]
    [DataRow("Stale", 0x60, HostBench.Neighbor2, "Reachable", HostBench.Neighbor2)]
    [DataRow("Stale", 0x00, HostBench.Neighbor, "Stale", HostBench.Neighbor)]
    public void An_advertisement_changes_what_it_may(string before, int flags, string station, string after, string known)
    {
        int n = Table.FindOrAdd(0, Packets6.Address(Ipv6Bench.Host9), 0, false);
        if (before != "Incomplete") Advertise(before == "Reachable" ? 0x60 : 0x20);
        Advertise(flags, station);
        string[] names = ["Free", "Incomplete", "Reachable", "Probing", "Failed", "Stale", "Delay"];
        Assert.AreEqual(after, names[State]);
        if (known == null) return;
        byte[] octets = new byte[6];
        Table.CopyHardware(n, octets, 0);
        Assert.AreEqual(known, Convert.ToHexString(octets));
        byte[] ready = _bench.Tables.Transports.Ready[(_bench.Tables.Transports.ReadyEnd(Table.IpTransport(n)) - 14)..][..14];
        Assert.AreEqual(known + HostBench.Station0 + "86DD", Convert.ToHexString(ready));
    }

    [TestMethod]
    public void An_advertisement_that_nobody_asked_for_makes_no_entry()
    {
        Advertise(0x60);
        Assert.AreEqual(NeighborSlots.Free, State);
        Assert.AreEqual(1, _bench.Host.Discovery.NotForUs);
    }

    [TestMethod]
    public void A_port_that_goes_down_takes_its_neighbours_and_comes_back_with_the_wanted_ones()
    {
        int wanted = Table.FindOrAdd(0, Packets6.Address(Ipv6Bench.Host9), 0, true);
        Table.FindOrAdd(0, Packets6.Address(Ipv6Bench.Host8), 0, false);
        Advertise(0x60);
        _bench.Host.PortDown(0, _bench.Bench.Now);
        Assert.AreEqual(NeighborSlots.Incomplete, Table.StateOf(wanted));
        Assert.AreEqual(NeighborSlots.None, _bench.Find(0, Ipv6Bench.Host8));
        Advertise(0x60);
        Assert.AreEqual(NeighborSlots.Incomplete, Table.StateOf(wanted));
        _bench.Bench.TakeSent();
        _bench.Host.PortUp(0, _bench.Bench.Now);
        _bench.Bench.Run(3_000);
        Assert.Contains("3333FF00 0009", _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void A_full_table_lets_the_oldest_unwanted_entry_go()
    {
        for (int i = 0; i < _bench.Bench.Capacity.Neighbors6; i++) Table.FindOrAdd(0, Packets6.Address("2001:db8:1::1:" + i.ToString("x")), 0, i > 0);
        Assert.AreNotEqual(NeighborSlots.None, Table.FindOrAdd(0, Packets6.Address("2001:db8:1::2:0"), 0, true));
        Assert.AreEqual(NeighborSlots.None, _bench.Find(0, "2001:db8:1::1:0"));
        Assert.AreEqual(NeighborSlots.None, Table.FindOrAdd(0, Packets6.Address("2001:db8:1::2:1"), 0, true));
        Assert.AreEqual(1, Table.Refused);
        Assert.AreEqual(NeighborSlots.None, Table.FindOrAdd(99, Packets6.Address(Ipv6Bench.Host9), 0, true));
    }
}
