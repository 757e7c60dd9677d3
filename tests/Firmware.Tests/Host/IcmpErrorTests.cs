using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class IcmpErrorTests
{
    private readonly HostBench _bench = new();

    // The identification is the stack's own choice: taken from what was sent.
    private static byte[] Error(byte[] sent, int ipAt, string source, string destination, byte[] icmp) =>
        Packets.Ip(source, destination, 1, icmp, 255, sent[ipAt + 4] * 256 + sent[ipAt + 5], 0, 0xC0);

    private static byte[] Datagram(int length, string source = "10.0.0.9", string destination = "192.0.2.7", int ttl = 1, int flags = 0) =>
        Packets.Ip(source, destination, 17, Packets.Udp(40000, 33434, length - 28), ttl, flags: flags);

    private byte[] TheOneSent(int port)
    {
        Assert.HasCount(1, _bench.Ports[port].Sent);
        byte[] sent = _bench.Ports[port].Sent[0];
        _bench.Ports[port].Sent.Clear();
        return sent;
    }

    private void Labelled(int port, int vrf, byte[] stack, byte[] payload) =>
        _bench.Punt(PuntClass.TtlExpiredLabelled, port, vrf, 14, Packets.Ethernet(HostBench.StationOf(port), HostBench.Neighbor, 0x8847, Packets.Join(stack, payload)));

    [TestMethod]
    [DataRow(28)]
    [DataRow(100)]
    [DataRow(548)]
    [DataRow(549)]
    [DataRow(1500)]
    public void Time_exceeded_without_labels_quotes_up_to_576_octets(int length)
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] packet = Datagram(length);
        _bench.Ip(PuntClass.TtlExpired, 0, 0, packet);
        byte[] sent = TheOneSent(0);
        byte[] icmp = Packets.Icmp(11, 0, Packets.Join(0, 0, 0, 0, packet[..Math.Min(length, 548)]));
        Assert.AreEqual(Hex.Text(Packets.Join(HostBench.Neighbor, HostBench.Station0, "0800", Error(sent, 14, "10.0.0.1", "10.0.0.9", icmp))), Hex.Text(sent));
        Assert.AreEqual(1, _bench.Tables.Ledger.PuntedByClass[PuntClass.TtlExpired]);
    }

    [TestMethod]
    [DataRow(28, 0, 0)]
    [DataRow(128, 0, 0)]
    [DataRow(1500, 0, 0)]
    [DataRow(60, 1, 1)]
    public void With_one_label_the_reply_is_routed_in_the_VRF_that_it_names(int length, int vrf, int outPort)
    {
        _bench.Resolve(outPort, vrf, "10.0.0.9", HostBench.Neighbor2);
        byte[] stack = Packets.Label(17, 3, true, 1);
        byte[] packet = Datagram(length, ttl: 77);
        Labelled(2, vrf, stack, packet);
        byte[] sent = TheOneSent(outPort);
        byte[] icmp = Packets.ErrorWithLabels(11, 0, packet, stack);
        string source = vrf == 0 ? "10.0.2.1" : "10.0.0.1";
        Assert.AreEqual(Hex.Text(Packets.Join(HostBench.Neighbor2, HostBench.StationOf(outPort), "0800", Error(sent, 14, source, "10.0.0.9", icmp))), Hex.Text(sent));
        Assert.AreEqual(1, _bench.Tables.Ledger.PuntedByClass[PuntClass.TtlExpiredLabelled]);
    }

    [TestMethod]
    public void With_more_labels_the_reply_goes_along_the_LSP_under_the_received_stack()
    {
        int n = _bench.Resolve(0, 0, "10.0.0.2", HostBench.Neighbor);
        int path = _bench.Tables.Paths.Allocate(1);
        _bench.Tables.Paths.Set(path, 24007 << 12 | 0x1FF, _bench.Host.Neighbors.MplsTransport(n), false);
        _bench.Tables.Labels.Set(20, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);
        byte[] stack = Packets.Join(Packets.Label(20, 5, false, 1), Packets.Label(999, 2, false, 9), Packets.Label(1000, 0, true, 64));
        byte[] packet = Datagram(84, "172.16.0.1", "172.16.9.9", 60);
        Labelled(2, 0, stack, packet);
        byte[] sent = TheOneSent(0);
        byte[] reply = Packets.Join(Packets.Label(24007, 5, false, 255), Packets.Label(999, 2, false, 255), Packets.Label(1000, 0, true, 255),
            Error(sent, 26, "10.0.2.1", "172.16.0.1", Packets.ErrorWithLabels(11, 0, packet, stack)));
        Assert.AreEqual(Hex.Text(Packets.Join(HostBench.Neighbor, HostBench.Station0, "8847", reply)), Hex.Text(sent));
    }

    [TestMethod]
    [DataRow(0x4000, 1)]
    [DataRow(0, 0)]
    public void A_labelled_packet_that_is_too_long_is_answered_with_its_longest_length_when_it_must_not_be_cut(int flags, int answers)
    {
        int n = _bench.Resolve(0, 0, "10.0.0.2", HostBench.Neighbor);
        int path = _bench.Tables.Paths.Allocate(1);
        _bench.Tables.Paths.Set(path, 24007 << 12 | 0x1FF, _bench.Host.Neighbors.MplsTransport(n), false);
        _bench.Tables.Labels.Set(20, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);
        byte[] stack = Packets.Join(Packets.Label(20, 5, false, 200), Packets.Label(1000, 0, true, 64));
        byte[] packet = Datagram(1450, "172.16.0.1", "172.16.9.9", 60, flags);
        _bench.Punt(PuntClass.MtuExceededLabelled, 2, 0, 14, Packets.Ethernet(HostBench.StationOf(2), HostBench.Neighbor, 0x8847, Packets.Join(stack, packet)), 1400);
        Assert.HasCount(answers, _bench.Ports[0].Sent);
        Assert.AreEqual(0, _bench.Tables.Ledger.DroppedOn(2), "the kernel has counted the drop");
        if (answers == 0) return;

        // Under the received stack, swapped; two labels leave 1,392 octets of 1,400.
        byte[] sent = TheOneSent(0);
        Assert.AreEqual(Hex.Text(Packets.Join(Packets.Label(24007, 5, false, 255), Packets.Label(1000, 0, true, 255))), Hex.Text(sent[14..22]));
        Assert.AreEqual((3, 4, 1392), (IcmpMessage.ReadType(sent, 42), IcmpMessage.ReadCode(sent, 42), IcmpMessage.ReadNextHopMtu(sent, 42)));
        Assert.IsTrue(IcmpMessage.ChecksumRight(sent, 42, sent.Length - 42));
        int labels = IcmpExtension.FindLabelStack(sent, 42, sent.Length - 42, out int entries);
        Assert.AreEqual(Hex.Text(stack), Hex.Text(sent[labels..(labels + entries * 4)]));
    }

    // Labels 18 and 19 are our own for ourselves, 20 is swapped for 24007 towards port 0; port 2 takes labels of the core.
    private void OwnLabels()
    {
        int path = _bench.Tables.Paths.Allocate(1);
        _bench.Tables.Paths.Set(path, 24007 << 12 | 0x1FF, _bench.Host.Neighbors.MplsTransport(_bench.Resolve(0, 0, "10.0.0.2", HostBench.Neighbor)), false);
        _bench.Tables.Ports.SetScope(2, ForwardingHandle.ScopeCore);
        Assert.IsTrue(_bench.Tables.Labels.Set(18, ForwardingHandle.Local, ForwardingHandle.ScopeCore));
        Assert.IsTrue(_bench.Tables.Labels.Set(19, ForwardingHandle.Local, ForwardingHandle.ScopeCore));
        Assert.IsTrue(_bench.Tables.Labels.Set(20, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore));
        Assert.IsTrue(_bench.Tables.Labels.Set(21, ForwardingHandle.Vrf | 1, ForwardingHandle.ScopeCore));
        Assert.IsTrue(_bench.Tables.Labels.Set(22, ForwardingHandle.Pseudowire, ForwardingHandle.ScopeCore));
        Assert.IsTrue(_bench.Tables.Labels.Set(23, ForwardingHandle.Path | path, 2));
    }

    [TestMethod]
    [DataRow("18", 0)]
    [DataRow("18 19", 0)]
    [DataRow("18 20", 0)]
    [DataRow("18 21", 1)]
    [DataRow("19 18 21", 1)]
    public void Under_our_own_labels_one_label_or_none_is_routed_in_the_VRF_that_it_names(string labels, int vrf)
    {
        OwnLabels();
        _bench.Resolve(vrf, vrf, "10.0.0.9", HostBench.Neighbor2);
        byte[] stack = Stack(labels);
        byte[] packet = Datagram(84, ttl: 77);
        Labelled(2, 0, stack, packet);
        byte[] sent = TheOneSent(vrf);
        string source = vrf == 0 ? "10.0.2.1" : "10.0.0.1";
        Assert.AreEqual(Hex.Text(Packets.Join(HostBench.Neighbor2, HostBench.StationOf(vrf), "0800", Error(sent, 14, source, "10.0.0.9", Packets.ErrorWithLabels(11, 0, packet, stack)))), Hex.Text(sent));
    }

    [TestMethod]
    public void Under_our_own_labels_the_reply_goes_along_the_LSP_without_them_and_reports_all()
    {
        OwnLabels();
        byte[] stack = Stack("18 19 20 1000");
        byte[] packet = Datagram(84, "172.16.0.1", "172.16.9.9", 60);
        Labelled(2, 0, stack, packet);
        byte[] sent = TheOneSent(0);
        byte[] reply = Packets.Join(Packets.Label(24007, 0, false, 255), Packets.Label(1000, 0, true, 255),
            Error(sent, 22, "10.0.2.1", "172.16.0.1", Packets.ErrorWithLabels(11, 0, packet, stack)));
        Assert.AreEqual(Hex.Text(Packets.Join(HostBench.Neighbor, HostBench.Station0, "8847", reply)), Hex.Text(sent));
    }

    [TestMethod]
    [DataRow("18 22", DropReason.TtlExpiredNotIp)]
    [DataRow("18 19 22", DropReason.TtlExpiredNotIp)]
    [DataRow("18 23", DropReason.LabelScope)]
    [DataRow("18 60", DropReason.UnknownLabel)]
    public void Under_our_own_labels_a_customers_frame_or_a_label_that_is_none_here_is_not_answered(string labels, int reason)
    {
        OwnLabels();
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor2);
        Labelled(2, 0, Stack(labels), Datagram(84));
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(1, _bench.Dropped(2, reason));
    }

    // Entries with TTL 1 at the top and 64 below.
    private static byte[] Stack(string labels)
    {
        string[] each = labels.Split(' ');
        return Packets.Join([.. each.Select((label, i) => Packets.Label(int.Parse(label), 0, i == each.Length - 1, i == 0 ? 1 : 64))]);
    }

    [TestMethod]
    public void A_payload_that_only_looks_like_IP_is_dropped()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] stack = Packets.Label(17, 0, true, 1);
        byte[] good = Datagram(60);
        byte[][] payloads =
        [
            [],
            good[..19],
            good[..59],
            Packets.Join(0x65, good[1..]),
            Packets.Join(0x44, good[1..]),
            Packets.Join(good[..10], 0, 0, good[12..]),
            Packets.Join("45A0B0C0D0E0 45A0B0C0D0E1 0800", good),
            Packets.Join("00000000", good),
        ];
        foreach (byte[] payload in payloads) Labelled(0, 0, stack, payload);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(payloads.Length, _bench.Dropped(0, DropReason.TtlExpiredNotIp));
    }

    [TestMethod]
    public void A_stack_without_a_bottom_is_truncated()
    {
        Labelled(0, 0, Packets.Label(17, 0, false, 1), []);
        Labelled(0, 0, Packets.Join(Packets.Label(17, 0, false, 1), "000101"), []);
        Labelled(0, 0, Packets.Join([.. Enumerable.Repeat(Packets.Label(17, 0, false, 1), 40)]), Datagram(60));
        Assert.AreEqual(3, _bench.Dropped(0, DropReason.TruncatedLabelStack));
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void Net_unreachable_for_no_route()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] packet = Datagram(40, ttl: 64);
        _bench.Ip(PuntClass.NoRoute, 0, 0, packet);
        byte[] sent = TheOneSent(0);
        Assert.AreEqual(Hex.Text(Error(sent, 14, "10.0.0.1", "10.0.0.9", Packets.Icmp(3, 0, Packets.Join(0, 0, 0, 0, packet)))), Hex.Text(sent, 14, sent.Length - 14));
        Assert.AreEqual(0, _bench.Tables.Ledger.Punted[0], "the kernel has counted it already");
    }

    [TestMethod]
    public void Fragmentation_needed_says_the_MTU_and_only_when_DF_is_set()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Ip(PuntClass.MtuExceeded, 0, 0, Datagram(1500, ttl: 64), 1492);
        Assert.AreEqual("", _bench.TakeSent());
        byte[] packet = Datagram(1500, ttl: 64, flags: 0x4000);
        _bench.Ip(PuntClass.MtuExceeded, 0, 0, packet, 1492);
        byte[] sent = TheOneSent(0);
        Assert.AreEqual(Hex.Text(Error(sent, 14, "10.0.0.1", "10.0.0.9", Packets.Icmp(3, 4, Packets.Join(0, 0, "05D4", packet[..548])))), Hex.Text(sent, 14, sent.Length - 14));
    }

    [TestMethod]
    public void Port_unreachable_for_UDP_that_nobody_listens_to()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] packet = Datagram(40, destination: "10.0.0.1", ttl: 1);
        _bench.Ip(PuntClass.Local, 0, 0, packet);
        byte[] sent = TheOneSent(0);
        Assert.AreEqual(Hex.Text(Error(sent, 14, "10.0.0.1", "10.0.0.9", Packets.Icmp(3, 3, Packets.Join(0, 0, 0, 0, packet)))), Hex.Text(sent, 14, sent.Length - 14));
        byte[] lies = Datagram(40, destination: "10.0.0.1");
        lies[24] = 1;
        _bench.Ip(PuntClass.Local, 0, 0, lies);
        byte[] wrong = Datagram(40, destination: "10.0.0.1");
        wrong[26] = 1;
        _bench.Ip(PuntClass.Local, 0, 0, wrong);
        _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 17, new byte[7]));
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(3, _bench.Dropped(0, DropReason.HostUnclaimed));
    }

    [TestMethod]
    public void A_packet_for_an_unresolved_neighbour_asks_and_one_for_a_dead_neighbour_is_host_unreachable()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] packet = Datagram(40, destination: "10.0.2.50", ttl: 64);
        _bench.Ip(PuntClass.Resolve, 0, 0, packet, 2);
        Assert.AreEqual("2: " + Hex.Text(Packets.Join(HostBench.All, HostBench.Station2, "0806", Packets.Arp(1, HostBench.Station2, "10.0.2.1", HostBench.Zero, "10.0.2.50"), new byte[18])), _bench.TakeSent());
        _bench.Run(3500);
        _bench.TakeSent();
        _bench.Ip(PuntClass.Resolve, 0, 0, packet, 2);
        byte[] sent = TheOneSent(0);
        Assert.AreEqual(Hex.Text(Error(sent, 14, "10.0.0.1", "10.0.0.9", Packets.Icmp(3, 1, Packets.Join(0, 0, 0, 0, packet)))), Hex.Text(sent, 14, sent.Length - 14));
        _bench.Ip(PuntClass.Resolve, 0, 0, Datagram(40, destination: "10.0.2.255", ttl: 64), 2);
        Assert.AreEqual("", _bench.TakeSent(), "nobody has the broadcast address");
    }

    public static IEnumerable<(string, byte[])> MayNotBeAnswered()
    {
        foreach (int type in new[] { 3, 4, 5, 11, 12, 42 })
        {
            yield return ("ICMP error " + type, Packets.Ip("10.0.0.9", "192.0.2.7", 1, Packets.Icmp(type, 0, new byte[32]), 1));
        }
        yield return ("ICMP without a type", Packets.Ip("10.0.0.9", "192.0.2.7", 1, [], 1));
        yield return ("second fragment", Datagram(100, flags: 0x0003));
        yield return ("last fragment", Datagram(100, flags: 0x2003));
        foreach (string source in new[] { "0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.9", "255.255.255.255", "240.0.0.1", "10.0.0.255", "10.0.2.1" })
        {
            yield return ("source " + source, Datagram(60, source));
        }
        foreach (string destination in new[] { "224.0.0.5", "255.255.255.255", "10.0.2.255", "240.0.0.1", "127.0.0.1" })
        {
            yield return ("destination " + destination, Datagram(60, destination: destination));
        }
    }

    [TestMethod]
    [DynamicData(nameof(MayNotBeAnswered))]
    public void What_RFC_1812_forbids_is_not_answered(string name, byte[] packet)
    {
        _bench.Tables.Prefixes.Set(0, 0, 0, ForwardingHandle.Path | _bench.Route(0, "10.0.0.9", 32, 0, _bench.Host.Neighbors.IpTransport(_bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor))));
        _bench.Ip(PuntClass.TtlExpired, 0, 0, packet);
        _bench.Ip(PuntClass.NoRoute, 0, 0, packet);
        Labelled(0, 0, Packets.Label(17, 0, true, 1), packet);
        Assert.AreEqual("", _bench.TakeSent(), name);
        Assert.AreEqual(3, _bench.Host.Errors.Forbidden);
        Assert.AreEqual(2, _bench.Tables.Ledger.Punted[0]);
    }

    [TestMethod]
    public void A_frame_to_a_group_of_stations_is_not_answered()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Punt(PuntClass.TtlExpired, 0, 0, 14, Packets.Ethernet(HostBench.All, HostBench.Neighbor, 0x0800, Datagram(60)));
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(1, _bench.Host.Errors.Forbidden);
    }

    [TestMethod]
    public void First_fragments_and_queries_are_answered()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Ip(PuntClass.TtlExpired, 0, 0, Datagram(60, flags: 0x2000));
        _bench.Ip(PuntClass.TtlExpired, 0, 0, Packets.Ip("10.0.0.9", "192.0.2.7", 1, Packets.EchoMessage(Packets.Echo, 1, 2, 0), 1));
        Assert.AreEqual(2, _bench.Ports[0].Sent.Count);
    }

    [TestMethod]
    public void Over_the_rate_an_expired_packet_is_dropped_and_counted()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        for (int i = 0; i < IcmpErrorWriter.ErrorBurst + 7; i++) _bench.Ip(PuntClass.TtlExpired, 0, 0, Datagram(60));
        Assert.AreEqual(7, _bench.Dropped(0, DropReason.PuntRateLimited));
        Assert.AreEqual(7, _bench.Host.Errors.Limited);
        Assert.AreEqual(IcmpErrorWriter.ErrorBurst, _bench.Ports[0].Sent.Count);
        _bench.Now += 10;
        _bench.Ip(PuntClass.TtlExpired, 0, 0, Datagram(60));
        Assert.AreEqual(IcmpErrorWriter.ErrorBurst + 1, _bench.Ports[0].Sent.Count);
    }

    [TestMethod]
    public void Without_an_address_or_a_route_back_it_is_counted()
    {
        _bench.Ip(PuntClass.TtlExpired, 0, 0, Datagram(60, "198.51.100.1"));
        Assert.AreEqual(1, _bench.Host.Errors.Unsendable);
        for (int i = 0; i < _bench.Host.Interfaces.Count; i++) _bench.Host.Interfaces.ClearAddress(i);
        _bench.Ip(PuntClass.TtlExpired, 0, 0, Datagram(60));
        Assert.AreEqual(2, _bench.Host.Errors.Unsendable);
        Assert.AreEqual(2, _bench.Tables.Ledger.Punted[0]);
    }

    [TestMethod]
    public void A_class_or_port_that_is_none_is_counted()
    {
        _bench.Ip(0, 0, 0, Datagram(60));
        _bench.Ip(PuntClass.Count, 0, 0, Datagram(60));
        _bench.Ip(PuntClass.Local, 99, 0, Datagram(60));
        _bench.Ip(PuntClass.Local, -1, 0, Datagram(60));
        Assert.AreEqual(4, _bench.Host.UnknownClass);
    }
}
