namespace LabEdge.Forwarding
{
    // Blocks of the pool, in units of 4 ints: [units, negative when free][where the word lies that names it; -1 - row for a root] data.
    // A block is named by its data. Free ones are kept by size; when the pool is used up to its end they are closed up by compaction.
    public sealed partial class PrefixTree
    {
        private const int Unit = 4;
        private const int Header = 2;

        // Units of the largest node block (63 handles and 64 children), and what one insert takes at most: that, and 20 new nodes.
        private const int Largest = (Header + 63 + 64 * NodeInts + Unit - 1) / Unit;
        private const int MostOfInsert = (Largest + 2 * 20) * Unit;
        private const int Idle = -1;

        // First free block of each size, linked by their second word. Of more than Largest units, roots, there is no list.
        private readonly int[] _free;
        private int _top;
        private int _freeInts;

        // Compaction: blocks below _to lie close; from _scan on they are as they were; between them is nothing. Lists hold only what is below.
        private int _scan;
        private int _to;

        /// <summary>Ints of <see cref="Node"/> that no table uses.</summary>
        public int FreeInts
        {
            get { return Node.Length - _top + _freeInts + (_scan == Idle ? 0 : _scan - _to); }
        }

        // True when so many ints can be taken without moving a block.
        private bool Ready(int ints)
        {
            if (Node.Length - _top >= ints)
            {
                return true;
            }
            if (FreeInts < ints)
            {
                return false;
            }
            if (_scan != Idle)
            {
                Compact(int.MaxValue);
            }
            if (Node.Length - _top < ints)
            {
                StartCompaction();
                Compact(int.MaxValue);
            }
            return Node.Length - _top >= ints;
        }

        private int Allocate(int units)
        {
            if (units <= Largest && _free[units] != 0)
            {
                int block = _free[units];
                _free[units] = Node[block - 1];
                _freeInts -= units * Unit;
                Node[block - Header] = units;
                return block;
            }
            int made = _top + Header;
            Node[_top] = units;
            _top += units * Unit;
            return made;
        }

        private void Free(int block)
        {
            int units = Node[block - Header];
            Node[block - Header] = -units;
            _freeInts += units * Unit;
            if (units <= Largest && (_scan == Idle || block < _to))
            {
                Node[block - 1] = _free[units];
                _free[units] = block;
            }
        }

        private void StartCompaction()
        {
            for (int i = 0; i < _free.Length; i++)
            {
                _free[i] = 0;
            }
            _scan = Unit;
            _to = Unit;
        }

        /// <summary>
        /// Closes gaps in the pool, this many blocks at most, when little is left beyond the last block and much between them. Between two
        /// calls everything answers as ever.
        /// </summary>
        /// <returns>Blocks visited.</returns>
        public int Tidy(int budget)
        {
            if (_scan == Idle)
            {
                if (Node.Length - _top > Node.Length >> 2 || _freeInts < Node.Length >> 3)
                {
                    return 0;
                }
                StartCompaction();
            }
            return Compact(budget);
        }

        private int Compact(int budget)
        {
            int visited = 0;
            for (; visited < budget && _scan < _top; visited++)
            {
                int units = Node[_scan];
                if (units < 0)
                {
                    _freeInts += units * Unit;
                    _scan -= units * Unit;
                    continue;
                }
                if (_scan != _to)
                {
                    System.Array.Copy(Node, _scan, Node, _to, units * Unit);
                    Rename(_to + Header);
                }
                _scan += units * Unit;
                _to += units * Unit;
            }
            if (_scan >= _top)
            {
                _top = _to;
                _scan = Idle;
            }
            return visited;
        }

        private void Rename(int block)
        {
            int owner = Node[block - 1];
            if (owner >= 0)
            {
                Node[owner] = block;
                Adopt(owner - Block);
                return;
            }
            Root[-1 - owner] = block;
            for (int i = 0; i < Fan; i++)
            {
                int named = Node[block + Nodes + i * NodeInts + Block];
                if (named != 0)
                {
                    Node[named - 1] = block + Nodes + i * NodeInts + Block;
                }
            }
        }
    }
}
