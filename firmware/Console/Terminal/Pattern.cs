namespace LabEdge.Cli
{
    /// <summary>
    /// The patterns of IOS's filters, as far as they are common: <c>^</c> and <c>$</c> for the ends of a line, <c>.</c> for any character,
    /// <c>*</c>, <c>+</c> and <c>?</c> behind one of them, <c>[a-z]</c> and <c>[^a-z]</c>, <c>|</c> between alternatives, a backslash before a character that
    /// means itself. No groups. Its work is the line's length times the pattern's, whatever the pattern.
    /// </summary>
    public static class Pattern
    {
        /// <summary>Most elements of an alternative.</summary>
        public const int MostElements = 62;

        /// <returns>True when every alternative has at most <see cref="MostElements"/> elements and every bracket an end.</returns>
        public static bool IsValid(byte[] pattern, int at, int length)
        {
            int elements = 0;
            int end = at + length;
            while (at < end)
            {
                elements = pattern[at] == '|' ? 0 : elements + 1;
                at = pattern[at] == '|' ? at + 1 : AfterElement(pattern, at, end);
                if (elements > MostElements || at > end)
                {
                    return false;
                }
            }
            return true;
        }

        /// <param name="text">Its first <paramref name="count"/> held octets are the line.</param>
        public static bool Matches(byte[] pattern, int at, int length, TextBuffer text, int count)
        {
            int end = at + length;
            while (true)
            {
                int stop = at;
                while (stop < end && pattern[stop] != '|')
                {
                    stop = AfterAtom(pattern, stop, end);
                }
                if (Alternative(pattern, at, stop, text, count))
                {
                    return true;
                }
                if (stop >= end)
                {
                    return false;
                }
                at = stop + 1;
            }
        }

        // All ways at once: bit i of a set = element i is next.
        private static bool Alternative(byte[] pattern, int at, int end, TextBuffer text, int count)
        {
            bool fromStart = at < end && pattern[at] == '^';
            at += fromStart ? 1 : 0;
            ulong states = 0;
            for (int k = 0; k <= count; k++)
            {
                if (k == 0 || !fromStart)
                {
                    states |= 1;
                }
                int octet = k < count ? text.HeldOctet(k) : -1;
                ulong next = 0;
                ulong bit = 1;
                bool toEnd = false;
                for (int p = at; p < end; bit <<= 1)
                {
                    toEnd = pattern[p] == '$' && p + 1 == end;
                    if (toEnd)
                    {
                        break;
                    }
                    int after = AfterAtom(pattern, p, end);
                    int repeat = after < end && IsRepeat(pattern[after]) ? pattern[after] : 0;
                    if ((states & bit) != 0)
                    {
                        if (repeat == '*' || repeat == '?')
                        {
                            states |= bit << 1;
                        }
                        if (octet >= 0 && Fits(pattern, p, after, octet))
                        {
                            next |= repeat == '*' ? bit : repeat == '+' ? bit | (bit << 1) : bit << 1;
                        }
                    }
                    p = repeat != 0 ? after + 1 : after;
                }
                if ((states & bit) != 0 && (!toEnd || k == count))
                {
                    return true;
                }
                states = next;
            }
            return false;
        }

        private static bool IsRepeat(int octet)
        {
            return octet == '*' || octet == '+' || octet == '?';
        }

        private static int AfterElement(byte[] pattern, int at, int end)
        {
            at = AfterAtom(pattern, at, end);
            return at < end && IsRepeat(pattern[at]) ? at + 1 : at;
        }

        // Beyond the end when a bracket has none.
        private static int AfterAtom(byte[] pattern, int at, int end)
        {
            if (pattern[at] == '\\' && at + 1 < end)
            {
                return at + 2;
            }
            if (pattern[at] != '[')
            {
                return at + 1;
            }

            // A bracket that closes at once is one of the set.
            at += at + 1 < end && pattern[at + 1] == '^' ? 3 : 2;
            while (at < end && pattern[at] != ']')
            {
                at++;
            }
            return at + 1;
        }

        private static bool Fits(byte[] pattern, int at, int after, int octet)
        {
            int first = pattern[at];
            if (first == '\\' && after == at + 2)
            {
                return pattern[at + 1] == octet;
            }
            if (first != '[')
            {
                return first == '.' || first == octet;
            }
            bool other = pattern[at + 1] == '^';
            bool found = false;
            int last = after - 1;
            for (int i = other ? at + 2 : at + 1; i < last; i++)
            {
                if (i + 2 < last && pattern[i + 1] == '-')
                {
                    found |= octet >= pattern[i] && octet <= pattern[i + 2];
                    i += 2;
                }
                else
                {
                    found |= octet == pattern[i];
                }
            }
            return found != other;
        }
    }
}
