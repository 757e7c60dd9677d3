using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Control
{
    // Read RFC 4448 section 4 and RFC 8077 sections 2 and 5 before changing this file.

    /// <summary>
    /// Ethernet pseudowires, with labels by hand or by a protocol (<see cref="Requests"/>): of a port in port mode, where every frame is carried, tagged or not; of a service instance;
    /// or a member of a bridge domain. The index of a row is that of <see cref="PseudowireTable"/>. Up while the port, if it has one, is up,
    /// the LSP to the peer's address/32 is there, and a protocol that signals it has agreed with the peer.
    /// </summary>
    public sealed class StaticPseudowires
    {
        /// <summary>
        /// Octets that a frame of a port in port mode may have beyond Ethernet header and MTU: two tags. Of such a frame the port itself says
        /// whether it can carry it; a refused one is counted in the ledger (EgressDropped).
        /// </summary>
        internal const int TagRoom = 2 * VlanTag.Length;

        /// <summary>Tagged mode by hand: the tag that delimits the circuit goes as it is, one of VLAN 0 where there is none.</summary>
        private const int ServiceTag = EthernetHeader.Vlan << 16;

        private readonly Tables _tables;
        private readonly ServiceInstances _instances;
        private readonly EventLog _log;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;
        private readonly LabelManager _labels;
        private readonly LinkEvents _links;
        private readonly NextHopResolver _resolver;
        private readonly RouteSelector _selector;
        private readonly int[] _ofPort;

        /// <summary>The path row that a pseudowire owns, or -1; and why it is down.</summary>
        private readonly int[] _path;
        private readonly byte[] _reason;

        // The port whose link the pseudowire follows; -1 = none: it belongs to a bridge domain.
        private readonly int[] _linkPort;

        public readonly uint[] Peer;
        public readonly uint[] VcId;
        public readonly int[] LocalLabel;
        public readonly int[] RemoteLabel;

        /// <summary>How frames are carried: flags of <see cref="PseudowireTable"/> from ControlWord on.</summary>
        public readonly int[] ModeFlags;

        /// <summary>The same as configured: a peer may not agree to all of it.</summary>
        public readonly int[] WantedFlags;

        /// <summary>Those whose labels a protocol signals.</summary>
        public readonly PseudowireRequests Requests;

        public StaticPseudowires(Tables tables, HostStack host, Capacity capacity, RouteTable routes, LabelManager labels, LinkEvents links,
            NextHopResolver resolver, RouteSelector selector, ServiceInstances instances, EventLog log)
        {
            _log = log;
            _instances = instances;
            _tables = tables;
            _interfaces = host.Interfaces;
            _routes = routes;
            _labels = labels;
            _links = links;
            _resolver = resolver;
            _selector = selector;
            _ofPort = new int[capacity.Ports];
            _path = new int[capacity.Pseudowires];
            _reason = new byte[capacity.Pseudowires];
            Peer = new uint[capacity.Pseudowires];
            VcId = new uint[capacity.Pseudowires];
            LocalLabel = new int[capacity.Pseudowires];
            RemoteLabel = new int[capacity.Pseudowires];
            ModeFlags = new int[capacity.Pseudowires];
            WantedFlags = new int[capacity.Pseudowires];
            Requests = new PseudowireRequests(capacity);
            _linkPort = new int[capacity.Pseudowires];
            for (int i = 0; i < _ofPort.Length; i++)
            {
                _ofPort[i] = PseudowireTable.None;
            }
            for (int pw = 0; pw < _path.Length; pw++)
            {
                _path[pw] = PathTable.None;
                _linkPort[pw] = -1;
            }
        }

        /// <summary>Rows, used or not.</summary>
        public int Count
        {
            get { return _path.Length; }
        }

        /// <returns>The pseudowire of a port, or <see cref="PseudowireTable.None"/>.</returns>
        public int OfPort(int port)
        {
            return _links.IsPort(port) ? _ofPort[port] : PseudowireTable.None;
        }

        public bool IsUsed(int pw)
        {
            return (_tables.Pseudowires.Record[pw * PseudowireTable.Stride] & PseudowireTable.Used) != 0;
        }

        /// <summary>The port of the attachment circuit; -1 for a member of a bridge domain.</summary>
        public int PortOf(int pw)
        {
            return _linkPort[pw];
        }

        /// <returns>The pseudowire to a peer by its VC id, or <see cref="PseudowireTable.None"/>.</returns>
        public int Find(uint peer, uint vcId)
        {
            for (int pw = 0; pw < _path.Length; pw++)
            {
                if (IsUsed(pw) && Peer[pw] == peer && VcId[pw] == vcId)
                {
                    return pw;
                }
            }
            return PseudowireTable.None;
        }

        /// <returns>A <see cref="Reason"/>; None while it is up.</returns>
        public int DownReason(int pw)
        {
            return _reason[pw];
        }

        /// <summary>The longest frame of the circuit that the core takes, link header included; -1 = down, or any (in fragments).</summary>
        public int LongestFrame(int pw)
        {
            if (_path[pw] == PathTable.None || (ModeFlags[pw] & PseudowireTable.FragmentSend) != 0)
            {
                return -1;
            }
            int words = 1 + ((ModeFlags[pw] & PseudowireTable.ControlWord) != 0 ? 1 : 0) + ((ModeFlags[pw] & PseudowireTable.FlowLabelSend) != 0 ? 1 : 0);
            return _tables.Transports.RoomOf(TransportOf(pw)) - words * LabelStackEntry.Length;
        }

        /// <summary>The longest frame without tags that the circuit's port gives; 0 for a member of a bridge domain.</summary>
        public int CircuitFrame(int pw)
        {
            return _linkPort[pw] < 0 ? 0 : _tables.Ports.MtuOf(_linkPort[pw]) + EthernetHeader.Length;
        }

        /// <summary>The transport that the pseudowire's frames leave by, or <see cref="TransportTable.None"/> while it is down.</summary>
        public int TransportOf(int pw)
        {
            if (_path[pw] == PathTable.None)
            {
                return TransportTable.None;
            }
            return _tables.Paths.Record[_path[pw] * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask;
        }

        internal int Set(int port, uint peer, uint vcId, int localLabel, int remoteLabel, int mode, uint now)
        {
            int result = CheckPort(port);
            bool signalled = localLabel == 0;
            if (result == ControlResult.Ok)
            {
                result = CheckPeer(_ofPort[port], peer, vcId, signalled, remoteLabel);
            }
            if (result != ControlResult.Ok)
            {
                return result;
            }
            int pw = _ofPort[port];
            if (pw != PseudowireTable.None && (Requests.IsAsked(pw) != signalled || (signalled && (Peer[pw] != peer || VcId[pw] != vcId))))
            {
                Remove(port, now);
                pw = PseudowireTable.None;
            }
            bool relabel = !signalled && (pw == PseudowireTable.None || LocalLabel[pw] != localLabel);
            if (relabel)
            {
                result = _labels.Reserve(localLabel, LabelOwner.StaticPseudowire, now);
                if (result != ControlResult.Ok)
                {
                    return result;
                }
            }
            if (pw == PseudowireTable.None)
            {
                result = Attach(port);
                pw = _ofPort[port];
                if (result == ControlResult.Ok && !_tables.Pseudowires.SetMode(pw, mode, ServiceTag))
                {
                    Detach(port);
                    result = ControlResult.TableFull;
                }
                if (result != ControlResult.Ok)
                {
                    Cancel(localLabel);
                    return result;
                }
            }
            else
            {
                if (mode != WantedFlags[pw] && !_tables.Pseudowires.SetMode(pw, mode, ServiceTag))
                {
                    Cancel(relabel ? localLabel : 0);
                    return ControlResult.TableFull;
                }
                if (relabel)
                {
                    ReleaseLabel(pw, now);
                }
            }
            Publish(pw, peer, vcId, localLabel, remoteLabel, mode);
            _tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.Pseudowire | pw;
            return ControlResult.Ok;
        }

        private void Publish(int pw, uint peer, uint vcId, int localLabel, int remoteLabel, int mode)
        {
            Peer[pw] = peer;
            VcId[pw] = vcId;
            WantedFlags[pw] = mode;
            ModeFlags[pw] = mode;
            if (localLabel == 0)
            {
                // The protocol gives it labels; a row that was signalled before keeps them, and agrees anew.
                Requests.Ask(pw);
            }
            else
            {
                LocalLabel[pw] = localLabel;
                RemoteLabel[pw] = remoteLabel;
                _tables.Labels.Set(localLabel, ForwardingHandle.Pseudowire | pw, ForwardingHandle.ScopeCore);
            }
            Program(pw);
            _routes.Dirty = true;
        }

        private void Cancel(int label)
        {
            if (label != 0)
            {
                _labels.Cancel(label);
            }
        }

        private void ReleaseLabel(int pw, uint now)
        {
            if (LocalLabel[pw] != 0)
            {
                _tables.Labels.Remove(LocalLabel[pw]);
                _labels.Release(LocalLabel[pw], now);
                LocalLabel[pw] = 0;
                RemoteLabel[pw] = 0;
            }
        }

        // ---- for a protocol that signals labels

        /// <summary>Our label of a signalled pseudowire; taken when it has none.</summary>
        /// <returns>0 when no label is free.</returns>
        public int TakeLabel(int pw, uint now)
        {
            if (LocalLabel[pw] == 0)
            {
                int label = _labels.Allocate(LabelOwner.LdpPseudowire, now);
                if (label == LabelManager.None)
                {
                    return 0;
                }
                LocalLabel[pw] = label;
                _tables.Labels.Set(label, ForwardingHandle.Pseudowire | pw, ForwardingHandle.ScopeCore);
            }
            return LocalLabel[pw];
        }

        /// <summary>Our label of a signalled pseudowire is not valid any more: the protocol has stopped.</summary>
        public void GiveBackLabel(int pw, uint now)
        {
            ReleaseLabel(pw, now);
        }

        /// <summary>What both ends have agreed on; what stands in <see cref="Requests"/> of the row is in force from now on.</summary>
        /// <param name="remoteLabel">0 = none yet.</param>
        /// <param name="mode">Flags of <see cref="PseudowireTable"/>.</param>
        public void Agree(int pw, int remoteLabel, int mode)
        {
            if (mode != ModeFlags[pw])
            {
                GoDown(pw, Reason.Pending);
                _tables.Pseudowires.SetMode(pw, mode, ServiceTag);
                ModeFlags[pw] = mode;
            }
            RemoteLabel[pw] = remoteLabel;
            if (!Program(pw))
            {
                _routes.Dirty = true;
            }
        }

        /// <summary>A pseudowire of a service instance or bridge domain.</summary>
        /// <param name="port">The port whose link it follows, or -1.</param>
        /// <param name="service">Attachment or Bridge handle.</param>
        /// <param name="horizon">Split horizon group in the bridge domain.</param>
        /// <param name="made">The row; the caller makes the service point to it.</param>
        internal int Add(int port, int service, int horizon, uint peer, uint vcId, int localLabel, int remoteLabel, int mode, uint now, out int made)
        {
            made = PseudowireTable.None;
            int result = CheckPeer(PseudowireTable.None, peer, vcId, localLabel == 0, remoteLabel);
            if (result == ControlResult.Ok && localLabel != 0)
            {
                result = _labels.Reserve(localLabel, LabelOwner.StaticPseudowire, now);
            }
            if (result != ControlResult.Ok)
            {
                return result;
            }
            int pw = _tables.Pseudowires.Allocate();
            if (pw == PseudowireTable.None)
            {
                Cancel(localLabel);
                return ControlResult.TableFull;
            }
            bool fits = _tables.Pseudowires.SetMode(pw, mode, ServiceTag);
            if (fits && ForwardingHandle.Kind(service) == ForwardingHandle.Bridge)
            {
                fits = _tables.Bridges.Join(ForwardingHandle.Index(service), ForwardingHandle.Pseudowire | pw, horizon);
            }
            else
            {
                _tables.Pseudowires.Connect(pw, service);
            }
            if (!fits)
            {
                _tables.Pseudowires.Release(pw);
                Cancel(localLabel);
                return ControlResult.TableFull;
            }
            _linkPort[pw] = port;
            Publish(pw, peer, vcId, localLabel, remoteLabel, mode);
            made = pw;
            return ControlResult.Ok;
        }

        /// <summary>Gives back a row that <see cref="Add"/> made. The caller has made sure that no service names it.</summary>
        internal void Delete(int pw, uint now)
        {
            int service = _tables.Pseudowires.Extra[pw * PseudowireTable.ExtraStride + PseudowireTable.Service];
            ReleaseLabel(pw, now);
            Requests.Forget(pw);
            GoDown(pw, Reason.None);
            if (ForwardingHandle.Kind(service) == ForwardingHandle.Bridge)
            {
                _tables.Bridges.Leave(ForwardingHandle.Index(service), ForwardingHandle.Pseudowire | pw);
            }
            _tables.Pseudowires.Release(pw);
            _linkPort[pw] = -1;
            _routes.Dirty = true;
        }

        internal int Remove(int port, uint now)
        {
            int pw = OfPort(port);
            if (pw == PseudowireTable.None)
            {
                return ControlResult.NotFound;
            }
            _tables.Ports.Record[port * PortTable.Stride + PortTable.Any] = ForwardingHandle.None;
            ReleaseLabel(pw, now);
            Requests.Forget(pw);
            GoDown(pw, Reason.None);
            Detach(port);
            _routes.Dirty = true;
            return ControlResult.Ok;
        }

        private void Detach(int port)
        {
            ((IEthernetPort)_tables.Ports.Device[port]).SetPromiscuous(false);
            _tables.Pseudowires.Release(_ofPort[port]);
            _linkPort[_ofPort[port]] = -1;
            _ofPort[port] = PseudowireTable.None;
        }

        /// <summary>Brings a pseudowire in line with its port and the LSP to its peer.</summary>
        /// <returns>False when a table is full.</returns>
        internal bool Program(int pw)
        {
            if (_linkPort[pw] >= 0 && !_links.IsUp(_linkPort[pw]))
            {
                GoDown(pw, Reason.CircuitDown);
                return true;
            }
            int request = pw * PseudowireRequests.Stride;
            bool asked = Requests.IsAsked(pw);
            if (asked && Requests.Record[request + PseudowireRequests.Fault] != Reason.None)
            {
                GoDown(pw, Requests.Record[request + PseudowireRequests.Fault]);
                return true;
            }
            if (_resolver.ResolveByLsp(Peer[pw], RemoteLabel[pw]) != NextHopResolver.Reached)
            {
                GoDown(pw, _resolver.ResolveByIp(VrfStore.Global, Peer[pw]) == NextHopResolver.Reached ? Reason.NoLspToPeer : Reason.NoRouteToPeer);
                return true;
            }
            _resolver.Hops.Sort();
            int chosen = TransportTable.None;
            bool full = false;
            for (int k = 0; k < _resolver.Hops.Count; k++)
            {
                int transport = _selector.ServiceTransport(k);
                full |= transport == TransportTable.None;
                if (transport != TransportTable.None && chosen == TransportTable.None
                    && _tables.Transports.RoomOf(transport) >= 0)
                {
                    chosen = transport;
                }
            }
            if (chosen == TransportTable.None)
            {
                GoDown(pw, full ? Reason.TableFull : Reason.NextHopUnresolved);
                return !full;
            }
            if (asked && Requests.Record[request + PseudowireRequests.RemoteStatus] != PseudowireStatus.Forwarding)
            {
                GoDown(pw, Reason.PeerFault);
                return true;
            }
            return GoUp(pw, chosen);
        }

        /// <summary>The link of a port changed: the pseudowires on it.</summary>
        internal void FollowPort(int port)
        {
            for (int pw = 0; pw < _path.Length; pw++)
            {
                if (_linkPort[pw] == port && IsUsed(pw))
                {
                    Program(pw);
                }
            }
        }

        /// <summary>A neighbour changed: the pseudowires, which may go over it or may now.</summary>
        internal void FollowNeighbors()
        {
            for (int pw = 0; pw < _path.Length; pw++)
            {
                if (IsUsed(pw))
                {
                    Program(pw);
                }
            }
        }

        /// <summary>The port's MTU changed.</summary>
        /// <param name="configured">0 = the configuration does not say.</param>
        internal void FollowMtu(int port, int configured)
        {
            Requests.SetMtu(port, configured);
            Fit(port);
        }

        private void Fit(int port)
        {
            int pw = _ofPort[port];
            if (pw != PseudowireTable.None)
            {
                _tables.Pseudowires.Record[pw * PseudowireTable.Stride + PseudowireTable.MaxFrame] = _tables.Ports.MtuOf(port) + EthernetHeader.Length + TagRoom;
            }
        }

        private int CheckPort(int port)
        {
            if (port < 0 || port >= _interfaces.Count || _interfaces.Name[port] == null)
            {
                return ControlResult.NoSuchInterface;
            }
            if (!_links.IsPort(port))
            {
                return ControlResult.NotAPort;
            }
            if (_tables.Ports.Device[port] == null)
            {
                return ControlResult.NoDevice;
            }
            // Either family makes the port a circuit for untagged frames.
            if (_interfaces.Address[port] != 0 || _tables.Ports.Record[port * PortTable.Stride + PortTable.Untagged] != ForwardingHandle.None)
            {
                return ControlResult.InterfaceHasAddress;
            }
            if (_interfaces.Vrf[port] != VrfStore.Global)
            {
                return ControlResult.InterfaceInVrf;
            }
            if (_tables.Ports.ScopeOf(port) != ForwardingHandle.ScopeNone)
            {
                return ControlResult.InterfaceHasMpls;
            }
            return _instances.HasInstance(port) ? ControlResult.InterfaceHasInstances : ControlResult.Ok;
        }

        private int CheckPeer(int own, uint peer, uint vcId, bool signalled, int remoteLabel)
        {
            if (!Ipv4Address.IsHost(peer) || _interfaces.Owns(VrfStore.Global, peer))
            {
                return ControlResult.PeerInvalid;
            }
            if (!signalled && (remoteLabel < LabelStackEntry.FirstUnreserved || remoteLabel > LabelStackEntry.Last))
            {
                return ControlResult.LabelOutOfRange;
            }
            int other = Find(peer, vcId);
            return other != PseudowireTable.None && other != own ? ControlResult.DuplicatePseudowire : ControlResult.Ok;
        }

        // A row of the pseudowire table for the port, whose MAC is to take every frame.
        private int Attach(int port)
        {
            int pw = _tables.Pseudowires.Allocate();
            if (pw == PseudowireTable.None)
            {
                return ControlResult.TableFull;
            }
            if (!((IEthernetPort)_tables.Ports.Device[port]).SetPromiscuous(true))
            {
                _tables.Pseudowires.Release(pw);
                return ControlResult.NotPromiscuous;
            }
            _tables.Pseudowires.ConnectPort(pw, port);
            _ofPort[port] = pw;
            _linkPort[pw] = port;
            Fit(port);
            return ControlResult.Ok;
        }

        private bool GoUp(int pw, int transport)
        {
            int r = pw * PseudowireTable.Stride;
            int word = LabelStackEntry.Word(RemoteLabel[pw], 0, true, RouteSelector.LabelTtl);
            int old = _path[pw];
            bool same = old != PathTable.None && _tables.Paths.Record[old * PathTable.Stride + PathTable.Service] == word
                && _tables.Paths.Record[old * PathTable.Stride + PathTable.Transport] == transport;
            if (!same)
            {
                int path = _tables.Paths.Allocate(1);
                if (path == PathTable.None)
                {
                    GoDown(pw, Reason.TableFull);
                    return false;
                }
                _tables.Paths.Set(path, word, transport, false);
                _tables.Pseudowires.Record[r + PseudowireTable.Path] = path;
                _path[pw] = path;
                if (old != PathTable.None)
                {
                    _tables.Paths.Release(old, 1);
                }
            }
            if (!_tables.Pseudowires.IsUp(pw))
            {
                _tables.Pseudowires.ResetSequence(pw);
                _log.Add(LogEvent.PseudowireUp, (int)Peer[pw], (int)VcId[pw], 0);
            }
            _tables.Pseudowires.SetUp(pw, true);
            _reason[pw] = Reason.None;
            return true;
        }

        private void GoDown(int pw, int reason)
        {
            if (_tables.Pseudowires.IsUp(pw))
            {
                _log.Add(LogEvent.PseudowireDown, (int)Peer[pw], (int)VcId[pw], reason);
            }
            _tables.Pseudowires.SetUp(pw, false);
            _reason[pw] = (byte)reason;
            if (_path[pw] != PathTable.None)
            {
                _tables.Paths.Release(_path[pw], 1);
                _path[pw] = PathTable.None;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("static pseudowires");
            bill.Object(20);
            bill.Array(_ofPort.Length * 4);
            bill.Array(_path.Length * 4);
            bill.Array(_reason.Length);
            bill.Array(Peer.Length * 4);
            bill.Array(VcId.Length * 4);
            bill.Array(LocalLabel.Length * 4);
            bill.Array(RemoteLabel.Length * 4);
            bill.Array(ModeFlags.Length * 4);
            bill.Array(WantedFlags.Length * 4);
            bill.Array(_linkPort.Length * 4);
            Requests.Bill(bill);
        }
    }
}
