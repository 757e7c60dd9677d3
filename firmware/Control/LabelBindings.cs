using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// Label bindings of FECs (RFC 3031 section 3.1.2): input, the label that we gave a prefix; output, the label that a next hop gave it.
    /// Storage only; what follows from them is for <see cref="StaticLabels"/> and <see cref="RouteSelector"/>.
    /// </summary>
    public sealed class LabelBindings
    {
        public const int None = -1;

        public const byte Free = 0;
        public const byte Input = 1;
        public const byte Output = 2;

        public readonly byte[] Kind;

        /// <summary>Of an input binding; an output binding is in the global table.</summary>
        public readonly short[] Vrf;
        public readonly uint[] Prefix;
        public readonly byte[] Bits;
        public readonly int[] Label;

        /// <summary>Of an output binding: the neighbour that gave us the label.</summary>
        public readonly uint[] NextHop;

        /// <summary>Of an input binding: one of the constants of <see cref="StaticLabels"/>.</summary>
        public readonly byte[] State;

        /// <summary>The next hop that <see cref="State"/> is about; 0 = none.</summary>
        public readonly uint[] StateNextHop;
        private readonly PrefixIndex _index;
        private int _used;
        private int _high;

        /// <summary>Bindings refused because the table was full.</summary>
        public int Refused;

        public LabelBindings(Capacity capacity)
        {
            int rows = capacity.LabelBindings;
            Kind = new byte[rows];
            Vrf = new short[rows];
            Prefix = new uint[rows];
            Bits = new byte[rows];
            Label = new int[rows];
            NextHop = new uint[rows];
            State = new byte[rows];
            StateNextHop = new uint[rows];
            _index = new PrefixIndex(rows);
        }

        public int Used
        {
            get { return _used; }
        }

        /// <summary>Highest index in use + 1: what a walk has to look at.</summary>
        public int High
        {
            get { return _high; }
        }

        /// <returns>The input binding of a prefix, or <see cref="None"/>.</returns>
        public int FindInput(int vrf, uint prefix, int bits)
        {
            for (int b = _index.First(vrf, prefix, bits); b != PrefixIndex.End; b = _index.Next(b))
            {
                if (Kind[b] == Input && Prefix[b] == prefix && Bits[b] == bits && Vrf[b] == vrf)
                {
                    return b;
                }
            }
            return None;
        }

        /// <returns>What this next hop bound to the prefix, or <see cref="None"/>.</returns>
        public int FindOutput(uint prefix, int bits, uint nextHop)
        {
            for (int b = _index.First(VrfStore.Global, prefix, bits); b != PrefixIndex.End; b = _index.Next(b))
            {
                if (Kind[b] == Output && Prefix[b] == prefix && Bits[b] == bits && NextHop[b] == nextHop)
                {
                    return b;
                }
            }
            return None;
        }

        /// <returns>The new row, or <see cref="None"/> when the table is full. The caller has looked for an existing one.</returns>
        internal int Add(byte kind, int vrf, uint prefix, int bits, uint nextHop, int label)
        {
            for (int b = 0; b < Kind.Length; b++)
            {
                if (Kind[b] == Free)
                {
                    Kind[b] = kind;
                    Vrf[b] = (short)vrf;
                    Prefix[b] = prefix;
                    Bits[b] = (byte)bits;
                    NextHop[b] = nextHop;
                    Label[b] = label;
                    State[b] = 0;
                    StateNextHop[b] = 0;
                    _index.Insert(b, vrf, prefix, bits);
                    _used++;
                    if (b >= _high)
                    {
                        _high = b + 1;
                    }
                    return b;
                }
            }
            Refused++;
            return None;
        }

        internal void Remove(int binding)
        {
            _index.Remove(binding, Vrf[binding], Prefix[binding], Bits[binding]);
            Kind[binding] = Free;
            _used--;
            while (_high > 0 && Kind[_high - 1] == Free)
            {
                _high--;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("label bindings");
            bill.Object(12);
            bill.Array(Kind.Length);
            bill.Array(Vrf.Length * 2);
            bill.Array(Prefix.Length * 4);
            bill.Array(Bits.Length);
            bill.Array(Label.Length * 4);
            bill.Array(NextHop.Length * 4);
            bill.Array(State.Length);
            bill.Array(StateNextHop.Length * 4);
            _index.Bill(bill);
        }
    }
}
