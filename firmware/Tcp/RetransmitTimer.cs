using LabEdge.Forwarding;

namespace LabEdge.Tcp
{
    /// <summary>How long an acknowledgment is waited for (RFC 6298). Times in ms; the smoothed ones in eighths and quarters.</summary>
    public sealed class RetransmitTimer
    {
        /// <summary>RFC 6298 section 2: the first, the least and the most; and the first after a SYN that had to be sent again (section 5.7).</summary>
        public const int InitialMs = 1000;
        public const int LeastMs = 1000;
        public const int MostMs = 60000;
        public const int AfterSynMs = 3000;

        private int _smoothed8;
        private int _deviation4;
        private int _timeoutMs = InitialMs;
        private bool _measured;

        public int TimeoutMs
        {
            get { return _timeoutMs; }
        }

        /// <summary>The smoothed round trip time in ms; 0 = none yet.</summary>
        public int RoundTripMs
        {
            get { return _smoothed8 >> 3; }
        }

        public void Clear()
        {
            _smoothed8 = 0;
            _deviation4 = 0;
            _measured = false;
            _timeoutMs = InitialMs;
        }

        /// <summary>A round trip of octets that were sent once (Karn's rule is the caller's).</summary>
        public void Measured(int roundTripMs)
        {
            if (!_measured)
            {
                _smoothed8 = roundTripMs << 3;
                _deviation4 = roundTripMs << 1;
                _measured = true;
            }
            else
            {
                int difference = roundTripMs - (_smoothed8 >> 3);
                int size = difference < 0 ? -difference : difference;
                _deviation4 += size - (_deviation4 >> 2);
                _smoothed8 += difference;
            }
            int deviation = _deviation4 > 1 ? _deviation4 : 1;
            SetTimeout((_smoothed8 >> 3) + deviation);
        }

        /// <summary>It ran out.</summary>
        public void BackOff()
        {
            SetTimeout(_timeoutMs * 2);
        }

        /// <summary>The SYN had to be sent more than once, and was acknowledged now.</summary>
        public void SynWasLost()
        {
            SetTimeout(AfterSynMs);
        }

        private void SetTimeout(int ms)
        {
            _timeoutMs = ms < LeastMs ? LeastMs : ms > MostMs ? MostMs : ms;
        }

        public void Bill(RamBill bill)
        {
            bill.Object(4);
        }
    }
}
