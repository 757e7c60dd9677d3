using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>Where a candidate route comes from.</summary>
    public static class RouteSource
    {
        public const int None = 0;

        /// <summary>One of our own addresses, /32.</summary>
        public const int Local = 1;
        public const int Connected = 2;
        public const int Static = 3;

        /// <summary>A resolved neighbour, /32. It stands in the forwarding table only and is not shown as a route.</summary>
        public const int Adjacency = 4;

        /// <summary>Protocols: their candidates have a next hop and its interface.</summary>
        public const int Ospf = 5;
    }

    /// <summary>
    /// Routing information base (RIB): candidates per (VRF, prefix, source) with distance, metric and how to get there. Adding or
    /// removing one selects and programs its prefix at once; routes that depend on it are resolved again by the next pass.
    /// </summary>
    public sealed class RouteTable
    {
        public const int None = -1;

        /// <summary>The distance that is never used (as IOS).</summary>
        public const int Unreachable = 255;

        /// <summary>The distance of <see cref="RouteSource.Adjacency"/>: after all that a person can configure.</summary>
        public const int AdjacencyDistance = 256;

        /// <summary>The distance of OSPF (as IOS).</summary>
        public const int OspfDistance = 110;

        private const byte StaleFlag = 1;
        private const byte ActiveFlag = 2;

        public readonly int[] Vrf;
        public readonly uint[] Prefix;
        public readonly byte[] Bits;
        public readonly byte[] Source;
        public readonly ushort[] Distance;
        public readonly int[] Metric;

        /// <summary>0 = none.</summary>
        public readonly uint[] NextHop;

        /// <summary>Interface index, or -1.</summary>
        public readonly short[] Port;

        /// <summary>VPN label, or -1.</summary>
        public readonly int[] Label;

        /// <summary>A handle that only the source interprets (an adjacency: its neighbour's index).</summary>
        public readonly int[] Attribute;
        /// <summary>When it came or changed, in seconds since start; what <see cref="Clock"/> says now.</summary>
        public readonly uint[] Since;
        public uint Clock;
        private readonly byte[] _flags;
        private readonly PrefixIndex _index;
        private readonly int[] _ofLength;
        private int _used;
        private int _high;
        private int _firstFree;

        /// <summary>Something changed that other routes, bindings or pseudowires may depend on.</summary>
        public bool Dirty;

        /// <summary>Counts the changes of candidates other than adjacencies: who follows the table compares it. Wraps.</summary>
        public int Version;

        /// <summary>Candidates refused because the table was full.</summary>
        public int Refused;

        internal RouteSelector Selector;

        public RouteTable(Capacity capacity)
        {
            int rows = capacity.Routes;
            Vrf = new int[rows];
            Prefix = new uint[rows];
            Bits = new byte[rows];
            Source = new byte[rows];
            Distance = new ushort[rows];
            Metric = new int[rows];
            NextHop = new uint[rows];
            Port = new short[rows];
            Label = new int[rows];
            Attribute = new int[rows];
            Since = new uint[rows];
            _flags = new byte[rows];
            _index = new PrefixIndex(rows);
            _ofLength = new int[33];
        }

        /// <summary>Candidates held.</summary>
        public int Used
        {
            get { return _used; }
        }

        /// <summary>Highest index in use + 1: what a walk has to look at.</summary>
        public int High
        {
            get { return _high; }
        }

        public int Free
        {
            get { return Source.Length - _used; }
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
            _flags[route] = (byte)(active ? _flags[route] | ActiveFlag : _flags[route] & ~ActiveFlag);
        }

        /// <summary>Prefixes of this length held by candidates other than adjacencies, in all VRFs.</summary>
        internal int CountOfLength(int bits)
        {
            return _ofLength[bits];
        }

        /// <returns>A candidate of exactly this prefix, or <see cref="None"/>; the others follow by <see cref="NextOf"/>.</returns>
        public int FirstOf(int vrf, uint prefix, int bits)
        {
            return Match(_index.First(vrf, prefix, bits), vrf, prefix, bits);
        }

        public int NextOf(int route)
        {
            return Match(_index.Next(route), Vrf[route], Prefix[route], Bits[route]);
        }

        /// <returns>The candidate with this key, or <see cref="None"/>.</returns>
        public int Find(int vrf, uint prefix, int bits, int source, uint nextHop, int port)
        {
            for (int i = FirstOf(vrf, prefix, bits); i != None; i = NextOf(i))
            {
                if (Source[i] == source && NextHop[i] == nextHop && Port[i] == port)
                {
                    return i;
                }
            }
            return None;
        }

        /// <summary>
        /// Adds a candidate, or replaces the distance, metric, label and attribute of the one with the same key (VRF, prefix,
        /// source, next hop, port), and selects the prefix's best again.
        /// </summary>
        /// <returns>Its index; <see cref="None"/> when the RIB or the forwarding table is full (nothing has changed then).</returns>
        public int Add(int vrf, uint prefix, int bits, int source, int distance, int metric, uint nextHop, int port, int label, int attribute)
        {
            int route = Find(vrf, prefix, bits, source, nextHop, port);
            bool isNew = route == None;
            if (isNew)
            {
                route = Insert(vrf, prefix, bits, source, nextHop, port);
                if (route == None)
                {
                    return None;
                }
            }
            Distance[route] = (ushort)distance;
            Metric[route] = metric;
            Label[route] = label;
            Attribute[route] = attribute;
            _flags[route] = (byte)(_flags[route] & ~StaleFlag);
            if (!Selector.Program(vrf, prefix, bits) && isNew)
            {
                Remove(route);
                Refused++;
                return None;
            }
            MarkDirty(source);
            return route;
        }

        /// <summary>
        /// Makes these next hops the only candidates of a source for a prefix, and selects the prefix's best again once. What is there already stays
        /// as it is; when nothing is different, nothing is done. A protocol's several hops are one equal-cost multipath.
        /// </summary>
        /// <param name="nextHops">Next hops, and their interfaces in <paramref name="ports"/>, from 0 on.</param>
        /// <param name="count">0 takes the source's candidates away.</param>
        /// <param name="attribute">A handle that only the source interprets.</param>
        /// <returns>False when the RIB or the forwarding table is full: some hops are not there.</returns>
        public bool SetHops(int vrf, uint prefix, int bits, int source, int distance, int metric, uint[] nextHops, int[] ports, int count, int attribute)
        {
            bool changed = false;
            bool full = false;
            for (int i = FirstOf(vrf, prefix, bits); i != None; i = NextOf(i))
            {
                if (Source[i] == source)
                {
                    _flags[i] = (byte)(_flags[i] | StaleFlag);
                }
            }
            for (int k = 0; k < count; k++)
            {
                int route = Find(vrf, prefix, bits, source, nextHops[k], ports[k]);
                bool isNew = route == None;
                if (isNew)
                {
                    route = Insert(vrf, prefix, bits, source, nextHops[k], ports[k]);
                    if (route == None)
                    {
                        full = true;
                        continue;
                    }
                    Label[route] = -1;
                }
                bool differs = isNew || Distance[route] != distance || Metric[route] != metric || Attribute[route] != attribute;
                Since[route] = differs ? Clock : Since[route];
                changed |= differs;
                Distance[route] = (ushort)distance;
                Metric[route] = metric;
                Attribute[route] = attribute;
                _flags[route] = (byte)(_flags[route] & ~StaleFlag);
            }
            int next;
            for (int i = FirstOf(vrf, prefix, bits); i != None; i = next)
            {
                next = NextOf(i);
                if (Source[i] == source && (_flags[i] & StaleFlag) != 0)
                {
                    Delete(i);
                    changed = true;
                }
            }
            if (changed)
            {
                full |= !Selector.Program(vrf, prefix, bits);
                MarkDirty(source);
            }
            return !full;
        }

        private int Insert(int vrf, uint prefix, int bits, int source, uint nextHop, int port)
        {
            int route = Take();
            if (route == None)
            {
                Refused++;
                return None;
            }
            Vrf[route] = vrf;
            Prefix[route] = prefix;
            Bits[route] = (byte)bits;
            Source[route] = (byte)source;
            NextHop[route] = nextHop;
            Port[route] = (short)port;
            Since[route] = Clock;
            _index.Insert(route, vrf, prefix, bits);
            Count(route, 1);
            return route;
        }

        /// <summary>Removes a candidate and selects its prefix's best again.</summary>
        public void Remove(int route)
        {
            int vrf = Vrf[route];
            uint prefix = Prefix[route];
            int bits = Bits[route];
            int source = Source[route];
            Delete(route);
            Selector.Program(vrf, prefix, bits);
            MarkDirty(source);
        }

        private void Delete(int route)
        {
            int vrf = Vrf[route];
            uint prefix = Prefix[route];
            int bits = Bits[route];
            _index.Remove(route, vrf, prefix, bits);
            Count(route, -1);
            Source[route] = RouteSource.None;
            _flags[route] = 0;
            _used--;
            if (route < _firstFree)
            {
                _firstFree = route;
            }
            while (_high > 0 && Source[_high - 1] == RouteSource.None)
            {
                _high--;
            }
        }

        /// <summary>Marks every candidate of a source; those not added again are removed by <see cref="SweepStale"/>.</summary>
        public void MarkStale(int source)
        {
            for (int i = 0; i < _high; i++)
            {
                if (Source[i] == source)
                {
                    _flags[i] = (byte)(_flags[i] | StaleFlag);
                }
            }
        }

        /// <returns>How many were removed.</returns>
        public int SweepStale(int source)
        {
            int removed = 0;
            for (int i = _high - 1; i >= 0; i--)
            {
                if (Source[i] == source && (_flags[i] & StaleFlag) != 0)
                {
                    Remove(i);
                    removed++;
                }
            }
            return removed;
        }

        private int Match(int route, int vrf, uint prefix, int bits)
        {
            while (route != PrefixIndex.End && (Prefix[route] != prefix || Bits[route] != bits || Vrf[route] != vrf))
            {
                route = _index.Next(route);
            }
            return route;
        }

        // Nothing is resolved through an adjacency.
        private void MarkDirty(int source)
        {
            if (source != RouteSource.Adjacency)
            {
                Dirty = true;
                Version++;
            }
        }

        private void Count(int route, int by)
        {
            if (Source[route] != RouteSource.Adjacency)
            {
                _ofLength[Bits[route]] += by;
            }
        }

        private int Take()
        {
            for (int i = _firstFree; i < Source.Length; i++)
            {
                if (Source[i] == RouteSource.None)
                {
                    _firstFree = i + 1;
                    _used++;
                    if (i >= _high)
                    {
                        _high = i + 1;
                    }
                    return i;
                }
            }
            _firstFree = Source.Length;
            return None;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("RIB");
            bill.Object(22);
            bill.Array(Since.Length * 4);
            bill.Array(Vrf.Length * 4);
            bill.Array(Prefix.Length * 4);
            bill.Array(Bits.Length);
            bill.Array(Source.Length);
            bill.Array(Distance.Length * 2);
            bill.Array(Metric.Length * 4);
            bill.Array(NextHop.Length * 4);
            bill.Array(Port.Length * 2);
            bill.Array(Label.Length * 4);
            bill.Array(Attribute.Length * 4);
            bill.Array(_flags.Length);
            bill.Array(_ofLength.Length * 4);
            _index.Bill(bill);
        }
    }
}
