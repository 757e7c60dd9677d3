using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;

namespace LabEdge.Tests;

/// <summary>Between the wire and the router, both ways: order, wrap, lies, overflow, interrupts, collisions.</summary>
[TestClass]
public class Enc28j60TrafficTests
{
    [TestMethod]
    public void Every_length_arrives_at_the_headroom_unchanged()
    {
        Enc28j60Bench bench = new();
        Frame frame = new(ChipFrames.Headroom, 1514);
        for (int length = 60; length <= 1514; length++)
        {
            byte[] sent = ChipFrames.Make(length, length);
            bench.Deliver(sent);
            Assert.IsTrue(bench.Port.Receive(frame), "length " + length);
            Assert.AreEqual(ChipFrames.Headroom, frame.Start);
            Assert.AreEqual(length, frame.Length);
            Assert.IsTrue(sent.AsSpan().SequenceEqual(frame.Octets.AsSpan(frame.Start, length)), "length " + length);
        }

        Assert.AreEqual(1455u, bench.Port.RxFrames);
        bench.NoMisuse();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(64)]
    public void Many_queued_frames_come_in_order_by_any_burst_round_and_round_the_ring(int burst)
    {
        Enc28j60Bench bench = new();
        int[] lengths = [60, 1514, 61, 64, 590, 60, 60, 1500, 128, 333, 333, 333, 62];
        for (int round = 0; round < 50; round++)
        {
            List<byte[]> sent = [];
            for (int i = 0; i < lengths.Length; i++)
            {
                sent.Add(ChipFrames.Make(lengths[(i + round) % lengths.Length], i + round));
                bench.Deliver(sent[i]);
            }

            ChipFrames.AreSame(sent, bench.Drain(burst), "round " + round);
        }

        Assert.AreEqual(0, bench.Chip.Buffer.DropsOverflow);
        Assert.AreEqual(0u, bench.Port.RxResyncs);
        bench.NoMisuse();
    }

    [TestMethod]
    public void A_frame_longer_than_the_buffer_is_dropped_and_counted_and_the_next_one_is_whole()
    {
        Enc28j60Bench bench = new();
        Frame[] small = [new Frame(ChipFrames.Headroom, 64), new Frame(ChipFrames.Headroom, 64)];
        bench.Deliver(ChipFrames.Make(700));
        bench.Deliver(ChipFrames.Make(62, 2));
        Assert.AreEqual(1, bench.Port.ReceiveBurst(small, 2));
        Assert.AreEqual(Hex.Text(ChipFrames.Make(62, 2)), Hex.Text(ChipFrames.Content(small[0])));
        Assert.AreEqual(1u, bench.Port.RxDropsNoFit);
        bench.Deliver(ChipFrames.Make(60, 3));
        Assert.AreEqual(0, bench.Port.ReceiveBurst([new Frame(6, 1514)], 1), "6 octets of headroom");
        Assert.AreEqual(1u, bench.Port.RxRefusedNoHeadroom);
        Assert.HasCount(1, bench.Drain());
        bench.NoMisuse();
    }

    [TestMethod]
    public void A_ring_that_overflows_is_noticed_and_frames_go_on_coming()
    {
        Enc28j60Bench bench = new();
        List<byte[]> sent = [];
        for (int i = 0; i < 8; i++)
        {
            byte[] octets = ChipFrames.Make(1514, i);
            long before = bench.Chip.Buffer.FramesQueued;
            bench.Deliver(octets);
            if (bench.Chip.Buffer.FramesQueued != before) sent.Add(octets);
        }

        Assert.HasCount(4, sent);
        bench.Rest(Enc28j60Port.LinkCheckMs + 1);
        ChipFrames.AreSame(sent, bench.Drain());
        Assert.AreEqual(1u, bench.Port.RxOverflows);
        bench.Deliver(ChipFrames.Make(1514, 9));
        Assert.HasCount(1, bench.Drain());
        bench.NoMisuse();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(63)]
    [DataRow(1519)]
    [DataRow(0xFFFF)]
    public void A_count_that_lies_costs_what_waits_and_nothing_more(int count)
    {
        Enc28j60Bench bench = new();
        bench.Chip.Buffer.NextCount = count;
        bench.Deliver(ChipFrames.Make(600));
        bench.Deliver(ChipFrames.Make(80));
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(1u, bench.Port.RxResyncs);
        Assert.AreEqual(2u, bench.Port.RxResyncFrames);
        for (int i = 0; i < 20; i++) bench.Deliver(ChipFrames.Make(200, i));
        Assert.HasCount(20, bench.Drain());
        bench.NoMisuse();
    }

    [TestMethod]
    public void A_wrong_CRC_does_not_pass()
    {
        Enc28j60Bench bench = new();
        bench.Deliver(ChipFrames.Make(60), crcRight: false);
        bench.Deliver(ChipFrames.Make(61));
        Assert.HasCount(1, bench.Drain());
        Assert.AreEqual(1, bench.Chip.Buffer.DropsFiltered);
    }

    [TestMethod]
    public void The_filter_passes_own_group_and_broadcast_and_promiscuous_all()
    {
        Enc28j60Bench bench = new();
        byte[] other = ChipFrames.Make(60);
        other[5] ^= 1;
        byte[] group = ChipFrames.Make(60);
        group[0] = 0x33;
        byte[] all = ChipFrames.Make(60);
        all.AsSpan(0, 6).Fill(0xFF);
        foreach ((bool on, int expected) in new[] { (true, 4), (false, 3), (true, 4) })
        {
            Assert.IsTrue(bench.Port.SetPromiscuous(on));
            foreach (byte[] octets in new[] { ChipFrames.Make(60), other, group, all }) bench.Deliver(octets);
            Assert.HasCount(expected, bench.Drain());
        }

        Assert.AreEqual(Enc28j60State.Ready, bench.Start(), "kept over Start");
        bench.Deliver(other);
        Assert.HasCount(1, bench.Drain());
        bench.NoMisuse();
    }

    [TestMethod]
    public void A_silent_packet_flag_costs_time_and_no_frame()
    {
        Enc28j60Bench bench = new();
        Assert.IsEmpty(bench.Drain());
        bench.Chip.PacketFlagSilent = true;
        bench.Deliver(ChipFrames.Make(60));
        Assert.IsEmpty(bench.Drain(), "the hint is believed for a while");
        bench.Rest(Enc28j60Port.QuietMs);
        Assert.HasCount(1, bench.Drain());
    }

    [TestMethod]
    public void A_high_interrupt_saves_polls()
    {
        Enc28j60Bench bench = new();
        bench.Drain();
        bench.Chip.ResetCounts();
        for (int i = 0; i < 50; i++) bench.Port.ReceiveBurst(ChipFrames.Pool(1), 1);
        Assert.AreEqual(0, bench.Chip.Transfers);
        bench.Deliver(ChipFrames.Make(60));
        Assert.HasCount(1, bench.Drain());
    }

    [TestMethod]
    public void Every_length_leaves_padded_to_60_and_nothing_of_the_frame_is_changed()
    {
        Enc28j60Bench bench = new();
        for (int length = 14; length <= 1514; length++)
        {
            byte[] octets = ChipFrames.Make(length, length);
            Frame frame = ChipFrames.Load(octets);
            Assert.IsTrue(bench.Port.Send(frame), "length " + length);
            bench.Rest();
            Assert.AreEqual(Hex.Text(octets), Hex.Text(ChipFrames.Content(frame)));
            byte[] expected = new byte[Math.Max(60, length)];
            octets.CopyTo(expected, 0);
            Assert.AreEqual(Hex.Text(expected), Hex.Text(bench.Sent[^1]));
        }

        Assert.HasCount(1501, bench.Sent);
        bench.NoMisuse();
    }

    [TestMethod]
    public void Frames_that_cannot_leave_are_refused_with_a_counter()
    {
        Enc28j60Bench bench = new();
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(1515))));
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(13))));
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60), start: 1)));
        Assert.AreEqual((1u, 1u, 1u, 0u), (bench.Port.TxDropsTooLong, bench.Port.TxDropsTooShort, bench.Port.TxDropsNoRoom, bench.Port.TxFrames));
        Assert.IsEmpty(bench.Sent);
    }

    [TestMethod]
    public void Two_labels_fit_over_an_MTU_of_1500_when_both_sides_agree()
    {
        Enc28j60Bench bench = new(longest: 1526);
        byte[] octets = ChipFrames.Make(1526);
        Assert.IsTrue(bench.Send(octets));
        Assert.AreEqual(Hex.Text(octets), Hex.Text(bench.Sent[0]));
        bench.Deliver(octets);
        Frame frame = new(ChipFrames.Headroom, 1526);
        Assert.IsTrue(bench.Port.Receive(frame));
        Assert.AreEqual(1526, frame.Length);
        bench.NoMisuse();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    public void A_late_collision_is_sent_again(int collisions)
    {
        Enc28j60Bench bench = new();
        bench.Chip.Buffer.LateCollisions = collisions;
        bench.Deliver(ChipFrames.Make(64, 1));
        bench.Deliver(ChipFrames.Make(500, 2));
        bench.Deliver(ChipFrames.Make(64, 3));
        Assert.IsTrue(bench.Port.Receive(new Frame(ChipFrames.Headroom, 1514)), "the header of the next one is read in advance");
        byte[] octets = ChipFrames.Make(999);
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(octets)));
        for (int i = 0; i <= collisions; i++)
        {
            bench.Rest();
            bench.Port.Flush();
        }

        ChipFrames.AreSame([octets], bench.Sent);
        Assert.AreEqual((uint)collisions, bench.Port.TxLateCollisions);
        Assert.AreEqual(0u, bench.Port.TxAborted);
        ChipFrames.AreSame([ChipFrames.Make(500, 2), ChipFrames.Make(64, 3)], bench.Drain(), "reception goes on where it was");
        bench.NoMisuse();
    }

    [TestMethod]
    public void A_frame_that_collides_for_ever_is_given_up_and_the_next_one_leaves()
    {
        Enc28j60Bench bench = new();
        bench.Chip.Buffer.LateCollisions = Enc28j60Port.SendAttempts;
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        for (int i = 0; i < Enc28j60Port.SendAttempts; i++)
        {
            bench.Rest();
            bench.Port.Flush();
        }

        Assert.AreEqual(1u, bench.Port.TxAborted);
        Assert.IsTrue(bench.Send(ChipFrames.Make(61)));
        Assert.HasCount(1, bench.Sent);
        Assert.AreEqual(61, bench.Sent[0].Length);
    }

    [TestMethod]
    public void A_transmission_that_never_ends_costs_its_bound_and_the_waiting_frame()
    {
        Enc28j60Bench bench = new();
        bench.Chip.Buffer.StuckSend = true;
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        bench.Chip.Buffer.StuckSend = false;
        long before = bench.Chip.Time.NowNanoseconds;
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(61))));
        Assert.IsLessThan((Enc28j60Port.SendWaitMs + 3) * 1_000_000L, bench.Chip.Time.NowNanoseconds - before);
        Assert.AreEqual((1u, 1u), (bench.Port.SendTimeouts, bench.Port.TxDropsTimeout));
        Assert.IsTrue(bench.Send(ChipFrames.Make(62)));
        Assert.HasCount(1, bench.Sent);
    }
}
