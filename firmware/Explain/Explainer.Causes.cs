using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Explain
{
    // How it ends and, where nothing leaves, the first thing that is missing.
    public sealed partial class Explainer
    {
        private void PutEnd()
        {
            if (GoesOn)
            {
                _out.Text("result: forwarded out of ").Text(NameOf(Trial.SentPort[0]));
                if (Trial.SentCount > 1)
                {
                    _out.Text(" and ").Number(Trial.SentCount - 1).Text(" more (copies or fragments)");
                }
                _out.Line();
                return;
            }
            if (Trial.SentCount != 0)
            {
                int port = Trial.SentPort[0];
                _out.Text("result: dropped at the way out: ").Text(NameOf(port)).Text(_t.Devices[port].LinkUp ? " takes no frame so long: at most " : " has no link");
                if (_t.Devices[port].LinkUp)
                {
                    _out.Number(_t.Devices[port].MaxFrameLength).Text(" octets");
                }
                _out.Line();
                return;
            }
            if (Trial.Reason == DropReason.None)
            {
                PutForUs();
                return;
            }
            _out.Text("result: dropped: ").Line(DropReason.Name(Trial.Reason));
            _out.Text("why: ");
            PutWhy();
            _out.Line();
        }

        private void PutForUs()
        {
            switch (Trial.Mark)
            {
                case PuntClass.Local:
                case PuntClass.LocalIpv6:
                    _out.Line("result: delivered: for this router itself");
                    break;
                case PuntClass.Arp:
                    _out.Line("result: ARP, for this router itself");
                    break;
                case PuntClass.Fragment:
                    _out.Line("result: kept until the last fragment comes");
                    break;
                default:
                    _out.Line("result: goes no further: time to live exceeded, which ICMP tells its sender");
                    break;
            }
        }

        // One sentence; what lies behind it after a colon.
        private void PutWhy()
        {
            int last = LastOf(FrameTrace.Label);
            switch (Trial.Reason)
            {
                case DropReason.NoRoute:
                    PutNoRoute();
                    return;
                case DropReason.UnresolvedNeighbor:
                    PutUnresolved();
                    return;
                case DropReason.TransportDown:
                    PutTransportDown();
                    return;
                case DropReason.MtuExceeded:
                    PutTooLong();
                    return;
                case DropReason.PseudowireDown:
                    PutPseudowireDown(Trial.Trace.Entries[LastOf(FrameTrace.PseudowireIn, FrameTrace.PseudowireOut) + 1]);
                    return;
                case DropReason.UnknownLabel:
                    PutUnknownLabel(Trial.Trace.Entries[last + 1]);
                    return;
                case DropReason.LabelOnUnlabelledPort:
                    _out.Text(NameOf(_port)).Text(" takes no labels: mpls ip is not configured there");
                    return;
                case DropReason.BottomOfStackExpected:
                    _out.Text("label ").Number(Trial.Trace.Entries[last + 1]).Text(" ends a stack here, but another label lies under it");
                    return;
                case DropReason.ControlWordInvalid:
                    _out.Text("control word mismatch: this end expects one (mpls control-word), and what came has none");
                    return;
                case DropReason.PortDisabled:
                    PutPort(_port);
                    return;
                case DropReason.NoCircuit:
                    PutNoCircuit();
                    return;
                case DropReason.NotForThisStation:
                    _out.Text("its destination ").Hardware(_octets, _at).Text(" is not the address of ").Text(NameOf(_port));
                    return;
                case DropReason.ReversePath:
                    _out.Text("the way back to its source does not lead out of ").Text(NameOf(_port)).Text(" (ip verify unicast source)");
                    return;
                case DropReason.PayloadNotIp:
                    _out.Text("under the last label there is no IP packet");
                    return;
                case DropReason.NoBridgeMember:
                    _out.Text("no other member of the bridge domain may send it");
                    return;
                default:
                    _out.Text(DropReason.Name(Trial.Reason));
                    return;
            }
        }

        // Place of the last entry of a kind in the trace, or -1.
        private int LastOf(int kind)
        {
            return LastOf(kind, kind);
        }

        private int LastOf(int kind, int other)
        {
            for (int r = (Trial.Trace.Count - 1) * FrameTrace.Stride; r >= 0; r -= FrameTrace.Stride)
            {
                if (Trial.Trace.Entries[r] == kind || Trial.Trace.Entries[r] == other)
                {
                    return r;
                }
            }
            return -1;
        }

        private void PutNoRoute()
        {
            int at = Trial.Trace.Entries[LastOf(FrameTrace.Route) + 3] - _shift;
            if (_octets[at] >> 4 != 4)
            {
                PutNoRoute6(at + Ipv6Header.DestinationOffset);
                return;
            }
            uint destination = Ipv4Header.ReadDestination(_octets, at);
            PutNoWay(_vrf, destination);
        }

        // Why nothing leads to an address: the subnet's port is down, the longest candidate over it cannot be used, or there is none.
        private void PutNoWay(int vrf, uint address)
        {
            for (int i = 0; i < _host.Interfaces.Count; i++)
            {
                if (_host.Interfaces.Vrf[i] == vrf && _host.Interfaces.Address[i] != 0 && _host.Interfaces.OnSubnet(i, address) && !_control.IsUp(i))
                {
                    _out.Text("no route to ").Address(address).Text(": it is on the subnet of ").Text(NameOf(i)).Text(", and ");
                    PutPort(i);
                    return;
                }
            }
            RouteTable routes = _control.Routes;
            for (int bits = 32; bits >= 0; bits--)
            {
                for (int i = routes.FirstOf(vrf, address & InterfaceTable.MaskOf(bits), bits); i != RouteTable.None; i = routes.NextOf(i))
                {
                    if (routes.Source[i] == RouteSource.Static && !routes.IsActive(i))
                    {
                        _out.Text("the route to ").Prefix(routes.Prefix[i], bits).Text(" cannot be used: ");
                        _control.Diagnosis.OfRoute(i);
                        PutDiagnosis();
                        return;
                    }
                }
            }
            _out.Text("no route to ").Address(address).Text(" in ");
            PutVrf(vrf);
            _out.Text(": no line of the configuration leads there");
        }

        private void PutDiagnosis()
        {
            Diagnosis found = _control.Diagnosis;
            ReasonText.Put(_out, found, _host.Interfaces, _t.Vrfs);
            if (found.Code == Reason.NoLabelFromNeighbor || found.Cause == Reason.NoLabelFromNeighbor)
            {
                PutNotAdvertised(found.Prefix, found.Bits, found.Code == Reason.NoLabelFromNeighbor ? found.Address : found.CauseAddress);
            }
        }

        private void PutNotAdvertised(uint prefix, int bits, uint hop)
        {
            _out.Text(": it has not advertised one: ");
            IRowOwner[] owners = _control.RowOwners;
            for (int i = 0; i < owners.Length; i++)
            {
                if (owners[i].WhyNoLabel(prefix, bits, hop, _origin))
                {
                    _out.Text(_origin.Missing);
                    return;
                }
            }
            _out.Text("no output binding");
        }

        private void PutNoRoute6(int at)
        {
            Ipv6RouteTable routes = _control.Routes6;
            int best = Ipv6RouteTable.None;
            for (int i = 0; i < routes.High; i++)
            {
                if (routes.IsUsed(i) && routes.Vrf[i] == _vrf && routes.Source[i] == RouteSource.Static
                    && Ipv6Address.SamePrefix(routes.Prefix, i * Ipv6Header.AddressLength, _octets, at, routes.Bits[i])
                    && (best == Ipv6RouteTable.None || routes.Bits[i] > routes.Bits[best]))
                {
                    best = i;
                }
            }
            if (best == Ipv6RouteTable.None)
            {
                Ipv6Literal.Put(_out.Text("no route to "), _octets, at);
                _out.Text(" in ");
                PutVrf(_vrf);
                _out.Text(": no line of the configuration leads there, or its interface is down");
                return;
            }
            Ipv6Literal.PutPrefix(_out.Text("the route to "), routes.Prefix, best * Ipv6Header.AddressLength, routes.Bits[best]);
            _out.Text(" cannot be used: ");
            _control.Diagnosis.OfRoute6(best);
            PutDiagnosis();
        }

        private void PutPort(int port)
        {
            _control.Diagnosis.OfInterface(port);
            PutDiagnosis();
        }

        private void PutUnresolved()
        {
            int at = Trial.Trace.Entries[LastOf(FrameTrace.Route) + 3] - _shift;
            if (_octets[at] >> 4 != 4)
            {
                Ipv6Literal.Put(_out, _octets, at + Ipv6Header.DestinationOffset);
                _out.Text(" has not answered Neighbor Discovery on ").Text(NameOf(Trial.Value & ForwardingHandle.IndexMask));
                return;
            }
            PutSilent(Trial.Value & ForwardingHandle.IndexMask, Ipv4Header.ReadDestination(_octets, at));
        }

        private void PutSilent(int port, uint address)
        {
            int n = _host.Neighbors.Find(port, address);
            SilentPort = port;
            SilentAddress = address;
            _out.Address(address).Text(n < 0 ? " has not been asked for by ARP yet, on " : " does not answer ARP on ").Text(NameOf(port));
        }

        // The neighbour of the transport that was to be taken.
        private void PutTransportDown()
        {
            int path = Trial.Trace.Entries[LastOf(FrameTrace.Path) + 1];
            int n = _control.Diagnosis.NeighborOf(_t.PathRecord[path * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask);
            if (n < 0)
            {
                _out.Text("the next hop cannot be sent to yet");
                return;
            }
            if (!_control.IsUp(_host.Neighbors.PortOf(n)))
            {
                PutPort(_host.Neighbors.PortOf(n));
                return;
            }
            _out.Text("next hop ");
            PutSilent(_host.Neighbors.PortOf(n), _host.Neighbors.AddressOf(n));
        }

        private void PutTooLong()
        {
            int r = LastOf(FrameTrace.Path);
            int after = LastOf(FrameTrace.AttachmentOut, FrameTrace.PortOut);
            if (after > r)
            {
                _out.Number(Trial.Trace.Entries[after + 2]).Text(" octets are too long for the circuit");
                return;
            }
            int kind = Trial.Trace.Entries[r + 2];
            int room = _t.General.Room(Trial.Trace.Entries[r + 1], kind);
            int at = Trial.Trace.Entries[r + 3] - _shift;
            int octets = kind == GeneralPath.Ipv4 ? Ipv4Header.ReadTotalLength(_octets, at)
                : kind == GeneralPath.Ipv6 ? Ipv6Header.Length + Ipv6Header.ReadPayloadLength(_octets, at) : _at + _length - at;
            int path = Trial.Trace.Entries[r + 1] * PathTable.Stride;
            int transport = _t.PathRecord[path + PathTable.Transport] & PathTable.TransportMask;
            if (kind == GeneralPath.Labelled && _t.PathRecord[path + PathTable.Service] == 0)
            {
                // The label on top does not go on.
                octets -= LabelStackEntry.Length;
            }
            if (LastOf(FrameTrace.PseudowireIn) >= 0)
            {
                octets = _length + ((_t.Pseudowires.Record[Trial.Trace.Entries[LastOf(FrameTrace.PseudowireIn) + 1] * PseudowireTable.Stride] & PseudowireTable.ControlWord) != 0
                    ? ControlWord.Length : 0);
            }
            _out.Text("MTU of ").Text(NameOf(_t.TransportRecord[transport * TransportTable.Stride + TransportTable.Port])).Text(": ");
            _out.Number(octets).Text(" octets, of which ").Number(room).Text(" fit there: ").Number(octets - room).Text(" too many");
            if (Trial.Mark == PuntClass.MtuExceeded || Trial.Mark == PuntClass.MtuExceededLabelled)
            {
                _out.Text("; ICMP tells its sender ").Text(Trial.Mark == PuntClass.MtuExceeded ? "(fragmentation needed or packet too big)" : "(along the LSP, if what lies under the labels is IP)");
            }
            else
            {
                _out.Text("; no ICMP tells its sender");
            }
        }

        private void PutPseudowireDown(int pw)
        {
            StaticPseudowires wires = _control.Pseudowires;
            _out.Text("pseudowire ").Address(wires.Peer[pw]).Text(":").Unsigned(wires.VcId[pw]).Text(" is down: ");
            _control.Diagnosis.OfPseudowire(pw);
            PutDiagnosis();
        }

        private void PutUnknownLabel(int label)
        {
            _out.Text("label ").Number(label).Text(" is unknown here: ");
            LabelBindings bindings = _control.Bindings;
            for (int b = 0; b < bindings.High; b++)
            {
                if (bindings.Kind[b] != LabelBindings.Input || bindings.Label[b] != label)
                {
                    continue;
                }
                _out.Text("it is bound to ").Prefix(bindings.Prefix[b], bindings.Bits[b]).Text(", but ");
                _control.Diagnosis.OfBinding(b);
                PutDiagnosis();
                return;
            }
            _out.Text("this router has bound it to nothing (no input binding, no pseudowire)");
        }

        private void PutNoCircuit()
        {
            int type = EthernetHeader.ReadEtherType(_octets, _at);
            if (type != EthernetHeader.Vlan && type != EthernetHeader.ServiceVlan)
            {
                _out.Text(NameOf(_port)).Text(" has no circuit for untagged frames of this kind");
                return;
            }
            _out.Text("wrong VLAN: no circuit of ").Text(NameOf(_port)).Text(" takes VLAN ").Number(VlanTag.ReadVlan(_octets, _at + EthernetHeader.Length));
        }
    }
}
