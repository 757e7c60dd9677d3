namespace LabEdge.Forwarding
{
    /// <summary>
    /// (port, selector) to VRF, pseudowire or bridge domain, for tagged frames: a hash table with open addressing.
    /// The untagged and the any-frame circuit of a port stand in its <see cref="PortTable"/> record and need no look-up.
    /// </summary>
    public sealed class CircuitTable
    {
        /// <summary>Selector of one 802.1Q tag: VLAN id. Of two: outer, inner &lt;&lt; 12 and this flag.</summary>
        public const int DoubleTagged = 1 << 24;

        /// <summary>Selector of every tagged frame that no closer one takes: one that no VLAN id is.</summary>
        public const int AnyTag = 1 << 12;

        // 2^32 divided by the golden ratio, as a signed number: the product's middle bits depend on every low bit of the key.
        private const int Mix = -1640531535;

        /// <summary>Pairs: key (port &lt;&lt; 25 | selector; -1 = empty), handle.</summary>
        private readonly int[] _slot;

        /// <summary>Ints in <see cref="_slot"/> less 2: an even offset and this is the next slot's.</summary>
        private readonly int _mask;
        private int _used;

        public int Refused;

        public CircuitTable(Capacity capacity)
        {
            // Twice the circuits, so that a probe sequence stays short.
            int size = 2;
            while (size < capacity.Circuits * 2)
            {
                size <<= 1;
            }
            _slot = new int[size * 2];
            _mask = size * 2 - 2;
            for (int i = 0; i < _slot.Length; i += 2)
            {
                _slot[i] = -1;
            }
        }

        public int Count
        {
            get { return _used; }
        }

        /// <returns>The circuit's handle, or <see cref="ForwardingHandle.None"/>.</returns>
        public int Lookup(int port, int selector)
        {
            int[] slot = _slot;
            int key = (port << 25) | selector;
            int i = (((selector + port * 37) * Mix) >> 15) & _mask;
            while (slot[i] != key)
            {
                if (slot[i] == -1)
                {
                    return ForwardingHandle.None;
                }
                i = (i + 2) & _mask;
            }
            return slot[i + 1];
        }

        /// <summary>Inserts or replaces.</summary>
        /// <returns>False when the table is full.</returns>
        public bool Set(int port, int selector, int handle)
        {
            int key = (port << 25) | selector;
            int i = Place(port, selector);
            while (_slot[i] != -1 && _slot[i] != key)
            {
                i = (i + 2) & _mask;
            }
            if (_slot[i] == -1)
            {
                if (_used >= _slot.Length / 4)
                {
                    Refused++;
                    return false;
                }
                _used++;
            }
            _slot[i + 1] = handle;
            _slot[i] = key;
            return true;
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove(int port, int selector)
        {
            int key = (port << 25) | selector;
            int gap = Place(port, selector);
            while (_slot[gap] != key)
            {
                if (_slot[gap] == -1)
                {
                    return false;
                }
                gap = (gap + 2) & _mask;
            }
            _used--;

            // Close the gap: move back each later entry of the run whose home is at or before the gap.
            for (int k = (gap + 2) & _mask; _slot[k] != -1; k = (k + 2) & _mask)
            {
                int home = Place((_slot[k] >> 25) & 0x3F, _slot[k] & 0x1FFFFFF);
                if (((k - home) & _mask) >= ((k - gap) & _mask))
                {
                    _slot[gap] = _slot[k];
                    _slot[gap + 1] = _slot[k + 1];
                    gap = k;
                }
            }
            _slot[gap] = -1;
            return true;
        }

        // Without the mixing, the same VLANs on many ports would make one long run: 110 probes on average for 8 on 32 ports.
        private int Place(int port, int selector)
        {
            return (((selector + port * 37) * Mix) >> 15) & _mask;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("circuits");
            bill.Object(4);
            bill.Array(_slot.Length * 4);
        }
    }
}
