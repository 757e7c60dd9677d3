// Read databook kernels and nanoclr before changing this file: on a board each IL operation costs about 53 host instructions
// and each call a dozen times that, so one method holds the label and IPv4 paths as blocks joined by goto.
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// The frame path for boards and netstandard2.1: swap, PHP, VRF in, VRF out as blocks of one method over int records;
    /// pseudowire in and out and the rare cases as methods. Priced in device instructions by a test.
    /// </summary>
    public sealed class PortableKernel : BurstKernel
    {
        private const int PathMask = ForwardingHandle.IndexMask;

        /// <inheritdoc/>
        public override int Burst(Tables tables, Frame[] frames, int at, int count, int port)
        {
            int[] ports = tables.PortRecord;
            IFramePort[] devices = tables.Devices;
            int[] labels = tables.LabelHandle;
            int labelCount = labels.Length;
            int firstLabel = tables.FirstLabel;
            int[] paths = tables.PathRecord;
            int[] transports = tables.TransportRecord;
            byte[] ready = tables.Ready;
            int[] vrfs = null;
            uint[] first = null;
            uint[] last = null;
            ushort[] up = null;
            int[] handles = null;
            int p = port * PortTable.Stride;
            int address = ports[p + PortTable.AddressHigh];
            int address0 = (address >> 24) & 255;
            int address1 = (address >> 16) & 255;
            int address2 = (address >> 8) & 255;
            int address3 = address & 255;
            address = ports[p + PortTable.AddressLow];
            int address4 = address >> 8;
            int address5 = address & 255;
            int scope = ports[p + PortTable.Scope];
            int untagged = ports[p + PortTable.Untagged];
            bool any = ports[p + PortTable.Any] != ForwardingHandle.None;
            bool verify = tables.VerifyHeaderChecksum;
            int end = at + count;
            int bad = 0;

            tables.Ledger.Received[port] += count;
            for (int i = at; i < end; i++)
            {
                // b: octets; o: the header looked at, at egress the first octet that was carried or pushed; e: end of what is
                // carried; h: handle; w: word; x: TTL; t: transport record; u: path rule; c: TTL of the label popped, 256 without one
                Frame f = frames[i];
                byte[] b = f.Octets;
                int o = f.Start;
                int e = o + f.Length;
                int h;
                int w;
                int x;
                int t;
                int u;
                int c;
                int n;
                int reason;

                if (any)
                {
                    if ((ports[p + PortTable.Any] & ForwardingHandle.KindMask) != ForwardingHandle.Pseudowire)
                    {
                        goto General;
                    }
                    if (PseudowireFrames.In(tables, f, ports[p + PortTable.Any] & ForwardingHandle.IndexMask))
                    {
                        continue;
                    }
                    goto General;
                }

                // Read before the length is known to be enough: the buffer is longer, and each block below checks before it acts.
                w = (b[o + 12] << 8) | b[o + 13];
                if (b[o + 5] != address5 || b[o + 4] != address4 || b[o + 3] != address3 || b[o + 2] != address2 || b[o + 1] != address1 || b[o] != address0)
                {
                    goto General;
                }
                o += 14;
                if (w == 0x8847)
                {
                    goto Label;
                }
                h = untagged;
                if (w != 0x0800)
                {
                    goto OtherType;
                }

            Circuit:
                c = 256;
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                {
                    goto Ip;
                }
                goto General;

            Label:
                // One label stack entry: label 20, TC 3, S 1, TTL 8 (RFC 3032 section 2.1).
                if (o + 4 > e)
                {
                    goto General;
                }
                n = ((b[o] << 12) | (b[o + 1] << 4) | (b[o + 2] >> 4)) - firstLabel;
                if ((uint)n >= (uint)labelCount)
                {
                    goto General;
                }
                h = labels[n];
                if ((h & ForwardingHandle.ScopeMask) != scope)
                {
                    goto General;
                }
                x = b[o + 3];
                if (x <= 1)
                {
                    goto General;
                }

            Chosen:
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Path)
                {
                    // Swap: label from the path, TC and S as they came, TTL one less (RFC 3031 section 3.13).
                    n = (h & PathMask) << 1;
                    u = paths[n + 1];
                    t = (u & PathTable.TransportMask) << 3;
                    if (e - o > transports[t + TransportTable.Room])
                    {
                        goto General;
                    }
                    w = paths[n];
                    b[o] = (byte)(w >> 24);
                    b[o + 1] = (byte)(w >> 16);
                    b[o + 2] = (byte)(((w >> 8) & 0xF0) | (b[o + 2] & 15));
                    b[o + 3] = (byte)(x - 1);
                    goto Egress;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                {
                    if ((b[o + 2] & 1) == 0)
                    {
                        goto General;
                    }
                    c = x;
                    o += 4;
                    goto Ip;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire)
                {
                    if (PseudowireFrames.Out(tables, f, o, h & ForwardingHandle.IndexMask))
                    {
                        continue;
                    }
                    goto General;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Group)
                {
                    if ((b[o + 2] & 1) == 0 && o + 8 > e)
                    {
                        goto General;
                    }
                    h = tables.Groups.SelectByLabels(h, b, o);
                    goto Chosen;
                }
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.PathPair)
                {
                    goto General;
                }

                // Penultimate hop popping: the TTL under the label never rises (RFC 3443 section 3.1; min of both).
                n = b[o + 2] & 1;
                u = paths[(((h & PathMask) + n) << 1) + 1];
                t = (u & PathTable.TransportMask) << 3;
                o += 4;
                if (e - o > transports[t + TransportTable.Room])
                {
                    goto General;
                }
                x--;
                if (n == 0)
                {
                    // TTL of the exposed label.
                    if (o + 4 > e)
                    {
                        goto General;
                    }
                    if (b[o + 3] > x)
                    {
                        b[o + 3] = (byte)x;
                    }
                    else if (b[o + 3] == 0)
                    {
                        goto General;
                    }
                    goto Egress;
                }
                if (o + 20 > e || (b[o] >> 4) != 4)
                {
                    goto General;
                }
                n = b[o + 8] - x;
                if (n > 0)
                {
                    b[o + 8] = (byte)x;
                    x = b[o + 10] + n;
                    if (x < 0xFF)
                    {
                        b[o + 10] = (byte)x;
                        goto Egress;
                    }
                    RareCases.AddToChecksum(b, o, n);
                    goto Egress;
                }
                if (b[o + 8] == 0)
                {
                    goto General;
                }
                goto Egress;

            Ip:
                // h: VRF handle, o: IPv4 header (RFC 1812 section 5.2.2).
                if (o + 20 > e || b[o] != 0x45)
                {
                    goto General;
                }
                n = (b[o + 2] << 8) | b[o + 3];
                if (n < 20 || n > e - o)
                {
                    goto General;
                }
                e = o + n;
                if (verify)
                {
                    w = ((b[o] << 8) | b[o + 1]) + n + ((b[o + 4] << 8) | b[o + 5]) + ((b[o + 6] << 8) | b[o + 7])
                        + ((b[o + 8] << 8) | b[o + 9]) + ((b[o + 10] << 8) | b[o + 11]) + ((b[o + 12] << 8) | b[o + 13])
                        + ((b[o + 14] << 8) | b[o + 15]) + ((b[o + 16] << 8) | b[o + 17]) + ((b[o + 18] << 8) | b[o + 19]);
                    if ((w & 0xFFFF) + (w >> 16) != 0xFFFF)
                    {
                        goto General;
                    }
                }
                int vrf = h & ForwardingHandle.IndexMask;
                uint d = (uint)((b[o + 16] << 24) | (b[o + 17] << 16) | (b[o + 18] << 8) | b[o + 19]);
                if (d - 0x01000000 >= 0xDF000000 || d >> 24 == 127)
                {
                    // 0/8, 127/8 and from 224.0.0.0 on (RFC 1812 sections 4.2.2.11 and 5.3.7).
                    goto General;
                }
                if (first == null)
                {
                    first = tables.PrefixFirst;
                    last = tables.PrefixLast;
                    up = tables.PrefixUp;
                    handles = tables.PrefixHandle;
                    vrfs = tables.VrfRecord;
                }

                // PrefixTable.Match, written out: its calls would cost more than the search.
                n = vrf << 2;
                h = vrfs[n];
                x = h + vrfs[n + PrefixTable.Rest];
                if (first[x] <= d)
                {
                    h = x;
                }
                switch (vrfs[n + PrefixTable.Log])
                {
                    default: h = tables.Prefixes.LookupLarge(vrf, d); goto Routed;
                    case 16: if (first[h + 32768] <= d) { h += 32768; } goto case 15;
                    case 15: if (first[h + 16384] <= d) { h += 16384; } goto case 14;
                    case 14: if (first[h + 8192] <= d) { h += 8192; } goto case 13;
                    case 13: if (first[h + 4096] <= d) { h += 4096; } goto case 12;
                    case 12: if (first[h + 2048] <= d) { h += 2048; } goto case 11;
                    case 11: if (first[h + 1024] <= d) { h += 1024; } goto case 10;
                    case 10: if (first[h + 512] <= d) { h += 512; } goto case 9;
                    case 9: if (first[h + 256] <= d) { h += 256; } goto case 8;
                    case 8: if (first[h + 128] <= d) { h += 128; } goto case 7;
                    case 7: if (first[h + 64] <= d) { h += 64; } goto case 6;
                    case 6: if (first[h + 32] <= d) { h += 32; } goto case 5;
                    case 5: if (first[h + 16] <= d) { h += 16; } goto case 4;
                    case 4: if (first[h + 8] <= d) { h += 8; } goto case 3;
                    case 3: if (first[h + 4] <= d) { h += 4; } goto case 2;
                    case 2: if (first[h + 2] <= d) { h += 2; } goto case 1;
                    case 1: if (first[h + 1] <= d) { h += 1; } goto case 0;
                    case 0: break;
                }
                while (d > last[h])
                {
                    h -= up[h];
                }
                h = handles[h];

            Routed:
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Path)
                {
                    if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Group)
                    {
                        goto General;
                    }
                    h = tables.Groups.SelectByAddresses(h, b, o);
                }
                x = b[o + 8] - 1;
                if (x <= 0)
                {
                    goto General;
                }
                n = 1;
                if (x >= c)
                {
                    // Uniform egress: the label's TTL, one less, when it is the lower one (RFC 3443 section 3.1).
                    n = x + 2 - c;
                    x = c - 1;
                }
                h = (h & PathMask) << 1;
                w = paths[h];
                u = paths[h + 1];
                t = (u & PathTable.TransportMask) << 3;
                if (e - o + (w == 0 ? 0 : 4) > transports[t + TransportTable.Room])
                {
                    goto General;
                }
                b[o + 8] = (byte)x;

                // RFC 1624: the TTL fell by n, so the checksum rises by n * 256; without a carry only its high octet changes.
                h = b[o + 10] + n;
                if (h < 0xFF)
                {
                    b[o + 10] = (byte)h;
                }
                else
                {
                    RareCases.AddToChecksum(b, o, n);
                }
                if (w != 0)
                {
                    if (u >= PathTable.Uniform)
                    {
                        // TTL, and TC from the class selector bits (RFC 3270 section 2.6.2).
                        w = (w & ~0xEFF) | ((b[o + 1] & 0xE0) << 4) | x;
                    }
                    o -= 4;
                    b[o] = (byte)(w >> 24);
                    b[o + 1] = (byte)(w >> 16);
                    b[o + 2] = (byte)(w >> 8);
                    b[o + 3] = (byte)w;
                }

            Egress:
                // The ready octets go in front of o. In uniform mode each label pushed takes TTL and TC of the entry under it.
                n = transports[t + TransportTable.Length];
                System.Array.Copy(ready, transports[t + TransportTable.ReadyEndField] - n, b, o - n, n);
                if (u >= PathTable.Uniform)
                {
                    w = b[o + 2] & 14;
                    x = b[o + 3];
                    h = o - 4;
                    for (int k = transports[t + TransportTable.LabelCount]; k > 0; k--)
                    {
                        b[h + 2] = (byte)((b[h + 2] & 0xF1) | w);
                        b[h + 3] = (byte)x;
                        h -= 4;
                    }
                }
                f.Start = o - n;
                n += e - o;
                f.Length = n;
                if (devices[transports[t]].Send(f))
                {
                    transports[t + TransportTable.Frames]++;
                    transports[t + TransportTable.Octets] += n;
                    continue;
                }
                tables.Ledger.EgressDropped[transports[t]]++;
                continue;

            OtherType:
                // w: EtherType. Tags select a circuit; ARP goes to Host; the rest is not ours.
                if (w == 0x8100 || w == 0x88A8)
                {
                    if (o + 4 > e)
                    {
                        goto General;
                    }
                    h = tables.Circuits.Lookup(port, ((b[o] & 15) << 8) | b[o + 1]);
                    w = (b[o + 2] << 8) | b[o + 3];
                    o += 4;

                    // The port's scope speaks for its circuits to the global table.
                    if (w == 0x8847 && h == ForwardingHandle.Vrf)
                    {
                        goto Label;
                    }
                    if (w == 0x0800)
                    {
                        goto Circuit;
                    }
                }

            General:
                // Untouched, from its link header on.
                reason = tables.General.Take(f, port);
                if (reason == GeneralPath.Forwarded)
                {
                    continue;
                }
                if (reason != GeneralPath.Noted)
                {
                    goto Drop;
                }
                bad++;
                continue;

            Drop:
                bad++;
                if (f.Length < 14)
                {
                    // What was read of its link header was not there.
                    reason = DropReason.Runt;
                }
                tables.Ledger.Dropped[port * DropReason.Count + reason]++;
            }
            tables.Ledger.Forwarded[port] += count - bad;
            return count - bad;
        }
    }
}
