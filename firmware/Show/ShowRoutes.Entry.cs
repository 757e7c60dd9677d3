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
            bool isOspf = Control.Routes.Source[first] == RouteSource.Ospf;
            Output.Text("  Known via \"");
            if (isOspf)
            {
                PutProcess();
            }
            else
            {
                Output.Text(isStatic ? "static" : "connected");
            }
            Output.Text("\", distance ").Number(Control.Routes.Distance[first]);
            Output.Text(", metric ").Number(Control.Routes.Metric[first]);
            Output.Text(isOspf && bitsOf == 0 ? ", candidate default path" : "");
            Output.Line(isOspf ? TypeOf(Control.Routes.Attribute[first]) : !isStatic ? " (connected, via interface)" : bitsOf == 0 ? ", candidate default path" : "");
            Output.Line("  Routing Descriptor Blocks:");
            for (int i = first; i != RouteTable.None; i = Control.Routes.NextOf(i))
            {
                if (Control.Routes.IsActive(i) && Control.Routes.Source[i] != RouteSource.Adjacency && Output.Free > 160)
                {
                    PutDescriptor(i, i == first);
                }
            }
        }

        private void PutProcess()
        {
            OspfLines lines = Control.Ospf;
            Output.Text("ospf");
            for (int r = 0; lines != null && r < lines.Count * OspfLines.Stride; r += OspfLines.Stride)
            {
                if (OspfLines.KindOf(lines.Record[r + OspfLines.Kind]) == OspfLines.Process && lines.Record[r + OspfLines.Values + 3] == Request.Vrf)
                {
                    Output.Text(" ").Number(lines.Record[r + OspfLines.Scope]);
                }
            }
        }

        private static string TypeOf(int attribute)
        {
            switch (attribute)
            {
                case 0: return ", type intra area";
                case 1: return ", type inter area";
                case 2: return ", type extern 1";
                default: return ", type extern 2";
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
            if (Control.Routes.Source[i] == RouteSource.Ospf)
            {
                LogText.PutUptime(Output.Text(", "), Control.Routes.Clock - Control.Routes.Since[i]);
                Output.Text(" ago");
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
