namespace LabEdge.Tests.OnDevice
{
    /// <summary>Octets as hexadecimal digits, in the language of the boards.</summary>
    public static class HexText
    {
        public const byte Filler = 0xA5;

        private const string Digits = "0123456789ABCDEF";

        /// <summary>The octets of a text of upper-case digits; blanks do not count.</summary>
        public static byte[] Octets(string text)
        {
            int digits = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != ' ') digits++;
            }
            byte[] octets = new byte[digits / 2];
            int at = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == ' ') continue;
                int digit = Digits.IndexOf(text[i]);
                octets[at / 2] = (byte)((octets[at / 2] << 4) | digit);
                at++;
            }
            return octets;
        }

        public static string Text(byte[] octets, int offset, int count)
        {
            char[] text = new char[2 * count];
            for (int i = 0; i < count; i++)
            {
                text[2 * i] = Digits[octets[offset + i] >> 4];
                text[2 * i + 1] = Digits[octets[offset + i] & 15];
            }
            return new string(text);
        }

        /// <summary>The text without blanks.</summary>
        public static string Plain(string text)
        {
            byte[] octets = Octets(text);
            return Text(octets, 0, octets.Length);
        }

        /// <summary>Memory full of 0xA5 for a codec to write into.</summary>
        public static byte[] Filled(int count)
        {
            byte[] octets = new byte[count];
            for (int i = 0; i < count; i++) octets[i] = Filler;
            return octets;
        }

        /// <returns>True when the memory holds the octets at 2, and filler before and behind them.</returns>
        public static bool Holds(byte[] memory, string octets)
        {
            byte[] wanted = Octets(octets);
            for (int i = 0; i < memory.Length; i++)
            {
                int expected = i >= 2 && i < 2 + wanted.Length ? wanted[i - 2] : Filler;
                if (memory[i] != expected) return false;
            }
            return true;
        }
    }
}
