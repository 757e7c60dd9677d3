namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------------------------------+-------------------------------+
    // |          source port          |       destination port        |
    // +-------------------------------+-------------------------------+
    // |    length, header included    |    checksum, 0 = not given    |
    // +-------------------------------+-------------------------------+

    /// <summary>The UDP header over IPv4 (RFC 768) and IPv6 (RFC 8200 section 8.1, where the checksum is not optional).</summary>
    public static class UdpHeader
    {
        public const int Length = 8;

        public const int SourcePortOffset = 0;
        public const int DestinationPortOffset = 2;
        public const int LengthOffset = 4;
        public const int ChecksumOffset = 6;

        /// <param name="octets">Holds the datagram.</param>
        /// <param name="offset">Of its header.</param>
        /// <param name="available">Octets from there to the end of the IP packet.</param>
        /// <returns>True when the header is there and the length it states lies between 8 and <paramref name="available"/>.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length)
            {
                return false;
            }

            int length = Octets.ReadUInt16(octets, offset + LengthOffset);
            return length >= Length && length <= available;
        }

        /// <returns>The sender's port, 0 to 65,535; 0 when no answer is wanted.</returns>
        public static int ReadSourcePort(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + SourcePortOffset);
        }

        /// <returns>The receiver's port, 0 to 65,535.</returns>
        public static int ReadDestinationPort(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + DestinationPortOffset);
        }

        /// <returns>Octets of header and payload.</returns>
        public static int ReadLength(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + LengthOffset);
        }

        /// <summary>Writes the 8 octets with the checksum of the datagram and its addresses.</summary>
        /// <param name="octets">Where the header goes; the payload is already in place after it.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="source">Our port.</param>
        /// <param name="destination">The receiver's port.</param>
        /// <param name="length">Octets of header and payload, at least 8.</param>
        /// <param name="sourceAddress">Of the IPv4 header, first octet highest.</param>
        /// <param name="destinationAddress">Of the IPv4 header, first octet highest.</param>
        public static void Write(byte[] octets, int offset, int source, int destination, int length, uint sourceAddress, uint destinationAddress)
        {
            Octets.WriteUInt16(octets, offset + SourcePortOffset, source);
            Octets.WriteUInt16(octets, offset + DestinationPortOffset, destination);
            Octets.WriteUInt16(octets, offset + LengthOffset, length);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            int checksum = Checksum(octets, offset, length, sourceAddress, destinationAddress);

            // RFC 768: a checksum of zero goes out as all ones, for zero says that there is none.
            Octets.WriteUInt16(octets, offset + ChecksumOffset, checksum == 0 ? 0xFFFF : checksum);
        }

        /// <param name="octets">Holds the datagram.</param>
        /// <param name="offset">Of its header.</param>
        /// <param name="length">Octets of header and payload, as the header states and <see cref="Fits"/> checked.</param>
        /// <param name="sourceAddress">Of the IPv4 header, first octet highest.</param>
        /// <param name="destinationAddress">Of the IPv4 header, first octet highest.</param>
        /// <returns>True when the checksum is right, or absent (0).</returns>
        public static bool ChecksumRight(byte[] octets, int offset, int length, uint sourceAddress, uint destinationAddress)
        {
            return Octets.ReadUInt16(octets, offset + ChecksumOffset) == 0
                || Checksum(octets, offset, length, sourceAddress, destinationAddress) == 0;
        }

        /// <summary>Writes the 8 octets of a datagram over IPv6.</summary>
        /// <param name="octets">Where the header goes; the IPv6 header and the payload are in place.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the UDP header.</param>
        /// <param name="source">Our port.</param>
        /// <param name="destination">The receiver's port.</param>
        /// <param name="length">Octets of header and payload, at least 8.</param>
        public static void WriteOverIpv6(byte[] octets, int ip, int offset, int source, int destination, int length)
        {
            Octets.WriteUInt16(octets, offset + SourcePortOffset, source);
            Octets.WriteUInt16(octets, offset + DestinationPortOffset, destination);
            Octets.WriteUInt16(octets, offset + LengthOffset, length);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            int checksum = ChecksumOverIpv6(octets, ip, offset, length);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, checksum == 0 ? 0xFFFF : checksum);
        }

        /// <param name="octets">Holds the packet.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the UDP header, which passed <see cref="Fits"/>.</param>
        /// <returns>True when the checksum is right; an absent one (0) is not looked at here, and is wrong for all but some tunnels (RFC 6935).</returns>
        public static bool ChecksumRightOverIpv6(byte[] octets, int ip, int offset)
        {
            return ChecksumOverIpv6(octets, ip, offset, ReadLength(octets, offset)) == 0;
        }

        private static int ChecksumOverIpv6(byte[] octets, int ip, int offset, int length)
        {
            return InternetChecksum.Fold(InternetChecksum.Sum(octets, offset, length, Ipv6Header.PseudoHeaderSum(octets, ip, length, Ipv6Header.Udp)));
        }

        /// <summary>Sums the pseudo header (addresses, protocol, length) and the datagram.</summary>
        private static int Checksum(byte[] octets, int offset, int length, uint sourceAddress, uint destinationAddress)
        {
            uint addresses = (sourceAddress >> 16) + (sourceAddress & 0xFFFF) + (destinationAddress >> 16) + (destinationAddress & 0xFFFF);
            int pseudoHeader = (int)addresses;
            return InternetChecksum.Fold(InternetChecksum.Sum(octets, offset, length, pseudoHeader + Ipv4Header.Udp + length));
        }
    }
}
