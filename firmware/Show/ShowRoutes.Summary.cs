using LabEdge.Control;

namespace LabEdge.Cli
{
    // show ip route summary: how many prefixes in use come from where.
    public sealed partial class ShowRoutes
    {
        private bool SummaryStep()
        {
            if (Request.Phase == 0)
            {
                Output.Text("IP routing table name is ").Text(Tables.Vrfs.NameOf(Request.Vrf)).Text(" (0x").Number(Request.Vrf).Line(")");
                Output.Text("IP routing table maximum-paths is ").Number(Tables.Capacity.GroupMembers).Line();
                Output.Line("Route Source    Networks    Subnets");
                Next();
                return true;
            }
            PutCount(Request.Row);
            return Request.Row++ < Sources;
        }

        // Rows of the summary: connected (with our own addresses, as IOS counts them), static, OSPF, and the sum.
        private const int Sources = 3;

        private void PutCount(int row)
        {
            int networks = 0;
            int subnets = 0;
            RouteTable routes = Control.Routes;
            for (int i = 0; i < routes.High; i++)
            {
                if (!routes.IsUsed(i) || routes.Vrf[i] != Request.Vrf || !IsShown(i) || (row < Sources && FormOf(routes.Source[i]) != (row == 0 ? OnlyConnected : row == 1 ? OnlyStatic : OnlyOspf)))
                {
                    continue;
                }

                // Of several candidates of one prefix the first counts.
                if (NextActive(routes.FirstOf(Request.Vrf, routes.Prefix[i], routes.Bits[i])) == i)
                {
                    networks += routes.Bits[i] <= ClassOf(routes.Prefix[i]) ? 1 : 0;
                    subnets += routes.Bits[i] <= ClassOf(routes.Prefix[i]) ? 0 : 1;
                }
            }
            if (row == 2 && networks + subnets == 0)
            {
                return;
            }
            if (row == 2)
            {
                PutProcess();
            }
            Output.Text(row == 0 ? "connected" : row == 1 ? "static" : row == 2 ? "" : "Total").To(16).Number(networks).To(28).Number(subnets).Line();
        }
    }
}
