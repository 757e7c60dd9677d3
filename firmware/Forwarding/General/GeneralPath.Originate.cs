using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    // What Host makes goes out as what is forwarded does: the same paths, groups and labels. And what Host asks about a label stack.
    public sealed partial class GeneralPath
    {
        /// <summary>As <see cref="Forwarding.Egress.SendIp"/>, for a packet of either version whose route is known.</summary>
        /// <param name="handle">Of the longest prefix of its destination.</param>
        /// <param name="o">Its header; <paramref name="e"/> is its end.</param>
        /// <param name="ttl">TTL or hop limit, as it stands there.</param>
        /// <param name="trafficClass">0-7.</param>
        public int SendIp(Frame frame, int handle, int o, int e, int ttl, int trafficClass)
        {
            int version = frame.Octets[o] >> 4;
            int kind = handle & ForwardingHandle.KindMask;
            if (kind == ForwardingHandle.Glean)
            {
                frame.Value = handle & ForwardingHandle.IndexMask;
                return DropReason.UnresolvedNeighbor;
            }
            int path = PathOf(handle, frame.Octets, o, e, version);
            if (path == PathTable.None)
            {
                return DropReason.NoRoute;
            }
            int room = Room(path, version);
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            if (e - o > room)
            {
                frame.Value = room;
                return DropReason.MtuExceeded;
            }
            Originate(frame, path, o, e, version, ttl, trafficClass);
            return DropReason.None;
        }

        /// <summary>As <see cref="Forwarding.Egress.SendLabelled"/>.</summary>
        public int SendLabelled(Frame frame, int o)
        {
            byte[] b = frame.Octets;
            int e = frame.Start + frame.Length;
            bool bottom = LabelStackEntry.ReadBottom(b, o);
            int ttl = LabelStackEntry.ReadTtl(b, o);
            int trafficClass = LabelStackEntry.ReadTrafficClass(b, o);
            int handle = _t.Labels.Lookup(LabelStackEntry.ReadLabel(b, o));
            bool action = (handle & ForwardingHandle.KindMask) == ForwardingHandle.LabelAction;
            handle = UnderAction(handle);
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Group)
            {
                handle = action ? _t.Groups.Select(_t, handle & ForwardingHandle.IndexMask, Flow(b, o, e, Labelled), bottom)
                    : _t.Groups.SelectByLabels(handle, b, o);
            }
            int kind = handle & ForwardingHandle.KindMask;
            int path = handle & ForwardingHandle.IndexMask;
            int carried = Labelled;
            int q = o;
            if (kind == ForwardingHandle.PathPair)
            {
                q += LabelStackEntry.Length;
                path += bottom ? 1 : 0;
                carried = bottom ? b[q] >> 4 : Labelled;
            }
            else if (kind != ForwardingHandle.Path)
            {
                return DropReason.UnknownLabel;
            }
            int room = Room(path, carried);
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            if (e - q > room)
            {
                return DropReason.MtuExceeded;
            }
            if (kind == ForwardingHandle.Path)
            {
                int label = (_t.PathRecord[path * PathTable.Stride + PathTable.Service] >> 12) & LabelStackEntry.Last;
                LabelStackEntry.Write(b, q, label, trafficClass, bottom, ttl);
            }
            Originate(frame, path, q, e, carried, ttl, trafficClass);
            return DropReason.None;
        }

        private void Originate(Frame frame, int path, int q, int e, int kind, int ttl, int trafficClass)
        {
            _alert = -1;
            _labelRule = 0;
            Emit(frame, path, q, e, kind, ttl, trafficClass, NoFlow, CauseOriginated);
        }

        /// <returns>The path that a prefix's handle leads to for this packet, or <see cref="PathTable.None"/> when it leads to none.</returns>
        private int PathOf(int handle, byte[] b, int o, int e, int version)
        {
            int kind = handle & ForwardingHandle.KindMask;
            int group = handle & ForwardingHandle.IndexMask;
            if (kind == ForwardingHandle.Group && version == Ipv4)
            {
                // As the kernels do: a flow keeps its path when one packet of it comes this way.
                handle = _t.Groups.SelectByAddresses(handle, b, o);
            }
            else if (kind == ForwardingHandle.Group || (kind == ForwardingHandle.Special && (handle & ForwardingHandle.SpecialGroup) != 0))
            {
                handle = _t.Groups.Select(_t, handle & ForwardingHandle.IndexMask & ~ForwardingHandle.SpecialGroup, Flow(b, o, e, version), false);
            }
            else if (kind != ForwardingHandle.Path && kind != ForwardingHandle.Special)
            {
                return PathTable.None;
            }
            if (Trace != null && kind != ForwardingHandle.Path && (kind != ForwardingHandle.Special || (group & ForwardingHandle.SpecialGroup) != 0))
            {
                Trace.Add(FrameTrace.Member, group & ~ForwardingHandle.SpecialGroup, handle, o);
            }
            return handle & ForwardingHandle.IndexMask;
        }

        /// <returns>The handle itself, or the one in its <see cref="LabelActionTable"/> row, with the same scope.</returns>
        private int UnderAction(int handle)
        {
            if ((handle & ForwardingHandle.KindMask) != ForwardingHandle.LabelAction)
            {
                return handle;
            }
            return _t.LabelActions.Record[(handle & ForwardingHandle.IndexMask) * LabelActionTable.Stride + LabelActionTable.Handle] | (handle & ForwardingHandle.ScopeMask);
        }

        /// <summary>How many labels of a stack end at this router: popped, and what is under them looked at.</summary>
        /// <param name="o">The first entry, received in this scope (0-15) and the first of <paramref name="entries"/> whole ones.</param>
        /// <returns>0 to <paramref name="entries"/>.</returns>
        public int LabelsThatEndHere(byte[] b, int o, int entries, int scope)
        {
            int own = 0;
            while (own < entries)
            {
                int label = LabelStackEntry.ReadLabel(b, o + own * LabelStackEntry.Length);
                if (label == LabelStackEntry.EntropyIndicator)
                {
                    // And the entropy label after it.
                    own += own + 1 < entries ? 2 : 1;
                }
                else if (label == LabelStackEntry.ExplicitNullIpv4 || label == LabelStackEntry.ExplicitNullIpv6 || label == LabelStackEntry.RouterAlert
                    || UnderAction(_t.Labels.Lookup(label)) == ForwardingHandle.WithScope(ForwardingHandle.Local, scope))
                {
                    own++;
                }
                else
                {
                    break;
                }
            }
            return own;
        }

        /// <summary>What an incoming label leads to, whatever rules it has.</summary>
        /// <returns>A handle of the ILM with its scope, of any kind but LabelAction; None when the label is not ours.</returns>
        public int LabelLeadsTo(int label)
        {
            return UnderAction(_t.Labels.Lookup(label));
        }
    }
}
