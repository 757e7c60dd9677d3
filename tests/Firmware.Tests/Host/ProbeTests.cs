using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class ProbeTests
{
    private readonly HostBench _bench = new();

    private Probe Probe => _bench.Host.Probe;

    private static uint A(string text) => Packets.Address(text);

    private bool Echo(string destination = "10.0.0.9", int vrf = 0, string source = "0.0.0.0", int length = 100, bool dontFragment = false, int ttl = 255, uint timeoutMs = 2000) =>
        Probe.StartEcho(vrf, A(destination), A(source), length, dontFragment, ttl, timeoutMs, _bench.Now);

    private byte[] Sent(int port = 0)
    {
        Assert.HasCount(1, _bench.Ports[port].Sent);
        byte[] packet = _bench.Ports[port].Sent[0][14..];
        _bench.Ports[port].Sent.Clear();
        return packet;
    }

    private void Local(byte[] packet, int port = 0, int vrf = 0) => _bench.Ip(PuntClass.Local, port, vrf, packet);

    private static byte[] ReplyTo(byte[] request, string from = "10.0.0.9") =>
        Packets.Ip(from, "10.0.0.1", 1, Packets.Icmp(0, 0, request[24..]), 63);

    private static byte[] Quote(byte[] packet) => packet[..28];

    [TestMethod]
    public void An_echo_goes_out_as_IOS_sends_it_and_its_reply_ends_the_probe()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Assert.IsTrue(Echo(dontFragment: true, ttl: 9));
        Assert.AreEqual(Probe.Waiting, Probe.State);
        byte[] sent = Sent();
        byte[] data = new byte[72];
        for (int i = 0; i < 72; i++) data[i] = (byte)(i % 2 == 0 ? 0xAB : 0xCD);
        byte[] icmp = Packets.Icmp(8, 0, Packets.Join(sent[24..28], data));
        Assert.AreEqual(Hex.Text(Packets.Ip("10.0.0.1", "10.0.0.9", 1, icmp, 9, sent[4] * 256 + sent[5], 0x4000)), Hex.Text(sent));
        Assert.IsFalse(Echo(), "one at a time");
        _bench.Run(37);
        Local(ReplyTo(sent));
        Assert.AreEqual((Probe.Replied, A("10.0.0.9"), 37u, 63), (Probe.State, Probe.From, Probe.RoundTripMs, Probe.ReplyTtl));
        Local(ReplyTo(sent));
        Assert.AreEqual(1, _bench.Host.Icmp.Unexpected, "a second reply is nobody's");
    }

    [TestMethod]
    public void A_reply_with_another_number_address_or_VRF_is_not_ours()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Echo();
        byte[] sent = Sent();
        for (int at = 24; at < 28; at++)
        {
            byte[] other = sent[..];
            other[at] ^= 1;
            Local(ReplyTo(other));
        }
        Local(ReplyTo(sent), 1, 1);
        Local(Packets.Ip("10.0.0.9", "10.0.2.1", 1, Packets.Icmp(0, 0, sent[24..])));
        Assert.AreEqual(Probe.Waiting, Probe.State);
        Assert.AreEqual(6, _bench.Host.Icmp.Unexpected);
        Local(ReplyTo(sent));
        Assert.AreEqual(Probe.Replied, Probe.State);
    }

    [TestMethod]
    public void Each_probe_has_a_sequence_of_its_own()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Echo();
        byte[] first = Sent();
        Probe.Cancel();
        Assert.AreEqual(Probe.Idle, Probe.State);
        Echo();
        byte[] second = Sent();
        Assert.AreEqual(Hex.Text(first, 24, 2), Hex.Text(second, 24, 2));
        Assert.AreNotEqual(Hex.Text(first, 26, 2), Hex.Text(second, 26, 2));
        Local(ReplyTo(first));
        Assert.AreEqual(Probe.Waiting, Probe.State, "too late");
    }

    [TestMethod]
    public void Time_exceeded_carries_the_labels()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Echo();
        byte[] sent = Sent();
        byte[] stack = Packets.Join(Packets.Label(24001, 0, false, 1), Packets.Label(30, 5, true, 254));
        Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.ErrorWithLabels(11, 0, sent, stack)));
        Assert.AreEqual((Probe.TimeExceeded, A("10.7.7.7"), 2), (Probe.State, Probe.From, Probe.LabelCount));
        Assert.AreEqual(24001 << 12 | 1, Probe.LabelWords[0]);
        Assert.AreEqual(30 << 12 | 5 << 9 | 0x1FE, Probe.LabelWords[1]);
        Echo();
        sent = Sent();
        byte[] deep = Packets.Join([.. Enumerable.Range(0, 9).Select(i => Packets.Label(100 + i, 0, i == 8, 1))]);
        Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.ErrorWithLabels(11, 0, sent, deep)));
        Assert.AreEqual((Probe.TimeExceeded, 6), (Probe.State, Probe.LabelCount));
        Echo();
        sent = Sent();
        Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.Icmp(11, 0, Packets.Join(0, 0, 0, 0, Quote(sent)))));
        Assert.AreEqual((Probe.TimeExceeded, 0), (Probe.State, Probe.LabelCount));
    }

    [TestMethod]
    public void Unreachable_says_the_code_and_fragmentation_needed_the_MTU()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Echo();
        byte[] sent = Sent();
        Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.Icmp(3, 1, Packets.Join(0, 0, 0, 0, Quote(sent)))));
        Assert.AreEqual((Probe.Unreachable, 1, A("10.7.7.7")), (Probe.State, Probe.Code, Probe.From));
        Echo();
        sent = Sent();
        Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.Icmp(3, 4, Packets.Join(0, 0, Packets.Two(1400), Quote(sent)))));
        Assert.AreEqual((Probe.FragmentationNeeded, 1400), (Probe.State, Probe.NextHopMtu));
    }

    [TestMethod]
    public void An_error_about_another_packet_or_a_cut_one_is_not_ours()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Echo();
        byte[] sent = Sent();
        byte[] quoted = Quote(sent);
        foreach (int at in new[] { 0, 9, 12, 19, 20, 24, 27 })
        {
            byte[] other = quoted[..];
            other[at] ^= 0x11;
            Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.Icmp(3, 1, Packets.Join(0, 0, 0, 0, other))));
        }
        for (int length = 0; length < 28; length++)
        {
            Local(Packets.Ip("10.7.7.7", "10.0.0.1", 1, Packets.Icmp(3, 1, Packets.Join(0, 0, 0, 0, quoted[..length]))));
        }
        Assert.AreEqual(Probe.Waiting, Probe.State);
        Assert.AreEqual(35, _bench.Host.Icmp.Unexpected);
    }

    [TestMethod]
    public void A_datagram_for_traceroute_arrives_by_port_unreachable()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Assert.IsTrue(Probe.StartUdp(0, A("10.0.0.9"), 0, 33434, 3, 3000, _bench.Now));
        byte[] sent = Sent();
        Assert.AreEqual((40, 3, 17, 33434), (sent[2] * 256 + sent[3], (int)sent[8], (int)sent[9], sent[22] * 256 + sent[23]));
        Assert.IsTrue(sent[20] * 256 + sent[21] >= 49152);
        byte[] pseudo = Packets.Join(sent[12..20], 0, 17, 0, 20, sent[20..]);
        Assert.AreEqual(0, Packets.Checksum(pseudo));
        byte[] other = Quote(sent);
        other[21] ^= 1;
        Local(Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(3, 3, Packets.Join(0, 0, 0, 0, other))));
        Assert.AreEqual(Probe.Waiting, Probe.State);
        Local(Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.Icmp(3, 3, Packets.Join(0, 0, 0, 0, Quote(sent)))));
        Assert.AreEqual((Probe.Unreachable, 3), (Probe.State, Probe.Code));
    }

    [TestMethod]
    public void Without_an_answer_it_times_out()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Now = 0xFFFFFF00;
        _bench.Host.Poll(_bench.Now);
        _bench.TakeSent();
        Echo();
        _bench.Run(1999);
        Assert.AreEqual(Probe.Waiting, Probe.State);
        _bench.Run(1);
        Assert.AreEqual(Probe.TimedOut, Probe.State);
    }

    [TestMethod]
    public void While_the_first_hop_is_unknown_it_tries_on()
    {
        Assert.IsTrue(Echo());
        Assert.AreEqual(Probe.Waiting, Probe.State);
        _bench.Run(500);
        _bench.TakeSent();
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        _bench.Run(50);
        byte[] sent = Sent();
        _bench.Run(5);
        Local(ReplyTo(sent));
        Assert.AreEqual((Probe.Replied, 5u), (Probe.State, Probe.RoundTripMs), "measured from when it was sent");
        Echo("10.0.0.8");
        _bench.Run(2000);
        Assert.AreEqual(Probe.TimedOut, Probe.State);
    }

    [TestMethod]
    public void Without_a_route_or_a_source_there_is_no_way()
    {
        Assert.IsTrue(Echo("198.51.100.1"));
        Assert.AreEqual(Probe.NoRoute, Probe.State);
        for (int i = 0; i < _bench.Host.Interfaces.Count; i++) _bench.Host.Interfaces.ClearAddress(i);
        Assert.IsTrue(Echo());
        Assert.AreEqual(Probe.NoRoute, Probe.State);
    }

    [TestMethod]
    public void Longer_than_our_own_link_is_said_at_once()
    {
        _bench.Tables.Ports.Record[PortTable.Mtu] = 1400;
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        Assert.IsTrue(Echo(length: 1401));
        Assert.AreEqual((Probe.FragmentationNeeded, 1400, A("10.0.0.1")), (Probe.State, Probe.NextHopMtu, Probe.From));
        Assert.IsTrue(Echo(length: 1400));
        Assert.AreEqual(Probe.Waiting, Probe.State);
    }

    [TestMethod]
    public void Our_own_addresses_answer_at_once_in_their_VRF()
    {
        Assert.IsTrue(Echo("10.255.0.1"));
        Assert.AreEqual((Probe.Replied, A("10.255.0.1"), 0u), (Probe.State, Probe.From, Probe.RoundTripMs));
        Assert.IsTrue(Probe.StartUdp(0, A("10.0.2.1"), 0, 33434, 1, 1000, _bench.Now));
        Assert.AreEqual((Probe.Unreachable, 3), (Probe.State, Probe.Code));
        Assert.IsTrue(Echo("10.0.2.1", vrf: 1));
        Assert.AreEqual(Probe.NoRoute, Probe.State);
        Assert.AreEqual("", _bench.TakeSent());
    }

    [TestMethod]
    public void The_source_is_chosen_or_given()
    {
        _bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        int n = _bench.Resolve(2, 0, "10.0.2.9", HostBench.Neighbor2);
        _bench.Route(0, "192.0.2.0", 24, 0, _bench.Host.Neighbors.IpTransport(n));
        Echo("192.0.2.5");
        Assert.AreEqual("0A000201", Hex.Text(Sent(2), 12, 4));
        Probe.Cancel();
        Echo("192.0.2.5", source: "10.255.0.1");
        Assert.AreEqual("0AFF0001", Hex.Text(Sent(2), 12, 4));
    }

    [TestMethod]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.IsFalse(Echo(length: 27));
        Assert.IsFalse(Echo(length: 1501));
        Assert.IsFalse(Echo(ttl: 0));
        Assert.IsFalse(Echo(ttl: 256));
        Assert.IsFalse(Probe.StartUdp(0, A("10.0.0.9"), 0, 0, 1, 1000, 0));
        Assert.IsFalse(Probe.StartUdp(0, A("10.0.0.9"), 0, 65536, 1, 1000, 0));
        Assert.AreEqual(Probe.Idle, Probe.State);
    }

    [TestMethod]
    public void The_same_entropy_gives_the_same_packets_and_other_entropy_others()
    {
        string First(byte seed)
        {
            HostBench bench = new();
            bench.Entropy[0] = seed;
            HostStack host = new(bench.Tables, bench.Capacity, bench.Entropy);
            host.Interfaces.SetAddress(0, 0, A("10.0.0.1"), 24);
            bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
            host.Probe.StartEcho(0, A("10.0.0.9"), 0, 64, false, 64, 1000, 0);
            return bench.TakeSent();
        }
        Assert.AreEqual(First(1), First(1));
        Assert.AreNotEqual(First(1), First(2));
    }
}
