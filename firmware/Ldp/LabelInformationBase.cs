using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Ldp
{
    /// <summary>
    /// The label information base: one row per FEC (IPv4 prefix of the global table) with our label for it, and per session what the neighbour gave us
    /// (liberal retention, RFC 5036 section 2.6.2) and what it has still to hear.
    /// </summary>
    public sealed class LabelInformationBase
    {
        public const int None = -1;

        /// <summary>Flags of a row: in use; its prefix has a candidate route.</summary>
        public const byte Used = 1;
        public const byte HasRoute = 2;
        public const byte Seen = 4;

        /// <summary>The FEC ends here: our label is a null label.</summary>
        public const byte Egress = 8;

        /// <summary>A next hop has given us a label, and it is in use.</summary>
        public const byte HasOutput = 16;

        /// <summary>Our label is held by LDP: it goes back to the label manager.</summary>
        public const byte OwnLabel = 32;

        /// <summary>Flags per session: it has our label; it has to get it; it has to give it back; what it gave us is from a session before.</summary>
        public const byte Advertised = 1;
        public const byte MapDue = 2;
        public const byte WithdrawDue = 4;
        public const byte Stale = 8;

        public readonly uint[] Prefix;
        public readonly byte[] Bits;
        public readonly byte[] Flags;

        /// <summary>Our label: null labels too; -1 = none.</summary>
        public readonly int[] Local;

        /// <summary>Per FEC and session: the neighbour's label, or -1; and flags.</summary>
        public readonly int[] Remote;
        public readonly byte[] State;
        public readonly int Sessions;

        /// <summary>When our label was given, and when a neighbour's came, in ms of the router's clock; of no length on small boards.</summary>
        public readonly uint[] BoundAt;
        public readonly uint[] LearntAt;
        private readonly PrefixIndex _index;
        private int _used;
        private int _high;

        /// <summary>FECs refused because the table was full.</summary>
        public int Refused;

        public LabelInformationBase(Capacity capacity)
        {
            int rows = capacity.LdpFecs;
            Sessions = capacity.LdpSessions;
            Prefix = new uint[rows];
            Bits = new byte[rows];
            Flags = new byte[rows];
            Local = new int[rows];
            Remote = new int[rows * Sessions];
            State = new byte[rows * Sessions];
            bool keepsTimes = rows > 64;
            BoundAt = new uint[keepsTimes ? rows : 0];
            LearntAt = new uint[keepsTimes ? rows * Sessions : 0];
            _index = new PrefixIndex(rows);
        }

        public int Count
        {
            get { return _used; }
        }

        public int High
        {
            get { return _high; }
        }

        public bool IsFull
        {
            get { return _used == Flags.Length; }
        }

        /// <returns>The row of a prefix, or <see cref="None"/>.</returns>
        public int Find(uint prefix, int bits)
        {
            int fec = _index.First(VrfStore.Global, prefix, bits);
            while (fec != PrefixIndex.End && (Prefix[fec] != prefix || Bits[fec] != bits))
            {
                fec = _index.Next(fec);
            }
            return fec;
        }

        /// <returns>The row of a prefix, made when it is not there; <see cref="None"/> when the table is full.</returns>
        public int Add(uint prefix, int bits)
        {
            int fec = Find(prefix, bits);
            if (fec != None)
            {
                return fec;
            }
            for (fec = 0; fec < Flags.Length; fec++)
            {
                if (Flags[fec] == 0)
                {
                    Prefix[fec] = prefix;
                    Bits[fec] = (byte)bits;
                    Flags[fec] = Used;
                    Local[fec] = None;
                    for (int s = 0; s < Sessions; s++)
                    {
                        Remote[fec * Sessions + s] = None;
                        State[fec * Sessions + s] = 0;
                    }
                    _index.Insert(fec, VrfStore.Global, prefix, bits);
                    _used++;
                    _high = fec >= _high ? fec + 1 : _high;
                    return fec;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Frees the row when nothing is known of the FEC any more.</summary>
        public void FreeIfEmpty(int fec)
        {
            if ((Flags[fec] & HasRoute) != 0 || Local[fec] != None)
            {
                return;
            }
            for (int i = fec * Sessions; i < (fec + 1) * Sessions; i++)
            {
                if (Remote[i] != None || (State[i] & (Advertised | MapDue | WithdrawDue)) != 0)
                {
                    return;
                }
            }
            Free(fec);
        }

        /// <summary>Finds a row that is only kept in case a route comes (liberal retention), for one that has a route.</summary>
        public int FindSpare()
        {
            for (int fec = 0; fec < _high; fec++)
            {
                if ((Flags[fec] & (Used | HasRoute)) == Used && Local[fec] == None && !IsDue(fec))
                {
                    return fec;
                }
            }
            return None;
        }

        private bool IsDue(int fec)
        {
            for (int i = fec * Sessions; i < (fec + 1) * Sessions; i++)
            {
                if ((State[i] & (Advertised | WithdrawDue)) != 0)
                {
                    return true;
                }
            }
            return false;
        }

        public void Free(int fec)
        {
            _index.Remove(fec, VrfStore.Global, Prefix[fec], Bits[fec]);
            Flags[fec] = 0;
            _used--;
            while (_high > 0 && Flags[_high - 1] == 0)
            {
                _high--;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(13);
            bill.Array(Prefix.Length * 4);
            bill.Array(Bits.Length);
            bill.Array(Flags.Length);
            bill.Array(Local.Length * 4);
            bill.Array(Remote.Length * 4);
            bill.Array(State.Length);
            bill.Array(BoundAt.Length * 4);
            bill.Array(LearntAt.Length * 4);
            _index.Bill(bill);
        }
    }
}
