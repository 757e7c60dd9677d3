using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class EchoTests
{
    private readonly HostBench _bench = new();

    private static byte[] Request(int dataLength, string source = "10.0.0.9", string destination = "10.0.0.1", int tos = 0, string options = "", int flags = 0) =>
        Packets.Ip(source, destination, 1, Packets.EchoMessage(Packets.Echo, 0x4242, 7, dataLength), tos: tos, options: options, flags: flags);

    private void Local(int port, int vrf, byte[] packet) => _bench.Ip(PuntClass.Local, port, vrf, packet);

    // The identification is the stack's own choice: taken from what was sent.
    private static byte[] Reply(byte[] sent, int dataLength, string source = "10.0.0.1", string destination = "10.0.0.9", int tos = 0) =>
        Packets.Ip(source, destination, 1, Packets.EchoMessage(Packets.EchoReply, 0x4242, 7, dataLength), 255, sent[18] * 256 + sent[19], 0, tos);

    [TestMethod]
    public void Echoes_of_every_length_up_to_the_MTU_come_back_whole()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        for (int length = 28; length <= 1500; length++)
        {
            _bench.Now += 10;
            Local(0, 0, Request(length - 28));
            Assert.HasCount(1, _bench.Ports[0].Sent, "length " + length);
            byte[] sent = _bench.Ports[0].Sent[0];
            byte[] expected = Packets.Join(HostBench.Neighbor, HostBench.Station0, "0800", Reply(sent, length - 28));
            Assert.AreEqual(Hex.Text(expected), Hex.Text(sent));
            _bench.Ports[0].Sent.Clear();
        }
        Assert.AreEqual(1473, _bench.Host.Icmp.EchoReplies);
        Assert.AreEqual(1473, _bench.Tables.Ledger.PuntedByClass[PuntClass.Local]);
    }

    [TestMethod]
    public void Every_checksum_is_right_after_the_change_of_type()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        for (int sequence = 0; sequence < 65536; sequence += 13)
        {
            _bench.Now += 10;
            Local(0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(8, 0, Packets.Join(Packets.Two(0), Packets.Two(sequence)))));
            byte[] sent = _bench.Ports[0].Sent[0];
            _bench.Ports[0].Sent.Clear();
            Assert.AreEqual(Hex.Text(Packets.Icmp(0, 0, Packets.Join(Packets.Two(0), Packets.Two(sequence)))), Hex.Text(sent, 34, 8));
        }
    }

    [TestMethod]
    public void An_empty_message_and_one_that_sums_to_all_ones_verify()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        foreach (int sequence in new[] { 0, 0xFFFF })
        {
            Local(0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(8, 0, Packets.Join(0, 0, Packets.Two(sequence)))));
            byte[] sent = _bench.Ports[0].Sent[0];
            _bench.Ports[0].Sent.Clear();
            Assert.AreEqual(0, Packets.Checksum(sent[34..42]));
        }
    }

    [TestMethod]
    public void The_class_of_service_comes_back_and_options_do_not()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Local(0, 0, Request(16, tos: 0xB8, options: "94040000"));
        byte[] sent = _bench.Ports[0].Sent[0];
        Assert.AreEqual(Hex.Text(Reply(sent, 16, tos: 0xB8)), Hex.Text(sent, 14, sent.Length - 14));
    }

    [TestMethod]
    public void Each_VRF_answers_into_itself()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Resolve(1, 1, "10.0.0.9", HostBench.Neighbor2);
        Local(1, 1, Request(0));
        Assert.IsEmpty(_bench.Ports[0].Sent);
        Assert.AreEqual(HostBench.Neighbor2 + HostBench.Station1, Convert.ToHexString(_bench.Ports[1].Sent[0], 0, 12));
        Local(1, 1, Request(0, destination: "10.0.2.1"));
        Assert.AreEqual(1, _bench.Dropped(1, DropReason.HostUnclaimed), "10.0.2.1 is not an address of VRF 1");
    }

    [TestMethod]
    public void A_loopback_answers_over_labels()
    {
        int n = _bench.Host.Neighbors.FindOrAdd(2, Packets.Address("10.0.2.9"), true);
        _bench.Host.Neighbors.Heard(2, Packets.Address("10.0.2.9"), Hex.Octets(HostBench.Neighbor), 0, true);
        int transport = _bench.Host.Neighbors.MplsTransport(n);
        _bench.TakeSent();
        _bench.Route(0, "10.255.0.9", 32, 24001 << 12 | 0x1FF, transport);
        Local(2, 0, Request(4, "10.255.0.9", "10.255.0.1"));
        byte[] sent = _bench.Ports[2].Sent[0];
        Assert.AreEqual("02000000 00AA0200 00000012 884705DC 11FF", Hex.Text(sent, 0, 18));
    }

    [TestMethod]
    public void A_reply_without_a_neighbour_asks_for_it()
    {
        Local(0, 0, Request(0));
        Assert.StartsWith("0: FFFFFFFF FFFF0200 00000010 0806", _bench.TakeSent());
        Assert.AreEqual(0, _bench.Host.Icmp.EchoReplies);
        Assert.AreEqual(1, _bench.Host.Sender.NotSent);
    }

    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("127.0.0.1")]
    [DataRow("224.0.0.1")]
    [DataRow("240.0.0.1")]
    [DataRow("255.255.255.255")]
    [DataRow("10.0.0.255")]
    [DataRow("10.0.0.1", DisplayName = "our own address")]
    public void A_source_that_no_host_has_is_not_answered(string source)
    {
        Local(0, 0, Request(0, source));
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(1, _bench.Host.BadSource);
        Assert.AreEqual(1, _bench.Dropped(0, DropReason.HostUnclaimed));
    }

    [TestMethod]
    public void Fragments_bad_checksums_unknown_types_and_protocols_are_dropped()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Local(0, 0, Request(64, flags: 0x2000));
        Local(0, 0, Request(64, flags: 0x0001));
        byte[] wrong = Request(64);
        wrong[40] ^= 1;
        Local(0, 0, wrong);
        byte[] wrongHeader = Request(64);
        wrongHeader[8] ^= 1;
        Local(0, 0, wrongHeader);
        Local(0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(13, 0, new byte[16])));
        Local(0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 89, new byte[24]));
        Local(0, 0, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(0, 0, new byte[4])));
        Assert.AreEqual("", _bench.TakeSent());
        HostStack host = _bench.Host;
        Assert.AreEqual((2, 1, 1, 1, 1, 1), (host.Fragments, host.Icmp.Malformed, host.BadHeader, host.Icmp.UnknownType, host.UnknownProtocol, host.Icmp.Unexpected));
        Assert.AreEqual(6, _bench.Dropped(0, DropReason.HostUnclaimed));
        Assert.AreEqual(1, _bench.Dropped(0, DropReason.Ipv4ChecksumBad));
    }

    [TestMethod]
    public void Every_truncation_is_dropped()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        byte[] packet = Request(32);
        for (int length = 0; length < packet.Length; length++) Local(0, 0, packet[..length]);
        Assert.AreEqual("", _bench.TakeSent());
        Assert.AreEqual(packet.Length, _bench.Dropped(0, DropReason.Ipv4HeaderInvalid));
    }

    [TestMethod]
    public void Over_its_rate_a_local_packet_is_dropped_and_counted()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        for (int i = 0; i < HostStack.LocalBurst + 5; i++) Local(0, 0, Request(0));
        Assert.AreEqual(5, _bench.Dropped(0, DropReason.PuntRateLimited));
        Assert.AreEqual(HostStack.LocalBurst, _bench.Ports[0].Sent.Count);
    }
}
