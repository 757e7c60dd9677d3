using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Cli
{
    /// <summary><c>show ipv6 interface brief</c>, <c>show ipv6 route</c> and <c>show ipv6 neighbors</c>.</summary>
    public sealed class ShowIpv6 : Show
    {
        private const int Length = Ipv6Header.AddressLength;

        private readonly byte[] _octets = new byte[Length];

        public ShowIpv6(ControlModule control, HostStack host, Tables tables, TextBuffer output)
            : base(control, host, tables, output)
        {
        }

        public override bool Step()
        {
            switch (Action)
            {
                case CommandTable.ShowIpv6InterfaceBrief: return BriefStep();
                case CommandTable.ShowIpv6Route: return RouteStep();
                default: return NeighborStep();
            }
        }

        private bool BriefStep()
        {
            while (Row < Host.Interfaces.Count && (Host.Interfaces.Name[Row] == null || !Host.Ipv6.Enabled[Row]))
            {
                Row++;
            }
            if (Row >= Host.Interfaces.Count)
            {
                return false;
            }
            Name(Row).To(27).Text("[").Text(!Control.IsEnabled(Row) ? "administratively down" : Control.IsUp(Row) ? "up" : "down").Line("]");
            for (int row = Row * Ipv6Interfaces.Slots; row < (Row + 1) * Ipv6Interfaces.Slots; row++)
            {
                int state = Host.Ipv6.State[row];
                if (state != Ipv6Interfaces.Free)
                {
                    Ipv6Literal.Put(Output.Text("    "), Host.Ipv6.Address, row * Length);
                    Output.Line(state == Ipv6Interfaces.Tentative ? " [TEN]" : state == Ipv6Interfaces.Duplicate ? " [DUP]" : "");
                }
            }
            Row++;
            return true;
        }

        // Active candidates, and of a static route how it leads on.
        private bool RouteStep()
        {
            if (Phase == 0)
            {
                Output.Line("Codes: C - connected, L - local, S - static");
                Next();
                return true;
            }
            Ipv6RouteTable routes = Control.Routes6;
            while (Row < routes.High && (!routes.IsUsed(Row) || !routes.IsActive(Row) || routes.Vrf[Row] != Vrf || routes.Source[Row] == RouteSource.Adjacency))
            {
                Row++;
            }
            if (Row >= routes.High)
            {
                return false;
            }
            int source = routes.Source[Row];
            Output.Text(source == RouteSource.Static ? "S   " : source == RouteSource.Local ? "L   " : "C   ");
            Ipv6Literal.PutPrefix(Output, routes.Prefix, Row * Length, routes.Bits[Row]);
            Output.Text(" [").Number(routes.Distance[Row]).Line("/0]");
            Output.Text("     via ");
            if (routes.Label[Row] >= 0)
            {
                Output.Address(routes.Peer[Row]).Text(", label ").Number(routes.Label[Row]);
            }
            else if (routes.HasNextHop(Row))
            {
                Ipv6Literal.Put(Output, routes.NextHop, Row * Length);
            }
            if (routes.Port[Row] >= 0)
            {
                Output.Text(routes.HasNextHop(Row) ? ", " : "");
                Name(routes.Port[Row]);
                Output.Text(source == RouteSource.Local ? ", receive" : source == RouteSource.Connected ? ", directly connected" : "");
            }
            Output.Line();
            Row++;
            return true;
        }

        private bool NeighborStep()
        {
            if (Phase == 0)
            {
                Output.Line("IPv6 Address                              Age Link-layer Addr State Interface");
                Next();
                return true;
            }
            Ipv6NeighborTable neighbors = Host.Neighbors6;
            while (Row < neighbors.Count && neighbors.StateOf(Row) == NeighborSlots.Free)
            {
                Row++;
            }
            if (Row >= neighbors.Count)
            {
                return false;
            }
            neighbors.CopyAddress(Row, _octets, 0);
            Ipv6Literal.Put(Output, _octets, 0).To(42);
            if (neighbors.IsResolved(Row))
            {
                neighbors.CopyHardware(Row, _octets, 0);
                Output.Unsigned(neighbors.AgeMs(Row, Now) / 60000).To(46).Hardware(_octets, 0);
            }
            else
            {
                Output.Text("0").To(46).Text("-");
            }
            Output.To(62).Text(StateOf(neighbors.StateOf(Row))).To(68);
            Name(neighbors.PortOf(Row)).Line();
            Row++;
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
            bill.Object(1);
            BillShared(bill);
            bill.Array(_octets.Length);
        }
    }
}
