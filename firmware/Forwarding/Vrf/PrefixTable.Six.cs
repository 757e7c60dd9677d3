namespace LabEdge.Forwarding
{
    // IPv6 in the small layout: a prefix takes two entries of the pool, (First, Last) of both are its four words in order, Handle of the
    // first is its handle and of the second its length, and Up of the first the distance back, in prefixes, to the one that encloses it
    // (0 = none). 28 octets per prefix. A look-up compares with 1 + log2(n) prefixes, of which it mostly reads the first word, and then with
    // nesting + 1. There is no ::/0 that is always there.
    public sealed partial class PrefixTable
    {
        /// <param name="octets">The address, 16 octets at the offset.</param>
        /// <returns>The handle of the longest prefix that holds the address, or <see cref="ForwardingHandle.None"/>.</returns>
        public int Lookup6(int vrf, byte[] octets, int offset)
        {
            int row = _vrfs + vrf;
            if (IsWide(row) && Slots != null && Slots.Directory[row] != PrefixSlots.None)
            {
                return Slots.Lookup6(row, octets, offset);
            }
            Key6(octets, offset);
            if (IsWide(row))
            {
                return Tree.Lookup(row);
            }
            int i = Match6(vrf);
            return i == NotFound ? ForwardingHandle.None : Handle[i];
        }

        /// <summary>Exactly this prefix.</summary>
        /// <returns>Its handle, or <see cref="NotFound"/>.</returns>
        public int Find6(int vrf, byte[] prefix, int offset, int bits)
        {
            Key6(prefix, offset);
            return HandleOfKey(_vrfs + vrf, bits);
        }

        /// <summary>Inserts a prefix or replaces its handle.</summary>
        /// <param name="prefix">16 octets at the offset; those beyond the length are zero.</param>
        /// <param name="bits">0 to 128.</param>
        /// <returns>False when the pool is full; nothing has changed then.</returns>
        public bool Set6(int vrf, byte[] prefix, int offset, int bits, int handle)
        {
            Key6(prefix, offset);
            return SetKey(_vrfs + vrf, bits, handle);
        }

        /// <returns>False when it was not there.</returns>
        public bool Remove6(int vrf, byte[] prefix, int offset, int bits)
        {
            Key6(prefix, offset);
            return RemoveKey(_vrfs + vrf, bits);
        }

        /// <summary>The longest prefix of at most so many bits that holds the address: <see cref="FoundKey"/>, bits and handle.</summary>
        /// <returns>False when there is none.</returns>
        public bool Longest6(int vrf, byte[] octets, int offset, int most)
        {
            Key6(octets, offset);
            return LongestOfKey(_vrfs + vrf, most);
        }

        /// <summary>The first prefix after this one by address, then length: <see cref="FoundKey"/>, bits and handle. Bits -1 with :: starts.</summary>
        /// <returns>False at the end.</returns>
        public bool Next6(int vrf, byte[] prefix, int offset, int bits)
        {
            Key6(prefix, offset);
            return NextOfKey(_vrfs + vrf, bits);
        }

        private void Key6(byte[] octets, int offset)
        {
            for (int i = 0; i < 4; i++)
            {
                _key[i] = Wire.Octets.ReadUInt32(octets, offset + (i << 2));
            }
        }

        private bool SetSmall6(int vrf, int bits, int handle)
        {
            int i = LowerBound6(vrf, bits);
            if (Is6(vrf, i, bits))
            {
                Handle[i] = handle;
                return true;
            }
            int r = (_vrfs + vrf) * Stride;
            int at = i - Vrf[r + Base];
            if (!Open(_vrfs + vrf, at, 2))
            {
                return false;
            }
            i = Vrf[r + Base] + at;
            Write6(i, bits, handle);
            Enclose6(vrf, i);
            return true;
        }

        private void Write6(int i, int bits, int handle)
        {
            First[i] = _key[0];
            Last[i] = _key[1];
            First[i + 1] = _key[2];
            Last[i + 1] = _key[3];
            Handle[i] = handle;
            Handle[i + 1] = bits;
        }

        private void KeyAt6(int i, uint[] key)
        {
            key[0] = First[i];
            key[1] = Last[i];
            key[2] = First[i + 1];
            key[3] = Last[i + 1];
        }

        private bool RemoveSmall6(int vrf, int bits)
        {
            int i = LowerBound6(vrf, bits);
            if (!Is6(vrf, i, bits))
            {
                return false;
            }
            Close(_vrfs + vrf, i - Vrf[(_vrfs + vrf) * Stride + Base], 2);
            Enclose6(vrf, i);
            return true;
        }

        private int Match6(int vrf)
        {
            int r = (_vrfs + vrf) * Stride;
            int start = Vrf[r + Base];
            int low = 0;
            int high = Vrf[r + CountField] >> 1;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                if (Compare6(start + (middle << 1)) <= 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            if (low == 0)
            {
                return NotFound;
            }
            int i = start + (low << 1) - 2;
            while (!Holds6(i))
            {
                if (Up[i] == 0)
                {
                    return NotFound;
                }
                i -= Up[i] << 1;
            }
            return i;
        }

        // The entry's address less the key: its sign.
        private int Compare6(int i)
        {
            uint a = First[i];
            uint b = _key[0];
            if (a == b)
            {
                a = Last[i];
                b = _key[1];
                if (a == b)
                {
                    a = First[i + 1];
                    b = _key[2];
                    if (a == b)
                    {
                        a = Last[i + 1];
                        b = _key[3];
                        if (a == b)
                        {
                            return 0;
                        }
                    }
                }
            }
            return a < b ? -1 : 1;
        }

        private bool Holds6(int i)
        {
            int bits = Handle[i + 1];
            for (int word = 0; bits > 0; word++)
            {
                uint entry = (word & 1) == 0 ? First[i + (word >> 1)] : Last[i + (word >> 1)];
                uint differ = entry ^ _key[word];
                if (bits < 32)
                {
                    differ >>= 32 - bits;
                }
                if (differ != 0)
                {
                    return false;
                }
                bits -= 32;
            }
            return true;
        }

        private bool Is6(int vrf, int i, int bits)
        {
            int r = (_vrfs + vrf) * Stride;
            return i < Vrf[r + Base] + Vrf[r + CountField] && Handle[i + 1] == bits && Compare6(i) == 0;
        }

        // First entry of the VRF's segment that is not before (prefix, shorter first).
        private int LowerBound6(int vrf, int bits)
        {
            int r = (_vrfs + vrf) * Stride;
            int start = Vrf[r + Base];
            int low = 0;
            int high = Vrf[r + CountField] >> 1;
            while (low < high)
            {
                int middle = (low + high) >> 1;
                int i = start + (middle << 1);
                int order = Compare6(i);
                if (order < 0 || (order == 0 && Handle[i + 1] < bits))
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }
            return start + (low << 1);
        }

        private void Enclose6(int vrf, int from)
        {
            int r = (_vrfs + vrf) * Stride;
            int start = Vrf[r + Base];
            int end = start + Vrf[r + CountField];
            for (int i = from; i < end; i += 2)
            {
                Up[i] = 0;
                for (int j = i - 2; j >= start; j -= Up[j] << 1)
                {
                    if (Handle[j + 1] < Handle[i + 1] && Encloses6(j, i))
                    {
                        Up[i] = (ushort)((i - j) >> 1);
                        break;
                    }
                    if (Up[j] == 0)
                    {
                        break;
                    }
                }
            }
        }

        // True when the first bits of both, as many as the outer one has, are the same.
        private bool Encloses6(int outer, int inner)
        {
            int bits = Handle[outer + 1];
            for (int word = 0; bits > 0; word++)
            {
                int at = word >> 1;
                uint differ = (word & 1) == 0 ? First[outer + at] ^ First[inner + at] : Last[outer + at] ^ Last[inner + at];
                if (bits < 32)
                {
                    differ >>= 32 - bits;
                }
                if (differ != 0)
                {
                    return false;
                }
                bits -= 32;
            }
            return true;
        }
    }
}
