using LabEdge.Emulator.Chips;
using LabEdge.Hal.Enc28j60;

namespace LabEdge.Tests;

/// <summary>The driver over the chip model, with a hand-moved clock and a list of what left on the wire.</summary>
public sealed class Enc28j60Bench
{
    public readonly Enc28j60Chip Chip;
    public readonly InterceptedBus Bus;
    public readonly Enc28j60Port Port;
    public readonly List<byte[]> Sent = [];

    /// <summary>The lab's clock in µs.</summary>
    public long NowUs = 1_000_000;

    public Enc28j60Bench(bool wired = true, bool start = true, bool fullDuplex = false, int longest = Enc28j60Registers.StandardFrameLength)
    {
        Chip = new Enc28j60Chip(() => NowUs);
        Chip.Transmit = (octets, offset, count) => Sent.Add(octets.AsSpan(offset, count).ToArray());
        Bus = new InterceptedBus(Chip);
        Port = new Enc28j60Port(Bus, wired ? Chip.ResetPin : null, wired ? Chip.InterruptPin : null, Chip.Time, ChipFrames.Mac, fullDuplex, longest);
        if (!start) return;
        Assert.AreEqual(Enc28j60State.Ready, Start(), Chip.LastMisuse);
        Chip.ResetCounts();
    }

    /// <summary>Calls Start until it has an answer; a millisecond passes between calls.</summary>
    public Enc28j60State Start()
    {
        Enc28j60State state = Port.Start();
        for (int call = 0; call < 100 && state == Enc28j60State.Busy; call++)
        {
            Chip.Time.Advance(1_000_000);
            state = Port.Start();
        }

        return state;
    }

    /// <summary>Lets time pass: 2 ms is more than any frame takes.</summary>
    public void Rest(int milliseconds = 2) => NowUs = Chip.Time.NowNanoseconds / 1000 + milliseconds * 1000;

    public void Deliver(byte[] octets, bool crcRight = true) => Chip.Deliver(octets, 0, octets.Length, crcRight);

    /// <inheritdoc cref="ChipFrames.Drain"/>
    public List<byte[]> Drain(int burst = 4) => ChipFrames.Drain(Port, burst);

    /// <summary>Sends a frame and lets it leave.</summary>
    public bool Send(byte[] octets)
    {
        bool taken = Port.Send(ChipFrames.Load(octets));
        Rest();
        Port.Flush();
        return taken;
    }

    public void NoMisuse() => Assert.AreEqual(0, Chip.Misuses, Chip.LastMisuse);
}
