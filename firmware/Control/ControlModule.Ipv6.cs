namespace LabEdge.Control
{
    // IPv6: addresses and static routes; the rest is in ControlModule.cs.
    public sealed partial class ControlModule
    {
        public readonly Ipv6RouteTable Routes6;
        public readonly Ipv6Adjacencies Adjacencies6;
        public readonly Ipv6Selector Selector6;
        public readonly Ipv6StaticRoutes StaticRoutes6;
        private readonly Ipv6Addresses _addresses6;

        /// <summary>Gives an interface IPv6, with its link-local address; or takes IPv6 and every address of it.</summary>
        public int SetInterfaceIpv6(int i, bool on)
        {
            return on ? _addresses6.Enable(i, _now) : _addresses6.Disable(i);
        }

        /// <summary>Adds an address, up to two on an interface; the same address again changes its length.</summary>
        /// <param name="address">16 octets at <paramref name="offset"/>; not link-local.</param>
        /// <param name="bits">1 to 128. A loopback has a route for its address only, whatever its length.</param>
        public int AddInterfaceIpv6Address(int i, byte[] address, int offset, int bits)
        {
            return _addresses6.Add(i, address, offset, bits, _now);
        }

        public int RemoveInterfaceIpv6Address(int i, byte[] address, int offset)
        {
            return _addresses6.Remove(i, address, offset);
        }

        /// <summary>The interface that the last answer Overlaps about an IPv6 address was about.</summary>
        public int ConflictInterfaceIpv6
        {
            get { return _addresses6.Conflict; }
        }

        /// <param name="prefix">16 octets, aligned.</param>
        /// <param name="nextHop">16 octets; null = none. A link-local one needs the interface.</param>
        /// <param name="peer">With a label: the loopback of the PE that expects it, in the global table of IPv4; else 0.</param>
        /// <param name="port">Interface index, or -1. Physical ports of the same VRF only.</param>
        /// <param name="distance">1 to 255; 255 is never used.</param>
        /// <param name="label">-1, or the label that the PE expects (6PE, RFC 4798; 6VPE, RFC 4659).</param>
        public int AddIpv6StaticRoute(int vrf, byte[] prefix, int offset, int bits, byte[] nextHop, int nextHopOffset, uint peer, int port, int distance, int label)
        {
            return StaticRoutes6.Add(vrf, prefix, offset, bits, nextHop, nextHopOffset, peer, port, distance, label);
        }

        /// <summary>The key of a static route is its prefix, next hop, PE and interface.</summary>
        public int RemoveIpv6StaticRoute(int vrf, byte[] prefix, int offset, int bits, byte[] nextHop, int nextHopOffset, uint peer, int port)
        {
            return StaticRoutes6.Remove(vrf, prefix, offset, bits, nextHop, nextHopOffset, peer, port);
        }
    }
}
