using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>ICMPv6 (RFC 4443) with the stack of RFC 4950: octets in, octets out, and when to be silent.</summary>
[TestClass]
public class Icmpv6Tests
{
    private const string Far = "2001:db8:9::9";

    private readonly Ipv6Bench _bench = new();

    public Icmpv6Tests()
    {
        _bench.Resolve(0, 0, Ipv6Bench.Host9, HostBench.Neighbor);
        _bench.Resolve(1, 1, Ipv6Bench.Host9, HostBench.Neighbor2);
    }

    // An error as the router sends it: class selector 6, hop limit 255.
    private static byte[] Error(string source, string destination, int type, int code, byte[] rest)
    {
        byte[] packet = Packets6.Icmp(source, destination, type, code, rest, 255);
        packet[0] = 0x6C;
        return packet;
    }

    private static byte[] WithStack(byte[] original, byte[] stack)
    {
        byte[] quoted = new byte[128];
        original.AsSpan(0, Math.Min(128, original.Length)).CopyTo(quoted);
        byte[] extension = Packets.Join("2000 0000", Packets.Two(4 + stack.Length), 1, 1, stack);
        Packets.Two(Packets.Checksum(extension)).CopyTo(extension, 2);
        return Packets.Join(16, 0, 0, 0, quoted, extension);
    }

    [TestMethod]
    [DataRow(0, HostBench.Neighbor)]
    [DataRow(1, HostBench.Neighbor2)]
    public void An_echo_is_answered_from_the_address_that_was_asked(int port, string station)
    {
        _bench.Local(port, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 0x1234, 7, 1400));
        Assert.AreEqual(Ipv6Bench.Sent(port, station, Packets6.Echo(Ipv6Bench.Own, Ipv6Bench.Host9, 129, 0x1234, 7, 1400)), _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void An_echo_to_all_nodes_and_one_between_link_local_addresses_stay_on_the_link()
    {
        _bench.Host.Neighbors6.Solicited(0, Packets6.Address("fe80::9"), 0, Hex.Octets(HostBench.Neighbor), 0);
        _bench.Local(0, Packets6.Echo("fe80::9", "ff02::1", 128, 1, 2, 8));
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Echo(Ipv6Bench.Link0, "fe80::9", 129, 1, 2, 8)), _bench.Bench.TakeSent());
        _bench.Local(0, Packets6.Echo("fe80::9", Ipv6Bench.Link0, 128, 1, 3, 8));
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Echo(Ipv6Bench.Link0, "fe80::9", 129, 1, 3, 8)), _bench.Bench.TakeSent());
        _bench.Local(0, Packets6.Echo("fe80::9", Ipv6Bench.Link1, 128, 1, 3, 8));
        _bench.Local(0, Packets6.Echo("fe80::9", "ff02::5", 128, 1, 3, 8));
        _bench.Bench.Punt(PuntClass.LocalIpv6, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8847 00010140", Packets6.Echo("fe80::9", Ipv6Bench.Own, 128, 1, 3, 8)));
        Assert.AreEqual("", _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void A_datagram_that_nobody_wants_is_answered_and_one_without_checksum_is_not()
    {
        byte[] datagram = Packets6.Udp(Ipv6Bench.Host9, Ipv6Bench.Own, 4000, 5000, 20);
        _bench.Local(0, datagram);
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 1, 4, Packets.Join("00000000", datagram))), _bench.Bench.TakeSent());
        byte[] wrong = [.. datagram];
        wrong[46] ^= 1;
        _bench.Local(0, wrong);
        wrong[46] = wrong[47] = 0;
        _bench.Local(0, wrong);
        Assert.AreEqual("", _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void Expiry_no_route_and_too_big_are_said_with_as_much_as_1280_octets_hold()
    {
        byte[] packet = Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 1400, 1);
        byte[] quoted = packet[..(1280 - 48)];
        _bench.Receive(PuntClass.TtlExpired, 0, 0, packet);
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 3, 0, Packets.Join("00000000", quoted))), _bench.Bench.TakeSent());
        _bench.Receive(PuntClass.NoRoute, 0, 0, packet);
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 1, 0, Packets.Join("00000000", quoted))), _bench.Bench.TakeSent());
        _bench.Receive(PuntClass.MtuExceeded, 0, 0, packet, 1392);
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 2, 0, Packets.Join("00000570", quoted))), _bench.Bench.TakeSent());
    }

    [TestMethod]
    public void Under_one_label_the_answer_is_routed_and_has_the_stack()
    {
        byte[] packet = Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 100, 9);
        byte[] stack = Packets.Label(20, 3, true, 1);
        _bench.Bench.Punt(PuntClass.TtlExpiredLabelled, 2, 0, 14, Packets.Ethernet(HostBench.Station2, HostBench.Neighbor, 0x8847, Packets.Join(stack, packet)));
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error("2001:db8:2::1", Ipv6Bench.Host9, 3, 0, WithStack(packet, stack))), _bench.Bench.TakeSent());
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(6)]
    public void Under_more_labels_it_goes_along_the_LSP_with_the_received_stack(int depth)
    {
        int n = _bench.Bench.Resolve(2, 0, "10.0.2.9", HostBench.Neighbor2);
        int path = _bench.Tables.Paths.Allocate(1);
        _bench.Tables.Paths.Set(path, 24007 << 12 | 0x0FF, _bench.Host.Neighbors.MplsTransport(n), false);
        _bench.Tables.Labels.Set(20, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);
        _bench.Tables.Ports.SetScope(0, ForwardingHandle.ScopeCore);
        byte[] packet = Packets6.Udp(Far, "2001:db8:8::1", 4000, 5000, 100, 9);
        List<object> stack = [Packets.Label(20, 0, false, 1)];
        List<object> onward = [Packets.Label(24007, 0, false, 255)];
        for (int i = 1; i < depth; i++)
        {
            stack.Add(Packets.Label(100 + i, 0, i == depth - 1, 64));
            onward.Add(Packets.Label(100 + i, 0, i == depth - 1, 255));
        }
        byte[] received = Packets.Join([.. stack]);
        _bench.Bench.Punt(PuntClass.TtlExpiredLabelled, 0, 0, 14, Packets.Ethernet(HostBench.Station0, HostBench.Neighbor, 0x8847, Packets.Join(received, packet)));
        byte[] error = Error(Ipv6Bench.Own, Far, 3, 0, WithStack(packet, received));
        Assert.AreEqual("2: " + Hex.Text(Packets.Ethernet(HostBench.Neighbor2, HostBench.Station2, 0x8847, Packets.Join(Packets.Join([.. onward]), error))), _bench.Bench.TakeSent());

        // Too long under the same labels: packet too big has no extension (RFC 4884 section 4.6).
        byte[] large = Packets6.Udp(Far, "2001:db8:8::1", 4000, 5000, 1400, 9);
        _bench.Bench.Punt(PuntClass.MtuExceededLabelled, 0, 0, 14, Packets.Ethernet(HostBench.Station0, HostBench.Neighbor, 0x8847, Packets.Join(received, large)), 1500);
        error = Error(Ipv6Bench.Own, Far, 2, 0, Packets.Join(Packets.Four((uint)(1500 - 4 * depth)), large[..(1280 - 48)]));
        Assert.AreEqual("2: " + Hex.Text(Packets.Ethernet(HostBench.Neighbor2, HostBench.Station2, 0x8847, Packets.Join(Packets.Join([.. onward]), error))), _bench.Bench.TakeSent());
    }

    private void Labelled(int mark, byte[] stack, byte[] packet, int value = 0) =>
        _bench.Bench.Punt(mark, 0, 0, 14, Packets.Ethernet(HostBench.Station0, HostBench.Neighbor, 0x8847, Packets.Join(stack, packet)), value);

    [TestMethod]
    public void A_link_local_source_is_answered_only_on_its_link()
    {
        byte[] packet = Packets6.Udp("fe80::77", Far, 4000, 5000, 20, 1);
        Labelled(PuntClass.TtlExpiredLabelled, Packets.Label(20, 0, true, 1), packet);
        Labelled(PuntClass.MtuExceededLabelled, Packets.Join(Packets.Label(20, 0, false, 1), Packets.Label(21, 0, true, 9)), packet, 60);

        // In a tag, and under a label that has been popped, it is of another link than the port's.
        _bench.Bench.Punt(PuntClass.TtlExpired, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8100 0007 86DD", packet));
        _bench.Bench.Punt(PuntClass.NoRoute, 0, 0, 18, Packets.Join(HostBench.Station0, HostBench.Neighbor, "8847 00014140", packet));
        Assert.AreEqual("", _bench.Bench.TakeSent());
        Assert.AreEqual(NeighborSlots.Free, _bench.State(0, "fe80::77"), "no entry is made for it");
        Assert.AreEqual(2, _bench.Host.Errors6.Forbidden);

        _bench.Receive(PuntClass.TtlExpired, 0, 0, packet);
        Assert.AreEqual(NeighborSlots.Incomplete, _bench.State(0, "fe80::77"));
    }

    // What begins with a 6 by chance under a pseudowire's label. Place and octets that the frame has and a packet that is answered has not.
    [TestMethod]
    [DataRow(8, "FF02")]
    [DataRow(8, "FE80")]
    [DataRow(8, "00000000000000000000000000000000")]
    [DataRow(24, "FF02")]
    [DataRow(24, "00000000000000000000000000000001")]
    [DataRow(6, "C8")]
    [DataRow(6, "01")]
    [DataRow(6, "FD")]
    public void What_cannot_be_an_IPv6_packet_under_labels_is_none(int at, string octets)
    {
        byte[] stack = Packets.Join(Packets.Label(20, 0, false, 1), Packets.Label(21, 0, true, 9));
        byte[] packet = Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 20, 9);
        Hex.Octets(octets).CopyTo(packet, at);
        Labelled(PuntClass.TtlExpiredLabelled, Packets.Label(20, 0, true, 1), packet);
        Labelled(PuntClass.TtlExpiredLabelled, stack, packet);
        Labelled(PuntClass.MtuExceededLabelled, stack, packet, 60);
        Assert.AreEqual("", _bench.Bench.TakeSent());
        Assert.AreEqual(2, _bench.Bench.Dropped(0, DropReason.TtlExpiredNotIp));
        Assert.AreEqual(0, _bench.Host.Errors6.Sent + _bench.Host.Errors6.Unsendable);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(6)]
    [DataRow(17)]
    [DataRow(41)]
    [DataRow(43)]
    [DataRow(44)]
    [DataRow(47)]
    [DataRow(50)]
    [DataRow(51)]
    [DataRow(59)]
    [DataRow(60)]
    [DataRow(132)]
    public void Every_kind_of_packet_that_hosts_send_is_answered_under_a_label(int next)
    {
        Labelled(PuntClass.TtlExpiredLabelled, Packets.Label(20, 0, true, 1), Packets6.Ip(Ipv6Bench.Host9, Far, next, new byte[16], 9));
        Assert.AreNotEqual("", _bench.Bench.TakeSent());
    }

    [TestMethod]
    [DataRow(ForwardingHandle.Path, false)]
    [DataRow(ForwardingHandle.Group, false)]
    [DataRow(ForwardingHandle.Pseudowire, false)]
    [DataRow(ForwardingHandle.PathPair, true)]
    [DataRow(ForwardingHandle.Vrf, true)]
    public void Under_one_label_too_big_is_said_when_the_label_is_known_to_carry_IP(int kind, bool answered)
    {
        _bench.Tables.Labels.Set(20, kind, ForwardingHandle.ScopeCore);
        Labelled(PuntClass.MtuExceededLabelled, Packets.Label(20, 0, true, 9), Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 1400, 9), 1400);
        Assert.AreEqual(answered, _bench.Bench.TakeSent() != "");
    }

    private static IEnumerable<object[]> Silent()
    {
        string host = Ipv6Bench.Host9;
        byte[] inner = Packets6.Udp(host, Far, 4000, 5000, 20);
        yield return ["an error", Packets6.Icmp(host, Far, 3, 0, Packets.Join("00000000", inner))];
        yield return ["an error behind options", Packets6.Ip(host, Far, 60, Packets.Join("3A00 0104 00000000", Packets6.Icmp(host, Far, 3, 0, Packets.Join("00000000", inner))[40..]))];
        yield return ["a redirect", Packets6.Icmp(host, Far, 137, 0, new byte[36])];
        yield return ["ICMPv6 without a type", Packets6.Ip(host, Far, 58, [])];
        yield return ["a source that is a group", Packets6.Udp("ff02::1", Far, 4000, 5000, 20)];
        yield return ["no source", Packets6.Udp("::", Far, 4000, 5000, 20)];
        yield return ["our own packet come back", Packets6.Udp(Ipv6Bench.Own, Far, 4000, 5000, 20)];
        yield return ["to a group", Packets6.Udp(host, "ff0e::1", 4000, 5000, 20)];
        yield return ["extension past the end", Packets6.Ip(host, Far, 60, Packets.Join("1105 0104 00000000"))];
        byte[] cut = Packets6.Udp(host, Far, 4000, 5000, 20);
        cut[5]++;
        yield return ["payload length past the frame", cut];
    }

    [TestMethod]
    [DynamicData(nameof(Silent))]
    public void Some_packets_are_never_answered(string name, byte[] packet)
    {
        _bench.Receive(PuntClass.TtlExpired, 0, 0, packet);
        _bench.Receive(PuntClass.NoRoute, 0, 0, packet);
        Assert.AreEqual("", _bench.Bench.TakeSent(), name);
    }

    [TestMethod]
    public void Too_big_is_said_about_a_group_s_packet_too()
    {
        byte[] packet = Packets6.Udp(Ipv6Bench.Host9, "ff0e::1", 4000, 5000, 20);
        _bench.Receive(PuntClass.MtuExceeded, 0, 0, packet, 50, "333300000001");
        Assert.AreEqual(Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 2, 0, Packets.Join("00000032", packet))), _bench.Bench.TakeSent());
    }

    // Extension headers of a packet to us; the pointer of the parameter problem, or -1: taken as if they were not there; -2: silence.
    private static IEnumerable<object[]> Extensions()
    {
        yield return ["destination options, padding", 60, "3A00 0104 00000000", -1, 0];
        yield return ["hop by hop, router alert", 0, "3A00 0502 0000 0100", -1, 0];
        yield return ["Pad1", 60, "3A00 000000000000", -1, 0];
        yield return ["unknown option, skip", 60, "3A00 1E04 00000000", -1, 0];
        yield return ["unknown option, discard", 60, "3A00 4004 00000000", -2, 0];
        yield return ["unknown option, report", 60, "3A00 8004 00000000", 42, 2];
        yield return ["unknown option, report unless group", 60, "3A00 C004 00000000", 42, 2];
        yield return ["option past its header", 60, "3A00 0105 00000000", 42, 0];
        yield return ["header past the packet", 60, "3A7F 0104 00000000", -2, 0];
        yield return ["routing, nothing left", 43, "3A02 0000 00000000 0000000000000000 0000000000000000", -1, 0];
        yield return ["routing, one left", 43, "3A02 0001 00000000 0000000000000000 0000000000000000", 42, 0];
        yield return ["hop by hop after another", 60, "0000 0104 00000000 3A00 0104 00000000", 40, 1];
        yield return ["whole packet in a fragment header", 44, "3A00 0000 00000001", -1, 0];
        yield return ["first fragment", 44, "3A00 0001 00000001", -2, 0];
        yield return ["another fragment", 44, "3A00 0008 00000001", -2, 0];
        yield return ["unknown next header", 99, "3A00 0104 00000000", 6, 1];
        yield return ["unknown next header behind options", 60, "6300 0104 00000000", 40, 1];
        yield return ["nine headers", 60, string.Concat(Enumerable.Repeat("3C00 0104 00000000", 8)) + "3A00 0104 00000000", -2, 0];
        yield return ["half a header", 60, "3A00 01", -3, 0];
    }

    [TestMethod]
    [DynamicData(nameof(Extensions))]
    public void Extension_headers_are_walked_or_reported(string name, int first, string headers, int pointer, int code)
    {
        byte[] echo = Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8);
        byte[] packet = Packets6.Ip(Ipv6Bench.Host9, Ipv6Bench.Own, first, pointer == -3 ? Hex.Octets(headers) : Packets.Join(headers, echo[40..]));
        _bench.Local(0, packet);
        string expected = pointer < -1 ? ""
            : pointer == -1 ? Ipv6Bench.Sent(0, HostBench.Neighbor, Packets6.Echo(Ipv6Bench.Own, Ipv6Bench.Host9, 129, 1, 1, 8))
            : Ipv6Bench.Sent(0, HostBench.Neighbor, Error(Ipv6Bench.Own, Ipv6Bench.Host9, 4, code, Packets.Join(Packets.Four((uint)pointer), packet)));
        Assert.AreEqual(expected, _bench.Bench.TakeSent(), name);
        Assert.AreEqual(1, _bench.Tables.Ledger.Punted[0] + _bench.Tables.Ledger.DroppedOn(0));
    }

    [TestMethod]
    public void Every_truncation_of_an_echo_is_silence()
    {
        byte[] echo = Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8);
        for (int n = 0; n < echo.Length; n++) _bench.Local(0, echo[..n]);
        Assert.AreEqual("", _bench.Bench.TakeSent());
        Assert.AreEqual(echo.Length, _bench.Tables.Ledger.DroppedOn(0));
    }

    [TestMethod]
    public void One_port_s_errors_and_packets_cost_the_others_none()
    {
        byte[] packet = Packets6.Udp(Ipv6Bench.Host9, Far, 4000, 5000, 20, 1);
        for (int i = 0; i < IcmpErrorWriter.ErrorBurst + 50; i++) _bench.Receive(PuntClass.TtlExpired, 0, 0, packet);
        Assert.HasCount(IcmpErrorWriter.ErrorBurst, _bench.Bench.TakeSent().Split('\n'));
        Assert.AreEqual(50, _bench.Bench.Dropped(0, DropReason.PuntRateLimited));
        _bench.Receive(PuntClass.TtlExpired, 1, 1, packet);
        Assert.AreNotEqual("", _bench.Bench.TakeSent());

        // The IPv4 errors of a port come out of the same bucket.
        _bench.Bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Bench.Ip(PuntClass.TtlExpired, 0, 0, Packets.Ip("10.0.0.9", "192.0.2.1", 17, Packets.Udp(1, 2, 3)));
        Assert.AreEqual("", _bench.Bench.TakeSent());
        for (int i = 0; i < HostStack.LocalBurst + 5; i++) _bench.Local(0, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8));
        Assert.AreEqual(5 + 50 + 1, _bench.Bench.Dropped(0, DropReason.PuntRateLimited));
        _bench.Bench.TakeSent();
        _bench.Local(1, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 1, 8));
        Assert.AreNotEqual("", _bench.Bench.TakeSent());
    }
}
