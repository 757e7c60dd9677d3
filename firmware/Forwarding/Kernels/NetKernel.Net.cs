// The fast paths of .NET 10. A frame that is not forwarded by one of them, or lies oddly in its array, goes untouched to the
// portable kernel, one at a time: so reasons, notes for Host and rare forms of frames are the same by construction.
using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// The frame path for .NET 10: wide loads and stores through references into the frame, one 32-octet copy for the ready
    /// octets. Same tables, checks, counters and octets as <see cref="PortableKernel"/>; only what lies in front of
    /// <see cref="Frame.Start"/> may differ.
    /// </summary>
    public sealed class NetKernel : BurstKernel
    {
        // A fast path writes at most 32 octets in front of a received frame and reads at most 32 past its end.
        private const int Margin = 32;
        private const int Shortest = 18;
        private const uint LabelMask = 0xFFFFF000;
        private const uint Bottom = 0x100;

        /// <summary>Frames that no fast path took, in all; wraps.</summary>
        public int Rare;

        private readonly PortableKernel _portable = new PortableKernel();

        /// <inheritdoc/>
        public override int Burst(Tables tables, Frame[] frames, int at, int count, int port)
        {
            ref int own = ref tables.Ports.Record[port * PortTable.Stride];
            int any = Unsafe.Add(ref own, PortTable.Any);
            if ((any & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire)
            {
                return PseudowireIn(tables, frames, at, count, port, any & ForwardingHandle.IndexMask);
            }

            ulong station = ((ulong)(uint)Unsafe.Add(ref own, PortTable.AddressHigh) << 16) | (uint)Unsafe.Add(ref own, PortTable.AddressLow);
            int scope = Unsafe.Add(ref own, PortTable.Scope);
            int[] labels = tables.Labels.Handle;
            int firstLabel = tables.Labels.First;
            int[] paths = tables.Paths.Record;
            int[] transports = tables.Transports.Record;
            IFramePort[] devices = tables.Ports.Device;
            bool wide = tables.Transports.ReadyStride == Margin;
            bool verify = tables.VerifyHeaderChecksum;
            int end = at + count;
            int good = 0;
            int rare = 0;
            int rareGood = 0;

            for (int i = at; i < end; i++)
            {
                Frame f = frames[i];
                byte[] b = f.Octets;
                int o = f.Start;
                int e = o + f.Length;
                int h;
                uint word;
                int ttl;
                int labelTtl;
                int u;

                if (o < Margin || e - o < Shortest || e > b.Length - Margin)
                {
                    goto Rare;
                }
                ref byte r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(b), (nint)(uint)o);
                if (ReadUInt64(ref r) >> 16 != station)
                {
                    goto Rare;
                }
                int type = ReadUInt16(ref Unsafe.Add(ref r, 12));
                r = ref Unsafe.Add(ref r, 14);
                o += 14;
                if (type == 0x8847)
                {
                    goto Label;
                }
                h = Unsafe.Add(ref own, PortTable.Untagged);
                if (type == 0x0800)
                {
                    goto Circuit;
                }
                if (type != 0x8100 && type != 0x88A8)
                {
                    goto Rare;
                }

                // One tag: Shortest covers it.
                word = ReadUInt32(ref r);
                h = tables.Circuits.Lookup(port, (int)(word >> 16) & 0xFFF);
                type = (int)(word & 0xFFFF);
                r = ref Unsafe.Add(ref r, 4);
                o += 4;
                if (type == 0x8847 && h == ForwardingHandle.Vrf && o + 4 <= e)
                {
                    goto Label;
                }
                if (type != 0x0800)
                {
                    goto Rare;
                }

            Circuit:
                labelTtl = 256;
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                {
                    goto Ip;
                }
                goto Rare;

            Label:
                word = ReadUInt32(ref r);
                int n = (int)(word >> 12) - firstLabel;
                if ((uint)n >= (uint)labels.Length)
                {
                    goto Rare;
                }
                h = labels[n];
                ttl = (int)(word & 0xFF);
                if ((h & ForwardingHandle.ScopeMask) != scope || ttl <= 1)
                {
                    goto Rare;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Group)
                {
                    if ((word & Bottom) == 0 && o + 8 > e)
                    {
                        goto Rare;
                    }
                    h = tables.Groups.SelectByLabels(h, b, o);
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Path)
                {
                    // Swap: label from the path, TC and S as they came, TTL (2 or more) one less.
                    ref int swap = ref paths[(h & ForwardingHandle.IndexMask) << 1];
                    u = Unsafe.Add(ref swap, PathTable.Transport);
                    if (e - o > transports[((u & PathTable.TransportMask) << 3) + TransportTable.Room])
                    {
                        goto Rare;
                    }
                    word = ((uint)swap & LabelMask) | ((word & ~LabelMask) - 1);
                    WriteUInt32(ref r, word);
                    goto Egress;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Vrf)
                {
                    if ((word & Bottom) == 0)
                    {
                        goto Rare;
                    }
                    labelTtl = ttl;
                    r = ref Unsafe.Add(ref r, 4);
                    o += 4;
                    goto Ip;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.PathPair)
                {
                    // Penultimate hop popping: what is under the label keeps the lower of both TTLs.
                    bool bottom = (word & Bottom) != 0;
                    u = paths[(((h & ForwardingHandle.IndexMask) + (bottom ? 1 : 0)) << 1) + PathTable.Transport];
                    o += 4;
                    if (e - o > transports[((u & PathTable.TransportMask) << 3) + TransportTable.Room])
                    {
                        goto Rare;
                    }
                    r = ref Unsafe.Add(ref r, 4);
                    ttl--;
                    if (!bottom)
                    {
                        if (o + 4 > e)
                        {
                            goto Rare;
                        }
                        word = ReadUInt32(ref r);
                        if ((int)(word & 0xFF) > ttl)
                        {
                            word = (word & ~0xFFu) | (uint)ttl;
                            Unsafe.Add(ref r, 3) = (byte)ttl;
                        }
                        goto Egress;
                    }
                    if (o + 20 > e || r >> 4 != 4)
                    {
                        goto Rare;
                    }
                    n = (int)Unsafe.Add(ref r, 8) - ttl;
                    if (n > 0)
                    {
                        LowerTtl(ref Unsafe.Add(ref r, 8), n);
                    }
                    word = ReadUInt32(ref r);
                    goto Egress;
                }
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire && PseudowireOut(tables, f, o, e, h & ForwardingHandle.IndexMask, word))
                {
                    good++;
                    continue;
                }
                goto Rare;

            Ip:
                // h: VRF handle, o and r: IPv4 header without options; all 20 octets are there before the frame is changed.
                if (e - o < 20)
                {
                    goto Rare;
                }
                word = ReadUInt32(ref r);
                n = (int)(word & 0xFFFF);
                uint address = ReadUInt32(ref Unsafe.Add(ref r, 16));
                if (word >> 24 != 0x45 || n < 20 || n > e - o || address - 0x01000000 >= 0xDF000000 || address >> 24 == 127 || (verify && !HeaderSumRight(ref r)))
                {
                    goto Rare;
                }
                h = tables.Prefixes.Handle[NetPrefixMatch.Match(tables.Prefixes, h & ForwardingHandle.IndexMask, address)];
                if ((h & ForwardingHandle.KindMask) == ForwardingHandle.Group)
                {
                    h = tables.Groups.SelectByAddresses(h, b, o);
                }
                ttl = Unsafe.Add(ref r, 8) - 1;
                if ((h & ForwardingHandle.KindMask) != ForwardingHandle.Path || ttl <= 0)
                {
                    goto Rare;
                }
                ref int path = ref paths[(h & ForwardingHandle.IndexMask) << 1];
                uint service = (uint)path;
                u = Unsafe.Add(ref path, PathTable.Transport);
                if (n + (service != 0 ? 4 : 0) > transports[((u & PathTable.TransportMask) << 3) + TransportTable.Room])
                {
                    goto Rare;
                }
                e = o + n;
                LowerTtl(ref Unsafe.Add(ref r, 8), ttl >= labelTtl ? ttl + 2 - labelTtl : 1);
                if (service != 0)
                {
                    if (u >= PathTable.Uniform)
                    {
                        // TC from the class selector bits of the second octet, TTL as it now is.
                        service = (service & 0xFFFFF100) | ((word >> 12) & 0xE00) | Unsafe.Add(ref r, 8);
                    }
                    r = ref Unsafe.Subtract(ref r, 4);
                    o -= 4;
                    WriteUInt32(ref r, service);
                    word = service;
                }

            Egress:
                // r and o: first octet carried or pushed; word: the four octets there.
                ref int transport = ref transports[(u & PathTable.TransportMask) << 3];
                n = Unsafe.Add(ref transport, TransportTable.Length);
                if (wide)
                {
                    // The slot is there because the row is: both arrays have as many.
                    CopySlot(tables.Transports.Ready, u & PathTable.TransportMask, ref r);
                }
                else
                {
                    Array.Copy(tables.Transports.Ready, tables.Transports.ReadyEnd(u & PathTable.TransportMask) - n, b, o - n, n);
                }
                if (u >= PathTable.Uniform)
                {
                    for (int k = Unsafe.Add(ref transport, TransportTable.LabelCount); k > 0; k--)
                    {
                        ref byte z = ref Unsafe.Subtract(ref r, k << 2);
                        Unsafe.Add(ref z, 2) = (byte)((Unsafe.Add(ref z, 2) & 0xF1u) | ((word >> 8) & 14));
                        Unsafe.Add(ref z, 3) = (byte)word;
                    }
                }
                f.Start = o - n;
                n += e - o;
                f.Length = n;
                good++;
                if (devices[transport].Send(f))
                {
                    Unsafe.Add(ref transport, TransportTable.Frames)++;
                    Unsafe.Add(ref transport, TransportTable.Octets) += n;
                    continue;
                }
                tables.Ledger.EgressDropped[transport]++;
                continue;

            Rare:
                rare++;
                rareGood += _portable.Burst(tables, frames, i, 1, port);
            }
            Rare += rare;
            Count(tables, port, count - rare, good);
            return good + rareGood;
        }

        // The portable kernel has counted its own frames.
        private static void Count(Tables tables, int port, int received, int good)
        {
            tables.Ledger.Received[port] += received;
            tables.Ledger.Forwarded[port] += good;
        }

        /// <summary>A burst from an attachment circuit: the pseudowire, its path and its transport are the same for every frame.</summary>
        private int PseudowireIn(Tables tables, Frame[] frames, int at, int count, int port, int pseudowire)
        {
            ref int row = ref tables.Pseudowires.Record[pseudowire * PseudowireTable.Stride];
            ref int path = ref tables.Paths.Record[Unsafe.Add(ref row, PseudowireTable.Path) << 1];
            int index = Unsafe.Add(ref path, PathTable.Transport) & PathTable.TransportMask;
            ref int transport = ref tables.Transports.Record[index << 3];
            int ready = Unsafe.Add(ref transport, TransportTable.Length);
            int control = (row & PseudowireTable.ControlWord) != 0 ? 4 : 0;
            ulong words = (ulong)(uint)path << (control << 3);
            bool possible = (row & PseudowireTable.Up) != 0 && tables.Transports.ReadyStride == Margin;
            int room = Unsafe.Add(ref transport, TransportTable.Room) - control - 4;
            IFramePort device = tables.Ports.Device[transport];
            int end = at + count;
            int good = 0;
            int rare = 0;
            int rareGood = 0;

            for (int i = at; i < end; i++)
            {
                Frame f = frames[i];
                byte[] b = f.Octets;
                int o = f.Start;
                int length = f.Length;
                if (!possible || o < Margin + 8 || length < 14 || length > room || o + length > b.Length)
                {
                    rare++;
                    rareGood += _portable.Burst(tables, frames, i, 1, port);
                    continue;
                }

                // Eight octets end at the frame: the service word and the control word, or (without one) what the copy covers and the service word.
                ref byte r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(b), (nint)(uint)o);
                WriteUInt64(ref Unsafe.Subtract(ref r, 8), words);
                r = ref Unsafe.Subtract(ref r, control + 4);
                CopySlot(tables.Transports.Ready, index, ref r);
                Unsafe.Add(ref row, PseudowireTable.FramesIn)++;
                Unsafe.Add(ref row, PseudowireTable.OctetsIn) += length;
                f.Start = o - control - 4 - ready;
                length += control + 4 + ready;
                f.Length = length;
                good++;
                if (device.Send(f))
                {
                    Unsafe.Add(ref transport, TransportTable.Frames)++;
                    Unsafe.Add(ref transport, TransportTable.Octets) += length;
                }
                else
                {
                    tables.Ledger.EgressDropped[transport]++;
                }
            }
            Rare += rare;
            Count(tables, port, count - rare, good);
            return good + rareGood;
        }

        /// <summary>Pops the pseudowire label and the control word and sends what is left out of the attachment circuit.</summary>
        /// <returns>False when the frame is not to be forwarded so; it is untouched then.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool PseudowireOut(Tables tables, Frame f, int o, int e, int pseudowire, uint word)
        {
            ref int row = ref tables.Pseudowires.Record[pseudowire * PseudowireTable.Stride];
            o += 4;
            if ((row & PseudowireTable.Up) == 0 || (word & Bottom) == 0)
            {
                return false;
            }
            if ((row & PseudowireTable.ControlWord) != 0)
            {
                if (o + 4 > e || f.Octets[o] > 15)
                {
                    return false;
                }
                o += 4;
            }
            int n = e - o;
            if (n < 14 || n > Unsafe.Add(ref row, PseudowireTable.MaxFrame))
            {
                return false;
            }
            f.Start = o;
            f.Length = n;
            int port = Unsafe.Add(ref row, PseudowireTable.Port);
            if (tables.Ports.Device[port].Send(f))
            {
                Unsafe.Add(ref row, PseudowireTable.FramesOut)++;
                Unsafe.Add(ref row, PseudowireTable.OctetsOut) += n;
            }
            else
            {
                tables.Ledger.EgressDropped[port]++;
            }
            return true;
        }

        /// <summary>Copies a transport's slot so that it ends at <paramref name="at"/>; what is in front of the ready octets falls into the headroom.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void CopySlot(byte[] ready, int transport, ref byte at)
        {
            ref byte slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ready), (nint)(uint)(transport << 5));
            Vector256.LoadUnsafe(ref slot).StoreUnsafe(ref Unsafe.Subtract(ref at, Margin));
        }

        /// <summary>Lowers the TTL at <paramref name="at"/> (offset 8 of an IPv4 header) and corrects the checksum two octets on (RFC 1624).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void LowerTtl(ref byte at, int by)
        {
            uint word = ReadUInt32(ref at);
            uint sum = (word & 0xFFFF) + ((uint)by << 8);
            sum += sum >= 0xFFFF ? 1u : 0u;
            WriteUInt32(ref at, ((word - ((uint)by << 24)) & 0xFFFF0000) | (sum & 0xFFFF));
        }

        /// <summary>The one's complement sum of 20 octets, in whatever order the machine loads them (RFC 1071 section 2 (B)).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static bool HeaderSumRight(ref byte header)
        {
            ulong a = Unsafe.ReadUnaligned<ulong>(ref header);
            ulong b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref header, 8));
            ulong sum = (uint)a + (a >> 32) + (uint)b + (b >> 32) + Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref header, 16));
            sum = (uint)sum + (sum >> 32);
            sum = (sum & 0xFFFF) + (sum >> 16);
            sum = (sum & 0xFFFF) + (sum >> 16);
            return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int ReadUInt16(ref byte at)
        {
            ushort value = Unsafe.ReadUnaligned<ushort>(ref at);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint ReadUInt32(ref byte at)
        {
            uint value = Unsafe.ReadUnaligned<uint>(ref at);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static ulong ReadUInt64(ref byte at)
        {
            ulong value = Unsafe.ReadUnaligned<ulong>(ref at);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void WriteUInt32(ref byte at, uint value)
        {
            Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void WriteUInt64(ref byte at, ulong value)
        {
            Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        }
    }
}
