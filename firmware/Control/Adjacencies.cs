using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Control's side of the neighbour table: which neighbours routes and pseudowires want, and the /32 of each resolved one.
    /// What is wanted is found by marking: each pass of re-resolution marks what it uses, and what it did not is released.
    /// </summary>
    public sealed class Adjacencies
    {
        private readonly PrefixTable _prefixes;
        private readonly InterfaceTable _interfaces;
        private readonly NeighborTable _neighbors;
        private readonly RouteTable _routes;
        private readonly LinkEvents _links;
        private readonly bool[] _wanted;
        private readonly bool[] _marked;

        /// <summary>The neighbour's route, or -1.</summary>
        private readonly int[] _route;

        public Adjacencies(Tables tables, HostStack host, Capacity capacity, RouteTable routes, LinkEvents links)
        {
            _prefixes = tables.Prefixes;
            _interfaces = host.Interfaces;
            _neighbors = host.Neighbors;
            _routes = routes;
            _links = links;
            _wanted = new bool[capacity.Neighbors];
            _marked = new bool[capacity.Neighbors];
            _route = new int[capacity.Neighbors];
            for (int n = 0; n < _route.Length; n++)
            {
                _route[n] = RouteTable.None;
            }
        }

        /// <summary>Slots of the neighbour table.</summary>
        internal int Count
        {
            get { return _route.Length; }
        }

        /// <summary>A neighbour that something forwards to: it is asked for and kept.</summary>
        /// <returns>Its index, or -1 when the neighbour table is full.</returns>
        internal int Want(int port, uint address)
        {
            int n = _neighbors.Find(port, address);
            if (n < 0 || !_wanted[n])
            {
                n = _neighbors.FindOrAdd(port, address, true);
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

        internal int MplsTransport(int neighbor)
        {
            return _neighbors.MplsTransport(neighbor);
        }

        /// <summary>Brings the /32 of a neighbour in line with its state, whatever happened to it.</summary>
        /// <returns>False when a table is full.</returns>
        internal bool Follow(int n)
        {
            int port = _neighbors.PortOf(n);
            uint address = _neighbors.AddressOf(n);
            bool wants = _neighbors.IsResolved(n) && _links.IsUp(port) && IsOnLink(port, address)
                && !_interfaces.Owns(_interfaces.Vrf[port], address);
            int route = _route[n];
            if (route != RouteTable.None)
            {
                if (wants && _routes.Prefix[route] == address && _routes.Port[route] == port && _routes.Vrf[route] == _interfaces.Vrf[port])
                {
                    return true;
                }
                _route[n] = RouteTable.None;
                _routes.Remove(route);
            }
            if (wants)
            {
                // The address may have come back in another slot before its old one was looked at.
                int other = _routes.Find(_interfaces.Vrf[port], address, 32, RouteSource.Adjacency, 0, port);
                if (other != RouteTable.None)
                {
                    _route[_routes.Attribute[other]] = RouteTable.None;
                }
                _route[n] = _routes.Add(_interfaces.Vrf[port], address, 32, RouteSource.Adjacency, RouteTable.AdjacencyDistance, 0, 0, port, -1, n);
            }
            return !wants || _route[n] != RouteTable.None;
        }

        // On the port's subnet, or where the best route names the port and no next hop.
        private bool IsOnLink(int port, uint address)
        {
            if (_interfaces.OnSubnet(port, address))
            {
                return true;
            }

            // Not the host route: that is its own, perhaps.
            return _prefixes.Longest(_interfaces.Vrf[port], address, 31) && _prefixes.FoundHandle == (ForwardingHandle.Glean | port);
        }

        /// <summary>As <see cref="Follow"/>, for all neighbours of a port.</summary>
        internal void FollowPort(int port)
        {
            for (int n = 0; n < _route.Length; n++)
            {
                if (_neighbors.PortOf(n) == port || (_route[n] != RouteTable.None && _routes.Port[_route[n]] == port))
                {
                    Follow(n);
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("adjacencies");
            bill.Object(8);
            bill.Array(_wanted.Length);
            bill.Array(_marked.Length);
            bill.Array(_route.Length * 4);
        }
    }
}
