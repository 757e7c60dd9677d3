using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Explain
{
    // Where a row came from: the configuration line that made it, as the running configuration has it, or what its owner says.
    public sealed partial class Explainer
    {
        private void PutOrigin()
        {
            _out.Text("  from: ").Text(_origin.Owner).Text(": ").Text(_origin.Text);
            if (_origin.Sender != 0)
            {
                _out.Text(", from ").Address(_origin.Sender);
            }
            _out.Text(" at ").Unsigned(_origin.TimeMs / 1000).Text(".").Unsigned(_origin.TimeMs / 100 % 10).Line(" s");
        }

        private void PutRouteOrigin(int vrf, uint prefix, int bits)
        {
            RouteTable routes = _control.Routes;
            int shown = 0;
            for (int i = routes.FirstOf(vrf, prefix, bits); i != RouteTable.None && shown < 2; i = routes.NextOf(i))
            {
                if (!routes.IsActive(i))
                {
                    continue;
                }
                shown++;
                switch (routes.Source[i])
                {
                    case RouteSource.Static:
                        ConfigurationLines.PutRoute(_out.Text("  from: "), vrf == VrfStore.Global ? null : _t.Vrfs.NameOf(vrf), prefix, bits, routes.NextHop[i],
                            routes.Port[i] < 0 ? null : NameOf(routes.Port[i]), routes.Distance[i], routes.Label[i]);
                        break;
                    case RouteSource.Adjacency:
                        PutLinkAddress(_host.Neighbors.Find(routes.Port[i], prefix), routes.Port[i]);
                        break;
                    case RouteSource.Local:
                    case RouteSource.Connected:
                        PutAddressLine(routes.Port[i]);
                        break;
                    default:
                        PutOwnersRoute(i);
                        break;
                }
            }
        }

        private void PutAddressLine(int port)
        {
            int bits = _host.Interfaces.PrefixBits[port];
            _out.Text("  from: interface ").Text(NameOf(port)).Text(", ip address ").Address(_host.Interfaces.Address[port]).Text(" ");
            _out.Address(Literal.MaskOf(bits)).Line();
        }

        private void PutLinkAddress(int neighbor, int port)
        {
            if (neighbor >= 0)
            {
                _host.Neighbors.CopyHardware(neighbor, _hardware, 0);
                _out.Text("  from: ARP: ").Hardware(_hardware, 0).Text(" on ").Line(NameOf(port));
            }
        }

        private void PutOwnersRoute(int route)
        {
            IRowOwner[] owners = _control.RowOwners;
            for (int i = 0; i < owners.Length; i++)
            {
                if (owners[i].OriginOfRoute(route, _origin))
                {
                    PutOrigin();
                    return;
                }
            }
        }

        private void PutRouteOrigin6(byte[] prefix, int bits)
        {
            Ipv6RouteTable routes = _control.Routes6;
            for (int i = routes.FirstOf(_vrf, prefix, 0, bits); i != Ipv6RouteTable.None; i = routes.NextOf(i))
            {
                if (!routes.IsActive(i))
                {
                    continue;
                }
                if (routes.Source[i] == RouteSource.Static)
                {
                    ConfigurationLines.PutRoute6(_out.Text("  from: "), _vrf == VrfStore.Global ? null : _t.Vrfs.NameOf(_vrf), routes.Prefix, i * Ipv6Header.AddressLength, bits,
                        routes.Port[i] < 0 ? null : NameOf(routes.Port[i]), routes.NextHop, i * Ipv6Header.AddressLength, routes.Peer[i], routes.Label[i], routes.Distance[i]);
                }
                else
                {
                    _out.Text("  from: ").Text(routes.Source[i] == RouteSource.Adjacency ? "Neighbor Discovery on " : "the address of ").Line(NameOf(routes.Port[i]));
                }
                return;
            }
        }

        // An incoming label: who gave it out.
        private void PutLabelOrigin(int label)
        {
            LabelBindings bindings = _control.Bindings;
            for (int b = 0; b < bindings.High; b++)
            {
                if (bindings.Kind[b] == LabelBindings.Input && bindings.Label[b] == label)
                {
                    PutBindingOrigin(b);
                    return;
                }
            }
            for (int pw = 0; pw < _control.Pseudowires.Count; pw++)
            {
                if (_control.Pseudowires.IsUsed(pw) && _control.Pseudowires.LocalLabel[pw] == label)
                {
                    PutPseudowireOrigin(pw);
                    return;
                }
            }
        }

        private void PutBindingOrigin(int binding)
        {
            IRowOwner[] owners = _control.RowOwners;
            for (int i = 0; i < owners.Length; i++)
            {
                if (owners[i].OriginOfBinding(binding, _origin))
                {
                    PutOrigin();
                    return;
                }
            }
            LabelBindings bindings = _control.Bindings;
            int vrf = bindings.Vrf[binding];
            ConfigurationLines.PutBinding(_out.Text("  from: "), vrf == VrfStore.Global ? null : _t.Vrfs.NameOf(vrf), bindings.Prefix[binding], bindings.Bits[binding],
                bindings.NextHop[binding], bindings.Label[binding]);
        }

        private void PutPseudowireOrigin(int pw)
        {
            StaticPseudowires wires = _control.Pseudowires;
            _out.Text("  from: ");
            int port = wires.PortOf(pw);
            if (port >= 0)
            {
                _out.Text("interface ").Text(NameOf(port)).Text(", ");
            }
            _out.Text(port >= 0 ? "xconnect " : "member ").Address(wires.Peer[pw]).Text(" ").Unsigned(wires.VcId[pw]).Text(wires.Requests.IsAsked(pw) ? " encapsulation mpls, LDP labels " : " encapsulation mpls manual, mpls label ");
            _out.Number(wires.LocalLabel[pw]).Text(" ").Number(wires.RemoteLabel[pw]).Line();
        }

        // The label that a neighbour gave, by which a path leads: the transport's last one, or the out label of a swap.
        private void PutPathOrigin(int transport, int word)
        {
            int r = transport * TransportTable.Stride;
            int label = _t.TransportRecord[r + TransportTable.LabelCount] != 0 ? _t.TransportRecord[r + TransportTable.LastLabel] >> 12 : word >> 12;
            label &= LabelStackEntry.Last;
            int n = label == 0 ? -1 : _control.Diagnosis.NeighborOf(transport);
            LabelBindings bindings = _control.Bindings;
            for (int b = 0; n >= 0 && b < bindings.High; b++)
            {
                if (bindings.Kind[b] == LabelBindings.Output && bindings.Label[b] == label && bindings.NextHop[b] == _host.Neighbors.AddressOf(n))
                {
                    PutBindingOrigin(b);
                    return;
                }
            }
        }
    }
}
