using LabEdge.Forwarding;

namespace LabEdge.Tcp
{
    // Read RFC 9293 section 3.10 before changing this file.

    /// <summary>
    /// One slot of <see cref="TcpStack"/>: a connection's state (RFC 9293 section 3.3.1) and its user's calls. Sequence numbers are 32 bits that wrap,
    /// held as int and compared by difference. A user writes and reads octets; segments go out in the stack's Poll. When it is done it calls
    /// <see cref="TcpStack.Release"/>.
    /// </summary>
    public sealed partial class TcpConnection
    {
        /// <summary>Why a connection closed.</summary>
        public const int NoFailure = 0;
        public const int ResetByPeer = 1;
        public const int TimedOut = 2;

        public int Vrf;
        public uint Local;
        public uint Remote;
        public int LocalPort;
        public int RemotePort;

        /// <summary>Segments with a lower TTL are none of this connection's (GTSM, RFC 5082); 0 = any.</summary>
        public int LeastTtl;

        /// <summary>Key of the MD5 option (RFC 2385); null = segments carry none.</summary>
        public byte[] Key;

        /// <summary>How long nothing is heard before the other side is asked; 0 = it is not.</summary>
        public int KeepAliveMs;

        /// <summary>Of <see cref="TcpState"/>.</summary>
        public int State;
        public int Failure;

        /// <summary>Octets sent for the second time or more, in segments.</summary>
        public int Retransmissions;

        internal bool Owned;

        private readonly TcpStack _stack;
        private readonly OctetRing _send;
        private readonly OctetRing _receive;
        private readonly RetransmitTimer _timer;

        internal TcpConnection(TcpStack stack, int ringOctets)
        {
            _stack = stack;
            _send = new OctetRing(ringOctets);
            _receive = new OctetRing(ringOctets);
            _timer = new RetransmitTimer();
            _ranges = new int[2 * MostRanges];
        }

        /// <summary>Octets that can be read.</summary>
        public int Available
        {
            get { return _receive.Count; }
        }

        /// <summary>Octets that <see cref="Write"/> takes now.</summary>
        public int WriteRoom
        {
            get { return _finQueued ? 0 : _send.Free; }
        }

        /// <summary>Octets written and not acknowledged yet.</summary>
        public int Unacknowledged
        {
            get { return _send.Count; }
        }

        /// <summary>The other side has sent its FIN: nothing comes after what is available.</summary>
        public bool IsRemoteClosed
        {
            get { return State == TcpState.CloseWait || State == TcpState.Closing || State == TcpState.LastAck || State == TcpState.TimeWait; }
        }

        public int RoundTripMs
        {
            get { return _timer.RoundTripMs; }
        }

        /// <summary>Queues octets.</summary>
        /// <returns>False when there is no room for all, or the connection takes none: nothing is queued.</returns>
        public bool Write(byte[] octets, int offset, int count)
        {
            return !_finQueued && State >= TcpState.SynSent && State <= TcpState.CloseWait && _send.Append(octets, offset, count);
        }

        /// <summary>Looks at octets that are available.</summary>
        public void Peek(int position, byte[] to, int offset, int count)
        {
            _receive.Peek(position, to, offset, count);
        }

        /// <summary>The first octets are done with.</summary>
        public void Consume(int count)
        {
            _receive.Drop(count);
        }

        /// <summary>Nothing more will be written; what is queued goes out, then a FIN.</summary>
        public void Close()
        {
            Happen(TcpMachine.Close);
        }

        /// <summary>Ends it at once with a RST.</summary>
        public void Abort()
        {
            Happen(TcpMachine.Abort);
        }

        internal void Begin(int vrf, uint local, int localPort, uint remote, int remotePort)
        {
            Vrf = vrf;
            Local = local;
            LocalPort = localPort;
            Remote = remote;
            RemotePort = remotePort;
            LeastTtl = 0;
            Key = null;
            KeepAliveMs = 0;
            State = TcpState.Closed;
            Failure = NoFailure;
            Retransmissions = 0;
            Owned = true;
            _send.Clear();
            _receive.Clear();
            _timer.Clear();
            _rangeCount = 0;
            _finKnown = false;
            _finQueued = false;
            _probing = false;
            _recovering = false;
            _isTimed = false;
            _isRunning = false;
            _ackNow = false;
            _duplicateAcks = 0;
            _keepAlives = 0;
            _challenged = false;
            _segmentSize = TcpHeader.DefaultSegmentSize;
            _sendWindow = 0;
            _largestWindow = 0;
        }

        internal void Open(uint now)
        {
            Start(now);
            Happen(TcpMachine.ActiveOpen);
        }

        // A SYN to our listener.
        internal void Accept(byte[] octets, int tcp, uint now)
        {
            Start(now);
            State = TcpState.Listen;
            TakeSyn(octets, tcp);
            Happen(TcpMachine.Syn);
        }

        /// <summary>True for a sequence number after all that this connection has received: a new connection may begin with it (RFC 9293 section 3.10.7.4).</summary>
        internal bool IsNewer(int sequence)
        {
            return sequence - _receiveNext > 0;
        }

        internal void SendBareReset(int sequence)
        {
            _stack.SendSegment(this, TcpHeader.Reset, sequence, 0, 0, _send, 0, 0);
        }

        internal void Vanish()
        {
            State = TcpState.Closed;
            Failure = TimedOut;
        }

        private void Start(uint now)
        {
            _unacknowledged = _stack.InitialSequence(this, now);
            _next = _unacknowledged;
            _most = _unacknowledged;
            _progressAt = now;
            _heardAt = now;
            _slowStartLimit = 0xFFFF;
            _congestionWindow = FirstWindow(_segmentSize);
        }

        // The table decides; here is what its actions do.
        private void Happen(int happening)
        {
            int step = TcpMachine.Step(State, happening);
            State = step >> 8;
            switch (step & 0xFF)
            {
                case TcpMachine.SendSyn:
                case TcpMachine.SendSynAck:
                    SendSyn();
                    break;
                case TcpMachine.OpenedAck:
                case TcpMachine.SendAck:
                    _ackNow = true;
                    break;
                case TcpMachine.Opened:
                    if (_finQueued)
                    {
                        Happen(TcpMachine.Close);
                    }
                    break;
                case TcpMachine.QueueFin:
                    _finQueued = true;
                    break;
                case TcpMachine.SendReset:
                    SendSegment(TcpHeader.Reset | TcpHeader.Ack, _next, 0, 0);
                    break;
                case TcpMachine.Linger:
                    _ackNow |= happening == TcpMachine.Fin;
                    StartTimer(TcpStack.TimeWaitMs);
                    break;
                case TcpMachine.Lost:
                    Failure = happening == TcpMachine.Reset ? ResetByPeer : TimedOut;
                    break;
            }
        }

        internal void Bill(RamBill bill)
        {
            bill.Object(51);
            bill.Array(_ranges.Length * 4);
            _send.Bill(bill);
            _receive.Bill(bill);
            _timer.Bill(bill);
        }
    }
}
