using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Cli
{
    // show ip cef: the forwarding table.
    public sealed partial class ShowRoutes
    {
        private bool CefStep()
        {
            if (HasAddress)
            {
                // 0.0.0.0/0 is always there.
                Tables.Prefixes.Longest(Vrf, Address, 32);
                TakeFound();
                PutLookup();
                return false;
            }
            if (Phase == 0)
            {
                Output.Line("Prefix               Next Hop             Interface");
                _prefix = 0;
                _bits = -1;
                Next();
                return true;
            }
            if (!NextPrefix())
            {
                return false;
            }
            PutEntry();
            return true;
        }

        private void PutEntry()
        {
            int handle = _handle;
            Output.Prefix(_prefix, _bits).To(21);
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Local:
                    Output.Text("receive").To(42);
                    Name(ForwardingHandle.Index(handle)).Line();
                    return;
                case ForwardingHandle.Glean:
                    Output.Text("attached").To(42);
                    Name(ForwardingHandle.Index(handle)).Line();
                    return;
                case ForwardingHandle.None:
                    Output.Line("no route");
                    return;
            }
            for (int k = 0; k < Members(handle) && Output.Free > 100; k++)
            {
                int path = ForwardingHandle.Index(Member(handle, k));
                if (k != 0)
                {
                    Output.To(21);
                }
                PutNeighbor(TransportOf(path));
                Output.To(42);
                Name(PortOfPath(path, ResolveWays()));
                PutImposed(path);
                Output.Line();
            }
        }

        // Asks the resolver for the ways of a prefix: those over an LSP have no IP transport to tell the neighbour by.
        private bool ResolveWays()
        {
            int route = ActiveOf(_prefix, _bits);
            if (route == RouteTable.None || Control.Routes.NextHop[route] == 0)
            {
                return false;
            }
            uint nextHop = Control.Routes.NextHop[route];
            int port = Control.Routes.Port[route];
            int label = Control.Routes.Label[route];
            return (label >= 0 ? Control.Resolver.ResolveByLsp(nextHop, label) : port >= 0 ? NextHopResolver.Unreachable
                : Control.Resolver.ResolveByIp(Vrf, nextHop)) == NextHopResolver.Reached;
        }

        private void PutImposed(int path)
        {
            if (Tables.Paths.Record[path * PathTable.Stride + PathTable.Service] != 0)
            {
                Output.Text(" label ");
                PutLabels(path, ' ');
            }
        }

        private void PutLookup()
        {
            int handle = _handle;
            Output.Prefix(_prefix, _bits).Line();
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Local:
                    Output.Text("  receive for ");
                    Name(ForwardingHandle.Index(handle)).Line();
                    return;
                case ForwardingHandle.Glean:
                    Output.Text("  attached to ");
                    Name(ForwardingHandle.Index(handle)).Line();
                    return;
                case ForwardingHandle.None:
                    Output.Line("  no route");
                    return;
            }
            for (int k = 0; k < Members(handle) && Output.Free > 100; k++)
            {
                int path = ForwardingHandle.Index(Member(handle, k));
                Output.Text("  nexthop ");
                PutNeighbor(TransportOf(path));
                Output.Put(' ');
                Name(PortOfPath(path, ResolveWays()));
                PutImposed(path);
                Output.Line();
            }
        }
    }
}
