using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;
using LabEdge.Tcp;

namespace LabEdge.Ldp
{
    // Read RFC 5036 sections 2.4 to 2.6 and 3.5.2 before changing this file.

    /// <summary>
    /// The label distribution protocol (RFC 5036), downstream unsolicited with liberal retention, for IPv4 prefixes of the global table: discovery,
    /// sessions, and the label information base, whose results stand in <see cref="LabelBindings"/> beside the static ones. It does nothing until
    /// <see cref="LdpSettings.Enabled"/>.
    /// </summary>
    public sealed partial class LdpModule : IProtocolModule, IProtocolShow, IRowOwner, ITcpListener, IPacketHandler
    {
        public const uint Idle = 0xFFFFFFFF;

        /// <summary>How long what a lost session gave us stays in use, for the neighbour to come back.</summary>
        public const uint StaleMs = 20000;

        /// <summary>Least time between requests for what was given back for want of rows.</summary>
        public const uint AskAgainMs = 30000;

        public readonly LdpSettings Settings;
        public readonly LabelInformationBase Lib;
        public readonly HelloTable Hellos;
        public readonly PseudowireBindings Wires;
        public readonly LdpSession[] Sessions;

        /// <summary>Our LSR id and transport address; 0 = LDP does not run.</summary>
        public uint LsrId;

        /// <summary>The longest PDU that we take, in octets.</summary>
        public readonly int MaxPdu;

        /// <summary>Labels wanted when none was free; hellos without a row; PDUs of hellos that were none; hellos not wanted.</summary>
        public int NoLabels;
        public int NoRows;
        public int BadHellos;
        public int Unwanted;

        internal readonly TcpStack Tcp;
        internal readonly PduWriter Writer;
        internal readonly byte[] Message;
        internal readonly TlvReader Tlv;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Tables _tables;
        private readonly int _addressSlots;
        private readonly uint[] _sent;
        private readonly uint[] _address;
        private readonly short[] _addressSession;
        private readonly bool[] _addressStale;
        private readonly uint[] _hops;
        private int _settingsVersion;
        private int _passes;
        private uint _now;

        public LdpModule(Tables tables, HostStack host, ControlModule control, TcpStack tcp, Capacity capacity)
        {
            _tables = tables;
            _host = host;
            _control = control;
            Tcp = tcp;
            MaxPdu = capacity.TcpRing > 4200 ? LdpMessage.DefaultMaxPdu : capacity.TcpRing - 64;
            Writer = new PduWriter(MaxPdu < 1200 ? MaxPdu : 1200);
            Message = new byte[MaxPdu];
            Tlv = new TlvReader();
            Settings = new LdpSettings();
            Settings.HostRoutesDefault = capacity.LdpFecs <= 64;
            Settings.HostRoutes = Settings.HostRoutesDefault;
            control.Ldp = Settings;
            control.LdpTables = this;
            control.AddRowOwner(this);
            Lib = new LabelInformationBase(capacity);
            Hellos = new HelloTable(capacity);
            Wires = new PseudowireBindings(capacity);
            Sessions = new LdpSession[capacity.LdpSessions];
            for (int i = 0; i < Sessions.Length; i++)
            {
                Sessions[i] = new LdpSession(this, i);
            }
            _addressSlots = host.Interfaces.Count;
            _sent = new uint[Sessions.Length * _addressSlots];
            _address = new uint[capacity.LdpAddresses];
            _addressSession = new short[capacity.LdpAddresses];
            _addressStale = new bool[capacity.LdpAddresses];
            _hops = new uint[control.Resolver.Hops.Port.Length];
            _helloAt = new uint[capacity.Ports];
            _joined = new bool[capacity.Ports];
            _target = new uint[capacity.LdpSessions];
            _targetAt = new uint[capacity.LdpSessions];
            control.Bindings.Retention = this;
            host.Handlers.Add(capacity, Forwarding.Wire.Ipv4Header.Udp, LdpMessage.Port, this);
            tcp.Listen(VrfStore.Global, LdpMessage.Port, this);
        }

        /// <inheritdoc/>
        public uint Poll(uint now, int budget)
        {
            _now = now;
            if (_settingsVersion != Settings.Version || (Settings.Enabled && !_host.Interfaces.Owns(VrfStore.Global, LsrId)))
            {
                ApplySettings();
            }
            FollowPseudowires();
            if (LsrId == 0)
            {
                return FollowSync() ? 0 : Settings.Enabled ? ControlModule.LinkCheckMs : Idle;
            }
            if (_passes != _control.Passes)
            {
                _passes = _control.Passes;
                _rescan = true;
                GreetUnheard();
                for (int i = 0; i < Sessions.Length; i++)
                {
                    Sessions[i].AddressesChanged();
                    Sessions[i].RoutesChanged(now);
                }
            }
            if (_lacking && (int)(now - _tryLabelsAt) >= 0)
            {
                _rescan = true;
            }
            uint next = PollDiscovery();
            next = _lacking ? Least(next, _tryLabelsAt) : next;
            for (int i = 0; i < Sessions.Length; i++)
            {
                LdpSession session = Sessions[i];
                uint due = session.Poll(now, ref budget);
                if (session.IsStale && (int)(now - session.StaleUntil) >= 0)
                {
                    SweepStale(session);
                }
                else if (session.IsStale)
                {
                    due = due < session.StaleUntil - now ? due : session.StaleUntil - now;
                }
                next = due < next ? due : next;
            }
            PollLib(ref budget);
            if (FollowSync())
            {
                // The IGP may have had its turn in this poll.
                return 0;
            }
            return budget <= 0 || _rescan || _phase != 0 || AnyDue() ? (budget <= 0 ? 0 : SoonWhenWritable(next)) : next;
        }

        // Something is due, but its connection takes nothing now: acknowledgments wake us.
        private uint SoonWhenWritable(uint next)
        {
            return _rescan || _phase != 0 ? 0 : next < 100 ? next : 100;
        }

        private bool AnyDue()
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                if ((Sessions[i].AnyDue || Sessions[i].WireDue) && Sessions[i].State == LdpMachine.Operational)
                {
                    return true;
                }
            }
            return false;
        }

        private void ApplySettings()
        {
            _settingsVersion = Settings.Version;
            uint id = Settings.Enabled ? ChooseId() : 0;
            if (id != LsrId)
            {
                StopAll();
                LsrId = id;
            }
            _rescan = true;
        }

        private uint ChooseId()
        {
            InterfaceTable interfaces = _host.Interfaces;
            int chosen = Settings.RouterIdInterface;
            bool usable = chosen >= 0 && interfaces.Address[chosen] != 0 && interfaces.Usable[chosen] && interfaces.Vrf[chosen] == VrfStore.Global;
            if (usable && (Settings.Force || LsrId == 0))
            {
                return interfaces.Address[chosen];
            }
            if (LsrId != 0 && interfaces.Owns(VrfStore.Global, LsrId))
            {
                return LsrId;
            }
            if (usable)
            {
                return interfaces.Address[chosen];
            }
            uint best = Highest(interfaces, interfaces.Ports, interfaces.Count);
            return best != 0 ? best : Highest(interfaces, 0, interfaces.Ports);
        }

        private static uint Highest(InterfaceTable interfaces, int from, int to)
        {
            uint best = 0;
            for (int i = from; i < to; i++)
            {
                if (interfaces.Vrf[i] == VrfStore.Global && interfaces.Usable[i] && interfaces.Address[i] > best)
                {
                    best = interfaces.Address[i];
                }
            }
            return best;
        }

        private void StopAll()
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                if (Sessions[i].LsrId != 0)
                {
                    Sessions[i].Stop(LdpStatus.Shutdown, _now);
                }
            }
            for (int i = 0; i < Hellos.Rows; i++)
            {
                Hellos.LsrId[i] = 0;
            }
            LeaveGroups();
            for (int fec = Lib.High - 1; fec >= 0; fec--)
            {
                if (Lib.Flags[fec] != 0)
                {
                    DropLocal(fec);
                    _control.StaticLabels.KeepOutputs(LabelOwner.Ldp, Lib.Prefix[fec], Lib.Bits[fec], _hops, 0);
                    Lib.Free(fec);
                }
            }
            _phase = 0;
        }

        // ---- sessions

        /// <returns>The session of a neighbour, or null.</returns>
        public LdpSession FindSession(uint lsrId)
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                if (Sessions[i].LsrId == lsrId)
                {
                    return Sessions[i];
                }
            }
            return null;
        }

        /// <inheritdoc/>
        public bool Offer(TcpConnection connection)
        {
            for (int i = 0; i < Sessions.Length; i++)
            {
                LdpSession session = Sessions[i];
                if (session.LsrId != 0 && session.Transport == connection.Remote && connection.Local == LsrId)
                {
                    connection.Key = Settings.KeyOf(session.LsrId);
                    connection.LeastTtl = LeastTtl(session);
                    return session.Accept(connection);
                }
            }
            return false;
        }

        /// <inheritdoc/>
        public byte[] KeyOf(uint remote)
        {
            return Settings.KeyOf(remote);
        }

        internal bool Reaches(uint address)
        {
            return _control.Resolver.ResolveByIp(VrfStore.Global, address) == NextHopResolver.Reached;
        }

        internal TcpConnection Open(LdpSession session, uint now)
        {
            return Tcp.Open(VrfStore.Global, LsrId, session.Transport, LdpMessage.Port, Settings.KeyOf(session.LsrId), LeastTtl(session), now);
        }

        // RFC 6720 section 2: with GTSM at both ends of a link, what has crossed a router is not the neighbour's.
        private int LeastTtl(LdpSession session)
        {
            bool gtsm = false;
            for (int i = 0; i < Hellos.Rows; i++)
            {
                if (Hellos.LsrId[i] == session.LsrId)
                {
                    if (Hellos.Port[i] == HelloTable.Targeted)
                    {
                        return 0;
                    }
                    gtsm |= Hellos.Gtsm[i] && WantsGtsm(Hellos.Port[i]);
                }
            }
            return gtsm ? 255 : 0;
        }

        internal void Log(int code, LdpSession session, int cause)
        {
            _control.Log.Add(code, (int)session.LsrId, session.Index + 1, cause);
        }

        internal void SessionUp(LdpSession session, uint now)
        {
            Log(LogEvent.LdpNeighborUp, session, 0);
            for (int i = 0; i < _addressSlots; i++)
            {
                _sent[session.Index * _addressSlots + i] = 0;
            }
            for (int i = 0; i < _address.Length; i++)
            {
                _addressStale[i] |= _address[i] != 0 && _addressSession[i] == session.Index;
            }
            session.StaleUntil = now + StaleMs;
            session.IsStale = true;
            AdvertiseAll(session);
            _sessionIsNew = true;
            FollowPseudowires();
            _sessionIsNew = false;
        }

        /// <summary>A session has ended.</summary>
        /// <param name="keep">Its bindings stay in use for a while.</param>
        internal void SessionDown(LdpSession session, bool keep, uint now)
        {
            session.AnyDue = false;
            session.WireDue = false;
            DropPseudowires(session);
            for (int fec = Lib.High - 1; fec >= 0; fec--)
            {
                if (Lib.Flags[fec] == 0)
                {
                    continue;
                }
                int i = fec * Lib.Sessions + session.Index;
                Lib.State[i] = keep && Lib.Remote[i] != LabelInformationBase.None ? LabelInformationBase.Stale : (byte)0;
                if (!keep && Lib.Remote[i] != LabelInformationBase.None)
                {
                    Lib.Remote[i] = LabelInformationBase.None;
                    Follow(fec);
                }
                else
                {
                    Lib.FreeIfEmpty(fec);
                }
            }
            if (keep)
            {
                session.IsStale = true;
                session.StaleUntil = now + StaleMs;
                return;
            }
            session.IsStale = false;
            for (int i = 0; i < _address.Length; i++)
            {
                if (_addressSession[i] == session.Index)
                {
                    _address[i] = 0;
                }
            }
            _rescan = true;
        }

        /// <summary>What the session before gave us and this one did not is forgotten.</summary>
        internal void SweepStale(LdpSession session)
        {
            session.IsStale = false;
            for (int i = 0; i < _address.Length; i++)
            {
                if (_addressStale[i] && _addressSession[i] == session.Index)
                {
                    _address[i] = 0;
                    _addressStale[i] = false;
                    _rescan = true;
                }
            }
            for (int fec = Lib.High - 1; fec >= 0; fec--)
            {
                int i = fec * Lib.Sessions + session.Index;
                if (Lib.Flags[fec] != 0 && (Lib.State[i] & LabelInformationBase.Stale) != 0)
                {
                    Lib.State[i] = (byte)(Lib.State[i] & ~LabelInformationBase.Stale);
                    Lib.Remote[i] = LabelInformationBase.None;
                    Follow(fec);
                }
            }
        }

        // ---- addresses

        internal int AddressSlots
        {
            get { return _addressSlots; }
        }

        /// <summary>The address of an interface that the neighbours are told; 0 = none.</summary>
        internal uint AddressToSend(int session, int slot)
        {
            InterfaceTable interfaces = _host.Interfaces;
            return interfaces.Usable[slot] && interfaces.Vrf[slot] == VrfStore.Global ? interfaces.Address[slot] : 0;
        }

        internal uint AddressSent(int session, int slot)
        {
            return _sent[session * _addressSlots + slot];
        }

        internal void MarkAddressSent(int session, int slot, uint address)
        {
            _sent[session * _addressSlots + slot] = address;
        }

        internal void LearnAddress(LdpSession session, uint address, bool added)
        {
            int free = -1;
            for (int i = 0; i < _address.Length; i++)
            {
                if (_address[i] == address && _addressSession[i] == session.Index)
                {
                    _addressStale[i] = false;
                    if (!added)
                    {
                        _address[i] = 0;
                        _rescan = true;
                    }
                    return;
                }
                free = _address[i] == 0 ? i : free;
            }
            if (!added || address == 0)
            {
                return;
            }
            if (free < 0)
            {
                NoRows++;
                return;
            }
            _address[free] = address;
            _addressSession[free] = (short)session.Index;
            _addressStale[free] = false;
            _rescan = true;
        }

        /// <returns>The session of the neighbour that has this address, or -1.</returns>
        public int SessionOf(uint address)
        {
            for (int i = 0; i < _address.Length; i++)
            {
                if (_address[i] == address && address != 0)
                {
                    return _addressSession[i];
                }
            }
            return -1;
        }

        /// <returns>The n-th address of a neighbour, or 0.</returns>
        public uint AddressOf(LdpSession session, int n)
        {
            for (int i = 0; i < _address.Length; i++)
            {
                if (_address[i] != 0 && _addressSession[i] == session.Index && n-- == 0)
                {
                    return _address[i];
                }
            }
            return 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("LDP");
            bill.Object(43);
            Settings.Bill(bill);
            Lib.Bill(bill);
            Hellos.Bill(bill);
            Wires.Bill(bill);
            bill.References(Sessions.Length);
            for (int i = 0; i < Sessions.Length; i++)
            {
                Sessions[i].Bill(bill);
            }
            Writer.Bill(bill);
            bill.Array(Message.Length);
            bill.Object(7);
            bill.Array(_sent.Length * 4);
            bill.Array(_address.Length * 4);
            bill.Array(_addressSession.Length * 2);
            bill.Array(_addressStale.Length);
            bill.Array(_hops.Length * 4);
            bill.Array(_helloAt.Length * 4);
            bill.Array(_joined.Length);
            bill.Array(_target.Length * 4);
            bill.Array(_targetAt.Length * 4);
        }
    }
}
