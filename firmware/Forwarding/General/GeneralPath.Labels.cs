using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 3032 section 2, RFC 3443 section 3, RFC 4182 and RFC 6790 section 4 before changing this file.
    //
    // Label stack: reserved labels, swap, pop, pop and look again.
    public sealed partial class GeneralPath
    {
        /// <summary>A label stack begins at <see cref="_o"/>; it was received in this scope (shifted as in a handle).</summary>
        private int Labels(int scope)
        {
            _stack = _o;
            _scope = scope;
            while (true)
            {
                if (_o + LabelStackEntry.Length > _e)
                {
                    return DropReason.TruncatedLabelStack;
                }
                if (_looks == 0)
                {
                    return DropReason.TooManyLabels;
                }
                _looks--;
                int label = LabelStackEntry.ReadLabel(_b, _o);
                bool bottom = (_b[_o + 2] & 1) != 0;
                bool reserved = label < LabelStackEntry.FirstUnreserved;
                int handle = reserved ? Reserved(label, bottom, scope) : Accept(label, scope);
                if (Trace != null)
                {
                    Trace.Add(FrameTrace.Label, label, handle, _o);
                }
                if (handle < 0)
                {
                    return -handle;
                }

                // A reserved label does with TTL and class as the label over it.
                int rule = reserved ? _labelRule : 0;
                if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.LabelAction)
                {
                    int row = (handle & ForwardingHandle.IndexMask) * LabelActionTable.Stride;
                    handle = _t.LabelActions.Record[row + LabelActionTable.Handle];
                    rule = _t.LabelActions.Record[row + LabelActionTable.Rule];
                }
                int kind = handle & ForwardingHandle.KindMask;
                int index = handle & ForwardingHandle.IndexMask;

                // The lowest TTL of all that were popped goes on, and a router takes one only once (RFC 3443 section 3.4). A pipe that ends
                // here leaves the TTL to what is under it.
                if (_b[_o + 3] < _labelTtl)
                {
                    _labelTtl = _b[_o + 3];
                }
                bool ends = kind == ForwardingHandle.Local || kind == ForwardingHandle.Vrf;
                bool pipe = ends && (rule & LabelActionTable.TtlPipe) != 0;
                if (_labelTtl <= (pipe ? 0 : 1))
                {
                    return ExpiredInLabel(kind, index);
                }
                if (kind == ForwardingHandle.Pseudowire)
                {
                    // A router alert over a pseudowire label is its control channel (VCCV type 2, RFC 5085 section 5.1.2), and nobody's here.
                    return _alert >= 0 ? DropReason.ReservedLabel : PseudowireOut(index);
                }
                if (!ends)
                {
                    return AlongLsp(handle, bottom, rule);
                }
                if (label == LabelStackEntry.EntropyIndicator)
                {
                    bottom = (_b[_o + LabelStackEntry.Length + 2] & 1) != 0;
                }
                if (kind == ForwardingHandle.Vrf && !bottom)
                {
                    return DropReason.BottomOfStackExpected;
                }
                if (pipe)
                {
                    _labelTtl = NoLabel;
                }
                Pop(rule);
                if (label == LabelStackEntry.EntropyIndicator)
                {
                    // The entropy label after it: never looked up, its TTL of 0 means nothing (RFC 6790 section 4.2).
                    _o += LabelStackEntry.Length;
                }
                if (bottom)
                {
                    _alert = -1;
                    if (kind == ForwardingHandle.Local)
                    {
                        index = VrfOfScope();
                        if (index < 0)
                        {
                            return DropReason.LabelScope;
                        }
                    }
                    return Ip(index,
                        label == LabelStackEntry.ExplicitNullIpv4 ? Ipv4 : label == LabelStackEntry.ExplicitNullIpv6 ? Ipv6 : 0);
                }
            }
        }

        // The ILM entry of a label, or minus the reason of the drop.
        private int Accept(int label, int scope)
        {
            int handle = _t.Labels.Lookup(label);
            return handle != ForwardingHandle.None && (handle & ForwardingHandle.ScopeMask) == scope ? handle : -RareCases.LabelReason(label, handle, scope);
        }

        // A reserved label as an ILM entry would say it, or minus the reason of the drop.
        private int Reserved(int label, bool bottom, int scope)
        {
            if (scope == ForwardingHandle.ScopeNone << ForwardingHandle.ScopeShift)
            {
                return -DropReason.LabelOnUnlabelledPort;
            }
            switch (label)
            {
                case LabelStackEntry.ExplicitNullIpv4:
                case LabelStackEntry.ExplicitNullIpv6:
                    // RFC 4182: it need not be the last.
                    return bottom ? ScopeVrf() : ForwardingHandle.Local;
                case LabelStackEntry.RouterAlert:
                    // The label under it decides; it goes on in front of the others (RFC 3032 section 2.1).
                    if (bottom)
                    {
                        return -DropReason.ReservedLabel;
                    }
                    _alert = LabelStackEntry.ReadTrafficClass(_b, _o);
                    return ForwardingHandle.Local;
                case LabelStackEntry.EntropyIndicator:
                    int next = _o + LabelStackEntry.Length;
                    if (bottom)
                    {
                        return -DropReason.EntropyLabelInvalid;
                    }
                    if (next + LabelStackEntry.Length > _e)
                    {
                        return -DropReason.TruncatedLabelStack;
                    }
                    if (LabelStackEntry.ReadLabel(_b, next) < LabelStackEntry.FirstUnreserved)
                    {
                        return -DropReason.EntropyLabelInvalid;
                    }
                    return (_b[next + 2] & 1) != 0 ? ScopeVrf() : ForwardingHandle.Local;
                default:
                    return -DropReason.ReservedLabel;
            }
        }

        // Where a packet belongs that only labels for ourselves cover: in the core to the global table, else to the VRF of the circuit or
        // tunnel that it came by (a carrier's customer may not reach the global table by an explicit null). -1: nowhere.
        private int VrfOfScope()
        {
            return _scope == ForwardingHandle.ScopeCore << ForwardingHandle.ScopeShift ? VrfStore.Global : _scopeVrf;
        }

        // The same as an ILM entry would say it, or minus the reason of the drop.
        private int ScopeVrf()
        {
            int vrf = VrfOfScope();
            return vrf < 0 ? -DropReason.LabelScope : ForwardingHandle.Vrf | vrf;
        }

        // The label at _o is popped; its class and rule stay for what is under it.
        private void Pop(int rule)
        {
            _labelClass = ClassHere();
            _labelRule = rule;
            _o += LabelStackEntry.Length;
        }

        // Class of the entry at _o: its own, or that of the label popped over it when that goes into it.
        private int ClassHere()
        {
            return (_labelRule & LabelActionTable.ClassUniform) != 0 ? _labelClass : LabelStackEntry.ReadTrafficClass(_b, _o);
        }

        private int ExpiredInLabel(int kind, int index)
        {
            int vrf = kind == ForwardingHandle.Vrf ? index : VrfOfScope();
            if (kind == ForwardingHandle.Pseudowire || vrf < 0)
            {
                // A customer's frame, even if it looks like a packet, or a packet of nowhere: an ICMP error would quote it in the global table.
                return DropReason.TtlExpiredNotIp;
            }
            RareCases.Note(_t, _f, PuntClass.TtlExpiredLabelled, _stack, vrf, _port);
            _f.Value = _noteScope;
            return Noted;
        }

        // Swap, or penultimate hop popping: the label at _o leads on. rule: 0 without a LabelActionTable row.
        private int AlongLsp(int handle, bool bottom, int rule)
        {
            int flow = NoFlow;
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Group)
            {
                int group = handle & ForwardingHandle.IndexMask;
                if ((rule & LabelActionTable.Used) != 0)
                {
                    flow = Flow(_b, _o, _e, Labelled);
                    handle = _t.Groups.Select(_t, handle & ForwardingHandle.IndexMask, flow, bottom);
                }
                else if (!bottom && _o + 2 * LabelStackEntry.Length > _e)
                {
                    return DropReason.TruncatedLabelStack;
                }
                else
                {
                    // As the kernels do: a flow keeps its path when one frame of it comes this way.
                    handle = _t.Groups.SelectByLabels(handle, _b, _o);
                }
                if (Trace != null)
                {
                    Trace.Add(FrameTrace.Member, group, handle, _o);
                }
            }
            int path = handle & ForwardingHandle.IndexMask;
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.PathPair)
            {
                return PopAndForward(path, bottom, rule, flow);
            }
            return (handle & ForwardingHandle.KindMask) == ForwardingHandle.Path ? Swap(path, flow) : DropReason.UnknownLabel;
        }

        // RFC 3031 section 3.13: label from the path; TC and S as they came, TC unless a label popped before lent its own.
        private int Swap(int path, int flow)
        {
            int ip = -1;
            int room = RoomUnderAlert(path);
            if (_e - _o > room)
            {
                ip = room < 0 ? -1 : FragmentableUnder(_o, false, room);
                if (ip < 0)
                {
                    return TooLongUnderLabels(room);
                }
            }
            int word = _t.PathRecord[path * PathTable.Stride + PathTable.Service];
            int trafficClass = ClassHere();
            Octets.WriteUInt16(_b, _o, word >> 16);
            _b[_o + 2] = (byte)(((word >> 8) & 0xF0) | (_b[_o + 2] & 1));
            SetClassAndTtl(_b, _o, trafficClass, _labelTtl - 1);
            Onward(path, Labelled, ip, room, _labelTtl - 1, trafficClass, flow);
            return Forwarded;
        }

        // Penultimate hop popping: what is under the label keeps the lower of both TTLs (RFC 3443 section 3.1), or its own in a short pipe.
        // A TTL of 0 that comes to light goes no further (RFC 3032 section 2.4, RFC 1812 section 4.2.2.9).
        private int PopAndForward(int pair, bool bottom, int rule, int flow)
        {
            int path = bottom ? pair + 1 : pair;
            int ttl = _labelTtl - 1;
            int under = _o + LabelStackEntry.Length;
            int ip = -1;
            if (bottom)
            {
                _alert = -1;
            }
            int room = RoomUnderAlert(path);
            if (_e - under > room)
            {
                ip = room < 0 ? -1 : FragmentableUnder(under, bottom, room);
                if (ip < 0)
                {
                    _o = under;
                    return TooLongUnderLabels(room);
                }
            }
            bool pipe = (rule & LabelActionTable.TtlPipe) != 0;
            if (!bottom)
            {
                if (under + LabelStackEntry.Length > _e)
                {
                    return DropReason.TruncatedLabelStack;
                }
                if (_b[under + 3] == 0)
                {
                    return ExpiredInLabel(ForwardingHandle.PathPair, pair);
                }
                Pop(rule);
                ttl = pipe || _b[_o + 3] < ttl ? _b[_o + 3] : ttl;
                SetClassAndTtl(_b, _o, ClassHere(), ttl);
                int pushed = (rule & LabelActionTable.ClassPipe) != 0 ? _labelClass : LabelStackEntry.ReadTrafficClass(_b, _o);
                Onward(path, Labelled, ip, room, ttl, pushed, flow);
                return Forwarded;
            }
            int version = under < _e ? _b[under] >> 4 : 0;
            if (!(version == Ipv4 && under + Ipv4Header.Length <= _e) && !(version == Ipv6 && under + Ipv6Header.Length <= _e))
            {
                return DropReason.PayloadNotIp;
            }
            int at = under + (version == Ipv4 ? Ipv4Header.TtlOffset : Ipv6Header.HopLimitOffset);
            if (_b[at] == 0)
            {
                return ExpiredInLabel(ForwardingHandle.PathPair, pair);
            }
            Pop(rule);
            if (pipe || _b[at] < ttl)
            {
                ttl = _b[at];
            }
            else if (version == Ipv4)
            {
                RareCases.AddToChecksum(_b, _o, _b[at] - ttl);
            }
            _b[at] = (byte)ttl;
            Onward(path, version, ip, room, ttl, Reclass(_o, version), flow);
            return Forwarded;
        }

        // Octets from _o on, or from its IPv4 packet at ip in fragments under the same labels.
        private void Onward(int path, int kind, int ip, int room, int ttl, int trafficClass, int flow)
        {
            if (ip >= 0)
            {
                Fragment(path, kind, _o, ip, room, ttl, trafficClass, flow == NoFlow ? Flow(_b, _o, _e, kind) : flow);
                return;
            }
            Emit(_f, path, _o, _e, kind, ttl, trafficClass, flow, CauseForwarded);
        }

        // As Room, with a router alert label in front of what is carried.
        private int RoomUnderAlert(int path)
        {
            int room = Room(path, Labelled);
            return room >= LabelStackEntry.Length && _alert >= 0 ? room - LabelStackEntry.Length : room;
        }

        // Down, or really too long: then Host may say how long a packet may be. _o: the first octet that would go on.
        private int TooLongUnderLabels(int room)
        {
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            int vrf = VrfOfScope();
            if (vrf >= 0)
            {
                RareCases.Note(_t, _f, PuntClass.MtuExceededLabelled, _stack, vrf, _port);
                _f.Value = _noteScope | (room + _o - _stack);
            }
            return DropReason.MtuExceeded;
        }
    }
}
