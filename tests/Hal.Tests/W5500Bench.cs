using LabEdge.Emulator.Chips;
using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Tests;

/// <summary>The driver over the chip model, with a hand-moved clock and a list of what left on the wire.</summary>
public sealed class W5500Bench
{
    public readonly W5500Chip Chip;
    public readonly InterceptedBus Bus;
    public readonly W5500Port Port;
    public readonly List<byte[]> Sent = [];

    /// <summary>The lab's clock in µs.</summary>
    public long NowUs = 1_000_000;

    public W5500Bench(bool wired = true, bool start = true)
    {
        Chip = new W5500Chip(() => NowUs);
        Chip.Transmit = (octets, offset, count) => Sent.Add(octets.AsSpan(offset, count).ToArray());
        Bus = new InterceptedBus(Chip);
        Port = new W5500Port(Bus, wired ? Chip.ResetPin : null, wired ? Chip.InterruptPin : null, Chip.Time, ChipFrames.Mac);
        if (!start) return;
        Assert.AreEqual(W5500State.Ready, Start());
        Chip.ResetCounts();
    }

    /// <summary>Calls Start until it has an answer; a millisecond passes between calls.</summary>
    public W5500State Start()
    {
        W5500State state = Port.Start();
        for (int call = 0; call < 1000 && state == W5500State.Busy; call++)
        {
            NowUs += 1000;
            Chip.Advance(1_000_000);
            state = Port.Start();
        }

        return state;
    }

    /// <summary>Lets more time pass than any SEND takes.</summary>
    public void Rest(int milliseconds = 2) => NowUs = Chip.NowNanoseconds / 1000 + milliseconds * 1000;

    public void Deliver(byte[] octets) => Chip.Deliver(octets, 0, octets.Length);

    /// <inheritdoc cref="ChipFrames.Drain"/>
    public List<byte[]> Drain(int burst = 4) => ChipFrames.Drain(Port, burst);
}
