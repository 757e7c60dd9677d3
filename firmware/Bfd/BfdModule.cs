using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Bfd
{
    // Read RFC 5880 section 6.8 and RFC 5881 before changing this file.

    /// <summary>
    /// Bidirectional forwarding detection over single hops of IPv4 (RFC 5880, RFC 5881), asynchronous mode, for all VRFs: it answers what is asked in
    /// <see cref="Liveness"/>, on interfaces that <see cref="BfdSettings"/> gives intervals. Without authentication and echo.
    /// </summary>
    public sealed partial class BfdModule : IProtocolModule, IProtocolShow, IPacketHandler
    {
        public const uint Idle = 0xFFFFFFFF;
        private const int NetworkControl = 48;

        public readonly BfdSettings Settings;
        public readonly BfdSession[] Sessions;

        /// <summary>Packets that did not count, by <see cref="BfdDiscard"/>.</summary>
        public readonly int[] Discarded;

        /// <summary>Neighbours asked about when no session was free.</summary>
        public int NoSessions;

        internal readonly Xorshift Random;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Liveness _liveness;
        private int _settingsVersion;
        private int _rowsVersion;
        private int _passes;
        private int _first;

        /// <param name="entropy">32 octets nobody can guess, of this room's own; not kept.</param>
        public BfdModule(HostStack host, ControlModule control, Capacity capacity, byte[] entropy)
        {
            _host = host;
            _control = control;
            Random = new Xorshift(entropy);
            Settings = new BfdSettings(capacity);
            _liveness = new Liveness(capacity);
            Discarded = new int[BfdDiscard.Count];
            Sessions = new BfdSession[capacity.BfdSessions];
            for (int i = 0; i < Sessions.Length; i++)
            {
                Sessions[i] = new BfdSession(this, i);
            }
            control.Bfd = Settings;
            control.BfdTables = this;
            control.SetLiveness(_liveness);
            host.Handlers.Add(capacity, Ipv4Header.Udp, BfdPacket.Port, this);
        }

        /// <inheritdoc/>
        public uint Poll(uint now, int budget)
        {
            if (_settingsVersion != Settings.Version)
            {
                _settingsVersion = Settings.Version;
                AskForStatics();
                Follow(now);
            }
            else if (_rowsVersion != _liveness.RowsVersion || _passes != _control.Passes)
            {
                Follow(now);
            }
            uint next = Idle;
            for (int i = 0; i < Sessions.Length; i++)
            {
                BfdSession session = Sessions[_first + i < Sessions.Length ? _first + i : _first + i - Sessions.Length];
                if (!session.IsUsed)
                {
                    continue;
                }
                if (budget-- <= 0)
                {
                    // Who had no turn is first next time.
                    _first = session.Index;
                    return 0;
                }
                if (!_host.Interfaces.Usable[session.Port])
                {
                    session.PathDown(now);
                    if (session.Row >= 0)
                    {
                        continue;
                    }
                }
                uint due = session.Poll(now);
                next = due < next ? due : next;
            }
            return next;
        }

        // Rows of static routes as the configuration has them.
        private void AskForStatics()
        {
            for (int row = 0; row < _liveness.Rows; row++)
            {
                if (_liveness.Port[row] >= 0 && !Settings.HasStatic(_liveness.Port[row], _liveness.Neighbor[row]))
                {
                    _liveness.Release(Liveness.Static, row);
                }
            }
            for (int i = 0; i < Settings.StaticPort.Length; i++)
            {
                if (Settings.StaticPort[i] >= 0)
                {
                    _liveness.Ask(Liveness.Static, Settings.StaticPort[i], Settings.StaticNeighbor[i]);
                }
            }
            _control.Routes.Dirty = true;
        }

        // Sessions as they are asked for, and as the interfaces are.
        private void Follow(uint now)
        {
            _rowsVersion = _liveness.RowsVersion;
            _passes = _control.Passes;
            for (int i = 0; i < Sessions.Length; i++)
            {
                BfdSession session = Sessions[i];
                if (session.IsUsed && session.Row >= 0 && !(_liveness.Find(session.Port, session.Neighbor) == session.Row && Speaks(session.Row)))
                {
                    if (_liveness.Find(session.Port, session.Neighbor) == session.Row)
                    {
                        Answer(session, Liveness.Unknown, 0);
                    }
                    session.End(now);
                }
            }
            for (int row = 0; row < _liveness.Rows; row++)
            {
                if (_liveness.Port[row] >= 0 && Speaks(row))
                {
                    Serve(row, now);
                }
            }
        }

        // The interface speaks BFD, and the neighbour is on its link.
        private bool Speaks(int row)
        {
            int port = _liveness.Port[row];
            uint neighbor = _liveness.Neighbor[row];
            InterfaceTable interfaces = _host.Interfaces;
            return port < interfaces.Ports && Settings.TxMs[port] != 0 && interfaces.OnSubnet(port, neighbor) && interfaces.Address[port] != neighbor;
        }

        private void Serve(int row, uint now)
        {
            int port = _liveness.Port[row];
            uint neighbor = _liveness.Neighbor[row];
            BfdSession session = Find(port, neighbor);
            if (session == null)
            {
                session = FreeSession();
                if (session == null)
                {
                    NoSessions++;
                    return;
                }
                uint discriminator = ((Random.Next() & 0x7FFFFF) << 8) | (uint)(session.Index + 1);
                session.Start(row, port, neighbor, discriminator, BfdPacket.FirstSourcePort + Random.Next16() % BfdPacket.SourcePorts, now);
            }
            else if (session.Row < 0)
            {
                session.Resume(row, now);
            }
            session.Configure(Settings.TxMs[port], Settings.RxMs[port], Settings.Multiplier[port]);
        }

        // One that says good-bye gives way.
        private BfdSession FreeSession()
        {
            BfdSession leaving = null;
            for (int i = 0; i < Sessions.Length; i++)
            {
                if (!Sessions[i].IsUsed)
                {
                    return Sessions[i];
                }
                leaving = Sessions[i].Row < 0 ? Sessions[i] : leaving;
            }
            return leaving;
        }

        /// <returns>The session with a neighbour, one that is being ended included, or null.</returns>
        public BfdSession Find(int port, uint neighbor)
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                if (Sessions[i].Port == port && Sessions[i].Neighbor == neighbor)
                {
                    return Sessions[i];
                }
            }
            return null;
        }

        /// <inheritdoc/>
        public bool Receive(Frame frame, int payload, int length, uint now)
        {
            int reason = Take(frame, payload, length, now);
            if (reason != BfdDiscard.None)
            {
                Discarded[reason]++;
            }
            return reason == BfdDiscard.None;
        }

        // RFC 5880 section 6.8.6, first half.
        private int Take(Frame frame, int at, int length, uint now)
        {
            byte[] octets = frame.Octets;
            if (Ipv4Header.ReadTtl(octets, frame.Offset) != IpSender.InitialTtl)
            {
                return BfdDiscard.Ttl;
            }
            int reason = BfdDiscard.OfPacket(octets, at, length);
            if (reason != BfdDiscard.None)
            {
                return reason;
            }
            uint discriminator = BfdPacket.ReadYourDiscriminator(octets, at);
            BfdSession session = discriminator != 0 ? ByDiscriminator(discriminator) : Find(frame.Port, Ipv4Header.ReadSource(octets, frame.Offset));
            if (session == null)
            {
                return discriminator != 0 ? BfdDiscard.NoDiscriminator : BfdDiscard.NoSession;
            }
            if (session.Port != frame.Port)
            {
                return BfdDiscard.OtherInterface;
            }
            if ((BfdPacket.ReadFlags(octets, at) & BfdPacket.Authentication) != 0)
            {
                return BfdDiscard.Authentication;
            }
            return session.Receive(octets, at, now);
        }

        private BfdSession ByDiscriminator(uint discriminator)
        {
            // Its lowest octet is the index + 1.
            uint index = (discriminator & 255) - 1;
            if (index >= (uint)Sessions.Length)
            {
                return null;
            }
            BfdSession session = Sessions[index];
            return session.IsUsed && session.MyDiscriminator == discriminator ? session : null;
        }

        internal bool Send(BfdSession session, int flags)
        {
            InterfaceTable interfaces = _host.Interfaces;
            uint source = interfaces.Address[session.Port];
            if (source == 0 || !interfaces.Usable[session.Port])
            {
                return false;
            }
            byte[] octets = _host.Sender.Transmit.Octets;
            int udp = _host.Sender.Transmit.Headroom + Ipv4Header.Length;
            int length = UdpHeader.Length + BfdPacket.Length;
            session.Write(octets, udp + UdpHeader.Length, flags);
            UdpHeader.Write(octets, udp, session.SourcePort, BfdPacket.Port, length, source, session.Neighbor);
            return _host.Sender.SendPayload(interfaces.Vrf[session.Port], session.Port, Ipv4Header.Udp, NetworkControl, IpSender.InitialTtl, source, session.Neighbor, length)
                == DropReason.None;
        }

        internal void WentUp(BfdSession session)
        {
            _control.Log.Add(LogEvent.BfdUp, session.Port, (int)session.Neighbor, 0);
            Answer(session, Liveness.Up, 0);
        }

        internal void WentDown(BfdSession session)
        {
            _control.Log.Add(LogEvent.BfdDown, session.Port, (int)session.Neighbor, session.Diagnostic);
            Answer(session, Liveness.Down, session.Diagnostic);
        }

        internal void Answer(BfdSession session, int state, int diagnostic)
        {
            if (session.Row < 0)
            {
                return;
            }
            int before = _liveness.Version;
            _liveness.Set(session.Row, state, diagnostic);
            if (_liveness.Version != before && (_liveness.Owners[session.Row] & Liveness.Static) != 0)
            {
                _control.Routes.Dirty = true;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("BFD");
            bill.Object(12);
            Settings.Bill(bill);
            _liveness.Bill(bill);
            bill.Array(Discarded.Length * 4);
            bill.References(Sessions.Length);
            for (int i = 0; i < Sessions.Length; i++)
            {
                Sessions[i].Bill(bill);
            }
            Random.Bill(bill);
        }
    }
}
