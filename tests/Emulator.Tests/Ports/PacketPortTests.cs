using LabEdge.Emulator;
using LabEdge.Emulator.Commands;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

/// <summary>AF_PACKET ports over a veth pair of this machine. Needs root; says so where it is not there.</summary>
[TestClass]
public class PacketPortTests
{
    private static readonly string Left = VethPair.Name("pl");
    private static readonly string Right = VethPair.Name("pr");

    [TestInitialize]
    public void MakePair() => VethPair.Make(Left, Right);

    [TestCleanup]
    public void RemovePair() => VethPair.Remove(Left);

    [TestMethod]
    public void Address_and_mtu_are_the_interfaces_own_up_to_the_routers_buffer()
    {
        using PacketPort port = new(Left, 9018);
        byte[] address = new byte[7];
        port.GetAddress(address, 1);
        Assert.AreEqual("00020000 000A01", Hex.Text(address));
        Assert.AreEqual(1614, port.MaxFrameLength);
        using PacketPort small = new(Right, 1514);
        Assert.AreEqual(1514, small.MaxFrameLength);
    }

    [TestMethod]
    public void Frames_pass_whole_in_bursts_and_our_own_are_not_seen()
    {
        using PacketPort left = new(Left, 9018);
        using PacketPort right = new(Right, 9018);
        Frame frame = new(112, 9018);
        for (int i = 0; i < 10; i++)
        {
            PortFrames.Fill(frame, 60 + i, "88B5");
            Assert.IsTrue(left.Send(frame));
        }

        left.Flush();
        Frame[] burst = [.. Enumerable.Range(0, 8).Select(_ => new Frame(112, 9018))];
        List<byte[]> came = [];
        SpinWait.SpinUntil(() =>
        {
            int count = right.ReceiveBurst(burst, 8);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(112, burst[i].Start);
                came.Add(burst[i].Octets[112..(112 + burst[i].Length)]);
            }

            return came.Count >= 10;
        }, 2000);
        Assert.HasCount(10, came);
        for (int i = 0; i < 10; i++)
        {
            PortFrames.Fill(frame, 60 + i, "88B5");
            CollectionAssert.AreEqual(frame.Octets[112..(112 + frame.Length)], came[i]);
        }

        Assert.AreEqual(0, left.ReceiveBurst(burst, 8));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Frames_pass_both_ways_octet_for_octet_tagged_too_and_nothing_is_allocated(bool bypass)
    {
        using PacketPort left = new(Left, 9018, bypass);
        using PacketPort right = new(Right, 9018, bypass);
        PortFrames.Pass(left, right, 1614);
        PortFrames.Pass(right, left, 1614);
        Assert.AreEqual(0, PortFrames.AllocatedBy(left, right, 6000));
        Assert.AreEqual(left.FramesSent, right.FramesReceived);
        Assert.AreEqual(0, left.SendRefused);
    }

    // 8 MiB of ring, filled with nobody taking anything: what came and what is counted as dropped is all that was sent.
    [TestMethod]
    public void What_nobody_takes_is_dropped_by_the_kernel_and_counted()
    {
        using PacketPort left = new(Left, 9018);
        using PacketPort right = new(Right, 9018);
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 1600, "88B5");
        const int sent = 9000;
        for (int i = 0; i < sent; i++)
        {
            left.Send(frame);
            if (i % 64 == 63) left.Flush();
        }

        left.Flush();
        Frame[] burst = [.. Enumerable.Range(0, 32).Select(_ => new Frame(112, 1614))];
        int came = 0;
        int some;
        while ((some = PortFrames.Receive(right, burst, 32)) > 0) came += some;
        right.ReadKernelDrops();
        Assert.IsGreaterThan(0, right.KernelDrops);
        Assert.AreEqual(sent, came + right.KernelDrops + left.SendRefused);

        // And goes on.
        Assert.IsTrue(left.Send(frame));
        left.Flush();
        Assert.AreEqual(1, PortFrames.Receive(right, burst, 32));
    }

    [TestMethod]
    public void An_interface_that_is_taken_away_leaves_a_port_that_is_down()
    {
        using PacketPort left = new(Left, 9018);
        VethPair.Remove(Right);
        left.TakeError();
        Assert.IsFalse(left.LinkUp);
        Frame frame = new(112, 1614);
        PortFrames.Fill(frame, 60, "88B5");
        Assert.IsFalse(left.Send(frame));
        Assert.AreEqual(0, left.ReceiveBurst([frame], 1));
        Assert.AreEqual(1, left.SendRefused);
        left.Dispose();
        left.Dispose();
    }

    [TestMethod]
    [DataRow("8100")]
    [DataRow("88A8")]
    public void A_vlan_tag_that_the_kernel_took_out_is_put_back(string type)
    {
        using PacketPort left = new(Left, 9018);
        using PacketPort right = new(Right, 9018);
        Frame frame = new(112, 9018);
        PortFrames.Fill(frame, 100, type + "A064" + "88B5");
        Assert.IsTrue(left.Send(frame));
        left.Flush();
        Frame received = new(112, 9018);
        Assert.AreEqual(1, PortFrames.Receive(right, [received], 1));
        CollectionAssert.AreEqual(frame.Octets[112..212], received.Octets[112..(112 + received.Length)]);
    }

    [TestMethod]
    public void A_frame_longer_than_the_buffer_is_dropped_and_counted()
    {
        using PacketPort left = new(Left, 9018);
        using PacketPort right = new(Right, 1514);
        Frame frame = new(112, 9018);
        PortFrames.Fill(frame, 1600, "88B5");
        Assert.IsTrue(left.Send(frame));
        PortFrames.Fill(frame, 64, "88B5");
        Assert.IsTrue(left.Send(frame));
        left.Flush();
        Frame received = new(112, 1514);
        Assert.AreEqual(1, PortFrames.Receive(right, [received], 1));
        Assert.AreEqual(64, received.Length);
        Assert.AreEqual(1, right.TooLong);

        // And one longer than the interface takes is not sent.
        PortFrames.Fill(frame, 1614 + 5, "88B5");
        Assert.IsFalse(left.Send(frame));
        Assert.AreEqual(1, left.SendRefused);
        Assert.AreEqual(2, left.FramesSent);
    }

    [TestMethod]
    public void The_link_goes_down_with_the_other_end_and_the_watch_tells()
    {
        using PacketPort left = new(Left, 9018);
        using LinkWatch watch = new();
        Assert.IsTrue(left.LinkUp);
        VethPair.Ip($"link set {Right} down");

        // The kernel tells more than once: of the other end first, and of this one when its carrier is gone.
        Assert.IsTrue(SpinWait.SpinUntil(() =>
        {
            if (watch.Drain()) left.RefreshLink();
            return !left.LinkUp;
        }, 5000));
        Frame frame = new(112, 9018);
        Assert.AreEqual(0, left.ReceiveBurst([frame], 1));
    }

    [TestMethod]
    public void Promiscuous_goes_to_the_interface_and_back()
    {
        using PacketPort left = new(Left, 9018);
        Assert.IsTrue(left.SetPromiscuous(true));
        Assert.AreEqual(0x100, Flags() & 0x100);
        Assert.IsTrue(left.SetPromiscuous(false));
        Assert.AreEqual(0, Flags() & 0x100);
    }

    // The sender leaves the sum to its interface, as every Linux host does on a veth (tx offload is on).
    [TestMethod]
    [DataRow("udp", 17)]
    [DataRow("tcp", 6)]
    public void A_checksum_that_a_local_sender_left_open_is_completed(string protocol, int number)
    {
        string space = VethPair.Name("ns");
        using PacketPort right = new(Right, 9018);
        VethPair.Ip($"netns del {space}");
        if (VethPair.Ip($"netns add {space}") != 0) Assert.Inconclusive("no network namespaces here (ip netns add)");
        try
        {
            Assert.AreEqual(0, VethPair.Ip($"link set {Left} netns {space}"));
            Assert.AreEqual(0, VethPair.Ip($"-n {space} link set {Left} up"));
            Assert.AreEqual(0, VethPair.Ip($"-n {space} addr add 10.254.77.1/24 dev {Left}"));
            Assert.AreEqual(0, VethPair.Ip($"-n {space} neigh add 10.254.77.2 lladdr 02:00:00:00:0b:01 nud permanent dev {Left}"));
            Assert.IsTrue(SpinWait.SpinUntil(() => File.ReadAllText($"/sys/class/net/{Right}/operstate").StartsWith("up"), 5000));
            Thread.Sleep(100);
            VethPair.Run("timeout", $"1 ip netns exec {space} bash -c \"echo hello > /dev/{protocol}/10.254.77.2/5000\"");

            Frame frame = new(112, 9018);
            byte[] packet = null;
            while (packet == null && PortFrames.Receive(right, [frame], 1) == 1)
            {
                int ip = frame.Start + 14;
                if (frame.Octets[ip - 2] == 8 && frame.Octets[ip + 9] == number) packet = frame.Octets[ip..(frame.Start + frame.Length)];
            }

            Assert.IsNotNull(packet, "nothing came");
            Assert.AreEqual(0xFFFF, TransportChecksumTests.SumWithPseudoHeader(packet), Hex.Text(packet));
            Assert.IsGreaterThanOrEqualTo(1, right.ChecksumsCompleted);
            Assert.AreEqual(0, right.ChecksumsOpen);
        }
        finally
        {
            // A namespace goes a moment after its deletion; the pair has to be gone for the next test.
            VethPair.Ip($"-n {space} link del {Left}");
            VethPair.Ip($"netns del {space}");
        }
    }

    // As a host with a VLAN interface would send it: the segment is still open, and the kernel takes the tag out.
    [TestMethod]
    public void An_open_checksum_behind_a_tag_that_the_kernel_took_out_is_completed()
    {
        using PacketPort right = new(Right, 9018);
        byte[] open = Hex.Octets("020000000B01 020000000A01 8100 0064 0800 4500 0021 0000 4000 4011 0000 0A010101 0A010202 C001 1388 000D 1723 6865 6C6C 6F"
            + new string('0', 60));
        OpenChecksum.Send(Left, open, segment: 38, field: 6);
        OpenChecksum.Send(Left, Hex.Octets("020000000B01 020000000A01 88B5" + new string('0', 100)), segment: 60, field: 2);
        Frame first = new(112, 9018);
        Frame second = new(112, 9018);
        Assert.AreEqual(1, PortFrames.Receive(right, [first], 1));
        Assert.AreEqual(1, PortFrames.Receive(right, [second], 1));
        Assert.AreEqual("81000064 0800", Hex.Text(first.Octets, first.Start + 12, 6));
        Assert.AreEqual(0xFFFF, TransportChecksumTests.SumWithPseudoHeader(first.Octets[(first.Start + 18)..(first.Start + first.Length)]));
        Assert.AreEqual(1, right.ChecksumsCompleted);
        Assert.AreEqual(1, right.ChecksumsOpen, "88B5 holds no segment");
    }

    [TestMethod]
    public void A_link_that_came_up_before_the_watch_was_opened_is_noticed()
    {
        VethPair.Ip($"link set {Right} down");
        RouterSettings settings = new() { Kernel = LabOptions.Net, Seconds = 0.2 };
        using RealRouter router = new(settings, Capacity.Small(), PortRequest.Read([$"Ethernet1=packet:{Left}"], 1, []));
        Assert.IsFalse(router.Ports[0].LinkUp);
        VethPair.Ip($"link set {Right} up");
        Assert.IsTrue(SpinWait.SpinUntil(() => File.ReadAllText($"/sys/class/net/{Left}/operstate").StartsWith("up"), 5000));
        Thread.Sleep(200);
        new RouterLoop(router, settings.Seconds).Run(TextWriter.Null);
        Assert.IsTrue(router.Ports[0].LinkUp);
        Assert.IsTrue(router.Router.Control.IsUp(0));
    }

    [TestMethod]
    public void An_interface_that_is_not_there_is_said_to_be_missing()
    {
        PortException exception = Assert.ThrowsExactly<PortException>(() => new PacketPort("nosuch0", 1514));
        StringAssert.Contains(exception.Message, "\"nosuch0\"");
    }

    private static int Flags() => Convert.ToInt32(File.ReadAllText($"/sys/class/net/{Left}/flags").Trim(), 16);
}
