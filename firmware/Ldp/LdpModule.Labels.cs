using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Host;

namespace LabEdge.Ldp
{
    // What labels we give and use: routes in, bindings out (RFC 5036 section 2.6 and appendix A.1).
    public sealed partial class LdpModule : ILabelRetention
    {
        private const int Routes = 1;
        private const int Fecs = 2;

        private bool _rescan;

        // A FEC has no label because none was free or no row: tried again later.
        private bool _lacking;
        private uint _tryLabelsAt;
        private int _phase;
        private int _at;

        // A pass over routes and FECs, in bounded steps. A change during it asks for one more.
        private void PollLib(ref int budget)
        {
            while (budget > 0)
            {
                if (_phase == 0)
                {
                    if (!_rescan)
                    {
                        return;
                    }
                    _rescan = false;
                    _lacking = false;
                    for (int fec = 0; fec < Lib.High; fec++)
                    {
                        Lib.Flags[fec] = (byte)(Lib.Flags[fec] & ~LabelInformationBase.Seen);
                    }
                    _phase = Routes;
                    _at = 0;
                }
                budget--;
                if (_phase == Routes)
                {
                    if (_at < _control.Routes.High)
                    {
                        SeeRoute(_at++);
                        continue;
                    }
                    _phase = Fecs;
                    _at = 0;
                }
                else if (_at < Lib.High)
                {
                    int fec = _at++;
                    if (Lib.Flags[fec] != 0)
                    {
                        int flags = Lib.Flags[fec];
                        Lib.Flags[fec] = (byte)((flags & LabelInformationBase.Seen) != 0 ? flags | LabelInformationBase.HasRoute : flags & ~LabelInformationBase.HasRoute);
                        Follow(fec);
                    }
                }
                else
                {
                    _phase = 0;
                }
            }
        }

        // A candidate route makes its prefix a FEC, as IOS does: connected, static and of IGPs; of our own addresses only those of loopbacks with 32 bits.
        private void SeeRoute(int route)
        {
            RouteTable routes = _control.Routes;
            int source = routes.Source[route];
            if (!routes.IsUsed(route) || routes.Vrf[route] != VrfStore.Global || source == RouteSource.Adjacency || routes.Bits[route] == 0
                || (source == RouteSource.Local && !_host.Interfaces.IsHostLoopback(routes.Port[route])) || (Settings.HostRoutes && routes.Bits[route] != 32))
            {
                return;
            }
            int fec = Lib.Find(routes.Prefix[route], routes.Bits[route]);
            if (fec == LabelInformationBase.None && Lib.IsFull)
            {
                int spare = Lib.FindSpare();
                if (spare != LabelInformationBase.None)
                {
                    Lib.Free(spare);
                }
            }
            fec = Lib.Add(routes.Prefix[route], routes.Bits[route]);
            if (fec != LabelInformationBase.None)
            {
                Lib.Flags[fec] |= LabelInformationBase.Seen | LabelInformationBase.HasRoute;
            }
        }

        private bool IsSubnetOfLoopback(uint prefix, int bits)
        {
            InterfaceTable interfaces = _host.Interfaces;
            for (int i = interfaces.Ports; i < interfaces.Count && bits < 32; i++)
            {
                if (interfaces.Address[i] != 0 && interfaces.PrefixBits[i] == bits && (interfaces.Address[i] & InterfaceTable.MaskOf(bits)) == prefix
                    && interfaces.Vrf[i] == VrfStore.Global && interfaces.Usable[i])
                {
                    return true;
                }
            }
            return false;
        }

        // Brings our label, the labels in use and what the neighbours must hear in line with a FEC's route.
        private void Follow(int fec)
        {
            uint prefix = Lib.Prefix[fec];
            int bits = Lib.Bits[fec];
            int count = 0;
            int wanted = LabelInformationBase.None;
            bool egress = false;
            bool reached = (Lib.Flags[fec] & LabelInformationBase.HasRoute) != 0;
            if (reached)
            {
                egress = IsSubnetOfLoopback(prefix, bits);
                reached = egress || _control.Resolver.ResolveFec(prefix, bits) == NextHopResolver.Reached || _control.Resolver.MatchedSource == RouteSource.Local;
                egress |= reached && _control.Resolver.MatchedBits == bits
                    && (_control.Resolver.MatchedSource == RouteSource.Local || _control.Resolver.MatchedSource == RouteSource.Connected);
            }
            if (reached && !egress)
            {
                HopList hops = _control.Resolver.Hops;
                for (int k = 0; k < hops.Count && count < _hops.Length; k++)
                {
                    int session = hops.Label[k] >= 0 ? -1 : SessionOf(hops.Address[k]);
                    if (session >= 0 && Lib.Remote[fec * Lib.Sessions + session] != LabelInformationBase.None)
                    {
                        _hops[count++] = hops.Address[k];
                    }
                }
            }
            int bound = 0;
            for (int k = 0; k < count; k++)
            {
                int session = SessionOf(_hops[k]);
                bound += _control.StaticLabels.BindOutput(LabelOwner.Ldp, prefix, bits, _hops[k], Lib.Remote[fec * Lib.Sessions + session]) == ControlResult.Ok ? 1 : 0;
            }
            _control.StaticLabels.KeepOutputs(LabelOwner.Ldp, prefix, bits, _hops, count);
            Set(fec, LabelInformationBase.HasOutput, bound > 0);
            Set(fec, LabelInformationBase.Egress, egress);
            if (egress)
            {
                wanted = Settings.ExplicitNull ? LabelStackEntry.ExplicitNullIpv4 : LabelStackEntry.ImplicitNull;
            }
            else if (reached)
            {
                int byHand = _control.Bindings.FindInput(VrfStore.Global, prefix, bits);
                wanted = byHand != LabelBindings.None ? _control.Bindings.Label[byHand] : OwnLabel(fec);
            }
            if (wanted != Lib.Local[fec])
            {
                Relabel(fec, wanted);
            }
            Advertise(fec);
            Lib.FreeIfEmpty(fec);
        }

        /// <inheritdoc/>
        public int LabelOf(uint prefix, int bits, uint nextHop)
        {
            int fec = Lib.Find(prefix, bits);

            // What Follow would not bind is not told: it makes these bindings its own when it comes, after the change of routes that has asked.
            int session = fec == LabelInformationBase.None || (Lib.Flags[fec] & LabelInformationBase.HasRoute) == 0 ? -1 : SessionOf(nextHop);
            return session < 0 ? LabelInformationBase.None : Lib.Remote[fec * Lib.Sessions + session];
        }

        private void Set(int fec, byte flag, bool on)
        {
            Lib.Flags[fec] = (byte)(on ? Lib.Flags[fec] | flag : Lib.Flags[fec] & ~flag);
        }

        // The label that LDP holds for a FEC, taken when it holds none.
        private int OwnLabel(int fec)
        {
            if ((Lib.Flags[fec] & LabelInformationBase.OwnLabel) != 0)
            {
                return Lib.Local[fec];
            }
            int label = _control.Labels.Allocate(LabelOwner.Ldp, _now);
            if (label == LabelManager.None)
            {
                LackLabel();
                return LabelInformationBase.None;
            }
            if (_control.StaticLabels.BindInput(LabelOwner.Ldp, Lib.Prefix[fec], Lib.Bits[fec], label) != ControlResult.Ok)
            {
                LackLabel();
                _control.Labels.Release(label, _now);
                return LabelInformationBase.None;
            }
            return label;
        }

        private void LackLabel()
        {
            NoLabels++;
            _lacking = true;
            _tryLabelsAt = _now + AskAgainMs;
        }

        /// <summary>Every FEC that has a route has its label.</summary>
        internal bool HasLabels
        {
            get { return !_lacking && !_rescan && _phase == 0; }
        }

        private void Relabel(int fec, int label)
        {
            bool own = label != LabelInformationBase.None && _control.Labels.OwnerOf(label) == LabelOwner.Ldp && label >= LabelStackEntry.FirstUnreserved;
            DropLocal(fec);
            Lib.Local[fec] = label;
            if (Lib.BoundAt.Length != 0)
            {
                Lib.BoundAt[fec] = _now;
            }
            Set(fec, LabelInformationBase.OwnLabel, own);
            for (int i = fec * Lib.Sessions; i < (fec + 1) * Lib.Sessions; i++)
            {
                if ((Lib.State[i] & LabelInformationBase.Advertised) != 0)
                {
                    Lib.State[i] |= LabelInformationBase.WithdrawDue;
                    Sessions[i - fec * Lib.Sessions].AnyDue = true;
                }
            }
        }

        // The neighbours are told after; the label rests, so that nothing that is still sent with it reaches somebody else.
        private void DropLocal(int fec)
        {
            if ((Lib.Flags[fec] & LabelInformationBase.OwnLabel) != 0)
            {
                _control.StaticLabels.UnbindInput(LabelOwner.Ldp, Lib.Prefix[fec], Lib.Bits[fec], _now);
                Set(fec, LabelInformationBase.OwnLabel, false);
            }
            Lib.Local[fec] = LabelInformationBase.None;
        }

        // Independent control: as soon as we have a label; ordered: when the FEC ends here or its next hop has given one (section 2.6.1).
        private bool IsAdvertised(int fec)
        {
            return Lib.Local[fec] != LabelInformationBase.None && (!Settings.HostRoutes || Lib.Bits[fec] == 32)
                && (!Settings.OrderedControl || (Lib.Flags[fec] & (LabelInformationBase.Egress | LabelInformationBase.HasOutput)) != 0);
        }

        private void Advertise(int fec)
        {
            bool wanted = IsAdvertised(fec);
            for (int s = 0; s < Sessions.Length; s++)
            {
                if (Sessions[s].State != LdpMachine.Operational)
                {
                    continue;
                }
                int i = fec * Lib.Sessions + s;
                int state = Lib.State[i];
                bool has = (state & (LabelInformationBase.Advertised | LabelInformationBase.WithdrawDue)) == LabelInformationBase.Advertised;
                if (wanted && !has)
                {
                    state |= LabelInformationBase.MapDue;
                }
                else if (!wanted)
                {
                    state &= ~LabelInformationBase.MapDue;
                    state |= has ? LabelInformationBase.WithdrawDue : 0;
                }
                Lib.State[i] = (byte)state;
                Sessions[s].AnyDue |= (state & (LabelInformationBase.MapDue | LabelInformationBase.WithdrawDue)) != 0;
            }
        }

        /// <summary>Every mapping goes to the session, whether it had it or not.</summary>
        internal void AdvertiseAll(LdpSession session)
        {
            for (int fec = 0; fec < Lib.High; fec++)
            {
                if (Lib.Flags[fec] != 0 && IsAdvertised(fec))
                {
                    Lib.State[fec * Lib.Sessions + session.Index] |= LabelInformationBase.MapDue;
                    session.AnyDue = true;
                }
            }
        }

        // ---- what neighbours say

        /// <summary>A mapping.</summary>
        /// <param name="old">The label that the session gave for the FEC before, when it is another one; or none.</param>
        /// <returns>False when there is no row for it.</returns>
        internal bool Learn(LdpSession session, uint prefix, int bits, int label, out int old)
        {
            old = LabelInformationBase.None;
            if (Settings.HostRoutes && bits != 32)
            {
                return false;
            }
            int fec = Lib.Add(prefix, bits);
            if (fec == LabelInformationBase.None)
            {
                return false;
            }
            int i = fec * Lib.Sessions + session.Index;
            bool stale = (Lib.State[i] & LabelInformationBase.Stale) != 0;
            Lib.State[i] = (byte)(Lib.State[i] & ~LabelInformationBase.Stale);
            if (Lib.LearntAt.Length != 0)
            {
                Lib.LearntAt[i] = _now;
            }
            if (Lib.Remote[i] != label)
            {
                old = stale ? LabelInformationBase.None : Lib.Remote[i];
                Lib.Remote[i] = label;
                Follow(fec);
            }
            return true;
        }

        /// <summary>A withdrawal.</summary>
        /// <param name="label">None = whatever it is.</param>
        internal void Forget(LdpSession session, uint prefix, int bits, int label)
        {
            int fec = Lib.Find(prefix, bits);
            if (fec != LabelInformationBase.None)
            {
                ForgetRow(session, fec, label);
            }
        }

        /// <summary>A withdrawal of all prefixes, or of all FECs.</summary>
        internal void ForgetAll(LdpSession session, int label, bool prefixesOnly)
        {
            if (!prefixesOnly)
            {
                ForgetAllPseudowires(session, label);
            }
            for (int fec = Lib.High - 1; fec >= 0; fec--)
            {
                if (Lib.Flags[fec] != 0)
                {
                    ForgetRow(session, fec, label);
                }
            }
        }

        private void ForgetRow(LdpSession session, int fec, int label)
        {
            int i = fec * Lib.Sessions + session.Index;
            if (Lib.Remote[i] != LabelInformationBase.None && (label == LabelInformationBase.None || label == Lib.Remote[i]))
            {
                Lib.Remote[i] = LabelInformationBase.None;
                Lib.State[i] = (byte)(Lib.State[i] & ~LabelInformationBase.Stale);
                Follow(fec);
            }
        }
    }
}
