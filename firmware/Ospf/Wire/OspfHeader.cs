using LabEdge.Forwarding.Wire;

namespace LabEdge.Ospf
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +---------------+---------------+-------------------------------+
    // |   version 2   |     type      |         packet length         |
    // +---------------+---------------+-------------------------------+
    // |                           router id                           |
    // |                            area id                            |
    // +-------------------------------+-------------------------------+
    // |           checksum            |      authentication type      |
    // +-------------------------------+-------------------------------+
    // |              authentication, 8 octets: a password, or         |
    // |     0         |    key id     | digest length |               |
    // |                cryptographic sequence number                  |

    /// <summary>The OSPF packet header (RFC 2328 appendix A.3.1, D.3). What it reads is checked once, by <see cref="Fits"/>.</summary>
    public static class OspfHeader
    {
        /// <summary>The IP protocol.</summary>
        public const int Protocol = 89;
        public const int Length = 24;

        public const int Hello = 1;
        public const int DatabaseDescription = 2;
        public const int LinkStateRequest = 3;
        public const int LinkStateUpdate = 4;
        public const int LinkStateAck = 5;

        public const int NoAuthentication = 0;
        public const int SimplePassword = 1;
        public const int Cryptographic = 2;
        public const int PasswordLength = 8;
        public const int DigestLength = 16;

        public const int TypeOffset = 1;
        public const int LengthOffset = 2;
        public const int RouterIdOffset = 4;
        public const int AreaOffset = 8;
        public const int ChecksumOffset = 12;
        public const int AuthenticationTypeOffset = 14;
        public const int AuthenticationOffset = 16;
        public const int KeyIdOffset = 18;
        public const int DigestLengthOffset = 19;
        public const int SequenceOffset = 20;

        /// <param name="available">Octets from there to the end of the IP packet.</param>
        /// <returns>True when it is version 2 of a known type and its length lies between its header and what is there.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length || octets[offset] != 2)
            {
                return false;
            }
            int type = octets[offset + TypeOffset];
            int length = ReadLength(octets, offset);
            return type >= Hello && type <= LinkStateAck && length >= Length && length <= available;
        }

        /// <returns>Octets of the packet without a digest after it.</returns>
        public static int ReadLength(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + LengthOffset);
        }

        /// <summary>Writes type, length, router and area; checksum and authentication are zero.</summary>
        public static void Write(byte[] octets, int offset, int type, int length, uint routerId, uint area)
        {
            octets[offset] = 2;
            octets[offset + TypeOffset] = (byte)type;
            Octets.WriteUInt16(octets, offset + LengthOffset, length);
            Octets.WriteUInt32(octets, offset + RouterIdOffset, routerId);
            Octets.WriteUInt32(octets, offset + AreaOffset, area);
            Octets.WriteInt32(octets, offset + ChecksumOffset, 0);
            Octets.WriteInt32(octets, offset + AuthenticationOffset, 0);
            Octets.WriteInt32(octets, offset + AuthenticationOffset + 4, 0);
        }

        /// <summary>The checksum of the packet without its 8 octets of authentication; 0 when it holds its right one.</summary>
        public static int Checksum(byte[] octets, int offset, int length)
        {
            int sum = InternetChecksum.Sum(octets, offset, AuthenticationOffset, 0);
            return InternetChecksum.Fold(InternetChecksum.Sum(octets, offset + Length, length - Length, sum));
        }
    }
}
