using LabEdge.Control;

namespace LabEdge.Cli
{
    // show ip route A.B.C.D: the one entry that an address is forwarded by, as IOS prints it.
    public sealed partial class ShowRoutes
    {
        // The longest prefix over the address that is in use.
        private void PutRoutingEntry()
        {
            int first = RouteTable.None;
            for (int bits = 32; bits >= 0 && first == RouteTable.None; bits--)
            {
                first = ActiveOf(Request.Address & Literal.MaskOf(bits), bits);
            }
            if (Request.Vrf != 0)
            {
                Output.Line().Text("Routing Table: ").Line(Tables.Vrfs.NameOf(Request.Vrf));
            }
            if (first == RouteTable.None)
            {
                Output.Text("% Network not in table");
                if (Control.Diagnosis.OfNextHop(Request.Vrf, Request.Address) != Reason.None && Control.Diagnosis.Cause != Reason.NoRoute)
                {
                    ReasonText.PutCause(Output, Control.Diagnosis, Host.Interfaces, Tables.Vrfs);
                }
                Output.Line();
                return;
            }
            int bitsOf = Control.Routes.Bits[first];
            bool isStatic = Control.Routes.Source[first] == RouteSource.Static;
            Output.Text("Routing entry for ").Prefix(Control.Routes.Prefix[first], bitsOf);
            Output.Line(bitsOf < ClassOf(Control.Routes.Prefix[first]) ? ", supernet" : "");
            Output.Text("  Known via \"").Text(isStatic ? "static" : "connected").Text("\", distance ").Number(Control.Routes.Distance[first]);
            Output.Text(", metric ").Number(Control.Routes.Metric[first]);
            Output.Line(!isStatic ? " (connected, via interface)" : bitsOf == 0 ? ", candidate default path" : "");
            Output.Line("  Routing Descriptor Blocks:");
            for (int i = first; i != RouteTable.None; i = Control.Routes.NextOf(i))
            {
                if (Control.Routes.IsActive(i) && Control.Routes.Source[i] != RouteSource.Adjacency && Output.Free > 160)
                {
                    PutDescriptor(i, i == first);
                }
            }
        }

        private void PutDescriptor(int i, bool first)
        {
            uint nextHop = Control.Routes.NextHop[i];
            Output.Text(first ? "  * " : "    ");
            if (nextHop == 0)
            {
                Output.Text("directly connected");
            }
            else
            {
                Output.Address(nextHop).Text(Control.Routes.Label[i] < 0 ? "" : " (default)");
            }
            if (Control.Routes.Port[i] >= 0)
            {
                Output.Text(", via ");
                Name(Control.Routes.Port[i]);
            }
            Output.Line();
            Output.Text("      Route metric is ").Number(Control.Routes.Metric[i]).Line(", traffic share count is 1");
            if (Control.Routes.Label[i] >= 0)
            {
                Output.Text("      MPLS label: ").Number(Control.Routes.Label[i]).Line();
            }
        }
    }
}
