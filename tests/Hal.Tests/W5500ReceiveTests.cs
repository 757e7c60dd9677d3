using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>From the wire to the router: order, wrap, lies, overflow, interrupts.</summary>
[TestClass]
public class W5500ReceiveTests
{
    [TestMethod]
    public void Nothing_waits_and_nothing_comes()
    {
        W5500Bench bench = new();
        Assert.IsFalse(bench.Port.Receive(new Frame(ChipFrames.Headroom, 1514)));
        Assert.AreEqual(0u, bench.Port.RxFrames);
    }

    [TestMethod]
    public void Every_length_arrives_at_the_headroom_unchanged()
    {
        W5500Bench bench = new();
        Frame frame = new(ChipFrames.Headroom, 1514);
        for (int length = 60; length <= 1514; length++)
        {
            byte[] sent = ChipFrames.Make(length, length);
            bench.Deliver(sent);
            Assert.IsTrue(bench.Port.Receive(frame));
            Assert.AreEqual(ChipFrames.Headroom, frame.Start);
            Assert.AreEqual(length, frame.Length);
            Assert.IsTrue(sent.AsSpan().SequenceEqual(frame.Octets.AsSpan(frame.Start, length)), "length " + length);
        }

        Assert.AreEqual(1455u, bench.Port.RxFrames);
        Assert.AreEqual((uint)Enumerable.Range(60, 1455).Sum(), bench.Port.RxOctets);
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(64)]
    public void Many_queued_frames_come_in_order_by_any_burst(int burst)
    {
        W5500Bench bench = new();
        List<byte[]> sent = [];
        int[] lengths = [60, 1514, 61, 64, 590, 60, 60, 1500, 128, 1514, 1513, 62, 60, 333];
        for (int i = 0; i < lengths.Length; i++)
        {
            sent.Add(ChipFrames.Make(lengths[i], i));
            bench.Deliver(sent[i]);
        }

        ChipFrames.AreSame(sent, bench.Drain(burst));
        Assert.AreEqual(0u, bench.Port.RxResyncs);
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void Frames_that_come_between_bursts_follow_those_that_waited()
    {
        W5500Bench bench = new();
        List<byte[]> sent = [];
        List<byte[]> received = [];
        Frame[] frames = ChipFrames.Pool(2);
        for (int i = 0; i < 500; i++)
        {
            sent.Add(ChipFrames.Make(60 + i * 37 % 1455, i));
            bench.Deliver(sent[i]);
            if (i % 3 == 0) continue;
            int count = bench.Port.ReceiveBurst(frames, 2);
            for (int k = 0; k < count; k++) received.Add(ChipFrames.Content(frames[k]));
        }

        received.AddRange(bench.Drain());
        ChipFrames.AreSame(sent, received);
    }

    [TestMethod]
    [DataRow(16384)]
    [DataRow(65536)]
    public void Frames_wrap_at_every_alignment(int edge)
    {
        // Frames of 1514 lead up to the edge, one of a fitting length ends k octets before it, then two follow across it.
        for (int k = 0; k <= 130; k++)
        {
            W5500Bench bench = new();
            List<byte[]> sent = [];
            int at = 0;
            while (edge - k - at >= 1516 + 62) at = Pass(bench, sent, at, 1514);
            if (edge - k - at > 1516) at = Pass(bench, sent, at, 60);
            at = Pass(bench, sent, at, edge - k - at - 2);
            Assert.AreEqual(edge - k, at);
            byte[] first = ChipFrames.Make(60, k);
            byte[] second = ChipFrames.Make(61 + k, k + 1);
            bench.Deliver(first);
            bench.Deliver(second);
            ChipFrames.AreSame([first, second], bench.Drain(), "edge " + edge + " less " + k);
            Assert.AreEqual(0u, bench.Port.RxResyncs);
        }
    }

    // total counts both octets of the length header
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(61)]
    [DataRow(63)]
    [DataRow(1516)]
    [DataRow(1517)]
    [DataRow(32768)]
    [DataRow(65535)]
    public void A_length_header_that_cannot_be_true_costs_what_waits_and_no_more(int total)
    {
        W5500Bench bench = new();
        bench.Chip.Socket.NextLengthHeader = total;
        bench.Deliver(ChipFrames.Make(60));
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(1u, bench.Port.RxResyncs);
        Assert.AreEqual(62u, bench.Port.RxResyncOctets);
        byte[] next = ChipFrames.Make(700, 1);
        bench.Deliver(next);
        ChipFrames.AreSame([next], bench.Drain());
        Assert.AreEqual(0u, bench.Port.Reopens);
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void A_lie_behind_a_good_frame_does_not_take_the_good_one()
    {
        W5500Bench bench = new();
        byte[] good = ChipFrames.Make(100);
        bench.Deliver(good);
        bench.Chip.Socket.NextLengthHeader = 5000;
        bench.Deliver(ChipFrames.Make(200, 1));
        bench.Deliver(ChipFrames.Make(300, 2));
        ChipFrames.AreSame([good], bench.Drain());
        Assert.AreEqual(202u + 302u, bench.Port.RxResyncOctets);
    }

    [TestMethod]
    public void Every_length_header_is_survived_and_the_port_gets_back_in_step()
    {
        for (int total = 0; total < 65536; total += total < 1600 ? 1 : 97)
        {
            W5500Bench bench = new();
            bench.Chip.Socket.NextLengthHeader = total;
            for (int i = 0; i < 5; i++) bench.Deliver(ChipFrames.Make(60 + 50 * i, i));
            bench.Drain();
            byte[] next = ChipFrames.Make(777, 9);
            bench.Deliver(next);
            List<byte[]> after = bench.Drain();
            Assert.AreEqual(Hex.Text(next), Hex.Text(after[^1]), "total " + total);
            Assert.HasCount(1, after);
        }
    }

    [TestMethod]
    public void Lies_in_a_row_open_the_socket_anew()
    {
        W5500Bench bench = new();
        for (int i = 0; i < W5500Port.ResyncsBeforeReopen; i++)
        {
            bench.Chip.Socket.NextLengthHeader = 3;
            bench.Deliver(ChipFrames.Make(60));
            Assert.IsEmpty(bench.Drain());
        }

        Assert.AreEqual(1u, bench.Port.Reopens);
        Assert.AreEqual(W5500State.Ready, bench.Port.State);
        byte[] next = ChipFrames.Make(60, 5);
        bench.Deliver(next);
        ChipFrames.AreSame([next], bench.Drain());
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(next)));
        ChipFrames.AreSame([next], bench.Sent);
    }

    [TestMethod]
    public void An_overflow_loses_the_newest_and_keeps_the_order()
    {
        W5500Bench bench = new();
        List<byte[]> kept = [];
        for (int i = 0; i < 300; i++)
        {
            byte[] octets = ChipFrames.Make(60, i);
            bench.Deliver(octets);
            if (i < 16384 / 62) kept.Add(octets);
        }

        Assert.AreEqual(300 - 264, bench.Chip.Socket.DropsOverflow);
        ChipFrames.AreSame(kept, bench.Drain());
        bench.Deliver(kept[7]);
        ChipFrames.AreSame([kept[7]], bench.Drain());
    }

    [TestMethod]
    public void A_completely_full_buffer_is_read()
    {
        W5500Bench bench = new();
        List<byte[]> sent = [];
        for (int i = 0; i < 10; i++) sent.Add(ChipFrames.Make(1514, i));
        sent.Add(ChipFrames.Make(16384 - 10 * 1516 - 2, 10));
        foreach (byte[] octets in sent) bench.Deliver(octets);
        ChipFrames.AreSame(sent, bench.Drain());
    }

    [TestMethod]
    public void A_torn_size_is_read_again()
    {
        W5500Bench bench = new();
        List<byte[]> sent = [];
        for (int i = 0; i < 5; i++)
        {
            // The last one moves the size from 00F8 to 0136: torn, it reads 0036.
            sent.Add(ChipFrames.Make(60, i));
            bench.Deliver(sent[i]);
        }

        bench.Chip.Socket.TornSizeReads = 1;
        ChipFrames.AreSame(sent, bench.Drain());
        Assert.AreEqual(1u, bench.Port.RxTornReads);
        Assert.AreEqual(0u, bench.Port.RxResyncs);
    }

    [TestMethod]
    public void A_command_that_the_chip_takes_late_is_waited_for()
    {
        W5500Bench bench = new();
        bench.Chip.Socket.NanosecondsPerCommand = 400_000;
        List<byte[]> sent = [];
        for (int i = 0; i < 20; i++)
        {
            sent.Add(ChipFrames.Make(200, i));
            bench.Deliver(sent[i]);
        }

        ChipFrames.AreSame(sent, bench.Drain(1));
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void A_frame_longer_than_the_callers_buffer_is_dropped_and_the_next_one_comes()
    {
        W5500Bench bench = new();
        byte[] fits = ChipFrames.Make(100, 1);
        bench.Deliver(ChipFrames.Make(101));
        bench.Deliver(ChipFrames.Make(1514));
        bench.Deliver(fits);
        Frame small = new(ChipFrames.Headroom, 100);
        Assert.IsTrue(bench.Port.Receive(small));
        Assert.AreEqual(Hex.Text(fits), Hex.Text(ChipFrames.Content(small)));
        Assert.AreEqual(2u, bench.Port.RxDropsNoFit);
    }

    [TestMethod]
    public void A_buffer_without_headroom_is_refused_and_the_frame_stays()
    {
        W5500Bench bench = new();
        bench.Deliver(ChipFrames.Make(60));
        Assert.IsFalse(bench.Port.Receive(new Frame(4, 1514)));
        Assert.AreEqual(1u, bench.Port.RxRefusedNoHeadroom);
        Assert.IsTrue(bench.Port.Receive(new Frame(5, 1514)));
    }

    [TestMethod]
    public void Octets_left_of_the_header_space_and_right_of_the_tailroom_stay()
    {
        W5500Bench bench = new();
        for (int length = 60; length <= 1514; length += 7)
        {
            Frame frame = new(ChipFrames.Headroom, 1514);
            Array.Fill(frame.Octets, (byte)0xA5);
            bench.Deliver(ChipFrames.Make(length));
            Assert.IsTrue(bench.Port.Receive(frame));
            Assert.AreEqual(-1, frame.Octets.AsSpan(0, ChipFrames.Headroom - 5).IndexOfAnyExcept((byte)0xA5));
            Assert.AreEqual(-1, frame.Octets.AsSpan(ChipFrames.Headroom + length + 4).IndexOfAnyExcept((byte)0xA5));
        }
    }

    [TestMethod]
    public void Promiscuous_passes_all_and_the_filter_passes_what_the_chip_says()
    {
        (string Destination, bool Filtered)[] rows =
        [
            ("020000550001", false), ("FFFFFFFFFFFF", false), ("01005E000005", false), ("333300000001", false),
            ("020000550002", true), ("0180C200000E", true), ("0180C2000014", true),
        ];
        foreach (bool promiscuous in new[] { true, false })
        {
            W5500Bench bench = new();
            Assert.IsTrue(bench.Port.SetPromiscuous(promiscuous));
            foreach ((string destination, bool filtered) in rows)
            {
                byte[] octets = ChipFrames.Make(80);
                Hex.Octets(destination).CopyTo(octets, 0);
                bench.Deliver(octets);
                Assert.HasCount(promiscuous || !filtered ? 1 : 0, bench.Drain(), destination + " promiscuous " + promiscuous);
            }
        }
    }

    [TestMethod]
    public void The_filter_is_kept_over_a_start()
    {
        W5500Bench bench = new(start: false);
        bench.Port.SetPromiscuous(false);
        Assert.AreEqual(W5500State.Ready, bench.Start());
        byte[] octets = ChipFrames.Make(60);
        octets[5] ^= 1;
        bench.Deliver(octets);
        Assert.AreEqual(1, bench.Chip.Socket.DropsFiltered);
    }

    [TestMethod]
    public void An_idle_port_with_INT_costs_no_transfers_until_a_frame_comes()
    {
        W5500Bench bench = new();
        bench.Drain();
        bench.Chip.ResetCounts();
        for (int i = 0; i < 100; i++) Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(0, bench.Chip.Transfers);
        bench.Deliver(ChipFrames.Make(60));
        Assert.IsFalse(bench.Chip.InterruptPin.Read());
        Assert.HasCount(1, bench.Drain());
        Assert.IsTrue(bench.Chip.InterruptPin.Read(), "released");
        bench.Chip.ResetCounts();
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(0, bench.Chip.Transfers, "quiet again");
    }

    [TestMethod]
    public void A_frame_that_comes_while_another_is_acknowledged_is_not_forgotten()
    {
        W5500Bench bench = new();
        bench.Drain();
        bench.Deliver(ChipFrames.Make(60));
        byte[] late = ChipFrames.Make(70, 1);
        bench.Bus.BeforeWrite = (_, _, _) =>
        {
            bench.Bus.BeforeWrite = null;
            bench.Deliver(late);
        };
        Frame frame = new(ChipFrames.Headroom, 1514);
        Assert.IsTrue(bench.Port.Receive(frame));
        Assert.IsTrue(bench.Chip.InterruptPin.Read(), "its RECV went with the other's");
        Assert.IsTrue(bench.Port.Receive(frame));
        Assert.AreEqual(Hex.Text(late), Hex.Text(ChipFrames.Content(frame)));
    }

    [TestMethod]
    public void A_length_header_misread_in_advance_costs_a_second_read_and_no_frame()
    {
        W5500Bench bench = new();
        List<byte[]> sent = [ChipFrames.Make(60), ChipFrames.Make(1514, 1), ChipFrames.Make(100, 2)];
        foreach (byte[] octets in sent) bench.Deliver(octets);
        bench.Bus.AfterTransfer = (octets, offset, count) =>
        {
            // The first read of the RX buffer: SPI header, length, 60 octets, then the next length, now 62 in place of 1516.
            if (octets[offset + 3] != 0x00 || octets[offset + 4] != 0x3E) return;
            (octets[offset + 65], octets[offset + 66]) = (0x00, 0x3E);
            bench.Bus.AfterTransfer = null;
        };
        ChipFrames.AreSame(sent, bench.Drain());
        Assert.AreEqual(0u, bench.Port.RxResyncs);
        Assert.IsNull(bench.Bus.AfterTransfer, "meddled");
    }

    [TestMethod]
    public void A_lost_interrupt_delays_a_frame_by_no_more_than_the_quiet_time()
    {
        W5500Bench bench = new(start: false);
        W5500Port port = new(bench.Chip, null, new StuckPin(), bench.Chip.Time, ChipFrames.Mac);
        while (port.Start() == W5500State.Busy) bench.Chip.Advance(1_000_000);
        Frame frame = new(ChipFrames.Headroom, 1514);
        for (int i = 0; i < 5; i++) Assert.IsFalse(port.Receive(frame));
        bench.Deliver(ChipFrames.Make(60));
        Assert.IsFalse(port.Receive(frame));
        bench.Chip.Advance((W5500Port.QuietMs + 1) * 1_000_000L);
        Assert.IsTrue(port.Receive(frame));
    }

    // Delivers one frame, receives it, and answers where the next one will begin.
    private static int Pass(W5500Bench bench, List<byte[]> sent, int at, int length)
    {
        byte[] octets = ChipFrames.Make(length, at);
        sent.Add(octets);
        bench.Deliver(octets);
        ChipFrames.AreSame([octets], bench.Drain(1));
        return at + length + 2;
    }

    private sealed class StuckPin : IInputPin
    {
        public bool Read() => true;
    }
}
