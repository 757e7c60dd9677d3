namespace LabEdge.Forwarding
{
    /// <summary>
    /// One row per way to send: the service word (the bottom label word of a push, or the out label of a swap), the transport
    /// under it, and the TTL and TC rule (RFC 3443).
    /// </summary>
    public sealed class PathTable
    {
        public const int Stride = 2;

        /// <summary>Label, TC 0, S 1 and TTL 255 as they go on the wire; 0 = nothing is pushed. A swap takes only the label from it.</summary>
        public const int Service = 0;

        /// <summary>Transport index (bits 0-23) and flags.</summary>
        public const int Transport = 1;
        public const int TransportMask = 0x00FFFFFF;

        /// <summary>Uniform: TTL and TC of what is carried go into every label pushed. Without it: pipe, TTL 255 and TC 0 as written.</summary>
        public const int Uniform = 1 << 24;

        /// <summary>
        /// An entropy label is pushed (RFC 6790 section 4.2): under the transport's labels, or under the service word when the transport has
        /// none. A path with this flag or a class map is a special one: see <see cref="IsSpecial"/>.
        /// </summary>
        public const int Entropy = 1 << 25;

        /// <summary>Row of the <see cref="ClassMapTable"/> (3 bits) for the class of the labels pushed; 0: as uniform or pipe says.</summary>
        public const int MapShift = 26;
        public const int MapMask = 7 << MapShift;

        // Flags of a row that is not in use; the rest of the row stays as it was, so that a late reader finds a whole row.
        private const int Free = 1 << 30;
        private const int Resting = 1 << 29;

        public const int None = -1;

        public readonly int[] Record;
        private readonly int _count;

        /// <summary>A released row rests until the next poll: a reader may still hold its index.</summary>
        private readonly int[] _resting;
        private int _restingCount;
        private int _next;

        public int Refused;

        public PathTable(Capacity capacity)
        {
            _count = capacity.Paths;
            Record = new int[_count * Stride];
            _resting = new int[_count];
            for (int i = 0; i < _count; i++)
            {
                Record[i * Stride + Transport] = Free;
            }
        }

        public int Count
        {
            get { return _count; }
        }

        public bool IsUsed(int path)
        {
            return (Record[path * Stride + Transport] & (Free | Resting)) == 0;
        }

        private bool IsFree(int path)
        {
            return (Record[path * Stride + Transport] & Free) != 0;
        }

        /// <summary>Takes <paramref name="rows"/> (1 or 2) neighbouring rows and writes nothing into them yet.</summary>
        /// <returns>The first index, or <see cref="None"/> when the table is full.</returns>
        public int Allocate(int rows)
        {
            for (int n = 0; n < _count; n++)
            {
                int i = _next;
                _next = _next + 1 < _count ? _next + 1 : 0;
                if (i + rows <= _count && IsFree(i) && (rows == 1 || IsFree(i + 1)))
                {
                    for (int k = i; k < i + rows; k++)
                    {
                        Record[k * Stride + Service] = 0;
                        Record[k * Stride + Transport] = 0;
                    }
                    return i;
                }
            }
            Refused++;
            return None;
        }

        public void Set(int path, int serviceWord, int transport, bool uniform)
        {
            Record[path * Stride + Service] = serviceWord;
            Record[path * Stride + Transport] = transport | (uniform ? Uniform : 0);
        }

        /// <summary>A path with rules that only <see cref="GeneralPath"/> knows.</summary>
        /// <param name="flags"><see cref="Uniform"/>, <see cref="Entropy"/>, and a class map shifted by <see cref="MapShift"/>.</param>
        public void SetSpecial(int path, int serviceWord, int transport, int flags)
        {
            Record[path * Stride + Service] = serviceWord;
            Record[path * Stride + Transport] = transport | flags;
        }

        /// <param name="transports">The paths' transports: one that leads into a tunnel is special too.</param>
        /// <returns>
        /// True when no kernel may be given the path: it is to be published as <see cref="ForwardingHandle.Special"/>, in such a group, or in
        /// a row of the <see cref="LabelActionTable"/>.
        /// </returns>
        public bool IsSpecial(int path, TransportTable transports)
        {
            int rule = Record[path * Stride + Transport];
            return (rule & (Entropy | MapMask)) != 0 || transports.Tunnel[rule & TransportMask] != 0;
        }

        /// <summary>Frees rows; they can be taken again after <see cref="EndOfPoll"/>. A row that is not in use is left alone.</summary>
        public void Release(int path, int rows)
        {
            for (int k = path; k < path + rows; k++)
            {
                if (IsUsed(k))
                {
                    Record[k * Stride + Transport] |= Resting;
                    _resting[_restingCount++] = k;
                }
            }
        }

        /// <summary>Called once per poll, after the frames.</summary>
        public void EndOfPoll()
        {
            while (_restingCount > 0)
            {
                _restingCount--;
                int r = _resting[_restingCount] * Stride;
                Record[r + Transport] = (Record[r + Transport] & ~Resting) | Free;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("paths");
            bill.Object(6);
            bill.Array(Record.Length * 4);
            bill.Array(_resting.Length * 4);
        }
    }
}
