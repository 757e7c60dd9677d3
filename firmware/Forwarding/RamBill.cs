namespace LabEdge.Forwarding
{
    /// <summary>
    /// Adds up what a router's objects cost on the nanoCLR's managed heap by its block model: 12-octet blocks, an array
    /// takes ceil((20 + octets) / 12) blocks, an object one block and one more per field (databook/nanoclr.md section 5).
    /// Each class with tables bills itself; a test compares the sum with a walk over every reachable object.
    /// </summary>
    public sealed class RamBill
    {
        private readonly string[] _names;
        private readonly int[] _octets;
        private int _rows;
        private int _row;

        /// <param name="rows">How many named rows the bill can hold.</param>
        public RamBill(int rows)
        {
            _names = new string[rows];
            _octets = new int[rows];
            _row = -1;
        }

        /// <summary>What follows is billed under this name (one room or table).</summary>
        public void Row(string name)
        {
            for (int i = 0; i < _rows; i++)
            {
                if (_names[i] == name)
                {
                    _row = i;
                    return;
                }
            }
            _row = _rows < _names.Length ? _rows++ : _rows - 1;
            _names[_row] = name;
        }

        /// <summary>An object with this many instance fields.</summary>
        public void Object(int fields)
        {
            _octets[_row] += 12 * (1 + fields);
        }

        /// <summary>An array of primitives of this many octets in all.</summary>
        public void Array(int octets)
        {
            _octets[_row] += (20 + octets + 11) / 12 * 12;
        }

        /// <summary>An array of references (12 octets each), without what they point to.</summary>
        public void References(int count)
        {
            _octets[_row] += 24 + 12 * count;
        }

        /// <summary>A string of this many characters.</summary>
        public void Text(string text)
        {
            if (text != null)
            {
                _octets[_row] += (24 + text.Length + 11) / 12 * 12;
            }
        }

        public int Rows
        {
            get { return _rows; }
        }

        public string NameOf(int row)
        {
            return _names[row];
        }

        public int OctetsOf(int row)
        {
            return _octets[row];
        }

        public int Total()
        {
            int sum = 0;
            for (int i = 0; i < _rows; i++)
            {
                sum += _octets[i];
            }
            return sum;
        }
    }
}
