using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class NeighborTableTests
{
    private readonly HostBench _bench = new(4);

    private NeighborTable Table => _bench.Host.Neighbors;

    private static uint A(string text) => Packets.Address(text);

    private void Hear(int port, string address, string hardware = HostBench.Neighbor) => Table.Heard(port, A(address), Hex.Octets(hardware), 0, false);

    private int Asked(int port)
    {
        int n = _bench.Ports[port].Sent.Count;
        _bench.Ports[port].Sent.Clear();
        return n;
    }

    private string Changes()
    {
        List<string> lines = [];
        for (int n = Table.NextChanged(); n != NeighborTable.None; n = Table.NextChanged())
        {
            lines.Add($"{n} port {Table.ChangedPort} .{Table.ChangedAddress & 255} {(Table.ChangedResolved ? "resolved" : "lost")}");
        }
        return string.Join("; ", lines);
    }

    private bool Usable(int transport) => _bench.Tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Room] >= 0;

    [TestMethod]
    public void An_unwanted_entry_asks_three_times_then_rests_then_goes()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), false);
        Assert.AreEqual(1, Asked(0));
        _bench.Run(999);
        Assert.AreEqual(0, Asked(0));
        _bench.Run(1);
        Assert.AreEqual(1, Asked(0));
        _bench.Run(1000);
        Assert.AreEqual(1, Asked(0));
        Assert.AreEqual(NeighborTable.Incomplete, Table.StateOf(n));
        _bench.Run(1000);
        Assert.AreEqual(NeighborTable.Failed, Table.StateOf(n));
        Table.FindOrAdd(0, A("10.0.0.9"), false);
        _bench.Run(4999);
        Assert.AreEqual(NeighborTable.Failed, Table.StateOf(n));
        _bench.Run(1);
        Assert.AreEqual(NeighborTable.Free, Table.StateOf(n));
        Assert.AreEqual(0, Asked(0));
        Assert.AreEqual(NeighborTable.None, Table.Find(0, A("10.0.0.9")));
        Assert.AreEqual(HostStack.Idle, _bench.Host.Poll(_bench.Now));
        Assert.AreEqual("", Changes());
    }

    [TestMethod]
    public void A_wanted_entry_is_asked_for_once_a_second_until_it_answers()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        _bench.Run(60_000);
        Assert.AreEqual(61, Asked(0));
        Assert.AreEqual(NeighborTable.Failed, Table.StateOf(n));
        Hear(0, "10.0.0.9");
        Assert.AreEqual(NeighborTable.Reachable, Table.StateOf(n));
        Assert.AreEqual(n + " port 0 .9 resolved", Changes());
        Assert.AreEqual("", Changes(), "each change once");
    }

    [TestMethod]
    public void Many_requests_for_one_address_do_not_pass_one_a_second()
    {
        for (int i = 0; i < 3000; i++)
        {
            Table.FindOrAdd(0, A("10.0.0.9"), (i & 1) == 0);
            Table.Clear();
            _bench.Run(1);
        }
        Assert.IsTrue(Asked(0) <= 4);
    }

    [TestMethod]
    public void A_resolved_entry_writes_both_transports_as_ready_octets()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        int ip = Table.IpTransport(n);
        Assert.IsFalse(Usable(ip));
        Hear(0, "10.0.0.9");
        int mpls = Table.MplsTransport(n);
        TransportTable t = _bench.Tables.Transports;
        Assert.AreEqual("02000000 00AA0200 00000010 0800", Hex.Text(t.Ready, t.ReadyEnd(ip) - 14, 14));
        Assert.AreEqual("02000000 00AA0200 00000010 8847", Hex.Text(t.Ready, t.ReadyEnd(mpls) - 14, 14));
        Assert.AreEqual(1500, t.Record[mpls * TransportTable.Stride + TransportTable.Room]);
        Assert.AreEqual(mpls, Table.MplsTransport(n));
        Changes();
        Hear(0, "10.0.0.9", HostBench.Neighbor2);
        Assert.AreEqual("02000000 00BB0200 00000010 8847", Hex.Text(t.Ready, t.ReadyEnd(mpls) - 14, 14));
        Assert.AreEqual(n + " port 0 .9 resolved", Changes(), "a moved neighbour is a change");
        Assert.AreEqual(1, Table.Moved);
    }

    [TestMethod]
    public void Age_is_four_hours_with_unicast_polls_in_the_last_minute()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Hear(0, "10.0.0.9");
        Changes();
        Asked(0);
        _bench.Run(4 * 3600_000 - 60_000 - 1);
        Assert.AreEqual(NeighborTable.Reachable, Table.StateOf(n));
        Assert.AreEqual(4u * 3600_000 - 60_000 - 1, Table.AgeMs(n, _bench.Now));
        _bench.Run(1);
        Assert.AreEqual(NeighborTable.Probing, Table.StateOf(n));
        Assert.AreEqual(HostBench.Neighbor, Convert.ToHexString(_bench.Ports[0].Sent[0], 0, 6));
        Assert.IsTrue(Usable(Table.IpTransport(n)), "used while it is polled");
        _bench.Run(59_999);
        Assert.AreEqual(3, Asked(0));
        Assert.AreEqual("", Changes());
        _bench.Run(1);
        Assert.AreEqual(NeighborTable.Incomplete, Table.StateOf(n));
        Assert.IsFalse(Usable(Table.IpTransport(n)));
        Assert.AreEqual(n + " port 0 .9 lost", Changes());
        Assert.AreEqual(1, Asked(0));
    }

    [TestMethod]
    public void An_unwanted_entry_goes_at_the_end_of_its_age()
    {
        Table.Heard(0, A("10.0.0.9"), Hex.Octets(HostBench.Neighbor), 0, true);
        Assert.AreEqual("0 port 0 .9 resolved", Changes());
        _bench.Run(4 * 3600_000);
        Assert.AreEqual(NeighborTable.None, Table.Find(0, A("10.0.0.9")));
        Assert.AreEqual("0 port 0 .9 lost", Changes());
    }

    [TestMethod]
    public void The_port_goes_down_and_comes_up()
    {
        int wanted = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Hear(0, "10.0.0.9");
        Table.Heard(0, A("10.0.0.8"), Hex.Octets(HostBench.Neighbor), 0, true);
        int other = Table.FindOrAdd(2, A("10.0.2.9"), true);
        Hear(2, "10.0.2.9");
        Changes();
        Asked(0);
        _bench.Host.PortDown(0, _bench.Now);
        Assert.AreEqual("0 port 0 .9 lost; 1 port 0 .8 lost", Changes());
        Assert.AreEqual(NeighborTable.Incomplete, Table.StateOf(wanted));
        Assert.AreEqual(NeighborTable.None, Table.Find(0, A("10.0.0.8")));
        Assert.IsTrue(Usable(Table.IpTransport(other)));
        int late = Table.FindOrAdd(0, A("10.0.0.7"), true);
        _bench.Run(10_000);
        Assert.AreEqual(0, Asked(0), "nobody is asked on a dead link");
        Hear(0, "10.0.0.9");
        Assert.AreEqual("", Changes(), "nor heard");
        _bench.Host.PortUp(0, _bench.Now);
        Assert.AreEqual(3, Asked(0), "an announcement and two requests");
        Hear(0, "10.0.0.9");
        Hear(0, "10.0.0.7");
        Assert.AreEqual($"{late} port 0 .7 resolved; {wanted} port 0 .9 resolved", string.Join("; ", Changes().Split("; ").Order().Reverse()));
    }

    [TestMethod]
    public void Two_VRFs_keep_the_same_address_apart()
    {
        int a = Table.FindOrAdd(0, A("10.0.0.9"), true);
        int b = Table.FindOrAdd(1, A("10.0.0.9"), true);
        Assert.AreNotEqual(a, b);
        _bench.Arp(1, 1, Packets.Arp(2, HostBench.Neighbor2, "10.0.0.9", HostBench.Station1, "10.0.0.1"));
        Assert.IsFalse(Table.IsResolved(a));
        Assert.IsTrue(Table.IsResolved(b));
        Assert.AreEqual(b + " port 1 .9 resolved", Changes());
    }

    [TestMethod]
    public void Full_the_oldest_unwanted_makes_room_and_wanted_ones_never()
    {
        for (int i = 1; i <= 4; i++)
        {
            Table.Heard(0, A("10.0.0.10" + i), Hex.Octets(HostBench.Neighbor), 0, true);
            _bench.Run(10);
        }
        int wanted = Table.FindOrAdd(0, A("10.0.0.101"), true);
        Assert.AreEqual(0, wanted);
        Changes();
        int n = Table.FindOrAdd(0, A("10.0.0.50"), false);
        Assert.AreEqual(1, n, "102 is the oldest that nobody wants");
        Assert.AreEqual(1, Table.Evicted);
        for (int i = 1; i <= 3; i++) Assert.AreNotEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.6" + i), true));
        Assert.AreEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.70"), true));
        Assert.AreEqual(1, Table.Refused);
        Table.Release(Table.Find(0, A("10.0.0.62")));
        Assert.AreNotEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.70"), true));
        Assert.AreEqual(NeighborTable.None, Table.FindOrAdd(99, A("10.0.0.70"), true));
    }

    [TestMethod]
    public void A_reused_slot_reports_the_loss_first_and_carries_nothing_before()
    {
        for (int i = 1; i <= 4; i++)
        {
            Table.Heard(0, A("10.0.0.10" + i), Hex.Octets(HostBench.Neighbor), 0, true);
            _bench.Run(1);
        }
        Changes();
        Table.Heard(2, A("10.0.2.77"), Hex.Octets(HostBench.Neighbor2), 0, true);
        int n = Table.Find(2, A("10.0.2.77"));
        Assert.AreEqual(0, n);
        Assert.IsFalse(Usable(Table.IpTransport(n)), "a path of the old neighbour may still name this row");
        Assert.AreEqual(0, Table.NextChanged());
        Assert.AreEqual((0, A("10.0.0.101"), false), (Table.ChangedPort, Table.ChangedAddress, Table.ChangedResolved));
        Assert.AreEqual("0 port 2 .77 resolved", Changes());
        Assert.IsTrue(Usable(Table.IpTransport(n)));
    }

    [TestMethod]
    public void References_count()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Table.Request(n);
        Table.Release(n);
        Assert.AreEqual(1, Table.ReferencesOf(n));
        Table.Release(n);
        Table.Release(n);
        Assert.AreEqual(0, Table.ReferencesOf(n));
        _bench.Run(8000);
        Assert.AreEqual(NeighborTable.Free, Table.StateOf(n));
        _bench.Host.PortDown(0, _bench.Now);
        n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Table.Release(n);
        Assert.AreEqual(NeighborTable.Free, Table.StateOf(n), "released on a dead link it goes at once");
    }

    [TestMethod]
    public void Clear_asks_again_for_the_wanted_and_forgets_the_rest()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Hear(0, "10.0.0.9");
        Table.Heard(2, A("10.0.2.9"), Hex.Octets(HostBench.Neighbor), 0, true);
        Changes();
        Asked(0);
        _bench.Run(2000);
        Table.Clear();
        Assert.AreEqual(1, Asked(0));
        Assert.AreEqual("0 port 0 .9 lost; 1 port 2 .9 lost", Changes());
        Hear(0, "10.0.0.9");
        Assert.AreEqual(NeighborTable.Reachable, Table.StateOf(n));
    }

    [TestMethod]
    public void A_new_MTU_is_written_and_reported()
    {
        int n = Table.FindOrAdd(0, A("10.0.0.9"), true);
        Hear(0, "10.0.0.9");
        Changes();
        _bench.Tables.Ports.Record[PortTable.Mtu] = 1400;
        Table.Rewrite(0);
        Assert.AreEqual(1400, _bench.Tables.Transports.Record[Table.IpTransport(n) * TransportTable.Stride + TransportTable.Room]);
        Assert.AreEqual("0 port 0 .9 resolved", Changes());
    }

    [TestMethod]
    public void Without_a_transport_row_an_entry_is_refused()
    {
        while (_bench.Tables.Transports.Allocate() != TransportTable.None)
        {
        }
        Assert.AreEqual(NeighborTable.None, Table.FindOrAdd(0, A("10.0.0.9"), true));
        Assert.AreEqual(1, Table.Refused);
    }

    [TestMethod]
    public void Asked_for_before_the_first_poll_it_is_asked_at_the_first_poll()
    {
        Tables tables = new(_bench.Capacity);
        HostStack host = new(tables, _bench.Capacity, _bench.Entropy);
        RecordingPort port = new(HostBench.Station0);
        tables.Ports.Attach(0, port);
        host.Interfaces.SetAddress(0, 0, A("10.0.0.1"), 24);
        host.Neighbors.FindOrAdd(0, A("10.0.0.9"), true);
        Assert.IsEmpty(port.Sent);
        Assert.AreEqual(1000u, host.Poll(0xFFFFFF00));
        Assert.HasCount(1, port.Sent);
    }
}
