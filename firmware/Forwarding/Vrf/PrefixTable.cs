namespace LabEdge.Forwarding
{
    /// <summary>
    /// Longest prefix match for IPv4 and IPv6 in any VRF. Layout "small": the prefixes of a VRF and family (a row of <see cref="Vrf"/>) lie
    /// sorted by first address and length, each with the distance back to the prefix that encloses it (databook/kernels.md section 1,
    /// layout C). IPv4: 14 octets per prefix, a look-up reads 1 + log2(n) + 2 x (nesting + 1) entries, and entry 0 of a VRF is 0.0.0.0/0,
    /// always there. IPv6: PrefixTable.Six.cs. Where <see cref="Capacity"/> gives them memory, rows with more prefixes go over to the
    /// layouts "medium" (<see cref="PrefixTree"/>) and "large" (<see cref="PrefixSlots"/>): PrefixTable.Layouts.cs.
    /// </summary>
    public sealed partial class PrefixTable
    {
        /// <summary>Ints per row of <see cref="Vrf"/>: base, count - 2^log, log, count (entries of the pool, not of a look-up structure).</summary>
        public const int Stride = 4;
        public const int Base = 0;
        public const int Rest = 1;
        public const int Log = 2;
        public const int CountField = 3;

        public const int NotFound = -1;

        /// <summary>Most entries of one row: the distances in <see cref="Up"/> are 16 bits wide.</summary>
        public const int MaxSegment = 65536;

        public readonly uint[] First;
        public readonly uint[] Last;
        public readonly int[] Handle;
        public readonly ushort[] Up;

        /// <summary>IPv4 of each VRF, then IPv6 of each VRF. The segments lie in the pool in this order, each with the room up to the next one's base.</summary>
        public readonly int[] Vrf;

        /// <summary>What <see cref="Longest"/>, <see cref="Next"/> and those for IPv6 found: address (IPv4: the first word), length, handle.</summary>
        public readonly uint[] FoundKey;
        public int FoundBits;
        public int FoundHandle;

        // The prefix or address in hand: four words (IPv4: the first) and zeros behind.
        private readonly uint[] _key;
        private readonly int _vrfs;
        private int _used;

        /// <summary>Inserts refused because the pool was full.</summary>
        public int Refused;

        public PrefixTable(Capacity capacity)
        {
            _vrfs = capacity.Vrfs;
            int pool = capacity.Prefixes + _vrfs;
            First = new uint[pool];
            Last = new uint[pool];
            Handle = new int[pool];
            Up = new ushort[pool];
            Vrf = new int[2 * _vrfs * Stride];
            for (int v = 0; v < _vrfs; v++)
            {
                Last[v] = 0xFFFFFFFF;
                Vrf[v * Stride + Base] = v;
                SetCount(v, 1);
                Vrf[(_vrfs + v) * Stride + Base] = _vrfs;
            }
            _used = _vrfs;
            _key = new uint[6];
            FoundKey = new uint[4];
            if (capacity.PrefixNodes > 0)
            {
                Tree = new PrefixTree(capacity.PrefixNodes, 2 * _vrfs, _key);
                Slots = capacity.PrefixSlots > 0 ? new PrefixSlots(capacity.PrefixSlots, 2 * _vrfs) : null;
                _mediumFrom = capacity.MediumFrom;
                _largeFrom = capacity.LargeFrom;
                _jobKey = new uint[4];
            }
        }

        /// <summary>Entries of the pool in use: one per IPv4 prefix, the 0.0.0.0/0 of each VRF included, and two per IPv6 prefix.</summary>
        public int Used
        {
            get { return _used; }
        }

        public int Pool
        {
            get { return First.Length; }
        }

        /// <returns>The handle of the longest prefix that holds the address; <see cref="ForwardingHandle.None"/> when only an unset 0.0.0.0/0 does.</returns>
        public int Lookup(int vrf, uint address)
        {
            return IsWide(vrf) ? LookupLarge(vrf, address) : Handle[Match(vrf, address)];
        }

        /// <summary>In the layout small only.</summary>
        /// <returns>The index of the longest prefix that holds the address.</returns>
        public int Match(int vrf, uint address)
        {
            int r = vrf * Stride;
            int h = Vrf[r + Base];
            int rest = Vrf[r + Rest];
            if (First[h + rest] <= address)
            {
                h += rest;
            }
            for (int step = 1 << Vrf[r + Log] >> 1; step != 0; step >>= 1)
            {
                if (First[h + step] <= address)
                {
                    h += step;
                }
            }
            while (address > Last[h])
            {
                h -= Up[h];
            }
            return h;
        }

        /// <summary>Index of exactly this prefix, or <see cref="NotFound"/>. In the layout small only: see <see cref="HandleOf"/>.</summary>
        public int Find(int vrf, uint prefix, int bits)
        {
            int i = LowerBound(vrf, prefix, LastOf(prefix, bits));
            int end = Vrf[vrf * Stride + Base] + Vrf[vrf * Stride + CountField];
            return i < end && First[i] == prefix && Last[i] == LastOf(prefix, bits) ? i : NotFound;
        }

        /// <summary>Length in bits of the prefix at an index.</summary>
        public int BitsAt(int index)
        {
            uint span = Last[index] - First[index];
            int bits = 32;
            while (span != 0)
            {
                span >>= 1;
                bits--;
            }
            return bits;
        }

        /// <summary>Exactly this prefix, in any layout.</summary>
        /// <returns>Its handle, or <see cref="NotFound"/>.</returns>
        public int HandleOf(int vrf, uint prefix, int bits)
        {
            Key(prefix);
            return HandleOfKey(vrf, bits);
        }

        /// <summary>The longest prefix of at most so many bits that holds the address: <see cref="FoundKey"/>, bits and handle.</summary>
        /// <returns>False when there is none.</returns>
        public bool Longest(int vrf, uint address, int most)
        {
            Key(address);
            return LongestOfKey(vrf, most);
        }

        /// <summary>The first prefix after this one by address, then length: <see cref="FoundKey"/>, bits and handle. Bits -1 with 0.0.0.0 starts.</summary>
        /// <returns>False at the end.</returns>
        public bool Next(int vrf, uint prefix, int bits)
        {
            Key(prefix);
            return NextOfKey(vrf, bits);
        }

        /// <summary>Inserts a prefix or replaces its handle. Bits beyond the length must be zero.</summary>
        /// <returns>False when the pool is full; nothing has changed then.</returns>
        public bool Set(int vrf, uint prefix, int bits, int handle)
        {
            Key(prefix);
            return SetKey(vrf, bits, handle);
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove(int vrf, uint prefix, int bits)
        {
            Key(prefix);
            return RemoveKey(vrf, bits);
        }

        private void Key(uint address)
        {
            _key[0] = address;
            _key[1] = 0;
            _key[2] = 0;
            _key[3] = 0;
        }

        private bool SetSmall(int vrf, int bits, int handle)
        {
            uint prefix = _key[0];
            uint last = LastOf(prefix, bits);
            int i = LowerBound(vrf, prefix, last);
            int r = vrf * Stride;
            int at = i - Vrf[r + Base];
            if (at < Vrf[r + CountField] && First[i] == prefix && Last[i] == last)
            {
                Handle[i] = handle;
                return true;
            }
            if (!Open(vrf, at, 1))
            {
                return false;
            }
            i = Vrf[r + Base] + at;
            First[i] = prefix;
            Last[i] = last;
            Handle[i] = handle;
            Enclose(vrf, i);
            return true;
        }

        private bool RemoveSmall(int vrf, int bits)
        {
            int i = Find(vrf, _key[0], bits);
            if (i == NotFound)
            {
                return false;
            }
            if (bits == 0)
            {
                bool was = Handle[i] != ForwardingHandle.None;
                Handle[i] = ForwardingHandle.None;
                return was;
            }
            Close(vrf, i - Vrf[vrf * Stride + Base], 1);
            Enclose(vrf, i);
            return true;
        }

        public static uint LastOf(uint prefix, int bits)
        {
            return bits == 0 ? 0xFFFFFFFF : bits == 32 ? prefix : prefix | (0xFFFFFFFF >> bits);
        }

        // First index of the VRF's segment whose (first, shorter first) is not before (prefix, last).
        private int LowerBound(int vrf, uint prefix, uint last)
        {
            int low = Vrf[vrf * Stride + Base];
            int high = low + Vrf[vrf * Stride + CountField];
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (First[middle] < prefix || (First[middle] == prefix && Last[middle] > last))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            return low;
        }

        // Distances back to the enclosing prefix, from one index to the end of the VRF's segment.
        private void Enclose(int vrf, int from)
        {
            int r = vrf * Stride;
            int start = Vrf[r + Base];
            int end = start + Vrf[r + CountField];
            for (int i = from; i < end; i++)
            {
                if (i == start)
                {
                    Up[i] = 0;
                    continue;
                }
                int j = i - 1;
                while (Last[j] < Last[i])
                {
                    j -= Up[j];
                }
                Up[i] = (ushort)(i - j);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("prefixes");
            bill.Object(25);
            bill.Array(First.Length * 4);
            bill.Array(Last.Length * 4);
            bill.Array(Handle.Length * 4);
            bill.Array(Up.Length * 2);
            bill.Array(Vrf.Length * 4);
            bill.Array(_key.Length * 4);
            bill.Array(FoundKey.Length * 4);
            if (Tree != null)
            {
                bill.Array(_jobKey.Length * 4);
                Tree.Bill(bill);
            }
            if (Slots != null)
            {
                Slots.Bill(bill);
            }
        }
    }
}
