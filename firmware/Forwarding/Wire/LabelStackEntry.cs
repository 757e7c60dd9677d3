namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------------------------------+-----+-+---------------+
    // |                 label                 | TC  |S|      TTL      |
    // +---------------------------------------+-----+-+---------------+

    /// <summary>
    /// One 4-octet label stack entry (RFC 3032 section 2.1; RFC 5462 names the traffic class): label 20, TC 3, S 1, TTL 8 bits.
    /// </summary>
    public static class LabelStackEntry
    {
        public const int Length = 4;

        /// <summary>Pop and look again, as IPv4 when it was the last (RFC 3032 section 2.1, RFC 4182).</summary>
        public const int ExplicitNullIpv4 = 0;

        /// <summary>To the control plane of the receiver; never at the bottom (RFC 3032 section 2.1).</summary>
        public const int RouterAlert = 1;

        /// <summary>Pop and look again, as IPv6 when it was the last (RFC 3032 section 2.1, RFC 4182).</summary>
        public const int ExplicitNullIpv6 = 2;

        /// <summary>"Pop before you send to me": signalled only, never on the wire (RFC 3032 section 2.1).</summary>
        public const int ImplicitNull = 3;

        /// <summary>The entry after this one is an entropy label (RFC 6790 section 4.1).</summary>
        public const int EntropyIndicator = 7;

        /// <summary>First label that may be given out (RFC 3032 section 2.1: 0 to 15 are reserved).</summary>
        public const int FirstUnreserved = 16;

        /// <summary>Highest label: 2^20 - 1.</summary>
        public const int Last = 1048575;

        /// <returns>The label, 0 to <see cref="Last"/>.</returns>
        public static int ReadLabel(byte[] octets, int offset)
        {
            return (octets[offset] << 12) | (octets[offset + 1] << 4) | (octets[offset + 2] >> 4);
        }

        /// <returns>The traffic class, 0 to 7 (the "experimental" bits of RFC 3032).</returns>
        public static int ReadTrafficClass(byte[] octets, int offset)
        {
            return (octets[offset + 2] >> 1) & 7;
        }

        /// <returns>True when the entry is the last of its stack (the S bit).</returns>
        public static bool ReadBottom(byte[] octets, int offset)
        {
            return (octets[offset + 2] & 1) != 0;
        }

        /// <returns>The time to live, 0 to 255.</returns>
        public static int ReadTtl(byte[] octets, int offset)
        {
            return octets[offset + 3];
        }

        /// <summary>Writes the 4 octets.</summary>
        public static void Write(byte[] octets, int offset, int label, int trafficClass, bool bottom, int ttl)
        {
            Octets.WriteInt32(octets, offset, Word(label, trafficClass, bottom, ttl));
        }

        /// <returns>The entry as 32 bits, the first octet highest: what <see cref="Write"/> puts on the wire.</returns>
        public static int Word(int label, int trafficClass, bool bottom, int ttl)
        {
            return (label << 12) | ((trafficClass & 7) << 9) | (bottom ? 0x100 : 0) | (ttl & 0xFF);
        }
    }
}
