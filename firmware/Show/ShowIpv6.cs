using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ipv6 interface brief</c>, <c>show ipv6 route</c>, <c>show ipv6 cef</c> and <c>show ipv6 neighbors</c>.</summary>
    public sealed partial class ShowIpv6 : Show
    {
        private const int Length = Ipv6Header.AddressLength;

        // The prefix in hand is in Request.Octets; bits -1 before the first.
        private int _bits;

        // Of show ipv6 cef: the handle of the prefix in hand, whose next way is Request.Item.
        private int _handle;

        public ShowIpv6(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            switch (Request.Action)
            {
                case CommandTable.ShowIpv6InterfaceBrief: return BriefStep();
                case CommandTable.ShowIpv6Route: return RouteStep();
                case CommandTable.ShowIpv6Cef: return CefStep();
                default: return NeighborStep();
            }
        }

        private bool BriefStep()
        {
            while (Request.Row < Host.Interfaces.Count && (Host.Interfaces.Name[Request.Row] == null || !Host.Ipv6.Enabled[Request.Row]))
            {
                Request.Row++;
            }
            if (Request.Row >= Host.Interfaces.Count)
            {
                return false;
            }
            Name(Request.Row).To(27).Text("[").Text(AdministrativeState(Request.Row)).Text("/").Text(Control.IsUp(Request.Row) ? "up" : "down").Text("]");
            Control.Diagnosis.OfInterface(Request.Row);
            PutReason("  ");
            Output.Line();
            for (int row = Request.Row * Ipv6Interfaces.Slots; row < (Request.Row + 1) * Ipv6Interfaces.Slots; row++)
            {
                int state = Host.Ipv6.State[row];
                if (state != Ipv6Interfaces.Free)
                {
                    Ipv6Literal.Put(Output.Text("    "), Host.Ipv6.Address, row * Length);
                    Output.Line(state == Ipv6Interfaces.Tentative ? " [TEN]" : state == Ipv6Interfaces.Duplicate ? " [DUP]" : "");
                }
            }
            Request.Row++;
            return true;
        }

        // The prefixes in order, each with its active candidates.
        private bool RouteStep()
        {
            if (Request.HasAddress || Request.Bits >= 0)
            {
                if (Request.HasAddress ? FindLongest() : FindNext(Request.Key, Request.Bits - 1) && _bits == Request.Bits && Ipv6Header.AddressesEqual(Request.Octets, 0, Request.Key, 0))
                {
                    PutRoutes();
                }
                else
                {
                    Output.Line("% Network not in table");
                }
                return false;
            }
            if (Request.Phase == 0)
            {
                Output.Line("Codes: C - connected, L - local, S - static");
                for (int i = 0; i < Length; i++)
                {
                    Request.Octets[i] = 0;
                }
                _bits = -1;
                Next();
                return true;
            }
            if (Request.Phase == 1)
            {
                if (!FindNext(Request.Octets, _bits))
                {
                    Next();
                    return true;
                }
                PutRoutes();
                return true;
            }
            if (Request.Row >= Control.Routes6.High)
            {
                return false;
            }
            PutUnused(Request.Row++);
            return true;
        }

        // A candidate that a person configured or that follows from it, and that is in use.
        private bool IsShown(int route)
        {
            Ipv6RouteTable routes = Control.Routes6;
            return routes.IsUsed(route) && routes.IsActive(route) && routes.Vrf[route] == Request.Vrf && routes.Source[route] != RouteSource.Adjacency;
        }

        // The least prefix after this one by address, then length: to Request.Octets and _bits. A walk, so that a table may change between two steps.
        private bool FindNext(byte[] after, int bits)
        {
            Ipv6RouteTable routes = Control.Routes6;
            int best = Ipv6RouteTable.None;
            for (int i = 0; i < routes.High; i++)
            {
                if (IsShown(i) && Compare(i, after, 0, bits) > 0
                    && (best == Ipv6RouteTable.None || Compare(i, routes.Prefix, best * Length, routes.Bits[best]) < 0))
                {
                    best = i;
                }
            }
            return Found(best);
        }

        private bool FindLongest()
        {
            Ipv6RouteTable routes = Control.Routes6;
            int best = Ipv6RouteTable.None;
            for (int i = 0; i < routes.High; i++)
            {
                if (IsShown(i) && Ipv6Address.SamePrefix(routes.Prefix, i * Length, Request.Key, 0, routes.Bits[i])
                    && (best == Ipv6RouteTable.None || routes.Bits[i] > routes.Bits[best]))
                {
                    best = i;
                }
            }
            return Found(best);
        }

        private bool Found(int route)
        {
            if (route == Ipv6RouteTable.None)
            {
                return false;
            }
            Octets.Copy(Control.Routes6.Prefix, route * Length, Request.Octets, 0, Length);
            _bits = Control.Routes6.Bits[route];
            return true;
        }

        private int Compare(int route, byte[] prefix, int offset, int bits)
        {
            Ipv6RouteTable routes = Control.Routes6;
            for (int i = 0; i < Length; i++)
            {
                int difference = routes.Prefix[route * Length + i] - prefix[offset + i];
                if (difference != 0)
                {
                    return difference;
                }
            }
            return routes.Bits[route] - bits;
        }

        private void PutUnused(int route)
        {
            Ipv6RouteTable routes = Control.Routes6;
            if (!routes.IsUsed(route) || routes.IsActive(route) || routes.Source[route] != RouteSource.Static || routes.Vrf[route] != Request.Vrf)
            {
                return;
            }
            if (Request.Phase == 2)
            {
                Output.Line("Static routes not in use:");
                Request.Phase = 3;
            }
            Output.Text("S   ");
            Ipv6Literal.PutPrefix(Output, routes.Prefix, route * Length, routes.Bits[route]);
            PutLeading(route, RouteSource.Static);
            Control.Diagnosis.OfRoute6(route);
            PutReason(": ");
            Output.Line();
        }

        // Of the prefix in hand; of a static route how it leads on.
        private void PutRoutes()
        {
            bool first = true;
            Ipv6RouteTable routes = Control.Routes6;
            for (int i = routes.FirstOf(Request.Vrf, Request.Octets, 0, _bits); i != Ipv6RouteTable.None; i = routes.NextOf(i))
            {
                if (!IsShown(i) || Output.Free < 160)
                {
                    continue;
                }
                int source = routes.Source[i];
                if (first)
                {
                    Output.Text(source == RouteSource.Static ? "S   " : source == RouteSource.Local ? "L   " : "C   ");
                    Ipv6Literal.PutPrefix(Output, Request.Octets, 0, _bits);
                    Output.Text(" [").Number(routes.Distance[i]).Line("/0]");
                }
                first = false;
                PutWay(i, source);
            }
        }

        private void PutWay(int route, int source)
        {
            Output.Text("    ");
            PutLeading(route, source);
            Output.Line();
        }

        private void PutLeading(int route, int source)
        {
            Ipv6RouteTable routes = Control.Routes6;
            Output.Text(" via ");
            if (routes.Label[route] >= 0)
            {
                Output.Address(routes.Peer[route]).Text(", label ").Number(routes.Label[route]);
            }
            else if (routes.HasNextHop(route))
            {
                Ipv6Literal.Put(Output, routes.NextHop, route * Length);
            }
            if (routes.Port[route] >= 0)
            {
                Output.Text(routes.HasNextHop(route) ? ", " : "");
                Name(routes.Port[route]);
                Output.Text(source == RouteSource.Local ? ", receive" : source == RouteSource.Connected ? ", directly connected" : "");
            }
        }

        private bool NeighborStep()
        {
            if (Request.Phase == 0)
            {
                Output.Line("IPv6 Address                              Age Link-layer Addr State Interface");
                Next();
                return true;
            }
            Ipv6NeighborTable neighbors = Host.Neighbors6;
            while (Request.Row < neighbors.Count && neighbors.StateOf(Request.Row) == NeighborSlots.Free)
            {
                Request.Row++;
            }
            if (Request.Row >= neighbors.Count)
            {
                return false;
            }
            neighbors.CopyAddress(Request.Row, Request.Octets, 0);
            Ipv6Literal.Put(Output, Request.Octets, 0).To(42);
            if (neighbors.IsResolved(Request.Row))
            {
                neighbors.CopyHardware(Request.Row, Request.Octets, 0);
                Output.Unsigned(neighbors.AgeMs(Request.Row, Request.Now) / 60000).To(46).Hardware(Request.Octets, 0);
            }
            else
            {
                Output.Text("0").To(46).Text("-");
            }
            Output.To(62).Text(StateOf(neighbors.StateOf(Request.Row))).To(68);
            Name(neighbors.PortOf(Request.Row)).Line(neighbors.StateOf(Request.Row) == NeighborSlots.Failed ? "  does not answer" : neighbors.StateOf(Request.Row) == NeighborSlots.Incomplete ? "  has not answered yet" : "");
            Request.Row++;
            return true;
        }

        private static string StateOf(int state)
        {
            switch (state)
            {
                case NeighborSlots.Incomplete: return "INCMP";
                case NeighborSlots.Reachable: return "REACH";
                case NeighborSlots.Stale: return "STALE";
                case NeighborSlots.Delay: return "DELAY";
                case NeighborSlots.Probing: return "PROBE";
                default: return "FAIL";
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(2);
            BillShared(bill);
        }
    }
}
