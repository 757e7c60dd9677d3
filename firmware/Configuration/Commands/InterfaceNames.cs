using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary>
    /// Interface names as people type them: any case, the letters cut short (e1, eth1, Ethernet 1), loopbacks by number whether
    /// or not they exist. A port has the name it was attached with (Ethernet1, GigabitEthernet0/1).
    /// </summary>
    public sealed class InterfaceNames
    {
        public const int None = -1;

        /// <summary>In a result: the rest is a loopback's number.</summary>
        public const int Loopback = 1 << 30;
        private const string LoopbackName = "Loopback";

        private readonly InterfaceTable _table;

        public InterfaceNames(InterfaceTable table)
        {
            _table = table;
        }

        /// <summary>Reads a name that begins at a word.</summary>
        /// <param name="words">How many words it takes: 2 when a blank stands before the number.</param>
        /// <returns>A port's index, <see cref="Loopback"/> | number, or <see cref="None"/>.</returns>
        public int Read(LineLexer line, int word, out int words)
        {
            words = 1;
            int at = line.Start[word];
            int end = at + line.Size[word];
            int letters = 0;
            while (at + letters < end && IsLetter(line.Octets[at + letters]))
            {
                letters++;
            }
            if (letters == 0)
            {
                return None;
            }
            int number = at + letters;
            if (number == end)
            {
                if (word + 1 >= line.Words)
                {
                    return None;
                }
                words = 2;
                number = line.Start[word + 1];
                end = number + line.Size[word + 1];
            }
            int found = None;
            for (int i = 0; i < _table.Ports; i++)
            {
                string name = _table.Name[i];
                if (name == null || !NumberIs(line.Octets, number, end, name))
                {
                    continue;
                }
                if (BeginsWith(line.Octets, at, letters, name))
                {
                    if (found != None)
                    {
                        return None;
                    }
                    found = i;
                }
            }
            uint loopback;
            if (found == None && BeginsWith(line.Octets, at, letters, LoopbackName)
                && Literal.Number(line.Octets, number, end - number, out loopback) && loopback < Loopback)
            {
                found = Loopback | (int)loopback;
            }
            return found;
        }

        /// <returns>
        /// True when a word's letters begin the name of a port, or Loopback, or it is some Ethernet, and it names no sub-interface: what is wrong is
        /// the number.
        /// </returns>
        public bool IsKind(LineLexer line, int word)
        {
            int at = line.Start[word];
            int size = line.Size[word];
            int letters = 0;
            for (int i = 0; i < size; i++)
            {
                if (line.Octets[at + i] == '.')
                {
                    return false;
                }
                letters = letters == i && IsLetter(line.Octets[at + i]) ? i + 1 : letters;
            }
            bool known = BeginsWith(line.Octets, at, letters, LoopbackName) || (letters > 8 && BeginsWith(line.Octets, at + letters - 8, 8, "Ethernet"));
            for (int i = 0; i < _table.Ports && !known; i++)
            {
                known = _table.Name[i] != null && BeginsWith(line.Octets, at, letters, _table.Name[i]);
            }
            return known;
        }

        /// <summary>Index in the interface table of what <see cref="Read"/> found; -1 for a loopback that is not there.</summary>
        public int IndexOf(int read)
        {
            return (read & Loopback) == 0 ? read : _table.Find(NameOfLoopback(read & ~Loopback));
        }

        public static string NameOfLoopback(int number)
        {
            return LoopbackName + number.ToString();
        }

        /// <summary>Writes the name of an interface of a model.</summary>
        public void Put(TextBuffer output, ConfigurationModel model, int index)
        {
            if (index < model.Ports)
            {
                output.Text(_table.Name[index]);
            }
            else
            {
                output.Text(LoopbackName).Number(model.Interfaces[index * ConfigurationModel.InterfaceStride + ConfigurationModel.LoopbackNumber]);
            }
        }

        internal static bool IsLetter(int octet)
        {
            return LineLexer.Lower(octet) >= 'a' && LineLexer.Lower(octet) <= 'z';
        }

        private static bool BeginsWith(byte[] octets, int at, int letters, string name)
        {
            int own = LettersOf(name);
            if (letters > own)
            {
                return false;
            }
            for (int i = 0; i < letters; i++)
            {
                if (LineLexer.Lower(octets[at + i]) != LineLexer.Lower(name[i]))
                {
                    return false;
                }
            }
            return true;
        }

        private static bool NumberIs(byte[] octets, int at, int end, string name)
        {
            int own = LettersOf(name);
            if (end - at != name.Length - own)
            {
                return false;
            }
            for (int i = own; i < name.Length; i++)
            {
                if (LineLexer.Lower(octets[at + i - own]) != LineLexer.Lower(name[i]))
                {
                    return false;
                }
            }
            return true;
        }

        private static int LettersOf(string name)
        {
            int n = 0;
            while (n < name.Length && IsLetter(name[n]))
            {
                n++;
            }
            return n;
        }
    }
}
