using LabEdge.Hal;
using LabEdge.Hal.Enc28j60;

namespace LabEdge.Emulator.Chips;

/// <summary>The ENC28J60 driver over its chip model.</summary>
public sealed class Enc28j60Nic : ChipNic
{
    /// <summary>The chip, for faults and its counters.</summary>
    public readonly Enc28j60Chip Chip;

    /// <summary>The driver, for its counters.</summary>
    public readonly Enc28j60Port Driver;

    /// <param name="mac">6 octets of station address.</param>
    /// <param name="nowMicroseconds">The lab's clock.</param>
    /// <exception cref="InvalidOperationException">The driver did not start over its own model.</exception>
    public Enc28j60Nic(byte[] mac, Func<long> nowMicroseconds)
    {
        Chip = new Enc28j60Chip(nowMicroseconds);
        Driver = new Enc28j60Port(Chip, Chip.ResetPin, Chip.InterruptPin, Chip.Time, mac, false, Enc28j60Registers.StandardFrameLength);
        Enc28j60State state = Driver.Start();
        for (int call = 0; state == Enc28j60State.Busy && call < MaxStartCalls; call++)
        {
            Chip.Time.Advance(StartStepNs);
            state = Driver.Start();
        }

        if (state != Enc28j60State.Ready) throw new InvalidOperationException("ENC28J60 model did not start: " + state);
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
