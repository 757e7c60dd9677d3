namespace LabEdge.Forwarding
{
    /// <summary>
    /// Buffers in which pseudowires put fragments together (RFC 4623): a fixed number, each of a longest frame, each of one pseudowire from
    /// its configuration on, so that no other one's fragments can take it.
    /// </summary>
    public sealed class ReassemblyBuffers
    {
        public const int None = -1;

        /// <summary>Buffer n begins at n * <see cref="Size"/>.</summary>
        public readonly byte[] Octets;
        public readonly int Size;
        private readonly bool[] _taken;

        public ReassemblyBuffers(Capacity capacity)
        {
            Size = capacity.MaxFrameLength;
            Octets = new byte[capacity.Reassemblies * Size];
            _taken = new bool[capacity.Reassemblies];
        }

        /// <returns>A free buffer, or <see cref="None"/>.</returns>
        public int Allocate()
        {
            for (int i = 0; i < _taken.Length; i++)
            {
                if (!_taken[i])
                {
                    _taken[i] = true;
                    return i;
                }
            }
            return None;
        }

        /// <summary>Gives a buffer back; None is no mistake.</summary>
        public void Release(int buffer)
        {
            if (buffer != None)
            {
                _taken[buffer] = false;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(3);
            bill.Array(Octets.Length);
            bill.Array(_taken.Length);
        }
    }
}
