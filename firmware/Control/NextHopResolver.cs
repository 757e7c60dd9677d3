using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Answers two questions apart: how is a next hop reached by IP, and how by LSP. The answer is a list of hops on directly
    /// connected links. Static routes are followed through each other up to <see cref="MaxLevels"/> deep; a loop reaches nothing.
    /// It reads configuration, link state and
    /// what is known to be alive only, so its answer does not depend on the order of events.
    /// </summary>
    public sealed class NextHopResolver
    {
        public const int MaxLevels = 4;

        /// <summary>Answers; a route's index (0 and above) also means "reached".</summary>
        public const int Reached = 0;
        public const int Unreachable = -1;

        /// <summary>The way leads back to itself, or is deeper than <see cref="MaxLevels"/>.</summary>
        public const int Loop = -2;

        public readonly HopList Hops;

        /// <summary>Source and length of the route that a next hop or FEC was found by.</summary>
        public int MatchedSource;
        public int MatchedBits;

        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;
        private readonly LinkEvents _links;
        private readonly LabelBindings _bindings;

        /// <summary>Who knows which neighbours of static routes are alive; or null.</summary>
        internal Liveness Liveness;

        /// <summary>The prefixes that are being resolved, outermost first.</summary>
        private readonly int[] _wayVrf;
        private readonly uint[] _wayPrefix;
        private readonly int[] _wayBits;
        private int _depth;

        /// <summary>Where the levels of the present question begin: the way to a PE is counted apart from the VPN route's.</summary>
        private int _base;

        public NextHopResolver(Tables tables, HostStack host, Capacity capacity, RouteTable routes, LinkEvents links, LabelBindings bindings)
        {
            _tables = tables;
            _interfaces = host.Interfaces;
            _routes = routes;
            _links = links;
            _bindings = bindings;
            Hops = new HopList(capacity);
            _wayVrf = new int[2 * MaxLevels + 2];
            _wayPrefix = new uint[2 * MaxLevels + 2];
            _wayBits = new int[2 * MaxLevels + 2];
        }

        /// <summary>How a next hop of this VRF is reached by IP.</summary>
        /// <returns><see cref="Reached"/> with the hops, <see cref="Unreachable"/> or <see cref="Loop"/>.</returns>
        public int ResolveByIp(int vrf, uint nextHop)
        {
            Reset();
            return ByIp(vrf, nextHop, 32);
        }

        /// <summary>How a PE is reached by LSP: the hops that bound a label to its address/32, or to the prefix of the route to it, and take labels on their link.</summary>
        /// <param name="serviceLabel">What is pushed under the LSP's label.</param>
        public int ResolveByLsp(uint address, int serviceLabel)
        {
            Reset();
            return ByLsp(address, serviceLabel);
        }

        /// <summary>The next hops of a FEC of the global table. <see cref="MatchedSource"/> tells when the FEC ends here.</summary>
        public int ResolveFec(uint prefix, int bits)
        {
            Reset();
            return ByIp(VrfStore.Global, prefix, bits);
        }

        /// <summary>
        /// The best candidate of exactly this prefix that is usable now, by distance, then metric; with the hops of all equally good
        /// static ones. No candidate is active after it: the caller says which it installs.
        /// </summary>
        /// <returns>A route's index, <see cref="Unreachable"/> or <see cref="Loop"/>.</returns>
        internal int Select(int vrf, uint prefix, int bits)
        {
            Reset();
            ClearActive(vrf, prefix, bits);
            return Best(vrf, prefix, bits, true);
        }

        private void ClearActive(int vrf, uint prefix, int bits)
        {
            for (int i = _routes.FirstOf(vrf, prefix, bits); i != RouteTable.None; i = _routes.NextOf(i))
            {
                _routes.SetActive(i, false);
            }
        }

        /// <summary>True when labels may be sent over this port.</summary>
        public bool TakesLabels(int port)
        {
            return _tables.Ports.ScopeOf(port) == ForwardingHandle.ScopeCore;
        }

        internal bool IsPort(int i)
        {
            return _links.IsPort(i);
        }

        private void Reset()
        {
            Hops.Count = 0;
            _depth = 0;
            _base = 0;
            MatchedSource = RouteSource.None;
            MatchedBits = 0;
        }

        private int Best(int vrf, uint prefix, int bits, bool forwarding)
        {
            if (_depth - _base > MaxLevels || _depth == _wayBits.Length || IsOnTheWay(vrf, prefix, bits))
            {
                return Loop;
            }
            _wayVrf[_depth] = vrf;
            _wayPrefix[_depth] = prefix;
            _wayBits[_depth] = bits;
            _depth++;
            int answer = BestByRank(vrf, prefix, bits, forwarding);
            _depth--;
            return answer;
        }

        // Ranks (distance, metric) from the best down, until one has a usable candidate.
        private int BestByRank(int vrf, uint prefix, int bits, bool forwarding)
        {
            bool loop = false;
            int distance = -1;
            int metric = 0;
            while (true)
            {
                int next = NextRank(vrf, prefix, bits, distance, metric, forwarding);
                if (next == RouteTable.None)
                {
                    return loop ? Loop : Unreachable;
                }
                distance = _routes.Distance[next];
                metric = _routes.Metric[next];
                int best = RouteTable.None;
                for (int i = _routes.FirstOf(vrf, prefix, bits); i != RouteTable.None; i = _routes.NextOf(i))
                {
                    if (_routes.Distance[i] != distance || _routes.Metric[i] != metric)
                    {
                        continue;
                    }
                    int first = Hops.Count;
                    int answer = Use(i);
                    loop |= answer == Loop;
                    if (forwarding)
                    {
                        Hops.SetRoute(first, i);
                    }
                    if (answer == Reached)
                    {
                        if (best == RouteTable.None || _routes.Port[i] < _routes.Port[best])
                        {
                            best = i;
                        }
                    }
                }
                if (best != RouteTable.None)
                {
                    return best;
                }
            }
        }

        // A candidate of the best rank after (distance, metric), or None.
        private int NextRank(int vrf, uint prefix, int bits, int distance, int metric, bool forwarding)
        {
            int next = RouteTable.None;
            for (int i = _routes.FirstOf(vrf, prefix, bits); i != RouteTable.None; i = _routes.NextOf(i))
            {
                if (!forwarding && _routes.Source[i] == RouteSource.Adjacency)
                {
                    continue;
                }
                if (IsAfter(_routes.Distance[i], _routes.Metric[i], distance, metric)
                    && (next == RouteTable.None || IsAfter(_routes.Distance[next], _routes.Metric[next], _routes.Distance[i], _routes.Metric[i])))
                {
                    next = i;
                }
            }
            return next;
        }

        private static bool IsAfter(int distance, int metric, int otherDistance, int otherMetric)
        {
            return distance > otherDistance || (distance == otherDistance && metric > otherMetric);
        }

        // Adds the candidate's hops when it can be used.
        private int Use(int route)
        {
            int port = _routes.Port[route];
            if (_routes.Source[route] != RouteSource.Static && _routes.NextHop[route] == 0)
            {
                return _links.IsUp(port) ? Reached : Unreachable;
            }
            int vrf = _routes.Vrf[route];
            uint nextHop = _routes.NextHop[route];
            if (_routes.Distance[route] == RouteTable.Unreachable)
            {
                return Unreachable;
            }
            if (_routes.Label[route] >= 0)
            {
                return ByLsp(nextHop, _routes.Label[route]);
            }
            if (Liveness != null && _routes.Source[route] == RouteSource.Static && nextHop != 0
                && Liveness.BlockOf(_interfaces, vrf, nextHop, port) != Liveness.None)
            {
                return Unreachable;
            }
            if (port < 0)
            {
                return ByIp(vrf, nextHop, 32);
            }
            if (!_links.IsUp(port) || _interfaces.Vrf[port] != vrf || _interfaces.Address[port] == 0)
            {
                return Unreachable;
            }
            if (nextHop == 0)
            {
                if (_routes.Bits[route] == 32)
                {
                    // The destination itself is the neighbour.
                    Hops.Add(port, _routes.Prefix[route], -1, -1);
                }
                return Reached;
            }
            if (_interfaces.Owns(vrf, nextHop))
            {
                return Unreachable;
            }
            Hops.Add(port, nextHop, -1, -1);
            return Reached;
        }

        private int ByIp(int vrf, uint address, int longest)
        {
            if (longest == 32 && _interfaces.Owns(vrf, address))
            {
                MatchedSource = RouteSource.Local;
                MatchedBits = 32;
                return Unreachable;
            }
            for (int bits = longest; bits >= 0; bits--)
            {
                if (_routes.CountOfLength(bits) == 0)
                {
                    continue;
                }
                uint prefix = address & InterfaceTable.MaskOf(bits);
                if (NextRank(vrf, prefix, bits, -1, 0, false) == RouteTable.None)
                {
                    continue;
                }
                int route = Best(vrf, prefix, bits, false);
                if (route == Loop)
                {
                    return Loop;
                }
                if (route >= 0 && _routes.Source[route] == RouteSource.Connected && !IsPort(_routes.Port[route]))
                {
                    // A loopback's subnet is the way to nobody.
                    return Unreachable;
                }
                if (route >= 0)
                {
                    MatchedSource = _routes.Source[route];
                    MatchedBits = bits;
                    AddHopsOnSubnets(vrf, prefix, bits, route, address);
                    return Reached;
                }
            }
            return Unreachable;
        }

        // A subnet, or a static route by interface only: the address itself is the neighbour.
        private void AddHopsOnSubnets(int vrf, uint prefix, int bits, int best, uint address)
        {
            if (_routes.Source[best] == RouteSource.Connected)
            {
                Hops.Add(_routes.Port[best], address, -1, -1);
                return;
            }
            if (bits == 32)
            {
                // They are in the list already.
                return;
            }
            for (int i = _routes.FirstOf(vrf, prefix, bits); i != RouteTable.None; i = _routes.NextOf(i))
            {
                int port = _routes.Port[i];
                if (_routes.Source[i] == RouteSource.Static && port >= 0 && _routes.NextHop[i] == 0
                    && _routes.Distance[i] == _routes.Distance[best] && _routes.Metric[i] == _routes.Metric[best]
                    && _links.IsUp(port) && _interfaces.Vrf[port] == vrf && _interfaces.Address[port] != 0)
                {
                    Hops.Add(port, address, -1, -1);
                }
            }
        }

        // RFC 4364 section 5: a VPN route is usable only over an LSP to its next hop. The LSP's FEC is the host address, or the prefix of the route to it.
        private int ByLsp(uint address, int serviceLabel)
        {
            int start = Hops.Count;
            int levels = _base;
            _base = _depth;
            int answer = ByIp(VrfStore.Global, address, 32);
            _base = levels;
            if (answer != Reached)
            {
                return answer;
            }
            int end = Hops.Count;
            int bits = MatchedBits;
            Hops.Count = start;
            for (int k = start; k < end; k++)
            {
                int binding = Hops.Label[k] >= 0 ? LabelBindings.None : _bindings.TakeOutput(address, 32, Hops.Address[k]);
                if (binding == LabelBindings.None && Hops.Label[k] < 0 && bits < 32)
                {
                    binding = _bindings.TakeOutput(address & InterfaceTable.MaskOf(bits), bits, Hops.Address[k]);
                }
                if (binding != LabelBindings.None && TakesLabels(Hops.Port[k]))
                {
                    Hops.Add(Hops.Port[k], Hops.Address[k], serviceLabel, binding);
                }
            }
            return Hops.Count > start ? Reached : Unreachable;
        }

        private bool IsOnTheWay(int vrf, uint prefix, int bits)
        {
            for (int i = 0; i < _depth; i++)
            {
                if (_wayPrefix[i] == prefix && _wayBits[i] == bits && _wayVrf[i] == vrf)
                {
                    return true;
                }
            }
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("next hops");
            Hops.Bill(bill);
            bill.Object(14);
            bill.Array(_wayVrf.Length * 4);
            bill.Array(_wayPrefix.Length * 4);
            bill.Array(_wayBits.Length * 4);
        }
    }
}
