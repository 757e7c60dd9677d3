using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Tcp;

namespace LabEdge.Ldp
{
    // Read RFC 5036 sections 2.5 and 3.5.3 before changing this file.

    /// <summary>One session: its connection, its timers, and what <see cref="LdpMachine"/> decides. The slot belongs to a neighbour by its LSR id.</summary>
    public sealed partial class LdpSession
    {
        /// <summary>How long the other side may take for Initialization and KeepAlive.</summary>
        public const uint OpeningMs = 30000;

        /// <summary>Between attempts (RFC 5036 section 2.5.3): doubled each time; after a rejection not below the second.</summary>
        public const uint RetryMs = 1000;
        public const uint RejectedRetryMs = 15000;
        public const uint MostRetryMs = 120000;

        /// <summary>Octets for replies: a message is read only while so many can be written.</summary>
        private const int ReplyRoom = 160;

        public readonly int Index;

        /// <summary>0 = the slot is free.</summary>
        public uint LsrId;
        public uint Transport;

        /// <summary>Null while there is none.</summary>
        public TcpConnection Connection;
        public int State;

        /// <summary>We open the connection: our transport address is the higher one.</summary>
        public bool IsActive;
        public uint UpSince;
        public int KeepAliveSeconds;
        public int MaxPdu;
        public bool TypedWildcard;
        public bool EndOfLib;

        /// <summary>Messages.</summary>
        public int Received;
        public int Sent;

        /// <summary>Why the session before ended, or the last notification; <see cref="LdpStatus"/>.</summary>
        public uint LastStatus;

        /// <summary>Bindings of the session before are in use until they come again or the time is over.</summary>
        public bool IsStale;
        internal uint StaleUntil;

        /// <summary>The neighbour's labels were given back for want of rows; it is asked for them when there are rows.</summary>
        internal bool Refused;
        internal uint AskAgainAt;

        /// <summary>The neighbour asked for a label when none was free, and hears when there are some again; it said the same to us.</summary>
        internal bool Exhausted;
        internal bool PeerExhausted;

        /// <summary>Something of the LIB may be due; something of the pseudowires.</summary>
        internal bool AnyDue;
        internal bool WireDue;

        private readonly LdpModule _module;
        private readonly PduWriter _writer;
        private readonly byte[] _message;
        private readonly TlvReader _tlv;
        private uint _expireAt;
        private uint _keepAliveAt;
        private uint _retryAt;
        private uint _openedAt;
        private uint _backOffMs;
        private int _pduLeft;
        private int _cursor;
        private int _addressCursor;
        private bool _endOfLibDue;
        private uint _nextId;
        private uint _now;

        internal LdpSession(LdpModule module, int index)
        {
            _module = module;
            Index = index;
            _writer = module.Writer;
            _message = module.Message;
            _tlv = module.Tlv;
        }

        internal void Begin(uint lsrId, uint transport, bool active, uint now)
        {
            LsrId = lsrId;
            Transport = transport;
            IsActive = active;
            State = LdpMachine.NonExistent;
            _retryAt = now;
            _backOffMs = RetryMs;
        }

        /// <summary>The other side has connected.</summary>
        internal bool Accept(TcpConnection connection)
        {
            if (IsActive || (Connection != null && Connection.State != TcpState.Closed))
            {
                return false;
            }
            if (Connection != null)
            {
                _module.Tcp.Release(Connection);
            }
            Connection = connection;
            return true;
        }

        /// <returns>Milliseconds until it is next needed.</returns>
        internal uint Poll(uint now, ref int budget)
        {
            if (LsrId == 0)
            {
                return LdpModule.Idle;
            }
            _now = now;
            FollowConnection(now);
            if (State == LdpMachine.NonExistent)
            {
                // Due and not begun: there is no way to the neighbour yet. A change of routes brings the next poll.
                uint wait = IsActive && Connection == null ? Until(_retryAt) : LdpModule.Idle;
                return wait == 0 ? Control.ControlModule.LinkCheckMs : wait;
            }
            BeginPdu();
            bool more = Read(ref budget);
            if (State == LdpMachine.NonExistent)
            {
                return 0;
            }
            if ((int)(now - _expireAt) >= 0)
            {
                Fail(LdpStatus.KeepAliveExpired, 0, 0, LdpMachine.Timeout);
                return 0;
            }
            if (State == LdpMachine.Operational && !more)
            {
                SendDue(ref budget);
            }
            if (State >= LdpMachine.OpenReceived && (int)(now - _keepAliveAt) >= 0 && Ready(LdpMessage.MessageHeader))
            {
                WriteKeepAlive();
            }
            Flush();
            uint expire = Until(_expireAt);
            uint keepAlive = Until(_keepAliveAt);
            return more && budget <= 0 ? 0 : expire < keepAlive ? expire : keepAlive;
        }

        private uint Until(uint deadline)
        {
            return (int)(deadline - _now) > 0 ? deadline - _now : 0;
        }

        private void FollowConnection(uint now)
        {
            if (Connection == null)
            {
                // A SYN without a route would be lost, and TCP waits longer each time.
                if (IsActive && (int)(now - _retryAt) >= 0 && _module.Reaches(Transport))
                {
                    _retryAt = now + _backOffMs;
                    _backOffMs = _backOffMs * 2 > MostRetryMs ? MostRetryMs : _backOffMs * 2;
                    _openedAt = now;
                    Connection = _module.Open(this, now);
                }
                return;
            }
            if (Connection.State == TcpState.Closed || (Connection.IsRemoteClosed && Connection.Available == 0))
            {
                if (State == LdpMachine.NonExistent)
                {
                    Release();
                }
                else
                {
                    LastStatus = LastStatus == LdpStatus.Success ? LdpStatus.Shutdown : LastStatus;
                    Happen(LdpMachine.Disconnected);
                }
            }
            else if (State == LdpMachine.NonExistent && Connection.State >= TcpState.Established)
            {
                _pduLeft = 0;
                _expireAt = now + OpeningMs;
                _keepAliveAt = now + OpeningMs;
                MaxPdu = LdpMessage.DefaultMaxPdu;
                TypedWildcard = false;
                EndOfLib = false;
                BeginPdu();
                Happen(IsActive ? LdpMachine.ConnectedActive : LdpMachine.ConnectedPassive);
                Flush();
            }
        }

        // The table decides; here is what its actions do. Answers true for Handle.
        private bool Happen(int happening)
        {
            int before = State;
            int step = LdpMachine.Step(State, happening);
            State = step >> 8;
            switch (step & 0xFF)
            {
                case LdpMachine.SendInit:
                    WriteInitialization();
                    break;
                case LdpMachine.SendInitAndKeepAlive:
                    WriteInitialization();
                    WriteKeepAlive();
                    break;
                case LdpMachine.SendKeepAlive:
                    WriteKeepAlive();
                    break;
                case LdpMachine.Up:
                    UpSince = _now;
                    LastStatus = LdpStatus.Success;
                    _backOffMs = RetryMs;
                    _cursor = 0;
                    _addressCursor = 0;
                    _endOfLibDue = EndOfLib;
                    Refused = false;
                    Exhausted = false;
                    PeerExhausted = false;
                    _module.SessionUp(this, _now);
                    break;
                case LdpMachine.Handle:
                    return true;
                case LdpMachine.NotifyAndClose:
                case LdpMachine.Close:
                    if (before == LdpMachine.Operational)
                    {
                        _module.Log(LogEvent.LdpNeighborDown, this, CauseOf(happening));
                    }
                    Release();
                    _module.SessionDown(this, before == LdpMachine.Operational && happening != LdpMachine.Stop && happening != LdpMachine.Shutdown, _now);
                    break;
            }
            return false;
        }

        // A connection that nobody has answered may have had no way there: the next attempt is now, not when TCP's pauses, which double, are over.
        internal void RoutesChanged(uint now)
        {
            if (LsrId != 0 && IsActive && Connection != null && Connection.State == TcpState.SynSent && (int)(now - _openedAt - RetryMs) >= 0)
            {
                _module.Tcp.Release(Connection);
                Connection = null;
                _retryAt = now;
                _backOffMs = RetryMs;
            }
        }

        private int CauseOf(int happening)
        {
            switch (happening)
            {
                case LdpMachine.Timeout: return LogEvent.CauseKeepAlive;
                case LdpMachine.Disconnected: return LogEvent.CauseClosed;
                case LdpMachine.Shutdown: return LogEvent.CauseNotified;
                case LdpMachine.Stop: return LastStatus == LdpStatus.HoldTimerExpired ? LogEvent.CauseHello : LogEvent.CauseStopped;
                default: return LogEvent.CauseBadMessage;
            }
        }

        // Gives the connection back; what is queued still goes out.
        private void Release()
        {
            if (Connection != null)
            {
                _module.Tcp.Release(Connection);
                Connection = null;
                _retryAt = _now + _backOffMs;
            }
        }

        /// <summary>Ends the session with a fatal notification.</summary>
        private void Fail(uint status, uint messageId, int messageType, int happening)
        {
            LastStatus = status;
            if (Ready(LdpMessage.MessageHeader + 14))
            {
                WriteNotification(status | LdpStatus.Fatal, messageId, messageType);
            }
            Flush();
            if (happening == LdpMachine.BadInit && _backOffMs < RejectedRetryMs)
            {
                _backOffMs = RejectedRetryMs;
            }
            Happen(happening);
        }

        /// <summary>The configuration or the last adjacency has gone.</summary>
        internal void Stop(uint status, uint now)
        {
            _now = now;
            if (State != LdpMachine.NonExistent)
            {
                BeginPdu();
                Fail(status, 0, 0, LdpMachine.Stop);
            }
            else
            {
                Release();
                _module.SessionDown(this, false, now);
            }
            LsrId = 0;
        }

        internal void Bill(RamBill bill)
        {
            bill.Object(39);
        }
    }
}
