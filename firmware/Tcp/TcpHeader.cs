using LabEdge.Forwarding.Wire;

namespace LabEdge.Tcp
{
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // +-------------------------------+-------------------------------+
    // |          source port          |       destination port        |
    // +---------------------------------------------------------------+
    // |                        sequence number                        |
    // +---------------------------------------------------------------+
    // |                    acknowledgment number                      |
    // +-------+-------+---------------+-------------------------------+
    // | words |   0   | control bits  |            window             |
    // +-------+-------+---------------+-------------------------------+
    // |           checksum            |        urgent pointer         |
    // +-------------------------------+-------------------------------+

    /// <summary>The TCP header over IPv4 (RFC 9293 section 3.1), and the two options that are read: MSS and MD5 (RFC 2385).</summary>
    public static class TcpHeader
    {
        public const int Length = 20;

        /// <summary>Control bits.</summary>
        public const int Fin = 1;
        public const int Syn = 2;
        public const int Reset = 4;
        public const int Push = 8;
        public const int Ack = 16;

        /// <summary>Option kinds, and their lengths with kind and length octets.</summary>
        public const int EndOfOptions = 0;
        public const int NoOperation = 1;
        public const int MaximumSegmentSize = 2;
        public const int MaximumSegmentSizeLength = 4;
        public const int Md5 = 19;
        public const int Md5Length = 18;

        /// <summary>What a host takes that does not say its maximum (RFC 9293 section 3.7.1).</summary>
        public const int DefaultSegmentSize = 536;

        private const int ChecksumOffset = 16;

        /// <returns>True when the whole header with its options lies within the packet.</returns>
        public static bool Fits(byte[] octets, int offset, int available)
        {
            if (available < Length)
            {
                return false;
            }
            int length = ReadHeaderLength(octets, offset);
            return length >= Length && length <= available;
        }

        public static int ReadSourcePort(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset);
        }

        public static int ReadDestinationPort(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + 2);
        }

        public static int ReadSequence(byte[] octets, int offset)
        {
            return Octets.ReadInt32(octets, offset + 4);
        }

        public static int ReadAcknowledgment(byte[] octets, int offset)
        {
            return Octets.ReadInt32(octets, offset + 8);
        }

        /// <returns>Octets of header and options.</returns>
        public static int ReadHeaderLength(byte[] octets, int offset)
        {
            return (octets[offset + 12] >> 4) * 4;
        }

        public static int ReadFlags(byte[] octets, int offset)
        {
            return octets[offset + 13];
        }

        public static int ReadWindow(byte[] octets, int offset)
        {
            return Octets.ReadUInt16(octets, offset + 14);
        }

        /// <summary>Looks for an option. One with a length that lies ends the search: what follows it cannot be read.</summary>
        /// <returns>Offset of its value, or -1. The value has the option's fixed length.</returns>
        public static int FindOption(byte[] octets, int offset, int kind, int length)
        {
            int end = offset + ReadHeaderLength(octets, offset);
            int at = offset + Length;
            while (at < end && octets[at] != EndOfOptions)
            {
                if (octets[at] == NoOperation)
                {
                    at++;
                    continue;
                }
                if (end - at < 2 || octets[at + 1] < 2 || octets[at + 1] > end - at)
                {
                    return -1;
                }
                if (octets[at] == kind)
                {
                    return octets[at + 1] == length ? at + 2 : -1;
                }
                at += octets[at + 1];
            }
            return -1;
        }

        /// <summary>Writes the 20 octets, checksum 0; options and payload stand after them or come later.</summary>
        public static void Write(byte[] octets, int offset, int sourcePort, int destinationPort, int sequence, int acknowledgment, int headerLength, int flags, int window)
        {
            Octets.WriteUInt16(octets, offset, sourcePort);
            Octets.WriteUInt16(octets, offset + 2, destinationPort);
            Octets.WriteInt32(octets, offset + 4, sequence);
            Octets.WriteInt32(octets, offset + 8, acknowledgment);
            octets[offset + 12] = (byte)(headerLength << 2);
            octets[offset + 13] = (byte)flags;
            Octets.WriteUInt16(octets, offset + 14, window);
            Octets.WriteInt32(octets, offset + ChecksumOffset, 0);
        }

        /// <summary>Writes the checksum over pseudo header and segment (RFC 9293 section 3.1).</summary>
        public static void WriteChecksum(byte[] octets, int offset, int length, uint source, uint destination)
        {
            Octets.WriteUInt16(octets, offset + ChecksumOffset, 0);
            Octets.WriteUInt16(octets, offset + ChecksumOffset, Checksum(octets, offset, length, source, destination));
        }

        public static bool ChecksumRight(byte[] octets, int offset, int length, uint source, uint destination)
        {
            return Checksum(octets, offset, length, source, destination) == 0;
        }

        private static int Checksum(byte[] octets, int offset, int length, uint source, uint destination)
        {
            uint addresses = (source >> 16) + (source & 0xFFFF) + (destination >> 16) + (destination & 0xFFFF);
            int pseudoHeader = (int)addresses;
            return InternetChecksum.Fold(InternetChecksum.Sum(octets, offset, length, pseudoHeader + Ipv4Header.Tcp + length));
        }
    }
}
