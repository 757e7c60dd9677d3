namespace LabEdge.Forwarding.Wire
{
    // Read RFC 4443 section 2 and RFC 4884 section 4 before changing this file.
    //
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------+---------------+-------------------------------+
    // |     type      |     code      |           checksum            |
    // +---------------+---------------+-------------------------------+
    // |          identifier           |           sequence            |   echo, echo reply
    // +---------------+---------------+-------------------------------+
    // | original / 8  |                       0                       |   unreachable, time exceeded; then the original packet
    // +---------------+-----------------------------------------------+
    // |                         MTU or pointer                        |   packet too big, parameter problem; then the same
    // +---------------------------------------------------------------+

    /// <summary>
    /// The 8-octet header of an ICMPv6 message (RFC 4443): echo, and the errors. The checksum covers the pseudo header, so each method that
    /// touches it is given the IPv6 header too, whose addresses are in place.
    /// </summary>
    public static class Icmpv6Message
    {
        public const int HeaderLength = 8;

        public const int DestinationUnreachable = 1;
        public const int PacketTooBig = 2;
        public const int TimeExceeded = 3;
        public const int ParameterProblem = 4;
        public const int EchoRequest = 128;
        public const int EchoReply = 129;
        public const int RouterSolicitation = 133;
        public const int RouterAdvertisement = 134;
        public const int NeighborSolicitation = 135;
        public const int NeighborAdvertisement = 136;
        public const int Redirect = 137;

        /// <summary>Codes of <see cref="DestinationUnreachable"/>.</summary>
        public const int NoRoute = 0;
        public const int AddressUnreachable = 3;
        public const int PortUnreachable = 4;

        /// <summary>Codes of <see cref="ParameterProblem"/>.</summary>
        public const int ErroneousField = 0;
        public const int UnrecognizedNextHeader = 1;
        public const int UnrecognizedOption = 2;

        public const int TypeOffset = 0;
        public const int CodeOffset = 1;
        public const int ChecksumOffset = 2;

        /// <summary>Of the 32 bits of MTU or pointer, and of the octet that says how long the original packet is, in units of 8 octets (RFC 4884 section 4).</summary>
        public const int ValueOffset = 4;
        public const int IdentifierOffset = 4;
        public const int SequenceOffset = 6;

        /// <param name="available">Octets from the header to the end of the IPv6 packet.</param>
        /// <returns>True when the header is there whole.</returns>
        public static bool Fits(int available)
        {
            return available >= HeaderLength;
        }

        /// <returns>The message type, 0 to 255; an error is below 128.</returns>
        public static int ReadType(byte[] octets, int offset)
        {
            return octets[offset + TypeOffset];
        }

        /// <returns>The code, 0 to 255, whose meaning depends on the type.</returns>
        public static int ReadCode(byte[] octets, int offset)
        {
            return octets[offset + CodeOffset];
        }

        /// <returns>The identifier of an echo or its reply, 16 bits.</returns>
        public static int ReadIdentifier(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + IdentifierOffset);
        }

        /// <returns>The sequence number of an echo or its reply, 16 bits.</returns>
        public static int ReadSequence(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + SequenceOffset);
        }

        /// <returns>Of <see cref="PacketTooBig"/>: octets that the next link takes; 65,535 for all that is more.</returns>
        public static int ReadMtu(byte[] octets, int offset)
        {
            int high = Octets.ReadUInt16(octets, offset + ValueOffset);
            return high != 0 ? 0xFFFF : Octets.ReadUInt16(octets, offset + ValueOffset + 2);
        }

        /// <returns>True for a type about which no error may be sent: the errors, and redirect (RFC 4443 section 2.4 e).</returns>
        public static bool IsErrorOrRedirect(int type)
        {
            return type < EchoRequest || type == Redirect;
        }

        /// <param name="octets">Holds the packet.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the ICMPv6 header.</param>
        /// <param name="length">Octets of the whole message.</param>
        /// <returns>True when the message holds its right checksum.</returns>
        public static bool ChecksumRight(byte[] octets, int ip, int offset, int length)
        {
            return Checksum(octets, ip, offset, length) == 0;
        }

        /// <summary>Writes the 8 octets of an echo or its reply, code 0, with the checksum of the whole message.</summary>
        /// <param name="octets">Where the header goes; the IPv6 header and the data after this one are in place.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the ICMPv6 header.</param>
        /// <param name="type"><see cref="EchoRequest"/> or <see cref="EchoReply"/>.</param>
        /// <param name="identifier">16 bits.</param>
        /// <param name="sequence">16 bits.</param>
        /// <param name="dataLength">Octets of data.</param>
        public static void WriteEcho(byte[] octets, int ip, int offset, int type, int identifier, int sequence, int dataLength)
        {
            octets[offset + TypeOffset] = (byte)type;
            octets[offset + CodeOffset] = 0;
            Octets.WriteUInt16(octets, offset + IdentifierOffset, identifier);
            Octets.WriteUInt16(octets, offset + SequenceOffset, sequence);
            WriteChecksum(octets, ip, offset, HeaderLength + dataLength);
        }

        /// <summary>Writes the 8 octets of an error, with the checksum of the whole message.</summary>
        /// <param name="octets">Where the header goes; the IPv6 header and what follows this one are in place.</param>
        /// <param name="ip">Offset of the IPv6 header.</param>
        /// <param name="offset">Of the ICMPv6 header.</param>
        /// <param name="type">Below 128.</param>
        /// <param name="code">Of that type.</param>
        /// <param name="value">MTU or pointer; for unreachable and time exceeded the word of <see cref="OriginalWord"/>, or 0.</param>
        /// <param name="dataLength">Octets after the header: original packet, padding, extension.</param>
        public static void WriteError(byte[] octets, int ip, int offset, int type, int code, int value, int dataLength)
        {
            octets[offset + TypeOffset] = (byte)type;
            octets[offset + CodeOffset] = (byte)code;
            Octets.WriteInt32(octets, offset + ValueOffset, value);
            WriteChecksum(octets, ip, offset, HeaderLength + dataLength);
        }

        /// <returns>The word after the checksum when an <see cref="IcmpExtension"/> follows so many octets (a multiple of 8) of original packet and padding.</returns>
        public static int OriginalWord(int originalOctets)
        {
            return (originalOctets >> 3) << 24;
        }

        /// <summary>Writes the checksum of a message that is in place but for it.</summary>
        /// <param name="length">Octets of the whole message.</param>
        /// <inheritdoc cref="ChecksumRight"/>
        public static void WriteChecksum(byte[] octets, int ip, int offset, int length)
        {
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, Checksum(octets, ip, offset, length));
        }

        private static int Checksum(byte[] octets, int ip, int offset, int length)
        {
            return InternetChecksum.Fold(InternetChecksum.Sum(octets, offset, length, Ipv6Header.PseudoHeaderSum(octets, ip, length, Ipv6Header.Icmp)));
        }
    }
}
