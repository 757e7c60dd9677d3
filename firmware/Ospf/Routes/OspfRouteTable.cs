using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Ospf
{
    /// <summary>
    /// The routing table of OSPF itself (RFC 2328 section 11): networks, and routers that are borders of areas or of the AS, with what the
    /// path is like. The router's RIB takes the networks of it.
    /// </summary>
    public sealed class OspfRouteTable
    {
        public const int None = -1;

        public const int IntraArea = 0;
        public const int InterArea = 1;
        public const int ExternalOne = 2;
        public const int ExternalTwo = 3;

        /// <summary>Stands for the prefix length of a router's row; the key of an area border router has its area in it.</summary>
        private const int RouterBits = 33;

        public readonly short[] Process;
        public readonly uint[] Prefix;
        public readonly byte[] Bits;
        public readonly byte[] Kind;
        public readonly short[] Area;
        public readonly int[] Cost;

        /// <summary>The metric of an external type 2 path.</summary>
        public readonly int[] TypeTwo;

        /// <summary>Flags of a router's own advertisement: 1 border of areas, 2 of the AS.</summary>
        public readonly byte[] Options;
        public readonly byte[] HopCount;

        /// <summary>The database's row that the path was read from; it may hold another advertisement since.</summary>
        public readonly short[] Origin;

        /// <summary>The run that has found the row last; rows of an earlier one go.</summary>
        public readonly byte[] Run;
        private readonly short[] _hopPort;
        private readonly uint[] _hopAddress;
        private readonly PrefixIndex _index;
        public readonly int MaxHops;
        public int High;
        public int Used;
        public int Refused;

        public OspfRouteTable(Capacity capacity)
        {
            int rows = capacity.OspfRoutes;
            MaxHops = capacity.GroupMembers < 1 ? 1 : capacity.GroupMembers;
            Process = new short[rows];
            Prefix = new uint[rows];
            Bits = new byte[rows];
            Kind = new byte[rows];
            Area = new short[rows];
            Cost = new int[rows];
            TypeTwo = new int[rows];
            Options = new byte[rows];
            HopCount = new byte[rows];
            Origin = new short[rows];
            Run = new byte[rows];
            _hopPort = new short[rows * MaxHops];
            _hopAddress = new uint[rows * MaxHops];
            _index = new PrefixIndex(rows);
            for (int r = 0; r < rows; r++)
            {
                Process[r] = None;
            }
        }

        public bool IsOf(int route, int process)
        {
            return Process[route] == process;
        }

        public bool IsRouter(int route)
        {
            return Bits[route] == RouterBits;
        }

        public int HopPort(int route, int k)
        {
            return _hopPort[route * MaxHops + k];
        }

        /// <summary>0 = the destination is on the interface's link.</summary>
        public uint HopAddress(int route, int k)
        {
            return _hopAddress[route * MaxHops + k];
        }

        public int FindNetwork(int process, uint prefix, int bits)
        {
            return Find(process, prefix, bits, None);
        }

        /// <param name="area">-1 = in whichever; see <see cref="NextRouter"/>.</param>
        public int FindRouter(int process, uint router, int area)
        {
            return Find(process, router, RouterBits, area);
        }

        private int Find(int process, uint prefix, int bits, int area)
        {
            for (int r = _index.First(process, prefix, bits); r != PrefixIndex.End; r = _index.Next(r))
            {
                if (Prefix[r] == prefix && Bits[r] == bits && Process[r] == process && (area < 0 || Area[r] == area))
                {
                    return r;
                }
            }
            return None;
        }

        /// <returns>The next row of the same router, in another area.</returns>
        public int NextRouter(int route)
        {
            for (int r = _index.Next(route); r != PrefixIndex.End; r = _index.Next(r))
            {
                if (Prefix[r] == Prefix[route] && Bits[r] == RouterBits && Process[r] == Process[route])
                {
                    return r;
                }
            }
            return None;
        }

        public int AddNetwork(int process, uint prefix, int bits)
        {
            return Add(process, prefix, bits, None);
        }

        public int AddRouter(int process, uint router, int area)
        {
            return Add(process, router, RouterBits, area);
        }

        private int Add(int process, uint prefix, int bits, int area)
        {
            for (int r = 0; r < Process.Length; r++)
            {
                if (Process[r] == None)
                {
                    Process[r] = (short)process;
                    Prefix[r] = prefix;
                    Bits[r] = (byte)bits;
                    Area[r] = (short)area;
                    HopCount[r] = 0;
                    Run[r] = 0;
                    Options[r] = 0;
                    _index.Insert(r, process, prefix, bits);
                    Used++;
                    High = r >= High ? r + 1 : High;
                    return r;
                }
            }
            Refused++;
            return None;
        }

        public void Remove(int route)
        {
            _index.Remove(route, Process[route], Prefix[route], Bits[route]);
            Process[route] = None;
            Used--;
            while (High > 0 && Process[High - 1] == None)
            {
                High--;
            }
        }

        /// <summary>Adds a hop unless it is there or there is no room for one more.</summary>
        public void AddHop(int route, int port, uint address, int most)
        {
            int count = HopCount[route];
            for (int k = 0; k < count; k++)
            {
                if (HopPort(route, k) == port && HopAddress(route, k) == address)
                {
                    return;
                }
            }
            if (count < MaxHops && count < most)
            {
                _hopPort[route * MaxHops + count] = (short)port;
                _hopAddress[route * MaxHops + count] = address;
                HopCount[route]++;
            }
        }

        /// <returns>Below 0 when the path (kind, cost, type 2 metric) is better than the row's, 0 when equal.</returns>
        public int Compare(int kind, int cost, int typeTwo, int route)
        {
            if (kind != Kind[route])
            {
                return kind - Kind[route];
            }
            if (kind == ExternalTwo && typeTwo != TypeTwo[route])
            {
                return typeTwo - TypeTwo[route];
            }
            return cost - Cost[route];
        }

        public void Bill(RamBill bill)
        {
            bill.Object(18);
            bill.Array(Origin.Length * 2);
            int rows = Process.Length;
            bill.Array(rows * 2);
            bill.Array(rows * 4);
            bill.Array(rows);
            bill.Array(rows);
            bill.Array(rows * 2);
            bill.Array(rows * 4);
            bill.Array(rows * 4);
            bill.Array(rows);
            bill.Array(rows);
            bill.Array(rows);
            bill.Array(_hopPort.Length * 2);
            bill.Array(_hopAddress.Length * 4);
            _index.Bill(bill);
        }
    }
}
