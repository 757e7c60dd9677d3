using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ip route</c> and <c>show ip cef</c>: the prefixes of a VRF in order, and the static routes that are not used, with why.</summary>
    public sealed partial class ShowRoutes : Show
    {
        /// <summary>Forms of <c>show ip route</c>: which sources, or how many of each.</summary>
        public const int OnlyConnected = 1;
        public const int OnlyStatic = 2;
        public const int Summary = 4;
        public const int OnlyOspf = 8;

        // The major network whose heading has been written, and whether one applies.
        private uint _major;
        private int _majorBits;

        // The prefix in hand; the next step looks for the one after it, whatever has changed in between.
        private uint _prefix;
        private int _bits;
        private int _handle;

        // Of the prefix in hand, whose next candidate or way is Request.Item: whether a line of it has been written, and whether it stands under a heading.
        private bool _more;
        private bool _inside;

        public ShowRoutes(ShowRequest request)
            : base(request)
        {
        }

        public override bool Step()
        {
            if (Request.Action == CommandTable.ShowIpRoute && Request.HasAddress)
            {
                PutRoutingEntry();
                return false;
            }
            return Request.Action != CommandTable.ShowIpRoute ? CefStep() : (Request.Form & Summary) != 0 ? SummaryStep() : RouteStep();
        }

        // ---- show ip route

        private bool RouteStep()
        {
            switch (Request.Phase)
            {
                case 0:
                    if (Request.Vrf != 0)
                    {
                        Output.Line().Text("Routing Table: ").Line(Tables.Vrfs.NameOf(Request.Vrf));
                    }
                    Output.Line("Codes: L - local, C - connected, S - static, O - OSPF, IA - OSPF inter area");
                    Output.Line("       E1 - OSPF external type 1, E2 - OSPF external type 2, * - candidate default").Line();
                    PutGateway();
                    _majorBits = -1;
                    _prefix = 0;
                    _bits = -1;
                    Request.Item = RouteTable.None;
                    Next();
                    return true;
                case 1:
                    if (Request.Item != RouteTable.None)
                    {
                        PutCandidate();
                        return true;
                    }
                    if (!NextPrefix())
                    {
                        Next();
                        return true;
                    }
                    PutPrefix();
                    return true;
                default:
                    if (Request.Row >= Control.Routes.High || ((Request.Form & ~Summary) != 0 && (Request.Form & OnlyStatic) == 0))
                    {
                        return false;
                    }
                    PutUnused(Request.Row++);
                    return true;
            }
        }

        private bool NextPrefix()
        {
            bool found = Tables.Prefixes.Next(Request.Vrf, _prefix, _bits);
            if (found)
            {
                TakeFound();
            }
            return found;
        }

        private void TakeFound()
        {
            _prefix = Tables.Prefixes.FoundKey[0];
            _bits = Tables.Prefixes.FoundBits;
            _handle = Tables.Prefixes.FoundHandle;
        }

        private void PutGateway()
        {
            int route = ActiveOf(0, 0);
            if (route == RouteTable.None)
            {
                Output.Line("Gateway of last resort is not set").Line();
                return;
            }
            Output.Text("Gateway of last resort is ").Address(Control.Routes.NextHop[route]).Line(" to network 0.0.0.0").Line();
        }

        // The first active route of a prefix that a person configured or that follows from it.
        private int ActiveOf(uint prefix, int bits)
        {
            return NextActive(Control.Routes.FirstOf(Request.Vrf, prefix, bits));
        }

        private int NextActive(int route)
        {
            while (route != RouteTable.None && !IsShown(route))
            {
                route = Control.Routes.NextOf(route);
            }
            return route;
        }

        private bool IsShown(int route)
        {
            int source = Control.Routes.Source[route];
            if (!Control.Routes.IsActive(route) || source == RouteSource.Adjacency)
            {
                return false;
            }
            int only = Request.Action == CommandTable.ShowIpRoute ? Request.Form & ~Summary : 0;
            return only == 0 || (only & FormOf(source)) != 0;
        }

        private static int FormOf(int source)
        {
            return source == RouteSource.Static ? OnlyStatic : source == RouteSource.Ospf ? OnlyOspf : OnlyConnected;
        }

        // One more candidate of the prefix in hand; what has changed since the step before ends it.
        private void PutCandidate()
        {
            RouteTable routes = Control.Routes;
            int route = Request.Item;
            Request.Item = RouteTable.None;
            if (routes.IsUsed(route) && routes.Vrf[route] == Request.Vrf && routes.Prefix[route] == _prefix && routes.Bits[route] == _bits && IsShown(route))
            {
                PutRoute(route, _more, _inside);
                _more = true;
                Request.Item = NextActive(routes.NextOf(route));
            }
        }

        private static int ClassOf(uint address)
        {
            return (address & 0x80000000) == 0 ? 8 : (address & 0x40000000) == 0 ? 16 : 24;
        }

        // IOS writes a heading over the subnets of a class A, B or C network; what is not a subnet stands alone.
        private void PutPrefix()
        {
            uint prefix = _prefix;
            int bits = _bits;
            int first = ActiveOf(prefix, bits);
            if (first == RouteTable.None)
            {
                return;
            }
            int classBits = ClassOf(prefix);
            uint major = prefix & Literal.MaskOf(classBits);
            _inside = bits >= classBits && ((_majorBits == classBits && _major == major) || PutHeading(major, classBits));
            _more = false;
            Request.Item = first;
        }

        // Returns false when the network has one route, to itself: it needs no heading.
        private bool PutHeading(uint major, int classBits)
        {
            uint last = PrefixTable.LastOf(major, classBits);
            int subnets = 0;
            int onlyBits = -1;
            int masks = 0;
            uint seenLow = 0;
            uint prefix = _prefix;
            int bits = _bits;
            for (bool more = true; more && prefix <= last;)
            {
                if (ActiveOf(prefix, bits) != RouteTable.None)
                {
                    uint bit = 1u << (bits & 31);
                    masks += (seenLow & bit) == 0 ? 1 : 0;
                    seenLow |= bit;
                    subnets++;
                    onlyBits = bits;
                }
                more = Tables.Prefixes.Next(Request.Vrf, prefix, bits);
                prefix = Tables.Prefixes.FoundKey[0];
                bits = Tables.Prefixes.FoundBits;
            }
            if (subnets == 1 && onlyBits == classBits)
            {
                return false;
            }
            _major = major;
            _majorBits = classBits;
            Output.Text("      ").Prefix(major, masks > 1 ? classBits : onlyBits);
            if (masks > 1)
            {
                Output.Text(" is variably subnetted, ").Number(subnets).Text(" subnets, ").Number(masks).Line(" masks");
            }
            else
            {
                Output.Text(" is subnetted, ").Number(subnets).Line(" subnets");
            }
            return true;
        }

        private void PutRoute(int i, bool more, bool inside)
        {
            int source = Control.Routes.Source[i];
            if (!more)
            {
                Output.Put(LetterOf(source));
                Output.Put(Control.Routes.Bits[i] == 0 ? '*' : ' ');
                Output.Text(source == RouteSource.Ospf ? KindOf(Control.Routes.Attribute[i]) : "");
                Output.To(inside ? 9 : 6).Prefix(Control.Routes.Prefix[i], Control.Routes.Bits[i]).Put(' ');
            }
            else
            {
                Output.To(21);
            }
            PutVia(i);
            Output.Line();
        }

        private static char LetterOf(int source)
        {
            return source == RouteSource.Static ? 'S' : source == RouteSource.Connected ? 'C' : source == RouteSource.Ospf ? 'O' : 'L';
        }

        // The attribute of an OSPF route is its kind of path (RFC 2328 section 11).
        private static string KindOf(int attribute)
        {
            return attribute == 1 ? "IA" : attribute == 2 ? "E1" : attribute == 3 ? "E2" : "";
        }

        private void PutVia(int i)
        {
            uint nextHop = Control.Routes.NextHop[i];
            int port = Control.Routes.Port[i];
            if (nextHop == 0)
            {
                Output.Text("is directly connected, ");
                Name(port);
                return;
            }
            Output.Put('[');
            Output.Number(Control.Routes.Distance[i]).Put('/');
            Output.Number(Control.Routes.Metric[i]).Text("] via ").Address(nextHop);
            if (Control.Routes.Source[i] == RouteSource.Ospf)
            {
                LogText.PutUptime(Output.Text(", "), Control.Routes.Clock - Control.Routes.Since[i]);
            }
            if (port >= 0)
            {
                Output.Text(", ");
                Name(port);
            }
            if (Control.Routes.Label[i] >= 0)
            {
                Output.Text(" (default), label ").Number(Control.Routes.Label[i]);
            }
        }

        private void PutUnused(int i)
        {
            if (!Control.Routes.IsUsed(i) || Control.Routes.IsActive(i) || Control.Routes.Source[i] != RouteSource.Static || Control.Routes.Vrf[i] != Request.Vrf)
            {
                return;
            }
            if (Request.Phase == 2)
            {
                Output.Line().Line("Static routes not in use:");
                Request.Phase = 3;
            }
            Output.Text("S ").To(6).Prefix(Control.Routes.Prefix[i], Control.Routes.Bits[i]).Put(' ');
            PutVia(i);
            Control.Diagnosis.OfRoute(i);
            PutReason(": ");
            Output.Line();
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            BillShared(bill);
        }
    }
}
