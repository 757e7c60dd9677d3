using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>Packets for protocols: who takes them, groups of the link, what goes out to a group.</summary>
[TestClass]
public sealed class HandlerTests
{
    private const int Protocol = 89;

    private readonly HostBench _bench = new();
    private readonly Recorder _protocol = new();
    private readonly Recorder _udp = new();

    public HandlerTests()
    {
        Assert.IsTrue(_bench.Host.Handlers.Add(_bench.Capacity, Protocol, 0, _protocol));
        Assert.IsTrue(_bench.Host.Handlers.Add(_bench.Capacity, Ipv4Header.Udp, 646, _udp));
        for (int port = 0; port < 2; port++) _bench.Tables.Ports.Record[port * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf | port;
    }

    private sealed class Recorder : IPacketHandler
    {
        public readonly List<string> Seen = [];

        public bool Receive(Frame frame, int payload, int length, uint now)
        {
            Seen.Add($"port {frame.Port} vrf {frame.Context}: {Text(frame.Octets[payload..(payload + length)])}");
            return length != 0;
        }
    }

    [TestMethod]
    public void A_protocol_and_a_UDP_port_have_one_handler_each()
    {
        _bench.Ip(PuntClass.Local, 1, 1, Packets.Ip("10.0.0.7", "10.0.0.1", Protocol, Hex.Octets("0102")));
        _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.7", "10.0.0.1", Ipv4Header.Udp, Packets.Join(Packets.Udp(5000, 646, 0)[..4], Packets.Two(9), 0, 0, "AB")));
        Assert.AreEqual("port 1 vrf 1: 0102", _protocol.Seen.Single());
        Assert.AreEqual("port 0 vrf 0: AB", _udp.Seen.Single());
        Assert.IsFalse(_bench.Host.Handlers.Add(_bench.Capacity, Protocol, 0, _udp), "taken already");
        for (int i = 2; i < HandlerTable.Rows; i++) Assert.IsTrue(_bench.Host.Handlers.Add(_bench.Capacity, 100 + i, 0, _udp));
        Assert.IsFalse(_bench.Host.Handlers.Add(_bench.Capacity, 200, 0, _udp), "one too many");
    }

    [TestMethod]
    public void What_a_handler_does_not_want_and_protocols_without_one_end_unclaimed()
    {
        _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.7", "10.0.0.1", Protocol, []));
        _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.7", "10.0.0.1", 88, [1]));
        Assert.AreEqual(2, _bench.Dropped(0, DropReason.HostUnclaimed));
        Assert.AreEqual(1, _bench.Host.UnknownProtocol);
    }

    [TestMethod]
    public void A_flood_of_pings_takes_no_packet_from_a_protocol()
    {
        for (int i = 0; i < HostStack.LocalBurst + 10; i++) _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.7", "10.0.0.1", 1, Packets.EchoMessage(8, 1, i, 8)));
        Assert.AreEqual(10, _bench.Dropped(0, DropReason.PuntRateLimited));
        for (int i = 0; i < HandlerTable.Burst + 5; i++) _bench.Ip(PuntClass.Local, 0, 0, Packets.Ip("10.0.0.7", "10.0.0.1", Protocol, [1]));
        Assert.HasCount(HandlerTable.Burst, _protocol.Seen);
        Assert.AreEqual(15, _bench.Dropped(0, DropReason.PuntRateLimited));
        _bench.Ip(PuntClass.Local, 1, 1, Packets.Ip("10.0.0.7", "10.0.0.1", Protocol, [1]));
        Assert.HasCount(HandlerTable.Burst + 1, _protocol.Seen, "each port has its own rate");
    }

    // In: to 224.0.0.5 and its station address. Joined: to the handler. Otherwise, or with another station address: not for this station.
    [TestMethod]
    [DataRow("224.0.0.5", "01005E000005", true, 1)]
    [DataRow("224.0.0.5", "01005E000005", false, 0)]
    [DataRow("224.0.0.6", "01005E000006", true, 0)]
    [DataRow("224.0.0.5", "01005E000006", true, 0)]
    [DataRow("224.0.0.37", "01005E000025", true, 0)]
    [DataRow("224.0.1.5", "01005E000105", true, 0)]
    [DataRow("239.0.0.5", "01005E000005", true, 0)]
    [DataRow("10.0.0.1", "01005E000001", true, 0)]
    public void A_group_of_the_link_reaches_the_handler_of_a_port_that_has_joined_it(string destination, string station, bool joined, int taken)
    {
        _bench.Tables.Ports.SetGroup(0, 5, true);
        if (!joined) _bench.Tables.Ports.SetGroup(0, 5, false);
        Receive(0, station, Packets.Ip("10.0.0.7", destination, Protocol, [7], 1));
        Assert.HasCount(taken, _protocol.Seen);
        Assert.AreEqual(1 - taken, _bench.Dropped(0, DropReason.NotForThisStation));
        Receive(1, station, Packets.Ip("10.0.0.7", destination, Protocol, [7], 1));
        Assert.HasCount(taken, _protocol.Seen, "the other port has not joined");
    }

    [TestMethod]
    public void Nobody_is_told_about_a_ping_or_a_datagram_to_a_group()
    {
        _bench.Tables.Ports.SetGroup(0, 5, true);
        _bench.Resolve(0, 0, "10.0.0.7", HostBench.Neighbor);
        Receive(0, "01005E000005", Packets.Ip("10.0.0.7", "224.0.0.5", 1, Packets.EchoMessage(8, 1, 1, 8)));
        Receive(0, "01005E000005", Packets.Ip("10.0.0.7", "224.0.0.5", Ipv4Header.Udp, Packets.Udp(7, 9, 4)));
        Assert.AreEqual("", _bench.TakeSent());
    }

    // Out: straight from the port to 01-00-5E-00-00-05, TOS C0, TTL 1, padded to 60 octets.
    [TestMethod]
    public void A_packet_to_a_group_leaves_by_its_port_with_the_groups_station_address()
    {
        Frame transmit = _bench.Host.Sender.Transmit;
        transmit.Octets[transmit.Headroom + Ipv4Header.Length] = 0x77;
        int reason = _bench.Host.Sender.SendPayload(0, 2, Protocol, 48, 1, Packets.Address("10.0.2.1"), Packets.Address("224.0.0.5"), 1);
        Assert.AreEqual(DropReason.None, reason);
        byte[] sent = _bench.Ports[2].Sent.Single();
        Assert.HasCount(60, sent);
        Assert.AreEqual("01005E000005" + HostBench.Station2 + "0800", Text(sent[..14]));
        byte[] expected = Packets.Ip("10.0.2.1", "224.0.0.5", Protocol, [0x77], 1, (sent[18] << 8) | sent[19], 0, 0xC0);
        Assert.AreEqual(Text(expected), Text(sent[14..35]));
        Assert.AreEqual(DropReason.MtuExceeded, _bench.Host.Sender.SendPayload(0, 2, Protocol, 48, 1, 1, Packets.Address("224.0.0.5"), 1481));
        _bench.Ports[2].Refuses = true;
        Assert.AreEqual(DropReason.TransportDown, _bench.Host.Sender.SendPayload(0, 2, Protocol, 48, 1, 1, Packets.Address("224.0.0.5"), 1));
    }

    [TestMethod]
    public void A_packet_to_a_neighbor_goes_by_the_forwarding_table_of_its_VRF()
    {
        _bench.Resolve(1, 1, "10.0.0.7", HostBench.Neighbor);
        Frame transmit = _bench.Host.Sender.Transmit;
        transmit.Octets[transmit.Headroom + Ipv4Header.Length] = 0x77;
        Assert.AreEqual(DropReason.None, _bench.Host.Sender.SendPayload(1, 1, Protocol, 48, 1, Packets.Address("10.0.0.1"), Packets.Address("10.0.0.7"), 1));
        Assert.AreEqual(HostBench.Neighbor + HostBench.Station1 + "0800", Text(_bench.Ports[1].Sent.Single()[..14]));
        Assert.AreEqual(DropReason.UnresolvedNeighbor, _bench.Host.Sender.SendPayload(0, 0, Protocol, 48, 1, Packets.Address("10.0.0.1"), Packets.Address("10.0.0.7"), 1));
    }

    private static string Text(byte[] octets) => Convert.ToHexString(octets);

    private void Receive(int port, string station, byte[] packet)
    {
        Frame frame = new(_bench.Capacity.Headroom, _bench.Capacity.MaxFrameLength);
        byte[] octets = Packets.Ethernet(station, HostBench.Neighbor, 0x0800, packet);
        octets.CopyTo(frame.Octets, frame.Headroom);
        frame.Start = frame.Headroom;
        frame.Length = octets.Length;
        new PortableKernel().Burst(_bench.Tables, [frame], 0, 1, port);
        _bench.Host.HandleExceptions(_bench.Now);
    }
}
