using System.Runtime.CompilerServices;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    // The stages that read link headers and label entries. Each is a loop of its own without calls, short enough for its values to
    // stay in registers, and its conditions are nested so that a frame of the usual kind falls through them all.
    public sealed partial class NetKernel
    {
        /// <summary>Link header and first label entry of each frame: its way becomes the handle of its label or circuit.</summary>
        /// <returns>A bit per kind of handle that is among the ways.</returns>
        private int Classify(Tables tables, ref Frame first, int count, int port)
        {
            ref int own = ref tables.PortRecord[port * PortTable.Stride];
            ulong station = NetOctets.Native(((ulong)(uint)Unsafe.Add(ref own, PortTable.AddressHigh) << 32) | ((uint)Unsafe.Add(ref own, PortTable.AddressLow) << 16));
            int scope = Unsafe.Add(ref own, PortTable.Scope);
            int untagged = Unsafe.Add(ref own, PortTable.Untagged);
            untagged = (untagged & ForwardingHandle.KindMask) == ForwardingHandle.Vrf ? untagged : RareWay;
            int[] labels = tables.LabelHandle;
            int firstLabel = tables.FirstLabel;
            ref int way = ref NetOctets.At(_way, 0);
            int kinds = 0;
            for (nint k = count - 1; k >= 0; k--)
            {
                Frame f = Unsafe.Add(ref first, k);
                byte[] b = f.Octets;
                int o = f.Start;
                int length = f.Length;
                int h = RareWay;
                if (o >= Margin && length >= Shortest && o + length <= b.Length - Margin)
                {
                    ref byte r = ref NetOctets.At(b, o);
                    if (NetOctets.SameStation(ref r, station))
                    {
                        int type = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref r, 12));
                        if (type == NetOctets.Mpls)
                        {
                            // TTL 2 or more.
                            uint word = NetOctets.ReadUInt32(ref Unsafe.Add(ref r, 14));
                            int n = (int)(word >> 12) - firstLabel;
                            if ((uint)n < (uint)labels.Length && (word & 0xFE) != 0)
                            {
                                n = labels[n] ^ scope;
                                h = (n & ForwardingHandle.ScopeMask) == 0 ? n : RareWay;
                            }
                        }
                        else if (type == NetOctets.Ipv4)
                        {
                            h = untagged;
                        }
                        else if (type == NetOctets.Vlan || type == NetOctets.ServiceVlan)
                        {
                            h = TaggedWay;
                        }
                    }
                }
                Unsafe.Add(ref way, k) = h;
                kinds |= 1 << (h >> 28);
            }
            return kinds;
        }

        /// <summary>Frames with one tag: its circuit, and the label under the tag of a circuit to the global table.</summary>
        private int Tagged(Tables tables, ref Frame first, int count, int port, int kinds)
        {
            int scope = tables.PortRecord[port * PortTable.Stride + PortTable.Scope];
            for (int k = 0; k < count; k++)
            {
                if (_way[k] != TaggedWay)
                {
                    continue;
                }
                Frame f = Unsafe.Add(ref first, k);
                ref byte r = ref NetOctets.At(f.Octets, f.Start + 18);
                int h = tables.Circuits.Lookup(port, NetOctets.ReadUInt16(ref Unsafe.Subtract(ref r, 4)) & 0xFFF);
                int type = NetOctets.ReadUInt16(ref Unsafe.Subtract(ref r, 2));
                int way = RareWay;
                if (type == 0x8847 && h == ForwardingHandle.Vrf && f.Length >= 22)
                {
                    uint word = NetOctets.ReadUInt32(ref r);
                    h = tables.Labels.Lookup((int)(word >> 12));
                    if (h != ForwardingHandle.None && (h & ForwardingHandle.ScopeMask) == scope && (word & 0xFE) != 0)
                    {
                        way = (h ^ scope) | TagFlag;
                    }
                }
                else if (type == 0x0800 && (h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                {
                    way = h | TagFlag;
                }
                _way[k] = way;
                kinds |= 1 << (way >> 28);
            }
            return kinds;
        }

        /// <summary>Labels of a group: the member that the flow hash names.</summary>
        private int Choose(Tables tables, ref Frame first, int count, int kinds)
        {
            for (int k = 0; k < count; k++)
            {
                int h = _way[k];
                if (h >> 28 != ForwardingHandle.Group >> 28)
                {
                    continue;
                }
                Frame f = Unsafe.Add(ref first, k);
                int o = 14 + TagLength(h);
                int way = RareWay;
                if ((f.Octets[f.Start + o + 2] & 1) != 0 || o + 8 <= f.Length)
                {
                    int member = tables.Groups.SelectByLabels(h, f.Octets, f.Start + o);
                    if (member >> 28 == ForwardingHandle.Path >> 28 || member >> 28 == ForwardingHandle.PathPair >> 28)
                    {
                        way = member | (h & TagFlag);
                    }
                }
                _way[k] = way;
                kinds |= 1 << (way >> 28);
            }
            return kinds;
        }

        /// <summary>Handles that no stage takes: labels of our own, actions, none.</summary>
        private void Leave(int count)
        {
            for (int k = 0; k < count; k++)
            {
                if (((1 << (_way[k] >> 28)) & OtherBits) != 0)
                {
                    _way[k] = RareWay;
                }
            }
        }

        /// <summary>Swap: label from the path, TC and S as they came, TTL (2 or more) one less.</summary>
        private void Swap(Tables tables, ref Frame first, int count)
        {
            ref int paths = ref NetOctets.At(tables.PathRecord, 0);
            ref int transports = ref NetOctets.At(tables.TransportRecord, 0);
            ref byte ready = ref NetOctets.At(tables.Ready, 0);
            ref int way = ref NetOctets.At(_way, 0);
            for (nint k = count - 1; k >= 0; k--)
            {
                int h = Unsafe.Add(ref way, k);
                if (h >> 28 == ForwardingHandle.Path >> 28)
                {
                    Frame f = Unsafe.Add(ref first, k);
                    int header = 14 + TagLength(h);
                    ref PathRow path = ref PathRow.At(ref paths, h & ForwardingHandle.IndexMask);
                    int u = path.Transport;
                    ref TransportRow transport = ref TransportRow.At(ref transports, u);
                    int length = f.Length - header;
                    int o = f.Start + header;
                    h = RareWay;
                    if (Fits(ref transport, length))
                    {
                        ref byte r = ref NetOctets.At(f.Octets, o);
                        uint word = NetOctets.ReadUInt32(ref r);
                        word = ((uint)path.Service & LabelMask) | ((word & ~LabelMask) - 1);
                        NetOctets.WriteUInt32(ref r, word);
                        Unsafe.Add(ref way, k + CountedAt) = u;
                        h = Depart(ref transport, ref ready, f, ref r, o, length, word, u);
                    }
                    Unsafe.Add(ref way, k) = h;
                }
            }
        }

        /// <summary>Penultimate hop popping: what is under the label keeps the lower of both TTLs.</summary>
        private void Pop(Tables tables, ref Frame first, int count)
        {
            ref int paths = ref NetOctets.At(tables.PathRecord, 0);
            ref int transports = ref NetOctets.At(tables.TransportRecord, 0);
            ref byte ready = ref NetOctets.At(tables.Ready, 0);
            ref int way = ref NetOctets.At(_way, 0);
            for (nint k = count - 1; k >= 0; k--)
            {
                int h = Unsafe.Add(ref way, k);
                if (h >> 28 == ForwardingHandle.PathPair >> 28)
                {
                    Frame f = Unsafe.Add(ref first, k);
                    int header = 18 + TagLength(h);
                    int o = f.Start + header;
                    int length = f.Length - header;
                    ref byte r = ref NetOctets.At(f.Octets, o);
                    uint word = NetOctets.ReadUInt32(ref Unsafe.Subtract(ref r, 4));
                    uint bottom = (word >> 8) & 1;
                    uint ttl = (word & 0xFF) - 1;
                    int u = PathRow.At(ref paths, (h & ForwardingHandle.IndexMask) + (int)bottom).Transport;
                    ref TransportRow transport = ref TransportRow.At(ref transports, u);
                    word = NetOctets.ReadUInt32(ref r);
                    uint under = bottom == 0 ? word & 0xFF : Unsafe.Add(ref r, 8);
                    h = RareWay;
                    if (length >= 20 - ((1 - (int)bottom) << 4) && Fits(ref transport, length) && (bottom == 0 || word >> 28 == 4) && under != 0)
                    {
                        Unsafe.Add(ref way, k + CountedAt) = u;
                        if (bottom != 0)
                        {
                            if (under > ttl)
                            {
                                NetOctets.LowerTtl(ref Unsafe.Add(ref r, 8), (int)(under - ttl));
                            }
                        }
                        else if (under > ttl)
                        {
                            word = (word & ~0xFFu) | ttl;
                            Unsafe.Add(ref r, 3) = (byte)ttl;
                        }
                        h = Depart(ref transport, ref ready, f, ref r, o, length, word, u);
                    }
                    Unsafe.Add(ref way, k) = h;
                }
            }
        }

        /// <summary>Core to attachment circuit: pseudowire label and control word go.</summary>
        private void PseudowireOut(Tables tables, ref Frame first, int count)
        {
            ref int rows = ref NetOctets.At(tables.Pseudowires.Record, 0);
            ref int way = ref NetOctets.At(_way, 0);
            for (nint k = count - 1; k >= 0; k--)
            {
                int h = Unsafe.Add(ref way, k);
                if (h >> 28 == ForwardingHandle.Pseudowire >> 28)
                {
                    Frame f = Unsafe.Add(ref first, k);
                    int header = 18 + TagLength(h);
                    int o = f.Start + header;
                    ref byte r = ref NetOctets.At(f.Octets, o);
                    int index = h & ForwardingHandle.IndexMask;
                    ref PseudowireRow row = ref PseudowireRow.At(ref rows, index);
                    int flags = row.Flags;
                    int control = flags & PseudowireTable.ControlWord;
                    int length = f.Length - header - control;
                    h = RareWay;
                    if ((flags & PseudowireTable.Up) != 0 && (Unsafe.Subtract(ref r, 2) & 1) != 0 && length >= 14 && length <= row.MaxFrame
                        && (control == 0 || r <= 15))
                    {
                        f.Start = o + control;
                        f.Length = length;
                        row.FramesOut++;
                        row.OctetsOut += length;
                        Unsafe.Add(ref way, k + CountedAt) = ~index;
                        h = row.Port;
                    }
                    Unsafe.Add(ref way, k) = h;
                }
            }
        }

        // Octets of the tag in front of a label entry or an IP header: 4 or none.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int TagLength(int h)
        {
            return (h >> (ForwardingHandle.ScopeShift - 2)) & 4;
        }

        // Room for so many octets, and ready octets that one copy covers.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool Fits(ref TransportRow transport, int length)
        {
            return length <= transport.Room && transport.Length <= NetOctets.Slot;
        }

        /// <summary>Ready octets in front of <paramref name="r"/>, TTL and TC into their labels, the frame set to begin there and counted.</summary>
        /// <param name="r">First octet carried or pushed, at <paramref name="o"/> in the array.</param>
        /// <param name="length">Octets from there on.</param>
        /// <param name="word">The four octets there.</param>
        /// <param name="u">The path's rule.</param>
        /// <returns>The egress port.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Depart(ref TransportRow transport, ref byte ready, Frame f, ref byte r, int o, int length, uint word, int u)
        {
            int n = transport.Length;
            NetOctets.CopySlot(ref Unsafe.Add(ref ready, (nint)(uint)transport.ReadyEnd), ref r);
            length += n;
            f.Start = o - n;
            f.Length = length;
            transport.Frames++;
            transport.Octets += length;
            int labelCount = transport.LabelCount;
            if (labelCount != 0 && u >= PathTable.Uniform)
            {
                // The innermost label is written anew; those above it, if any, are patched.
                word &= 0xEFF;
                NetOctets.WriteUInt32(ref Unsafe.Subtract(ref r, 4), ((uint)transport.LastLabel & ~0xEFFu) | word);
                for (; labelCount > 1; labelCount--)
                {
                    ref byte z = ref Unsafe.Subtract(ref r, labelCount << 2);
                    Unsafe.Add(ref z, 2) = (byte)((Unsafe.Add(ref z, 2) & 0xF1u) | (word >> 8));
                    Unsafe.Add(ref z, 3) = (byte)word;
                }
            }
            return transport.Port;
        }
    }
}
