using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Emulator.Chips;

/// <summary>
/// A network card of a lab: the W5500 driver over the chip model. One side is an <see cref="IEthernetPort"/> for the router,
/// the other a wire. Started by its constructor; deterministic, given its clock.
/// </summary>
public sealed class W5500Nic
{
    private const int MaxStartCalls = 10_000;
    private const long StartStepNs = 100_000;

    private readonly byte[] _padded = new byte[60];

    /// <summary>The chip, for faults and its counters.</summary>
    public readonly W5500Chip Chip;

    /// <summary>The driver, for its counters.</summary>
    public readonly W5500Port Driver;

    /// <param name="mac">6 octets of station address.</param>
    /// <param name="nowMicroseconds">The lab's clock.</param>
    /// <exception cref="InvalidOperationException">The driver did not start over its own model.</exception>
    public W5500Nic(byte[] mac, Func<long> nowMicroseconds)
    {
        Chip = new W5500Chip(nowMicroseconds);
        Driver = new W5500Port(Chip, Chip.ResetPin, Chip.InterruptPin, new ChipClock(Chip), mac);
        W5500State state = Driver.Start();
        for (int call = 0; state == W5500State.Busy && call < MaxStartCalls; call++)
        {
            Chip.Advance(StartStepNs);
            state = Driver.Start();
        }

        if (state != W5500State.Ready) throw new InvalidOperationException("W5500 model did not start: " + state);
        Chip.ResetCounts();
    }

    /// <summary>What the router sees.</summary>
    public IEthernetPort Port => Driver;

    /// <summary>Called with (octets, offset, count) for every frame that leaves on the wire; copy the octets, they are the chip's.</summary>
    public Action<byte[], int, int> Transmit
    {
        get => Chip.Transmit;
        set => Chip.Transmit = value;
    }

    /// <summary>SPI transfers since the start, without those of the start itself.</summary>
    public long Transfers => Chip.Transfers;

    /// <summary>Octets of those transfers, headers included.</summary>
    public long OctetsMoved => Chip.OctetsMoved;

    /// <summary>Frames that the driver handed up, and frames that it gave to the chip.</summary>
    public long FramesReceived => Driver.RxFrames;

    public long FramesSent => Driver.TxFrames;

    /// <summary>
    /// A frame comes from the wire. One shorter than 60 octets is padded with zeros first, as the MAC of any sender would have done:
    /// the lab's wires carry frames of ports that do not pad.
    /// </summary>
    public void Deliver(byte[] octets, int offset, int count)
    {
        if (count >= 60)
        {
            Chip.Deliver(octets, offset, count);
            return;
        }

        Array.Clear(_padded);
        Array.Copy(octets, offset, _padded, 0, count);
        Chip.Deliver(_padded, 0, 60);
    }

    /// <summary>Plugs or pulls the cable. The driver notices with the first Receive after <see cref="W5500Port.LinkCheckMs"/>.</summary>
    public void SetLink(bool up) => Chip.SetLink(up);

    // Milliseconds of the chip's clock, which moves during a call as a board's would.
    private sealed class ChipClock(W5500Chip chip) : IClock
    {
        public uint NowMs() => (uint)(chip.NowNanoseconds / 1_000_000);
    }
}
