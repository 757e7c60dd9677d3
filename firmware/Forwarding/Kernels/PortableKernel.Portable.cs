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
            bool portMode = (ports[p + PortTable.Any] & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire;
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

                if (portMode)
                {
                    reason = PseudowireFrames.In(tables, f, ports[p + PortTable.Any] & ForwardingHandle.IndexMask);
                    if (reason == DropReason.None)
                    {
                        continue;
                    }
                    goto Drop;
                }

                // Read before the length is known to be enough: the buffer is longer, and each block below checks before it acts.
                w = (b[o + 12] << 8) | b[o + 13];
                if (b[o + 5] != address5 || b[o + 4] != address4 || b[o + 3] != address3 || b[o + 2] != address2 || b[o + 1] != address1 || b[o] != address0)
                {
                    goto OtherStation;
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
                reason = DropReason.NoCircuit;
                goto Drop;

            Label:
                // One label stack entry: label 20, TC 3, S 1, TTL 8 (RFC 3032 section 2.1).
                if (o + 4 > e)
                {
                    reason = e < o ? DropReason.Runt : DropReason.TruncatedLabelStack;
                    goto Drop;
                }
                n = ((b[o] << 12) | (b[o + 1] << 4) | (b[o + 2] >> 4)) - firstLabel;
                if ((uint)n >= (uint)labelCount)
                {
                    reason = RareCases.LabelReason(n + firstLabel, 0, scope);
                    goto Drop;
                }
                h = labels[n];
                if ((h & ForwardingHandle.ScopeMask) != scope)
                {
                    reason = RareCases.LabelReason(n + firstLabel, h, scope);
                    goto Drop;
                }
                x = b[o + 3];
                if (x <= 1)
                {
                    RareCases.ExpiredLabel(tables, f, o, h, port);
                    bad++;
                    continue;
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
                        reason = RareCases.TooLong(tables, f, transports, t, o, port);
                        goto Drop;
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
                        reason = DropReason.BottomOfStackExpected;
                        goto Drop;
                    }
                    c = x;
                    o += 4;
                    goto Ip;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire)
                {
                    reason = PseudowireFrames.Out(tables, f, o, h & ForwardingHandle.IndexMask);
                    if (reason == DropReason.None)
                    {
                        continue;
                    }
                    goto Drop;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Group)
                {
                    if ((b[o + 2] & 1) == 0 && o + 8 > e)
                    {
                        reason = DropReason.TruncatedLabelStack;
                        goto Drop;
                    }
                    h = tables.Groups.SelectByLabels(h, b, o);
                    goto Chosen;
                }
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.PathPair)
                {
                    goto OwnLabel;
                }

                // Penultimate hop popping: the TTL under the label never rises (RFC 3443 section 3.1; min of both).
                n = b[o + 2] & 1;
                u = paths[(((h & PathMask) + n) << 1) + 1];
                t = (u & PathTable.TransportMask) << 3;
                o += 4;
                if (e - o > transports[t + TransportTable.Room])
                {
                    reason = RareCases.TooLong(tables, f, transports, t, o, port);
                    goto Drop;
                }
                x--;
                if (n == 0)
                {
                    // TTL of the exposed label.
                    if (o + 4 > e)
                    {
                        reason = DropReason.TruncatedLabelStack;
                        goto Drop;
                    }
                    if (b[o + 3] > x)
                    {
                        b[o + 3] = (byte)x;
                    }
                    goto Egress;
                }
                if (o + 20 > e || (b[o] >> 4) != 4)
                {
                    reason = DropReason.PayloadNotIp;
                    goto Drop;
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
                }
                goto Egress;

            Ip:
                // h: VRF handle, o: IPv4 header (RFC 1812 section 5.2.2).
                if (o + 20 > e || b[o] != 0x45)
                {
                    reason = RareCases.HeaderReason(b, o, e, c);
                    if (reason != DropReason.None)
                    {
                        goto Drop;
                    }
                }
                n = (b[o + 2] << 8) | b[o + 3];
                if (n < 20 || n > e - o)
                {
                    reason = DropReason.Ipv4HeaderInvalid;
                    goto Drop;
                }
                e = o + n;
                if (verify)
                {
                    if (b[o] == 0x45)
                    {
                        w = ((b[o] << 8) | b[o + 1]) + n + ((b[o + 4] << 8) | b[o + 5]) + ((b[o + 6] << 8) | b[o + 7])
                            + ((b[o + 8] << 8) | b[o + 9]) + ((b[o + 10] << 8) | b[o + 11]) + ((b[o + 12] << 8) | b[o + 13])
                            + ((b[o + 14] << 8) | b[o + 15]) + ((b[o + 16] << 8) | b[o + 17]) + ((b[o + 18] << 8) | b[o + 19]);
                        w = (w & 0xFFFF) + (w >> 16);
                    }
                    else
                    {
                        w = Wire.InternetChecksum.Of(b, o, (b[o] & 15) << 2) == 0 ? 0xFFFF : 0;
                    }
                    if (w != 0xFFFF)
                    {
                        reason = DropReason.Ipv4ChecksumBad;
                        goto Drop;
                    }
                }
                int vrf = h & ForwardingHandle.IndexMask;
                uint d = (uint)((b[o + 16] << 24) | (b[o + 17] << 16) | (b[o + 18] << 8) | b[o + 19]);
                if (d - 0x01000000 >= 0xDF000000 || d >> 24 == 127)
                {
                    // 0/8, 127/8 and from 224.0.0.0 on (RFC 1812 sections 4.2.2.11 and 5.3.7).
                    reason = DropReason.NotRoutable;
                    goto Drop;
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
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Path)
                {
                    if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Group)
                    {
                        RareCases.Terminal(tables, f, o, vrf, h, port);
                        bad++;
                        continue;
                    }
                    h = tables.Groups.SelectByAddresses(h, b, o);
                }
                x = b[o + 8] - 1;
                if (x <= 0)
                {
                    RareCases.Note(tables, f, PuntClass.TtlExpired, o, vrf, port);
                    bad++;
                    continue;
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
                    reason = RareCases.EgressReason(transports, t);
                    if (reason == DropReason.MtuExceeded)
                    {
                        RareCases.Note(tables, f, PuntClass.MtuExceeded, o, vrf, port);
                        f.Value = transports[t + TransportTable.Room] - (w == 0 ? 0 : 4);
                    }
                    goto Drop;
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

            OwnLabel:
                // A label that we gave out for ourselves (ultimate hop popping): pop it and look again. What it exposes has the lower
                // TTL of both, and a router takes one only once, however many it pops (RFC 3443 section 3.4). It is kept in x: the
                // octets stay as they came until the frame is sure to go on.
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Local)
                {
                    reason = DropReason.UnknownLabel;
                    goto Drop;
                }
                n = b[o + 2] & 1;
                o += 4;
                if (n != 0)
                {
                    c = x;
                    h = ForwardingHandle.Vrf;
                    goto Ip;
                }
                h = RareCases.LabelUnderOwn(tables, b, o, e, scope);
                if (h < 0)
                {
                    reason = -h;
                    goto Drop;
                }
                if (b[o + 3] < x)
                {
                    x = b[o + 3];
                }
                if (x <= 1)
                {
                    RareCases.ExpiredLabel(tables, f, RareCases.FirstLabel(f), h, port);
                    bad++;
                    continue;
                }
                goto Chosen;

            OtherType:
                // w: EtherType. Tags select a circuit; ARP goes to Host; the rest is not ours.
                if (w == 0x8100 || w == 0x88A8)
                {
                    if (o + 4 > e)
                    {
                        reason = DropReason.Runt;
                        goto Drop;
                    }
                    h = tables.Circuits.Lookup(port, ((b[o] & 15) << 8) | b[o + 1]);
                    w = (b[o + 2] << 8) | b[o + 3];
                    o += 4;
                    if (h == 0)
                    {
                        reason = DropReason.NoCircuit;
                        goto Drop;
                    }
                    if (w == 0x8847)
                    {
                        // The port's scope speaks for its circuits to the global table; a customer's tag takes no labels.
                        if (h == ForwardingHandle.Vrf)
                        {
                            goto Label;
                        }
                        reason = DropReason.LabelOnUnlabelledPort;
                        goto Drop;
                    }
                    if (w == 0x0800)
                    {
                        goto Circuit;
                    }
                }
                reason = DropReason.UnknownEtherType;
                if (w == 0x0806 && e >= o)
                {
                    reason = DropReason.NoCircuit;
                    if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                    {
                        RareCases.Note(tables, f, PuntClass.Arp, o, h & ForwardingHandle.IndexMask, port);
                        bad++;
                        continue;
                    }
                }
                goto Drop;

            OtherStation:
                reason = DropReason.NotForThisStation;
                if (e - o >= 14 && (b[o] & 1) != 0)
                {
                    // Group address: only ARP is for us here.
                    h = untagged;
                    o += 14;
                    if (w == 0x0806 || w == 0x8100 || w == 0x88A8)
                    {
                        if (w != 0x0806)
                        {
                            w = RareCases.GroupTag(b, o, e);
                            h = w == 0 ? 0 : tables.Circuits.Lookup(port, w - 1);
                            o += 4;
                            w = h == 0 ? 0 : 0x0806;
                        }
                        if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf && w == 0x0806)
                        {
                            RareCases.Note(tables, f, PuntClass.Arp, o, h & ForwardingHandle.IndexMask, port);
                            bad++;
                            continue;
                        }
                        reason = DropReason.NoCircuit;
                    }
                }

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
