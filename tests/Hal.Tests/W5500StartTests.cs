using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>From power-on to an open socket, and what is said when there is no W5500.</summary>
[TestClass]
public class W5500StartTests
{
    // What the chip is told, in order: offset, control octet, value. Reads are left out.
    private const string StartUp = """
        0000 04 80
        001E EC 0000  001E CC 0000  001E AC 0000  001E 8C 0000  001E 6C 0000  001E 4C 0000  001E 2C 0000
        001E 0C 1010
        0009 04 020000550001
        0000 04 10
        0013 04 FFFF
        002C 0C 04
        0001 0C 10FF
        0000 0C 04
        0001 0C 01FF
        0018 04 01
        """;

    [TestMethod]
    public void Start_writes_the_init_sequence_octet_for_octet()
    {
        W5500Bench bench = new(start: false);
        List<byte> written = [];
        bench.Bus.BeforeWrite = (octets, offset, count) => written.AddRange(octets.AsSpan(offset, count));
        Assert.AreEqual(W5500State.Ready, bench.Start());
        Assert.AreEqual(Hex.Text(Hex.Octets(StartUp)), Hex.Text(written.ToArray()));
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void Start_drives_the_reset_pin_for_its_times_and_never_waits_inside()
    {
        W5500Bench bench = new(start: false);
        PinRecorder pin = new();
        W5500Port port = new(bench.Chip, pin, null, bench.Chip.Time, ChipFrames.Mac);
        List<long> changes = [];
        bool level = pin.High;
        for (int call = 0; call < 100 && port.Start() == W5500State.Busy; call++)
        {
            if (pin.High != level) changes.Add(call);
            level = pin.High;
            bench.Chip.Advance(1_000_000);
        }

        Assert.AreEqual(W5500State.Ready, port.State);
        Assert.HasCount(2, changes);
        Assert.AreEqual(0, changes[0]);
        Assert.IsGreaterThanOrEqualTo(2, changes[1], "low for 2 ticks is low for 1 ms at least");
    }

    [TestMethod]
    public void Every_wrong_version_is_answered_with_a_code()
    {
        for (int version = 0; version < 256; version++)
        {
            if (version == 0x04) continue;
            W5500Bench bench = new(start: false);
            bench.Chip.Version = (byte)version;
            Assert.AreEqual(W5500State.WrongVersion, bench.Start());
            Assert.IsFalse(bench.Port.LinkUp);
            Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
            Assert.AreEqual(1u, bench.Port.TxDropsNotOpen);
            Assert.AreEqual(0, bench.Port.ReceiveBurst(ChipFrames.Pool(1), 1));
            bench.Chip.Version = 0x04;
            Assert.AreEqual(W5500State.Ready, bench.Start(), "a later attempt starts anew");
        }
    }

    [TestMethod]
    [DataRow(0x00, W5500State.WrongVersion)]
    [DataRow(0xFF, W5500State.ResetStuck)]
    [DataRow(0x04, W5500State.WrongDefaults)]
    public void A_bus_without_a_chip_is_answered_with_a_code(int level, W5500State expected)
    {
        StepClock clock = new();
        W5500Port port = new(new FloatingBus((byte)level), null, null, clock, ChipFrames.Mac);
        int calls = 0;
        while (port.Start() == W5500State.Busy)
        {
            clock.Now++;
            Assert.IsLessThan(W5500Port.SoftResetMs + 10, ++calls);
        }

        Assert.AreEqual(expected, port.State);
    }

    [TestMethod]
    public void A_socket_that_does_not_open_is_answered_with_a_code_even_when_the_clock_stands_still()
    {
        W5500Bench bench = new(start: false);
        bench.Chip.Socket.NanosecondsPerCommand = int.MaxValue;
        W5500Port port = new(bench.Chip, null, null, new StepClock(), ChipFrames.Mac);
        W5500State state = port.Start();
        bench.Chip.Advance(1_000_000);
        for (int call = 0; call < 5 && state == W5500State.Busy; call++) state = port.Start();
        Assert.AreEqual(W5500State.OpenFailed, state);
        Assert.AreEqual(1u, port.CommandTimeouts);
    }

    [TestMethod]
    public void The_clock_may_wrap_during_start()
    {
        W5500Bench bench = new(start: false);
        bench.NowUs = (uint.MaxValue - 5L) * 1000;
        Assert.AreEqual(W5500State.Ready, bench.Start());
        Assert.IsLessThan(100_000_000L, bench.NowUs - (uint.MaxValue - 5L) * 1000);
        Assert.IsTrue(bench.Port.LinkUp);
    }

    [TestMethod]
    public void A_stopped_port_is_silent_and_starts_again()
    {
        W5500Bench bench = new();
        Assert.IsTrue(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(1514))));
        bench.Port.Stop();
        Assert.AreEqual(W5500State.Off, bench.Port.State);
        Assert.IsFalse(bench.Port.LinkUp);
        bench.Deliver(ChipFrames.Make(60));
        Assert.AreEqual(1, bench.Chip.Socket.DropsClosed);
        Assert.IsTrue(bench.Chip.InterruptPin.Read());
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(W5500State.Ready, bench.Start());
        bench.Deliver(ChipFrames.Make(60));
        Assert.HasCount(1, bench.Drain());
        Assert.AreEqual(0, bench.Chip.Misuses);
    }

    [TestMethod]
    public void A_chip_that_loses_its_state_is_noticed_and_can_be_started_again()
    {
        W5500Bench bench = new();
        bench.Chip.ResetPin.Write(false);
        bench.Chip.ResetPin.Write(true);
        bench.Chip.Advance(2_000_000);
        Assert.IsEmpty(bench.Drain());
        Assert.AreEqual(W5500State.Lost, bench.Port.State);
        Assert.IsFalse(bench.Port.LinkUp);
        Assert.AreEqual(1u, bench.Port.ChipLosses);
        Assert.IsFalse(bench.Port.Send(ChipFrames.Load(ChipFrames.Make(60))));
        Assert.AreEqual(W5500State.Ready, bench.Start());
        bench.Deliver(ChipFrames.Make(99));
        Assert.HasCount(1, bench.Drain());
    }

    [TestMethod]
    public void The_port_tells_its_kind_length_and_address()
    {
        W5500Bench bench = new(start: false);
        byte[] address = new byte[8];
        bench.Port.GetAddress(address, 1);
        Assert.AreEqual("0002000055000100", Convert.ToHexString(address));
        Assert.AreEqual(LinkKind.Ethernet, bench.Port.Kind);
        Assert.AreEqual(1514, bench.Port.MaxFrameLength);
    }
}
