namespace LabEdge.Forwarding.Wire
{
    /// <summary>The checksum of IPv4, ICMP and UDP (RFC 1071): the complement of a one's complement sum of 16-bit words.</summary>
    public static class InternetChecksum
    {
        // 8,192 words of at most 0xFFFF and what came before stay far below 2^31, so no count can overflow the sum.
        private const int FoldEveryOctets = 16384;

        /// <summary>Adds octets to a sum. An odd last octet counts as the high half of a word (RFC 1071 section 4.1).</summary>
        /// <param name="octets">What to add.</param>
        /// <param name="offset">Of the first.</param>
        /// <param name="count">How many, in octets; even unless these are the last ones of the sum.</param>
        /// <param name="initial">0, or the sum so far; any 32 bits, read as unsigned.</param>
        /// <returns>The sum for <see cref="Fold"/> or for the next call. Not negative.</returns>
        public static int Sum(byte[] octets, int offset, int count, int initial)
        {
            int sum = (initial & 0xFFFF) + ((initial >> 16) & 0xFFFF);
            int end = offset + (count & ~1);
            while (offset < end)
            {
                int stop = end - offset > FoldEveryOctets ? offset + FoldEveryOctets : end;
                sum = (sum & 0xFFFF) + (sum >> 16);
                for (; offset < stop; offset += 2)
                {
                    sum += (octets[offset] << 8) | octets[offset + 1];
                }
            }

            if ((count & 1) != 0)
            {
                sum += octets[end] << 8;
            }

            return sum;
        }

        /// <summary>Makes a checksum of a sum (RFC 1071 section 1).</summary>
        /// <param name="sum">Any 32 bits, read as unsigned.</param>
        /// <returns>The 16-bit complement. 0 when the summed octets held their own right checksum.</returns>
        public static int Fold(int sum)
        {
            int folded = (sum & 0xFFFF) + ((sum >> 16) & 0xFFFF);
            folded = (folded & 0xFFFF) + (folded >> 16);
            return ~folded & 0xFFFF;
        }

        /// <returns>The checksum of <paramref name="count"/> octets; 0 when they hold their own right checksum.</returns>
        public static int Of(byte[] octets, int offset, int count)
        {
            return Fold(Sum(octets, offset, count, 0));
        }
    }
}
