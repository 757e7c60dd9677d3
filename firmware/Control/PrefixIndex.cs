using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Finds the rows of a table by (VRF, prefix, length): chains over the rows' own indexes. A chain may hold rows of other
    /// prefixes too; the reader compares.
    /// </summary>
    public sealed class PrefixIndex
    {
        public const int End = -1;

        private readonly int[] _head;
        private readonly int[] _next;
        private readonly int _mask;

        /// <param name="rows">Rows of the table.</param>
        public PrefixIndex(int rows)
        {
            int size = 4;
            while (size < rows)
            {
                size <<= 1;
            }
            _head = new int[size];
            _next = new int[rows];
            _mask = size - 1;
            for (int i = 0; i < size; i++)
            {
                _head[i] = End;
            }
        }

        /// <returns>The first row of the chain, or <see cref="End"/>.</returns>
        public int First(int vrf, uint prefix, int bits)
        {
            return _head[Bucket(vrf, prefix, bits)];
        }

        public int Next(int row)
        {
            return _next[row];
        }

        public void Insert(int row, int vrf, uint prefix, int bits)
        {
            int bucket = Bucket(vrf, prefix, bits);
            _next[row] = _head[bucket];
            _head[bucket] = row;
        }

        public void Remove(int row, int vrf, uint prefix, int bits)
        {
            int bucket = Bucket(vrf, prefix, bits);
            if (_head[bucket] == row)
            {
                _head[bucket] = _next[row];
                return;
            }
            int i = _head[bucket];
            while (_next[i] != row)
            {
                i = _next[i];
            }
            _next[i] = _next[row];
        }

        private int Bucket(int vrf, uint prefix, int bits)
        {
            uint h = prefix * 0x9E3779B1 + (uint)(vrf * 64 + bits) * 0x85EBCA6B;
            h ^= h >> 15;
            int bucket = (int)h;
            return bucket & _mask;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(3);
            bill.Array(_head.Length * 4);
            bill.Array(_next.Length * 4);
        }
    }
}
