namespace LabEdge.Forwarding
{
    /// <summary>
    /// Storm control of attachment circuits in bridge domains: a token bucket of one second's frames for broadcast, multicast and unknown
    /// unicast each. The clock is an argument.
    /// </summary>
    public sealed class StormTable
    {
        public const int Broadcast = 0;
        public const int Multicast = 1;
        public const int Unknown = 2;
        public const int Kinds = 3;

        /// <summary>Frames per second: 0 = not limited, <see cref="BlockAll"/> = none passes.</summary>
        public const int Rate = 0;
        public const int BlockAll = -1;

        /// <summary>Highest rate: the level of a full bucket fits an int.</summary>
        public const int MaxRate = 2000000;

        // Thousandths of a frame in the bucket, and when that was so.
        private const int Level = 1;
        private const int Stamp = 2;
        private const int Stride = 3;

        /// <summary>Per circuit and kind: rate, level of the bucket in thousandths of a frame, and when that was so.</summary>
        internal readonly int[] Record;

        public StormTable(Capacity capacity)
        {
            Record = new int[capacity.Attachments * Kinds * Stride];
        }

        /// <summary>Limits one kind; the bucket is full at first.</summary>
        /// <param name="rate">Frames per second, 1 to <see cref="MaxRate"/>; 0 = not limited; <see cref="BlockAll"/>.</param>
        /// <returns>False when the rate is none of these.</returns>
        public bool Set(int attachment, int kind, int rate, uint now)
        {
            if (rate < BlockAll || rate > MaxRate)
            {
                return false;
            }
            int r = (attachment * Kinds + kind) * Stride;
            Record[r + Rate] = rate;
            Record[r + Level] = rate * 1000;
            Record[r + Stamp] = (int)now;
            return true;
        }

        public int RateOf(int attachment, int kind)
        {
            return Record[(attachment * Kinds + kind) * Stride];
        }

        /// <summary>Removes all limits of a circuit.</summary>
        public void Clear(int attachment)
        {
            int r = attachment * Kinds * Stride;
            for (int k = 0; k < Kinds * Stride; k++)
            {
                Record[r + k] = 0;
            }
        }

        /// <returns>True when one more frame of this kind may pass now; it is taken from the bucket then.</returns>
        public bool Take(int attachment, int kind, uint now)
        {
            int r = (attachment * Kinds + kind) * Stride;
            int rate = Record[r];
            if (rate <= 0)
            {
                return rate == 0;
            }
            int full = rate * 1000;
            int level = Record[r + Level];
            uint passed = now - (uint)Record[r + Stamp];
            Record[r + Stamp] = (int)now;
            int ms = passed > 1000 ? 1000 : (int)passed;

            // Both terms are at most full; their sum may not fit.
            level = full - level <= ms * rate ? full : level + ms * rate;
            bool pass = level >= 1000;
            Record[r + Level] = pass ? level - 1000 : level;
            return pass;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(1);
            bill.Array(Record.Length * 4);
        }
    }
}
