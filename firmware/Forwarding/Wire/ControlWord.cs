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
