namespace LabEdge.Tcp
{
    // Segments in: RFC 9293 section 3.10.7, with the protections of RFC 5961.
    public sealed partial class TcpConnection
    {
        /// <summary>Runs of octets that came before their turn; one more is dropped and will come again.</summary>
        private const int MostRanges = 4;

        /// <summary>Challenge ACKs (RFC 5961 section 7): at most one in this time, per connection, so that nobody learns from a shared limit.</summary>
        private const uint ChallengeMs = 500;

        private readonly int[] _ranges;
        private int _rangeCount;
        private int _receiveNext;

        /// <summary>The right edge of the window that we have offered.</summary>
        private int _offered;
        private int _finAt;
        private bool _finKnown;
        private bool _challenged;
        private uint _challengedAt;
        private uint _heardAt;

        /// <param name="tcp">Offset of a header that fits, with a right checksum.</param>
        /// <param name="length">Octets of payload after the header.</param>
        internal void Receive(byte[] octets, int tcp, int length, uint now)
        {
            int flags = TcpHeader.ReadFlags(octets, tcp);
            int sequence = TcpHeader.ReadSequence(octets, tcp);
            if (State == TcpState.SynSent)
            {
                ReceiveInSynSent(octets, tcp, flags, sequence, now);
                return;
            }
            bool fin = (flags & TcpHeader.Fin) != 0;
            int occupied = length + (fin ? 1 : 0) + ((flags & TcpHeader.Syn) != 0 ? 1 : 0);
            if (!IsAcceptable(sequence, occupied))
            {
                // Section 3.10.7.4, first: an old duplicate is acknowledged, so that its sender learns where we are.
                _ackNow |= (flags & TcpHeader.Reset) == 0;
                if (State == TcpState.TimeWait && fin)
                {
                    Happen(TcpMachine.Fin);
                }
                return;
            }
            if ((flags & TcpHeader.Reset) != 0)
            {
                // RFC 5961 section 3.2.
                if (sequence == _receiveNext)
                {
                    Happen(TcpMachine.Reset);
                }
                else
                {
                    Challenge(now);
                }
                return;
            }
            if ((flags & TcpHeader.Syn) != 0)
            {
                // RFC 5961 section 4.2.
                Challenge(now);
                return;
            }
            if ((flags & TcpHeader.Ack) == 0)
            {
                return;
            }
            int ack = TcpHeader.ReadAcknowledgment(octets, tcp);
            if (State == TcpState.SynReceived && (ack - _unacknowledged <= 0 || ack - _most > 0))
            {
                _stack.SendReset(this, ack);
                return;
            }
            if (ack - _most > 0 || _unacknowledged - ack > _largestWindow)
            {
                // RFC 5961 section 5.2: no data is taken from a segment that acknowledges what it cannot.
                Challenge(now);
                return;
            }
            _heardAt = now;
            _keepAlives = 0;
            TakeAck(ack, sequence, TcpHeader.ReadWindow(octets, tcp), length, now);
            if (State >= TcpState.Established && State <= TcpState.FinWait2)
            {
                TakeText(octets, tcp + TcpHeader.ReadHeaderLength(octets, tcp), sequence, length, fin);
            }
        }

        private void ReceiveInSynSent(byte[] octets, int tcp, int flags, int sequence, uint now)
        {
            int ack = TcpHeader.ReadAcknowledgment(octets, tcp);
            bool acknowledges = (flags & TcpHeader.Ack) != 0;
            if (acknowledges && (ack - _unacknowledged <= 0 || ack - _most > 0))
            {
                if ((flags & TcpHeader.Reset) == 0)
                {
                    _stack.SendReset(this, ack);
                }
                return;
            }
            if ((flags & TcpHeader.Reset) != 0)
            {
                if (acknowledges)
                {
                    Happen(TcpMachine.Reset);
                }
                return;
            }
            if ((flags & TcpHeader.Syn) == 0)
            {
                return;
            }
            _heardAt = now;
            TakeSyn(octets, tcp);
            if (acknowledges)
            {
                TakeAckOfSyn(ack, sequence, TcpHeader.ReadWindow(octets, tcp), now);
                Happen(TcpMachine.SynAck);
            }
            else
            {
                _next = _unacknowledged;
                Happen(TcpMachine.Syn);
            }
        }

        private void TakeSyn(byte[] octets, int tcp)
        {
            _receiveNext = TcpHeader.ReadSequence(octets, tcp) + 1;
            _offered = _receiveNext;
            int option = TcpHeader.FindOption(octets, tcp, TcpHeader.MaximumSegmentSize, TcpHeader.MaximumSegmentSizeLength);
            int size = option < 0 ? TcpHeader.DefaultSegmentSize : (octets[option] << 8) | octets[option + 1];
            size = size > TcpStack.MostSegment ? TcpStack.MostSegment : size;

            // RFC 9293 section 3.7.1: the options of each segment come out of it. A size of nearly nothing would make a storm of segments.
            size -= Key == null ? 0 : TcpHeader.Md5Length + 2;
            _segmentSize = size < TcpStack.LeastSegment ? TcpStack.LeastSegment : size;
            _congestionWindow = FirstWindow(_segmentSize);
        }

        // Section 3.4, the four cases; our window is what we have offered.
        private bool IsAcceptable(int sequence, int occupied)
        {
            int window = _offered - _receiveNext;
            int first = sequence - _receiveNext;
            int last = first + occupied - 1;
            if (occupied == 0)
            {
                return window == 0 ? first == 0 : first >= 0 && first < window;
            }
            return window > 0 && ((first >= 0 && first < window) || (last >= 0 && last < window) || (first < 0 && last >= window));
        }

        private void Challenge(uint now)
        {
            if (_challenged && now - _challengedAt < ChallengeMs)
            {
                return;
            }
            _challenged = true;
            _challengedAt = now;
            _stack.Challenges++;
            SendSegment(TcpHeader.Ack, _next, 0, 0);
        }

        private void TakeText(byte[] octets, int payload, int sequence, int length, bool fin)
        {
            if (length > 0 && !Owned)
            {
                // Section 3.6.1: the user has gone, what comes is lost, and the sender must know.
                Happen(TcpMachine.Abort);
                return;
            }
            int first = sequence - _receiveNext;
            int skip = first < 0 ? -first : 0;
            int count = length - skip;
            int room = _offered - _receiveNext - (first < 0 ? 0 : first);
            bool whole = count <= room;
            count = whole ? count : room;
            if (count > 0)
            {
                int at = first < 0 ? 0 : first;
                if (at == 0 || AddRange(_receiveNext + at, _receiveNext + at + count))
                {
                    _receive.Put(_receive.Count + at, octets, payload + skip, count);
                    if (at == 0)
                    {
                        Advance(count);
                    }
                    else
                    {
                        _stack.OutOfOrder++;
                    }
                }
            }
            _ackNow |= length > 0 || fin;
            if (fin && whole && !_finKnown)
            {
                _finKnown = true;
                _finAt = sequence + length;
            }
            if (_finKnown && _finAt == _receiveNext)
            {
                _receiveNext++;
                Happen(TcpMachine.Fin);
            }
        }

        // In-order octets came, and with them perhaps the turn of some that wait.
        private void Advance(int count)
        {
            int end = _receiveNext + count;
            for (int i = 0; i < _rangeCount;)
            {
                if (_ranges[2 * i] - end > 0)
                {
                    i++;
                    continue;
                }
                if (_ranges[2 * i + 1] - end > 0)
                {
                    end = _ranges[2 * i + 1];
                }
                RemoveRange(i);

                // The others may touch it now.
                i = 0;
            }
            _receive.Extend(end - _receiveNext);
            _receiveNext = end;
        }

        private bool AddRange(int start, int end)
        {
            for (int i = 0; i < _rangeCount;)
            {
                if (_ranges[2 * i] - end > 0 || start - _ranges[2 * i + 1] > 0)
                {
                    i++;
                    continue;
                }
                start = _ranges[2 * i] - start < 0 ? _ranges[2 * i] : start;
                end = _ranges[2 * i + 1] - end > 0 ? _ranges[2 * i + 1] : end;
                RemoveRange(i);
                i = 0;
            }
            if (_rangeCount == MostRanges)
            {
                return false;
            }
            _ranges[2 * _rangeCount] = start;
            _ranges[2 * _rangeCount + 1] = end;
            _rangeCount++;
            return true;
        }

        private void RemoveRange(int i)
        {
            _rangeCount--;
            _ranges[2 * i] = _ranges[2 * _rangeCount];
            _ranges[2 * i + 1] = _ranges[2 * _rangeCount + 1];
        }
    }
}
