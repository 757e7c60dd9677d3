using LabEdge.Emulator.Chips;
using LabEdge.Hal;

namespace LabEdge.Tests;

/// <summary>
/// What a driver promises, each in a test of its own over the chip model; <see cref="PlantedDriverMistakeTests"/> plants the mistake that
/// breaks it and sees it fail.
/// </summary>
[TestClass]
public class DriverPromises
{
    private static readonly int[] Lengths = [60, 1514, 61, 64, 590, 1000, 128, 333, 62, 1513];

    [TestMethod]
    public void W5500_a_torn_size_is_not_believed() => TornSize(DriverBuild.W5500);

    [TestMethod]
    public void W5500_a_frame_is_as_long_as_it_was_sent() => Arrives(DriverBuild.W5500, 1);

    [TestMethod]
    public void W5500_what_was_read_is_given_back() => GivesBack(DriverBuild.W5500);

    [TestMethod]
    public void W5500_a_frame_waits_for_the_one_before() => OneAtATime(DriverBuild.W5500);

    [TestMethod]
    public void W5500_a_DMA_of_whole_words_brings_every_octet() => WholeWords(DriverBuild.W5500);

    [TestMethod]
    public void W5500_the_read_pointer_runs_through_16_bits() => Arrives(DriverBuild.W5500, 30);

    [TestMethod]
    public void W5500_nothing_is_given_to_a_dead_link() => DeadLink(DriverBuild.W5500);

    [TestMethod]
    public void W5500_a_lost_interrupt_costs_time_and_no_frame() => LostInterrupt(DriverBuild.W5500);

    [TestMethod]
    public void Enc28j60_the_ring_is_freed_to_an_odd_address() => Frees(DriverBuild.Enc28j60);

    [TestMethod]
    public void Enc28j60_the_transmitter_goes_on_after_an_abort() => GoesOnAfterAbort(DriverBuild.Enc28j60);

    [TestMethod]
    public void Enc28j60_a_look_at_the_link_leaves_the_bank_known() => KeepsBank(DriverBuild.Enc28j60);

    [TestMethod]
    public void Enc28j60_every_instruction_has_its_own_chip_select() => OwnSelect(DriverBuild.Enc28j60);

    internal static void TornSize(DriverBuild build)
    {
        W5500Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        for (int i = 0; i < 40; i++)
        {
            // A size from before 1514 octets came, with the low octet from after.
            chip.Deliver(ChipFrames.Make(1514, i), 0, 1514);
            ChipFrames.AreSame([ChipFrames.Make(1514, i)], ChipFrames.Drain(port, 4));
            chip.Deliver(ChipFrames.Make(700, i), 0, 700);
            chip.Socket.TornSizeReads = 1;
            ChipFrames.AreSame([ChipFrames.Make(700, i)], ChipFrames.Drain(port, 4));
        }

        Assert.AreEqual(0u, Counter(port, "RxResyncs"), "a torn size was believed");
        Assert.AreNotEqual(0u, Counter(port, "RxTornReads"));
    }

    internal static void Arrives(DriverBuild build, int rounds)
    {
        W5500Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        for (int round = 0; round < rounds; round++)
        {
            List<byte[]> sent = [.. Lengths.Select((length, i) => ChipFrames.Make(length, round * 10 + i))];
            sent.ForEach(octets => chip.Deliver(octets, 0, octets.Length));
            ChipFrames.AreSame(sent, ChipFrames.Drain(port, 4), "round " + round);
        }

        Assert.AreEqual(0u, Counter(port, "RxResyncs"));
        Assert.AreEqual(0, chip.Misuses);
    }

    internal static void GivesBack(DriverBuild build)
    {
        W5500Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        for (int i = 0; i < 100; i++)
        {
            chip.Deliver(ChipFrames.Make(1000, i), 0, 1000);
            ChipFrames.AreSame([ChipFrames.Make(1000, i)], ChipFrames.Drain(port, 1), "frame " + i);
        }

        Assert.AreEqual((0, 0u), (chip.Socket.DropsOverflow, Counter(port, "RxResyncs")), "what was read came again");
    }

    internal static void OneAtATime(DriverBuild build)
    {
        W5500Chip chip = new(() => 0) { NanosecondsPerTransfer = 1_000 };
        List<byte[]> left = [];
        chip.Transmit = (octets, offset, count) => left.Add(octets.AsSpan(offset, count).ToArray());
        IEthernetPort port = build.Start(chip, null, chip.Time);
        chip.Socket.NanosecondsPerWireOctet = 800;
        List<byte[]> sent = [.. Lengths.Select(ChipFrames.Make)];
        foreach (byte[] octets in sent) Assert.IsTrue(port.Send(ChipFrames.Load(octets)));
        ChipFrames.AreSame(sent, left);
        Assert.AreEqual(0, chip.Misuses);
    }

    internal static void WholeWords(DriverBuild build)
    {
        W5500Chip chip = new(() => 0);
        IEthernetPort port = build.Start(new WordBus(chip), null, chip.Time);
        foreach (int length in Lengths)
        {
            chip.Deliver(ChipFrames.Make(length), 0, length);
            ChipFrames.AreSame([ChipFrames.Make(length)], ChipFrames.Drain(port, 1));
        }

        Assert.AreEqual(0u, Counter(port, "RxResyncs"));
    }

    internal static void DeadLink(DriverBuild build)
    {
        W5500Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        chip.SetLink(false);
        chip.Advance(200_000_000);
        ChipFrames.Drain(port, 1);
        Assert.IsFalse(port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(0, chip.Socket.SendsLost);
    }

    internal static void LostInterrupt(DriverBuild build)
    {
        W5500Chip chip = new(() => 0);
        StuckPin high = new();
        IEthernetPort port = build.Start(chip, high, chip.Time);
        ChipFrames.Drain(port, 1);
        chip.Deliver(ChipFrames.Make(60), 0, 60);
        chip.Advance((Hal.W5500.W5500Port.QuietMs + 1) * 1_000_000L);
        Assert.HasCount(1, ChipFrames.Drain(port, 1));
    }

    internal static void Frees(DriverBuild build)
    {
        Enc28j60Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        for (int round = 0; round < 30; round++)
        {
            List<byte[]> sent = [.. Lengths.Take(5).Select((length, i) => ChipFrames.Make(length, round * 10 + i))];
            sent.ForEach(octets => chip.Deliver(octets, 0, octets.Length));
            ChipFrames.AreSame(sent, ChipFrames.Drain(port, 4), "round " + round);
        }

        Assert.AreEqual(0, chip.Misuses, chip.LastMisuse);
    }

    internal static void GoesOnAfterAbort(DriverBuild build)
    {
        Enc28j60Chip chip = new(() => 0);
        List<byte[]> left = [];
        chip.Transmit = (octets, offset, count) => left.Add(octets.AsSpan(offset, count).ToArray());
        IEthernetPort port = build.Start(chip, null, chip.Time);
        chip.Buffer.LateCollisions = 1;
        byte[][] sent = [ChipFrames.Make(100), ChipFrames.Make(200)];
        foreach (byte[] octets in sent)
        {
            Assert.IsTrue(port.Send(ChipFrames.Load(octets)));
            chip.Time.Advance(2_000_000);
            port.Flush();
            chip.Time.Advance(2_000_000);
        }

        ChipFrames.AreSame(sent, left);
    }

    internal static void KeepsBank(DriverBuild build)
    {
        Enc28j60Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        for (int i = 0; i < 5; i++)
        {
            chip.Deliver(ChipFrames.Make(80, i), 0, 80);
            chip.Time.Advance(200_000_000);
            ChipFrames.AreSame([ChipFrames.Make(80, i)], ChipFrames.Drain(port, 1));
        }

        Assert.AreEqual(0, chip.Misuses, chip.LastMisuse);
    }

    internal static void OwnSelect(DriverBuild build)
    {
        Enc28j60Chip chip = new(() => 0);
        IEthernetPort port = build.Start(chip, null, chip.Time);
        chip.Deliver(ChipFrames.Make(80), 0, 80);
        ChipFrames.AreSame([ChipFrames.Make(80)], ChipFrames.Drain(port, 1));
        Assert.AreEqual(0, chip.Misuses, chip.LastMisuse);
    }

    private static uint Counter(IEthernetPort port, string name) => (uint)port.GetType().GetField(name).GetValue(port);

    /// <summary>A DMA that moves whole words: what is left of a read that is no multiple of four does not arrive.</summary>
    private sealed class WordBus(ISpiDevice chip) : ISpiDevice
    {
        public void Write(byte[] octets, int offset, int count) => chip.Write(octets, offset, count);

        public void Transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int count)
        {
            byte[] whole = new byte[count];
            chip.Transfer(write, writeOffset, whole, 0, count);
            Array.Copy(whole, 0, read, readOffset, count & ~3);
        }
    }

    private sealed class StuckPin : IInputPin
    {
        public bool Read() => true;
    }
}
