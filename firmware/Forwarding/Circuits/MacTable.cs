namespace LabEdge.Forwarding
{
    /// <summary>
    /// (bridge domain, MAC address) to the member behind which it was learnt (IEEE 802.1D-2004 section 7.8): a hash table of fixed
    /// size with open addressing, at most half full. A look-up reads at most <see cref="MaxProbe"/> slots, whatever addresses a sender chooses.
    /// A row is the index of its first int in <see cref="Record"/>; it holds until the next entry is removed.
    /// </summary>
    public sealed class MacTable
    {
        public const int Stride = 4;

        /// <summary>The first 4 octets of the address.</summary>
        public const int High = 0;

        /// <summary>Domain + 1 in the high half, the last 2 octets of the address in the low half; 0 = empty.</summary>
        public const int Key = 1;

        /// <summary>Member of the domain, as its owner numbers them.</summary>
        public const int Member = 2;

        /// <summary>When it was last seen, in ms (wraps).</summary>
        public const int Stamp = 3;

        public const int None = -1;

        /// <summary>Domains are 0..this.</summary>
        public const int MaxDomain = 65534;

        /// <summary>Slots that a look-up reads at most; an address that would stand further from its home is refused.</summary>
        public const int MaxProbe = 128;

        // Odd, without structure (golden ratio; xxHash prime 2): each bit of the key reaches the high bits of the product.
        internal const int MixKey = -2048144777;
        internal const int MixAll = -1640531535;

        public readonly int[] Record;

        /// <summary>Entries of each domain.</summary>
        public readonly int[] PerDomain;
        internal readonly int Shift;
        internal readonly int Mask;
        private readonly int _most;
        private int _used;
        private int _cursor;

        /// <summary>Addresses not learnt because the table, or their part of it, was full.</summary>
        public int Refused;

        /// <param name="entries">Addresses that the table holds at most.</param>
        /// <param name="domains">Bridge domains.</param>
        public MacTable(int entries, int domains)
        {
            int log = 1;
            while (1 << log < entries * 2)
            {
                log++;
            }
            Record = new int[Stride << log];
            PerDomain = new int[domains];
            Shift = 32 - log;
            Mask = (1 << log) - 1;
            _most = entries;
        }

        public int Count
        {
            get { return _used; }
        }

        /// <summary>Slots, used or not: what one round of <see cref="AgeStep"/> visits.</summary>
        public int Slots
        {
            get { return Mask + 1; }
        }

        /// <param name="high">Octets 0 to 3 of the address.</param>
        /// <param name="low">Octets 4 and 5.</param>
        /// <returns>The row, or <see cref="None"/>.</returns>
        public int Find(int domain, int high, int low)
        {
            int[] record = Record;
            int key = ((domain + 1) << 16) | low;
            int slot = Home(high, key);
            for (int probe = MaxProbe; probe != 0; probe--)
            {
                int row = slot << 2;
                int found = record[row + Key];
                if (found == key && record[row] == high)
                {
                    return row;
                }
                if (found == 0)
                {
                    return None;
                }
                slot = (slot + 1) & Mask;
            }
            return None;
        }

        /// <returns>True when <see cref="Learn"/> would take an address that is not there; nothing is changed or counted.</returns>
        public bool HasRoom(int domain, int high, int low)
        {
            int slot = Home(high, ((domain + 1) << 16) | low);
            for (int probe = MaxProbe; probe != 0 && _used < _most; probe--)
            {
                if (Record[(slot << 2) + Key] == 0)
                {
                    return true;
                }
                slot = (slot + 1) & Mask;
            }
            return false;
        }

        /// <summary>Inserts the address, or refreshes it and moves it to this member.</summary>
        /// <param name="now">Milliseconds, wraps.</param>
        /// <returns>The row, or <see cref="None"/> when there is no room for it.</returns>
        public int Learn(int domain, int high, int low, int member, uint now)
        {
            int key = ((domain + 1) << 16) | low;
            int slot = Home(high, key);
            for (int probe = MaxProbe; probe != 0; probe--)
            {
                int row = slot << 2;
                int found = Record[row + Key];
                if (found == 0)
                {
                    if (_used >= _most)
                    {
                        break;
                    }
                    _used++;
                    PerDomain[domain]++;
                    Record[row] = high;
                    Record[row + Key] = key;
                }
                else if (found != key || Record[row] != high)
                {
                    slot = (slot + 1) & Mask;
                    continue;
                }
                Record[row + Member] = member;
                Record[row + Stamp] = (int)now;
                return row;
            }
            Refused++;
            return None;
        }

        /// <summary>Removes the entry of a row. Rows found before are no longer valid: others may have moved into the gap.</summary>
        public void Remove(int row)
        {
            _used--;
            PerDomain[DomainAt(row)]--;
            int gap = row >> 2;

            // Each later entry of the run whose home is at or before the gap moves back into it: no probe sequence is broken.
            for (int slot = (gap + 1) & Mask; Record[(slot << 2) + Key] != 0; slot = (slot + 1) & Mask)
            {
                int from = slot << 2;
                int home = Home(Record[from], Record[from + Key]);
                if (((slot - home) & Mask) >= ((slot - gap) & Mask))
                {
                    int to = gap << 2;
                    Record[to] = Record[from];
                    Record[to + Key] = Record[from + Key];
                    Record[to + Member] = Record[from + Member];
                    Record[to + Stamp] = Record[from + Stamp];
                    gap = slot;
                }
            }
            Record[(gap << 2) + Key] = 0;
        }

        /// <summary>Domain of the entry of a row.</summary>
        public int DomainAt(int row)
        {
            return ((Record[row + Key] >> 16) & 0xFFFF) - 1;
        }

        /// <summary>Visits the next slots of the table, round and round, and removes what has not been seen for the age.</summary>
        /// <param name="now">Milliseconds, wraps.</param>
        /// <param name="age">Milliseconds, of all domains.</param>
        /// <param name="budget">Slots to visit.</param>
        /// <returns>Entries removed.</returns>
        public int AgeStep(uint now, int age, int budget)
        {
            return AgeStepByDomain(now, null, age, budget);
        }

        /// <summary>As above; where each domain has an age of its own.</summary>
        /// <param name="domains">Records of <see cref="BridgeTable"/>, or null.</param>
        public int AgeStepByDomain(uint now, int[] domains, int age, int budget)
        {
            int before = _used;
            int time = (int)now;
            for (; budget > 0; budget--)
            {
                int row = _cursor << 2;
                if (Record[row + Key] != 0 && domains != null)
                {
                    age = domains[DomainAt(row) * BridgeTable.Stride + BridgeTable.Age];
                }
                if (Record[row + Key] != 0 && time - Record[row + Stamp] >= age)
                {
                    // Another entry may stand here now: the next visit is to the same slot.
                    Remove(row);
                }
                else
                {
                    _cursor = (_cursor + 1) & Mask;
                }
            }
            return before - _used;
        }

        /// <summary>Removes every entry of a member: one walk over the table's slots.</summary>
        /// <returns>Entries removed.</returns>
        public int FlushMember(int member)
        {
            int before = _used;
            for (int slot = 0; slot <= Mask; slot++)
            {
                int row = slot << 2;
                while (Record[row + Key] != 0 && Record[row + Member] == member)
                {
                    Remove(row);
                }
            }
            return before - _used;
        }

        /// <summary>Removes every entry of a domain: at most one walk over the table's slots.</summary>
        /// <returns>Entries removed.</returns>
        public int FlushDomain(int domain)
        {
            int before = _used;
            for (int slot = 0; slot <= Mask && PerDomain[domain] != 0; slot++)
            {
                int row = slot << 2;
                while (Record[row + Key] != 0 && DomainAt(row) == domain)
                {
                    Remove(row);
                }
            }
            return before - _used;
        }

        // Two products with a fold between: addresses that differ in a few low bits, as those of one maker do, lie apart.
        private int Home(int high, int key)
        {
            int x = high + key * MixKey;
            x ^= x >> 15;
            return ((x * MixAll) >> Shift) & Mask;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("MAC addresses");
            bill.Object(8);
            bill.Array(Record.Length * 4);
            bill.Array(PerDomain.Length * 4);
        }
    }
}
