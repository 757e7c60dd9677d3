using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    /// <summary>Reads IPv6 addresses and prefixes (RFC 4291 section 2.2), and writes them as RFC 5952 says.</summary>
    public static class Ipv6Literal
    {
        private const int Groups = 8;

        /// <summary>X:X::X, the last 32 bits perhaps as A.B.C.D. A false answer leaves the result undefined.</summary>
        public static bool Address(byte[] octets, int at, int count, byte[] to, int offset)
        {
            int end = at + count;
            int groups = 0;
            int gap = -1;
            int i = at;
            if (count >= 2 && octets[at] == ':' && octets[at + 1] == ':')
            {
                gap = 0;
                i += 2;
            }
            while (i < end)
            {
                int start = i;
                int value = 0;
                while (i < end && HexDigit(octets[i]) >= 0 && i - start < 5)
                {
                    value = (value << 4) | HexDigit(octets[i]);
                    i++;
                }
                if (i < end && octets[i] == '.')
                {
                    uint ipv4;
                    if (groups > Groups - 2 || !Literal.Address(octets, start, end - start, out ipv4))
                    {
                        return false;
                    }
                    Octets.WriteUInt32(to, offset + groups * 2, ipv4);
                    groups += 2;
                    i = end;
                    break;
                }
                if (i == start || i - start > 4 || groups == Groups)
                {
                    return false;
                }
                Octets.WriteUInt16(to, offset + groups * 2, value);
                groups++;
                if (i == end)
                {
                    break;
                }
                if (octets[i] != ':' || i + 1 == end)
                {
                    return false;
                }
                i++;
                if (octets[i] == ':')
                {
                    if (gap >= 0)
                    {
                        return false;
                    }
                    gap = groups;
                    i++;
                }
            }
            return gap < 0 ? groups == Groups : groups < Groups && Spread(to, offset, groups, gap);
        }

        // Moves what stands behind the gap to the end, zeros between.
        private static bool Spread(byte[] to, int offset, int groups, int gap)
        {
            int tail = (groups - gap) * 2;
            int from = offset + gap * 2;
            int end = offset + Groups * 2;
            for (int k = 1; k <= tail; k++)
            {
                to[end - k] = to[from + tail - k];
            }
            for (int k = from; k < end - tail; k++)
            {
                to[k] = 0;
            }
            return true;
        }

        /// <summary>An address and its prefix length, X:X::X/N.</summary>
        /// <param name="bits">0 to 128.</param>
        public static bool Prefix(byte[] octets, int at, int count, byte[] to, int offset, out uint bits)
        {
            bits = 0;
            int slash = 0;
            while (slash < count && octets[at + slash] != '/')
            {
                slash++;
            }
            return slash < count && Address(octets, at, slash, to, offset) && Literal.Number(octets, at + slash + 1, count - slash - 1, out bits) && bits <= 128;
        }

        private static int HexDigit(int c)
        {
            c = LineLexer.Lower(c);
            return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        }

        /// <summary>Lower case, no leading zeros, the longest run of two and more zero groups as ::, the first of equals.</summary>
        public static TextBuffer Put(TextBuffer output, byte[] octets, int offset)
        {
            int best = -1;
            int bestLength = 1;
            for (int g = 0; g < Groups; g++)
            {
                int length = 0;
                while (g + length < Groups && Octets.ReadUInt16(octets, offset + (g + length) * 2) == 0)
                {
                    length++;
                }
                if (length > bestLength)
                {
                    best = g;
                    bestLength = length;
                }
            }
            for (int g = 0; g < Groups; g++)
            {
                if (g == best)
                {
                    output.Text("::");
                    g += bestLength - 1;
                    continue;
                }
                if (g > 0 && g != best + bestLength)
                {
                    output.Put(':');
                }
                else if (g > 0 && best < 0)
                {
                    output.Put(':');
                }
                PutGroup(output, Octets.ReadUInt16(octets, offset + g * 2));
            }
            return output;
        }

        private static void PutGroup(TextBuffer output, int value)
        {
            bool started = false;
            for (int shift = 12; shift >= 0; shift -= 4)
            {
                int digit = (value >> shift) & 15;
                started |= digit != 0 || shift == 0;
                if (started)
                {
                    output.Put(digit < 10 ? '0' + digit : 'a' + digit - 10);
                }
            }
        }

        public static TextBuffer PutPrefix(TextBuffer output, byte[] octets, int offset, int bits)
        {
            Put(output, octets, offset).Put('/');
            return output.Number(bits);
        }
    }
}
