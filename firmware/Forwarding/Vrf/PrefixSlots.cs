namespace LabEdge.Forwarding
{
    /// <summary>
    /// Layout "large" of <see cref="PrefixTable"/>, both families: directories beside the trees, which stay the tables' own record. A directory
    /// is an array of slots for the first 16 or 20 bits of the address, and chunks of 16 slots for 4 bits more each, after the manner of DIR-24-8
    /// (Gupta, Lin and McKeown, 1998). A slot holds a handle, or ~ the index of a chunk. A look-up reads 1 + (bits of the longest prefix that it
    /// meets - bits of the directory) / 4 slots: with 20 bits 1 to 4 for IPv4, 2 for a /24. An insert or remove writes the slots of its range,
    /// at most the directory and its chunks for a default route.
    /// </summary>
    public sealed class PrefixSlots
    {
        public const int ChunkBits = 4;
        public const int Chunk = 1 << ChunkBits;
        public const int None = -1;

        public readonly int[] Slot;

        /// <summary>Length of the prefix that each slot's handle comes from.</summary>
        public readonly byte[] Length;

        /// <summary>Per row of <see cref="PrefixTable.Vrf"/>: first slot of its directory or <see cref="None"/>, and its bits.</summary>
        public readonly int[] Directory;
        public readonly int[] Bits;

        // Chunks are taken from below, directories from above; freed ones are linked by their first slot, directories by their bits.
        private readonly int[] _freeDirectory;
        private int _freeChunk;
        private int _top;
        private int _bottom;
        private int _chunks;

        /// <param name="slots">Size of <see cref="Slot"/>.</param>
        public PrefixSlots(int slots, int rows)
        {
            Slot = new int[slots & ~(Chunk - 1)];
            Length = new byte[Slot.Length];
            Directory = new int[rows];
            Bits = new int[rows];
            _freeDirectory = new int[32];
            for (int i = 0; i < rows; i++)
            {
                Directory[i] = None;
            }
            for (int i = 0; i < _freeDirectory.Length; i++)
            {
                _freeDirectory[i] = None;
            }
            _freeChunk = None;
            _bottom = Slot.Length;
        }

        /// <summary>Slots left for directories and chunks.</summary>
        public int Free
        {
            get { return _bottom - _chunks * Chunk; }
        }

        /// <summary>Takes a directory for so many bits; its slots are to be cleared.</summary>
        /// <returns>Its first slot, or <see cref="None"/>.</returns>
        public int Take(int bits)
        {
            int directory = _freeDirectory[bits];
            if (directory != None)
            {
                _freeDirectory[bits] = Slot[directory];

                // The link to the next free one is not a chunk: whoever gives the directory up before it is cleared follows what stands here.
                Slot[directory] = ForwardingHandle.None;
                Length[directory] = 0;
                return directory;
            }
            if (_bottom - _top < 1 << bits)
            {
                return None;
            }
            _bottom -= 1 << bits;
            return _bottom;
        }

        /// <summary>Clears this many slots of a directory that is not in use, from one on.</summary>
        public void Clear(int directory, int from, int count)
        {
            System.Array.Clear(Slot, directory + from, count);
            System.Array.Clear(Length, directory + from, count);
        }

        /// <summary>Frees the chunks under a slot of a directory that is no longer in use.</summary>
        public void Dismantle(int slot)
        {
            int chunk = Slot[slot];
            if (chunk < 0)
            {
                for (int i = 0; i < Chunk; i++)
                {
                    Dismantle(~chunk + i);
                }
                Slot[slot] = 0;
                FreeChunk(~chunk);
            }
        }

        /// <summary>Gives a directory back whose chunks have been freed.</summary>
        public void GiveBack(int directory, int bits)
        {
            Slot[directory] = _freeDirectory[bits];
            _freeDirectory[bits] = directory;
        }

        /// <summary>Writes the range of a prefix, except where a longer one has written.</summary>
        /// <param name="key">The prefix: words of 32 bits.</param>
        /// <returns>False when there is no chunk left: the directory is then of no use.</returns>
        public bool Paint(int directory, int directoryBits, uint[] key, int bits, int handle)
        {
            int slot = directory + Slice(key, 0, directoryBits);
            int p = directoryBits;
            for (; p < bits; p += ChunkBits)
            {
                int chunk = Slot[slot];
                if (chunk >= 0)
                {
                    chunk = TakeChunk(slot);
                    if (chunk >= 0)
                    {
                        return false;
                    }
                }
                slot = ~chunk + Slice(key, p, ChunkBits);
            }
            for (int end = slot + (1 << (p - bits)); slot < end; slot++)
            {
                PaintSlot(slot, bits, handle);
            }
            return true;
        }

        private void PaintSlot(int slot, int bits, int handle)
        {
            int chunk = Slot[slot];
            if (chunk < 0)
            {
                for (int i = ~chunk; i < ~chunk + Chunk; i++)
                {
                    PaintSlot(i, bits, handle);
                }
            }
            else if (Length[slot] <= bits)
            {
                Slot[slot] = handle;
                Length[slot] = (byte)bits;
            }
        }

        /// <summary>Gives the range of a prefix that was removed to the one that encloses it, and frees chunks that say nothing more.</summary>
        public void Unpaint(int directory, int directoryBits, uint[] key, int bits, int outerHandle, int outerBits)
        {
            UnpaintUnder(directory + Slice(key, 0, directoryBits), directoryBits, key, bits, outerHandle, outerBits);
        }

        private void UnpaintUnder(int slot, int p, uint[] key, int bits, int outerHandle, int outerBits)
        {
            if (p >= bits)
            {
                for (int end = slot + (1 << (p - bits)); slot < end; slot++)
                {
                    UnpaintSlot(slot, bits, outerHandle, outerBits);
                }
                return;
            }
            int chunk = ~Slot[slot];
            if (chunk < 0)
            {
                // Not painted yet.
                return;
            }
            UnpaintUnder(chunk + Slice(key, p, ChunkBits), p + ChunkBits, key, bits, outerHandle, outerBits);
            for (int i = chunk; i < chunk + Chunk; i++)
            {
                if (Slot[i] < 0 || Length[i] > p)
                {
                    return;
                }
            }

            // All 16 come from one prefix that is not longer than the way to the chunk.
            Length[slot] = Length[chunk];
            Slot[slot] = Slot[chunk];
            FreeChunk(chunk);
        }

        private void UnpaintSlot(int slot, int bits, int outerHandle, int outerBits)
        {
            int chunk = Slot[slot];
            if (chunk < 0)
            {
                for (int i = ~chunk; i < ~chunk + Chunk; i++)
                {
                    UnpaintSlot(i, bits, outerHandle, outerBits);
                }
            }
            else if (Length[slot] == bits)
            {
                Slot[slot] = outerHandle;
                Length[slot] = (byte)outerBits;
            }
        }

        /// <returns>The handle of the longest prefix that holds the address.</returns>
        public int Lookup(int row, uint address)
        {
            int p = Bits[row];
            int h = Slot[Directory[row] + (int)(address >> (32 - p))];
            while (h < 0)
            {
                h = Slot[~h + (int)((address >> (28 - p)) & 15)];
                p += ChunkBits;
            }
            return h;
        }

        /// <param name="octets">16 octets at the offset.</param>
        public int Lookup6(int row, byte[] octets, int offset)
        {
            int p = Bits[row];
            int h = Slot[Directory[row] + (int)(Wire.Octets.ReadUInt32(octets, offset) >> (32 - p))];
            while (h < 0)
            {
                h = Slot[~h + ((octets[offset + (p >> 3)] >> (4 - (p & 4))) & 15)];
                p += ChunkBits;
            }
            return h;
        }

        // A chunk whose slots say what the slot over them said; that then names it.
        private int TakeChunk(int slot)
        {
            int chunk = _freeChunk;
            if (chunk != None)
            {
                _freeChunk = Slot[chunk];
            }
            else
            {
                if (_bottom - _top < Chunk)
                {
                    return 0;
                }
                chunk = _top;
                _top += Chunk;
            }
            _chunks++;
            for (int i = chunk; i < chunk + Chunk; i++)
            {
                Slot[i] = Slot[slot];
                Length[i] = Length[slot];
            }
            Slot[slot] = ~chunk;
            return ~chunk;
        }

        private void FreeChunk(int chunk)
        {
            Slot[chunk] = _freeChunk;
            _freeChunk = chunk;
            _chunks--;
        }

        // Positions are multiples of 4: no chunk's bits cross a word.
        private static int Slice(uint[] key, int p, int width)
        {
            return (int)((key[p >> 5] >> (32 - width - (p & 31))) & ((1u << width) - 1));
        }

        public void Bill(RamBill bill)
        {
            bill.Row("prefix directories");
            bill.Object(9);
            bill.Array(Slot.Length * 4);
            bill.Array(Length.Length);
            bill.Array(Directory.Length * 4);
            bill.Array(Bits.Length * 4);
            bill.Array(_freeDirectory.Length * 4);
        }
    }
}
