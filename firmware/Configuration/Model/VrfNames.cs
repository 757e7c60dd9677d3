using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// Names of the VRFs that the running or the candidate configuration knows, by slot. Both models use the same slots, so
    /// that their records can be compared as they lie. Slot 0 is the global table.
    /// </summary>
    public sealed class VrfNames
    {
        public const int None = -1;
        private readonly string[] _name;

        public VrfNames(Capacity capacity)
        {
            // Twice: a replaced configuration may name all VRFs anew.
            _name = new string[capacity.Vrfs * 2];
            _name[0] = "default";
        }

        public int Slots
        {
            get { return _name.Length; }
        }

        public string NameOf(int slot)
        {
            return _name[slot];
        }

        /// <returns>The slot of a name, or <see cref="None"/>. Case matters, as in IOS.</returns>
        public int Find(LineLexer line, int word)
        {
            for (int i = 1; i < _name.Length; i++)
            {
                if (_name[i] != null && Same(line, word, _name[i]))
                {
                    return i;
                }
            }
            return None;
        }

        private static bool Same(LineLexer line, int word, string name)
        {
            if (line.Size[word] != name.Length)
            {
                return false;
            }
            int start = line.Start[word];
            for (int i = 0; i < name.Length; i++)
            {
                if (line.Octets[start + i] != name[i])
                {
                    return false;
                }
            }
            return true;
        }

        /// <returns>A slot for a new name, or <see cref="None"/> when all are taken.</returns>
        public int Add(string name)
        {
            for (int i = 1; i < _name.Length; i++)
            {
                if (_name[i] == null)
                {
                    _name[i] = name;
                    return i;
                }
            }
            return None;
        }

        /// <summary>Frees the slots that neither model uses.</summary>
        public void Sweep(ConfigurationModel running, ConfigurationModel candidate)
        {
            for (int i = 1; i < _name.Length; i++)
            {
                if (!running.HasVrf(i) && !candidate.HasVrf(i))
                {
                    _name[i] = null;
                }
            }
        }

        /// <returns>The next slot in order of names after <paramref name="slot"/> (0 to begin), or <see cref="None"/>.</returns>
        public int NextByName(int slot, ConfigurationModel model)
        {
            int best = None;
            for (int i = 1; i < _name.Length; i++)
            {
                if (model.HasVrf(i) && (slot == 0 || Order(_name[i], _name[slot]) > 0)
                    && (best == None || Order(_name[i], _name[best]) < 0))
                {
                    best = i;
                }
            }
            return best;
        }

        private static int Order(string a, string b)
        {
            for (int i = 0; i < a.Length && i < b.Length; i++)
            {
                if (a[i] != b[i])
                {
                    return a[i] - b[i];
                }
            }
            return a.Length - b.Length;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
            bill.References(_name.Length);

            // The names themselves are those that VrfStore holds and bills.
        }
    }
}
