namespace LabEdge.Forwarding.Wire
{
    // Read RFC 4861 sections 4.3, 4.4, 4.6 and 7.1 before changing this file.
    //
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------+---------------+-------------------------------+
    // |  135 or 136   |       0       |           checksum            |
    // +-+-+-+---------+---------------+-------------------------------+
    // |R|S|O|                           0                             |   R, S, O: advertisement only
    // +-+-+-+---------------------------------------------------------+
    // |                       target, 16 octets                       |
    // +---------------+---------------+-------------------------------+
    // |  option type  |  length / 8   |    link-layer address, 6      |   and more options, to the end of the message
    // +---------------+---------------+-------------------------------+

    /// <summary>Neighbor solicitation and advertisement of Neighbor Discovery for IPv6 on Ethernet (RFC 4861, RFC 2464): ICMPv6 messages.</summary>
    public static class NdPacket
    {
        /// <summary>Octets of a message without options.</summary>
        public const int Length = 24;

        /// <summary>Octets of a link-layer address option for Ethernet (RFC 2464 section 6).</summary>
        public const int OptionLength = 8;

        public const int SourceLinkLayer = 1;
        public const int TargetLinkLayer = 2;

        /// <summary>Bits of the octet at <see cref="FlagsOffset"/>: sent by a router, answer to a solicitation, replaces what is known.</summary>
        public const int Router = 0x80;
        public const int Solicited = 0x40;
        public const int Override = 0x20;

        public const int FlagsOffset = 4;
        public const int TargetOffset = 8;

        /// <summary>The hop limit that every message has, so that it comes from the link itself (RFC 4861 section 3.1).</summary>
        public const int HopLimit = 255;

        /// <summary>
        /// Checks what RFC 4861 section 7.1 asks of a message's own octets: code, length, target, and options that are not empty and end with it.
        /// Checksum and hop limit are checked elsewhere.
        /// </summary>
        /// <param name="octets">Holds the message.</param>
        /// <param name="offset">Of its ICMPv6 header.</param>
        /// <param name="length">Octets of the whole message.</param>
        public static bool Fits(byte[] octets, int offset, int length)
        {
            if (length < Length || octets[offset + Icmpv6Message.CodeOffset] != 0 || Ipv6Header.IsMulticast(octets, offset + TargetOffset))
            {
                return false;
            }
            int end = offset + length;
            int at = offset + Length;
            while (at < end)
            {
                int option = end - at >= OptionLength ? octets[at + 1] << 3 : 0;
                if (option == 0 || option > end - at)
                {
                    return false;
                }
                at += option;
            }
            return true;
        }

        /// <summary>Finds the first option of a type that holds an Ethernet address. The message passed <see cref="Fits"/>.</summary>
        /// <param name="type"><see cref="SourceLinkLayer"/> or <see cref="TargetLinkLayer"/>.</param>
        /// <returns>Offset of the 6-octet address, or -1.</returns>
        /// <inheritdoc cref="Fits"/>
        public static int FindLinkLayer(byte[] octets, int offset, int length, int type)
        {
            int end = offset + length;
            for (int at = offset + Length; at < end; at += octets[at + 1] << 3)
            {
                if (octets[at] == type && octets[at + 1] == 1)
                {
                    return at + 2;
                }
            }
            return -1;
        }

        /// <returns>The bits <see cref="Router"/>, <see cref="Solicited"/>, <see cref="Override"/> of an advertisement.</returns>
        public static int ReadFlags(byte[] octets, int offset)
        {
            return octets[offset + FlagsOffset] & (Router | Solicited | Override);
        }

        /// <summary>Writes a solicitation or an advertisement with its checksum.</summary>
        /// <param name="octets">Where it goes; the IPv6 header is in place, its payload length what this returns.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the ICMPv6 header.</param>
        /// <param name="type"><see cref="Icmpv6Message.NeighborSolicitation"/> or <see cref="Icmpv6Message.NeighborAdvertisement"/>.</param>
        /// <param name="flags">Of an advertisement; 0 for a solicitation.</param>
        /// <param name="target">Holds the target address at <paramref name="targetOffset"/>.</param>
        /// <param name="station">Our 6 octets for the one option; null: no option (source unspecified, RFC 4861 section 4.3).</param>
        /// <returns>Octets written.</returns>
        public static int Write(byte[] octets, int ip, int offset, int type, int flags, byte[] target, int targetOffset, byte[] station, int stationOffset)
        {
            int length = LengthWith(station != null);
            octets[offset + Icmpv6Message.TypeOffset] = (byte)type;
            octets[offset + Icmpv6Message.CodeOffset] = 0;
            Octets.WriteInt32(octets, offset + FlagsOffset, flags << 24);
            Octets.Copy(target, targetOffset, octets, offset + TargetOffset, Ipv6Header.AddressLength);
            if (station != null)
            {
                octets[offset + Length] = (byte)(type == Icmpv6Message.NeighborSolicitation ? SourceLinkLayer : TargetLinkLayer);
                octets[offset + Length + 1] = 1;
                Octets.Copy(station, stationOffset, octets, offset + Length + 2, EthernetHeader.AddressLength);
            }
            Icmpv6Message.WriteChecksum(octets, ip, offset, length);
            return length;
        }

        /// <returns>Octets of a message with or without its option.</returns>
        public static int LengthWith(bool option)
        {
            return option ? Length + OptionLength : Length;
        }
    }
}
