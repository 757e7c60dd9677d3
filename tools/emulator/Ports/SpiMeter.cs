using LabEdge.Emulator.Chips;
using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// An Ethernet chip at one end of a wire, with a meter: the SPI transfers of calls that received frames and of calls that sent one,
/// apart from those of polls that found nothing.
/// </summary>
public sealed class SpiMeter : IEthernetPort
{
    private readonly ChipNic _nic;
    private readonly IEthernetPort _port;

    /// <param name="end">The wire's end: it passes arriving frames and the link's state to the chip from now on.</param>
    /// <param name="nic">Driver and chip, started.</param>
    public SpiMeter(WireEnd end, ChipNic nic)
    {
        _nic = nic;
        _port = _nic.Port;
        _nic.Transmit = (octets, offset, count) => end.Wire.Send(end.Side, octets, offset, count);
        _nic.SetLink(end.Wire.Carrier);
        end.Chip = _nic.Deliver;
        end.ChipLink = _nic.SetLink;
    }

    /// <summary>Transfers of Receive calls that brought frames, and those frames.</summary>
    public long ReceiveTransfers { get; private set; }
    public long FramesReceived { get; private set; }

    /// <summary>Transfers of Send calls, and frames that the driver took.</summary>
    public long SendTransfers { get; private set; }
    public long FramesSent { get; private set; }

    /// <summary>Transfers of Receive calls that found nothing: the price of polling.</summary>
    public long IdleTransfers { get; private set; }

    public LinkKind Kind => _port.Kind;

    public bool LinkUp => _port.LinkUp;

    public int MaxFrameLength => _port.MaxFrameLength;

    public void GetAddress(byte[] address, int offset) => _port.GetAddress(address, offset);

    public bool SetPromiscuous(bool on) => _port.SetPromiscuous(on);

    public bool Receive(Frame frame)
    {
        long before = _nic.Transfers;
        bool received = _port.Receive(frame);
        Count(received ? 1 : 0, _nic.Transfers - before);
        return received;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        long before = _nic.Transfers;
        int count = _port.ReceiveBurst(frames, max);
        Count(count, _nic.Transfers - before);
        return count;
    }

    public bool Send(Frame frame)
    {
        long before = _nic.Transfers;
        bool taken = _port.Send(frame);
        SendTransfers += _nic.Transfers - before;
        if (taken) FramesSent++;
        return taken;
    }

    public void Flush() => _port.Flush();

    private void Count(int frames, long transfers)
    {
        FramesReceived += frames;
        if (frames == 0) IdleTransfers += transfers;
        else ReceiveTransfers += transfers;
    }
}
