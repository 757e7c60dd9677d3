using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ip route</c> and <c>show ip cef</c>: the prefixes of a VRF in order, and the static routes that are not used, with why.</summary>
    public sealed partial class ShowRoutes : Show
    {
        /// <summary>The address to look up, when <see cref="HasAddress"/>.</summary>
        public uint Address;
        public bool HasAddress;

        // The major network whose heading has been written, and whether one applies.
        private uint _major;
        private int _majorBits;

        // The prefix in hand; the next step looks for the one after it, whatever has changed in between.
        private uint _prefix;
        private int _bits;
        private int _handle;

        public ShowRoutes(ControlModule control, HostStack host, Tables tables, TextBuffer output)
            : base(control, host, tables, output)
        {
        }

        public override bool Step()
        {
            if (Action == CommandTable.ShowIpRoute && HasAddress)
            {
                PutRoutingEntry();
                return false;
            }
            return Action == CommandTable.ShowIpRoute ? RouteStep() : CefStep();
        }

        // ---- show ip route

        private bool RouteStep()
        {
            switch (Phase)
            {
                case 0:
                    if (Vrf != 0)
                    {
                        Output.Line().Text("Routing Table: ").Line(Tables.Vrfs.NameOf(Vrf));
                    }
                    Output.Line("Codes: L - local, C - connected, S - static, * - candidate default").Line();
                    PutGateway();
                    _majorBits = -1;
                    _prefix = 0;
                    _bits = -1;
                    Next();
                    return true;
                case 1:
                    if (!NextPrefix())
                    {
                        Next();
                        return true;
                    }
                    PutPrefix();
                    return true;
                default:
                    if (Row >= Control.Routes.High)
                    {
                        return false;
                    }
                    PutUnused(Row++);
                    return true;
            }
        }

        private bool NextPrefix()
        {
            bool found = Tables.Prefixes.Next(Vrf, _prefix, _bits);
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
            for (int i = Control.Routes.FirstOf(Vrf, prefix, bits); i != RouteTable.None; i = Control.Routes.NextOf(i))
            {
                if (Control.Routes.IsActive(i) && Control.Routes.Source[i] != RouteSource.Adjacency)
                {
                    return i;
                }
            }
            return RouteTable.None;
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
            bool inside = false;
            if (bits >= classBits)
            {
                inside = _majorBits == classBits && _major == major ? true : PutHeading(major, classBits);
            }
            bool more = false;
            for (int i = first; i != RouteTable.None; i = Control.Routes.NextOf(i))
            {
                if (!Control.Routes.IsActive(i) || Control.Routes.Source[i] == RouteSource.Adjacency || Output.Free < 100)
                {
                    continue;
                }
                PutRoute(i, more, inside);
                more = true;
            }
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
                more = Tables.Prefixes.Next(Vrf, prefix, bits);
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
                Output.Put(source == RouteSource.Static ? 'S' : source == RouteSource.Connected ? 'C' : 'L');
                Output.Put(Control.Routes.Bits[i] == 0 ? '*' : ' ');
                Output.To(inside ? 9 : 6).Prefix(Control.Routes.Prefix[i], Control.Routes.Bits[i]).Put(' ');
            }
            else
            {
                Output.To(21);
            }
            PutVia(i);
            Output.Line();
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
            if (!Control.Routes.IsUsed(i) || Control.Routes.IsActive(i) || Control.Routes.Source[i] != RouteSource.Static || Control.Routes.Vrf[i] != Vrf)
            {
                return;
            }
            if (Phase == 2)
            {
                Output.Line().Line("Static routes not in use:");
                Phase = 3;
            }
            Output.Text("S ").To(6).Prefix(Control.Routes.Prefix[i], Control.Routes.Bits[i]).Put(' ');
            PutVia(i);
            Output.Text(": ");
            PutReason(i);
            Output.Line();
        }

        private void PutReason(int i)
        {
            int port = Control.Routes.Port[i];
            uint nextHop = Control.Routes.NextHop[i];
            if (Control.Routes.Distance[i] == RouteTable.Unreachable)
            {
                Output.Text("distance 255 is never used");
            }
            else if (port >= 0 && !Control.IsUp(port))
            {
                Name(port).Text(" is ").Text(AdministrativeState(port));
            }
            else if (Control.Routes.Label[i] >= 0 && Control.Resolver.ResolveByLsp(nextHop, Control.Routes.Label[i]) != NextHopResolver.Reached)
            {
                Output.Text("no label switched path to ").Address(nextHop).Text("/32");
            }
            else if (Control.Routes.Label[i] < 0 && port < 0 && Control.Resolver.ResolveByIp(Vrf, nextHop) != NextHopResolver.Reached)
            {
                Output.Text("next hop is not reachable");
            }
            else
            {
                int active = ActiveOf(Control.Routes.Prefix[i], Control.Routes.Bits[i]);
                bool equal = active != RouteTable.None && Control.Routes.Distance[active] == Control.Routes.Distance[i]
                    && Control.Routes.Metric[active] == Control.Routes.Metric[i];
                Output.Text(active == RouteTable.None ? "no room in the forwarding table" : equal ? "enough equal routes are in use" : "a better route is in use");
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            BillShared(bill);
        }
    }
}
