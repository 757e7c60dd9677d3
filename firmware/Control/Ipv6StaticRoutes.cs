using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>Static routes of IPv6 as they are configured. One whose next hop is not reachable stands in the RIB and is not active.</summary>
    public sealed class Ipv6StaticRoutes
    {
        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly Ipv6Interfaces _addresses;
        private readonly Ipv6RouteTable _routes;

        public Ipv6StaticRoutes(Tables tables, HostStack host, Ipv6RouteTable routes)
        {
            _tables = tables;
            _interfaces = host.Interfaces;
            _addresses = host.Ipv6;
            _routes = routes;
        }

        /// <param name="nextHop">Null = none: an interface is needed, or a PE and its label.</param>
        /// <param name="peer">The IPv4 loopback of a PE, with a label; else 0.</param>
        /// <param name="port">Interface index, or -1.</param>
        /// <returns>A <see cref="ControlResult"/>; the key (prefix, next hop, PE, port) once more changes distance and label.</returns>
        internal int Add(int vrf, byte[] prefix, int offset, int bits, byte[] nextHop, int nextHopOffset, uint peer, int port, int distance, int label)
        {
            if (!_tables.Vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            int result = CheckPrefix(prefix, offset, bits);
            if (result == ControlResult.Ok)
            {
                result = CheckNextHop(vrf, nextHop, nextHopOffset, peer, port, label);
            }
            if (result != ControlResult.Ok)
            {
                return result;
            }
            if (distance < 1 || distance > RouteTable.Unreachable)
            {
                return ControlResult.InvalidDistance;
            }
            int route = _routes.Add(vrf, prefix, offset, bits, RouteSource.Static, distance, nextHop, nextHopOffset, peer, port, label, 0);
            return route == Ipv6RouteTable.None ? ControlResult.TableFull : ControlResult.Ok;
        }

        internal int Remove(int vrf, byte[] prefix, int offset, int bits, byte[] nextHop, int nextHopOffset, uint peer, int port)
        {
            int route = _routes.Find(vrf, prefix, offset, bits, RouteSource.Static, nextHop, nextHopOffset, peer, port);
            if (route == Ipv6RouteTable.None)
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

        /// <summary>A destination that may be routed: aligned to its length, and not multicast, link-local, ::1, ::/128 or IPv4-mapped.</summary>
        internal static int CheckPrefix(byte[] prefix, int offset, int bits)
        {
            if (bits < 0 || bits > 128)
            {
                return ControlResult.BadMask;
            }
            if (!Ipv6Address.IsAligned(prefix, offset, bits))
            {
                return ControlResult.PrefixNotAligned;
            }
            bool zero = Ipv6Header.IsUnspecified(prefix, offset);
            if ((zero && bits == 128) || (!zero && (!Ipv6Address.IsHost(prefix, offset) || Ipv6Header.IsLinkLocal(prefix, offset))))
            {
                return ControlResult.InvalidPrefix;
            }
            return ControlResult.Ok;
        }

        private int CheckNextHop(int vrf, byte[] nextHop, int offset, uint peer, int port, int label)
        {
            if (label != -1)
            {
                if (peer == 0 || nextHop != null || port >= 0)
                {
                    return ControlResult.LabelNeedsNextHop;
                }
                if (label < LabelStackEntry.FirstUnreserved || label > LabelStackEntry.Last)
                {
                    return ControlResult.LabelOutOfRange;
                }
                return !Ipv4Address.IsHost(peer) ? ControlResult.InvalidNextHop : _interfaces.Owns(VrfStore.Global, peer) ? ControlResult.NextHopIsLocal : ControlResult.Ok;
            }
            if (peer != 0 || (nextHop != null && !Ipv6Address.IsHost(nextHop, offset)))
            {
                return ControlResult.InvalidNextHop;
            }
            if (port < 0)
            {
                // A link-local next hop needs its link.
                return nextHop == null || Ipv6Header.IsLinkLocal(nextHop, offset) ? ControlResult.NextHopMissing
                    : _addresses.Owns(vrf, nextHop, offset) ? ControlResult.NextHopIsLocal : ControlResult.Ok;
            }
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
            return nextHop != null && _addresses.RowOf(port, nextHop, offset) != Ipv6Interfaces.None ? ControlResult.NextHopIsLocal : ControlResult.Ok;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(4);
        }
    }
}
