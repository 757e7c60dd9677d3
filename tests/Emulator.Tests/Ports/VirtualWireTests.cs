using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Tests.Ports;

[TestClass]
public class VirtualWireTests
{
    private readonly EventQueue _queue = new();
    private readonly FramePool _pool = new();

    private VirtualWire Wire(WireSettings settings, long seed = 1, string name = "a-b") => new(_queue, _pool, 0, name, settings, seed);

    private static byte[] Numbered(int number, int length)
    {
        byte[] octets = new byte[length];
        octets[0] = (byte)(number >> 8);
        octets[1] = (byte)number;
        return octets;
    }

    // Sends numbered frames, one each 10 us, and answers (arrival, number) of what comes out.
    private List<(long Time, int Number)> Through(VirtualWire wire, int count, int length = 60)
    {
        List<(long, int)> arrived = [];
        wire.Ends[1].Chip = (octets, offset, _) => arrived.Add((_queue.Now, (octets[offset] << 8) | octets[offset + 1]));
        for (int i = 0; i < count; i++)
        {
            Assert.IsTrue(wire.Send(0, Numbered(i, length), 0, length));
            _queue.RunUntil(_queue.Now + 10);
        }

        _queue.RunUntil(_queue.Now + 10_000_000);
        return arrived;
    }

    [TestMethod]
    public void A_frame_arrives_after_the_delay_whole_and_at_the_headroom()
    {
        VirtualWire wire = Wire(new WireSettings { DelayUs = 250 });
        int woken = 0;
        wire.Ends[1].Wake = () => woken++;
        Frame frame = new(112, 1514);
        Assert.IsTrue(wire.Send(0, [7, 8, 9, 10], 1, 3));
        _queue.RunUntil(249);
        Assert.IsFalse(wire.Ends[1].Receive(frame));
        _queue.RunUntil(250);
        Assert.AreEqual(1, woken);
        Assert.IsTrue(wire.Ends[1].Receive(frame));
        Assert.AreEqual(112, frame.Start);
        CollectionAssert.AreEqual(new byte[] { 8, 9, 10 }, frame.Octets[112..(112 + frame.Length)]);
        Assert.IsFalse(wire.Ends[0].Receive(frame));
    }

    [TestMethod]
    public void Bandwidth_makes_frames_queue_behind_each_other()
    {
        // 1 Mbit/s: 60 + 24 octets take 672 us.
        VirtualWire wire = Wire(new WireSettings { DelayUs = 100, BandwidthBits = 1_000_000 });
        CollectionAssert.AreEqual(new[] { (772L, 0), (1444L, 1), (2116L, 2) }, Through(wire, 3));
    }

    [TestMethod]
    public void A_frame_longer_than_the_mtu_is_refused_and_counted()
    {
        VirtualWire wire = Wire(new WireSettings { Mtu = 100 });
        Assert.IsTrue(wire.Send(0, new byte[200], 0, 114));
        Assert.IsFalse(wire.Send(0, new byte[200], 0, 115));
        Assert.AreEqual(1, wire.Ends[0].TooLong);
    }

    [TestMethod]
    public void Loss_takes_about_its_share_and_the_same_frames_for_the_same_seed()
    {
        WireSettings settings = new() { LossPerMillion = 100_000 };
        List<int> first = [.. Through(Wire(settings, 7), 2000).Select(a => a.Number)];
        List<int> again = [.. Through(Wire(settings, 7), 2000).Select(a => a.Number)];
        List<int> other = [.. Through(Wire(settings, 8), 2000).Select(a => a.Number)];
        Assert.IsInRange(1740, 1860, first.Count);
        CollectionAssert.AreEqual(first, again);
        CollectionAssert.AreNotEqual(first, other);
    }

    [TestMethod]
    public void Another_fault_does_not_change_which_frames_are_lost()
    {
        WireSettings loss = new() { LossPerMillion = 100_000 };
        WireSettings both = loss with { DuplicatePerMillion = 200_000, CorruptPerMillion = 0 };
        CollectionAssert.AreEqual(
            Through(Wire(loss), 500).Select(a => a.Number).ToList(),
            Through(Wire(both), 500).Select(a => a.Number).Distinct().ToList());
    }

    [TestMethod]
    public void A_duplicate_comes_right_behind_its_frame()
    {
        VirtualWire wire = Wire(new WireSettings { DuplicatePerMillion = 1_000_000 });
        CollectionAssert.AreEqual(new[] { 0, 0, 1, 1 }, Through(wire, 2).Select(a => a.Number).ToList());
        Assert.AreEqual(2, wire.Ends[0].Duplicated);
    }

    [TestMethod]
    public void A_reordered_frame_comes_after_those_behind_it()
    {
        VirtualWire wire = Wire(new WireSettings { ReorderPerMillion = 100_000 });
        List<int> numbers = [.. Through(wire, 1000).Select(a => a.Number)];
        Assert.HasCount(1000, numbers);
        CollectionAssert.AreNotEqual(Enumerable.Range(0, 1000).ToList(), numbers);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 1000).ToList(), numbers);
    }

    [TestMethod]
    public void Corruption_changes_one_bit()
    {
        VirtualWire wire = Wire(new WireSettings { CorruptPerMillion = 1_000_000 });
        List<int> bits = [];
        wire.Ends[1].Chip = (octets, offset, count) => bits.Add(octets.AsSpan(offset, count).ToArray().Sum(o => System.Numerics.BitOperations.PopCount(o)));
        for (int i = 0; i < 50; i++) wire.Send(0, new byte[64], 0, 64);
        _queue.RunUntil(1000);
        Assert.HasCount(50, bits);
        Assert.IsTrue(bits.All(b => b == 1));
    }

    [TestMethod]
    public void A_pulled_cable_loses_what_is_in_flight_and_wakes_both_ends()
    {
        VirtualWire wire = Wire(new WireSettings { DelayUs = 100 });
        int woken = 0;
        foreach (WireEnd end in wire.Ends) end.Wake = () => woken++;
        wire.Send(0, new byte[60], 0, 60);
        wire.Up = false;
        Assert.AreEqual(2, woken);
        Assert.IsFalse(wire.Ends[0].LinkUp);
        Assert.IsFalse(wire.Send(0, new byte[60], 0, 60));
        _queue.RunUntil(1000);
        Assert.IsFalse(wire.Ends[1].Receive(new Frame(112, 1514)));
        Assert.AreEqual(1, wire.Ends[0].Lost);
        wire.Up = true;
        Assert.IsTrue(wire.Send(0, new byte[60], 0, 60));
    }

    [TestMethod]
    public void Down_and_up_within_the_delay_loses_what_was_in_flight_and_only_that()
    {
        // 1 Mbit/s: the third frame would not have left before 2016 us.
        VirtualWire wire = Wire(new WireSettings { DelayUs = 100, BandwidthBits = 1_000_000 });
        List<(long, int)> arrived = [];
        wire.Ends[1].Chip = (octets, offset, _) => arrived.Add((_queue.Now, octets[offset + 1]));
        for (int i = 0; i < 3; i++) wire.Send(0, Numbered(i, 60), 0, 60);
        _queue.RunUntil(50);
        wire.Up = false;
        wire.Up = true;
        Assert.AreEqual(3, wire.Ends[0].Lost);
        wire.Send(0, Numbered(7, 60), 0, 60);
        _queue.RunUntil(10_000);
        CollectionAssert.AreEqual(new[] { (822L, 7) }, arrived);
        Assert.AreEqual(3, wire.Ends[0].Lost);
    }

    [TestMethod]
    public void Lost_frames_take_no_place_among_those_in_flight()
    {
        VirtualWire wire = Wire(new WireSettings { DelayUs = 100 });
        for (int i = 0; i < VirtualWire.MaxInFlight; i++) Assert.IsTrue(wire.Send(0, new byte[60], 0, 60));
        Assert.IsFalse(wire.Send(0, new byte[60], 0, 60));
        wire.Up = false;
        wire.Up = true;
        Assert.HasCount(VirtualWire.MaxInFlight / 8, Through(wire, VirtualWire.MaxInFlight / 8));
        Assert.AreEqual(1, wire.Ends[0].Overrun);
    }

    [TestMethod]
    public void A_frame_longer_than_the_routers_buffer_is_dropped_and_counted()
    {
        VirtualWire wire = Wire(new WireSettings { Mtu = 1500 });
        Frame small = new(112, 100);
        wire.Send(0, new byte[101], 0, 101);
        wire.Send(0, new byte[100], 0, 100);
        _queue.RunUntil(1000);
        Assert.IsTrue(wire.Ends[1].Receive(small));
        Assert.AreEqual(100, small.Length);
        Assert.AreEqual(1, wire.Ends[1].InboxDropped);
    }

    [TestMethod]
    public void Steady_state_allocates_nothing_per_frame()
    {
        VirtualWire wire = Wire(new WireSettings { DelayUs = 10, DuplicatePerMillion = 1000, LossPerMillion = 1000, CorruptPerMillion = 1000 });
        Frame[] burst = [.. Enumerable.Range(0, 32).Select(_ => new Frame(112, 1514))];
        byte[] octets = new byte[1000];
        long before = 0;
        for (int round = 0; round < 2000; round++)
        {
            if (round == 200) before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++) wire.Send(0, octets, 0, octets.Length);
            _queue.RunUntil(_queue.Now + 20);
            while (wire.Ends[1].ReceiveBurst(burst, burst.Length) > 0)
            {
            }
        }

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
