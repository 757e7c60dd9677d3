using System;

namespace LabEdge.Hal.Store
{
    /// <summary>
    /// One copy of a blob as it lies in a file:
    /// <code>
    ///  0        4          8        12        16
    ///  +--------+----------+--------+---------+---------- - -
    ///  | magic  | sequence | length | CRC-32  | the blob
    ///  +--------+----------+--------+---------+---------- - -
    /// </code>
    /// All numbers are big endian; the CRC covers sequence, length and blob; the file ends with the blob.
    /// </summary>
    public static class StoreRecord
    {
        public const int HeaderLength = 16;

        /// <summary>"LES1".</summary>
        public const uint Magic = 0x4C455331;

        private const int AtSequence = 4;
        private const int AtLength = 8;
        private const int AtChecksum = 12;

        /// <returns>The file's octets: header and blob.</returns>
        public static byte[] Make(uint sequence, byte[] octets, int count)
        {
            byte[] record = new byte[HeaderLength + count];
            Put(record, 0, Magic);
            Put(record, AtSequence, sequence);
            Put(record, AtLength, (uint)count);
            Array.Copy(octets, 0, record, HeaderLength, count);
            Put(record, AtChecksum, Checksum(record));
            return record;
        }

        /// <summary>True when the record is whole: written to its end, and not changed since.</summary>
        public static bool IsWhole(byte[] record)
        {
            return record != null && record.Length >= HeaderLength && Get(record, 0) == Magic
                && Get(record, AtLength) == (uint)(record.Length - HeaderLength) && Get(record, AtChecksum) == Checksum(record);
        }

        /// <summary>Counts up with every save, and wraps.</summary>
        public static uint Sequence(byte[] record)
        {
            return Get(record, AtSequence);
        }

        private static uint Checksum(byte[] record)
        {
            uint crc = Crc32.Add(Crc32.Start, record, AtSequence, AtChecksum - AtSequence);
            return Crc32.Finish(Crc32.Add(crc, record, HeaderLength, record.Length - HeaderLength));
        }

        private static void Put(byte[] octets, int at, uint value)
        {
            octets[at] = (byte)(value >> 24);
            octets[at + 1] = (byte)(value >> 16);
            octets[at + 2] = (byte)(value >> 8);
            octets[at + 3] = (byte)value;
        }

        private static uint Get(byte[] octets, int at)
        {
            return ((uint)octets[at] << 24) | ((uint)octets[at + 1] << 16) | ((uint)octets[at + 2] << 8) | octets[at + 3];
        }
    }
}
