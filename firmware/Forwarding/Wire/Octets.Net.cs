using System;
using System.Buffers.Binary;

namespace LabEdge.Forwarding.Wire
{
    /// <summary>
    /// Integers in network order (big endian, RFC 791 appendix B) in a byte array: the form for .NET.
    /// The caller has checked that the octets are there; an offset outside the array throws.
    /// </summary>
    public static class Octets
    {
        /// <returns>The 2 octets at <paramref name="offset"/>: 0 to 65,535.</returns>
        public static int ReadUInt16(byte[] octets, int offset)
        {
            return BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(octets, offset, 2));
        }

        /// <returns>The 4 octets at <paramref name="offset"/>; negative when the first bit is set.</returns>
        public static int ReadInt32(byte[] octets, int offset)
        {
            return BinaryPrimitives.ReadInt32BigEndian(new ReadOnlySpan<byte>(octets, offset, 4));
        }

        /// <returns>The 4 octets at <paramref name="offset"/>.</returns>
        public static uint ReadUInt32(byte[] octets, int offset)
        {
            return BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(octets, offset, 4));
        }

        /// <summary>Writes 2 octets: the low 16 bits of <paramref name="value"/>.</summary>
        public static void WriteUInt16(byte[] octets, int offset, int value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(octets, offset, 2), (ushort)value);
        }

        /// <summary>Writes 4 octets.</summary>
        public static void WriteInt32(byte[] octets, int offset, int value)
        {
            BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(octets, offset, 4), value);
        }

        /// <summary>Writes 4 octets.</summary>
        public static void WriteUInt32(byte[] octets, int offset, uint value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(octets, offset, 4), value);
        }

        /// <summary>Copies <paramref name="count"/> octets. The two ranges may overlap: the result is as if by way of a third place.</summary>
        public static void Copy(byte[] from, int fromOffset, byte[] to, int toOffset, int count)
        {
            new ReadOnlySpan<byte>(from, fromOffset, count).CopyTo(new Span<byte>(to, toOffset, count));
        }
    }
}
