namespace LabEdge.Hal.Store
{
    /// <summary>CRC-32 of IEEE 802.3 (reflected, polynomial 04C11DB7). Four bits at a time: no table in RAM.</summary>
    public static class Crc32
    {
        /// <summary>What a checksum begins with.</summary>
        public const uint Start = 0xFFFFFFFF;

        /// <summary>Takes octets into a checksum; the last result is to be inverted by <see cref="Finish"/>.</summary>
        public static uint Add(uint crc, byte[] octets, int offset, int count)
        {
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                crc ^= octets[i];
                crc = (crc >> 4) ^ Nibble((int)(crc & 15u));
                crc = (crc >> 4) ^ Nibble((int)(crc & 15u));
            }
            return crc;
        }

        public static uint Finish(uint crc)
        {
            return crc ^ 0xFFFFFFFFu;
        }

        private static uint Nibble(int index)
        {
            switch (index)
            {
                case 0: return 0x00000000;
                case 1: return 0x1DB71064;
                case 2: return 0x3B6E20C8;
                case 3: return 0x26D930AC;
                case 4: return 0x76DC4190;
                case 5: return 0x6B6B51F4;
                case 6: return 0x4DB26158;
                case 7: return 0x5005713C;
                case 8: return 0xEDB88320;
                case 9: return 0xF00F9344;
                case 10: return 0xD6D6A3E8;
                case 11: return 0xCB61B38C;
                case 12: return 0x9B64C2B0;
                case 13: return 0x86D3D2D4;
                case 14: return 0xA00AE278;
                default: return 0xBDBDF21C;
            }
        }
    }
}
