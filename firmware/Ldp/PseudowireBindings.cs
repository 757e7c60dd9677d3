using LabEdge.Forwarding;

namespace LabEdge.Ldp
{
    /// <summary>
    /// The label bindings of pseudowires (FEC 128): one row per request of Control; per request that is gone while the peer has still to hear of it; and per
    /// pseudowire that a peer offers and nobody has asked for yet (liberal retention, RFC 5036 section 2.6.2: some peers do not answer requests for them).
    /// </summary>
    public sealed class PseudowireBindings
    {
        public const int None = -1;

        /// <summary>Ints per row of <see cref="Record"/>.</summary>
        public const int Stride = 19;

        /// <summary>Bits; 0 = the row is free.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>The peer has our label.</summary>
        public const int Advertised = 2;

        /// <summary>Due to be sent.</summary>
        public const int ReleaseDue = 4;
        public const int WithdrawDue = 8;
        public const int RequestDue = 0x10;
        public const int MapDue = 0x20;
        public const int StatusDue = 0x40;
        public const int AnyDue = ReleaseDue | WithdrawDue | RequestDue | MapDue | StatusDue;

        /// <summary>The C bit of the mapping that the peer has of us.</summary>
        public const int SentWord = 0x80;

        /// <summary>The withdrawal has the status "Wrong C-bit"; the release "Illegal C-bit".</summary>
        public const int WrongWord = 0x100;
        public const int IllegalWord = 0x200;

        /// <summary>The peer gave our label back without being asked: it is not offered again before the peer asks or offers its own.</summary>
        public const int Returned = 0x400;

        /// <summary>The control word was wanted when last looked.</summary>
        public const int Preferred = 0x800;

        /// <summary>It has become wanted: the next mapping asks for it, whatever was said before.</summary>
        public const int Anew = 0x8000;

        /// <summary>What the peer's interface parameters say: it puts fragments together; it sends and it takes flow labels.</summary>
        public const int RemoteFragments = 0x1000;
        public const int RemoteFlowSend = 0x2000;
        public const int RemoteFlowReceive = 0x4000;

        /// <summary>The peer's mapping has a status TLV.</summary>
        public const int RemoteStatusTlv = 0x10000;

        /// <summary>Row of <see cref="PseudowireTable"/>; -1 = nobody asks for it.</summary>
        public const int Pw = 1;
        public const int Peer = 2;
        public const int VcId = 3;
        public const int Group = 4;

        /// <summary>Index of the session, or -1.</summary>
        public const int Session = 5;

        /// <summary>Of our mapping: PW type, label, MTU with the mode's flags above bit 16, status.</summary>
        public const int Type = 6;
        public const int Label = 7;
        public const int Parameters = 8;
        public const int SentStatus = 9;

        /// <summary>The peer's label, or -1, with C bit and PW type of its mapping; and those of a mapping that is to be released.</summary>
        public const int Remote = 10;
        public const int RemoteType = 14;
        public const int Release = 11;
        public const int ReleaseType = 15;

        /// <summary>Of the peer's mapping: MTU (0 = none), group, status.</summary>
        public const int RemoteMtu = 16;
        public const int RemoteGroup = 17;
        public const int RemoteStatus = 18;

        /// <summary>Withdrawals that the peer has not answered yet.</summary>
        public const int Owed = 12;

        /// <summary>The message id of the peer's request, to be named in our mapping; 0 = none.</summary>
        public const int RequestId = 13;

        public readonly int[] Record;
        private int _count;

        public PseudowireBindings(Capacity capacity)
        {
            Record = new int[2 * capacity.Pseudowires * Stride];
        }

        /// <summary>Rows in use.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <returns>The first int of a new row, or <see cref="None"/> while all are in use.</returns>
        public int Add(int pw, uint peer, uint vcId, int group)
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r] == 0)
                {
                    System.Array.Clear(Record, r, Stride);
                    Record[r] = Used;
                    Record[r + Pw] = pw;
                    Record[r + Peer] = (int)peer;
                    Record[r + VcId] = (int)vcId;
                    Record[r + Group] = group;
                    Record[r + Session] = None;
                    Record[r + Remote] = None;
                    _count++;
                    return r;
                }
            }
            return None;
        }

        public void Free(int r)
        {
            Record[r] = 0;
            _count--;
        }

        /// <returns>The row of a request, or <see cref="None"/>.</returns>
        public int OfRequest(int pw)
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r] != 0 && Record[r + Pw] == pw)
                {
                    return r;
                }
            }
            return None;
        }

        /// <returns>The row of a VC id in a session, one that is asked for first; or <see cref="None"/>.</returns>
        public int Find(int session, uint vcId)
        {
            int found = None;
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r] != 0 && Record[r + Session] == session && Record[r + VcId] == (int)vcId)
                {
                    found = Record[r + Pw] >= 0 || found == None ? r : found;
                }
            }
            return found;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(2);
            bill.Array(Record.Length * 4);
        }
    }
}
