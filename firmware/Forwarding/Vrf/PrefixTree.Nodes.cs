namespace LabEdge.Forwarding
{
    // Nodes and the blocks behind them: handles in the order of the internal bitmap, then children in the order of the external one.
    public sealed partial class PrefixTree
    {
        // Bit of the internal bitmap: prefixes in order of length, then of value. The highest that matches is the longest.
        private static int Place(int bits, int slice)
        {
            return (1 << bits) - 1 + (slice >> (Step - bits));
        }

        private bool Has(int bitmap, int i)
        {
            return ((Node[bitmap + (i >> 5)] >> (i & 31)) & 1) != 0;
        }

        // Bits set below one.
        private int Below(int bitmap, int i)
        {
            int rest = (1 << (i & 31)) - 1;
            return i < 32 ? Ones(Node[bitmap] & rest) : Ones(Node[bitmap]) + Ones(Node[bitmap + 1] & rest);
        }

        private int All(int bitmap)
        {
            return Ones(Node[bitmap]) + Ones(Node[bitmap + 1]);
        }

        private static int Ones(int x)
        {
            x -= (x >> 1) & 0x55555555;
            x = (x & 0x33333333) + ((x >> 2) & 0x33333333);
            x = (x + (x >> 4)) & 0x0F0F0F0F;
            return ((x * 0x01010101) >> 24) & 63;
        }

        private int Child(int n, int slice)
        {
            return Has(n + External, slice) ? Node[n + Block] + All(n + Internal) + NodeInts * Below(n + External, slice) : 0;
        }

        private int AddChild(int n, int slice)
        {
            int handles = All(n + Internal);
            int at = handles + NodeInts * Below(n + External, slice);
            Widen(n, handles + NodeInts * All(n + External), at, NodeInts);
            Node[n + External + (slice >> 5)] |= 1 << (slice & 31);
            int child = Node[n + Block] + at;
            for (int i = 0; i < NodeInts; i++)
            {
                Node[child + i] = 0;
            }
            Adopt(n);
            return child;
        }

        private void AddHandle(int n, int i, int handle)
        {
            int at = Below(n + Internal, i);
            Widen(n, All(n + Internal) + NodeInts * All(n + External), at, 1);
            Node[n + Internal + (i >> 5)] |= 1 << (i & 31);
            Node[Node[n + Block] + at] = handle;
            Adopt(n);
        }

        private void RemoveChild(int n, int slice)
        {
            int handles = All(n + Internal);
            int used = handles + NodeInts * All(n + External);
            int at = handles + NodeInts * Below(n + External, slice);
            Node[n + External + (slice >> 5)] &= ~(1 << (slice & 31));
            Narrow(n, used, at, NodeInts);
        }

        private void RemoveHandle(int n, int i)
        {
            int used = All(n + Internal) + NodeInts * All(n + External);
            int at = Below(n + Internal, i);
            Node[n + Internal + (i >> 5)] &= ~(1 << (i & 31));
            Narrow(n, used, at, 1);
        }

        // Opens a gap in a node's block; the block moves when it is too small.
        private void Widen(int n, int used, int at, int gap)
        {
            int from = Node[n + Block];
            int units = (Header + used + gap + Unit - 1) / Unit;
            int to = from != 0 && units <= Node[from - Header] ? from : Allocate(units);
            if (from != 0)
            {
                System.Array.Copy(Node, from + at, Node, to + at + gap, used - at);
                if (to != from)
                {
                    System.Array.Copy(Node, from, Node, to, at);
                    Free(from);
                }
            }
            Node[n + Block] = to;
            Node[to - 1] = n + Block;
        }

        // Closes a gap in a node's block, and frees what is no longer needed of it.
        private void Narrow(int n, int used, int at, int gap)
        {
            int block = Node[n + Block];
            System.Array.Copy(Node, block + at + gap, Node, block + at, used - at - gap);
            if (used == gap)
            {
                Node[n + Block] = 0;
                Free(block);
                return;
            }
            int units = (Header + used - gap + Unit - 1) / Unit;
            int surplus = Node[block - Header] - units;
            if (surplus > 0)
            {
                Node[block - Header] = units;
                int rest = block + units * Unit;
                Node[rest - Header] = surplus;
                Free(rest);
            }
            Adopt(n);
        }

        // The children's blocks learn where the word lies that names them.
        private void Adopt(int n)
        {
            int count = All(n + External);
            int child = Node[n + Block] + All(n + Internal);
            for (; count > 0; count--)
            {
                int block = Node[child + Block];
                if (block != 0)
                {
                    Node[block - 1] = child + Block;
                }
                child += NodeInts;
            }
        }
    }
}
