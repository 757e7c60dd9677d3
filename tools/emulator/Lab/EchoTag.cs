using System.Net;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Emulator;

/// <summary>
/// Recognises one ping on its way, of IPv4 or IPv6: the ICMP echo under whatever link header, tags, labels, control word and inner Ethernet
/// header it travels. Looks only; a frame that is anything else is no echo.
/// </summary>
public sealed class EchoTag
{
    private const int MaxDepth = 2;

    /// <summary>What was found by the last <see cref="Read"/>.</summary>
    public bool IsRequest { get; private set; }
    public int Identifier { get; private set; }
    public int Sequence { get; private set; }

    /// <summary>Time to live or hop limit.</summary>
    public int Ttl { get; private set; }

    /// <summary>Of the echo's own packet: 4 octets, or the 16 of IPv6.</summary>
    public ReadOnlySpan<byte> Destination => _destination.AsSpan(0, _length);

    private readonly byte[] _destination = new byte[Ipv6Header.AddressLength];
    private int _length;

    /// <summary>Labels that stood in front, and the first six entries.</summary>
    public int LabelCount { get; private set; }
    public int[] LabelWords { get; } = new int[6];

    /// <returns>True when the frame carries an ICMP echo request or reply.</returns>
    public bool Read(byte[] octets, int offset, int count)
    {
        LabelCount = 0;
        return Ethernet(octets, offset, offset + count, 0);
    }

    /// <summary>Whether the last echo goes to this address.</summary>
    public bool IsTo(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[Ipv6Header.AddressLength];
        return address.TryWriteBytes(octets, out int length) && Destination.SequenceEqual(octets[..length]);
    }

    private bool Ethernet(byte[] octets, int at, int end, int depth)
    {
        if (depth == MaxDepth || end - at < EthernetHeader.Length) return false;
        int type = EthernetHeader.ReadEtherType(octets, at);
        at += EthernetHeader.Length;
        while (type is EthernetHeader.Vlan or EthernetHeader.ServiceVlan)
        {
            if (end - at < VlanTag.Length) return false;
            type = VlanTag.ReadEtherType(octets, at);
            at += VlanTag.Length;
        }

        return type switch
        {
            EthernetHeader.Ipv4 => Ip(octets, at, end),
            EthernetHeader.Ipv6 => Ipv6(octets, at, end),
            EthernetHeader.Mpls => Labels(octets, at, end, depth),
            _ => false,
        };
    }

    private bool Labels(byte[] octets, int at, int end, int depth)
    {
        bool bottom = false;
        while (!bottom)
        {
            if (end - at < LabelStackEntry.Length) return false;
            bottom = LabelStackEntry.ReadBottom(octets, at);
            if (LabelCount < LabelWords.Length) LabelWords[LabelCount++] = Octets.ReadInt32(octets, at);
            at += LabelStackEntry.Length;
        }

        if (end - at < 1) return false;
        int nibble = octets[at] >> 4;
        if (nibble == 4 && Ip(octets, at, end)) return true;
        if (nibble == 6 && Ipv6(octets, at, end)) return true;

        // A pseudowire: with a control word (first nibble 0) or without one.
        if (nibble == 0 && Ethernet(octets, at + ControlWord.Length, end, depth + 1)) return true;
        return Ethernet(octets, at, end, depth + 1);
    }

    private bool Ip(byte[] octets, int at, int end)
    {
        if (!Ipv4Header.Fits(octets, at, end - at) || !Ipv4Header.ChecksumRight(octets, at)) return false;
        int header = Ipv4Header.ReadHeaderLength(octets, at);
        int icmp = at + header;
        if (Ipv4Header.ReadProtocol(octets, at) != Ipv4Header.Icmp || Ipv4Header.ReadFragmentOffset(octets, at) != 0) return false;
        if (at + Ipv4Header.ReadTotalLength(octets, at) - icmp < IcmpMessage.HeaderLength) return false;
        int type = IcmpMessage.ReadType(octets, icmp);
        if (type != IcmpMessage.EchoRequest && type != IcmpMessage.EchoReply) return false;
        IsRequest = type == IcmpMessage.EchoRequest;
        Identifier = IcmpMessage.ReadIdentifier(octets, icmp);
        Sequence = IcmpMessage.ReadSequence(octets, icmp);
        _length = 4;
        Octets.WriteUInt32(_destination, 0, Ipv4Header.ReadDestination(octets, at));
        Ttl = Ipv4Header.ReadTtl(octets, at);
        return true;
    }

    // Our pings have no extension headers.
    private bool Ipv6(byte[] octets, int at, int end)
    {
        if (end - at < Ipv6Header.Length || octets[at] >> 4 != 6 || Ipv6Header.ReadNextHeader(octets, at) != Ipv6Header.Icmp) return false;
        int payload = Ipv6Header.ReadPayloadLength(octets, at);
        int icmp = at + Ipv6Header.Length;
        if (payload < Icmpv6Message.HeaderLength || end - icmp < payload) return false;
        int type = Icmpv6Message.ReadType(octets, icmp);
        if (type != Icmpv6Message.EchoRequest && type != Icmpv6Message.EchoReply) return false;
        IsRequest = type == Icmpv6Message.EchoRequest;
        Identifier = Icmpv6Message.ReadIdentifier(octets, icmp);
        Sequence = Icmpv6Message.ReadSequence(octets, icmp);
        _length = Ipv6Header.AddressLength;
        Octets.Copy(octets, at + Ipv6Header.DestinationOffset, _destination, 0, _length);
        Ttl = Ipv6Header.ReadHopLimit(octets, at);
        return true;
    }
}
