using LabEdge.Hal;

namespace LabEdge.Emulator.Chips;

/// <summary>
/// A network card of a lab: a driver of the firmware over a chip's model. One side is an <see cref="IEthernetPort"/> for the router, the
/// other a wire. Started by its constructor; deterministic, given its clock.
/// </summary>
public abstract class ChipNic
{
    protected const int MaxStartCalls = 10_000;
    protected const long StartStepNs = 100_000;

    private readonly byte[] _padded = new byte[60];

    /// <summary>What the router sees.</summary>
    public abstract IEthernetPort Port { get; }

    /// <summary>Called with (octets, offset, count) for every frame that leaves on the wire; copy the octets, they are the chip's.</summary>
    public abstract Action<byte[], int, int> Transmit { get; set; }

    /// <summary>SPI transfers since the start, without those of the start itself, and their octets, headers included.</summary>
    public abstract long Transfers { get; }
    public abstract long OctetsMoved { get; }

    /// <summary>Frames that the driver handed up, and frames that it gave to the chip.</summary>
    public abstract long FramesReceived { get; }
    public abstract long FramesSent { get; }

    /// <summary>Plugs or pulls the cable. The driver notices when it looks at the link next.</summary>
    public abstract void SetLink(bool up);

    /// <summary>
    /// A frame comes from the wire. One shorter than 60 octets is padded with zeros first, as the MAC of any sender would have done:
    /// the lab's wires carry frames of ports that do not pad.
    /// </summary>
    public void Deliver(byte[] octets, int offset, int count)
    {
        if (count >= _padded.Length)
        {
            Arrive(octets, offset, count);
            return;
        }

        Array.Clear(_padded);
        Array.Copy(octets, offset, _padded, 0, count);
        Arrive(_padded, 0, _padded.Length);
    }

    /// <summary>A whole frame reaches the chip.</summary>
    protected abstract void Arrive(byte[] octets, int offset, int count);
}
