using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Control's side of the IPv6 neighbour table, as <see cref="Adjacencies"/>: which neighbours routes want, and the /128 of each resolved one.
    /// A link-local neighbour has no route: its address means nothing without its link.
    /// </summary>
    public sealed class Ipv6Adjacencies
    {
        private const int Length = Ipv6Header.AddressLength;

        private readonly PrefixTable _prefixes;
        private readonly Ipv6Interfaces _addresses;
        private readonly InterfaceTable _interfaces;
        private readonly Ipv6NeighborTable _neighbors;
        private readonly Ipv6RouteTable _routes;
        private readonly LinkEvents _links;
        private readonly bool[] _wanted;
        private readonly bool[] _marked;

        /// <summary>The neighbour's route, or -1.</summary>
        private readonly int[] _route;
        private readonly byte[] _address = new byte[Length];

        public Ipv6Adjacencies(Tables tables, HostStack host, Capacity capacity, Ipv6RouteTable routes, LinkEvents links)
        {
            _prefixes = tables.Prefixes;
            _addresses = host.Ipv6;
            _interfaces = host.Interfaces;
            _neighbors = host.Neighbors6;
            _routes = routes;
            _links = links;
            _wanted = new bool[capacity.Neighbors6];
            _marked = new bool[capacity.Neighbors6];
            _route = new int[capacity.Neighbors6];
            for (int n = 0; n < _route.Length; n++)
            {
                _route[n] = Ipv6RouteTable.None;
            }
        }

        internal int Count
        {
            get { return _route.Length; }
        }

        /// <summary>A neighbour that something forwards to: it is asked for and kept.</summary>
        /// <returns>Its index, or -1 when the neighbour table is full.</returns>
        internal int Want(int port, byte[] address, int offset)
        {
            int n = _neighbors.Find(port, address, offset);
            if (n < 0 || !_wanted[n])
            {
                n = _neighbors.FindOrAdd(port, address, offset, true);
                if (n < 0)
                {
                    return n;
                }
                _wanted[n] = true;
            }
            _marked[n] = true;
            return n;
        }

        /// <summary>A pass begins: nothing is marked.</summary>
        internal void BeginMarking()
        {
            for (int n = 0; n < _marked.Length; n++)
            {
                _marked[n] = false;
            }
            _neighbors.BeginPass();
        }

        /// <summary>A whole pass is done: what nobody marked is wanted no longer, and no path is as it was before the pass.</summary>
        internal void ReleaseUnmarked()
        {
            for (int n = 0; n < _wanted.Length; n++)
            {
                if (_wanted[n] && !_marked[n])
                {
                    _wanted[n] = false;
                    _neighbors.Release(n);
                }
            }
            _neighbors.EndPass();
        }

        internal int IpTransport(int neighbor)
        {
            return _neighbors.IpTransport(neighbor);
        }

        /// <summary>Brings the /128 of a neighbour in line with its state, whatever happened to it.</summary>
        /// <returns>False when a table is full.</returns>
        internal bool Follow(int n)
        {
            int port = _neighbors.PortOf(n);
            int route = _route[n];
            bool wants = _neighbors.IsResolved(n) && _links.IsUp(port) && HasRoute(n, port);
            if (route != Ipv6RouteTable.None)
            {
                if (wants && _routes.Port[route] == port && _routes.Vrf[route] == _interfaces.Vrf[port] && _neighbors.HasAddress(n, _routes.Prefix, route * Length))
                {
                    return true;
                }
                _route[n] = Ipv6RouteTable.None;
                _routes.Remove(route);
            }
            if (!wants)
            {
                return true;
            }
            _neighbors.CopyAddress(n, _address, 0);

            // The address may have come back in another slot before its old one was looked at.
            int other = _routes.Find(_interfaces.Vrf[port], _address, 0, 128, RouteSource.Adjacency, null, 0, 0, port);
            if (other != Ipv6RouteTable.None)
            {
                _route[_routes.Neighbor[other]] = Ipv6RouteTable.None;
            }
            _route[n] = _routes.Add(_interfaces.Vrf[port], _address, 0, 128, RouteSource.Adjacency, RouteTable.AdjacencyDistance, null, 0, 0, port, -1, n);
            return _route[n] != Ipv6RouteTable.None;
        }

        // Not link-local, nor our own; on the port's subnet, or where the best route names the port and no next hop.
        private bool HasRoute(int n, int port)
        {
            _neighbors.CopyAddress(n, _address, 0);
            if (Ipv6Header.IsLinkLocal(_address, 0) || _addresses.Owns(_interfaces.Vrf[port], _address, 0))
            {
                return false;
            }
            return _addresses.OnSubnet(port, _address, 0)
                || (_prefixes.Longest6(_interfaces.Vrf[port], _address, 0, 127) && _prefixes.FoundHandle == (ForwardingHandle.Glean | port));
        }

        /// <summary>As <see cref="Follow"/>, for all neighbours of a port.</summary>
        internal void FollowPort(int port)
        {
            for (int n = 0; n < _route.Length; n++)
            {
                if (_neighbors.PortOf(n) == port || (_route[n] != Ipv6RouteTable.None && _routes.Port[_route[n]] == port))
                {
                    Follow(n);
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("adjacencies");
            bill.Object(10);
            bill.Array(_wanted.Length);
            bill.Array(_marked.Length);
            bill.Array(_route.Length * 4);
            bill.Array(_address.Length);
        }
    }
}
