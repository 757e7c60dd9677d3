using LabEdge.Forwarding;

namespace LabEdge.Host
{
    /// <summary>A <see cref="TokenBucket"/> per port: what comes or goes on one port takes nothing from the others.</summary>
    public sealed class PortBuckets
    {
        private readonly TokenBucket[] _ofPort;

        /// <param name="ports">How many.</param>
        /// <inheritdoc cref="TokenBucket(int, int)"/>
        public PortBuckets(int ports, int perSecond, int burst)
        {
            _ofPort = new TokenBucket[ports];
            for (int port = 0; port < ports; port++)
            {
                _ofPort[port] = new TokenBucket(perSecond, burst);
            }
        }

        /// <inheritdoc cref="TokenBucket.Take"/>
        public bool Take(int port, uint now)
        {
            return _ofPort[port].Take(now);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(1);
            bill.References(_ofPort.Length);
            for (int port = 0; port < _ofPort.Length; port++)
            {
                _ofPort[port].Bill(bill);
            }
        }
    }
}
