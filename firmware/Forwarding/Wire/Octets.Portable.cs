using System;

namespace LabEdge.Forwarding.Wire
{
    /// <summary>
    /// Integers in network order (big endian, RFC 791 appendix B) in a byte array: the form for boards and netstandard.
    /// The caller has checked that the octets are there; an offset outside the array throws.
    /// </summary>
    public static class Octets
    {
        /// <returns>The 2 octets at <paramref name="offset"/>: 0 to 65,535.</returns>
        public static int ReadUInt16(byte[] octets, int offset)
        {
            return (octets[offset] << 8) | octets[offset + 1];
        }

        /// <returns>The 4 octets at <paramref name="offset"/>; negative when the first bit is set.</returns>
        public static int ReadInt32(byte[] octets, int offset)
        {
            return (octets[offset] << 24) | (octets[offset + 1] << 16) | (octets[offset + 2] << 8) | octets[offset + 3];
        }

        /// <returns>The 4 octets at <paramref name="offset"/>.</returns>
        public static uint ReadUInt32(byte[] octets, int offset)
        {
            return ((uint)octets[offset] << 24) | ((uint)octets[offset + 1] << 16) | ((uint)octets[offset + 2] << 8) | octets[offset + 3];
        }

        /// <summary>Writes 2 octets: the low 16 bits of <paramref name="value"/>.</summary>
        public static void WriteUInt16(byte[] octets, int offset, int value)
        {
            octets[offset] = (byte)(value >> 8);
            octets[offset + 1] = (byte)value;
        }

        /// <summary>Writes 4 octets.</summary>
        public static void WriteInt32(byte[] octets, int offset, int value)
        {
            octets[offset] = (byte)(value >> 24);
            octets[offset + 1] = (byte)(value >> 16);
            octets[offset + 2] = (byte)(value >> 8);
            octets[offset + 3] = (byte)value;
        }

        /// <summary>Writes 4 octets.</summary>
        public static void WriteUInt32(byte[] octets, int offset, uint value)
        {
            octets[offset] = (byte)(value >> 24);
            octets[offset + 1] = (byte)(value >> 16);
            octets[offset + 2] = (byte)(value >> 8);
            octets[offset + 3] = (byte)value;
        }

        /// <summary>Copies <paramref name="count"/> octets. The two ranges may overlap: the result is as if by way of a third place.</summary>
        public static void Copy(byte[] from, int fromOffset, byte[] to, int toOffset, int count)
        {
            Array.Copy(from, fromOffset, to, toOffset, count);
        }
    }
}
