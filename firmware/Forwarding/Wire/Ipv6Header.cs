namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------+---------------+---------------------------------------+
    // |   6   | traffic class |              flow label               |
    // +-------+---------------+---------------+-----------------------+
    // |        payload length         |  next header  |   hop limit   |
    // +-------------------------------+---------------+---------------+
    // |                       source, 16 octets                       |
    // +---------------------------------------------------------------+
    // |                    destination, 16 octets                     |

    /// <summary>The IPv6 header (RFC 8200 section 3) and the kinds of its addresses (RFC 4291 section 2.4). What it reads is checked once, by <see cref="Fits"/>.</summary>
    public static class Ipv6Header
    {
        /// <summary>Octets of the header; extension headers are payload.</summary>
        public const int Length = 40;

        /// <summary>Octets of an address.</summary>
        public const int AddressLength = 16;

        public const int HopByHop = 0;
        public const int Tcp = 6;
        public const int Udp = 17;
        public const int Routing = 43;
        public const int Fragment = 44;
        public const int Gre = 47;
        public const int Icmp = 58;
        public const int NoNextHeader = 59;
        public const int DestinationOptions = 60;

        public const int PayloadLengthOffset = 4;
        public const int NextHeaderOffset = 6;
        public const int HopLimitOffset = 7;
        public const int SourceOffset = 8;
        public const int DestinationOffset = 24;

        /// <summary>Checks version and payload length.</summary>
        /// <param name="octets">Holds the packet.</param>
        /// <param name="offset">Of the header.</param>
        /// <param name="available">Octets from there to the end of what was received; link padding may be among them.</param>
        /// <returns>True when version is 6, and header and payload lie within what is there.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            return available >= Length && (octets[offset] >> 4) == 6
                && Length + Octets.ReadUInt16(octets, offset + PayloadLengthOffset) <= available;
        }

        /// <returns>The traffic class, 0 to 255: the DSCP and two bits of ECN (RFC 2474 section 3, RFC 3168 section 5).</returns>
        public static int ReadTrafficClass(byte[] octets, int offset)
        {
            return ((octets[offset] & 0x0F) << 4) | (octets[offset + 1] >> 4);
        }

        /// <returns>The differentiated services code point, 0 to 63.</returns>
        public static int ReadDscp(byte[] octets, int offset)
        {
            return ((octets[offset] & 0x0F) << 2) | (octets[offset + 1] >> 6);
        }

        /// <returns>The flow label, 20 bits (RFC 6437).</returns>
        public static int ReadFlowLabel(byte[] octets, int offset)
        {
            return ((octets[offset + 1] & 0x0F) << 16) | (octets[offset + 2] << 8) | octets[offset + 3];
        }

        /// <returns>Octets after the header, extension headers included.</returns>
        public static int ReadPayloadLength(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + PayloadLengthOffset);
        }

        /// <returns>What follows the header: an extension header or the protocol of the payload, 0 to 255.</returns>
        public static int ReadNextHeader(byte[] octets, int offset)
        {
            return octets[offset + NextHeaderOffset];
        }

        /// <returns>
        /// True for what packets between hosts really have next: an extension header (RFC 7045 section 4), or TCP, UDP, SCTP, ICMPv6, nothing, and
        /// IPv4, IPv6 or GRE in a tunnel.
        /// </returns>
        public static bool IsCommon(int nextHeader)
        {
            switch (nextHeader)
            {
                case HopByHop:
                case 4:
                case Tcp:
                case Udp:
                case 41:
                case Routing:
                case Fragment:
                case Gre:
                case 50:
                case 51:
                case Icmp:
                case NoNextHeader:
                case DestinationOptions:
                case 132:
                    return true;
                default:
                    return false;
            }
        }

        /// <returns>The hop limit, 0 to 255.</returns>
        public static int ReadHopLimit(byte[] octets, int offset)
        {
            return octets[offset + HopLimitOffset];
        }

        /// <summary>Writes the 40 octets.</summary>
        /// <param name="octets">Where the header goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="trafficClass">0 to 255.</param>
        /// <param name="flowLabel">20 bits.</param>
        /// <param name="payloadLength">Octets after the header.</param>
        /// <param name="nextHeader">0 to 255.</param>
        /// <param name="hopLimit">0 to 255.</param>
        /// <param name="source">Holds the source address.</param>
        /// <param name="sourceOffset">Of its first octet.</param>
        /// <param name="destination">Holds the destination address; it may be the same array.</param>
        /// <param name="destinationOffset">Of its first octet.</param>
        public static void Write(byte[] octets, int offset, int trafficClass, int flowLabel, int payloadLength, int nextHeader, int hopLimit,
            byte[] source, int sourceOffset, byte[] destination, int destinationOffset)
        {
            Octets.WriteInt32(octets, offset, (6 << 28) | ((trafficClass & 0xFF) << 20) | (flowLabel & 0xFFFFF));
            Octets.WriteUInt16(octets, offset + PayloadLengthOffset, payloadLength);
            octets[offset + NextHeaderOffset] = (byte)nextHeader;
            octets[offset + HopLimitOffset] = (byte)hopLimit;
            Octets.Copy(source, sourceOffset, octets, offset + SourceOffset, AddressLength);
            Octets.Copy(destination, destinationOffset, octets, offset + DestinationOffset, AddressLength);
        }

        /// <summary>
        /// The sum of the pseudo header (RFC 8200 section 8.1), to begin the sum of what is above: ICMPv6, UDP and TCP over IPv6 have it in
        /// their checksums. Addresses are those of the header at <paramref name="offset"/>.
        /// </summary>
        /// <param name="upperLength">Octets of the upper header and its payload, at most 65,535.</param>
        /// <param name="upperProtocol">The upper header's number, 0 to 255.</param>
        /// <returns>For <see cref="InternetChecksum.Sum"/> as the sum so far.</returns>
        public static int PseudoHeaderSum(byte[] octets, int offset, int upperLength, int upperProtocol)
        {
            return InternetChecksum.Sum(octets, offset + SourceOffset, 2 * AddressLength, 0) + upperLength + upperProtocol;
        }

        /// <returns>True for ff00::/8 (RFC 4291 section 2.7).</returns>
        public static bool IsMulticast(byte[] octets, int addressOffset)
        {
            return octets[addressOffset] == 0xFF;
        }

        /// <returns>True for fe80::/10, the unicast addresses of one link (RFC 4291 section 2.5.6).</returns>
        public static bool IsLinkLocal(byte[] octets, int addressOffset)
        {
            return octets[addressOffset] == 0xFE && (octets[addressOffset + 1] & 0xC0) == 0x80;
        }

        /// <returns>True for ::, which is no sender's address but that of one without any (RFC 4291 section 2.5.2).</returns>
        public static bool IsUnspecified(byte[] octets, int addressOffset)
        {
            return IsZero(octets, addressOffset, AddressLength);
        }

        /// <returns>True for ::1, which no packet outside a node has (RFC 4291 section 2.5.3).</returns>
        public static bool IsLoopback(byte[] octets, int addressOffset)
        {
            return octets[addressOffset + AddressLength - 1] == 1 && IsZero(octets, addressOffset, AddressLength - 1);
        }

        /// <returns>True for ::ffff:0:0/96, an IPv4 address as an API writes it, not for the wire (RFC 4291 section 2.5.5.2, RFC 6890).</returns>
        public static bool IsIpv4Mapped(byte[] octets, int addressOffset)
        {
            return octets[addressOffset + 10] == 0xFF && octets[addressOffset + 11] == 0xFF && IsZero(octets, addressOffset, 10);
        }

        /// <returns>True when both addresses are the same. The last octets come first: the stations of a link differ there.</returns>
        public static bool AddressesEqual(byte[] a, int aOffset, byte[] b, int bOffset)
        {
            for (int i = AddressLength - 1; i >= 0; i--)
            {
                if (a[aOffset + i] != b[bOffset + i])
                {
                    return false;
                }
            }
            return true;
        }

        private static bool IsZero(byte[] octets, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (octets[offset + i] != 0)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
