namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------+---------------+-------------------------------+
    // |     type      |     code      |           checksum            |
    // +---------------+---------------+-------------------------------+
    // |          identifier           |           sequence            |   echo, echo reply
    // +---------------+---------------+-------------------------------+
    // |       0       | original / 4  |     next hop MTU, or zero     |   errors; then the original datagram
    // +---------------+---------------+-------------------------------+

    /// <summary>
    /// The 8-octet header of an ICMP message (RFC 792): echo, and the errors with the fields that RFC 1191 section 4 (next hop MTU)
    /// and RFC 4884 section 4 (length of the original datagram) gave them.
    /// </summary>
    public static class IcmpMessage
    {
        public const int HeaderLength = 8;

        public const int EchoReply = 0;
        public const int DestinationUnreachable = 3;
        public const int EchoRequest = 8;
        public const int TimeExceeded = 11;
        public const int ParameterProblem = 12;

        /// <summary>Code of <see cref="DestinationUnreachable"/>.</summary>
        public const int NetUnreachable = 0;

        /// <summary>Code of <see cref="DestinationUnreachable"/>.</summary>
        public const int HostUnreachable = 1;

        /// <summary>Code of <see cref="DestinationUnreachable"/>.</summary>
        public const int PortUnreachable = 3;

        /// <summary>Code of <see cref="DestinationUnreachable"/>: too long for the next hop, and DF set.</summary>
        public const int FragmentationNeeded = 4;

        public const int TypeOffset = 0;
        public const int CodeOffset = 1;
        public const int ChecksumOffset = 2;
        public const int IdentifierOffset = 4;
        public const int OriginalWordsOffset = 5;
        public const int SequenceOffset = 6;
        public const int NextHopMtuOffset = 6;

        /// <param name="available">Octets from the header to the end of the IP packet.</param>
        /// <returns>True when the header is there whole.</returns>
        public static bool Fits(int available)
        {
            return available >= HeaderLength;
        }

        /// <returns>The message type, 0 to 255.</returns>
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

        /// <returns>For <see cref="FragmentationNeeded"/>, octets that the next hop takes; 0 from a router older than RFC 1191.</returns>
        public static int ReadNextHopMtu(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + NextHopMtuOffset);
        }

        /// <param name="octets">Holds the message.</param>
        /// <param name="offset">Of its header.</param>
        /// <param name="length">Octets of the whole message, header included.</param>
        /// <returns>True when the message holds its right checksum.</returns>
        public static bool ChecksumRight(byte[] octets, int offset, int length)
        {
            return InternetChecksum.Of(octets, offset, length) == 0;
        }

        /// <summary>Writes the 8 octets of an echo or its reply, code 0, with the checksum of the whole message.</summary>
        /// <param name="octets">Where the header goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="type"><see cref="EchoRequest"/> or <see cref="EchoReply"/>.</param>
        /// <param name="identifier">16 bits.</param>
        /// <param name="sequence">16 bits.</param>
        /// <param name="dataLength">Octets of data, already in place after the header (the header itself not counted).</param>
        public static void WriteEcho(byte[] octets, int offset, int type, int identifier, int sequence, int dataLength)
        {
            octets[offset + TypeOffset] = (byte)type;
            octets[offset + CodeOffset] = 0;
            Octets.WriteUInt16(octets, offset + IdentifierOffset, identifier);
            Octets.WriteUInt16(octets, offset + SequenceOffset, sequence);
            WriteChecksum(octets, offset, dataLength);
        }

        /// <summary>Writes the 8 octets of an error, with the checksum of the whole message.</summary>
        /// <param name="octets">Where the header goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="type"><see cref="DestinationUnreachable"/> or <see cref="TimeExceeded"/>.</param>
        /// <param name="code">Of that type.</param>
        /// <param name="nextHopMtu">For <see cref="FragmentationNeeded"/>, octets that the next hop takes; otherwise 0.</param>
        /// <param name="originalWords">
        /// 32-bit words of original datagram and its padding when an <see cref="IcmpExtension"/> follows; otherwise 0, not given.
        /// </param>
        /// <param name="dataLength">Octets already in place after the header: original datagram, padding, extension.</param>
        public static void WriteError(byte[] octets, int offset, int type, int code, int nextHopMtu, int originalWords, int dataLength)
        {
            octets[offset + TypeOffset] = (byte)type;
            octets[offset + CodeOffset] = (byte)code;
            octets[offset + IdentifierOffset] = 0;
            octets[offset + OriginalWordsOffset] = (byte)originalWords;
            Octets.WriteUInt16(octets, offset + NextHopMtuOffset, nextHopMtu);
            WriteChecksum(octets, offset, dataLength);
        }

        private static void WriteChecksum(byte[] octets, int offset, int dataLength)
        {
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, InternetChecksum.Of(octets, offset, HeaderLength + dataLength));
        }
    }
}
