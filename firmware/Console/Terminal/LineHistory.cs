using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    /// <summary>
    /// The lines typed last, one behind the other in a store of fixed size, each with its length behind it. A line that does not fit pushes the
    /// oldest out; the same line twice running is kept once.
    /// </summary>
    public sealed class LineHistory
    {
        /// <summary>Lines kept at first, and at most (terminal history size).</summary>
        public const int FirstLimit = 20;
        public const int MostLines = 256;

        private readonly byte[] _octets;
        private int _used;
        private int _lines;
        private int _limit = FirstLimit;

        public LineHistory(Capacity capacity)
        {
            _octets = new byte[capacity.ConsoleHistory];
        }

        public int Lines
        {
            get { return _lines; }
        }

        public int Limit
        {
            get { return _limit; }
        }

        /// <summary>The store that <see cref="Find"/> points into.</summary>
        public byte[] Octets
        {
            get { return _octets; }
        }

        /// <summary>Keeps at most so many lines from now on; 0 = none.</summary>
        public void SetLimit(int lines)
        {
            _limit = lines;
            while (_lines > lines)
            {
                DropOldest();
            }
        }

        public void Add(byte[] line, int count)
        {
            int room = count + 1;
            if (count == 0 || _limit == 0 || room > _octets.Length || IsNewest(line, count))
            {
                return;
            }
            while (_lines >= _limit || _used + room > _octets.Length)
            {
                DropOldest();
            }
            System.Array.Copy(line, 0, _octets, _used, count);
            _used += room;
            _octets[_used - 1] = (byte)count;
            _lines++;
        }

        /// <param name="k">1 = the newest, up to <see cref="Lines"/>.</param>
        /// <returns>Where the line begins in <see cref="Octets"/>.</returns>
        public int Find(int k, out int count)
        {
            int at = _used;
            count = 0;
            while (k-- > 0)
            {
                count = _octets[at - 1];
                at -= count + 1;
            }
            return at;
        }

        private bool IsNewest(byte[] line, int count)
        {
            int size;
            int at = Find(_lines == 0 ? 0 : 1, out size);
            bool same = size == count;
            for (int i = 0; same && i < count; i++)
            {
                same = _octets[at + i] == line[i];
            }
            return same;
        }

        private void DropOldest()
        {
            int count;
            Find(_lines, out count);
            _used -= count + 1;
            System.Array.Copy(_octets, count + 1, _octets, 0, _used);
            _lines--;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
            bill.Array(_octets.Length);
        }
    }
}
