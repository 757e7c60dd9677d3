using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Link header, tags, circuit.
    public sealed partial class GeneralPath
    {
        // Reserved (IEEE 802.1Q table 9-2).
        private const int NoVlan = 0xFFF;

        private int Link()
        {
            _anyTag = false;
            int record = _port * PortTable.Stride;
            int any = _t.PortRecord[record + PortTable.Any];
            if (any != ForwardingHandle.None && any != ForwardingHandle.Classify)
            {
                return FromCircuit(any, EthernetHeader.ReadEtherType(_b, _o), _o + EthernetHeader.Length);
            }

            // EtherType after the tags that count; VLAN 0 is a priority for an untagged frame (IEEE 802.1Q section 6.9).
            int o = _o + 12;
            int type = Octets.ReadUInt16(_b, o);
            o += 2;
            int outer = 0;
            int inner = 0;
            int after = o;
            if (IsTag(type))
            {
                if (o + VlanTag.Length > _e)
                {
                    return DropReason.Runt;
                }
                _priority = _b[o] >> 5;
                outer = ((_b[o] & 15) << 8) | _b[o + 1];
                type = Octets.ReadUInt16(_b, o + 2);
                o += VlanTag.Length;
                after = o;
                if (outer != 0 && IsTag(type) && o + VlanTag.Length <= _e)
                {
                    inner = ((_b[o] & 15) << 8) | _b[o + 1];
                    after = o + VlanTag.Length;
                }
            }

            int handle = ForwardingHandle.None;
            if (outer == 0)
            {
                handle = _t.PortRecord[record + PortTable.Untagged];
            }
            else if (outer != NoVlan)
            {
                // The closest match first: both tags, the outer one, any tag.
                if (after != o)
                {
                    handle = _t.Circuits.Lookup(_port, CircuitTable.DoubleTagged | outer | (inner << 12));
                    if (handle != ForwardingHandle.None)
                    {
                        type = Octets.ReadUInt16(_b, o + 2);
                        o = after;
                    }
                }
                if (handle == ForwardingHandle.None)
                {
                    handle = _t.Circuits.Lookup(_port, outer);
                }
                if (handle == ForwardingHandle.None)
                {
                    handle = _t.Circuits.Lookup(_port, CircuitTable.AnyTag);
                    _anyTag = true;
                }
            }
            return FromCircuit(handle, type, o);
        }

        private static bool IsTag(int type)
        {
            return type == EthernetHeader.Vlan || type == EthernetHeader.ServiceVlan;
        }

        // type: EtherType after the tags; payload: the octet after it.
        private int FromCircuit(int handle, int type, int payload)
        {
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Circuit, type, handle, payload);
            }
            int kind = handle & ForwardingHandle.KindMask;
            int index = handle & ForwardingHandle.IndexMask;
            if (kind == ForwardingHandle.Attachment)
            {
                _attachment = index;
                handle = _t.Attachments.Record[index * AttachmentTable.Stride + AttachmentTable.Service];
                kind = handle & ForwardingHandle.KindMask;
                if (kind != ForwardingHandle.Vrf)
                {
                    return FromAttachment(index, payload);
                }
                index = handle & ForwardingHandle.IndexMask;
            }
            if (kind == ForwardingHandle.Pseudowire)
            {
                return FromPort(index);
            }
            bool group = (_b[_o] & 1) != 0;
            if (!group && !IsOwnStation())
            {
                return DropReason.NotForThisStation;
            }
            bool tagged = payload != _f.Start + EthernetHeader.Length;
            if (kind != ForwardingHandle.Vrf && (type != EthernetHeader.Mpls || (tagged && handle == ForwardingHandle.None)))
            {
                return group && type != EthernetHeader.Arp && type != EthernetHeader.Ipv6 ? DropReason.NotForThisStation : DropReason.NoCircuit;
            }
            _o = payload;
            _scopeVrf = kind == ForwardingHandle.Vrf ? index : -1;
            switch (type)
            {
                case EthernetHeader.Mpls:
                    // The port's scope speaks for untagged frames and for its circuits to the global table; a customer's circuit takes no labels.
                    return group ? DropReason.NotForThisStation
                        : tagged && handle != ForwardingHandle.Vrf ? DropReason.LabelOnUnlabelledPort
                        : Labels(_t.PortRecord[_port * PortTable.Stride + PortTable.Scope]);
                case EthernetHeader.Ipv4:
                    return group ? LinkGroup(index) : Ip(index, 4);
                case EthernetHeader.Ipv6:
                    return Ip(index, 6);
                case EthernetHeader.Arp:
                    RareCases.Note(_t, _f, PuntClass.Arp, _o, index, _port);
                    return Noted;
                default:
                    return group ? DropReason.NotForThisStation : DropReason.UnknownEtherType;
            }
        }

        private bool IsOwnStation()
        {
            int record = _port * PortTable.Stride;
            return Octets.ReadInt32(_b, _o) == _t.PortRecord[record + PortTable.AddressHigh]
                && Octets.ReadUInt16(_b, _o + 4) == _t.PortRecord[record + PortTable.AddressLow];
        }
    }
}
