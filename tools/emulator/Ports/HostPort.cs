using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Emulator;

/// <summary>
/// The port of a host: packets for other addresses than its own do not come in (RFC 1122 section 3.2.1.3), as a host that does not
/// forward drops them. Broadcast, multicast and what is not IP pass.
/// </summary>
public sealed class HostPort(IEthernetPort inner) : IEthernetPort
{
    private const uint LimitedBroadcast = 0xFFFFFFFF;
    private const int MulticastNibble = 0xE;

    private readonly Frame[] _one = new Frame[1];

    /// <summary>Whose addresses count; set when the router is there.</summary>
    public HostStack Host { get; set; }

    /// <summary>Packets that were for somebody else.</summary>
    public long NotOurs { get; private set; }

    public LinkKind Kind => inner.Kind;

    public bool LinkUp => inner.LinkUp;

    public int MaxFrameLength => inner.MaxFrameLength;

    public void GetAddress(byte[] address, int offset) => inner.GetAddress(address, offset);

    public bool SetPromiscuous(bool on) => inner.SetPromiscuous(on);

    public bool Receive(Frame frame)
    {
        _one[0] = frame;
        return ReceiveBurst(_one, 1) == 1;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        int count;
        int kept = 0;
        do
        {
            count = inner.ReceiveBurst(frames, max);
            for (int i = 0; i < count; i++)
            {
                if (!IsOurs(frames[i]))
                {
                    NotOurs++;
                    continue;
                }

                (frames[kept], frames[i]) = (frames[i], frames[kept]);
                kept++;
            }
        }
        while (kept == 0 && count > 0);
        return kept;
    }

    public bool Send(Frame frame) => inner.Send(frame);

    public void Flush() => inner.Flush();

    private bool IsOurs(Frame frame)
    {
        if (frame.Length < EthernetHeader.Length) return true;
        int ip = frame.Start + EthernetHeader.Length;
        int left = frame.Length - EthernetHeader.Length;
        switch (EthernetHeader.ReadEtherType(frame.Octets, frame.Start))
        {
            case EthernetHeader.Ipv4:
                if (!Ipv4Header.Fits(frame.Octets, ip, left)) return true;
                uint destination = Ipv4Header.ReadDestination(frame.Octets, ip);
                return destination == LimitedBroadcast || destination >> 28 == MulticastNibble || Host.Interfaces.Owns(0, destination);
            case EthernetHeader.Ipv6:
                if (left < Ipv6Header.Length) return true;
                int at = ip + Ipv6Header.DestinationOffset;
                return frame.Octets[at] == 0xFF || Ipv6Header.IsLinkLocal(frame.Octets, at) || Host.Ipv6.Owns(0, frame.Octets, at);
            default:
                return true;
        }
    }
}
