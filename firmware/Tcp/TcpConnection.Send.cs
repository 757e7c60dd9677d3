namespace LabEdge.Tcp
{
    // Segments out, acknowledgments and timers: RFC 9293 section 3.8, RFC 6298, RFC 5681 (slow start, congestion avoidance, fast retransmit).
    public sealed partial class TcpConnection
    {
        private const int DuplicatesForRetransmit = 3;
        private const int KeepAliveTries = 5;
        private const int KeepAliveAgainMs = 10000;

        /// <summary>The first octet of data, after the SYN.</summary>
        private int _firstData;
        private int _unacknowledged;
        private int _next;

        /// <summary>The highest that was ever sent; after a timeout <see cref="_next"/> goes back.</summary>
        private int _most;
        private int _sendWindow;
        private int _windowSequence;
        private int _windowAck;
        private int _largestWindow;
        private int _segmentSize;
        private int _congestionWindow;
        private int _slowStartLimit;
        private int _duplicateAcks;
        private bool _recovering;
        private int _recoverTo;
        private bool _finQueued;
        private bool _ackNow;

        /// <summary>The timer: retransmission, window probe or 2 MSL, by state.</summary>
        private bool _isRunning;
        private uint _deadline;
        private bool _probing;

        /// <summary>When something new was acknowledged last (or, under a closed window, anything at all).</summary>
        private uint _progressAt;
        private bool _isTimed;
        private int _timedSequence;
        private uint _timedAt;
        private int _keepAlives;

        private bool IsSynOut
        {
            get { return State == TcpState.SynSent || State == TcpState.SynReceived; }
        }

        // RFC 5681 section 3.1.
        private static int FirstWindow(int segmentSize)
        {
            return segmentSize > 2190 ? 2 * segmentSize : segmentSize > 1095 ? 3 * segmentSize : 4 * segmentSize;
        }

        private void TakeAckOfSyn(int ack, int sequence, int window, uint now)
        {
            if (Retransmissions > 0)
            {
                _timer.SynWasLost();
            }
            else if (_isTimed)
            {
                _timer.Measured(Elapsed(now, _timedAt));
            }
            _isTimed = false;
            _isRunning = false;
            _unacknowledged = ack;
            _next = ack;
            _most = ack;
            _progressAt = now;
            SetWindow(window, sequence, ack);
        }

        private void TakeAck(int ack, int sequence, int window, int length, uint now)
        {
            if (State == TcpState.SynReceived)
            {
                TakeAckOfSyn(_firstData, sequence, window, now);
                Happen(TcpMachine.AckOfSyn);
            }
            if (ack - _unacknowledged > 0)
            {
                TakeNewAck(ack, now);
            }
            else if (ack == _unacknowledged && length == 0 && window == _sendWindow && _next != _unacknowledged && !_probing)
            {
                TakeDuplicate();
            }
            if (_windowSequence - sequence < 0 || (_windowSequence == sequence && _windowAck - ack <= 0))
            {
                SetWindow(window, sequence, ack);
            }
            if (_probing)
            {
                _progressAt = now;
                if (_sendWindow > 0)
                {
                    // The octet of the probe was not taken: it goes again.
                    _probing = false;
                    _next = _unacknowledged;
                    _isRunning = false;
                }
            }
        }

        private void SetWindow(int window, int sequence, int ack)
        {
            _sendWindow = window;
            _windowSequence = sequence;
            _windowAck = ack;
            _largestWindow = window > _largestWindow ? window : _largestWindow;
        }

        private void TakeNewAck(int ack, uint now)
        {
            int acknowledged = ack - _unacknowledged;
            bool ofFin = acknowledged > _send.Count;
            int octets = ofFin ? _send.Count : acknowledged;
            if (_isTimed && ack - _timedSequence > 0)
            {
                _timer.Measured(Elapsed(now, _timedAt));
                _isTimed = false;
            }
            _send.Drop(octets);
            _unacknowledged = ack;
            _next = _next - ack < 0 ? ack : _next;
            _progressAt = now;
            _probing = false;
            _duplicateAcks = 0;
            if (_recovering)
            {
                LeaveRecovery(ack, octets);
            }
            else
            {
                int add = _congestionWindow < _slowStartLimit ? (octets < _segmentSize ? octets : _segmentSize) : _segmentSize * _segmentSize / _congestionWindow + 1;
                _congestionWindow = _congestionWindow + add > 0xFFFF ? 0xFFFF : _congestionWindow + add;
            }
            _isRunning = false;
            if (_most != _unacknowledged)
            {
                StartTimer(_timer.TimeoutMs);
            }
            if (ofFin)
            {
                Happen(TcpMachine.AckOfFin);
                if (State == TcpState.FinWait2)
                {
                    StartTimer(TcpStack.TimeWaitMs);
                }
            }
        }

        // RFC 6582 section 3.2: a partial acknowledgment says that the segment after it is lost too.
        private void LeaveRecovery(int ack, int octets)
        {
            if (ack - _recoverTo >= 0)
            {
                _recovering = false;
                _congestionWindow = _slowStartLimit;
                return;
            }
            _congestionWindow = _congestionWindow - octets + _segmentSize;
            _congestionWindow = _congestionWindow < _segmentSize ? _segmentSize : _congestionWindow;
            Retransmit();
        }

        private void TakeDuplicate()
        {
            _duplicateAcks++;
            if (_recovering)
            {
                _congestionWindow = _congestionWindow + _segmentSize > 0xFFFF ? 0xFFFF : _congestionWindow + _segmentSize;
            }
            else if (_duplicateAcks == DuplicatesForRetransmit)
            {
                HalveWindow();
                _congestionWindow = _slowStartLimit + DuplicatesForRetransmit * _segmentSize;
                _recovering = true;
                _recoverTo = _most;
                Retransmit();
            }
        }

        private void HalveWindow()
        {
            int half = (_most - _unacknowledged) / 2;
            _slowStartLimit = half < 2 * _segmentSize ? 2 * _segmentSize : half;
        }

        // The first segment that is not acknowledged.
        private void Retransmit()
        {
            int count = _send.Count < _segmentSize ? _send.Count : _segmentSize;
            bool fin = count == _send.Count && _finQueued && _most - _unacknowledged > _send.Count;
            Retransmissions++;
            _stack.Retransmissions++;
            _isTimed = false;
            SendSegment(TcpHeader.Ack | (fin ? TcpHeader.Fin : 0) | (count > 0 ? TcpHeader.Push : 0), _unacknowledged, 0, count);
            _most = _most - _unacknowledged < count ? _unacknowledged + count : _most;
        }

        private void SendSyn()
        {
            _firstData = _unacknowledged + 1;
            SendSegment(State == TcpState.SynSent ? TcpHeader.Syn : TcpHeader.Syn | TcpHeader.Ack, _unacknowledged, 0, 0);
            _next = _firstData;
            _most = _firstData;
            _isTimed = Retransmissions == 0;
            _timedAt = _stack.Now;
            StartTimer(_timer.TimeoutMs);
        }

        private void StartTimer(int ms)
        {
            _isRunning = true;
            _deadline = _stack.Now + (uint)ms;
        }

        private static int Elapsed(uint now, uint since)
        {
            uint ms = now - since;
            return ms > 0xFFFF ? 0xFFFF : (int)ms;
        }

        /// <summary>Timers, then everything that may go out.</summary>
        /// <returns>Milliseconds until it is next needed, or <see cref="TcpStack.Idle"/>.</returns>
        internal uint Poll(uint now)
        {
            if (State <= TcpState.Listen)
            {
                return TcpStack.Idle;
            }
            if (_isRunning && (int)(now - _deadline) >= 0)
            {
                Expire(now);
            }
            if (State == TcpState.Closed)
            {
                return TcpStack.Idle;
            }
            if (!IsSynOut)
            {
                SendQueued();
                if (ShouldUpdateWindow() || _ackNow)
                {
                    SendSegment(TcpHeader.Ack, _next, 0, 0);
                }
                uint keepAlive = PollKeepAlive(now);
                return Sooner(keepAlive, now);
            }
            if (_ackNow && State == TcpState.SynReceived)
            {
                SendSegment(TcpHeader.Ack, _next, 0, 0);
            }
            return Sooner(TcpStack.Idle, now);
        }

        private uint Sooner(uint other, uint now)
        {
            if (!_isRunning)
            {
                return other;
            }
            uint wait = (int)(_deadline - now) > 0 ? _deadline - now : 0;
            return wait < other ? wait : other;
        }

        private void Expire(uint now)
        {
            _isRunning = false;
            if (State == TcpState.TimeWait)
            {
                Happen(TcpMachine.TimeWaitOver);
                return;
            }
            if (State == TcpState.FinWait2)
            {
                // Section 3.6.1: a user that is still there may wait for the other side as long as it likes.
                StartTimer(TcpStack.TimeWaitMs);
                if (!Owned)
                {
                    Happen(TcpMachine.GiveUp);
                }
                return;
            }
            if (now - _progressAt >= (IsSynOut ? TcpStack.GiveUpSynMs : TcpStack.GiveUpMs))
            {
                Happen(TcpMachine.GiveUp);
                return;
            }
            _timer.BackOff();
            if (IsSynOut)
            {
                Retransmissions++;
                _stack.Retransmissions++;
                _next = _unacknowledged;
                SendSyn();
                return;
            }
            if (_send.Count > 0 && (_sendWindow == 0 || _most == _unacknowledged))
            {
                // RFC 9293 section 3.8.6.1: one octet asks whether the window is still closed. Section 3.8.6.2.1: a small one is used after a while.
                int count = _sendWindow < _send.Count ? _sendWindow : _send.Count;
                count = count == 0 ? 1 : count < _segmentSize ? count : _segmentSize;
                _probing = _sendWindow == 0;
                SendSegment(TcpHeader.Ack | TcpHeader.Push, _unacknowledged, 0, count);
                _next = _unacknowledged + count;
                _most = _most - _next < 0 ? _next : _most;
                StartTimer(_timer.TimeoutMs);
                return;
            }
            if (_most != _unacknowledged)
            {
                HalveWindow();
                _congestionWindow = _segmentSize;
                _recovering = false;
                _duplicateAcks = 0;
                _probing = false;
                Retransmit();
                _next = _unacknowledged + (_send.Count < _segmentSize ? _send.Count : _segmentSize);
                if (_most - _unacknowledged > _send.Count && _next - _unacknowledged == _send.Count)
                {
                    _next = _most;
                }
                StartTimer(_timer.TimeoutMs);
            }
        }

        private void SendQueued()
        {
            while (true)
            {
                int flight = _next - _unacknowledged;
                int left = _send.Count - flight;
                int window = (_sendWindow < _congestionWindow ? _sendWindow : _congestionWindow) - flight;
                int count = left < window ? left : window;
                count = count < _segmentSize ? count : _segmentSize;
                if (count <= 0)
                {
                    break;
                }

                // Section 3.8.6.2.1: no segment smaller than what could go soon, unless it is all there is.
                if (count < left && count < _segmentSize && count < _largestWindow / 2)
                {
                    break;
                }
                bool all = count == left;
                bool fin = all && _finQueued;
                if (!_isTimed && _next == _most)
                {
                    _isTimed = true;
                    _timedSequence = _next;
                    _timedAt = _stack.Now;
                }
                SendSegment(TcpHeader.Ack | (all ? TcpHeader.Push : 0) | (fin ? TcpHeader.Fin : 0), _next, flight, count);
                Sent(count + (fin ? 1 : 0));
            }
            if (_finQueued && _next - _unacknowledged == _send.Count && (State == TcpState.FinWait1 || State == TcpState.Closing || State == TcpState.LastAck))
            {
                SendSegment(TcpHeader.Ack | TcpHeader.Fin, _next, 0, 0);
                Sent(1);
            }
            if (!_isRunning && _send.Count > 0 && _next == _unacknowledged)
            {
                // The window is closed, or too small.
                StartTimer(_timer.TimeoutMs);
                _progressAt = _stack.Now;
            }
        }

        private void Sent(int count)
        {
            _next += count;
            _most = _most - _next < 0 ? _next : _most;
            if (!_isRunning)
            {
                StartTimer(_timer.TimeoutMs);
                _progressAt = _stack.Now;
            }
        }

        private bool ShouldUpdateWindow()
        {
            if (State > TcpState.FinWait2)
            {
                return false;
            }
            int more = _receiveNext + _receive.Free - _offered;
            return more >= TcpStack.MostSegment || more * 2 >= _receive.Size;
        }

        // RFC 9293 section 3.8.4.
        private uint PollKeepAlive(uint now)
        {
            if (KeepAliveMs == 0 || (State != TcpState.Established && State != TcpState.CloseWait && State != TcpState.FinWait2))
            {
                return TcpStack.Idle;
            }
            uint due = (uint)(KeepAliveMs + _keepAlives * KeepAliveAgainMs);
            uint quiet = now - _heardAt;
            if (quiet < due)
            {
                return due - quiet;
            }
            if (_keepAlives == KeepAliveTries)
            {
                Happen(TcpMachine.GiveUp);
                return TcpStack.Idle;
            }
            _keepAlives++;
            SendSegment(TcpHeader.Ack, _next - 1, 0, 0);
            return KeepAliveAgainMs;
        }

        private void SendSegment(int flags, int sequence, int position, int count)
        {
            bool acknowledges = (flags & TcpHeader.Ack) != 0;
            if (acknowledges)
            {
                _ackNow = false;
                OfferWindow();
            }
            int window = acknowledges ? _offered - _receiveNext : _receive.Size;
            window = window < 0 ? 0 : window > 0xFFFF ? 0xFFFF : window;
            _stack.SendSegment(this, flags, sequence, acknowledges ? _receiveNext : 0, window, _send, position, count);
        }

        // Section 3.8.6.2.2: the right edge moves in large steps only, and never back.
        private void OfferWindow()
        {
            int edge = _receiveNext + (_receive.Free > 0xFFFF ? 0xFFFF : _receive.Free);
            int more = edge - _offered;
            if (more >= TcpStack.MostSegment || more * 2 >= _receive.Size)
            {
                _offered = edge;
            }
        }
    }
}
