using LabEdge.Hal;
using LabEdge.Hal.W5500;

namespace LabEdge.Emulator.Chips;

/// <summary>The W5500 driver over its chip model.</summary>
public sealed class W5500Nic : ChipNic
{
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
        Driver = new W5500Port(Chip, Chip.ResetPin, Chip.InterruptPin, Chip.Time, mac);
        W5500State state = Driver.Start();
        for (int call = 0; state == W5500State.Busy && call < MaxStartCalls; call++)
        {
            Chip.Advance(StartStepNs);
            state = Driver.Start();
        }

        if (state != W5500State.Ready) throw new InvalidOperationException("W5500 model did not start: " + state);
        Chip.ResetCounts();
    }

    public override IEthernetPort Port => Driver;

    public override Action<byte[], int, int> Transmit
    {
        get => Chip.Transmit;
        set => Chip.Transmit = value;
    }

    public override long Transfers => Chip.Transfers;

    public override long OctetsMoved => Chip.OctetsMoved;

    public override long FramesReceived => Driver.RxFrames;

    public override long FramesSent => Driver.TxFrames;

    public override void SetLink(bool up) => Chip.SetLink(up);

    protected override void Arrive(byte[] octets, int offset, int count) => Chip.Deliver(octets, offset, count);
}
