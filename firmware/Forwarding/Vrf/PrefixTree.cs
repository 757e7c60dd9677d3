namespace LabEdge.Forwarding
{
    /// <summary>
    /// Layout "medium" of <see cref="PrefixTable"/>, both families: a tree bitmap (Eatherton, Varghese and Dittia, 2004). A table is a root of 1,024
    /// nodes, one per value of the first 10 bits, and then nodes of 6 bits each. A node's internal bitmap says which prefixes of relative
    /// length 0 to 5 end in it, its external bitmap which of 64 children there are; handles and children lie together in one block. Nothing is
    /// pushed down to leaves, so that insert and remove touch one node. An IPv4 look-up reads at most 4 nodes and 2 handles, an IPv6 one 20 and 2.
    /// A table costs 28 KiB and per route, with 100,000 of them, about 40 octets.
    /// </summary>
    public sealed partial class PrefixTree
    {
        public const int RootBits = 10;
        public const int Fan = 1 << RootBits;

        /// <summary>A root: the handle of the longest prefix under 10 bits for each value; those prefixes (or -1) in order of length; the nodes.</summary>
        public const int Best = 0;
        public const int Short = Fan;
        public const int Nodes = 2 * Fan;
        public const int RootInts = Nodes + Fan * NodeInts;

        /// <summary>Ints that a route takes as a rule, of IPv4 and of IPv6; a lonely IPv6 route takes up to 160.</summary>
        public const int UsualInts = 16;
        public const int UsualInts6 = 40;

        /// <summary>A node: internal bitmap, external bitmap (two ints each, low first), block.</summary>
        public const int NodeInts = 5;
        public const int Internal = 0;
        public const int External = 2;
        public const int Block = 4;

        /// <summary>Bits of a node.</summary>
        public const int Step = 6;

        public const int Absent = -1;

        /// <summary>Roots, nodes and handles of all tables.</summary>
        public readonly int[] Node;

        /// <summary>Per row of <see cref="PrefixTable.Vrf"/>: where its root lies, 0 = none.</summary>
        public readonly int[] Root;
        public readonly int[] Routes;

        /// <summary>What <see cref="Longest"/> and <see cref="Next"/> found.</summary>
        public readonly uint[] FoundKey;
        public int FoundBits;
        public int FoundHandle;

        private readonly uint[] _key;
        private readonly int[] _path;

        /// <param name="ints">Size of <see cref="Node"/>.</param>
        /// <param name="key">The prefix or address that each call is about: four words (IPv4: the first) and two zeros behind.</param>
        public PrefixTree(int ints, int rows, uint[] key)
        {
            Node = new int[ints & ~3];
            Root = new int[rows];
            Routes = new int[rows];
            FoundKey = new uint[4];
            _key = key;
            _path = new int[24];
            _free = new int[Largest + 1];
            _top = Unit;
            _scan = Idle;
        }

        /// <summary>Makes the root of a row, without routes.</summary>
        /// <returns>False when the pool has no room for it.</returns>
        public bool Open(int row)
        {
            int units = (RootInts + Header + Unit - 1) / Unit;
            if (!Ready(units * Unit))
            {
                return false;
            }
            int root = Allocate(units);
            Node[root - 1] = -1 - row;
            System.Array.Clear(Node, root, RootInts);
            for (int i = 0; i < Fan; i++)
            {
                Node[root + Short + i] = Absent;
            }
            Root[row] = root;
            Routes[row] = 0;
            return true;
        }

        /// <summary>Frees the root of a row whose routes have been removed.</summary>
        public void Close(int row)
        {
            Free(Root[row]);
            Root[row] = 0;
        }

        /// <returns>The handle of the longest prefix that holds the key, or <see cref="ForwardingHandle.None"/>.</returns>
        public int Lookup(int row)
        {
            int[] node = Node;
            int root = Root[row];
            int s = Slice(0, RootBits);
            int best = root + Best + s;
            int n = root + Nodes + s * NodeInts;
            for (int p = RootBits; n != 0; p += Step)
            {
                s = Slice(p, Step);
                for (int bits = Step - 1; bits >= 0; bits--)
                {
                    int i = Place(bits, s);
                    if (Has(n + Internal, i))
                    {
                        best = node[n + Block] + Below(n + Internal, i);
                        break;
                    }
                }
                n = Child(n, s);
            }
            return node[best];
        }

        /// <summary>The longest prefix of at most so many bits that holds the key: <see cref="FoundBits"/> and <see cref="FoundHandle"/>.</summary>
        /// <returns>False when there is none.</returns>
        public bool Longest(int row, int most)
        {
            int root = Root[row];
            FoundBits = Absent;
            FoundHandle = ForwardingHandle.None;
            int s = Slice(0, RootBits);
            for (int bits = most < RootBits ? most : RootBits - 1; bits >= 0 && FoundBits < 0; bits--)
            {
                Take(bits, Node[root + Short + (1 << bits) - 1 + (s >> (RootBits - bits))]);
            }
            int n = root + Nodes + s * NodeInts;
            for (int p = RootBits; n != 0 && p <= most; p += Step)
            {
                s = Slice(p, Step);
                for (int bits = most - p < Step ? most - p : Step - 1; bits >= 0; bits--)
                {
                    int i = Place(bits, s);
                    if (Has(n + Internal, i))
                    {
                        Take(p + bits, Node[Node[n + Block] + Below(n + Internal, i)]);
                        break;
                    }
                }
                n = Child(n, s);
            }
            return FoundBits >= 0;
        }

        private void Take(int bits, int handle)
        {
            if (handle != Absent)
            {
                FoundBits = bits;
                FoundHandle = handle;
            }
        }

        /// <summary>Exactly the key with this length.</summary>
        /// <returns>Its handle, or <see cref="Absent"/>.</returns>
        public int Find(int row, int bits)
        {
            return Longest(row, bits) && FoundBits == bits ? FoundHandle : Absent;
        }

        /// <summary>Inserts the key with this length, or replaces its handle (one store from 10 bits on).</summary>
        /// <returns>False when the pool is full; nothing has changed then.</returns>
        public bool Set(int row, int bits, int handle)
        {
            if (bits < RootBits)
            {
                SetShort(row, bits, handle);
                return true;
            }
            if (!Ready(MostOfInsert))
            {
                return false;
            }
            int n = Root[row] + Nodes + Slice(0, RootBits) * NodeInts;
            int p = RootBits;
            for (; bits - p >= Step; p += Step)
            {
                int s = Slice(p, Step);
                int child = Child(n, s);
                n = child == 0 ? AddChild(n, s) : child;
            }
            int i = Place(bits - p, Slice(p, Step));
            if (Has(n + Internal, i))
            {
                Node[Node[n + Block] + Below(n + Internal, i)] = handle;
                return true;
            }
            AddHandle(n, i, handle);
            Routes[row]++;
            return true;
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove(int row, int bits)
        {
            if (bits < RootBits)
            {
                bool was = Node[Root[row] + Short + (1 << bits) - 1 + (Slice(0, RootBits) >> (RootBits - bits))] != Absent;
                if (was)
                {
                    SetShort(row, bits, Absent);
                }
                return was;
            }
            int n = Root[row] + Nodes + Slice(0, RootBits) * NodeInts;
            int p = RootBits;
            int depth = 0;
            for (; bits - p >= Step && n != 0; p += Step)
            {
                _path[depth++] = n;
                n = Child(n, Slice(p, Step));
            }
            if (n == 0)
            {
                return false;
            }
            int i = Place(bits - p, Slice(p, Step));
            if (!Has(n + Internal, i))
            {
                return false;
            }
            RemoveHandle(n, i);
            Routes[row]--;
            while (depth > 0 && Node[n + Block] == 0)
            {
                n = _path[--depth];
                p -= Step;
                RemoveChild(n, Slice(p, Step));
            }
            return true;
        }

        private void SetShort(int row, int bits, int handle)
        {
            int root = Root[row];
            int first = Slice(0, RootBits) >> (RootBits - bits);
            int at = root + Short + (1 << bits) - 1 + first;
            Routes[row] += (handle == Absent ? 0 : 1) - (Node[at] == Absent ? 0 : 1);
            Node[at] = handle;
            int count = Fan >> bits;
            for (int s = first * count; s < (first + 1) * count; s++)
            {
                int best = ForwardingHandle.None;
                for (int shorter = RootBits - 1; shorter >= 0; shorter--)
                {
                    int h = Node[root + Short + (1 << shorter) - 1 + (s >> (RootBits - shorter))];
                    if (h != Absent)
                    {
                        best = h;
                        break;
                    }
                }
                Node[root + Best + s] = best;
            }
        }

        /// <summary>The first prefix after (key, bits) by address, then length: <see cref="FoundKey"/>, bits and handle. Bits -1 with key 0 starts.</summary>
        /// <returns>False at the end.</returns>
        public bool Next(int row, int bits)
        {
            int root = Root[row];
            int s = Slice(0, RootBits);
            for (int i = 0; i < 4; i++)
            {
                FoundKey[i] = 0;
            }
            for (int a = s; a < Fan; a++)
            {
                for (int b = 0; b < RootBits; b++)
                {
                    int h = Node[root + Short + (1 << b) - 1 + (a >> (RootBits - b))];
                    if (h != Absent && (a & ((1 << (RootBits - b)) - 1)) == 0 && (a > s || (b > bits && IsZeroFrom(RootBits))))
                    {
                        Write(0, RootBits, a);
                        Take(b, h);
                        return true;
                    }
                }
                Write(0, RootBits, a);
                if (NextIn(root + Nodes + a * NodeInts, RootBits, a == s, bits))
                {
                    return true;
                }
            }
            return false;
        }

        // The same within a node at this position and below it: all of it, or what comes after the key.
        private bool NextIn(int n, int p, bool after, int bits)
        {
            int s = after ? Slice(p, Step) : 0;
            if (Node[n + Block] == 0)
            {
                return false;
            }
            for (int a = s; a < 1 << Step; a++)
            {
                bool equal = after && a == s;
                for (int b = 0; b < Step; b++)
                {
                    int i = Place(b, a);
                    if ((a & ((1 << (Step - b)) - 1)) == 0 && Has(n + Internal, i) && (!equal || (p + b > bits && IsZeroFrom(p + Step))))
                    {
                        Write(p, Step, a);
                        Take(p + b, Node[Node[n + Block] + Below(n + Internal, i)]);
                        return true;
                    }
                }
                int child = Child(n, a);
                if (child != 0)
                {
                    Write(p, Step, a);
                    if (NextIn(child, p + Step, equal, bits))
                    {
                        return true;
                    }
                }
            }
            Write(p, Step, 0);
            return false;
        }

        private bool IsZeroFrom(int p)
        {
            for (; p < 128; p += Step)
            {
                if (Slice(p, Step) != 0)
                {
                    return false;
                }
            }
            return true;
        }

        // Bits p to p + width of the key. Beyond its end they are zero.
        private int Slice(int p, int width)
        {
            int word = p >> 5;
            int end = (p & 31) + width;
            uint u = end <= 32 ? _key[word] >> (32 - end) : (_key[word] << (end - 32)) | (_key[word + 1] >> (64 - end));
            return (int)(u & ((1u << width) - 1));
        }

        private void Write(int p, int width, int value)
        {
            for (int i = 0; i < width && p + i < 128; i++)
            {
                uint bit = 0x80000000 >> ((p + i) & 31);
                int word = (p + i) >> 5;
                FoundKey[word] = ((value >> (width - 1 - i)) & 1) != 0 ? FoundKey[word] | bit : FoundKey[word] & ~bit;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("prefix tree");
            bill.Object(13);
            bill.Array(Node.Length * 4);
            bill.Array(Root.Length * 4);
            bill.Array(Routes.Length * 4);
            bill.Array(FoundKey.Length * 4);
            bill.Array(_path.Length * 4);
            bill.Array(_free.Length * 4);
        }
    }
}
