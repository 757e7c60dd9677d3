using LabEdge.Forwarding;

namespace LabEdge.Ospf
{
    /// <summary>A set of rows of the database per neighbour or interface: a bit each. No list of a neighbour can overflow.</summary>
    public sealed class RowSets
    {
        public const int None = -1;

        private readonly byte[] _bits;
        private readonly int _stride;

        public RowSets(int sets, int rows)
        {
            _stride = (rows + 7) / 8;
            _bits = new byte[sets * _stride];
        }

        public bool Has(int set, int row)
        {
            return (_bits[set * _stride + (row >> 3)] & (1 << (row & 7))) != 0;
        }

        /// <returns>True when it was not in the set before.</returns>
        public bool Add(int set, int row)
        {
            int at = set * _stride + (row >> 3);
            int bit = 1 << (row & 7);
            if ((_bits[at] & bit) != 0)
            {
                return false;
            }
            _bits[at] = (byte)(_bits[at] | bit);
            return true;
        }

        /// <returns>True when it was in the set.</returns>
        public bool Remove(int set, int row)
        {
            int at = set * _stride + (row >> 3);
            int bit = 1 << (row & 7);
            if ((_bits[at] & bit) == 0)
            {
                return false;
            }
            _bits[at] = (byte)(_bits[at] & ~bit);
            return true;
        }

        /// <returns>The first row of a set from <paramref name="row"/> on, or <see cref="None"/>.</returns>
        public int Next(int set, int row)
        {
            int rows = _stride * 8;
            while (row < rows)
            {
                int octet = _bits[set * _stride + (row >> 3)] >> (row & 7);
                if (octet == 0)
                {
                    row = (row | 7) + 1;
                    continue;
                }
                while ((octet & 1) == 0)
                {
                    octet >>= 1;
                    row++;
                }
                return row;
            }
            return None;
        }

        public void Clear(int set)
        {
            System.Array.Clear(_bits, set * _stride, _stride);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(2);
            bill.Array(_bits.Length);
        }
    }
}
