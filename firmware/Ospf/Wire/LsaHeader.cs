using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------------------------------+---------------+---------------+
    // |            LS age             |    options    |    LS type    |
    // +-------------------------------+---------------+---------------+
    // |                        link state id                          |
    // |                     advertising router                        |
    // |                     LS sequence number                        |
    // +-------------------------------+-------------------------------+
    // |          LS checksum          |            length             |

    /// <summary>The header of a link state advertisement (RFC 2328 appendix A.4.1), its checksum and which of two is newer.</summary>
    public static class LsaHeader
    {
        public const int Length = 20;

        public const int OptionsOffset = 2;
        public const int TypeOffset = 3;
        public const int IdOffset = 4;
        public const int RouterOffset = 8;
        public const int SequenceOffset = 12;
        public const int ChecksumOffset = 16;
        public const int LengthOffset = 18;

        public const int Router = 1;
        public const int Network = 2;
        public const int SummaryNetwork = 3;
        public const int SummaryRouter = 4;
        public const int External = 5;

        /// <summary>Architectural constants (RFC 2328 appendix B), in seconds.</summary>
        public const int MaxAge = 3600;
        public const int MaxAgeDiff = 900;

        /// <summary>First and last sequence number, as signed numbers (RFC 2328 section 12.1.6).</summary>
        public const int InitialSequence = -0x7FFFFFFF;
        public const int MaxSequence = 0x7FFFFFFF;

        public const int Infinity = 0xFFFFFF;

        /// <summary>The largest metric of a link: others use it only when there is no other way (RFC 6987).</summary>
        public const int MaxMetric = 0xFFFF;

        /// <param name="available">Octets from there to the end of the packet.</param>
        /// <returns>True when the advertisement lies within what is there and its body has the shape of its type.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length)
            {
                return false;
            }
            int length = ReadLength(octets, offset);
            if (length < Length || length > available)
            {
                return false;
            }
            int body = length - Length;
            switch (octets[offset + TypeOffset])
            {
                case Router:
                    return body >= 4 && RouterLinksFit(octets, offset + Length, body);
                case Network:
                    return body >= 8 && (body & 3) == 0;
                case SummaryNetwork:
                case SummaryRouter:
                    return body >= 8 && (body & 3) == 0;
                case External:
                    return body >= 16 && body % 4 == 0;
                default:
                    return true;
            }
        }

        // Each link has 12 octets and 4 for every TOS metric.
        private static bool RouterLinksFit(byte[] octets, int offset, int body)
        {
            int links = Octets.ReadUInt16(octets, offset + 2);
            int at = 4;
            for (int i = 0; i < links; i++)
            {
                if (at + 12 > body)
                {
                    return false;
                }
                at += 12 + 4 * octets[offset + at + 9];
            }
            return at <= body;
        }

        public static int ReadAge(byte[] octets, int offset)
        {
            int age = Octets.ReadUInt16(octets, offset);
            return age > MaxAge ? MaxAge : age;
        }

        public static int ReadSequence(byte[] octets, int offset)
        {
            return Octets.ReadInt32(octets, offset + SequenceOffset);
        }

        public static int ReadChecksum(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + ChecksumOffset);
        }

        public static int ReadLength(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + LengthOffset);
        }

        /// <summary>Which instance is newer (RFC 2328 section 13.1).</summary>
        /// <returns>Above 0: the first; below 0: the second; 0: the same instance.</returns>
        public static int Compare(int sequence, int checksum, int age, int otherSequence, int otherChecksum, int otherAge)
        {
            if (sequence != otherSequence)
            {
                return sequence > otherSequence ? 1 : -1;
            }
            if (checksum != otherChecksum)
            {
                return checksum > otherChecksum ? 1 : -1;
            }
            if ((age == MaxAge) != (otherAge == MaxAge))
            {
                return age == MaxAge ? 1 : -1;
            }
            int difference = age - otherAge;
            if (difference > MaxAgeDiff)
            {
                return -1;
            }
            return difference < -MaxAgeDiff ? 1 : 0;
        }

        /// <summary>The Fletcher checksum over all but the age (RFC 2328 section 12.1.7, RFC 905 annex B).</summary>
        public static bool ChecksumRight(byte[] octets, int offset)
        {
            int c0 = 0;
            int c1 = 0;
            int end = offset + ReadLength(octets, offset);
            for (int i = offset + 2; i < end; i++)
            {
                c0 = (c0 + octets[i]) % 255;
                c1 = (c1 + c0) % 255;
            }
            return c0 == 0 && c1 == 0 && ReadChecksum(octets, offset) != 0;
        }

        /// <summary>Writes the checksum of an advertisement whose other octets stand.</summary>
        public static void WriteChecksum(byte[] octets, int offset)
        {
            int length = ReadLength(octets, offset);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            int c0 = 0;
            int c1 = 0;
            for (int i = offset + 2; i < offset + length; i++)
            {
                c0 = (c0 + octets[i]) % 255;
                c1 = (c1 + c0) % 255;
            }
            int after = length - ChecksumOffset - 1;
            int x = (after * c0 - c1) % 255;
            x = x <= 0 ? x + 255 : x;
            int y = 510 - c0 - x;
            y = y > 255 ? y - 255 : y;
            octets[offset + ChecksumOffset] = (byte)x;
            octets[offset + ChecksumOffset + 1] = (byte)y;
        }
    }
}
