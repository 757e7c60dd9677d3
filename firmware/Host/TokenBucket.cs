using LabEdge.Forwarding;

namespace LabEdge.Host
{
    /// <summary>Limits a rate: so many per second in the long run, and so many at once after a rest.</summary>
    public sealed class TokenBucket
    {
        private const int OneToken = 1000;

        /// <summary>Tokens per second, which is thousandths of a token per millisecond.</summary>
        private readonly int _perSecond;

        /// <summary>Most thousandths it holds.</summary>
        private readonly int _full;

        /// <summary>Milliseconds in which an empty bucket is full again.</summary>
        private readonly uint _fillMs;
        private int _level;
        private uint _filledAt;

        /// <param name="perSecond">Tokens per second, 1 to 1,000,000.</param>
        /// <param name="burst">Most tokens it holds, 1 to 1,000,000. It starts full.</param>
        public TokenBucket(int perSecond, int burst)
        {
            _perSecond = perSecond;
            _full = burst * OneToken;
            _fillMs = (uint)(_full / perSecond + 1);
            _level = _full;
        }

        /// <summary>Takes one token.</summary>
        /// <returns>False when there is none.</returns>
        public bool Take(uint now)
        {
            uint elapsedMs = now - _filledAt;
            _filledAt = now;
            if (elapsedMs >= _fillMs)
            {
                _level = _full;
            }
            else
            {
                // Cannot overflow: both terms are at most full + one millisecond's worth.
                _level += (int)elapsedMs * _perSecond;
                if (_level > _full)
                {
                    _level = _full;
                }
            }
            if (_level < OneToken)
            {
                return false;
            }
            _level -= OneToken;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(5);
        }
    }
}
