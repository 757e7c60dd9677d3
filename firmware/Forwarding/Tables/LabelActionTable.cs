namespace LabEdge.Forwarding
{
    /// <summary>
    /// What an incoming label asks for beyond a plain handle (<see cref="ForwardingHandle.LabelAction"/>): a handle, and the rules of
    /// TTL and class when the label is popped (RFC 3443, RFC 3270), or a path or group that only <see cref="GeneralPath"/> can send on.
    /// Without a rule a row does as the kernels do: the lower TTL of both goes on, and the class is that of what is exposed.
    /// </summary>
    public sealed class LabelActionTable
    {
        public const int Stride = 2;

        /// <summary>A handle as it would stand in the ILM, of any kind but LabelAction: with it, its path or group may be a special one.</summary>
        public const int Handle = 0;

        /// <summary>0 = free row; else <see cref="Used"/> and flags.</summary>
        public const int Rule = 1;
        public const int Used = 1;

        /// <summary>
        /// Pipe or short pipe (RFC 3443 sections 3.2 and 3.3): the TTL of the label ends with it, what is under it keeps its own. Without
        /// it uniform, but never up: the lower of both goes on.
        /// </summary>
        public const int TtlPipe = 2;

        /// <summary>Uniform (RFC 3270 section 2.6): the class of the label goes into what is under it.</summary>
        public const int ClassUniform = 4;

        /// <summary>
        /// Pipe (RFC 3270 section 2.6): what is under the label keeps its class, and labels pushed after the pop take that of the label.
        /// Without both flags short pipe: they take that of what is exposed.
        /// </summary>
        public const int ClassPipe = 8;

        /// <summary>Row of the <see cref="ClassMapTable"/> by which a class becomes a DSCP.</summary>
        public const int MapShift = 8;

        public const int None = -1;

        private const int Resting = 1 << 30;

        public readonly int[] Record;
        private bool _resting;
        public int Refused;

        public LabelActionTable(Capacity capacity)
        {
            Record = new int[capacity.LabelActions * Stride];
        }

        /// <summary>Writes a new row whole.</summary>
        /// <param name="handle">As of <see cref="Handle"/>.</param>
        /// <param name="rule">Flags; 0 for none.</param>
        /// <param name="classMap">Row of the class map table.</param>
        /// <returns>The handle for the ILM, or <see cref="ForwardingHandle.None"/> when the table is full.</returns>
        public int Add(int handle, int rule, int classMap)
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r + Rule] == 0)
                {
                    Record[r + Handle] = handle & ~ForwardingHandle.ScopeMask;
                    Record[r + Rule] = Used | rule | (classMap << MapShift);
                    return ForwardingHandle.LabelAction | (r / Stride);
                }
            }
            Refused++;
            return ForwardingHandle.None;
        }

        /// <summary>Frees a row; it can be taken again after <see cref="EndOfPoll"/>, and answers as before until then.</summary>
        public void Release(int row)
        {
            if (Record[row * Stride + Rule] != 0)
            {
                Record[row * Stride + Rule] |= Resting;
                _resting = true;
            }
        }

        /// <summary>Called once per poll, after the frames.</summary>
        public void EndOfPoll()
        {
            if (!_resting)
            {
                return;
            }
            _resting = false;
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if ((Record[r + Rule] & Resting) != 0)
                {
                    Record[r + Rule] = 0;
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("label actions");
            bill.Object(3);
            bill.Array(Record.Length * 4);
        }
    }
}
