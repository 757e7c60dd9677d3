using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Control
{
    /// <summary>
    /// Label bindings by hand and by protocols, and their rows of the ILM. An input binding of a VRF pops to that VRF. One of the global table
    /// follows its FEC: swap to the label that the FEC's next hop bound to it, pop and forward for implicit null (penultimate hop
    /// popping, RFC 3031 section 3.16), pop and look again where the FEC is an address of our own (ultimate hop popping), pop and
    /// look up the packet where it is a connected subnet.
    /// </summary>
    public sealed class StaticLabels
    {
        /// <summary>What became of an input binding.</summary>
        public const int NoRoute = 0;
        public const int NoOutputBinding = 1;
        public const int NoLabelsOnLink = 2;
        public const int TableFull = 3;
        public const int Swap = 4;
        public const int PopAndForward = 5;
        public const int PopAndLookUp = 6;
        public const int SwapAndPop = 7;
        public const int PopOurs = 8;

        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly RouteTable _routes;
        private readonly LabelBindings _bindings;
        private readonly LabelManager _labels;
        private readonly LinkEvents _links;
        private readonly NextHopResolver _resolver;
        private readonly RouteSelector _selector;
        private readonly TunnelTransports _tunnels;
        private readonly PathWriter _paths;

        public StaticLabels(Tables tables, HostStack host, RouteTable routes, LabelBindings bindings, LabelManager labels, LinkEvents links,
            NextHopResolver resolver, RouteSelector selector, TunnelTransports tunnels, PathWriter paths)
        {
            _tables = tables;
            _interfaces = host.Interfaces;
            _routes = routes;
            _bindings = bindings;
            _labels = labels;
            _links = links;
            _resolver = resolver;
            _selector = selector;
            _tunnels = tunnels;
            _paths = paths;
        }

        /// <summary>What became of an input binding; why it is not in force, <see cref="Diagnosis"/> knows more about.</summary>
        public string StateText(int binding)
        {
            switch (_bindings.State[binding])
            {
                case NoRoute: return Reason.Text(Reason.NoRouteToPrefix);
                case NoOutputBinding: return Reason.Text(Reason.NoLabelFromNeighbor);
                case NoLabelsOnLink: return Reason.Text(Reason.NoLabelsOnLink);
                case TableFull: return Reason.Text(Reason.TableFull);
                case Swap: return "swap";
                case PopAndForward: return "pop";
                case PopOurs: return "pop, ours";
                case PopAndLookUp: return "pop and look up";
                default: return "swap or pop by next hop";
            }
        }

        /// <returns>True when the label of an input binding is forwarded.</returns>
        public bool IsInForce(int binding)
        {
            return _bindings.State[binding] > TableFull;
        }

        internal int AddInput(int vrf, uint prefix, int bits, int label, uint now)
        {
            if (!_tables.Vrfs.IsUsed(vrf))
            {
                return ControlResult.NoSuchVrf;
            }
            int result = StaticRoutes.CheckPrefix(prefix, bits);
            if (result != ControlResult.Ok)
            {
                return result;
            }
            int binding = _bindings.FindInput(vrf, prefix, bits);
            if (binding != LabelBindings.None && _bindings.Label[binding] == label)
            {
                return ControlResult.Ok;
            }
            result = _labels.Reserve(label, vrf == VrfStore.Global ? LabelOwner.Static : LabelOwner.StaticVrf, now);
            if (result != ControlResult.Ok)
            {
                return result;
            }
            if (binding == LabelBindings.None)
            {
                binding = _bindings.Add(LabelBindings.Input, vrf == VrfStore.Global ? LabelOwner.Static : LabelOwner.StaticVrf, vrf, prefix, bits, 0, label);
                if (binding == LabelBindings.None)
                {
                    _labels.Cancel(label);
                    return ControlResult.TableFull;
                }
                _routes.Dirty |= !Program(binding);
                return ControlResult.Ok;
            }

            // The new label is in place before the old one goes.
            int old = _bindings.Label[binding];
            _bindings.Label[binding] = label;
            _routes.Dirty |= !Program(binding);
            _paths.PublishLabel(old, ForwardingHandle.None);
            _labels.Release(old, now);
            return ControlResult.Ok;
        }

        internal int RemoveInput(int vrf, uint prefix, int bits, uint now)
        {
            int binding = _bindings.FindInput(vrf, prefix, bits);
            if (binding == LabelBindings.None)
            {
                return ControlResult.NotFound;
            }
            RemoveInput(binding, now);
            return ControlResult.Ok;
        }

        /// <summary>Removes every binding of a VRF.</summary>
        internal void RemoveAllOf(int vrf, uint now)
        {
            for (int b = _bindings.High - 1; b >= 0; b--)
            {
                if (_bindings.Kind[b] == LabelBindings.Input && _bindings.Vrf[b] == vrf)
                {
                    RemoveInput(b, now);
                }
            }
        }

        internal int AddOutput(uint prefix, int bits, uint nextHop, int label)
        {
            int result = StaticRoutes.CheckPrefix(prefix, bits);
            if (result != ControlResult.Ok)
            {
                return result;
            }
            if (!Ipv4Address.IsHost(nextHop))
            {
                return ControlResult.InvalidNextHop;
            }
            if (_interfaces.Owns(VrfStore.Global, nextHop))
            {
                return ControlResult.NextHopIsLocal;
            }
            if (label != LabelStackEntry.ExplicitNullIpv4 && label != LabelStackEntry.ImplicitNull
                && (label < LabelStackEntry.FirstUnreserved || label > LabelStackEntry.Last))
            {
                return ControlResult.LabelOutOfRange;
            }
            return BindOutput(LabelOwner.Static, prefix, bits, nextHop, label);
        }

        internal int RemoveOutput(uint prefix, int bits, uint nextHop)
        {
            return UnbindOutput(LabelOwner.Static, prefix, bits, nextHop);
        }

        /// <summary>An owner's label for a FEC of the global table, out of our window and held by the owner: its row of the ILM follows the FEC.</summary>
        /// <returns>Ok or TableFull.</returns>
        public int BindInput(int owner, uint prefix, int bits, int label)
        {
            int binding = _bindings.Add(LabelBindings.Input, owner, VrfStore.Global, prefix, bits, 0, label);
            if (binding == LabelBindings.None)
            {
                return ControlResult.TableFull;
            }
            _routes.Dirty |= !Program(binding);
            return ControlResult.Ok;
        }

        /// <summary>Takes the binding and its row of the ILM away, and releases the label.</summary>
        public void UnbindInput(int owner, uint prefix, int bits, uint now)
        {
            int binding = _bindings.FindInput(VrfStore.Global, prefix, bits, owner);
            if (binding != LabelBindings.None)
            {
                RemoveInput(binding, now);
            }
        }

        /// <summary>What a next hop bound to a FEC, as an owner learnt it.</summary>
        /// <returns>Ok or TableFull.</returns>
        public int BindOutput(int owner, uint prefix, int bits, uint nextHop, int label)
        {
            int binding = _bindings.FindOutput(prefix, bits, nextHop, owner);
            if (binding == LabelBindings.None)
            {
                if (_bindings.Add(LabelBindings.Output, owner, VrfStore.Global, prefix, bits, nextHop, label) == LabelBindings.None)
                {
                    return ControlResult.TableFull;
                }
            }
            else if (_bindings.Label[binding] != label)
            {
                _bindings.Label[binding] = label;
                _tunnels.Relabel(binding);
            }
            else
            {
                return ControlResult.Ok;
            }
            FollowFec(prefix, bits);
            return ControlResult.Ok;
        }

        /// <summary>Takes away what an owner learnt for a FEC from all but these next hops.</summary>
        public void KeepOutputs(int owner, uint prefix, int bits, uint[] nextHops, int count)
        {
            int b = _bindings.FirstOutput(prefix, bits);
            while (b != LabelBindings.None)
            {
                int next = _bindings.NextOutput(b);
                int k = 0;
                while (k < count && nextHops[k] != _bindings.NextHop[b])
                {
                    k++;
                }
                if (k == count && _bindings.Owner[b] == owner)
                {
                    UnbindOutput(owner, prefix, bits, _bindings.NextHop[b]);
                }
                b = next;
            }
        }

        public int UnbindOutput(int owner, uint prefix, int bits, uint nextHop)
        {
            int binding = _bindings.FindOutput(prefix, bits, nextHop, owner);
            if (binding == LabelBindings.None)
            {
                return ControlResult.NotFound;
            }
            _tunnels.Detach(binding);
            _bindings.Remove(binding);
            FollowFec(prefix, bits);
            return ControlResult.Ok;
        }

        /// <summary>Brings the ILM row of an input binding in line with its FEC.</summary>
        /// <returns>False when a table is full.</returns>
        internal bool Program(int binding)
        {
            int vrf = _bindings.Vrf[binding];
            int label = _bindings.Label[binding];
            if (vrf != VrfStore.Global)
            {
                SetState(binding, PopAndLookUp, 0);
                _paths.PublishLabel(label, ForwardingHandle.Vrf | vrf);
                return true;
            }
            if (EndsHere(binding))
            {
                SetState(binding, PopOurs, 0);
                _paths.PublishLabel(label, ForwardingHandle.Local);
                return true;
            }
            if (_resolver.ResolveFec(_bindings.Prefix[binding], _bindings.Bits[binding]) != NextHopResolver.Reached)
            {
                SetState(binding, NoRoute, 0);
                _paths.PublishLabel(label, ForwardingHandle.None);
                return true;
            }
            if (_resolver.MatchedSource == RouteSource.Connected && _bindings.Bits[binding] < 32)
            {
                SetState(binding, PopAndLookUp, 0);
                _paths.PublishLabel(label, ForwardingHandle.Vrf | VrfStore.Global);
                return true;
            }
            return ProgramHops(binding, label);
        }

        private bool ProgramHops(int binding, int label)
        {
            int state = NoRoute;
            uint stateNextHop = 0;
            bool full = false;
            _resolver.Hops.Sort();
            _paths.Clear();
            for (int k = 0; k < _resolver.Hops.Count; k++)
            {
                if (_resolver.Hops.Label[k] >= 0)
                {
                    continue;
                }
                uint address = _resolver.Hops.Address[k];
                int output = _bindings.TakeOutput(_bindings.Prefix[binding], _bindings.Bits[binding], address);
                if (output == LabelBindings.None || !_resolver.TakesLabels(_resolver.Hops.Port[k]))
                {
                    if (state < TableFull && stateNextHop == 0)
                    {
                        state = output == LabelBindings.None ? NoOutputBinding : NoLabelsOnLink;
                        stateNextHop = address;
                    }
                    continue;
                }
                int outLabel = _bindings.Label[output];
                int labelled = _selector.LabelledTransport(k);
                int plain = outLabel == LabelStackEntry.ImplicitNull ? _selector.PlainTransport(k) : labelled;
                if (labelled == TransportTable.None || plain == TransportTable.None)
                {
                    full = true;
                    continue;
                }
                if (outLabel == LabelStackEntry.ImplicitNull)
                {
                    _paths.AddPair(labelled, plain);
                    state = state == Swap || state == SwapAndPop ? SwapAndPop : PopAndForward;
                }
                else
                {
                    _paths.Add(LabelStackEntry.Word(outLabel, 0, true, RouteSelector.LabelTtl), labelled);
                    state = state == PopAndForward || state == SwapAndPop ? SwapAndPop : Swap;
                }
            }
            if (full)
            {
                _paths.Refused++;
            }
            if (_paths.Count == 0)
            {
                SetState(binding, full ? TableFull : state, stateNextHop);
                _paths.PublishLabel(label, ForwardingHandle.None);
                return !full;
            }
            bool published = _paths.PublishLabel(label);
            SetState(binding, published ? state : TableFull, 0);
            return published && !full;
        }

        // The FEC is one of our own addresses.
        private bool EndsHere(int binding)
        {
            if (_bindings.Bits[binding] != 32)
            {
                return false;
            }
            int own = _interfaces.IndexOf(VrfStore.Global, _bindings.Prefix[binding]);
            return own != InterfaceTable.None && _links.IsUp(own);
        }

        // The rows of the FEC itself at once; what is carried over its LSP in the next pass.
        private void FollowFec(uint prefix, int bits)
        {
            if (_routes.FirstOf(VrfStore.Global, prefix, bits) != RouteTable.None)
            {
                _selector.Program(VrfStore.Global, prefix, bits);
            }
            for (int input = _bindings.FirstInput(VrfStore.Global, prefix, bits); input != LabelBindings.None; input = _bindings.NextInput(input))
            {
                Program(input);
            }
            _routes.Dirty = true;
        }

        private void RemoveInput(int binding, uint now)
        {
            int label = _bindings.Label[binding];
            _paths.PublishLabel(label, ForwardingHandle.None);
            _bindings.Remove(binding);
            _labels.Release(label, now);
            _routes.Dirty = true;
        }

        private void SetState(int binding, int state, uint nextHop)
        {
            _bindings.State[binding] = (byte)state;
            _bindings.StateNextHop[binding] = nextHop;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("control");
            bill.Object(10);
        }
    }
}
