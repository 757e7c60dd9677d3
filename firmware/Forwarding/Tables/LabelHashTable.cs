namespace LabEdge.Forwarding
{
    /// <summary>
    /// (label space, label) to handle by exact match, for labels outside the window of <see cref="IncomingLabelMap"/> and for
    /// context-specific label spaces (RFC 5331 section 3): a hash table with open addressing, at most half full. A look-up reads at most
    /// <see cref="MaxProbe"/> slots.
    /// </summary>
    public sealed class LabelHashTable
    {
        public const int Stride = 2;

        /// <summary>Label space in bits 20 to 30, label in bits 0 to 19; <see cref="Empty"/>.</summary>
        public const int Key = 0;
        public const int Handle = 1;
        public const int Empty = -1;

        /// <summary>The platform's own label space (RFC 3031 section 3.14), and the highest number of one.</summary>
        public const int Platform = 0;
        public const int MaxSpace = 2047;
        public const int MaxLabel = 0xFFFFF;
        public const int MaxProbe = 128;

        internal const int Mix = -1640531535;
        internal const int MixAgain = -2048144777;

        public readonly int[] Record;
        internal readonly int Shift;
        internal readonly int Mask;
        private readonly int _most;
        private int _used;

        /// <summary>Inserts refused because the table, or their part of it, was full.</summary>
        public int Refused;

        /// <param name="entries">Labels that the table holds at most.</param>
        public LabelHashTable(int entries)
        {
            int log = 1;
            while (1 << log < entries * 2)
            {
                log++;
            }
            Record = new int[Stride << log];
            Shift = 32 - log;
            Mask = (1 << log) - 1;
            _most = entries;
            for (int i = 0; i < Record.Length; i += Stride)
            {
                Record[i] = Empty;
            }
        }

        public int Count
        {
            get { return _used; }
        }

        /// <returns>The label's handle, or <see cref="ForwardingHandle.None"/>.</returns>
        public int Lookup(int space, int label)
        {
            int[] record = Record;
            int key = (space << 20) | label;
            int slot = Home(key);
            for (int probe = MaxProbe; probe != 0; probe--)
            {
                int found = record[slot << 1];
                if (found == key)
                {
                    return record[(slot << 1) + Handle];
                }
                if (found == Empty)
                {
                    break;
                }
                slot = (slot + 1) & Mask;
            }
            return ForwardingHandle.None;
        }

        /// <summary>Inserts a label or replaces its handle (one store). The rows that the handle names have been written before.</summary>
        /// <returns>False when there is no room for it, or it is no label of ours.</returns>
        public bool Set(int space, int label, int handle)
        {
            if ((label & ~MaxLabel) != 0 || space < 0 || space > MaxSpace)
            {
                return false;
            }
            int key = (space << 20) | label;
            int slot = Home(key);
            for (int probe = MaxProbe; probe != 0; probe--)
            {
                int at = slot << 1;
                if (Record[at] == key)
                {
                    Record[at + Handle] = handle;
                    return true;
                }
                if (Record[at] == Empty)
                {
                    if (_used >= _most)
                    {
                        break;
                    }
                    _used++;
                    Record[at + Handle] = handle;
                    Record[at] = key;
                    return true;
                }
                slot = (slot + 1) & Mask;
            }
            Refused++;
            return false;
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove(int space, int label)
        {
            int key = (space << 20) | label;
            int gap = Home(key);
            for (int probe = MaxProbe; Record[gap << 1] != key; probe--)
            {
                if (probe == 0 || Record[gap << 1] == Empty)
                {
                    return false;
                }
                gap = (gap + 1) & Mask;
            }
            _used--;

            // Each later entry of the run whose home is at or before the gap moves back into it: no probe sequence is broken.
            for (int slot = (gap + 1) & Mask; Record[slot << 1] != Empty; slot = (slot + 1) & Mask)
            {
                if (((slot - Home(Record[slot << 1])) & Mask) >= ((slot - gap) & Mask))
                {
                    Record[gap << 1] = Record[slot << 1];
                    Record[(gap << 1) + Handle] = Record[(slot << 1) + Handle];
                    gap = slot;
                }
            }
            Record[gap << 1] = Empty;
            return true;
        }

        // Two products with a fold between, so that labels given out in sequence, and the same ones in many spaces, lie apart.
        private int Home(int key)
        {
            int x = key * MixAgain;
            x ^= x >> 15;
            return ((x * Mix) >> Shift) & Mask;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("labels by hash");
            bill.Object(6);
            bill.Array(Record.Length * 4);
        }
    }
}
