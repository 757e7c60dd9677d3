using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// Everything a router does to a frame, in readable stages: the link header here, then labels, IP, layer 2 and egress in the
    /// other parts. A kernel gives it each frame that is not one of its six plain paths, untouched, and it starts from the link
    /// header. Rows that ask for more than a kernel does are published under handles that a kernel does not take
    /// (<see cref="ForwardingHandle.Special"/>, <see cref="ForwardingHandle.LabelAction"/>, <see cref="ForwardingHandle.Attachment"/>),
    /// so that a feature costs nothing to a frame that does not use it. Allocates nothing; the state of the frame in hand is in fields.
    /// </summary>
    public sealed partial class GeneralPath
    {
        /// <summary>Result of a stage: a frame went out. Above it: a <see cref="DropReason"/>, nothing was sent or changed in a ledger.</summary>
        public const int Forwarded = 0;

        /// <summary>Result of a stage: the frame stands in <see cref="Tables.Exceptions"/>, and its end in the ledger is Host's or done.</summary>
        public const int Noted = -1;

        /// <summary>Most labels of our own that are looked at on one frame.</summary>
        public const int MaxLooks = 16;

        private readonly Tables _t;

        // The frame in hand: its octets, port, the header looked at, the end of what is carried.
        private Frame _f;
        private byte[] _b;
        private int _port;
        private int _o;
        private int _e;

        // The first label entry. What the labels that were popped leave behind: the lowest TTL (NoLabel: none, or a pipe ended), the class of
        // the last, and the rules of its LabelActionTable row.
        private const int NoLabel = 256;
        private int _stack;
        private int _labelTtl;
        private int _labelClass;
        private int _labelRule;
        private int _looks;

        // Class of a router alert label that was on top and goes on in front of the others; -1 without one.
        private int _alert = -1;

        // The attachment circuit that it came in by, or -1; PCP of its outer tag, or -1.
        private int _attachment;
        private int _priority;

        // Where the labels in hand were received: their scope, shifted as in a handle; the VRF of the circuit or tunnel that they came by,
        // or -1; and what a note says of the scope (PuntClass.ScopeShift).
        private int _scope;
        private int _scopeVrf;
        private int _noteScope;

        /// <summary>When set, hears of every row that a frame meets, and no address is learnt.</summary>
        public FrameTrace Trace;

        public GeneralPath(Tables tables)
        {
            _t = tables;
            _behind = new byte[tables.Capacity.Headroom];
        }

        public void Bill(RamBill bill)
        {
            bill.Object(27);
            bill.Array(_saved.Length);
            bill.Array(_addresses.Length);
            bill.Array(_popped.Length);
            bill.Array(_behind.Length);
        }

        /// <summary>Takes one frame, as it was received, to its end. Does not count it as received, forwarded or dropped: the caller does.</summary>
        /// <returns><see cref="Forwarded"/>, <see cref="Noted"/> or a <see cref="DropReason"/>.</returns>
        public int Take(Frame frame, int port)
        {
            _f = frame;
            _b = frame.Octets;
            _port = port;
            _o = frame.Start;
            _e = frame.Start + frame.Length;
            _stack = _o;
            _labelTtl = NoLabel;
            _alert = -1;
            _labelClass = -1;
            _labelRule = 0;
            _looks = MaxLooks;
            _attachment = -1;
            _priority = -1;
            _scopeVrf = -1;
            _noteScope = 0;
            if (_e - _o < EthernetHeader.Length)
            {
                return DropReason.Runt;
            }
            return Link();
        }
    }
}
