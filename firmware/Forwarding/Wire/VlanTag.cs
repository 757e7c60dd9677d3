namespace LabEdge.Forwarding.Wire
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-----+-+-----------------------+-------------------------------+
    // | PCP |D|          VID          |  EtherType of what follows    |
    // +-----+-+-----------------------+-------------------------------+

    /// <summary>
    /// The tag control information (IEEE 802.1Q section 9.6): priority 3, drop eligible 1, VLAN 12 bits. An offset is that of
    /// the control information: the first octet after the EtherType (0x8100 or 0x88A8) that announced the tag.
    /// </summary>
    public static class VlanTag
    {
        /// <summary>Octets that one tag adds to a frame: from its control information to the end of the next EtherType.</summary>
        public const int Length = 4;

        /// <summary>From the control information to the EtherType of what the tag carries.</summary>
        public const int EtherTypeOffset = 2;

        /// <returns>The VLAN identifier, 0 to 4095. 0 is a frame with a priority only; 4095 is reserved.</returns>
        public static int ReadVlan(byte[] octets, int offset)
        {
            return ((octets[offset] & 0x0F) << 8) | octets[offset + 1];
        }

        /// <returns>The priority code point, 0 to 7.</returns>
        public static int ReadPriority(byte[] octets, int offset)
        {
            return octets[offset] >> 5;
        }

        /// <returns>True when the frame may be dropped first.</returns>
        public static bool ReadDropEligible(byte[] octets, int offset)
        {
            return (octets[offset] & 0x10) != 0;
        }

        /// <returns>The EtherType of what the tag carries, which may announce another tag.</returns>
        public static int ReadEtherType(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + EtherTypeOffset);
        }

        /// <summary>Writes the 2 octets of the control information; the EtherTypes before and after it are the caller's.</summary>
        public static void Write(byte[] octets, int offset, int priority, bool dropEligible, int vlan)
        {
            octets[offset] = (byte)((priority << 5) | (dropEligible ? 0x10 : 0) | ((vlan >> 8) & 0x0F));
            octets[offset + 1] = (byte)vlan;
        }
    }
}
