namespace LabEdge.Cli
{
    /// <summary>Reads addresses, masks, numbers and route distinguishers from a word. A false answer leaves the result undefined.</summary>
    public static class Literal
    {
        /// <summary>A decimal number up to 4,294,967,295.</summary>
        public static bool Number(byte[] octets, int at, int count, out uint number)
        {
            number = 0;
            if (count < 1 || count > 10)
            {
                return false;
            }
            for (int i = at; i < at + count; i++)
            {
                int digit = octets[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return false;
                }
                // 429,496,729 * 10 + 5 is the last that fits 32 bits.
                if (number > 429496729 || (number == 429496729 && digit > 5))
                {
                    return false;
                }
                number = number * 10 + (uint)digit;
            }
            return true;
        }

        /// <summary>A.B.C.D, four decimal parts of 0 to 255.</summary>
        public static bool Address(byte[] octets, int at, int count, out uint address)
        {
            address = 0;
            int part = 0;
            int digits = 0;
            int parts = 0;
            for (int i = at; i <= at + count; i++)
            {
                if (i == at + count || octets[i] == '.')
                {
                    if (digits == 0 || part > 255 || parts == 4)
                    {
                        return false;
                    }
                    address = (address << 8) | (uint)part;
                    parts++;
                    part = 0;
                    digits = 0;
                    continue;
                }
                int digit = octets[i] - '0';
                if (digit < 0 || digit > 9 || digits == 3)
                {
                    return false;
                }
                part = part * 10 + digit;
                digits++;
            }
            return parts == 4;
        }

        /// <summary>A mask of leading ones.</summary>
        /// <param name="bits">How many ones, 0 to 32.</param>
        public static bool Mask(byte[] octets, int at, int count, out int bits)
        {
            bits = 0;
            uint mask;
            if (!Address(octets, at, count, out mask))
            {
                return false;
            }
            while (bits < 32 && (mask & 0x80000000) != 0)
            {
                mask <<= 1;
                bits++;
            }
            return mask == 0;
        }

        public static uint MaskOf(int bits)
        {
            return bits == 0 ? 0 : 0xFFFFFFFF << (32 - bits);
        }

        /// <summary>A route distinguisher (RFC 4364 section 4.2): ASN:N with an ASN of 2 or 4 octets, or A.B.C.D:N.</summary>
        /// <param name="high">First four octets as on the wire: type and the beginning of the value.</param>
        /// <param name="low">Last four octets.</param>
        public static bool Distinguisher(byte[] octets, int at, int count, out uint high, out uint low)
        {
            high = 0;
            low = 0;
            int colon = 0;
            while (colon < count && octets[at + colon] != ':')
            {
                colon++;
            }
            uint first;
            uint number;
            if (colon == count || !Number(octets, at + colon + 1, count - colon - 1, out number))
            {
                return false;
            }
            if (Address(octets, at, colon, out first))
            {
                high = 0x00010000 | (first >> 16);
            }
            else if (!Number(octets, at, colon, out first))
            {
                return false;
            }
            else if (first <= 0xFFFF)
            {
                high = first;
                low = number;
                return first != 0 || number != 0;
            }
            else
            {
                high = 0x00020000 | (first >> 16);
            }
            low = (first << 16) | number;
            return number <= 0xFFFF;
        }

        /// <summary>Writes a route distinguisher as <see cref="Distinguisher"/> reads it.</summary>
        public static void PutDistinguisher(TextBuffer output, uint high, uint low)
        {
            uint type = high >> 16;
            if (type == 0)
            {
                output.Unsigned(high).Put(':');
                output.Unsigned(low);
                return;
            }
            uint first = (high << 16) | (low >> 16);
            if (type == 1)
            {
                output.Address(first);
            }
            else
            {
                output.Unsigned(first);
            }
            output.Put(':');
            output.Unsigned(low & 0xFFFF);
        }
    }
}
