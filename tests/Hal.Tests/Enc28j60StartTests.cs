using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;

namespace LabEdge.Tests;

/// <summary>From power-on to open reception, and what is said when there is no ENC28J60.</summary>
[TestClass]
public class Enc28j60StartTests
{
    // Instruction and value as written, in order; reads are left out. DS39662 section 6, half duplex.
    private const string StartUp = """
        FF
        BF 03  9F 03
        BF 03
        9F 02  54 02  52 01  9F 01  BF 01  52 00
        BF 02  48 00  49 00  4A FF  4B 19  40 00  41 00  4C FF  4D 19
        44 00  45 1A  46 00  47 1A
        9F 01  58 20
        BF 01  9F 02  40 01  42 32  43 40  44 12  46 12  47 0C  4A EE  4B 05
        9F 01  44 02  45 00  42 00  43 55  40 00  41 01
        BF 01  54 00  56 00  57 00  9F 01
        BF 01  54 10  56 00  57 01  9F 01
        BF 01  54 14  56 76  57 34  9F 01
        BF 01  54 11  52 01  9F 01  BF 01  52 00  52 02
        5E 80  5B C0  9F 04
        """;

    [TestMethod]
    public void Start_writes_the_init_sequence_octet_for_octet()
    {
        Enc28j60Bench bench = new(start: false);
        List<byte> written = [];
        bool ready = false;
        bench.Bus.BeforeWrite = (octets, offset, count) =>
        {
            if (!ready) written.AddRange(octets.AsSpan(offset, count));
            ready |= octets[offset] == 0x9F && octets[offset + 1] == 0x04;
        };
        Assert.AreEqual(Enc28j60State.Ready, bench.Start());
        Assert.AreEqual(Hex.Text(Hex.Octets(StartUp)), Hex.Text(written.ToArray()));
        Assert.IsTrue(bench.Port.LinkUp);
        Assert.AreEqual(6, bench.Port.Revision);
        bench.NoMisuse();
    }

    [TestMethod]
    public void Start_drives_the_reset_pin_for_its_times_and_never_waits_inside()
    {
        Enc28j60Bench bench = new(start: false);
        PinRecorder pin = new();
        Enc28j60Port port = new(bench.Chip, pin, null, bench.Chip.Time, ChipFrames.Mac, false, 1514);
        Assert.AreEqual(Enc28j60State.Busy, port.Start());
        Assert.IsFalse(pin.High);
        int calls = 1;
        for (; !pin.High && calls < 100; calls++)
        {
            bench.Chip.Time.Advance(1_000_000);
            port.Start();
        }

        Assert.IsGreaterThan(Enc28j60Port.ResetMs, calls, "n + 1 ticks are n whole milliseconds at least");
        while (port.Start() == Enc28j60State.Busy) bench.Chip.Time.Advance(1_000_000);
        Assert.AreEqual(Enc28j60State.Ready, port.State);
        bench.NoMisuse();
    }

    [TestMethod]
    public void Every_wrong_revision_is_answered_with_a_code()
    {
        for (int revision = 0; revision < 256; revision++)
        {
            bool known = revision is 2 or 4 or 5 or 6;
            Enc28j60Bench bench = new(start: false);
            bench.Chip.Revision = (byte)revision;
            Assert.AreEqual(known ? Enc28j60State.Ready : Enc28j60State.WrongRevision, bench.Start());
            if (known) continue;
            Assert.IsFalse(bench.Port.LinkUp);
            Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
            Assert.AreEqual(1u, bench.Port.TxDropsNotOpen);
            Assert.AreEqual(0, bench.Port.ReceiveBurst(ChipFrames.Pool(1), 1));
            bench.Chip.Revision = 6;
            Assert.AreEqual(Enc28j60State.Ready, bench.Start(), "a later attempt starts anew");
        }
    }

    [TestMethod]
    [DataRow(0x00, Enc28j60State.WrongRevision)]
    [DataRow(0xFF, Enc28j60State.WrongRevision)]
    [DataRow(0x06, Enc28j60State.WrongDefaults)]
    public void A_bus_without_a_chip_is_answered_with_a_code(int level, Enc28j60State expected)
    {
        StepClock clock = new();
        Enc28j60Port port = new(new FloatingBus((byte)level), null, null, clock, ChipFrames.Mac, false, 1514);
        for (int calls = 0; port.Start() == Enc28j60State.Busy; calls++)
        {
            clock.Now++;
            Assert.IsLessThan(20, calls);
        }

        Assert.AreEqual(expected, port.State);
    }

    [TestMethod]
    public void An_MII_that_stays_busy_is_answered_with_a_code_even_when_the_clock_stands_still()
    {
        Enc28j60Bench bench = new(start: false);
        bench.Chip.MiiStuck = true;
        Assert.AreEqual(Enc28j60State.NoPhy, bench.Start());
        Assert.IsFalse(bench.Port.LinkUp);
    }

    [TestMethod]
    public void A_link_that_goes_and_comes_is_noticed_and_a_frame_for_a_dead_link_is_refused()
    {
        Enc28j60Bench bench = new();
        bench.Chip.SetLink(false);
        bench.Rest(Enc28j60Port.LinkCheckMs + 1);
        bench.Drain();
        Assert.IsFalse(bench.Port.LinkUp);
        Assert.IsFalse(bench.Send(ChipFrames.Make(60)));
        Assert.AreEqual(1u, bench.Port.TxDropsLinkDown);
        bench.Chip.SetLink(true);
        bench.Rest(Enc28j60Port.LinkCheckMs + 1);
        bench.Drain();
        Assert.IsTrue(bench.Port.LinkUp);
        Assert.AreEqual(3u, bench.Port.LinkChanges);
        Assert.IsTrue(bench.Send(ChipFrames.Make(60)));
    }

    [TestMethod]
    public void A_chip_that_loses_its_state_is_noticed_and_can_be_started_again()
    {
        Enc28j60Bench bench = new();
        bench.Chip.ResetPin.Write(false);
        bench.Chip.ResetPin.Write(true);
        for (int look = 0; look < Enc28j60Port.StrangeReads; look++)
        {
            Assert.AreEqual(Enc28j60State.Ready, bench.Port.State);
            bench.Rest(Enc28j60Port.LinkCheckMs + 1);
            bench.Drain();
        }

        Assert.AreEqual(Enc28j60State.Lost, bench.Port.State);
        Assert.IsFalse(bench.Port.LinkUp);
        Assert.AreEqual(1u, bench.Port.ChipLosses);
        Assert.IsFalse(bench.Send(ChipFrames.Make(60)));
        Assert.AreEqual(Enc28j60State.Ready, bench.Start());
        bench.Deliver(ChipFrames.Make(99));
        Assert.HasCount(1, bench.Drain());
    }

    [TestMethod]
    public void A_stopped_port_is_silent_and_starts_again()
    {
        Enc28j60Bench bench = new();
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(1514))));
        bench.Port.Stop();
        Assert.AreEqual(Enc28j60State.Off, bench.Port.State);
        bench.Deliver(ChipFrames.Make(60));
        Assert.AreEqual(1, bench.Chip.Buffer.DropsClosed);
        Assert.IsTrue(bench.Chip.InterruptPin.Read());
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(Enc28j60State.Ready, bench.Start());
        bench.Deliver(ChipFrames.Make(60));
        Assert.HasCount(1, bench.Drain());
        bench.NoMisuse();
    }

    [TestMethod]
    public void Full_duplex_sets_what_it_must()
    {
        Enc28j60Bench bench = new(start: false, fullDuplex: true);
        List<string> written = [];
        bench.Bus.BeforeWrite = (octets, offset, count) => written.Add(Convert.ToHexString(octets, offset, count));
        Assert.AreEqual(Enc28j60State.Ready, bench.Start());
        CollectionAssert.IsSubsetOf(new[] { "400D", "4233", "4415", "5701" }, written, "MACON1, MACON3, MABBIPG, PHCON1.PDPXMD");
        CollectionAssert.DoesNotContain(written, "470C", "MAIPGH is of half duplex");
    }

    [TestMethod]
    [DataRow(1513)]
    [DataRow(1529)]
    public void A_frame_length_that_the_chip_cannot_hold_is_refused_at_once(int longest)
    {
        Assert.ThrowsExactly<ArgumentException>(() => new Enc28j60Port(new FloatingBus(0), null, null, new StepClock(), ChipFrames.Mac, false, longest));
    }

    [TestMethod]
    public void The_port_tells_its_kind_length_and_address()
    {
        Enc28j60Bench bench = new(start: false, longest: 1526);
        byte[] address = new byte[8];
        bench.Port.GetAddress(address, 1);
        Assert.AreEqual("0002000055000100", Convert.ToHexString(address));
        Assert.AreEqual(LinkKind.Ethernet, bench.Port.Kind);
        Assert.AreEqual(1526, bench.Port.MaxFrameLength);
    }
}
