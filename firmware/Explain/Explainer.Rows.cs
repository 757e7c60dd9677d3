using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Explain
{
    // Each row that was met, in words.
    public sealed partial class Explainer
    {
        private void PutEntry(int r)
        {
            int[] entries = Trial.Trace.Entries;
            int index = entries[r + 1];
            int value = entries[r + 2];
            int at = entries[r + 3] - _shift;
            switch (entries[r])
            {
                case FrameTrace.Circuit:
                    PutCircuit(value, at);
                    break;
                case FrameTrace.Label:
                    PutLabelRow(index, value, at);
                    break;
                case FrameTrace.Packet:
                    _vrf = index;
                    PutPacket(at);
                    break;
                case FrameTrace.Route:
                    _vrf = index;
                    PutRoute(value, at);
                    break;
                case FrameTrace.Member:
                    PutMember(index, value);
                    break;
                case FrameTrace.Path:
                    PutPath(index, value);
                    break;
                case FrameTrace.PseudowireIn:
                case FrameTrace.PseudowireOut:
                    _out.Text(entries[r] == FrameTrace.PseudowireIn ? "pseudowire: into " : "pseudowire: out of ");
                    PutPseudowire(index);
                    _out.Line();
                    PutPseudowireOrigin(index);
                    break;
                case FrameTrace.AttachmentIn:
                case FrameTrace.AttachmentOut:
                    _out.Text(entries[r] == FrameTrace.AttachmentIn ? "attachment: in by " : "attachment: out by ");
                    PutInstance(index);
                    PutTags(index, entries[r] == FrameTrace.AttachmentIn);
                    _out.Line();
                    break;
                case FrameTrace.PortOut:
                    _out.Text("circuit: out of ").Text(NameOf(index)).Text(", ").Number(value).Line(" octets");
                    break;
                case FrameTrace.Bridge:
                    _out.Text("bridge: bridge-domain ").Number(_control.Services.NumberOf(index)).Text(", from ");
                    PutService(value);
                    _out.Line();
                    break;
                case FrameTrace.Known:
                    _out.Text("MAC address: ");
                    if (value == ForwardingHandle.None)
                    {
                        _out.Line("not learnt");
                        break;
                    }
                    _out.Text("learnt behind ");
                    PutService(value);
                    _out.Line();
                    break;
                case FrameTrace.Flood:
                    _out.Text("bridge: to all other members, as ").Line(value == StormTable.Broadcast ? "broadcast" : value == StormTable.Multicast ? "multicast" : "unknown unicast");
                    break;
                case FrameTrace.Unsent:
                    _out.Text("bridge: not to ");
                    PutService(value);
                    _out.Text(": ").Line(DropReason.Name(index));
                    break;
                default:
                    _out.Text("tunnel: row ").Number(index).Line(", no configuration line makes one");
                    break;
            }
        }

        private void PutCircuit(int handle, int after)
        {
            _out.Text("in: ").Text(NameOf(_port));
            int tags = (after - EthernetHeader.Length - _at) / VlanTag.Length;
            int first = _at + EthernetHeader.Length;
            int type = EthernetHeader.ReadEtherType(_octets, _at);
            if (type == EthernetHeader.Vlan || type == EthernetHeader.ServiceVlan)
            {
                _out.Text(", VLAN ").Number(VlanTag.ReadVlan(_octets, first));
                if (tags > 1)
                {
                    _out.Text(" and ").Number(VlanTag.ReadVlan(_octets, first + VlanTag.Length));
                }
            }
            else
            {
                _out.Text(", untagged");
            }
            _out.Text(": ");
            int kind = ForwardingHandle.Kind(handle);
            if (handle == ForwardingHandle.None)
            {
                _out.Line("no circuit takes it");
                return;
            }
            if (kind != ForwardingHandle.Vrf)
            {
                PutService(handle);
                _out.Line();
                return;
            }
            PutVrf(ForwardingHandle.Index(handle));
            _out.Line();
            if (ForwardingHandle.Index(handle) != VrfStore.Global)
            {
                _out.Text("  from: interface ").Text(NameOf(_port)).Text(", ip vrf forwarding ").Line(_t.Vrfs.NameOf(ForwardingHandle.Index(handle)));
            }
        }

        // A pseudowire, service instance or bridge domain by its handle.
        private void PutService(int handle)
        {
            int index = ForwardingHandle.Index(handle);
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Pseudowire:
                    PutPseudowire(index);
                    break;
                case ForwardingHandle.Attachment:
                    PutInstance(index);
                    break;
                case ForwardingHandle.Bridge:
                    _out.Text("bridge-domain ").Number(_control.Services.NumberOf(index));
                    break;
                default:
                    _out.Text("nothing");
                    break;
            }
        }

        private void PutPseudowire(int pw)
        {
            _out.Text("pseudowire ").Address(_control.Pseudowires.Peer[pw]).Text(":").Unsigned(_control.Pseudowires.VcId[pw]);
            bool word = (_t.Pseudowires.Record[pw * PseudowireTable.Stride] & PseudowireTable.ControlWord) != 0;
            _out.Text(word ? ", control word" : ", no control word");
        }

        private void PutInstance(int attachment)
        {
            int port = _t.Attachments.Record[attachment * AttachmentTable.Stride + AttachmentTable.Port];
            int number = _control.Instances.NumberOf(attachment);
            _out.Text(NameOf(port));
            if (number != 0)
            {
                _out.Text(" service instance ").Number(number);
            }
        }

        private void PutTags(int attachment, bool received)
        {
            int row = attachment * AttachmentTable.Stride;
            int rewrite = _t.Attachments.Record[row + AttachmentTable.Rewrite];
            int pop = received ? rewrite & 3 : (rewrite >> AttachmentTable.EgressPopShift) & 3;
            int push = received ? 0 : (rewrite >> AttachmentTable.EgressPushShift) & 3;
            if (pop != 0)
            {
                _out.Text(", pops ").Number(pop);
            }
            if (push != 0)
            {
                _out.Text(", pushes VLAN ").Number(_t.Attachments.Record[row + AttachmentTable.Tag] & 0xFFF);
            }
            int pushed = received ? _t.Attachments.Record[row + AttachmentTable.IngressTag] : 0;
            if (pushed != 0)
            {
                _out.Text(", pushes VLAN ").Number(pushed & 0xFFF);
            }
        }

        private void PutLabelRow(int label, int handle, int at)
        {
            _out.Text("label: ");
            PutLabel(_octets, at);
            _out.Text(LabelStackEntry.ReadBottom(_octets, at) ? ", bottom of stack: " : ": ");
            if (handle < 0)
            {
                _out.Line(DropReason.Name(-handle));
                return;
            }
            int index = ForwardingHandle.Index(handle);
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Path:
                    _out.Text("swap");
                    break;
                case ForwardingHandle.PathPair:
                    _out.Text("pop, for the next router is the last (penultimate hop)");
                    break;
                case ForwardingHandle.Group:
                    _out.Text("one of several next hops");
                    break;
                case ForwardingHandle.Local:
                    _out.Text("pop, for it is our own, and look again");
                    break;
                case ForwardingHandle.Vrf:
                    _out.Text("pop to ");
                    PutVrf(index);
                    break;
                case ForwardingHandle.Pseudowire:
                    _out.Text("pop to a pseudowire");
                    break;
                default:
                    _out.Text("by rules of its own");
                    break;
            }
            _out.Line();
            if (label >= LabelStackEntry.FirstUnreserved)
            {
                PutLabelOrigin(label);
            }
        }

        private void PutPacket(int at)
        {
            _out.Text("packet: in ");
            PutVrf(_vrf);
            PutAddresses(at);
            _out.Line();
        }

        private void PutAddresses(int at)
        {
            int end = _at + _length;
            if (Ipv4Header.Fits(_octets, at, end - at))
            {
                _out.Text(", ").Address(Ipv4Header.ReadSource(_octets, at)).Text(" > ").Address(Ipv4Header.ReadDestination(_octets, at));
                _out.Text(", ").Number(Ipv4Header.ReadTotalLength(_octets, at)).Text(" octets, TTL ").Number(Ipv4Header.ReadTtl(_octets, at));
            }
            else if (Ipv6Header.Fits(_octets, at, end - at))
            {
                Ipv6Literal.Put(_out.Text(", "), _octets, at + Ipv6Header.SourceOffset);
                Ipv6Literal.Put(_out.Text(" > "), _octets, at + Ipv6Header.DestinationOffset);
                _out.Text(", ").Number(Ipv6Header.Length + Ipv6Header.ReadPayloadLength(_octets, at)).Text(" octets, hop limit ").Number(Ipv6Header.ReadHopLimit(_octets, at));
            }
        }

        private void PutRoute(int handle, int at)
        {
            _out.Text("route: ");
            PutVrf(_vrf);
            bool four = _octets[at] >> 4 == 4;
            PrefixTable prefixes = _t.Prefixes;
            bool found = four ? prefixes.Longest(_vrf, Ipv4Header.ReadDestination(_octets, at), 32)
                : prefixes.Longest6(_vrf, _octets, at + Ipv6Header.DestinationOffset, 128);
            if (!found || handle == ForwardingHandle.None)
            {
                _out.Line(", nothing for the destination");
                return;
            }
            int bits = prefixes.FoundBits;
            uint prefix = prefixes.FoundKey[0];
            _out.Text(", ");
            if (four)
            {
                _out.Prefix(prefix, bits);
            }
            else
            {
                byte[] key = new byte[Ipv6Header.AddressLength];
                for (int i = 0; i < 4; i++)
                {
                    Octets.WriteUInt32(key, i * 4, prefixes.FoundKey[i]);
                }
                Ipv6Literal.PutPrefix(_out, key, 0, bits);
                _out.Text(KindOfRoute(handle)).Line();
                PutRouteOrigin6(key, bits);
                return;
            }
            _out.Text(KindOfRoute(handle)).Line();
            PutRouteOrigin(_vrf, prefix, bits);
        }

        private static string KindOfRoute(int handle)
        {
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Local: return ": an address of this router";
                case ForwardingHandle.Glean: return ": on a connected subnet, link address to be asked for";
                case ForwardingHandle.Group: return ": several next hops";
                case ForwardingHandle.None: return ": leads nowhere";
                default: return "";
            }
        }

        private void PutMember(int group, int handle)
        {
            int r = group * _t.Groups.Stride;
            int count = _t.Groups.Record[r] < 0 ? -_t.Groups.Record[r] : _t.Groups.Record[r];
            int member = 0;
            while (member < count && _t.Groups.Record[r + 1 + member] != handle)
            {
                member++;
            }
            _out.Text("group: next hop ").Number(member + 1).Text(" of ").Number(count).Line(", by the hash of the flow");
        }

        private void PutPath(int path, int kind)
        {
            int rule = _t.PathRecord[path * PathTable.Stride + PathTable.Transport];
            int word = _t.PathRecord[path * PathTable.Stride + PathTable.Service];
            int transport = rule & PathTable.TransportMask;
            int r = transport * TransportTable.Stride;
            int labels = _t.TransportRecord[r + TransportTable.LabelCount];
            int room = _t.General.Room(path, kind);
            _out.Text("path: ");
            if (word != 0)
            {
                _out.Text(kind == GeneralPath.Labelled ? "out label " : "pushes ").Number((word >> 12) & LabelStackEntry.Last).Text(", ");
            }
            for (int k = 0; k < labels; k++)
            {
                int at = _t.Transports.ReadyEnd(transport) - (labels - k) * LabelStackEntry.Length;
                _out.Text("pushes ").Number(LabelStackEntry.ReadLabel(_t.Ready, at)).Text(", ");
            }
            if (room < 0)
            {
                _out.Line("its next hop cannot be sent to");
                return;
            }
            _out.Text("out of ").Text(NameOf(_t.TransportRecord[r + TransportTable.Port])).Text(" to ");
            PutNeighbor(transport);
            _out.Text(", room for ").Number(room).Text(" octets");
            if (word != 0 || labels != 0)
            {
                bool swap = kind == GeneralPath.Labelled && word != 0;
                _out.Text(swap ? ", TTL less one" : (rule & PathTable.Uniform) != 0 ? ", TTL and TC copied into the labels (uniform)"
                    : ", TTL 255 in the labels (pipe)");
            }
            _out.Line();
            PutPathOrigin(transport, word);
        }

        // The neighbour whose link address a transport's ready octets begin with.
        private void PutNeighbor(int transport)
        {
            int n = _control.Diagnosis.NeighborOf(transport);
            if (n >= 0)
            {
                _out.Address(_host.Neighbors.AddressOf(n));
            }
            else
            {
                _out.Hardware(_t.Ready, _t.Transports.ReadyEnd(transport) - _t.TransportRecord[transport * TransportTable.Stride + TransportTable.Length]);
            }
        }
    }
}
