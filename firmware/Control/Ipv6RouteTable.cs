using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// The RIB of IPv6, as <see cref="RouteTable"/>: candidates per (VRF, prefix, source). A static route has a next hop of IPv6, an
    /// interface or both, or the loopback of a PE and the label that it expects (6PE, RFC 4798; 6VPE, RFC 4659). Sources and distances are
    /// those of <see cref="RouteTable"/>. An address is 16 octets of an array; all zero is none.
    /// </summary>
    public sealed class Ipv6RouteTable
    {
        public const int None = -1;

        private const int Length = Ipv6Header.AddressLength;
        private const byte ActiveFlag = 1;

        public readonly short[] Vrf;

        /// <summary>16 octets per row.</summary>
        public readonly byte[] Prefix;
        public readonly byte[] Bits;
        public readonly byte[] Source;
        public readonly ushort[] Distance;

        /// <summary>16 octets per row; zero = none.</summary>
        public readonly byte[] NextHop;

        /// <summary>IPv4 address of the PE of a route with a label; else 0.</summary>
        public readonly uint[] Peer;

        /// <summary>Interface index, or -1.</summary>
        public readonly short[] Port;

        /// <summary>VPN label, or -1.</summary>
        public readonly int[] Label;

        /// <summary>Of an adjacency: its neighbour's index.</summary>
        public readonly int[] Neighbor;
        private readonly byte[] _flags;
        private readonly PrefixIndex _index;
        private readonly short[] _ofLength = new short[129];
        private readonly byte[] _none = new byte[Length];
        private int _used;
        private int _high;

        /// <summary>Candidates refused because the table was full.</summary>
        public int Refused;

        internal Ipv6Selector Selector;
        private readonly RouteTable _ipv4;

        /// <param name="ipv4">Its Dirty speaks for both tables: one pass resolves all.</param>
        public Ipv6RouteTable(Capacity capacity, RouteTable ipv4)
        {
            int rows = capacity.Routes6;
            _ipv4 = ipv4;
            Vrf = new short[rows];
            Prefix = new byte[rows * Length];
            Bits = new byte[rows];
            Source = new byte[rows];
            Distance = new ushort[rows];
            NextHop = new byte[rows * Length];
            Peer = new uint[rows];
            Port = new short[rows];
            Label = new int[rows];
            Neighbor = new int[rows];
            _flags = new byte[rows];
            _index = new PrefixIndex(rows);
        }

        public int Used
        {
            get { return _used; }
        }

        /// <summary>Highest index in use + 1: what a walk has to look at.</summary>
        public int High
        {
            get { return _high; }
        }

        public bool IsUsed(int route)
        {
            return Source[route] != RouteSource.None;
        }

        /// <summary>True when this candidate is what its prefix is forwarded by (one of several when equal).</summary>
        public bool IsActive(int route)
        {
            return (_flags[route] & ActiveFlag) != 0;
        }

        internal void SetActive(int route, bool active)
        {
            _flags[route] = active ? ActiveFlag : (byte)0;
        }

        public bool HasNextHop(int route)
        {
            return !Ipv6Header.IsUnspecified(NextHop, route * Length);
        }

        /// <summary>Prefixes of this length held by candidates other than adjacencies, in all VRFs.</summary>
        internal int CountOfLength(int bits)
        {
            return _ofLength[bits];
        }

        /// <returns>A candidate of exactly this prefix, or <see cref="None"/>; the others follow by <see cref="NextOf"/>.</returns>
        public int FirstOf(int vrf, byte[] prefix, int offset, int bits)
        {
            return Match(_index.First(vrf, Hash(prefix, offset), bits), vrf, prefix, offset, bits);
        }

        public int NextOf(int route)
        {
            return Match(_index.Next(route), Vrf[route], Prefix, route * Length, Bits[route]);
        }

        /// <returns>The candidate with this key, or <see cref="None"/>.</returns>
        /// <param name="nextHop">Null = none.</param>
        public int Find(int vrf, byte[] prefix, int offset, int bits, int source, byte[] nextHop, int nextHopOffset, uint peer, int port)
        {
            if (nextHop == null)
            {
                nextHop = _none;
                nextHopOffset = 0;
            }
            for (int i = FirstOf(vrf, prefix, offset, bits); i != None; i = NextOf(i))
            {
                if (Source[i] == source && Port[i] == port && Peer[i] == peer && Ipv6Header.AddressesEqual(NextHop, i * Length, nextHop, nextHopOffset))
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>
        /// Adds a candidate, or replaces the distance, label and neighbour of the one with the same key, and selects the prefix's best again.
        /// </summary>
        /// <returns>Its index; <see cref="None"/> when the RIB or the forwarding table is full (nothing has changed then).</returns>
        public int Add(int vrf, byte[] prefix, int offset, int bits, int source, int distance, byte[] nextHop, int nextHopOffset, uint peer, int port,
            int label, int neighbor)
        {
            int route = Find(vrf, prefix, offset, bits, source, nextHop, nextHopOffset, peer, port);
            bool isNew = route == None;
            if (isNew)
            {
                route = Take();
                if (route == None)
                {
                    Refused++;
                    return None;
                }
                Vrf[route] = (short)vrf;
                Octets.Copy(prefix, offset, Prefix, route * Length, Length);
                Bits[route] = (byte)bits;
                Source[route] = (byte)source;
                Octets.Copy(nextHop == null ? _none : nextHop, nextHop == null ? 0 : nextHopOffset, NextHop, route * Length, Length);
                Peer[route] = peer;
                Port[route] = (short)port;
                _index.Insert(route, vrf, Hash(prefix, offset), bits);
                Count(route, 1);
            }
            Distance[route] = (ushort)distance;
            Label[route] = label;
            Neighbor[route] = neighbor;
            if (!Selector.Program(route) && isNew)
            {
                Remove(route);
                Refused++;
                return None;
            }
            MarkDirty(source);
            return route;
        }

        /// <summary>Removes a candidate and selects its prefix's best again.</summary>
        public void Remove(int route)
        {
            int source = Source[route];
            _index.Remove(route, Vrf[route], Hash(Prefix, route * Length), Bits[route]);
            Count(route, -1);
            Source[route] = RouteSource.None;
            _flags[route] = 0;
            _used--;
            while (_high > 0 && Source[_high - 1] == RouteSource.None)
            {
                _high--;
            }

            // The row still holds the prefix.
            Selector.Program(route);
            MarkDirty(source);
        }

        // Nothing is resolved through an adjacency.
        private void MarkDirty(int source)
        {
            if (source != RouteSource.Adjacency)
            {
                _ipv4.Dirty = true;
            }
        }

        private void Count(int route, int by)
        {
            if (Source[route] != RouteSource.Adjacency)
            {
                _ofLength[Bits[route]] = (short)(_ofLength[Bits[route]] + by);
            }
        }

        private int Match(int route, int vrf, byte[] prefix, int offset, int bits)
        {
            while (route != PrefixIndex.End
                && (Bits[route] != bits || Vrf[route] != vrf || !Ipv6Header.AddressesEqual(Prefix, route * Length, prefix, offset)))
            {
                route = _index.Next(route);
            }
            return route;
        }

        private static uint Hash(byte[] prefix, int offset)
        {
            uint hash = Octets.ReadUInt32(prefix, offset);
            for (int i = 4; i < Length; i += 4)
            {
                hash = hash * 0x01000193 ^ Octets.ReadUInt32(prefix, offset + i);
            }
            return hash;
        }

        private int Take()
        {
            for (int i = 0; i < Source.Length; i++)
            {
                if (Source[i] == RouteSource.None)
                {
                    _used++;
                    _high = i >= _high ? i + 1 : _high;
                    return i;
                }
            }
            return None;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("RIB");
            bill.Object(19);
            bill.Array(Vrf.Length * 2);
            bill.Array(Prefix.Length);
            bill.Array(Bits.Length);
            bill.Array(Source.Length);
            bill.Array(Distance.Length * 2);
            bill.Array(NextHop.Length);
            bill.Array(Peer.Length * 4);
            bill.Array(Port.Length * 2);
            bill.Array(Label.Length * 4);
            bill.Array(Neighbor.Length * 4);
            bill.Array(_flags.Length);
            bill.Array(_ofLength.Length * 2);
            bill.Array(_none.Length);
            _index.Bill(bill);
        }
    }
}
