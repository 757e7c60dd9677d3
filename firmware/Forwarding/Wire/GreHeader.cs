namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-+-+-+-+-----------------+-----+-------------------------------+
    // |C| |K|S|    reserved     |ver 0|         protocol type         |
    // +-+-+-+-+-----------------+-----+-------------------------------+
    // |     checksum, when C          |     reserved, when C          |
    // +-------------------------------+-------------------------------+
    // |                          key, when K                          |
    // +---------------------------------------------------------------+
    // |                    sequence number, when S                    |
    // +---------------------------------------------------------------+

    /// <summary>Generic routing encapsulation (RFC 2784; key and sequence number RFC 2890). What it reads is checked once, by <see cref="Fits"/>.</summary>
    public static class GreHeader
    {
        /// <summary>Octets without the optional fields, of one of them, and of a header with all three.</summary>
        public const int Length = 4;
        public const int FieldLength = 4;
        public const int Longest = Length + 3 * FieldLength;

        /// <summary>Bits of the first 16 that announce a field.</summary>
        public const int Checksum = 0x8000;
        public const int Key = 0x2000;
        public const int Sequence = 0x1000;

        /// <summary>Bits 1 (routing), 4 and 5 and the version: a receiver that does not know RFC 1701 discards what has one of them (RFC 2784 section 2.3). Bits 6 to 12 do not count.</summary>
        private const int MustBeZero = 0x4000 | 0x0C00 | 0x0007;

        /// <returns>Octets of a header whose first 16 bits are <paramref name="flags"/>.</returns>
        public static int LengthOf(int flags)
        {
            return Length + ((flags & Checksum) != 0 ? FieldLength : 0) + ((flags & Key) != 0 ? FieldLength : 0) + ((flags & Sequence) != 0 ? FieldLength : 0);
        }

        /// <param name="octets">Holds the packet.</param>
        /// <param name="offset">Of the header.</param>
        /// <param name="available">Octets from there to the end of the IP packet.</param>
        /// <returns>True when the header with its fields is there, its version 0 and no bit set that must not be.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length)
            {
                return false;
            }
            int flags = ReadFlags(octets, offset);
            return (flags & MustBeZero) == 0 && LengthOf(flags) <= available;
        }

        /// <returns>The first 16 bits: see <see cref="Checksum"/>, <see cref="Key"/>, <see cref="Sequence"/>.</returns>
        public static int ReadFlags(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset);
        }

        /// <returns>The EtherType of the payload.</returns>
        public static int ReadProtocol(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + 2);
        }

        /// <returns>The key; only when its bit is set.</returns>
        public static int ReadKey(byte[] octets, int offset)
        {
            return Octets.ReadInt32(octets, KeyAt(octets, offset));
        }

        /// <returns>The sequence number; only when its bit is set.</returns>
        public static int ReadSequence(byte[] octets, int offset)
        {
            return Octets.ReadInt32(octets, SequenceAt(octets, offset));
        }

        /// <summary>Writes the header. A checksum field is zero until <see cref="WriteChecksum"/>.</summary>
        /// <param name="flags">Which fields it has.</param>
        /// <param name="key">Written when flags say so, as is the sequence number.</param>
        public static void Write(byte[] octets, int offset, int flags, int protocol, int key, int sequence)
        {
            Octets.WriteUInt16(octets, offset, flags);
            Octets.WriteUInt16(octets, offset + 2, protocol);
            if ((flags & Checksum) != 0)
            {
                Octets.WriteInt32(octets, offset + Length, 0);
            }
            if ((flags & Key) != 0)
            {
                Octets.WriteInt32(octets, KeyAt(octets, offset), key);
            }
            if ((flags & Sequence) != 0)
            {
                Octets.WriteInt32(octets, SequenceAt(octets, offset), sequence);
            }
        }

        /// <summary>Writes the sequence number of a header that has one.</summary>
        public static void WriteSequence(byte[] octets, int offset, int sequence)
        {
            Octets.WriteInt32(octets, SequenceAt(octets, offset), sequence);
        }

        /// <summary>Writes the checksum of header and payload (RFC 2784 section 2.2) into a header that has one.</summary>
        /// <param name="length">Octets of header and payload.</param>
        public static void WriteChecksum(byte[] octets, int offset, int length)
        {
            Octets.WriteInt32(octets, offset + Length, 0);
            Octets.WriteUInt16(octets, offset + Length, InternetChecksum.Of(octets, offset, length));
        }

        /// <param name="length">Octets of header and payload.</param>
        /// <returns>True when the checksum is right, or there is none.</returns>
        public static bool ChecksumRight(byte[] octets, int offset, int length)
        {
            return (octets[offset] & (Checksum >> 8)) == 0 || InternetChecksum.Of(octets, offset, length) == 0;
        }

        private static int KeyAt(byte[] octets, int offset)
        {
            return offset + LengthOf(ReadFlags(octets, offset) & Checksum);
        }

        private static int SequenceAt(byte[] octets, int offset)
        {
            return offset + LengthOf(ReadFlags(octets, offset) & (Checksum | Key));
        }
    }
}
