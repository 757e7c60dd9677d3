namespace LabEdge.Forwarding
{
    /// <summary>
    /// Longest prefix match for IPv4 in any VRF, over one pool. Layout "small": the prefixes of a VRF lie sorted by first
    /// address and length, each with the distance back to the prefix that encloses it (databook/kernels.md section 1, layout C):
    /// 14 octets per prefix; a look-up reads 1 + log2(n) + 2 x (nesting + 1) entries. Entry 0 of a VRF is 0.0.0.0/0, always there.
    /// </summary>
    public sealed class PrefixTable
    {
        /// <summary>Ints per VRF in <see cref="Vrf"/>: base, count - 2^log, log, count.</summary>
        public const int Stride = 4;
        public const int Base = 0;
        public const int Rest = 1;
        public const int Log = 2;
        public const int CountField = 3;

        public const int NotFound = -1;

        /// <summary>Largest pool: the distances in <see cref="Up"/> are 16 bits wide.</summary>
        public const int MaxPool = 65536;

        public readonly uint[] First;
        public readonly uint[] Last;
        public readonly int[] Handle;
        public readonly ushort[] Up;
        public readonly int[] Vrf;
        private readonly int _vrfs;
        private int _used;

        /// <summary>Inserts refused because the pool was full.</summary>
        public int Refused;

        public PrefixTable(Capacity capacity)
        {
            _vrfs = capacity.Vrfs;
            int pool = capacity.Prefixes + _vrfs;
            if (pool > MaxPool)
            {
                throw new System.ArgumentOutOfRangeException("capacity");
            }
            First = new uint[pool];
            Last = new uint[pool];
            Handle = new int[pool];
            Up = new ushort[pool];
            Vrf = new int[_vrfs * Stride];
            for (int v = 0; v < _vrfs; v++)
            {
                Last[v] = 0xFFFFFFFF;
                Vrf[v * Stride + Base] = v;
                SetCount(v, 1);
            }
            _used = _vrfs;
        }

        /// <summary>Prefixes held, the 0.0.0.0/0 of each VRF included.</summary>
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
            return Handle[Match(vrf, address)];
        }

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

        /// <summary>Index of exactly this prefix, or <see cref="NotFound"/>.</summary>
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

        /// <summary>Inserts a prefix or replaces its handle (one store). Bits beyond the length must be zero.</summary>
        /// <returns>False when the pool is full; nothing has changed then.</returns>
        public bool Set(int vrf, uint prefix, int bits, int handle)
        {
            uint last = LastOf(prefix, bits);
            int i = LowerBound(vrf, prefix, last);
            int r = vrf * Stride;
            int end = Vrf[r + Base] + Vrf[r + CountField];
            if (i < end && First[i] == prefix && Last[i] == last)
            {
                Handle[i] = handle;
                return true;
            }
            if (_used >= First.Length)
            {
                Refused++;
                return false;
            }
            Shift(i, i + 1, _used - i);
            _used++;
            First[i] = prefix;
            Last[i] = last;
            Handle[i] = handle;
            MoveLaterSegments(vrf, 1);
            SetCount(vrf, Vrf[r + CountField] + 1);
            Enclose(vrf, i);
            return true;
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove(int vrf, uint prefix, int bits)
        {
            int i = Find(vrf, prefix, bits);
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
            Shift(i + 1, i, _used - i - 1);
            _used--;
            MoveLaterSegments(vrf, -1);
            SetCount(vrf, Vrf[vrf * Stride + CountField] - 1);
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

        private void Shift(int from, int to, int count)
        {
            System.Array.Copy(First, from, First, to, count);
            System.Array.Copy(Last, from, Last, to, count);
            System.Array.Copy(Handle, from, Handle, to, count);
            System.Array.Copy(Up, from, Up, to, count);
        }

        private void MoveLaterSegments(int vrf, int by)
        {
            for (int v = vrf + 1; v < _vrfs; v++)
            {
                Vrf[v * Stride + Base] += by;
            }
        }

        private void SetCount(int vrf, int count)
        {
            int log = 0;
            while (2 << log <= count)
            {
                log++;
            }
            int r = vrf * Stride;
            Vrf[r + CountField] = count;
            Vrf[r + Log] = log;
            Vrf[r + Rest] = count - (1 << log);
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
            bill.Object(8);
            bill.Array(First.Length * 4);
            bill.Array(Last.Length * 4);
            bill.Array(Handle.Length * 4);
            bill.Array(Up.Length * 2);
            bill.Array(Vrf.Length * 4);
        }
    }
}
