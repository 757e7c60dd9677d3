namespace LabEdge.Cli
{
    /// <summary>How the text of a row of <see cref="CommandTable"/> is taken apart: positions in it, never copies.</summary>
    public static class CommandRow
    {
        /// <returns>Where an element ends, its help included: at a blank, a bracket or the end of the row.</returns>
        public static int AfterElement(string row, int p)
        {
            while (p < row.Length && row[p] != ' ' && row[p] != ']')
            {
                if (row[p] == '{')
                {
                    p = row.IndexOf('}', p);
                }
                p++;
            }
            return p;
        }

        /// <param name="p">Of the opening bracket.</param>
        /// <returns>Where what follows the group begins.</returns>
        public static int AfterGroup(string row, int p)
        {
            do
            {
                p = AfterElement(row, p + 1);
            }
            while (row[p] != ']');
            return p + 1 < row.Length ? p + 2 : p + 1;
        }

        /// <summary>End of a row's word, exclusive: before its help or slot.</summary>
        public static int EndOfWord(string row, int p)
        {
            while (p < row.Length && row[p] != ' ' && row[p] != ']' && row[p] != '{' && row[p] != '=')
            {
                p++;
            }
            return p;
        }

        /// <returns>True when the elements of two rows are the same word, or arguments of the same kind and range.</returns>
        public static bool SameElement(string a, int at, string b, int bt)
        {
            int length = EndOfWord(a, at) - at;
            if (EndOfWord(b, bt) - bt != length)
            {
                return false;
            }
            for (int i = 0; i < length; i++)
            {
                // The slot of an argument does not matter.
                if (a[at + i] != b[bt + i] && !(i == 2 && a[at] == '%'))
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>Answer of <see cref="TypeOf"/>: the slot is that of a word.</summary>
        public const char NoArgument = ' ';

        /// <returns>The kind of a slot's argument.</returns>
        public static char TypeOf(string row, int slot)
        {
            for (int p = row.IndexOf('%'); p >= 0; p = row.IndexOf('%', p + 1))
            {
                if (row[p + 2] == '0' + slot)
                {
                    return row[p + 1];
                }
            }
            return NoArgument;
        }

        /// <returns>The number that stands in the row.</returns>
        public static uint Bound(string row, int at)
        {
            uint number = 0;
            while (row[at] >= '0' && row[at] <= '9')
            {
                number = number * 10 + (uint)(row[at] - '0');
                at++;
            }
            return number;
        }

        /// <summary>Writes the range of a number: 1-255.</summary>
        public static void PutRange(TextBuffer output, string row, int at)
        {
            for (int i = at + 4; row[i] != ')'; i++)
            {
                output.Put(row[i]);
            }
        }
    }
}
