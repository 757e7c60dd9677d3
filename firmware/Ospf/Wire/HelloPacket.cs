using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    /// <summary>The body of a Hello (RFC 2328 appendix A.3.2), after the packet header: 20 octets, then 4 per neighbour heard.</summary>
    public static class HelloPacket
    {
        public const int Length = 20;

        public const int MaskOffset = 0;
        public const int IntervalOffset = 4;
        public const int OptionsOffset = 6;
        public const int PriorityOffset = 7;
        public const int DeadOffset = 8;
        public const int DesignatedOffset = 12;
        public const int BackupOffset = 16;

        /// <summary>Options (RFC 2328 appendix A.2).</summary>
        public const int External = 2;

        /// <param name="length">Octets of the body.</param>
        public static bool Fits(int length)
        {
            return length >= Length && (length & 3) == 0;
        }

        /// <returns>True when the body names this router.</returns>
        public static bool Names(byte[] octets, int offset, int length, uint routerId)
        {
            for (int at = Length; at + 4 <= length; at += 4)
            {
                if (Octets.ReadUInt32(octets, offset + at) == routerId)
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>Writes the 20 octets; neighbours follow.</summary>
        public static void Write(byte[] octets, int offset, uint mask, int intervalSeconds, int options, int priority, uint deadSeconds, uint designated, uint backup)
        {
            Octets.WriteUInt32(octets, offset, mask);
            Octets.WriteUInt16(octets, offset + IntervalOffset, intervalSeconds);
            octets[offset + OptionsOffset] = (byte)options;
            octets[offset + PriorityOffset] = (byte)priority;
            Octets.WriteUInt32(octets, offset + DeadOffset, deadSeconds);
            Octets.WriteUInt32(octets, offset + DesignatedOffset, designated);
            Octets.WriteUInt32(octets, offset + BackupOffset, backup);
        }
    }

    /// <summary>The body of a Database Description (RFC 2328 appendix A.3.3): 8 octets, then LSA headers.</summary>
    public static class DescriptionPacket
    {
        public const int Length = 8;
        public const int MtuOffset = 0;
        public const int OptionsOffset = 2;
        public const int FlagsOffset = 3;
        public const int SequenceOffset = 4;

        public const int Master = 1;
        public const int More = 2;
        public const int Initial = 4;

        public static bool Fits(int length)
        {
            return length >= Length && (length - Length) % LsaHeader.Length == 0;
        }

        public static void Write(byte[] octets, int offset, int mtu, int options, int flags, uint sequence)
        {
            Octets.WriteUInt16(octets, offset, mtu);
            octets[offset + OptionsOffset] = (byte)options;
            octets[offset + FlagsOffset] = (byte)flags;
            Octets.WriteUInt32(octets, offset + SequenceOffset, sequence);
        }
    }
}
