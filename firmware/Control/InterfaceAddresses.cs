using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// The addresses of interfaces, and what follows from each at once: the local and the connected route, the untagged circuit of
    /// the port, and neighbours that begin anew.
    /// </summary>
    public sealed class InterfaceAddresses
    {
        private readonly HostStack _host;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;
        private readonly LinkEvents _links;
        private readonly Adjacencies _adjacencies;
        private readonly TunnelTransports _tunnels;
        private readonly StaticPseudowires _pseudowires;
        private readonly ServiceInstances _instances;
        private readonly int _max;
        private int _used;

        /// <summary>The interface that the last answer Overlaps was about.</summary>
        public int Conflict;

        public InterfaceAddresses(Tables tables, HostStack host, Capacity capacity, RouteTable routes, LinkEvents links, Adjacencies adjacencies,
            TunnelTransports tunnels, StaticPseudowires pseudowires, ServiceInstances instances)
        {
            _instances = instances;
            _host = host;
            _interfaces = host.Interfaces;
            _routes = routes;
            _links = links;
            _adjacencies = adjacencies;
            _tunnels = tunnels;
            _pseudowires = pseudowires;
            _max = capacity.Addresses;
        }

        internal int Set(int i, uint address, int bits, uint now)
        {
            int result = Check(i, address, bits);
            if (result != ControlResult.Ok)
            {
                return result;
            }
            uint oldAddress = _interfaces.Address[i];
            int oldBits = _interfaces.PrefixBits[i];
            if (oldAddress == address && oldBits == bits)
            {
                return ControlResult.Ok;
            }
            if (oldAddress == 0 && _used >= _max)
            {
                return ControlResult.TableFull;
            }
            Clear(i);
            if (!Take(i, address, bits))
            {
                if (oldAddress != 0)
                {
                    Take(i, oldAddress, oldBits);
                }
                result = ControlResult.TableFull;
            }
            if (_links.IsPort(i))
            {
                _adjacencies.FollowPort(i);
                if (_links.IsUp(i))
                {
                    _host.Announce(i, now);
                }
            }
            return result;
        }

        internal int Clear(int i)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            uint address = _interfaces.Address[i];
            if (address == 0)
            {
                return ControlResult.Ok;
            }
            int vrf = _interfaces.Vrf[i];
            int bits = _interfaces.PrefixBits[i];
            uint prefix = address & InterfaceTable.MaskOf(bits);
            _interfaces.ClearAddress(i);
            _used--;
            RemoveRoute(vrf, address, 32, RouteSource.Local, i);
            if (bits < 32)
            {
                RemoveRoute(vrf, prefix, bits, RouteSource.Connected, i);
            }
            if (_links.IsPort(i))
            {
                _instances.Publish(i);
                _host.Neighbors.Withhold(i);
                _adjacencies.FollowPort(i);
                _tunnels.FollowPort(i);
            }
            _routes.Dirty = true;
            return ControlResult.Ok;
        }

        private bool IsInterface(int i)
        {
            return i >= 0 && i < _interfaces.Count && _interfaces.Name[i] != null;
        }

        private int Check(int i, uint address, int bits)
        {
            if (!IsInterface(i))
            {
                return ControlResult.NoSuchInterface;
            }
            if (!Ipv4Address.IsHost(address))
            {
                return ControlResult.InvalidAddress;
            }
            if (bits < 1 || bits > 32)
            {
                return ControlResult.BadMask;
            }
            if (_pseudowires.OfPort(i) != PseudowireTable.None)
            {
                return ControlResult.InterfaceHasXconnect;
            }
            uint host = address & ~InterfaceTable.MaskOf(bits);
            if (bits < 31 && (host == 0 || host == ~InterfaceTable.MaskOf(bits)))
            {
                // RFC 1812 section 5.3.5: the subnet's own address and its broadcast belong to no host.
                return ControlResult.BadMask;
            }
            for (int k = 0; k < _interfaces.Count; k++)
            {
                if (k != i && _interfaces.Address[k] != 0 && _interfaces.Vrf[k] == _interfaces.Vrf[i])
                {
                    int shorter = bits < _interfaces.PrefixBits[k] ? bits : _interfaces.PrefixBits[k];
                    if (((_interfaces.Address[k] ^ address) & InterfaceTable.MaskOf(shorter)) == 0)
                    {
                        Conflict = k;
                        return ControlResult.Overlaps;
                    }
                }
            }
            return ControlResult.Ok;
        }

        private bool Take(int i, uint address, int bits)
        {
            int vrf = _interfaces.Vrf[i];
            _interfaces.SetAddress(i, vrf, address, bits);
            if (!AddRoute(vrf, address, 32, RouteSource.Local, i))
            {
                _interfaces.ClearAddress(i);
                return false;
            }
            if (bits < 32 && !AddRoute(vrf, address & InterfaceTable.MaskOf(bits), bits, RouteSource.Connected, i))
            {
                _interfaces.ClearAddress(i);
                RemoveRoute(vrf, address, 32, RouteSource.Local, i);
                return false;
            }
            if (_links.IsPort(i))
            {
                _instances.Publish(i);
            }
            _used++;
            return true;
        }

        private bool AddRoute(int vrf, uint prefix, int bits, int source, int i)
        {
            return _routes.Add(vrf, prefix, bits, source, 0, 0, 0, i, -1, 0) != RouteTable.None;
        }

        private void RemoveRoute(int vrf, uint prefix, int bits, int source, int i)
        {
            int route = _routes.Find(vrf, prefix, bits, source, 0, i);
            if (route != RouteTable.None)
            {
                _routes.Remove(route);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(11);
        }
    }
}
