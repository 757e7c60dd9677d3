using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>Static routes as they are configured. One whose next hop is not reachable stands in the RIB and is not active.</summary>
    public sealed class StaticRoutes
    {
        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;

        public StaticRoutes(Tables tables, HostStack host, RouteTable routes)
        {
            _tables = tables;
            _interfaces = host.Interfaces;
            _routes = routes;
        }

        /// <returns>A <see cref="ControlResult"/>; the key (prefix, next hop, port) once more changes distance and label.</returns>
        internal int Add(int vrf, uint prefix, int bits, uint nextHop, int port, int distance, int label)
        {
            if (!_tables.Vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            int result = CheckPrefix(prefix, bits);
            if (result == ControlResult.Ok)
            {
                result = CheckNextHop(vrf, nextHop, port, label);
            }
            if (result != ControlResult.Ok)
            {
                return result;
            }
            if (distance < 1 || distance > RouteTable.Unreachable)
            {
                return ControlResult.InvalidDistance;
            }
            int route = _routes.Add(vrf, prefix, bits, RouteSource.Static, distance, 0, nextHop, port, label, 0);
            return route == RouteTable.None ? ControlResult.TableFull : ControlResult.Ok;
        }

        internal int Remove(int vrf, uint prefix, int bits, uint nextHop, int port)
        {
            int route = _routes.Find(vrf, prefix, bits, RouteSource.Static, nextHop, port);
            if (route == RouteTable.None)
            {
                return ControlResult.NotFound;
            }
            _routes.Remove(route);
            return ControlResult.Ok;
        }

        /// <summary>Removes every static route of a VRF.</summary>
        internal void RemoveAllOf(int vrf)
        {
            for (int i = _routes.High - 1; i >= 0; i--)
            {
                if (_routes.Source[i] == RouteSource.Static && _routes.Vrf[i] == vrf)
                {
                    _routes.Remove(i);
                }
            }
        }

        /// <summary>A destination that may be routed: aligned to its mask, and not multicast, class E, network 127 or 0.0.0.0/32.</summary>
        internal static int CheckPrefix(uint prefix, int bits)
        {
            if (bits < 0 || bits > 32)
            {
                return ControlResult.BadMask;
            }
            if ((prefix & ~InterfaceTable.MaskOf(bits)) != 0)
            {
                return ControlResult.PrefixNotAligned;
            }
            uint network = prefix >> 24;
            if (network >= 224 || network == 127 || (prefix == 0 && bits == 32))
            {
                return ControlResult.InvalidPrefix;
            }
            return ControlResult.Ok;
        }

        private int CheckNextHop(int vrf, uint nextHop, int port, int label)
        {
            if (nextHop == 0 && port < 0)
            {
                return ControlResult.NextHopMissing;
            }
            if (nextHop != 0 && !Ipv4Address.IsHost(nextHop))
            {
                return ControlResult.InvalidNextHop;
            }
            if (label != -1)
            {
                if (nextHop == 0 || port >= 0)
                {
                    return ControlResult.LabelNeedsNextHop;
                }
                if (label < LabelStackEntry.FirstUnreserved || label > LabelStackEntry.Last)
                {
                    return ControlResult.LabelOutOfRange;
                }
            }
            if (port >= 0)
            {
                if (port >= _interfaces.Count || _interfaces.Name[port] == null)
                {
                    return ControlResult.NoSuchInterface;
                }
                if (port >= _interfaces.Ports)
                {
                    return ControlResult.NotAPort;
                }
                if (_interfaces.Vrf[port] != vrf)
                {
                    return ControlResult.InterfaceInOtherVrf;
                }
            }

            // The next hop of a VPN route is a PE, in the global table.
            return nextHop != 0 && _interfaces.Owns(label == -1 ? vrf : VrfStore.Global, nextHop) ? ControlResult.NextHopIsLocal : ControlResult.Ok;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(3);
        }
    }
}
