using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Control
{
    /// <summary>Turns the best candidates of a prefix into its leaf of the forwarding table.</summary>
    public sealed class RouteSelector
    {
        /// <summary>The TTL of a label in pipe mode; uniform mode writes its own.</summary>
        internal const int LabelTtl = 255;

        private readonly RouteTable _routes;
        private readonly NextHopResolver _resolver;
        private readonly LabelBindings _bindings;
        private readonly Adjacencies _adjacencies;
        private readonly TunnelTransports _tunnels;
        private readonly PathWriter _paths;

        public RouteSelector(RouteTable routes, NextHopResolver resolver, LabelBindings bindings, Adjacencies adjacencies,
            TunnelTransports tunnels, PathWriter paths)
        {
            _routes = routes;
            _resolver = resolver;
            _bindings = bindings;
            _adjacencies = adjacencies;
            _tunnels = tunnels;
            _paths = paths;
        }

        /// <summary>Selects a prefix's best candidates and writes its leaf, if it is another than before.</summary>
        /// <returns>False when a table is full: the prefix drops what matches then, and a later pass tries again.</returns>
        public bool Program(int vrf, uint prefix, int bits)
        {
            int best = _resolver.Select(vrf, prefix, bits);
            if (best < 0)
            {
                _paths.RemovePrefix(vrf, prefix, bits);
                return true;
            }
            int port = _routes.Port[best];
            if (_resolver.Hops.Count == 0)
            {
                _routes.SetActive(best, true);
            }
            switch (_routes.Source[best])
            {
                case RouteSource.Local:
                    return _paths.PublishPrefix(vrf, prefix, bits, ForwardingHandle.Local | port);
                case RouteSource.Connected:
                    // Nobody else lives in a loopback's subnet: dropped here, and not sent by a shorter prefix.
                    return _paths.PublishPrefix(vrf, prefix, bits, _resolver.IsPort(port) ? ForwardingHandle.Glean | port : ForwardingHandle.None);
                case RouteSource.Adjacency:
                    _paths.Clear();
                    _paths.Add(0, _adjacencies.IpTransport(_routes.Attribute[best]));
                    return _paths.PublishPrefix(vrf, prefix, bits);
                default:
                    return _resolver.Hops.Count == 0
                        ? _paths.PublishPrefix(vrf, prefix, bits, ForwardingHandle.Glean | port)
                        : ProgramHops(vrf, prefix, bits);
            }
        }

        private bool ProgramHops(int vrf, uint prefix, int bits)
        {
            bool full = false;
            _resolver.Hops.Sort();
            _paths.Clear();
            for (int k = 0; k < _resolver.Hops.Count; k++)
            {
                int label = _resolver.Hops.Label[k];
                int transport;
                if (label >= 0)
                {
                    transport = ServiceTransport(k);
                }
                else
                {
                    label = PushLabel(vrf, prefix, bits, k);
                    transport = label >= 0 ? LabelledTransport(k) : PlainTransport(k);
                }
                if (transport == TransportTable.None)
                {
                    full = true;
                    continue;
                }
                if (_paths.Add(label >= 0 ? LabelStackEntry.Word(label, 0, true, LabelTtl) : 0, transport))
                {
                    _routes.SetActive(_resolver.Hops.Route[k], true);
                }
            }
            if (full)
            {
                _paths.Refused++;
            }
            return _paths.PublishPrefix(vrf, prefix, bits) && !full;
        }

        // What IP packets to a FEC get pushed: the label that the hop bound to it (FTN, RFC 3031 section 3.12).
        private int PushLabel(int vrf, uint prefix, int bits, int hop)
        {
            if (vrf != VrfStore.Global || !_resolver.TakesLabels(_resolver.Hops.Port[hop]))
            {
                return -1;
            }
            int binding = _bindings.TakeOutput(prefix, bits, _resolver.Hops.Address[hop]);
            if (binding == LabelBindings.None || _bindings.Label[binding] == LabelStackEntry.ImplicitNull)
            {
                return -1;
            }
            return _bindings.Label[binding];
        }

        /// <summary>The transport for IP to a hop of the resolver's answer; None when a table is full.</summary>
        internal int PlainTransport(int hop)
        {
            int n = _adjacencies.Want(_resolver.Hops.Port[hop], _resolver.Hops.Address[hop]);
            return n < 0 ? TransportTable.None : _adjacencies.IpTransport(n);
        }

        /// <summary>The transport for labelled frames to a hop; None when a table is full.</summary>
        internal int LabelledTransport(int hop)
        {
            int n = _adjacencies.Want(_resolver.Hops.Port[hop], _resolver.Hops.Address[hop]);
            return n < 0 ? TransportTable.None : _adjacencies.MplsTransport(n);
        }

        /// <summary>The transport of the LSP that a hop of ResolveByLsp stands for; None when a table is full.</summary>
        internal int ServiceTransport(int hop)
        {
            int n = _adjacencies.Want(_resolver.Hops.Port[hop], _resolver.Hops.Address[hop]);
            return n < 0 ? TransportTable.None : _tunnels.For(_resolver.Hops.Binding[hop], n);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(6);
        }
    }
}
