using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Cli
{
    // The second half: what the new model has and the old one has not, or has otherwise.
    public sealed partial class ConfigurationDifference
    {
        private void SetGlobals()
        {
            if (_from.NoPropagateTtl != _to.NoPropagateTtl)
            {
                Note(_control.SetTtlPropagate((_to.NoPropagateTtl & ConfigurationModel.Forwarded) == 0, (_to.NoPropagateTtl & ConfigurationModel.Local) == 0));
            }
            if (_from.LabelMin != _to.LabelMin || _from.LabelMax != _to.LabelMax || _from.StaticMin != _to.StaticMin || _from.StaticMax != _to.StaticMax)
            {
                Note(_to.LabelMin == 0 ? _control.SetLabelRange(_control.Labels.First, _control.Labels.Last, 0, 0)
                    : _control.SetLabelRange(_to.LabelMin, _to.LabelMax, _to.StaticMin, _to.StaticMax));
            }
        }

        // The last of all: the interface whose address is the router id is there by then.
        private void ApplyLdp()
        {
            LdpModel ldp = _to.Ldp;
            if (_control.Ldp == null)
            {
                if (ldp != null && (ldp.Flags != 0 || ldp.RouterId >= 0))
                {
                    Note(ControlResult.NoSuchProtocol);
                }
                return;
            }
            if (ldp == null)
            {
                if (_from.Ldp == null)
                {
                    return;
                }
                ldp = new LdpModel();
            }
            int named = ldp.RouterId;
            int index = named < 0 ? -1 : (named & InterfaceNames.Loopback) == 0 ? named : _interfaces.Find(InterfaceNames.NameOfLoopback(named & ~InterfaceNames.Loopback));
            ldp.Apply(_control.Ldp, index);
        }

        // The router's copy has indexes in place of names; OSPF looks at addresses anew each time.
        private void ApplyOspf()
        {
            OspfLines lines = _to.Ospf;
            OspfLines settings = _control.Ospf;
            bool any = lines != null && lines.Count != 0;
            if (settings == null || (!any && settings.Count == 0))
            {
                if (any)
                {
                    Note(ControlResult.NoSuchProtocol);
                }
                return;
            }
            settings.CopyFrom(lines);
            for (int r = (settings.Count - 1) * OspfLines.Stride; r >= 0; r -= OspfLines.Stride)
            {
                int[] record = settings.Record;
                int kind = OspfLines.KindOf(record[r + OspfLines.Kind]);
                if (kind == OspfLines.Process)
                {
                    record[r + OspfLines.Values + 3] = VrfOf(record[r + OspfLines.Values + 3]);
                }
                int at = kind == OspfLines.Passive ? r + OspfLines.Values : r + OspfLines.Scope;
                if ((record[at] & InterfaceNames.Loopback) != 0)
                {
                    record[at] = OspfLines.InterfaceScope | _interfaces.Find(InterfaceNames.NameOfLoopback(record[at] & ~InterfaceNames.Loopback));
                }
            }
            settings.Sort();
            settings.Version++;
        }

        private void ApplyBfd()
        {
            BfdModel bfd = _to.Bfd;
            if (_control.Bfd != null)
            {
                if (bfd != null)
                {
                    bfd.Apply(_control.Bfd);
                }
                else
                {
                    _control.Bfd.Clear();
                }
            }
            else if (bfd != null && !bfd.IsEmpty)
            {
                Note(ControlResult.NoSuchProtocol);
            }
        }

        private void AddVrf(int slot)
        {
            if (slot == 0 || !_to.HasVrf(slot))
            {
                return;
            }
            int r = slot * ConfigurationModel.VrfStride;
            bool isNew = !_from.HasVrf(slot);
            if (isNew)
            {
                Note(_control.AddVrf(_names.NameOf(slot)));
            }
            int high = _to.Vrfs[r + ConfigurationModel.DistinguisherHigh];
            int low = _to.Vrfs[r + ConfigurationModel.DistinguisherLow];
            bool set = high != 0 || low != 0;
            if (isNew ? set : high != _from.Vrfs[r + ConfigurationModel.DistinguisherHigh] || low != _from.Vrfs[r + ConfigurationModel.DistinguisherLow])
            {
                Octets.WriteInt32(_distinguisher, 0, high);
                Octets.WriteInt32(_distinguisher, 4, low);
                Note(_control.SetDistinguisher(_tables.Vrfs.Find(_names.NameOf(slot)), _distinguisher));
            }
        }

        private void AddInterface(int row)
        {
            int[] to = _to.Interfaces;
            int[] from = _from.Interfaces;
            int r = row * ConfigurationModel.InterfaceStride;
            int other = Other(_to, row, _from);
            int o = other * ConfigurationModel.InterfaceStride;
            int index;
            if (other < 0)
            {
                index = _control.AddLoopback(InterfaceNames.NameOfLoopback(to[r + ConfigurationModel.LoopbackNumber]));
                Note(index);
            }
            else
            {
                index = IndexOf(_to, row);
            }
            if (index < 0)
            {
                return;
            }
            int flags = to[r + ConfigurationModel.Flags];
            int was = other < 0 ? 0 : from[o + ConfigurationModel.Flags];
            int vrf = to[r + ConfigurationModel.InterfaceVrf];
            bool sameVrf = (other < 0 ? 0 : from[o + ConfigurationModel.InterfaceVrf]) == vrf;
            if (to[r + ConfigurationModel.Mtu] != (other < 0 ? 0 : from[o + ConfigurationModel.Mtu]))
            {
                Note(_control.SetInterfaceMtu(index, to[r + ConfigurationModel.Mtu]));
            }
            if (!sameVrf)
            {
                Note(_control.SetInterfaceVrf(index, VrfOf(vrf)));
            }
            if (to[r + ConfigurationModel.AddressBits] != 0 && !(other >= 0 && sameVrf && SameAddress(to, r, from, o)))
            {
                Note(_control.SetInterfaceAddress(index, (uint)to[r + ConfigurationModel.Address], to[r + ConfigurationModel.AddressBits]));
            }
            if ((flags & ~was & ConfigurationModel.Mpls) != 0)
            {
                Note(_control.SetInterfaceMpls(index, true));
            }
            if (((flags ^ was) & ConfigurationModel.Verify) != 0 && (flags & ConfigurationModel.Verify) != 0)
            {
                Note(_control.SetReversePath(index, ReversePathOf(flags)));
            }
            if (((flags ^ was) & ConfigurationModel.Shutdown) != 0)
            {
                Note(_control.SetInterfaceEnabled(index, (flags & ConfigurationModel.Shutdown) == 0));
            }
        }

        private void AddBinding(int r)
        {
            int[] binding = _to.Bindings;
            uint prefix = (uint)binding[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)binding[r + ConfigurationModel.NextHop];
            int label = binding[r + ConfigurationModel.BindingLabel];
            int was = _from.FindBinding(binding[r], prefix, nextHop);
            if (was < 0 || _from.Bindings[was * ConfigurationModel.BindingStride + ConfigurationModel.BindingLabel] != label)
            {
                Note(nextHop == 0 ? _control.AddInputBinding(VrfOf(binding[r] >> 8), prefix, binding[r] & 255, label)
                    : _control.AddOutputBinding(prefix, binding[r] & 255, nextHop, label));
            }
        }

        private void AddRoute(int r)
        {
            int[] route = _to.Routes;
            int place = route[r + ConfigurationModel.PortAndDistance];
            int port = (place >> 8) - 1;
            uint prefix = (uint)route[r + ConfigurationModel.Prefix];
            uint nextHop = (uint)route[r + ConfigurationModel.NextHop];
            int was = _from.FindRoute(route[r], prefix, nextHop, port) * ConfigurationModel.RouteStride;
            if (was < 0 || _from.Routes[was + ConfigurationModel.PortAndDistance] != place
                || _from.Routes[was + ConfigurationModel.RouteLabel] != route[r + ConfigurationModel.RouteLabel])
            {
                Note(_control.AddStaticRoute(VrfOf(route[r] >> 8), prefix, route[r] & 255, nextHop, port, place & 255, route[r + ConfigurationModel.RouteLabel]));
            }
        }

        private void AddXconnect(int row)
        {
            if (!HasPseudowire(_to, row))
            {
                return;
            }
            int[] to = _to.Interfaces;
            int r = row * ConfigurationModel.InterfaceStride;
            bool changed = !HasPseudowire(_from, row)
                || ((to[r + ConfigurationModel.Flags] ^ _from.Interfaces[r + ConfigurationModel.Flags]) & ConfigurationModel.PseudowireFlags) != 0;
            for (int i = ConfigurationModel.Peer; i <= ConfigurationModel.RemoteLabel; i++)
            {
                changed |= to[r + i] != _from.Interfaces[r + i];
            }
            if (changed)
            {
                Note(_control.SetPseudowire(row, (uint)to[r + ConfigurationModel.Peer], (uint)to[r + ConfigurationModel.VcId], to[r + ConfigurationModel.LocalLabel],
                    to[r + ConfigurationModel.RemoteLabel], PseudowireLines.ModeOf(to[r + ConfigurationModel.Flags])));
            }
        }
    }
}
