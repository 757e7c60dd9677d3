using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Bfd
{
    // Read RFC 5880 section 6.8 before changing this file.

    /// <summary>
    /// One session with a neighbour on a link, in asynchronous mode and the active role: its state, timers and poll sequence. Times of the wire are in
    /// microseconds, ours in milliseconds. A session that nobody wants any more says AdminDown for a detection time, then its slot is free.
    /// </summary>
    public sealed class BfdSession
    {
        /// <summary>Least interval of a session that is not up (RFC 5880 section 6.8.3).</summary>
        public const int SlowMs = 1000;

        private const uint RetryMs = 100;

        public readonly int Index;

        /// <summary>Interface index; -1 = the slot is free.</summary>
        public int Port = -1;
        public uint Neighbor;

        /// <summary>Row of <see cref="Liveness"/>; -1 = nobody asks any more.</summary>
        public int Row = -1;
        public int State;
        public int Diagnostic;
        public uint MyDiscriminator;
        public int SourcePort;

        /// <summary>What the configuration asks for.</summary>
        public int TxMs;
        public int RxMs;
        public int Multiplier;

        /// <summary>What the neighbour said last; its discriminator is 0 when it is not known.</summary>
        public uint RemoteDiscriminator;
        public int RemoteState;
        public bool RemoteDemand;
        public uint RemoteMinRx;
        public uint RemoteMinTx;
        public int RemoteMultiplier;

        /// <summary>A poll sequence goes on: what we send has the P bit until an F bit comes.</summary>
        public bool Polling;

        /// <summary>The packet that was taken last, as it came; <see cref="Received"/> 0 = none.</summary>
        public readonly byte[] Last = new byte[BfdPacket.Length];
        public int Received;
        public int Sent;

        /// <summary>Detection times that expired while the session was up.</summary>
        public int Expiries;
        public uint HeardAt;
        public uint SentAt;
        public uint UpSince;

        private readonly BfdModule _module;
        private bool _pollAgain;
        private bool _detecting;
        private bool _hasBeenUp;

        // RFC 5880 section 6.8.3: what a change means before the neighbour has confirmed it.
        private int _txInUse;
        private int _rxInUse;
        private uint _txAt;
        private uint _freeAt;

        public BfdSession(BfdModule module, int index)
        {
            _module = module;
            Index = index;
        }

        public bool IsUsed
        {
            get { return Port >= 0; }
        }

        /// <summary>Takes a free slot.</summary>
        internal void Start(int row, int port, uint neighbor, uint discriminator, int sourcePort, uint now)
        {
            Port = port;
            Neighbor = neighbor;
            MyDiscriminator = discriminator;
            SourcePort = sourcePort;
            State = BfdMachine.AdminDown;
            Received = 0;
            Sent = 0;
            Expiries = 0;
            Forget();
            Resume(row, now);
        }

        /// <summary>A session that was being ended is wanted again.</summary>
        internal void Resume(int row, uint now)
        {
            Row = row;
            Diagnostic = 0;
            _hasBeenUp = false;
            Polling = false;
            _pollAgain = false;
            Step(BfdMachine.Enabled, now);
        }

        internal void Free()
        {
            Port = -1;
            Neighbor = 0;
            Row = -1;
            State = BfdMachine.AdminDown;
        }

        /// <summary>Nobody asks, or the interface does not speak BFD any more: the neighbour is told so that it takes it for no failure.</summary>
        internal void End(uint now)
        {
            Row = -1;
            Step(BfdMachine.Disabled, now);
            _freeAt = RemoteDiscriminator == 0 ? now : now + (uint)Multiplier * TransmitMs();
        }

        /// <summary>New intervals (RFC 5880 section 6.8.3): in an up session by a poll sequence.</summary>
        internal void Configure(int txMs, int rxMs, int multiplier)
        {
            bool changed = TxMs != txMs || RxMs != rxMs;
            TxMs = txMs;
            RxMs = rxMs;
            Multiplier = multiplier;
            if (State != BfdMachine.Up)
            {
                _txInUse = txMs;
                _rxInUse = rxMs;
                return;
            }
            if (changed)
            {
                // Faster transmission at once, slower when the neighbour knows; with detection it is the other way round.
                _txInUse = txMs < _txInUse ? txMs : _txInUse;
                _rxInUse = rxMs > _rxInUse ? rxMs : _rxInUse;
                BeginPoll();
            }
        }

        private void BeginPoll()
        {
            // The F bit that is awaited belongs to what was said before.
            _pollAgain = Polling;
            Polling = true;
        }

        private void Forget()
        {
            RemoteDiscriminator = 0;
            RemoteState = BfdMachine.Down;
            RemoteDemand = false;
            RemoteMinRx = 1;
            RemoteMinTx = 0;
            RemoteMultiplier = 0;
            _detecting = false;
        }

        /// <summary>Microseconds in whole milliseconds, rounded up.</summary>
        public static uint Milliseconds(uint microseconds)
        {
            return microseconds / 1000 + (microseconds % 1000 == 0 ? 0u : 1u);
        }

        private int DesiredTxMs
        {
            get { return State == BfdMachine.Up ? TxMs : TxMs < SlowMs ? SlowMs : TxMs; }
        }

        /// <summary>The interval between our packets without jitter (RFC 5880 section 6.8.2), in ms.</summary>
        public uint TransmitMs()
        {
            uint own = (uint)(State == BfdMachine.Up ? _txInUse : DesiredTxMs);
            uint remote = Milliseconds(RemoteMinRx);
            return own > remote ? own : remote;
        }

        /// <summary>How long the neighbour may be silent (RFC 5880 section 6.8.4), in ms; 0 while it is not known.</summary>
        public uint DetectionMs()
        {
            uint remote = Milliseconds(RemoteMinTx);
            uint interval = (uint)_rxInUse > remote ? (uint)_rxInUse : remote;
            return (uint)RemoteMultiplier * interval;
        }

        // RFC 5880 section 6.8.7: nothing periodic to one who wants none, or who asked for silence; polls go on in demand mode.
        private bool SendsPeriodically
        {
            get
            {
                return RemoteMinRx != 0
                    && !(RemoteDemand && State == BfdMachine.Up && RemoteState == BfdMachine.Up && !Polling);
            }
        }

        /// <summary>Sends and expires what is due.</summary>
        /// <returns>Milliseconds until it is next needed.</returns>
        internal uint Poll(uint now)
        {
            if (Row < 0 && (int)(now - _freeAt) >= 0)
            {
                Free();
                return BfdModule.Idle;
            }
            if (_detecting && now - HeardAt >= DetectionMs())
            {
                Expiries += State == BfdMachine.Up ? 1 : 0;
                Forget();
                Step(BfdMachine.Expired, now);
            }
            uint next = BfdModule.Idle;
            if (SendsPeriodically)
            {
                if ((int)(now - _txAt) >= 0)
                {
                    // What did not go out, mostly for want of ARP, goes soon.
                    _txAt = now + (Transmit(Polling ? BfdPacket.Poll : 0, now) ? Jittered(TransmitMs()) : RetryMs);
                }
                next = _txAt - now;
            }
            if (_detecting)
            {
                next = Least(next, HeardAt + DetectionMs() - now);
            }
            return Row < 0 ? Least(next, _freeAt - now) : next;
        }

        private static uint Least(uint a, uint b)
        {
            return a < b ? a : b;
        }

        // RFC 5880 section 6.8.7: 75 to 100 % of the interval, and not above 90 % where one lost packet is the end.
        private uint Jittered(uint interval)
        {
            uint span = (Multiplier == 1 ? interval * 15 : interval * 25) / 100;
            uint most = Multiplier == 1 ? interval * 90 / 100 : interval;
            return most - (span == 0 ? 0 : _module.Random.Next() % (span + 1));
        }

        internal void PathDown(uint now)
        {
            Forget();
            Step(BfdMachine.PathDown, now);
        }

        private bool Transmit(int flags, uint now)
        {
            if (!_module.Send(this, flags))
            {
                return false;
            }
            Sent++;
            SentAt = now;
            return true;
        }

        /// <summary>Writes our next packet.</summary>
        internal void Write(byte[] octets, int offset, int flags)
        {
            BfdPacket.Write(octets, offset, Diagnostic, State, flags, Multiplier, MyDiscriminator, RemoteDiscriminator, (uint)DesiredTxMs * 1000, (uint)RxMs * 1000, 0);
        }

        /// <summary>A packet that has passed the rules of <see cref="BfdDiscard"/> and belongs here (RFC 5880 section 6.8.6, second half).</summary>
        /// <returns>A reason of <see cref="BfdDiscard"/>.</returns>
        internal int Receive(byte[] octets, int offset, uint now)
        {
            int flags = BfdPacket.ReadFlags(octets, offset);
            RemoteDiscriminator = BfdPacket.ReadMyDiscriminator(octets, offset);
            RemoteState = BfdPacket.ReadState(octets, offset);
            RemoteDemand = (flags & BfdPacket.Demand) != 0;
            uint before = RemoteMinRx;
            RemoteMinRx = BfdPacket.ReadRequiredMinRx(octets, offset);
            RemoteMinTx = BfdPacket.ReadDesiredMinTx(octets, offset);
            RemoteMultiplier = BfdPacket.ReadMultiplier(octets, offset);
            Octets.Copy(octets, offset, Last, 0, BfdPacket.Length);
            Received++;
            HeardAt = now;
            _detecting = true;
            if (Polling && (flags & BfdPacket.Final) != 0)
            {
                EndPoll();
            }
            if (before != RemoteMinRx && (int)(_txAt - now - TransmitMs()) > 0)
            {
                // RFC 5880 section 6.8.3: a shorter interval holds at once.
                _txAt = now + Jittered(TransmitMs());
            }
            int step = Step(RemoteState, now);
            if ((step & 0xFF) == BfdMachine.Discard)
            {
                return BfdDiscard.AdminDown;
            }
            if (RemoteState == BfdMachine.AdminDown && State == BfdMachine.Down)
            {
                // RFC 5882 section 3.2: somebody wants it so, the path has not failed.
                _module.Answer(this, Liveness.Unknown, Diagnostic);
            }
            if ((flags & BfdPacket.Poll) != 0)
            {
                Transmit(BfdPacket.Final, now);
            }
            return BfdDiscard.None;
        }

        private void EndPoll()
        {
            Polling = _pollAgain;
            _pollAgain = false;
            if (!Polling)
            {
                _txInUse = TxMs;
                _rxInUse = RxMs;
            }
        }

        private int Step(int e, uint now)
        {
            int step = BfdMachine.Step(State, e);
            int before = State;
            State = step >> 8;
            if (before != State)
            {
                // The neighbour hears of it at once (RFC 5880 section 6.8.7).
                _txAt = now;
            }
            switch (step & 0xFF)
            {
                case BfdMachine.GoUp:
                    Diagnostic = 0;
                    UpSince = now;
                    _hasBeenUp = true;
                    _txInUse = TxMs;
                    _rxInUse = RxMs;
                    Polling = false;
                    if (TxMs < SlowMs)
                    {
                        // The interval that we say changes now (RFC 5880 section 6.8.3).
                        BeginPoll();
                    }
                    _module.WentUp(this);
                    break;
                case BfdMachine.GoDownSignaled: WentDown(before, 3); break;
                case BfdMachine.GoDownExpired: WentDown(before, 1); break;
                case BfdMachine.GoDownPath: WentDown(before, 5); break;
                case BfdMachine.Stop:
                    Diagnostic = 7;
                    Polling = false;
                    break;
                case BfdMachine.Tell:
                    if (e == BfdMachine.Enabled)
                    {
                        _module.Answer(this, Liveness.Starting, 0);
                    }
                    break;
            }
            return step;
        }

        private void WentDown(int before, int diagnostic)
        {
            Diagnostic = diagnostic;
            Polling = false;
            _pollAgain = false;
            _txInUse = TxMs;
            _rxInUse = RxMs;
            if (before == BfdMachine.Up)
            {
                _module.WentDown(this);
            }
            else
            {
                _module.Answer(this, _hasBeenUp ? Liveness.Down : Liveness.Starting, diagnostic);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(33);
            bill.Array(BfdPacket.Length);
        }
    }
}
