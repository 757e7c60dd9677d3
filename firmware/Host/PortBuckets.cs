using LabEdge.Forwarding;

namespace LabEdge.Host
{
    /// <summary>
    /// Limits a rate per port: so many per second in the long run, and so many at once after a rest. What comes or goes on one port takes
    /// nothing from the others.
    /// </summary>
    public sealed class PortBuckets
    {
        private const int OneToken = 1000;

        /// <summary>Tokens per second, which is thousandths of a token per millisecond.</summary>
        private readonly int _perSecond;

        /// <summary>Most thousandths that a bucket holds.</summary>
        private readonly int _full;

        /// <summary>Milliseconds in which an empty bucket is full again.</summary>
        private readonly uint _fillMs;
        private readonly int[] _level;
        private readonly uint[] _filledAt;

        /// <param name="ports">How many buckets.</param>
        /// <param name="perSecond">Tokens per second, 1 to 1,000,000.</param>
        /// <param name="burst">Most tokens that a bucket holds, 1 to 1,000,000. It starts full.</param>
        public PortBuckets(int ports, int perSecond, int burst)
        {
            _perSecond = perSecond;
            _full = burst * OneToken;
            _fillMs = (uint)(_full / perSecond + 1);
            _level = new int[ports];
            _filledAt = new uint[ports];
            for (int port = 0; port < ports; port++)
            {
                _level[port] = _full;
            }
        }

        /// <summary>Takes one token of a port.</summary>
        /// <returns>False when there is none.</returns>
        public bool Take(int port, uint now)
        {
            uint elapsedMs = now - _filledAt[port];
            _filledAt[port] = now;

            // Cannot overflow: both terms are at most full + one millisecond's worth.
            int level = elapsedMs >= _fillMs ? _full : _level[port] + (int)elapsedMs * _perSecond;
            if (level > _full)
            {
                level = _full;
            }
            bool any = level >= OneToken;
            _level[port] = any ? level - OneToken : level;
            return any;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(5);
            bill.Array(_level.Length * 4);
            bill.Array(_filledAt.Length * 4);
        }
    }
}
