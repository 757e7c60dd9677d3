using System.Runtime.CompilerServices;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    // Frames that need no look-up of a prefix: one loop takes each to its port. What it needs at each frame and does not fit the
    // registers lies on the stack, which costs less than a second reading of the frame.
    public sealed partial class NetKernel
    {
        // Kind and scope of a handle whose scope has been found right.
        private const int PathKind = ForwardingHandle.Path >> ForwardingHandle.ScopeShift;
        private const int PairKind = ForwardingHandle.PathPair >> ForwardingHandle.ScopeShift;
        private const int PseudowireKind = ForwardingHandle.Pseudowire >> ForwardingHandle.ScopeShift;
        private const int GroupKind = ForwardingHandle.Group >> ForwardingHandle.ScopeShift;
        private const int VrfKind = ForwardingHandle.Vrf >> ForwardingHandle.ScopeShift;

        /// <summary>
        /// Frames from the front of the burst, sent in their order: swap, penultimate hop popping, pseudowire out, and rare ones. It ends
        /// at the first that is for the stages: IPv4, a tag, a group, a label of a VRF.
        /// </summary>
        /// <returns>How many frames have gone.</returns>
        private int Direct(Tables tables, Frame[] frames, int at, int count, int port)
        {
            ref int own = ref tables.PortRecord[port * PortTable.Stride];
            ulong station = NetOctets.Native(((ulong)(uint)Unsafe.Add(ref own, PortTable.AddressHigh) << 32) | ((uint)Unsafe.Add(ref own, PortTable.AddressLow) << 16));
            int scope = Unsafe.Add(ref own, PortTable.Scope);
            int firstLabel = tables.FirstLabel;
            int[] labels = tables.LabelHandle;
            ref int paths = ref NetOctets.At(tables.PathRecord, 0);
            ref int transports = ref NetOctets.At(tables.TransportRecord, 0);
            ref byte ready = ref NetOctets.At(tables.Ready, 0);
            IFramePort[] devices = tables.Devices;
            int end = at + count;
            int i = at;
            for (; i < end; i++)
            {
                Frame f = frames[i];
                int o = f.Start;
                int length = f.Length;
                if (o < Margin || length < Shortest || o + length > f.Octets.Length - Margin)
                {
                    goto Rare;
                }
                ref byte r = ref NetOctets.At(f.Octets, o);
                if (!NetOctets.SameStation(ref r, station))
                {
                    goto Rare;
                }
                int type = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref r, 12));
                if (type != NetOctets.Mpls)
                {
                    if (type == NetOctets.Ipv4 || type == NetOctets.Vlan || type == NetOctets.ServiceVlan)
                    {
                        break;
                    }
                    goto Rare;
                }
                uint word = NetOctets.ReadUInt32(ref Unsafe.Add(ref r, 14));
                int h = (int)(word >> 12) - firstLabel;
                if ((uint)h >= (uint)labels.Length || (word & 0xFE) == 0)
                {
                    goto Rare;
                }
                h = labels[h] ^ scope;
                int kind = h >> ForwardingHandle.ScopeShift;
                int u;
                ref TransportRow transport = ref Unsafe.NullRef<TransportRow>();
                if (kind == PathKind)
                {
                    // Label from the path, TC and S as they came, TTL (2 or more) one less.
                    ref PathRow path = ref PathRow.At(ref paths, h & ForwardingHandle.IndexMask);
                    u = path.Transport;
                    transport = ref TransportRow.At(ref transports, u);
                    length -= 14;
                    if (!Fits(ref transport, length))
                    {
                        goto Rare;
                    }
                    r = ref Unsafe.Add(ref r, 14);
                    o += 14;
                    word = ((uint)path.Service & LabelMask) | ((word & ~LabelMask) - 1);
                    NetOctets.WriteUInt32(ref r, word);
                }
                else if (kind == PairKind)
                {
                    // What is under the label keeps the lower of both TTLs.
                    uint ttl = (word & 0xFF) - 1;
                    length -= 18;
                    r = ref Unsafe.Add(ref r, 18);
                    o += 18;
                    u = PathRow.At(ref paths, (h & ForwardingHandle.IndexMask) + (int)((word >> 8) & 1)).Transport;
                    transport = ref TransportRow.At(ref transports, u);
                    if (!Fits(ref transport, length))
                    {
                        goto Rare;
                    }
                    bool bottom = (word & Bottom) != 0;
                    word = NetOctets.ReadUInt32(ref r);
                    if (!bottom)
                    {
                        if (length < 4)
                        {
                            goto Rare;
                        }
                        if ((word & 0xFF) > ttl)
                        {
                            word = (word & ~0xFFu) | ttl;
                            Unsafe.Add(ref r, 3) = (byte)ttl;
                        }
                    }
                    else
                    {
                        if (length < 20 || word >> 28 != 4)
                        {
                            goto Rare;
                        }
                        uint under = Unsafe.Add(ref r, 8);
                        if (under > ttl)
                        {
                            NetOctets.LowerTtl(ref Unsafe.Add(ref r, 8), (int)(under - ttl));
                        }
                    }
                }
                else if (kind == PseudowireKind)
                {
                    // Pseudowire label and control word go.
                    h &= ForwardingHandle.IndexMask;
                    ref PseudowireRow row = ref PseudowireRow.At(ref NetOctets.At(tables.Pseudowires.Record, 0), h);
                    int flags = row.Flags;
                    int control = flags & PseudowireTable.ControlWord;
                    length -= 18 + control;
                    if ((flags & PseudowireTable.Up) == 0 || (word & Bottom) == 0 || length < 14 || length > row.MaxFrame
                        || (control != 0 && Unsafe.Add(ref r, 18) > 15))
                    {
                        goto Rare;
                    }
                    f.Start = o + 18 + control;
                    f.Length = length;
                    row.FramesOut++;
                    row.OctetsOut += length;
                    if (!devices[row.Port].Send(f))
                    {
                        Refused(tables, f, row.Port, ~h);
                    }
                    continue;
                }
                else if (kind == VrfKind || kind == GroupKind)
                {
                    break;
                }
                else
                {
                    goto Rare;
                }

                int egress = Depart(ref transport, ref ready, f, ref r, o, length, word, u);
                if (!devices[egress].Send(f))
                {
                    Refused(tables, f, egress, u);
                }
                continue;

            Rare:
                TakeRare(tables, frames, i, port);
            }
            return i - at;
        }

        // Untouched to the portable kernel, which counts its own frames.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void TakeRare(Tables tables, Frame[] frames, int at, int port)
        {
            _rare++;
            _rareGood += _portable.Burst(tables, frames, at, 1, port);
        }
    }
}
