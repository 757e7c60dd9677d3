using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// The IPv6 addresses of interfaces, and what follows from each at once: the local and the connected route, the untagged circuit of
    /// the port, the test of the address, and neighbours that begin anew.
    /// </summary>
    public sealed class Ipv6Addresses
    {
        private const int Length = Ipv6Header.AddressLength;

        private readonly HostStack _host;
        private readonly InterfaceTable _interfaces;
        private readonly Ipv6Interfaces _addresses;
        private readonly Ipv6RouteTable _routes;
        private readonly RouteTable _ipv4;
        private readonly LinkEvents _links;
        private readonly Ipv6Adjacencies _adjacencies;
        private readonly StaticPseudowires _pseudowires;
        private readonly ServiceInstances _instances;
        private readonly byte[] _prefix = new byte[Length];

        /// <summary>The interface that the last answer Overlaps was about.</summary>
        public int Conflict;

        public Ipv6Addresses(Tables tables, HostStack host, Ipv6RouteTable routes, RouteTable ipv4, LinkEvents links, Ipv6Adjacencies adjacencies,
            StaticPseudowires pseudowires, ServiceInstances instances)
        {
            _instances = instances;
            _host = host;
            _interfaces = host.Interfaces;
            _addresses = host.Ipv6;
            _routes = routes;
            _ipv4 = ipv4;
            _links = links;
            _adjacencies = adjacencies;
            _pseudowires = pseudowires;
        }

        /// <summary>Gives the interface IPv6 and its link-local address.</summary>
        internal int Enable(int i, uint now)
        {
            int result = CheckInterface(i);
            if (result != ControlResult.Ok || _addresses.Enabled[i])
            {
                return result;
            }
            _addresses.Enable(i);
            if (_links.IsPort(i))
            {
                _instances.Publish(i);
                if (_links.IsUp(i))
                {
                    _host.AnnounceIpv6(i, now);
                }
            }
            _ipv4.Dirty = true;
            return ControlResult.Ok;
        }

        /// <summary>Takes IPv6 and every address of it from the interface.</summary>
        internal int Disable(int i)
        {
            if (i < 0 || i >= _interfaces.Count || _interfaces.Name[i] == null)
            {
                return ControlResult.NoSuchInterface;
            }
            if (!_addresses.Enabled[i])
            {
                return ControlResult.Ok;
            }
            for (int row = i * Ipv6Interfaces.Slots; row < (i + 1) * Ipv6Interfaces.Slots; row++)
            {
                if (_addresses.State[row] != Ipv6Interfaces.Free)
                {
                    RemoveRow(i, row);
                }
            }
            _addresses.Disable(i);
            if (_links.IsPort(i))
            {
                _instances.Publish(i);
                _host.Neighbors6.Withhold(i);
                _adjacencies.FollowPort(i);
            }
            _ipv4.Dirty = true;
            return ControlResult.Ok;
        }

        /// <param name="bits">1 to 128. A loopback has a route for its address only, whatever its prefix.</param>
        internal int Add(int i, byte[] address, int offset, int bits, uint now)
        {
            int result = CheckInterface(i);
            if (result == ControlResult.Ok)
            {
                result = Check(i, address, offset, bits);
            }
            if (result != ControlResult.Ok)
            {
                return result;
            }
            int row = _addresses.RowOf(i, address, offset);
            if (row != Ipv6Interfaces.None)
            {
                if (_addresses.PrefixBits[row] == bits)
                {
                    return ControlResult.Ok;
                }
                RemoveRow(i, row);
            }
            Enable(i, now);
            row = _addresses.Add(i, address, offset, bits);
            if (row == Ipv6Interfaces.None)
            {
                return ControlResult.TableFull;
            }
            int vrf = _interfaces.Vrf[i];
            bool routed = AddRoute(vrf, address, offset, 128, RouteSource.Local, i);
            if (routed && bits < 128 && _links.IsPort(i))
            {
                Ipv6Address.CopyPrefix(address, offset, bits, _prefix, 0);
                routed = AddRoute(vrf, _prefix, 0, bits, RouteSource.Connected, i);
            }
            if (!routed)
            {
                RemoveRow(i, row);
                return ControlResult.TableFull;
            }
            if (_links.IsPort(i))
            {
                _adjacencies.FollowPort(i);
                if (_links.IsUp(i))
                {
                    _host.AnnounceIpv6(i, now);
                }
            }
            return ControlResult.Ok;
        }

        internal int Remove(int i, byte[] address, int offset)
        {
            if (i < 0 || i >= _interfaces.Count || _interfaces.Name[i] == null)
            {
                return ControlResult.NoSuchInterface;
            }
            int row = _addresses.RowOf(i, address, offset);
            if (row == Ipv6Interfaces.None || Ipv6Interfaces.IsLinkLocalRow(row))
            {
                return ControlResult.NotFound;
            }
            RemoveRow(i, row);
            if (_links.IsPort(i))
            {
                _host.Neighbors6.Withhold(i);
                _adjacencies.FollowPort(i);
            }
            return ControlResult.Ok;
        }

        private void RemoveRow(int i, int row)
        {
            int vrf = _interfaces.Vrf[i];
            int bits = _addresses.PrefixBits[row];
            if (!Ipv6Interfaces.IsLinkLocalRow(row))
            {
                RemoveRoute(vrf, _addresses.Address, row * Length, 128, RouteSource.Local, i);
                Ipv6Address.CopyPrefix(_addresses.Address, row * Length, bits, _prefix, 0);
                RemoveRoute(vrf, _prefix, 0, bits, RouteSource.Connected, i);
            }
            _addresses.Remove(row);
            _host.AddressTest.Forget(row);
        }

        private int CheckInterface(int i)
        {
            if (i < 0 || i >= _interfaces.Count || _interfaces.Name[i] == null)
            {
                return ControlResult.NoSuchInterface;
            }
            return _pseudowires.OfPort(i) != PseudowireTable.None ? ControlResult.InterfaceHasXconnect : ControlResult.Ok;
        }

        private int Check(int i, byte[] address, int offset, int bits)
        {
            if (!Ipv6Address.IsHost(address, offset) || Ipv6Header.IsLinkLocal(address, offset))
            {
                return ControlResult.InvalidAddress;
            }
            if (bits < 1 || bits > 128)
            {
                return ControlResult.BadMask;
            }
            for (int row = 0; row < _addresses.State.Length; row++)
            {
                int k = row / Ipv6Interfaces.Slots;
                if (_addresses.State[row] == Ipv6Interfaces.Free || Ipv6Interfaces.IsLinkLocalRow(row) || _interfaces.Vrf[k] != _interfaces.Vrf[i]
                    || (k == i && Ipv6Header.AddressesEqual(_addresses.Address, row * Length, address, offset)))
                {
                    continue;
                }
                int other = _addresses.PrefixBits[row];
                if (Ipv6Address.SamePrefix(_addresses.Address, row * Length, address, offset, bits < other ? bits : other))
                {
                    Conflict = k;
                    return ControlResult.Overlaps;
                }
            }
            return ControlResult.Ok;
        }

        private bool AddRoute(int vrf, byte[] prefix, int offset, int bits, int source, int i)
        {
            return _routes.Add(vrf, prefix, offset, bits, source, 0, null, 0, 0, i, -1, 0) != Ipv6RouteTable.None;
        }

        private void RemoveRoute(int vrf, byte[] prefix, int offset, int bits, int source, int i)
        {
            int route = _routes.Find(vrf, prefix, offset, bits, source, null, 0, 0, i);
            if (route != Ipv6RouteTable.None)
            {
                _routes.Remove(route);
            }
        }

        /// <summary>The interface came up or went down: its own routes and its neighbours follow.</summary>
        internal void FollowLink(int i)
        {
            if (_links.IsPort(i))
            {
                _adjacencies.FollowPort(i);
            }
            for (int route = 0; route < _routes.High; route++)
            {
                if (_routes.Port[route] == i && (_routes.Source[route] == RouteSource.Local || _routes.Source[route] == RouteSource.Connected))
                {
                    _routes.Selector.Program(route);
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(11);
            bill.Array(_prefix.Length);
        }
    }
}
