using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Turns the best candidates of an IPv6 prefix into its leaf of the forwarding table: next hops are followed through static routes up to
    /// <see cref="MaxLevels"/> deep; a loop reaches nothing. A route with a label is usable over an LSP to its PE only (RFC 4659 section 3).
    /// </summary>
    public sealed class Ipv6Selector
    {
        public const int MaxLevels = 4;

        private const int Length = Ipv6Header.AddressLength;

        private readonly Ipv6RouteTable _routes;
        private readonly Ipv6Adjacencies _adjacencies;
        private readonly Ipv6Interfaces _addresses;
        private readonly InterfaceTable _interfaces;
        private readonly LinkEvents _links;
        private readonly NextHopResolver _resolver;
        private readonly RouteSelector _lsps;
        private readonly PathWriter _paths;

        /// <summary>The prefix that a next hop is looked for under, one per level.</summary>
        private readonly byte[] _scratch = new byte[(MaxLevels + 1) * Length];

        /// <summary>What the candidates of the rank in hand lead to besides paths: a handle without rows, or None; and whether a table was full.</summary>
        private int _handle;
        private bool _full;

        public Ipv6Selector(HostStack host, Ipv6RouteTable routes, Ipv6Adjacencies adjacencies, LinkEvents links, NextHopResolver resolver, RouteSelector lsps,
            PathWriter paths)
        {
            _routes = routes;
            _adjacencies = adjacencies;
            _addresses = host.Ipv6;
            _interfaces = host.Interfaces;
            _links = links;
            _resolver = resolver;
            _lsps = lsps;
            _paths = paths;
        }

        /// <summary>Selects the best candidates of a row's prefix and writes its leaf, if it is another than before.</summary>
        /// <param name="row">Of the prefix; it need not be in use any more.</param>
        /// <returns>False when a table is full: the prefix drops what matches then, and a later pass tries again.</returns>
        public bool Program(int row)
        {
            int vrf = _routes.Vrf[row];
            int bits = _routes.Bits[row];
            byte[] prefix = _routes.Prefix;
            int at = row * Length;
            for (int i = _routes.FirstOf(vrf, prefix, at, bits); i != Ipv6RouteTable.None; i = _routes.NextOf(i))
            {
                _routes.SetActive(i, false);
            }
            _full = false;
            for (int distance = NextDistance(vrf, at, bits, -1); distance >= 0; distance = NextDistance(vrf, at, bits, distance))
            {
                _paths.Clear();
                _handle = ForwardingHandle.None;
                bool reached = false;
                for (int i = NextEqual(vrf, at, bits, distance, Ipv6RouteTable.None); i != Ipv6RouteTable.None; i = NextEqual(vrf, at, bits, distance, i))
                {
                    if (Use(i, 0))
                    {
                        reached = true;
                        _routes.SetActive(i, true);
                    }
                }
                if (reached)
                {
                    bool published = _handle != ForwardingHandle.None ? _paths.PublishPrefix6(vrf, prefix, at, bits, _handle)
                        : _paths.PublishPrefix6(vrf, prefix, at, bits);
                    return published && !_full;
                }
            }
            _paths.RemovePrefix6(vrf, prefix, at, bits);
            return true;
        }

        // The next worse distance among the candidates of a prefix, or -1.
        private int NextDistance(int vrf, int at, int bits, int after)
        {
            int next = -1;
            for (int i = _routes.FirstOf(vrf, _routes.Prefix, at, bits); i != Ipv6RouteTable.None; i = _routes.NextOf(i))
            {
                int distance = _routes.Distance[i];
                if (distance > after && distance != RouteTable.Unreachable && (next < 0 || distance < next))
                {
                    next = distance;
                }
            }
            return next;
        }

        // The candidate of this distance that comes after another one by its key: the order of a group's members is not that of events.
        private int NextEqual(int vrf, int at, int bits, int distance, int after)
        {
            int next = Ipv6RouteTable.None;
            for (int i = _routes.FirstOf(vrf, _routes.Prefix, at, bits); i != Ipv6RouteTable.None; i = _routes.NextOf(i))
            {
                if (_routes.Distance[i] == distance && (after == Ipv6RouteTable.None || Compare(after, i) < 0)
                    && (next == Ipv6RouteTable.None || Compare(i, next) < 0))
                {
                    next = i;
                }
            }
            return next;
        }

        // By next hop, PE, port and source: no two candidates of a prefix are the same in all of them.
        private int Compare(int a, int b)
        {
            for (int k = 0; k < Length; k++)
            {
                int difference = _routes.NextHop[a * Length + k] - _routes.NextHop[b * Length + k];
                if (difference != 0)
                {
                    return difference;
                }
            }
            if (_routes.Peer[a] != _routes.Peer[b])
            {
                return _routes.Peer[a] < _routes.Peer[b] ? -1 : 1;
            }
            return _routes.Port[a] != _routes.Port[b] ? _routes.Port[a] - _routes.Port[b] : _routes.Source[a] - _routes.Source[b];
        }

        // Adds what the candidate leads to, when it can be used.
        private bool Use(int route, int depth)
        {
            int port = _routes.Port[route];
            switch (_routes.Source[route])
            {
                case RouteSource.Local:
                    return Lead(port, ForwardingHandle.Local);
                case RouteSource.Connected:
                    return Lead(port, ForwardingHandle.Glean);
                case RouteSource.Adjacency:
                    _paths.Add(0, _adjacencies.IpTransport(_routes.Neighbor[route]));
                    return true;
                default:
                    break;
            }
            if (_routes.Label[route] >= 0)
            {
                return UseLsp(route);
            }
            if (port < 0)
            {
                return UseNextHop(route, depth);
            }
            if (!TakesIpv6(port, _routes.Vrf[route]))
            {
                return false;
            }
            if (!_routes.HasNextHop(route))
            {
                if (_routes.Bits[route] == 128)
                {
                    // The destination itself is the neighbour.
                    AddNeighbor(port, _routes.Prefix, route * Length);
                    return true;
                }
                return Lead(port, ForwardingHandle.Glean);
            }
            if (_addresses.RowOf(port, _routes.NextHop, route * Length) != Ipv6Interfaces.None)
            {
                return false;
            }
            AddNeighbor(port, _routes.NextHop, route * Length);
            return true;
        }

        private bool Lead(int port, int kind)
        {
            if (!_links.IsUp(port))
            {
                return false;
            }
            _handle = kind | port;
            return true;
        }

        private bool TakesIpv6(int port, int vrf)
        {
            return _links.IsUp(port) && _addresses.Enabled[port] && _interfaces.Vrf[port] == vrf;
        }

        private bool UseLsp(int route)
        {
            if (_resolver.ResolveByLsp(_routes.Peer[route], _routes.Label[route]) != NextHopResolver.Reached)
            {
                return false;
            }
            _resolver.Hops.Sort();
            for (int k = 0; k < _resolver.Hops.Count; k++)
            {
                int transport = _lsps.ServiceTransport(k);
                _full |= transport == TransportTable.None;
                if (transport != TransportTable.None)
                {
                    _paths.Add(LabelStackEntry.Word(_resolver.Hops.Label[k], 0, true, RouteSelector.LabelTtl), transport);
                }
            }
            return true;
        }

        // The longest usable route to the next hop: its subnet, or another static route's way.
        private bool UseNextHop(int route, int depth)
        {
            byte[] address = _routes.NextHop;
            int at = route * Length;
            int vrf = _routes.Vrf[route];
            if (depth >= MaxLevels || _addresses.Owns(vrf, address, at))
            {
                return false;
            }
            int scratch = depth * Length;
            for (int bits = 128; bits >= 0; bits--)
            {
                if (_routes.CountOfLength(bits) == 0)
                {
                    continue;
                }
                Ipv6Address.CopyPrefix(address, at, bits, _scratch, scratch);
                bool reached = false;
                int best = -1;
                for (int i = _routes.FirstOf(vrf, _scratch, scratch, bits); i != Ipv6RouteTable.None; i = _routes.NextOf(i))
                {
                    int distance = _routes.Distance[i];
                    bool worse = best >= 0 && distance > best;
                    if (_routes.Source[i] == RouteSource.Adjacency || distance == RouteTable.Unreachable || worse || i == route)
                    {
                        continue;
                    }
                    if (UseTowards(i, address, at, depth))
                    {
                        reached = true;
                        best = distance;
                    }
                }
                if (reached)
                {
                    return true;
                }
            }
            return false;
        }

        private bool UseTowards(int route, byte[] address, int at, int depth)
        {
            int port = _routes.Port[route];
            bool onLink = _routes.Source[route] == RouteSource.Connected
                || (_routes.Source[route] == RouteSource.Static && port >= 0 && !_routes.HasNextHop(route) && TakesIpv6(port, _routes.Vrf[route]));
            if (!onLink)
            {
                return _routes.Source[route] == RouteSource.Static && Use(route, depth + 1);
            }
            if (!_links.IsUp(port))
            {
                return false;
            }
            AddNeighbor(port, address, at);
            return true;
        }

        private void AddNeighbor(int port, byte[] address, int offset)
        {
            int n = _adjacencies.Want(port, address, offset);
            if (n < 0)
            {
                _full = true;
                return;
            }
            _paths.Add(0, _adjacencies.IpTransport(n));
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(11);
            bill.Array(_scratch.Length);
        }
    }
}
