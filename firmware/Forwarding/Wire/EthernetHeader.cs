namespace LabEdge.Forwarding.Wire
{
    //  0                                      5 6                                     11 12         13
    // +----------------------------------------+----------------------------------------+-------------+
    // |              destination               |                 source                 |  EtherType  |
    // +----------------------------------------+----------------------------------------+-------------+

    /// <summary>
    /// The 14-octet Ethernet header (IEEE 802.3; RFC 894 for IPv4, RFC 3032 section 5 for MPLS), without FCS.
    /// A tag, when there is one, follows it: <see cref="VlanTag"/>.
    /// </summary>
    public static class EthernetHeader
    {
        public const int Length = 14;

        /// <summary>Shortest frame in octets without FCS; shorter ones are padded by who sends.</summary>
        public const int MinimumFrame = 60;

        public const int AddressLength = 6;
        public const int DestinationOffset = 0;
        public const int SourceOffset = 6;
        public const int EtherTypeOffset = 12;

        public const int Ipv4 = 0x0800;
        public const int Arp = 0x0806;
        public const int Ipv6 = 0x86DD;

        /// <summary>Labelled, downstream-assigned (RFC 5332 section 3).</summary>
        public const int Mpls = 0x8847;

        /// <summary>Labelled, upstream-assigned (RFC 5332 section 3).</summary>
        public const int MplsUpstream = 0x8848;

        /// <summary>Customer tag, IEEE 802.1Q.</summary>
        public const int Vlan = 0x8100;

        /// <summary>Service tag, IEEE 802.1ad.</summary>
        public const int ServiceVlan = 0x88A8;

        /// <returns>The 16 bits at octet 12: an EtherType, or a length in octets when below 0x0600.</returns>
        public static int ReadEtherType(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + EtherTypeOffset);
        }

        /// <summary>Writes the 14 octets. Neither address may lie where the header is written.</summary>
        /// <param name="octets">Where the header goes.</param>
        /// <param name="offset">Of its first octet.</param>
        /// <param name="destination">Holds the 6 octets of the receiver's address.</param>
        /// <param name="destinationOffset">Of their first.</param>
        /// <param name="source">Holds the 6 octets of our address.</param>
        /// <param name="sourceOffset">Of their first.</param>
        /// <param name="etherType">What follows.</param>
        public static void Write(byte[] octets, int offset, byte[] destination, int destinationOffset, byte[] source, int sourceOffset, int etherType)
        {
            Octets.Copy(destination, destinationOffset, octets, offset + DestinationOffset, AddressLength);
            Octets.Copy(source, sourceOffset, octets, offset + SourceOffset, AddressLength);
            Octets.WriteUInt16(octets, offset + EtherTypeOffset, etherType);
        }

        /// <param name="octets">Holds the address.</param>
        /// <param name="offset">Of the address; a header's own offset is that of its destination.</param>
        /// <returns>True for FF-FF-FF-FF-FF-FF.</returns>
        public static bool IsBroadcast(byte[] octets, int offset)
        {
            return (octets[offset] & octets[offset + 1] & octets[offset + 2] & octets[offset + 3] & octets[offset + 4] & octets[offset + 5]) == 0xFF;
        }

        /// <param name="octets">Holds the address.</param>
        /// <param name="offset">Of the address; a header's own offset is that of its destination.</param>
        /// <returns>True for a multicast address; the broadcast address is one of them.</returns>
        public static bool IsGroup(byte[] octets, int offset)
        {
            return (octets[offset] & 1) != 0;
        }

        /// <summary>Compares the 6-octet addresses at two places.</summary>
        public static bool SameAddress(byte[] octets, int offset, byte[] otherOctets, int otherOffset)
        {
            return octets[offset + 5] == otherOctets[otherOffset + 5]
                && octets[offset + 4] == otherOctets[otherOffset + 4]
                && octets[offset + 3] == otherOctets[otherOffset + 3]
                && octets[offset + 2] == otherOctets[otherOffset + 2]
                && octets[offset + 1] == otherOctets[otherOffset + 1]
                && octets[offset] == otherOctets[otherOffset];
        }
    }
}
