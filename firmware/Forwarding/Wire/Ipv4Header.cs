namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------+-------+-----------+---+-------------------------------+
    // |   4   |  IHL  |   DSCP    |ECN|         total length          |
    // +-------+-------+-----------+---+-+-+-+-------------------------+
    // |        identification         |0|D|M|     fragment offset     |
    // +---------------+---------------+-+-+-+-------------------------+
    // |      TTL      |   protocol    |        header checksum        |
    // +---------------+---------------+-------------------------------+
    // |                            source                             |
    // +---------------------------------------------------------------+
    // |                          destination                          |
    // +---------------------------------------------------------------+
    // |                  options, (IHL - 5) * 4 octets                |

    /// <summary>The IPv4 header (RFC 791 section 3.1; RFC 2474 for the DSCP). What it reads is checked once, by <see cref="Fits"/>.</summary>
    public static class Ipv4Header
    {
        /// <summary>Octets of a header without options.</summary>
        public const int Length = 20;

        public const int Icmp = 1;
        public const int Tcp = 6;
        public const int Udp = 17;

        public const int DscpOffset = 1;
        public const int TotalLengthOffset = 2;
        public const int IdentificationOffset = 4;
        public const int FragmentOffset = 6;
        public const int TtlOffset = 8;
        public const int ProtocolOffset = 9;
        public const int ChecksumOffset = 10;
        public const int SourceOffset = 12;
        public const int DestinationOffset = 16;

        /// <summary>Checks version and lengths, not the checksum (RFC 1812 section 5.2.2).</summary>
        /// <param name="octets">Holds the packet.</param>
        /// <param name="offset">Of the header.</param>
        /// <param name="available">Octets from there to the end of what was received; link padding may be among them.</param>
        /// <returns>True when version is 4, header length is at least 20 octets, and header and packet lie within what is there.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length)
            {
                return false;
            }

            int versionAndLength = octets[offset];
            if (versionAndLength < 0x45 || versionAndLength > 0x4F)
            {
                return false;
            }

            int headerLength = (versionAndLength & 0x0F) << 2;
            int totalLength = Octets.ReadUInt16(octets, offset + TotalLengthOffset);
            return totalLength >= headerLength && totalLength <= available;
        }

        /// <returns>Octets of the header with its options, 20 to 60.</returns>
        public static int ReadHeaderLength(byte[] octets, int offset)
        {
            return (octets[offset] & 0x0F) << 2;
        }

        /// <returns>The differentiated services code point, 0 to 63 (RFC 2474 section 3).</returns>
        public static int ReadDscp(byte[] octets, int offset)
        {
            return octets[offset + DscpOffset] >> 2;
        }

        /// <returns>Octets of the packet, header included.</returns>
        public static int ReadTotalLength(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + TotalLengthOffset);
        }

        /// <returns>What the fragments of one packet have in common, 16 bits.</returns>
        public static int ReadIdentification(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + IdentificationOffset);
        }

        /// <returns>True when a router may not fragment the packet.</returns>
        public static bool ReadDontFragment(byte[] octets, int offset)
        {
            return (octets[offset + FragmentOffset] & 0x40) != 0;
        }

        /// <returns>True when this is not the last fragment of its packet.</returns>
        public static bool ReadMoreFragments(byte[] octets, int offset)
        {
            return (octets[offset + FragmentOffset] & 0x20) != 0;
        }

        /// <returns>Where the fragment's payload lies in that of its packet, in units of 8 octets.</returns>
        public static int ReadFragmentOffset(byte[] octets, int offset)
        {
            return ((octets[offset + FragmentOffset] & 0x1F) << 8) | octets[offset + FragmentOffset + 1];
        }

        /// <returns>The time to live, 0 to 255.</returns>
        public static int ReadTtl(byte[] octets, int offset)
        {
            return octets[offset + TtlOffset];
        }

        /// <returns>The protocol of the payload, 0 to 255.</returns>
        public static int ReadProtocol(byte[] octets, int offset)
        {
            return octets[offset + ProtocolOffset];
        }

        /// <returns>The header checksum as it stands, 16 bits.</returns>
        public static int ReadChecksum(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + ChecksumOffset);
        }

        /// <returns>The source address, its first octet highest.</returns>
        public static uint ReadSource(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + SourceOffset);
        }

        /// <returns>The destination address, its first octet highest.</returns>
        public static uint ReadDestination(byte[] octets, int offset)
        {
            return Octets.ReadUInt32(octets, offset + DestinationOffset);
        }

        /// <summary>Writes 20 octets with their checksum: no options, ECN 0, not a fragment.</summary>
        /// <param name="octets">Where the header goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="dscp">0 to 63.</param>
        /// <param name="totalLength">Octets of header and payload.</param>
        /// <param name="identification">16 bits.</param>
        /// <param name="dontFragment">The DF bit.</param>
        /// <param name="ttl">0 to 255.</param>
        /// <param name="protocol">0 to 255.</param>
        /// <param name="source">Address, its first octet highest.</param>
        /// <param name="destination">Address, its first octet highest.</param>
        public static void Write(byte[] octets, int offset, int dscp, int totalLength, int identification, bool dontFragment, int ttl, int protocol, uint source, uint destination)
        {
            octets[offset] = 0x45;
            octets[offset + DscpOffset] = (byte)(dscp << 2);
            Octets.WriteUInt16(octets, offset + TotalLengthOffset, totalLength);
            Octets.WriteUInt16(octets, offset + IdentificationOffset, identification);
            Octets.WriteUInt16(octets, offset + FragmentOffset, dontFragment ? 0x4000 : 0);
            octets[offset + TtlOffset] = (byte)ttl;
            octets[offset + ProtocolOffset] = (byte)protocol;
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            Octets.WriteUInt32(octets, offset + SourceOffset, source);
            Octets.WriteUInt32(octets, offset + DestinationOffset, destination);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, InternetChecksum.Of(octets, offset, Length));
        }

        /// <returns>True when the header with its options holds its right checksum.</returns>
        public static bool ChecksumRight(byte[] octets, int offset)
        {
            return InternetChecksum.Of(octets, offset, ReadHeaderLength(octets, offset)) == 0;
        }

        /// <summary>Replaces the time to live and corrects the checksum by the difference (RFC 1624 section 3, equation 3).</summary>
        /// <remarks>A right checksum stays right, a wrong one stays wrong.</remarks>
        /// <param name="octets">Holds the header.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="newTtl">0 to 255.</param>
        public static void SetTtl(byte[] octets, int offset, int newTtl)
        {
            int protocol = octets[offset + ProtocolOffset];
            int oldWord = (octets[offset + TtlOffset] << 8) | protocol;
            int newWord = (newTtl << 8) | protocol;

            // HC' = ~(~HC + ~m + m')
            int sum = (~Octets.ReadUInt16(octets, offset + ChecksumOffset) & 0xFFFF) + (~oldWord & 0xFFFF) + newWord;
            octets[offset + TtlOffset] = (byte)newTtl;
            Octets.WriteUInt16(octets, offset + ChecksumOffset, InternetChecksum.Fold(sum));
        }
    }
}
