using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 section 16 before changing this file.

    /// <summary>
    /// The route calculation of one process at a time, in units: one vertex of the tree, one summary or external advertisement, one route. All its
    /// state is in fields. What changes meanwhile asks for another run.
    /// </summary>
    public sealed partial class SpfRun
    {
        private const int Resting = 0;
        private const int Tree = 1;
        private const int Summaries = 2;
        private const int Externals = 3;
        private const int Install = 4;

        private const byte Candidate = 1;
        private const byte InTree = 2;

        private readonly OspfModule _ospf;
        private readonly LsaTable _lsas;
        private readonly OspfRouteTable _routes;
        private readonly int[] _distance;
        private readonly byte[] _mark;

        /// <summary>Next hops of each vertex: interface and address (0 = on the link itself).</summary>
        private readonly short[] _hopPort;
        private readonly uint[] _hopAddress;
        private readonly byte[] _hopCount;
        private readonly int _maxHops;
        private readonly uint[] _setAddress;
        private readonly int[] _setPort;
        private int _phase;
        private int _area;
        private int _cursor;
        private int _root;
        private byte _run;
        private OspfProcess _process;

        public SpfRun(OspfModule ospf, Capacity capacity)
        {
            _ospf = ospf;
            _lsas = ospf.Lsas;
            _routes = ospf.Routes;
            int rows = _lsas.Rows;
            _maxHops = _routes.MaxHops;
            _distance = new int[rows];
            _mark = new byte[rows];
            _hopPort = new short[rows * _maxHops];
            _hopAddress = new uint[rows * _maxHops];
            _hopCount = new byte[rows];
            _setAddress = new uint[_maxHops];
            _setPort = new int[_maxHops];
        }

        /// <returns>Milliseconds until there is something to do; 0 = a run is under way.</returns>
        internal uint Poll(int budget)
        {
            while (budget-- > 0)
            {
                if (_phase == Resting && !Begin())
                {
                    return NextDue();
                }
                Step();
            }
            return 0;
        }

        /// <summary>A process goes: its run ends where it is.</summary>
        internal void Abandon(int process)
        {
            if (_phase != Resting && _process.Index == process)
            {
                _phase = Resting;
            }
        }

        private uint NextDue()
        {
            uint next = OspfModule.Idle;
            for (int p = 0; p < _ospf.Processes.Length; p++)
            {
                OspfProcess process = _ospf.Processes[p];
                if (process.Number != 0 && process.SpfNeeded)
                {
                    uint rest = (int)(process.SpfDue - _ospf.Now) <= 0 ? 0 : process.SpfDue - _ospf.Now;
                    next = rest < next ? rest : next;
                }
            }
            return next;
        }

        private bool Begin()
        {
            for (int p = 0; p < _ospf.Processes.Length; p++)
            {
                OspfProcess process = _ospf.Processes[p];
                if (process.Number != 0 && process.SpfNeeded && (int)(process.SpfDue - _ospf.Now) <= 0)
                {
                    process.SpfNeeded = false;
                    process.SpfLast = _ospf.Now;
                    process.SpfRuns++;
                    _process = process;
                    _run = (byte)(_run == 255 ? 1 : _run + 1);
                    _area = -1;
                    NextArea();
                    return true;
                }
            }
            return false;
        }

        private void NextArea()
        {
            _area++;
            while (_area < _ospf.Areas.Length && _ospf.Areas[_area].Process != _process.Index)
            {
                _area++;
            }
            _cursor = 0;
            if (_area == _ospf.Areas.Length)
            {
                _phase = Summaries;
                return;
            }
            _phase = Tree;
            for (int row = 0; row < _mark.Length; row++)
            {
                _mark[row] = 0;
            }
            _root = _lsas.Find(_area, LsaHeader.Router, _process.RouterId, _process.RouterId);
            if (_root >= 0)
            {
                _mark[_root] = Candidate;
                _distance[_root] = 0;
                _hopCount[_root] = 0;
            }
        }

        private void Step()
        {
            switch (_phase)
            {
                case Tree:
                    int vertex = Nearest();
                    if (vertex < 0)
                    {
                        NextArea();
                        return;
                    }
                    _mark[vertex] = InTree;
                    if (_lsas.IsAlive(vertex, _ospf.Now))
                    {
                        Enter(vertex);
                    }
                    break;
                case Summaries:
                    if (_cursor >= _lsas.High)
                    {
                        _phase = Externals;
                        _cursor = 0;
                        return;
                    }
                    Summary(_cursor++);
                    break;
                case Externals:
                    if (_cursor >= _lsas.High)
                    {
                        _phase = Install;
                        _cursor = 0;
                        return;
                    }
                    External(_cursor++);
                    break;
                default:
                    if (_cursor >= _routes.High)
                    {
                        _phase = Resting;
                        _ospf.SummariesDue();
                        return;
                    }
                    InstallRoute(_cursor++);
                    break;
            }
        }

        // The candidate with the least distance; of equals a network before a router (section 16.1, step 3).
        private int Nearest()
        {
            int best = -1;
            for (int row = 0; row < _lsas.High; row++)
            {
                if (_mark[row] == Candidate && (best < 0 || _distance[row] < _distance[best]
                    || (_distance[row] == _distance[best] && _lsas.Type[row] == LsaHeader.Network && _lsas.Type[best] == LsaHeader.Router)))
                {
                    best = row;
                }
            }
            return best;
        }

        private void Enter(int v)
        {
            int at = _lsas.At[v];
            byte[] b = _lsas.Pool;
            int end = at + LsaHeader.ReadLength(b, at);
            if (_lsas.Type[v] == LsaHeader.Network)
            {
                uint mask = Octets.ReadUInt32(b, at + LsaHeader.Length);
                int bits = BitsOf(mask);
                if (bits >= 0)
                {
                    OfferFrom(v, _lsas.Id[v] & mask, bits, _distance[v]);
                }
                for (int k = at + LsaHeader.Length + 4; k < end; k += 4)
                {
                    uint router = Octets.ReadUInt32(b, k);
                    int w = _lsas.Find(_area, LsaHeader.Router, router, router);
                    if (w >= 0)
                    {
                        uint back = LinkBack(w, LinkTransit, _lsas.Id[v]);
                        Relax(v, w, _distance[v], -1, back, back != 0);
                    }
                }
                return;
            }
            int flags = b[at + LsaHeader.Length] & 3;
            if (flags != 0 && v != _root)
            {
                OfferRouter(v, flags);
            }
            int links = Octets.ReadUInt16(b, at + LsaHeader.Length + 2);
            int link = at + LsaHeader.Length + 4;
            for (int k = 0; k < links; k++)
            {
                uint id = Octets.ReadUInt32(b, link);
                uint data = Octets.ReadUInt32(b, link + 4);
                int cost = _distance[v] + Octets.ReadUInt16(b, link + 10);
                switch (b[link + 8])
                {
                    case LinkStub:
                        int bits = BitsOf(data);
                        if (bits >= 0)
                        {
                            Stub(v, id & data, bits, cost, data);
                        }
                        break;
                    case LinkTransit:
                        int network = _lsas.FindAny(_area, LsaHeader.Network, id, _ospf.Now);
                        if (network >= 0)
                        {
                            Relax(v, network, cost, v == _root ? _ospf.InterfaceWith(_process, data) : -1, 0, NetworkNames(network, _lsas.Id[v]));
                        }
                        break;
                    case LinkPointToPoint:
                        int w = _lsas.Find(_area, LsaHeader.Router, id, id);
                        if (w >= 0)
                        {
                            int port = v == _root ? _ospf.InterfaceWith(_process, data) : -1;
                            Relax(v, w, cost, port, port < 0 ? 0 : _ospf.AddressOfNeighbor(port, id), LinkBack(w, LinkPointToPoint, _lsas.Id[v]) != 0);
                        }
                        break;
                }
                link += 12 + 4 * b[link + 9];
            }
        }

        private const int LinkPointToPoint = 1;
        private const int LinkTransit = 2;
        private const int LinkStub = 3;

        // The data of router w's link of this type and id, or 0: without a link back there is no edge (section 16.1, step 2b).
        private uint LinkBack(int w, int type, uint id)
        {
            if (!_lsas.IsAlive(w, _ospf.Now))
            {
                return 0;
            }
            byte[] b = _lsas.Pool;
            int at = _lsas.At[w] + LsaHeader.Length;
            int links = Octets.ReadUInt16(b, at + 2);
            at += 4;
            for (int k = 0; k < links; k++)
            {
                if (b[at + 8] == type && Octets.ReadUInt32(b, at) == id)
                {
                    uint data = Octets.ReadUInt32(b, at + 4);
                    return data == 0 ? 1 : data;
                }
                at += 12 + 4 * b[at + 9];
            }
            return 0;
        }

        private bool NetworkNames(int network, uint router)
        {
            byte[] b = _lsas.Pool;
            int at = _lsas.At[network];
            int end = at + LsaHeader.ReadLength(b, at);
            for (int k = at + LsaHeader.Length + 4; k < end; k += 4)
            {
                if (Octets.ReadUInt32(b, k) == router)
                {
                    return true;
                }
            }
            return false;
        }

        // An edge from v to w. From the root and from a network on the root's own link the hop is made here, else it is v's (section 16.1.1).
        private void Relax(int v, int w, int distance, int port, uint address, bool linksBack)
        {
            if (!linksBack || _mark[w] == InTree)
            {
                return;
            }
            if (_mark[w] == Candidate && distance > _distance[w])
            {
                return;
            }
            if (v == _root && port < 0)
            {
                return;
            }
            if (_mark[w] != Candidate || distance < _distance[w])
            {
                _mark[w] = Candidate;
                _distance[w] = distance;
                _hopCount[w] = 0;
            }
            if (v == _root)
            {
                AddHop(w, port, address);
                return;
            }
            for (int k = 0; k < _hopCount[v]; k++)
            {
                uint hop = _hopAddress[v * _maxHops + k];
                AddHop(w, _hopPort[v * _maxHops + k], hop == 0 ? address : hop);
            }
        }

        private void AddHop(int w, int port, uint address)
        {
            int count = _hopCount[w];
            for (int k = 0; k < count; k++)
            {
                if (_hopPort[w * _maxHops + k] == port && _hopAddress[w * _maxHops + k] == address)
                {
                    return;
                }
            }
            if (count < _maxHops)
            {
                _hopPort[w * _maxHops + count] = (short)port;
                _hopAddress[w * _maxHops + count] = address;
                _hopCount[w]++;
            }
        }

        /// <returns>Bits of a mask, or -1 when it has holes.</returns>
        private static int BitsOf(uint mask)
        {
            int bits = 0;
            while (bits < 32 && (mask & (0x80000000 >> bits)) != 0)
            {
                bits++;
            }
            return InterfaceTable.MaskOf(bits) == mask ? bits : -1;
        }

        // A stub link of the root is an interface of ours: there is no next hop, the interface itself is it.
        private void Stub(int v, uint prefix, int bits, int cost, uint mask)
        {
            if (v != _root)
            {
                OfferFrom(v, prefix, bits, cost);
                return;
            }
            int route = Offer(v, prefix, bits, OspfRouteTable.IntraArea, cost, 0);
            int port = _ospf.InterfaceOn(_process, prefix, mask);
            if (route >= 0 && port >= 0)
            {
                _routes.AddHop(route, port, 0, _maxHops);
            }
        }

        private void OfferFrom(int v, uint prefix, int bits, int cost)
        {
            int route = Offer(v, prefix, bits, OspfRouteTable.IntraArea, cost, 0);
            for (int k = 0; route >= 0 && k < _hopCount[v]; k++)
            {
                _routes.AddHop(route, _hopPort[v * _maxHops + k], _hopAddress[v * _maxHops + k], _process.MaximumPaths);
            }
        }

        // A path to a network. Answers the row to add hops to; -1 when a better one is known.
        private int Offer(int row, uint prefix, int bits, int kind, int cost, int typeTwo)
        {
            int route = _routes.FindNetwork(_process.Index, prefix, bits);
            if (route < 0)
            {
                route = _routes.AddNetwork(_process.Index, prefix, bits);
            }
            return route < 0 ? route : Better(route, row, kind, cost, typeTwo);
        }

        private int Better(int route, int row, int kind, int cost, int typeTwo)
        {
            if (_routes.Run[route] == _run)
            {
                int order = _routes.Compare(kind, cost, typeTwo, route);
                if (order >= 0)
                {
                    return order == 0 ? route : -1;
                }
            }
            _routes.Run[route] = _run;
            _routes.Origin[route] = (short)row;
            _routes.Kind[route] = (byte)kind;
            _routes.Cost[route] = cost;
            _routes.TypeTwo[route] = typeTwo;
            _routes.Area[route] = (short)(_phase == Tree || _phase == Summaries ? _area : -1);
            _routes.HopCount[route] = 0;
            return route;
        }

        private void OfferRouter(int v, int flags)
        {
            int route = _routes.FindRouter(_process.Index, _lsas.Id[v], _area);
            route = route < 0 ? _routes.AddRouter(_process.Index, _lsas.Id[v], _area) : route;
            if (route < 0 || Better(route, v, OspfRouteTable.IntraArea, _distance[v], 0) < 0)
            {
                return;
            }
            _routes.Options[route] = (byte)flags;
            for (int k = 0; k < _hopCount[v]; k++)
            {
                _routes.AddHop(route, _hopPort[v * _maxHops + k], _hopAddress[v * _maxHops + k], _process.MaximumPaths);
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(17);
            bill.Array(_distance.Length * 4);
            bill.Array(_mark.Length);
            bill.Array(_hopPort.Length * 2);
            bill.Array(_hopAddress.Length * 4);
            bill.Array(_hopCount.Length);
            bill.Array(_maxHops * 4);
            bill.Array(_maxHops * 4);
        }
    }
}
