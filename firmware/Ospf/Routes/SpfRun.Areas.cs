using LabEdge.Control;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ospf
{
    // Read RFC 2328 sections 16.2 and 16.4 before changing this file.
    // What lies outside the areas of the trees: summaries, externals; then the RIB.
    public sealed partial class SpfRun
    {
        private void Summary(int row)
        {
            int type = _lsas.Type[row];
            if ((type != LsaHeader.SummaryNetwork && type != LsaHeader.SummaryRouter) || !IsForeign(row))
            {
                return;
            }
            OspfArea area = _ospf.Areas[_lsas.Scope[row]];

            // An area border router looks at the backbone's alone (section 16.2).
            if (area.Process != _process.Index || (_process.IsBorder && area.Id != 0))
            {
                return;
            }
            _area = area.Index;
            int at = _lsas.At[row];
            int metric = Octets.ReadInt32(_lsas.Pool, at + LsaHeader.Length + 4) & 0xFFFFFF;
            int border = _routes.FindRouter(_process.Index, _lsas.Router[row], area.Index);
            if (metric >= LsaHeader.Infinity || border < 0 || _routes.Run[border] != _run || (_routes.Options[border] & 1) == 0)
            {
                return;
            }
            int cost = _routes.Cost[border] + metric;
            int route;
            if (type == LsaHeader.SummaryRouter)
            {
                if (_lsas.Id[row] == _process.RouterId)
                {
                    return;
                }
                route = _routes.FindRouter(_process.Index, _lsas.Id[row], area.Index);
                route = route < 0 ? _routes.AddRouter(_process.Index, _lsas.Id[row], area.Index) : route;
                route = route < 0 ? route : Better(route, row, OspfRouteTable.InterArea, cost, 0);
                if (route >= 0)
                {
                    _routes.Options[route] = 2;
                }
            }
            else
            {
                uint mask = Octets.ReadUInt32(_lsas.Pool, at + LsaHeader.Length);
                int bits = BitsOf(mask);
                route = bits < 0 ? -1 : Offer(row, _lsas.Id[row] & mask, bits, OspfRouteTable.InterArea, cost, 0);
            }
            CopyHops(border, route);
        }

        private bool IsForeign(int row)
        {
            return _lsas.IsAlive(row, _ospf.Now) && _lsas.Router[row] != _process.RouterId;
        }

        private void CopyHops(int from, int to)
        {
            for (int k = 0; to >= 0 && k < _routes.HopCount[from]; k++)
            {
                _routes.AddHop(to, _routes.HopPort(from, k), _routes.HopAddress(from, k), _process.MaximumPaths);
            }
        }

        private void External(int row)
        {
            if (_lsas.Type[row] != LsaHeader.External || _lsas.Scope[row] != LsaTable.ProcessScope + _process.Index || !IsForeign(row))
            {
                return;
            }
            int at = _lsas.At[row] + LsaHeader.Length;
            uint mask = Octets.ReadUInt32(_lsas.Pool, at);
            int bits = BitsOf(mask);
            bool two = (_lsas.Pool[at + 4] & 0x80) != 0;
            int metric = Octets.ReadInt32(_lsas.Pool, at + 4) & 0xFFFFFF;
            uint forward = Octets.ReadUInt32(_lsas.Pool, at + 8);
            int via = BestBorder(_lsas.Router[row]);
            if (bits < 0 || metric >= LsaHeader.Infinity || via < 0)
            {
                return;
            }
            if (forward != 0)
            {
                via = Towards(forward);
                if (via < 0)
                {
                    return;
                }
            }
            int cost = _routes.Cost[via] + (two ? 0 : metric);
            int route = Offer(row, _lsas.Id[row] & mask, bits, two ? OspfRouteTable.ExternalTwo : OspfRouteTable.ExternalOne, cost, two ? metric : 0);
            for (int k = 0; route >= 0 && k < _routes.HopCount[via]; k++)
            {
                uint hop = _routes.HopAddress(via, k);
                _routes.AddHop(route, _routes.HopPort(via, k), hop == 0 ? forward : hop, _process.MaximumPaths);
            }
        }

        // The AS border router's best row: least cost, as RFC 1583 and IOS by default (section 16.4, step 3).
        private int BestBorder(uint router)
        {
            int best = -1;
            for (int r = _routes.FindRouter(_process.Index, router, -1); r >= 0; r = _routes.NextRouter(r))
            {
                if (_routes.Run[r] == _run && (_routes.Options[r] & 2) != 0 && (best < 0 || _routes.Cost[r] < _routes.Cost[best]))
                {
                    best = r;
                }
            }
            return best;
        }

        // The route to a forwarding address: within the AS, by the longest prefix.
        private int Towards(uint address)
        {
            for (int bits = 32; bits >= 0; bits--)
            {
                int r = _routes.FindNetwork(_process.Index, address & InterfaceTable.MaskOf(bits), bits);
                if (r >= 0 && _routes.Run[r] == _run)
                {
                    return _routes.Kind[r] <= OspfRouteTable.InterArea ? r : -1;
                }
            }
            return -1;
        }

        // A route of this run goes into the RIB, one of an earlier run out of both tables.
        private void InstallRoute(int r)
        {
            if (!_routes.IsOf(r, _process.Index))
            {
                return;
            }
            bool stale = _routes.Run[r] != _run;
            if (!_routes.IsRouter(r))
            {
                int count = 0;
                for (int k = 0; !stale && k < _routes.HopCount[r]; k++)
                {
                    if (_routes.HopAddress(r, k) == 0)
                    {
                        // Our own link: the connected route stands for it.
                        count = 0;
                        break;
                    }
                    _setAddress[count] = _routes.HopAddress(r, k);
                    _setPort[count++] = _routes.HopPort(r, k);
                }
                int metric = _routes.Kind[r] == OspfRouteTable.ExternalTwo ? _routes.TypeTwo[r] : _routes.Cost[r];
                _ospf.Control.Routes.SetHops(_process.Vrf, _routes.Prefix[r], _routes.Bits[r], RouteSource.Ospf, _process.Distance, metric,
                    _setAddress, _setPort, count, _routes.Kind[r]);
            }
            if (stale)
            {
                _routes.Remove(r);
            }
        }
    }
}
