using System.Net;
using System.Net.Sockets;
using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

[TestClass]
public class UdpPortTests
{
    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("localhost")]
    [DataRow("[::1]")]
    public void Frames_pass_both_ways_octet_for_octet_tagged_too(string host)
    {
        (int first, int second) = FreePorts();
        using UdpPort left = new(first, host, second, 9018, 1600);
        using UdpPort right = new(second, host, first, 9018, 1600);
        Assert.IsTrue(left.LinkUp);
        PortFrames.Pass(left, right, 1614);
        PortFrames.Pass(right, left, 1614);
        Assert.AreEqual(0, PortFrames.AllocatedBy(left, right, 500));
    }

    [TestMethod]
    public void A_datagram_is_the_bare_frame_and_only_the_far_end_is_heard()
    {
        (int own, int far) = FreePorts();
        using UdpPort port = new(own, "127.0.0.1", far, 1514);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, far));
        using UdpClient stranger = new(new IPEndPoint(IPAddress.Loopback, 0));
        Frame frame = new(112, 1514);
        PortFrames.Fill(frame, 60, "88B5");
        Assert.IsTrue(port.Send(frame));
        port.Flush();
        IPEndPoint from = null;
        CollectionAssert.AreEqual(PortFrames.Octets(frame), peer.Receive(ref from));
        Assert.AreEqual(own, from.Port);

        stranger.Send(new byte[60], 60, new IPEndPoint(IPAddress.Loopback, own));
        peer.Send(new byte[13], 13, from);
        peer.Send(new byte[1519], 1519, from);
        peer.Send(new byte[1518], 1518, from);
        Frame long1518 = new(112, 1518);
        Assert.AreEqual(1, PortFrames.Receive(port, [long1518], 1));
        Assert.AreEqual(1518, long1518.Length);
        Assert.AreEqual(2, port.TooLong, "one too short for a frame, one too long; not the stranger's");
        Assert.AreEqual(1, port.FramesReceived);
    }

    /// <summary>Frames that are not Ethernet: a SLARP keepalive and an IP packet in Cisco HDLC, LCP in PPP, and the shortest of all.</summary>
    internal static IReadOnlyList<byte[]> SerialFrames { get; } =
    [
        Convert.FromHexString("8F0080350000000200000001000000000000FFFF"),
        Convert.FromHexString("0F000800" + "45000014000000004001F96C0A0000010A000002"),
        Convert.FromHexString("FF03C021" + "0101000A05060000BEEF"),
        [0x7E],
    ];

    [TestMethod]
    public void Serial_frames_cross_unchanged_between_two_ports_of_their_kind()
    {
        (int first, int second) = FreePorts();
        using UdpPort left = new(first, "127.0.0.1", second, 1514, kind: LinkKind.Hdlc);
        using UdpPort right = new(second, "127.0.0.1", first, 1514, kind: LinkKind.Hdlc);
        Assert.AreEqual(LinkKind.Hdlc, left.Kind);
        Frame frame = new(16, 1514);
        foreach (byte[] octets in SerialFrames)
        {
            octets.CopyTo(frame.Octets, frame.Headroom);
            frame.Start = frame.Headroom;
            frame.Length = octets.Length;
            Assert.IsTrue(left.Send(frame));
            left.Flush();
            Assert.AreEqual(1, PortFrames.Receive(right, [frame], 1));
            CollectionAssert.AreEqual(octets, PortFrames.Octets(frame));
        }
    }

    [TestMethod]
    public void A_peer_that_closes_and_comes_back_is_heard_again()
    {
        (int own, int far) = FreePorts();
        using UdpPort port = new(own, "127.0.0.1", far, 1514);
        Frame frame = new(112, 1514);
        PortFrames.Fill(frame, 60, "88B5");
        for (int i = 0; i < 3; i++)
        {
            // Nobody is there: the system says so at a later call.
            port.Send(frame);
            port.Flush();
            port.ReceiveBurst([frame], 1);
        }

        using UdpPort peer = new(far, "127.0.0.1", own, 1514);
        PortFrames.Pass(peer, port, 1518);
        PortFrames.Pass(port, peer, 1518);
        Assert.IsTrue(port.LinkUp);
        Assert.AreEqual(3 + 21, port.FramesSent + port.SendRefused);
    }

    [TestMethod]
    public void What_nobody_takes_is_dropped_by_the_kernel_and_counted()
    {
        (int own, int far) = FreePorts();
        using UdpPort port = new(own, "127.0.0.1", far, 9018, 9000);
        using UdpPort peer = new(far, "127.0.0.1", own, 9018, 9000);
        Frame frame = new(112, 9018);
        PortFrames.Fill(frame, 9000, "88B5");
        const int sent = 4000;
        for (int i = 0; i < sent; i++)
        {
            peer.Send(frame);
            peer.Flush();
        }

        int came = 0;
        while (port.ReceiveBurst([frame], 1) == 1) came++;
        port.ReadKernelDrops();
        Assert.IsGreaterThan(0, port.KernelDrops);
        Assert.AreEqual(sent, came + port.KernelDrops + peer.SendRefused);
    }

    [TestMethod]
    public void Ends_that_cannot_be_are_refused_in_words()
    {
        (int own, int far) = FreePorts();
        using UdpPort port = new(own, "127.0.0.1", far, 1514);
        PortException taken = Assert.ThrowsExactly<PortException>(() => new UdpPort(own, "127.0.0.1", far, 1514));
        StringAssert.Contains(taken.Message, $"cannot use local port {own}");
        PortException unknown = Assert.ThrowsExactly<PortException>(() => new UdpPort(far, "no.such.host.invalid", own, 1514));
        StringAssert.Contains(unknown.Message, "no.such.host.invalid");
    }

    [TestMethod]
    public void Its_address_is_its_own_and_the_same_at_every_start()
    {
        (int first, int second) = FreePorts();
        byte[][] addresses = [new byte[6], new byte[6], new byte[6], new byte[6]];
        using (UdpPort port = new(first, "127.0.0.1", second, 1514)) port.GetAddress(addresses[0], 0);
        using (UdpPort port = new(first, "127.0.0.1", second, 1514)) port.GetAddress(addresses[1], 0);
        using (UdpPort port = new(second, "127.0.0.1", first, 1514)) port.GetAddress(addresses[2], 0);
        using (UdpPort port = new(first, "127.0.0.1", second, 1514, address: [2, 0, 0, 0, 0, 9])) port.GetAddress(addresses[3], 0);
        CollectionAssert.AreEqual(addresses[0], addresses[1]);
        CollectionAssert.AreNotEqual(addresses[0], addresses[2]);
        Assert.AreEqual(2, addresses[0][0] & 3);
        Assert.AreEqual("02000000 0009", Hex.Text(addresses[3]));
    }

    // Free a moment ago: two sockets that the system gave ports to.
    internal static (int First, int Second) FreePorts()
    {
        using UdpClient first = new(new IPEndPoint(IPAddress.Any, 0));
        using UdpClient second = new(new IPEndPoint(IPAddress.Any, 0));
        return (((IPEndPoint)first.Client.LocalEndPoint).Port, ((IPEndPoint)second.Client.LocalEndPoint).Port);
    }
}
