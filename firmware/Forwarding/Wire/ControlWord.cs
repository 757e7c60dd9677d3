namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------+-------+---+-----------+-------------------------------+
    // |   0   | flags |FRG|  length   |            sequence           |   RFC 4385; for Ethernet flags, FRG and length are zero
    // +-------+-------+---+-----------+-------------------------------+

    /// <summary>
    /// The 4 octets between the label stack and the payload of a pseudowire (RFC 4385 section 3; RFC 4448 section 4.6 for Ethernet).
    /// </summary>
    public static class ControlWord
    {
        public const int Length = 4;

        /// <summary>First nibble of a word in front of user data (RFC 4385 section 3).</summary>
        public const int DataNibble = 0;

        /// <summary>First nibble of an associated channel header (RFC 4385 section 5).</summary>
        public const int AssociatedChannelNibble = 1;

        /// <summary>The two FRG bits (RFC 4623 section 4.1): a whole frame, its first fragment, its last, one between.</summary>
        public const int Whole = 0;
        public const int FirstFragment = 1;
        public const int LastFragment = 2;
        public const int MiddleFragment = 3;

        private const int FragmentOffset = 1;
        private const int FragmentShift = 6;
        private const int SequenceOffset = 2;

        /// <returns>The first 4 bits: 0 data, 1 associated channel; 4 and 6 would look like an IP packet.</returns>
        public static int ReadNibble(byte[] octets, int offset)
        {
            return octets[offset] >> 4;
        }

        /// <returns>The 4 bits whose meaning depends on the pseudowire type; 0 for Ethernet.</returns>
        public static int ReadFlags(byte[] octets, int offset)
        {
            return octets[offset] & 0x0F;
        }

        /// <returns>The sequence number, 0 to 65,535; 0 when the sender does not count (RFC 4385 section 4).</returns>
        public static int ReadSequence(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + SequenceOffset);
        }

        /// <summary>Writes the word of an Ethernet pseudowire: 16 zero bits and the sequence number.</summary>
        public static void Write(byte[] octets, int offset, int sequence)
        {
            octets[offset] = 0;
            octets[offset + 1] = 0;
            Octets.WriteUInt16(octets, offset + SequenceOffset, sequence);
        }

        /// <returns><see cref="Whole"/>, <see cref="FirstFragment"/>, <see cref="LastFragment"/> or <see cref="MiddleFragment"/>.</returns>
        public static int ReadFragment(byte[] octets, int offset)
        {
            return octets[offset + FragmentOffset] >> FragmentShift;
        }

        /// <summary>Writes the word with FRG bits, the other flags and the length zero, and the sequence number.</summary>
        public static void Write(byte[] octets, int offset, int fragment, int sequence)
        {
            octets[offset] = 0;
            octets[offset + FragmentOffset] = (byte)(fragment << FragmentShift);
            Octets.WriteUInt16(octets, offset + SequenceOffset, sequence);
        }

        /// <returns>The number after this one: 1 to 65,535, zero is left out (RFC 4385 section 4.1).</returns>
        public static int NextSequence(int sequence)
        {
            return sequence == 65535 ? 1 : sequence + 1;
        }

        /// <summary>RFC 4385 section 4.2: zero is always in order, else the expected number and the 32,767 after it (half of the numbers).</summary>
        public static bool IsInOrder(int sequence, int expected)
        {
            int ahead = sequence - expected;
            return sequence == 0 || (ahead >= 0 ? ahead < 32768 : ahead <= -32768);
        }

        /// <returns>True when user data follows.</returns>
        public static bool IsData(byte[] octets, int offset)
        {
            return octets[offset] >> 4 == DataNibble;
        }

        /// <returns>True when the word is an associated channel header.</returns>
        public static bool IsAssociatedChannel(byte[] octets, int offset)
        {
            return octets[offset] >> 4 == AssociatedChannelNibble;
        }
    }
}
