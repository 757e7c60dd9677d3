using System.Runtime.CompilerServices;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    // Frames that need no look-up of a prefix: one loop takes each to its port. Its conditions are nested so that a frame of the usual
    // kind falls through them all; the test of b, which cannot fail, spares the compiler one that would read the array.
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
            ref Frame first = ref NetOctets.At(frames, at);
            int gone = 0;
            while (true)
            {
                gone = Labelled(tables, ref first, gone, count, port);
                if (gone < 0 || gone == count)
                {
                    return gone < 0 ? ~gone : gone;
                }
                TakeRare(tables, frames, at + gone, port);
                gone++;
            }
        }

        /// <summary>The loop. Rare frames are outside of it, so that the compiler gives the registers to the others.</summary>
        /// <param name="k">The first frame to take.</param>
        /// <returns>The frame that it ended at, which is rare; its complement when that one is for the stages; or the count.</returns>
        private static int Labelled(Tables tables, ref Frame first, int k, int count, int port)
        {
            ref int own = ref tables.PortRecord[port * PortTable.Stride];
            ulong station = NetOctets.Native(((ulong)(uint)Unsafe.Add(ref own, PortTable.AddressHigh) << 32) | ((uint)Unsafe.Add(ref own, PortTable.AddressLow) << 16));
            int scope = Unsafe.Add(ref own, PortTable.Scope);
            int firstLabel = tables.FirstLabel;
            int[] labels = tables.LabelHandle;
            ref int paths = ref NetOctets.At(tables.PathRecord, 0);
            ref int transports = ref NetOctets.At(tables.TransportRecord, 0);
            ref int pseudowires = ref NetOctets.At(tables.Pseudowires.Record, 0);
            ref byte ready = ref NetOctets.At(tables.Ready, 0);
            IFramePort[] devices = tables.Devices;
            for (; k < count; k++)
            {
                Frame f = Unsafe.Add(ref first, (nint)(uint)k);
                byte[] b = f.Octets;
                int o = f.Start;
                int length = f.Length;

                // Where a port puts it: then its first octets are in the array, whose own length, on another cache line, is not read.
                if (b != null && o == f.Headroom && o >= Margin && length >= Shortest)
                {
                    ref byte r = ref NetOctets.At(b, o);
                    if (NetOctets.SameStation(ref r, station))
                    {
                        int type = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref r, 12));
                        if (type == NetOctets.Mpls)
                        {
                            uint word = NetOctets.ReadUInt32(ref Unsafe.Add(ref r, 14));
                            int h = (int)(word >> 12) - firstLabel;
                            if ((uint)h < (uint)labels.Length && (word & 0xFE) != 0)
                            {
                                h = labels[h] ^ scope;
                                int kind = h >> ForwardingHandle.ScopeShift;
                                h &= ForwardingHandle.IndexMask;
                                if (kind == PathKind)
                                {
                                    // Label from the path, TC and S as they came, TTL (2 or more) one less.
                                    ref PathRow path = ref PathRow.At(ref paths, h);
                                    int u = path.Transport;
                                    ref TransportRow transport = ref TransportRow.At(ref transports, u);
                                    length -= 14;
                                    if (Fits(ref transport, length))
                                    {
                                        r = ref Unsafe.Add(ref r, 14);
                                        word = ((uint)path.Service & LabelMask) | ((word & ~LabelMask) - 1);
                                        NetOctets.WriteUInt32(ref r, word);
                                        int egress = Depart(ref transport, ref ready, f, ref r, o + 14, length, word, u);
                                        if (!devices[egress].Send(f))
                                        {
                                            Refused(tables, f, egress, u);
                                        }
                                        continue;
                                    }
                                }
                                else if (kind == PairKind)
                                {
                                    // What is under the label keeps the lower of both TTLs.
                                    uint ttl = (word & 0xFF) - 1;
                                    int bottom = (int)(word >> 8) & 1;
                                    int u = PathRow.At(ref paths, h + bottom).Transport;
                                    ref TransportRow transport = ref TransportRow.At(ref transports, u);
                                    length -= 18;
                                    r = ref Unsafe.Add(ref r, 18);
                                    word = NetOctets.ReadUInt32(ref r);
                                    uint under = bottom != 0 ? Unsafe.Add(ref r, 8) : word & 0xFF;
                                    if (length >= 4 + (bottom << 4) && Fits(ref transport, length) && (bottom == 0 || word >> 28 == 4) && under != 0)
                                    {
                                        if (under > ttl)
                                        {
                                            if (bottom != 0)
                                            {
                                                NetOctets.LowerTtl(ref Unsafe.Add(ref r, 8), (int)(under - ttl));
                                            }
                                            else
                                            {
                                                word = (word & ~0xFFu) | ttl;
                                                Unsafe.Add(ref r, 3) = (byte)ttl;
                                            }
                                        }
                                        int egress = Depart(ref transport, ref ready, f, ref r, o + 18, length, word, u);
                                        if (!devices[egress].Send(f))
                                        {
                                            Refused(tables, f, egress, u);
                                        }
                                        continue;
                                    }
                                }
                                else if (kind == PseudowireKind)
                                {
                                    // Pseudowire label and control word go.
                                    ref PseudowireRow row = ref PseudowireRow.At(ref pseudowires, h);
                                    int flags = row.Flags;
                                    int control = flags & PseudowireTable.ControlWord;
                                    length -= 18 + control;
                                    if ((flags & PseudowireTable.Up) != 0 && (word & Bottom) != 0 && length >= 14 && length <= row.MaxFrame
                                        && (control == 0 || Unsafe.Add(ref r, 18) <= 15))
                                    {
                                        f.Start = o + 18 + control;
                                        f.Length = length;
                                        row.FramesOut++;
                                        row.OctetsOut += length;
                                        int egress = row.Port;
                                        if (!devices[egress].Send(f))
                                        {
                                            Refused(tables, f, egress, ~h);
                                        }
                                        continue;
                                    }
                                }
                                else if (kind == VrfKind || kind == GroupKind)
                                {
                                    return ~k;
                                }
                            }
                        }
                        else if (type == NetOctets.Ipv4 || type == NetOctets.Vlan || type == NetOctets.ServiceVlan)
                        {
                            return ~k;
                        }
                    }
                }
                return k;
            }
            return count;
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
