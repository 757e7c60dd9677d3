using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>From the router to the wire: padding, order, bounds, link.</summary>
[TestClass]
public class W5500SendTests
{
    [TestMethod]
    public void Every_length_leaves_unchanged_or_padded_with_zeros()
    {
        W5500Bench bench = new();
        for (int length = 14; length <= 1514; length++)
        {
            byte[] octets = ChipFrames.Make(length, length);
            Frame frame = ChipFrames.Load(octets);
            Assert.IsTrue(bench.Port.Send(frame));
            byte[] expected = new byte[Math.Max(60, length)];
            octets.CopyTo(expected, 0);
            ChipFrames.AreSame([expected], bench.Sent, "length " + length);
            bench.Sent.Clear();

            Assert.AreEqual(ChipFrames.Headroom, frame.Start);
            Assert.AreEqual(length, frame.Length);
            Assert.AreEqual(Hex.Text(octets), Hex.Text(ChipFrames.Content(frame)));
            Assert.AreEqual(-1, frame.Octets.AsSpan(0, frame.Start - 3).IndexOfAnyExcept((byte)0xA5));
            Assert.AreEqual(-1, frame.Octets.AsSpan(frame.Start + Math.Max(60, length)).IndexOfAnyExcept((byte)0xA5));
        }

        Assert.AreEqual(0, bench.Chip.Socket.FramesPadded, "the driver pads, not the chip");
        Assert.AreEqual(0, bench.Chip.Misuses);
        Assert.AreEqual(1501u, bench.Port.TxFrames);
        Assert.AreEqual((uint)Enumerable.Range(14, 1501).Sum(), bench.Port.TxOctets);
    }

    [TestMethod]
    public void Lengths_outside_14_to_1514_are_refused_and_counted()
    {
        W5500Bench bench = new();
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(1515))));
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(13))));
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load([])));
        Assert.AreEqual(1u, bench.Port.TxDropsTooLong);
        Assert.AreEqual(2u, bench.Port.TxDropsTooShort);
        Assert.AreEqual(0, bench.Chip.Transfers);
    }

    [TestMethod]
    public void A_frame_without_room_for_the_SPI_header_or_the_padding_is_refused()
    {
        W5500Bench bench = new();
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60), 2)));
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60), 3)));
        Frame late = ChipFrames.Load(ChipFrames.Make(20));
        late.Start = late.Octets.Length - 59;
        Assert.IsFalse(bench.Port.Send(late));
        late.Start--;
        Assert.IsTrue(bench.Port.Send(late));
        Assert.AreEqual(2u, bench.Port.TxDropsNoRoom);
    }

    [TestMethod]
    [DataRow(80, 60)]
    [DataRow(80, 1514)]
    [DataRow(800, 60)]
    [DataRow(800, 1514)]
    public void Back_to_back_frames_all_leave_in_order_one_per_SEND(int nanosecondsPerWireOctet, int longest)
    {
        W5500Bench bench = new();
        bench.Chip.Socket.NanosecondsPerWireOctet = nanosecondsPerWireOctet;
        List<byte[]> frames = [];
        for (int i = 0; i < 200; i++)
        {
            frames.Add(ChipFrames.Make(i % 2 == 0 ? longest : 60, i));
            Assert.IsTrue(bench.Port.Send(ChipFrames.Load(frames[i])));
        }

        ChipFrames.AreSame(frames, bench.Sent);
        Assert.AreEqual(0, bench.Chip.Misuses);
        Assert.AreEqual(0u, bench.Port.SendTimeouts);
    }

    [TestMethod]
    public void A_command_that_the_chip_takes_late_is_waited_for()
    {
        W5500Bench bench = new();
        bench.Chip.Socket.NanosecondsPerCommand = 400_000;
        List<byte[]> frames = [];
        for (int i = 0; i < 20; i++)
        {
            frames.Add(ChipFrames.Make(60, i));
            Assert.IsTrue(bench.Port.Send(ChipFrames.Load(frames[i])));
        }

        ChipFrames.AreSame(frames, bench.Sent);
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    [DataRow(16384)]
    [DataRow(65536)]
    public void Frames_wrap_at_every_alignment(int edge)
    {
        for (int k = 0; k <= 130; k++)
        {
            W5500Bench bench = new();
            List<byte[]> frames = [];
            int at = 0;
            while (at < edge - k)
            {
                int length = Math.Min(1514, edge - k - at);
                if (edge - k - at - length is > 0 and < 60) length -= 60;
                frames.Add(ChipFrames.Make(length, at));
                at += length;
            }

            frames.Add(ChipFrames.Make(60 + k / 2, k));
            frames.Add(ChipFrames.Make(61, k));
            foreach (byte[] octets in frames) Assert.IsTrue(bench.Port.Send(ChipFrames.Load(octets)));
            ChipFrames.AreSame(frames, bench.Sent, "edge " + edge + " less " + k);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_SEND_that_never_ends_costs_a_bounded_wait_and_the_port_recovers(bool clockStands)
    {
        W5500Bench bench = new(start: false);
        FrozenClock frozen = new();
        IClock clock = clockStands ? frozen : bench.Chip.Time;
        W5500Port port = new(bench.Chip, null, null, clock, ChipFrames.Mac);
        while (port.Start() == W5500State.Busy)
        {
            bench.Chip.Advance(1_000_000);
            frozen.Now++;
        }

        byte[] octets = ChipFrames.Make(60);
        bench.Chip.Socket.StuckSend = true;
        Assert.IsTrue(port.Send(ChipFrames.Load(octets)), "the chip has taken it");
        bench.Chip.ResetCounts();
        long before = bench.Chip.NowNanoseconds;
        Assert.IsFalse(port.Send(ChipFrames.Load(octets)));
        long waitedMs = (bench.Chip.NowNanoseconds - before) / 1_000_000;
        Console.WriteLine($"stuck SEND, clock {(clockStands ? "stands" : "runs")}: {bench.Chip.Transfers} transfers, {waitedMs} ms");
        Assert.IsLessThan(W5500Port.WaitPolls + 20, bench.Chip.Transfers);
        if (!clockStands) Assert.IsLessThanOrEqualTo(W5500Port.SendWaitMs + 2L, waitedMs);
        Assert.AreEqual(1u, port.SendTimeouts);
        Assert.AreEqual(1u, port.TxDropsTimeout);
        Assert.AreEqual(1u, port.Reopens);
        Assert.IsEmpty(bench.Sent);

        bench.Chip.Socket.StuckSend = false;
        Assert.IsTrue(port.Send(ChipFrames.Load(octets)));
        ChipFrames.AreSame([octets], bench.Sent);
        bench.Deliver(octets);
        Assert.IsTrue(port.Receive(new Frame(ChipFrames.Headroom, 1514)));
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void Link_changes_are_seen_within_the_interval_and_asking_costs_nothing()
    {
        W5500Bench bench = new();
        Assert.IsTrue(bench.Port.LinkUp);
        bench.Chip.SetLink(false);
        Assert.IsTrue(bench.Port.LinkUp, "cached");
        bench.Rest(W5500Port.LinkCheckMs + 1);
        bench.Drain();
        Assert.IsFalse(bench.Port.LinkUp);
        bench.Chip.ResetCounts();
        Assert.IsFalse(bench.Port.LinkUp);
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(1u, bench.Port.TxDropsLinkDown);
        Assert.AreEqual(0, bench.Chip.Transfers);
        bench.Chip.SetLink(true);
        bench.Rest(W5500Port.LinkCheckMs + 1);
        bench.Drain();
        Assert.IsTrue(bench.Port.LinkUp);
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(3u, bench.Port.LinkChanges);
        Assert.HasCount(1, bench.Sent);
    }

    [TestMethod]
    public void A_link_lost_under_a_SEND_is_found_by_the_next_one()
    {
        W5500Bench bench = new();
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(1514))));
        bench.Chip.SetLink(false);
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(1u, bench.Port.SendTimeouts);
        Assert.IsFalse(bench.Port.LinkUp);
        bench.Chip.SetLink(true);
        bench.Rest(W5500Port.LinkCheckMs + 1);
        bench.Drain();
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.HasCount(2, bench.Sent);
    }

    [TestMethod]
    public void A_chip_that_vanishes_under_a_SEND_is_said_so()
    {
        W5500Bench bench = new();
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        bench.Chip.ResetPin.Write(false);
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(W5500State.Lost, bench.Port.State);
        Assert.AreEqual(1u, bench.Port.ChipLosses);
    }

    private sealed class FrozenClock : IClock
    {
        public uint Now;

        public uint NowMs() => Now;
    }
}
