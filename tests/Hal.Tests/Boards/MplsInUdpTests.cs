using LabEdge.Boards;
using LabEdge.Hal;

namespace LabEdge.Tests.Boards;

/// <summary>The overlay port: octets on both sides, and two boards that reach each other over it.</summary>
[TestClass]
public sealed class MplsInUdpTests
{
    private const string Ip = "45000014 00000000 4011B6D5 0A000001 0A000002";
    private const string Group = "45000014 00000000 01590000 0A000001 E0000005";

    private static readonly byte[] Mac = [0x02, 0x45, 0x4C, 0x01, 0x02, 0x03];

    // A frame of the router, and the datagram that it becomes.
    [TestMethod]
    [DataRow("02454C010283 02454C010203 8847 00010140 " + Ip, "00010140 " + Ip)]
    [DataRow("02454C010283 02454C010203 8847 00010040 00011140 " + Ip, "00010040 00011140 " + Ip)]
    [DataRow("02454C010283 02454C010203 0800 " + Ip, "000001FF " + Ip)]
    [DataRow("02454C010283 02454C010203 0800 " + Ip + "0000000000000000", "000001FF " + Ip)]
    [DataRow("01005E000005 02454C010203 0800 " + Group, "000001FF " + Group)]
    public void A_frame_becomes_a_datagram(string frame, string datagram)
    {
        TestDatagrams wire = new();
        MplsInUdpPort port = new(wire, Mac);
        Frame sent = ChipFrames.Load(Hex.Octets(frame));
        byte[] before = [.. sent.Octets];
        Assert.IsTrue(port.Send(sent));
        Assert.AreEqual(Hex.Text(Hex.Octets(datagram)), Hex.Text(wire.Sent.Single()));
        CollectionAssert.AreEqual(before, sent.Octets, "the frame is the caller's");
    }

    [TestMethod]
    [DataRow("00010140 " + Ip, "02454C010203 02454C010283 8847 00010140 " + Ip)]
    [DataRow("00010040 00011140 " + Ip, "02454C010203 02454C010283 8847 00010040 00011140 " + Ip)]
    [DataRow("000001FF " + Ip, "02454C010203 02454C010283 0800 " + Ip)]
    [DataRow("000001FF " + Group, "01005E000005 02454C010283 0800 " + Group)]
    [DataRow("000000FF 00011140 " + Ip, "02454C010203 02454C010283 8847 000000FF 00011140 " + Ip)]
    public void A_datagram_becomes_a_frame(string datagram, string frame)
    {
        TestDatagrams wire = new();
        MplsInUdpPort port = new(wire, Mac);
        wire.Waiting.Enqueue(Hex.Octets(datagram));
        Frame received = ChipFrames.Pool(1)[0];
        Array.Fill(received.Octets, (byte)0xA5);
        Assert.IsTrue(port.Receive(received));
        Assert.AreEqual(received.Headroom, received.Start);
        Assert.AreEqual(Hex.Text(Hex.Octets(frame)), Hex.Text(ChipFrames.Content(received)));
        Assert.IsFalse(port.Receive(received));
    }

    [TestMethod]
    public void Every_truncation_of_a_datagram_is_taken_or_counted()
    {
        TestDatagrams wire = new();
        MplsInUdpPort port = new(wire, Mac);
        byte[] whole = Hex.Octets("00010040 00011140 " + Ip);
        Frame frame = ChipFrames.Pool(1)[0];
        for (int length = 1; length <= whole.Length; length++) wire.Waiting.Enqueue(whole[..length]);
        int taken = 0;
        for (int i = 0; i < whole.Length; i++)
        {
            if (port.Receive(frame)) taken++;
        }

        // A stack without its bottom, or with nothing behind it, is none.
        Assert.AreEqual(8u, port.RxDropsStack);
        Assert.AreEqual(whole.Length - 8, taken);
        wire.Waiting.Enqueue(new byte[1500]);
        Assert.IsFalse(port.Receive(frame));
        Assert.AreEqual(1u, port.RxDropsLength);
    }

    [TestMethod]
    public void The_longest_frame_fits_a_packet_of_1500_and_a_longer_one_is_counted()
    {
        TestDatagrams wire = new();
        MplsInUdpPort port = new(wire, Mac);
        byte[] longest = new byte[MplsInUdpPort.LongestFrame];
        Hex.Octets("02454C010283 02454C010203 0800 4500").CopyTo(longest, 0);
        (longest[16], longest[17]) = ((byte)((longest.Length - 14) >> 8), (byte)(longest.Length - 14));
        Assert.IsTrue(port.Send(ChipFrames.Load(longest)));
        Assert.AreEqual(1500 - 20 - 8, wire.Sent[0].Length);
        Assert.IsFalse(port.Send(ChipFrames.Load([.. longest, 0])));
        Assert.AreEqual(1u, port.TxDropsLength);
        wire.Up = false;
        Assert.IsFalse(port.LinkUp);
        Assert.IsFalse(port.Send(ChipFrames.Load(longest)));
        Assert.AreEqual(1u, port.TxDropsRefused);
        longest[12] = 0x86;
        longest[13] = 0xDD;
        Assert.IsFalse(port.Send(ChipFrames.Load(longest)));
        Assert.AreEqual(1u, port.TxDropsType);
    }

    [TestMethod]
    public void Two_boards_reach_each_other_through_the_overlay()
    {
        TestDatagrams left = new();
        TestDatagrams right = new() { Other = left };
        left.Other = right;
        TestBoard one = Board("r1", "10.0.0.1", left);
        TestBoard two = Board("r2", "10.0.0.2", right);
        Assert.Contains("Ethernet3: MPLS in UDP", one.Printed());
        // The first answer finds the neighbour of r2 unresolved, as on a router of IOS: nothing queues.
        Assert.Contains("\n.!!!!\n", Ping(one, two));
        Assert.Contains("Success rate is 100 percent (5/5)", Ping(one, two));
        Assert.IsTrue(left.Sent.All(datagram => datagram[0] == 0 && datagram[1] == 0 && datagram[2] == 1), "only packets under explicit null, no ARP");
        left.Up = false;
        Assert.Contains("down", one.Enter("show interfaces Ethernet3 | include line protocol"));
    }

    [TestMethod]
    public void A_board_without_IP_of_its_own_keeps_the_port_down_and_says_why()
    {
        TestBoard board = Board("r1", "10.0.0.1", null);
        Assert.Contains("Ethernet3 is down: this image has no IP over a MAC of its own", board.Printed());
    }

    private static string Ping(TestBoard one, TestBoard two)
    {
        one.Platform.Type("ping 10.0.0.2");
        for (int i = 0; i < 3000; i++)
        {
            one.Step();
            two.Platform.NowUs = Math.Max(two.Platform.NowUs, one.Platform.NowUs);
            two.Supervisor.Step();
        }

        return one.Printed();
    }

    private static TestBoard Board(string name, string address, TestDatagrams datagrams)
    {
        TestPlatform platform = new() { Overlay = datagrams };
        platform.Wiring = [.. platform.Wiring, "port Ethernet3 mpls-udp 192.0.2.7"];
        platform.Flash.Contents[Supervisor.DeployedFile] = System.Text.Encoding.Latin1.GetBytes($"hostname {name}\ninterface Ethernet3\n ip address {address} 255.255.255.0\n no shutdown\n!\n");
        TestBoard board = new(platform);
        board.Run(300);
        return board;
    }
}
