using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    // show ip cef: the forwarding table; a prefix, then its ways one by one.
    public sealed partial class ShowRoutes
    {
        private const int Prefixes = 1;
        private const int Ways = 2;

        private bool CefStep()
        {
            switch (Request.Phase)
            {
                case 0:
                    if (Request.HasAddress)
                    {
                        // 0.0.0.0/0 is always there.
                        Tables.Prefixes.Longest(Request.Vrf, Request.Address, 32);
                        TakeFound();
                        PutEntry();
                        return Request.Phase == Ways;
                    }
                    if (!Request.Detail)
                    {
                        Output.Line("Prefix               Next Hop             Interface");
                    }
                    _prefix = 0;
                    _bits = -1;
                    Next();
                    return true;
                case Prefixes:
                    if (!NextPrefix())
                    {
                        return false;
                    }
                    PutEntry();
                    return true;
                default:
                    PutWay();
                    if (Request.Item < Members(_handle))
                    {
                        return true;
                    }
                    Request.Phase = Prefixes;
                    return !Request.HasAddress;
            }
        }

        // The prefix, and what is no path; paths follow from Request.Phase on.
        private void PutEntry()
        {
            bool lines = Request.HasAddress || Request.Detail;
            Output.Prefix(_prefix, _bits);
            int route = ActiveOf(_prefix, _bits);
            if (Request.Detail && route != RouteTable.None)
            {
                Output.Text(", ").Text(NameOf(Control.Routes.Source[route]));
            }
            if (lines)
            {
                Output.Line();
            }
            else
            {
                Output.To(21);
            }
            int index = ForwardingHandle.Index(_handle);
            switch (ForwardingHandle.Kind(_handle))
            {
                case ForwardingHandle.Local:
                    Output.Text(lines ? "  receive for " : "receive").To(lines ? 0 : 42);
                    Name(index).Line();
                    return;
                case ForwardingHandle.Glean:
                    Output.Text(lines ? "  attached to " : "attached").To(lines ? 0 : 42);
                    Name(index).Line();
                    return;
                case ForwardingHandle.None:
                    Output.Text(lines ? "  no route" : "no route");
                    if (Request.HasAddress && Control.Diagnosis.OfNextHop(Request.Vrf, Request.Address) != Reason.None && Control.Diagnosis.Cause != Reason.NoRoute)
                    {
                        ReasonText.PutCause(Output, Control.Diagnosis, Host.Interfaces, Tables.Vrfs);
                    }
                    Output.Line();
                    return;
            }
            if (Request.Detail && route != RouteTable.None && Control.Routes.NextHop[route] != 0 && Control.Routes.Port[route] < 0)
            {
                Output.Text("  recursive via ").Address(Control.Routes.NextHop[route]);
                if (Control.Routes.Label[route] >= 0)
                {
                    Output.Text(" label ").Number(Control.Routes.Label[route]);
                }
                Output.Line();
            }
            if (Members(_handle) == 0)
            {
                Output.Line(lines ? "  special" : "special");
                return;
            }
            Request.Item = 0;
            Request.Phase = Ways;
        }

        private static string NameOf(int source)
        {
            return source == RouteSource.Static ? "static" : source == RouteSource.Adjacency ? "adjacency" : "connected";
        }

        private void PutWay()
        {
            int path = ForwardingHandle.Index(Member(_handle, Request.Item));
            int transport = TransportOf(path);
            bool lines = Request.HasAddress || Request.Detail;
            if (lines)
            {
                Output.Text(Request.Detail ? "    nexthop " : "  nexthop ");
            }
            else if (Request.Item != 0)
            {
                Output.To(21);
            }
            Request.Item++;
            bool usable = PutNeighbor(transport);
            Output.To(lines ? 0 : 42);
            Name(PortOfPath(path));
            if (Tables.Paths.Record[path * PathTable.Stride + PathTable.Service] != 0)
            {
                Output.Text(" label ");
                PutLabels(path, ' ');
            }
            if (!usable)
            {
                PutUnresolved(transport, ": ");
            }
            Output.Line();
            if (Request.Detail && usable)
            {
                PutImposed(path, transport);
            }
        }

        private void PutImposed(int path, int transport)
        {
            bool service = Tables.Paths.Record[path * PathTable.Stride + PathTable.Service] != 0;
            int length = Tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Length] + (service ? LabelStackEntry.Length : 0);
            Output.Text("      label stack imposed {");
            if (service)
            {
                PutLabels(path, ' ');
            }
            Output.Text("}, encapsulation of ").Number(length).Text(" octets, packets of up to ")
                .Number(Tables.Transports.RoomOf(transport) - (service ? LabelStackEntry.Length : 0)).Line(" octets");
        }
    }
}
