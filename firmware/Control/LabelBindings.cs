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

        /// <summary>Who made the binding: a <see cref="LabelOwner"/>. Bindings of different owners stand side by side; one by hand goes first.</summary>
        public readonly byte[] Owner;

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

        /// <summary>Labels of LDP that are not in this table while nothing uses them; null without LDP.</summary>
        public ILabelRetention Retention;

        public LabelBindings(Capacity capacity)
        {
            int rows = capacity.LabelBindings;
            Kind = new byte[rows];
            Owner = new byte[rows];
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

        /// <returns>The input binding by hand of a prefix, or <see cref="None"/>.</returns>
        public int FindInput(int vrf, uint prefix, int bits)
        {
            return FindInput(vrf, prefix, bits, vrf == VrfStore.Global ? LabelOwner.Static : LabelOwner.StaticVrf);
        }

        /// <returns>The input binding of a prefix by an owner, or <see cref="None"/>.</returns>
        public int FindInput(int vrf, uint prefix, int bits, int owner)
        {
            int b = FirstInput(vrf, prefix, bits);
            while (b != None && Owner[b] != owner)
            {
                b = NextInput(b);
            }
            return b;
        }

        /// <returns>An input binding of the prefix by any owner, or <see cref="None"/>; the others follow by <see cref="NextInput"/>.</returns>
        internal int FirstInput(int vrf, uint prefix, int bits)
        {
            return Match(_index.First(vrf, prefix, bits), Input, vrf, prefix, bits);
        }

        internal int NextInput(int b)
        {
            return Match(_index.Next(b), Input, Vrf[b], Prefix[b], Bits[b]);
        }

        internal int FirstOutput(uint prefix, int bits)
        {
            return Match(_index.First(VrfStore.Global, prefix, bits), Output, VrfStore.Global, prefix, bits);
        }

        internal int NextOutput(int b)
        {
            return Match(_index.Next(b), Output, VrfStore.Global, Prefix[b], Bits[b]);
        }

        private int Match(int b, byte kind, int vrf, uint prefix, int bits)
        {
            while (b != PrefixIndex.End && (Kind[b] != kind || Prefix[b] != prefix || Bits[b] != bits || Vrf[b] != vrf))
            {
                b = _index.Next(b);
            }
            return b;
        }

        /// <returns>What this next hop bound to the prefix, by hand first, or <see cref="None"/>.</returns>
        public int FindOutput(uint prefix, int bits, uint nextHop)
        {
            int found = FindOutput(prefix, bits, nextHop, LabelOwner.Static);
            return found != None ? found : FindOutput(prefix, bits, nextHop, LabelOwner.Ldp);
        }

        /// <returns>The same for a next hop that is in use: what is only retained becomes a binding of LDP.</returns>
        internal int TakeOutput(uint prefix, int bits, uint nextHop)
        {
            int found = FindOutput(prefix, bits, nextHop);
            int label = found != None || Retention == null ? None : Retention.LabelOf(prefix, bits, nextHop);
            return label == None ? found : Add(Output, LabelOwner.Ldp, VrfStore.Global, prefix, bits, nextHop, label);
        }

        /// <returns>What this next hop bound to the prefix by one owner, or <see cref="None"/>.</returns>
        public int FindOutput(uint prefix, int bits, uint nextHop, int owner)
        {
            int b = FirstOutput(prefix, bits);
            while (b != None && (NextHop[b] != nextHop || Owner[b] != owner))
            {
                b = NextOutput(b);
            }
            return b;
        }

        /// <returns>The new row, or <see cref="None"/> when the table is full. The caller has looked for an existing one.</returns>
        internal int Add(byte kind, int owner, int vrf, uint prefix, int bits, uint nextHop, int label)
        {
            for (int b = 0; b < Kind.Length; b++)
            {
                if (Kind[b] == Free)
                {
                    Kind[b] = kind;
                    Owner[b] = (byte)owner;
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
            bill.Object(14);
            bill.Array(Kind.Length);
            bill.Array(Owner.Length);
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
