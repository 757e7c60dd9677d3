using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Finds why something is down or not in force, from the tables as they are now; nothing is changed. Each question answers a code of
    /// <see cref="Reason"/> and leaves in the fields what it is about; <see cref="Cause"/> is what lies behind it, as in "next hop 10.0.12.2
    /// is not reachable: Ethernet2 is administratively down" (NextHopUnreachable with Address; InterfaceShutdown with CausePort).
    /// The words are <c>ReasonText</c>'s. The resolver's hops are overwritten.
    /// </summary>
    public sealed class Diagnosis
    {
        // As deep as the resolver follows routes through each other.
        private const int MostLevels = NextHopResolver.MaxLevels;

        public int Code;
        public int Port;
        public int Vrf;
        public uint Address;
        public uint Prefix;
        public int Bits;
        public int Value;
        public int Other;
        public int Cause;
        public int CausePort;
        public uint CauseAddress;

        private readonly ControlModule _control;
        private readonly HostStack _host;
        private readonly Tables _tables;

        public Diagnosis(ControlModule control, HostStack host, Tables tables)
        {
            _control = control;
            _host = host;
            _tables = tables;
        }

        private int Begin(int code)
        {
            Code = code;
            Cause = Reason.None;
            return code;
        }

        /// <summary>Why an interface is down.</summary>
        public int OfInterface(int i)
        {
            Port = i;
            return Begin(StateOf(i));
        }

        private int StateOf(int i)
        {
            if (!_control.IsEnabled(i))
            {
                return Reason.InterfaceShutdown;
            }
            if (_control.IsUp(i) || i >= _tables.Ports.Count)
            {
                return Reason.None;
            }
            return _tables.Ports.Device[i] == null ? Reason.NoDevice : _tables.Ports.Device[i].LinkUp ? Reason.LinkIsNew : Reason.NoCarrier;
        }

        /// <summary>Why a candidate of the RIB is not what its prefix is forwarded by.</summary>
        public int OfRoute(int route)
        {
            RouteTable routes = _control.Routes;
            Begin(Reason.None);
            if (routes.IsActive(route))
            {
                return Code;
            }
            Code = Unusable(route, 0);
            if (Code != Reason.None)
            {
                return Code;
            }
            for (int i = routes.FirstOf(routes.Vrf[route], routes.Prefix[route], routes.Bits[route]); i != RouteTable.None; i = routes.NextOf(i))
            {
                if (routes.IsActive(i) && routes.Source[i] != RouteSource.Adjacency)
                {
                    bool equal = routes.Distance[i] == routes.Distance[route] && routes.Metric[i] == routes.Metric[route];
                    return Code = equal ? Reason.EnoughEqualRoutes : Reason.BetterRoute;
                }
            }
            return Code = _control.IsSettled ? Reason.TableFull : Reason.Pending;
        }

        // Why a candidate cannot be used by itself; None when it could.
        private int Unusable(int route, int level)
        {
            RouteTable routes = _control.Routes;
            int port = routes.Port[route];
            uint nextHop = routes.NextHop[route];
            if (routes.Distance[route] == RouteTable.Unreachable)
            {
                return Reason.DistanceNever;
            }
            if (routes.Label[route] >= 0)
            {
                return _control.Resolver.ResolveByLsp(nextHop, routes.Label[route]) == NextHopResolver.Reached ? Reason.None : Lsp(nextHop, level);
            }
            if (IsBfdDown(route))
            {
                return Reason.BfdDown;
            }
            if (port < 0)
            {
                return _control.Resolver.ResolveByIp(routes.Vrf[route], nextHop) == NextHopResolver.Reached ? Reason.None
                    : NextHop(routes.Vrf[route], nextHop, level);
            }
            Port = port;
            int state = StateOf(port);
            if (state != Reason.None || nextHop == 0)
            {
                return state;
            }
            if (_host.Interfaces.Vrf[port] != routes.Vrf[route])
            {
                return Reason.InOtherVrf;
            }
            if (_host.Interfaces.Address[port] == 0)
            {
                return Reason.NoAddress;
            }
            Address = nextHop;
            return _host.Interfaces.Owns(routes.Vrf[route], nextHop) ? Reason.NextHopIsOurs : Reason.None;
        }

        private bool IsBfdDown(int route)
        {
            RouteTable routes = _control.Routes;
            Liveness liveness = _control.Liveness;
            if (liveness == null || routes.Source[route] != RouteSource.Static || routes.NextHop[route] == 0)
            {
                return false;
            }
            int port = routes.Port[route];
            int row = liveness.BlockOf(_host.Interfaces, routes.Vrf[route], routes.NextHop[route], port);
            if (row == Liveness.None || StateOf(liveness.Port[row]) != Reason.None)
            {
                // A link that is down says more.
                return false;
            }
            Address = routes.NextHop[route];
            Value = liveness.State[row] == Liveness.Starting ? -1 : liveness.Diagnostic[row];
            return true;
        }

        /// <summary>Why a candidate of the IPv6 RIB is not what its prefix is forwarded by. <see cref="Address"/> is 0 for a next hop of IPv6.</summary>
        public int OfRoute6(int route)
        {
            Ipv6RouteTable routes = _control.Routes6;
            Begin(Reason.None);
            if (routes.IsActive(route))
            {
                return Code;
            }
            Code = Unusable6(route);
            if (Code != Reason.None)
            {
                return Code;
            }
            for (int i = routes.FirstOf(routes.Vrf[route], routes.Prefix, route * Ipv6Header.AddressLength, routes.Bits[route]); i != Ipv6RouteTable.None; i = routes.NextOf(i))
            {
                if (routes.IsActive(i) && routes.Source[i] != RouteSource.Adjacency)
                {
                    return Code = routes.Distance[i] == routes.Distance[route] ? Reason.EnoughEqualRoutes : Reason.BetterRoute;
                }
            }
            return Code = _control.IsSettled ? Reason.TableFull : Reason.Pending;
        }

        private int Unusable6(int route)
        {
            Ipv6RouteTable routes = _control.Routes6;
            Address = 0;
            Port = routes.Port[route];
            if (routes.Distance[route] == RouteTable.Unreachable)
            {
                return Reason.DistanceNever;
            }
            if (routes.Label[route] >= 0)
            {
                return _control.Resolver.ResolveByLsp(routes.Peer[route], routes.Label[route]) == NextHopResolver.Reached ? Reason.None : Lsp(routes.Peer[route], 0);
            }
            if (Port >= 0)
            {
                int state = StateOf(Port);
                return state != Reason.None || !routes.HasNextHop(route) ? state
                    : _host.Interfaces.Vrf[Port] != routes.Vrf[route] ? Reason.InOtherVrf : _host.Ipv6.Enabled[Port] ? Reason.None : Reason.NoAddress;
            }
            return FindCause6(route) ? Reason.None : Reason.NextHopUnreachable;
        }

        // The longest prefix over the next hop: true when it is in use.
        private bool FindCause6(int route)
        {
            Ipv6RouteTable routes = _control.Routes6;
            int best = Ipv6RouteTable.None;
            for (int i = 0; i < routes.High; i++)
            {
                if (i != route && routes.IsUsed(i) && routes.Vrf[i] == routes.Vrf[route] && routes.Source[i] != RouteSource.Adjacency
                    && Ipv6Address.SamePrefix(routes.Prefix, i * Ipv6Header.AddressLength, routes.NextHop, route * Ipv6Header.AddressLength, routes.Bits[i])
                    && (best == Ipv6RouteTable.None || routes.Bits[i] > routes.Bits[best]))
                {
                    best = i;
                }
            }
            if (best == Ipv6RouteTable.None)
            {
                Cause = Reason.NoRoute;
                CauseAddress = 0;
                Vrf = routes.Vrf[route];
                return false;
            }
            if (routes.Source[best] == RouteSource.Local && _control.IsUp(routes.Port[best]))
            {
                Cause = Reason.NextHopIsOurs;
                return false;
            }
            CausePort = routes.Port[best];
            Cause = routes.Source[best] != RouteSource.Static ? StateOf(CausePort) : Reason.None;
            return routes.IsActive(best);
        }

        /// <summary>Why an address of a VRF is not reached by IP.</summary>
        public int OfNextHop(int vrf, uint address)
        {
            Begin(Reason.None);
            return _control.Resolver.ResolveByIp(vrf, address) == NextHopResolver.Reached ? Reason.None : Code = NextHop(vrf, address, 0);
        }

        // The cause is what is wrong with the longest prefix over the address: a shorter one would lead elsewhere.
        private int NextHop(int vrf, uint address, int level)
        {
            Vrf = vrf;
            Address = address;
            if (_host.Interfaces.Owns(vrf, address))
            {
                return Reason.NextHopIsOurs;
            }
            bool loop = _control.Resolver.ResolveByIp(vrf, address) == NextHopResolver.Loop;
            FindCause(vrf, address, 32, level);
            Address = address;
            return loop ? Reason.NextHopLoops : Reason.NextHopUnreachable;
        }

        private void FindCause(int vrf, uint address, int longest, int level)
        {
            RouteTable routes = _control.Routes;
            Cause = Reason.NoRoute;
            CauseAddress = address;
            Vrf = vrf;
            for (int bits = longest; bits >= 0 && level < MostLevels; bits--)
            {
                for (int i = routes.FirstOf(vrf, address & InterfaceTable.MaskOf(bits), bits); i != RouteTable.None; i = routes.NextOf(i))
                {
                    if (routes.Source[i] == RouteSource.Adjacency)
                    {
                        continue;
                    }
                    int why = Unusable(i, level + 1);
                    if (why == Reason.None)
                    {
                        return;
                    }
                    if (why != Reason.NextHopUnreachable && why != Reason.NextHopLoops && why != Reason.NoLsp)
                    {
                        // The root of the matter; what lies deeper has put its own cause.
                        Cause = why;
                        CausePort = Port;
                        CauseAddress = Address;
                    }
                    return;
                }
            }
        }

        /// <summary>Why there is no label switched path to a PE's address.</summary>
        public int OfLsp(uint address)
        {
            Begin(Reason.None);
            return _control.Resolver.ResolveByLsp(address, 0) == NextHopResolver.Reached ? Reason.None : Code = Lsp(address, 0);
        }

        private int Lsp(uint address, int level)
        {
            NextHopResolver resolver = _control.Resolver;
            if (resolver.ResolveByIp(VrfStore.Global, address) != NextHopResolver.Reached)
            {
                NextHop(VrfStore.Global, address, level);
                return Reason.NoLsp;
            }
            Vrf = VrfStore.Global;
            Address = address;
            Prefix = address;
            Bits = 32;
            FindLabelCause();
            return Reason.NoLsp;
        }

        // Of the hops that the resolver has just found, the first: it takes no labels, or has bound none to Prefix/Bits.
        private void FindLabelCause()
        {
            HopList hops = _control.Resolver.Hops;
            if (hops.Count == 0)
            {
                return;
            }
            CausePort = hops.Port[0];
            CauseAddress = hops.Address[0];
            Cause = _control.Resolver.TakesLabels(CausePort) ? Reason.NoLabelFromNeighbor : Reason.NoLabelsOnLink;
        }

        /// <summary>Why an input binding's label is not forwarded.</summary>
        public int OfBinding(int binding)
        {
            LabelBindings bindings = _control.Bindings;
            Begin(Reason.None);
            Prefix = bindings.Prefix[binding];
            Bits = bindings.Bits[binding];
            Vrf = bindings.Vrf[binding];
            switch (bindings.State[binding])
            {
                case StaticLabels.NoRoute:
                    if (_control.Resolver.ResolveFec(Prefix, Bits) != NextHopResolver.Reached)
                    {
                        FindCause(VrfStore.Global, Prefix, Bits, 0);
                        Cause = Cause == Reason.NoRoute ? Reason.None : Cause;
                    }
                    return Code = Reason.NoRouteToPrefix;
                case StaticLabels.NoOutputBinding:
                    Address = bindings.StateNextHop[binding];
                    return Code = Reason.NoLabelFromNeighbor;
                case StaticLabels.NoLabelsOnLink:
                    Address = bindings.StateNextHop[binding];
                    Port = PortTo(Address);
                    return Code = Reason.NoLabelsOnLink;
                case StaticLabels.TableFull:
                    return Code = Reason.TableFull;
                default:
                    return Code;
            }
        }

        private int PortTo(uint nextHop)
        {
            return _control.Resolver.ResolveByIp(VrfStore.Global, nextHop) == NextHopResolver.Reached && _control.Resolver.Hops.Count != 0 ? _control.Resolver.Hops.Port[0] : -1;
        }

        /// <summary>Why a pseudowire is down; or, up, that the core is too narrow for its circuit.</summary>
        public int OfPseudowire(int pw)
        {
            StaticPseudowires pseudowires = _control.Pseudowires;
            Begin(Reason.None);
            Code = pseudowires.DownReason(pw);
            uint peer = pseudowires.Peer[pw];
            switch (Code)
            {
                case Reason.None:
                    Value = pseudowires.LongestFrame(pw);
                    return Code = Value >= 0 && Value < pseudowires.CircuitFrame(pw) ? Reason.CoreMtuTooSmall : Reason.None;
                case Reason.CircuitDown:
                    CausePort = pseudowires.PortOf(pw);
                    Cause = StateOf(CausePort);
                    return Code;
                case Reason.NoRouteToPeer:
                    NextHop(VrfStore.Global, peer, 0);
                    Cause = Cause == Reason.NoRoute && CauseAddress == peer ? Reason.None : Cause;
                    return Code;
                case Reason.NoLspToPeer:
                    Lsp(peer, 0);
                    return Code;
                case Reason.NextHopUnresolved:
                    FindUnresolved(peer);
                    return Code;
                default:
                    FindDisagreement(pw);
                    return Code;
            }
        }

        private void FindDisagreement(int pw)
        {
            int[] record = _control.Pseudowires.Requests.Record;
            int r = pw * PseudowireRequests.Stride;
            switch (Code)
            {
                case Reason.MtuMismatch:
                    Value = record[r + PseudowireRequests.LocalMtu];
                    Other = record[r + PseudowireRequests.RemoteMtu];
                    break;
                case Reason.TypeMismatch:
                    Value = (_control.Pseudowires.WantedFlags[pw] & PseudowireTable.Tagged) != 0 ? 4 : 5;
                    Other = record[r + PseudowireRequests.RemoteType];
                    break;
                case Reason.ControlWordMismatch:
                    Value = record[r] & PseudowireRequests.LocalWord;
                    Other = record[r] & PseudowireRequests.RemoteWord;
                    break;
                case Reason.PeerFault:
                    Other = record[r + PseudowireRequests.RemoteStatus];
                    break;
            }
        }

        private void FindUnresolved(uint peer)
        {
            if (_control.Resolver.ResolveByLsp(peer, 0) != NextHopResolver.Reached)
            {
                return;
            }
            Address = _control.Resolver.Hops.Address[0];
            Port = _control.Resolver.Hops.Port[0];
            int n = _host.Neighbors.Find(Port, Address);
            Cause = n < 0 ? Reason.None : StateOfNeighbor(n);
            CausePort = Port;
            CauseAddress = Address;
        }

        /// <summary>Why an ARP entry cannot be sent to.</summary>
        public int OfNeighbor(int n)
        {
            Port = _host.Neighbors.PortOf(n);
            Address = _host.Neighbors.AddressOf(n);
            return Begin(StateOfNeighbor(n));
        }

        private int StateOfNeighbor(int n)
        {
            int state = _host.Neighbors.StateOf(n);
            if (_host.Neighbors.IsResolved(n))
            {
                return _host.Neighbors.IsWithheld(_host.Neighbors.PortOf(n)) ? Reason.NeighborWithheld : Reason.None;
            }
            return state == NeighborSlots.Failed ? Reason.NeighborFailed : _control.IsUp(_host.Neighbors.PortOf(n)) ? Reason.NeighborIncomplete : Reason.NeighborWithheld;
        }

        /// <summary>The IPv4 neighbour that a transport leads to, resolved or not; -1 = none (a free row, or a neighbour of IPv6).</summary>
        public int NeighborOf(int transport)
        {
            NeighborTable neighbors = _host.Neighbors;
            for (int n = 0; n < neighbors.Count; n++)
            {
                if (neighbors.StateOf(n) != NeighborSlots.Free && (neighbors.IpTransport(n) == transport || neighbors.KnownMplsTransport(n) == transport))
                {
                    return n;
                }
            }
            return _control.Tunnels.NeighborOf(transport);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(14);
        }
    }
}
