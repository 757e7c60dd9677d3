using LabEdge.Forwarding.Wire;

namespace LabEdge.Ldp
{
    // Read RFC 8077 sections 5.1 and 5.5 before changing this file.
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------+-+-----------------------------+---------------+
    // |  element 0x80 |C|           PW type           | info length   |
    // +---------------+-+-----------------------------+---------------+
    // |                           group id                            |
    // +---------------------------------------------------------------+
    // |                            PW id                              |
    // +---------------+---------------+-------------------------------+
    // |parameter type | its length    |  value ...   (as many as fit) |
    // +---------------+---------------+-------------------------------+

    /// <summary>
    /// The FEC element of a pseudowire (FEC 128, RFC 8077 section 5.1): fixed part, PW id, interface parameters (RFC 4446 section 3.3). An info length of 0
    /// leaves the PW id out and stands for all pseudowires of the group.
    /// </summary>
    public static class PwIdElement
    {
        /// <summary>Octets before the PW id, which the info length does not count; and with it.</summary>
        public const int Header = 8;
        public const int Length = 12;

        public const int WordBit = 0x8000;
        public const int EthernetTagged = 4;
        public const int Ethernet = 5;
        public const int AnyType = 0x7FFF;

        /// <summary>Interface parameters, and the octets of those that we use, their header included.</summary>
        public const int Mtu = 1;
        public const int MtuLength = 4;
        public const int Fragmentation = 9;
        public const int FragmentationLength = 2;
        public const int FlowLabel = 0x17;
        public const int FlowLabelLength = 4;

        /// <summary>Bits of the flow label parameter (RFC 6391 section 5): one is sent; one is taken.</summary>
        public const int FlowTransmit = 0x8000;
        public const int FlowReceive = 0x4000;

        /// <summary>The octets of the element at <paramref name="at"/>; -1 when it does not fit before <paramref name="end"/> or a length in it lies.</summary>
        public static int ReadLength(byte[] octets, int at, int end)
        {
            if (end - at < Header)
            {
                return -1;
            }
            int info = octets[at + 3];
            if (info > end - at - Header || (info != 0 && info < Length - Header))
            {
                return -1;
            }
            int stop = at + Header + info;
            for (int p = at + Length; p < stop; p += octets[p + 1])
            {
                if (stop - p < 2 || octets[p + 1] < 2 || octets[p + 1] > stop - p || !IsSized(octets[p], octets[p + 1]))
                {
                    return -1;
                }
            }
            return Header + info;
        }

        private static bool IsSized(int parameter, int length)
        {
            switch (parameter)
            {
                case Mtu: return length == MtuLength;
                case FlowLabel: return length == FlowLabelLength;
                default: return true;
            }
        }

        /// <summary>True when the element stands for a whole group.</summary>
        public static bool IsGroup(byte[] octets, int at)
        {
            return octets[at + 3] == 0;
        }

        public static bool ReadWord(byte[] octets, int at)
        {
            return (octets[at + 1] & 0x80) != 0;
        }

        public static int ReadType(byte[] octets, int at)
        {
            return Octets.ReadUInt16(octets, at + 1) & ~WordBit;
        }

        public static uint ReadGroup(byte[] octets, int at)
        {
            return Octets.ReadUInt32(octets, at + 4);
        }

        /// <summary>The PW id, which IOS calls VC id. Not of a group.</summary>
        public static uint ReadVcId(byte[] octets, int at)
        {
            return Octets.ReadUInt32(octets, at + Header);
        }

        /// <returns>Where the value of a parameter is, or -1. The element has been read by <see cref="ReadLength"/>.</returns>
        public static int FindParameter(byte[] octets, int at, int parameter)
        {
            int stop = at + Header + octets[at + 3];
            for (int p = at + Length; p < stop; p += octets[p + 1])
            {
                if (octets[p] == parameter)
                {
                    return p + 2;
                }
            }
            return -1;
        }

        /// <summary>Writes a FEC TLV with one element; <paramref name="parameters"/> octets of parameters are to follow.</summary>
        public static void Write(PduWriter writer, bool word, int type, int group, uint vcId, int parameters)
        {
            writer.Tlv(LdpMessage.Fec, Length + parameters);
            writer.UInt8(LdpMessage.PwId);
            writer.UInt16(word ? type | WordBit : type);
            writer.UInt8(Length - Header + parameters);
            writer.UInt32((uint)group);
            writer.UInt32(vcId);
        }

        /// <summary>A parameter of two octets.</summary>
        public static void WriteParameter(PduWriter writer, int parameter, int value)
        {
            writer.UInt8(parameter);
            writer.UInt8(4);
            writer.UInt16(value);
        }
    }
}
