// The fast paths of .NET 10. Frames that need no look-up go in one loop from the front of the burst; from the first that does need
// one, the burst goes in stages: classify and rewrite, look up all destinations together, send in order.
// A frame that is not forwarded by one of them, or lies oddly in its array, goes untouched to the portable kernel, one at a
// time and at its place in the order: so reasons, notes for Host and rare forms of frames are the same by construction.
using System;
using System.Runtime.CompilerServices;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// The frame path for .NET 10: wide loads and stores through references into the frame, one 32-octet copy for the ready
    /// octets, and no call between the frames of a stage. Same tables, checks,
    /// counters and octets as <see cref="PortableKernel"/>; only what lies in front of <see cref="Frame.Start"/> may differ.
    /// </summary>
    public sealed partial class NetKernel : BurstKernel
    {
        // A fast path writes at most 32 octets in front of a received frame and reads at most 32 past its end.
        private const int Margin = NetOctets.Slot;
        private const int Shortest = 18;
        private const uint LabelMask = 0xFFFFF000;
        private const uint Bottom = 0x100;

        // Frames taken through the stages together; a longer burst is several of these.
        private const int Most = 64;

        // Where a frame goes: at first the handle of its label or circuit (or that it has a tag), at last its egress port, or RareWay.
        // Neither a port nor RareWay has a kind that a stage looks for.
        private const int RareWay = -1;
        private const int TaggedWay = ForwardingHandle.Classify;

        // A bit per kind of handle: those that a stage takes, and those (None, Local, Glean with its other names) that none does.
        private const int PathBit = 1 << (ForwardingHandle.Path >> 28);
        private const int PairBit = 1 << (ForwardingHandle.PathPair >> 28);
        private const int GroupBit = 1 << (ForwardingHandle.Group >> 28);
        private const int VrfBit = 1 << (ForwardingHandle.Vrf >> 28);
        private const int PseudowireBit = 1 << (ForwardingHandle.Pseudowire >> 28);
        private const int TaggedBit = 1 << (TaggedWay >> 28);

        // On a handle in a way: there is a tag between the link header and what the handle is of. A way has no scope any more.
        private const int TagFlag = 1 << ForwardingHandle.ScopeShift;
        private const int OtherBits = 0xFF & ~(PathBit | PairBit | GroupBit | VrfBit | PseudowireBit);

        /// <summary>Frames that no fast path took, in all; wraps.</summary>
        public int Rare;

        // Of this burst: rare frames, those of them that were forwarded; frames of a circuit that the port did not take, with their octets.
        private int _rare;
        private int _rareGood;
        private int _refused;
        private int _refusedOctets;

        private readonly PortableKernel _portable = new PortableKernel();

        // Of each frame of the burst: where it goes; and once it is ready to be sent, the rule of its transport (from 0 on) or the complement
        // of its pseudowire's row, where it is counted.
        private const int CountedAt = Most;
        private readonly int[] _way = new int[2 * Most];

        // Of each packet to look up: place in the burst, octets in front of its IP header, TTL of the label popped (256: none); VRF,
        // destination, handle found.
        private const int HeaderAt = Most;
        private const int LabelTtlAt = 2 * Most;
        private readonly int[] _packet = new int[3 * Most];
        private readonly int[] _vrf = new int[Most];
        private readonly uint[] _address = new uint[Most];
        private readonly int[] _handle = new int[Most];

        /// <inheritdoc/>
        public override int Burst(Tables tables, Frame[] frames, int at, int count, int port)
        {
            int any = tables.Ports.Record[port * PortTable.Stride + PortTable.Any];
            if (count <= 0 || (any != ForwardingHandle.None && (any & ForwardingHandle.KindMask) != ForwardingHandle.Pseudowire))
            {
                Rare += count;
                return _portable.Burst(tables, frames, at, count, port);
            }
            int good = 0;
            int n;
            for (int end = at + count; at < end; at += n)
            {
                n = end - at < Most ? end - at : Most;
                _ = frames[at];
                _ = frames[at + n - 1];
                ref Frame first = ref NetOctets.At(frames, at);
                if (any != ForwardingHandle.None)
                {
                    good += PseudowireIn(tables, frames, at, n, port, any & ForwardingHandle.IndexMask);
                    continue;
                }
                int gone = Direct(tables, frames, at, n, port);
                if (gone != 0)
                {
                    good += Account(tables, gone, port);
                    if (gone == n)
                    {
                        continue;
                    }
                    at += gone;
                    n -= gone;
                    first = ref NetOctets.At(frames, at);
                }
                int kinds = Classify(tables, ref first, n, port);
                if ((kinds & TaggedBit) != 0)
                {
                    kinds = Tagged(tables, ref first, n, port, kinds);
                }
                if ((kinds & GroupBit) != 0)
                {
                    kinds = Choose(tables, ref first, n, kinds);
                }
                if ((kinds & OtherBits) != 0)
                {
                    Leave(n);
                }
                if ((kinds & PathBit) != 0)
                {
                    Swap(tables, ref first, n);
                }
                if ((kinds & PairBit) != 0)
                {
                    Pop(tables, ref first, n);
                }
                if ((kinds & PseudowireBit) != 0)
                {
                    PseudowireOut(tables, ref first, n);
                }
                if ((kinds & VrfBit) != 0)
                {
                    int packets = Destinations(tables, ref first, n);
                    NetPrefixMatch.Handles(tables.Prefixes, _vrf, _address, _handle, packets);
                    if (Route(tables, ref first, packets) != 0)
                    {
                        Route(tables, ref first, Members(tables, ref first, packets));
                    }
                }
                good += Send(tables, frames, at, n, port);
            }
            return good;
        }

        /// <summary>All frames of the burst in their order: to their ports, or untouched to the portable kernel.</summary>
        /// <returns>Frames forwarded.</returns>
        private int Send(Tables tables, Frame[] frames, int at, int count, int port)
        {
            ref Frame first = ref NetOctets.At(frames, at);
            ref int way = ref NetOctets.At(_way, 0);
            IFramePort[] devices = tables.Devices;
            for (nint k = 0; k < count; k++)
            {
                int egress = Unsafe.Add(ref way, k);
                if ((uint)egress < (uint)devices.Length)
                {
                    if (devices[egress].Send(Unsafe.Add(ref first, k)))
                    {
                        continue;
                    }
                    Refused(tables, frames[at + (int)k], egress, Unsafe.Add(ref way, k + CountedAt));
                }
                else
                {
                    TakeRare(tables, frames, at + (int)k, port);
                }
            }
            return Account(tables, count, port);
        }

        /// <summary>The ledger of frames that have gone, the rare ones among them apart.</summary>
        /// <returns>Frames forwarded.</returns>
        private int Account(Tables tables, int count, int port)
        {
            int rare = _rare;
            int good = count - rare;
            tables.Ledger.Received[port] += good;
            tables.Ledger.Forwarded[port] += good;
            Rare += rare;
            good += _rareGood;
            _rare = 0;
            _rareGood = 0;
            return good;
        }

        // The port did not take the frame, which was counted as sent.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Refused(Tables tables, Frame f, int egress, int counted)
        {
            tables.Ledger.EgressDropped[egress]++;
            if (counted >= 0)
            {
                ref TransportRow transport = ref TransportRow.At(ref tables.TransportRecord[0], counted);
                transport.Frames--;
                transport.Octets -= f.Length;
                return;
            }
            ref PseudowireRow row = ref PseudowireRow.At(ref tables.Pseudowires.Record[0], ~counted);
            row.FramesOut--;
            row.OctetsOut -= f.Length;
        }

        /// <summary>A burst from an attachment circuit: the pseudowire, its path and its transport are the same for every frame.</summary>
        private int PseudowireIn(Tables tables, Frame[] frames, int at, int count, int port, int pseudowire)
        {
            ref int row = ref tables.Pseudowires.Record[pseudowire * PseudowireTable.Stride];
            ref int path = ref tables.Paths.Record[Unsafe.Add(ref row, PseudowireTable.Path) << 1];
            ref int transport = ref tables.Transports.Record[(Unsafe.Add(ref path, PathTable.Transport) & PathTable.TransportMask) << 3];
            int ready = Unsafe.Add(ref transport, TransportTable.Length);
            int control = (row & PseudowireTable.ControlWord) != 0 ? 4 : 0;
            ulong words = (ulong)(uint)path << (control << 3);

            // Lengths from 14 on; none when the row is down or its ready octets need more than one copy.
            int lengths = Unsafe.Add(ref transport, TransportTable.Room) - control - 4 - 13;
            lengths = (row & PseudowireTable.Up) != 0 && ready <= NetOctets.Slot && lengths > 0 ? lengths : 0;
            IFramePort device = tables.Devices[transport];
            ref byte slotEnd = ref NetOctets.At(tables.Ready, Unsafe.Add(ref transport, TransportTable.ReadyEndField));
            ref Frame first = ref NetOctets.At(frames, at);
            int gone = 0;
            int octets = 0;
            while (true)
            {
                gone = Carry(ref first, gone, count, lengths, device, words, ref slotEnd, control + 4, ready, ref octets);
                if (gone == count)
                {
                    break;
                }
                TakeRare(tables, frames, at + gone, port);
                gone++;
            }
            count -= _rare;
            Unsafe.Add(ref row, PseudowireTable.FramesIn) += count;
            Unsafe.Add(ref row, PseudowireTable.OctetsIn) += octets;
            Unsafe.Add(ref transport, TransportTable.Frames) += count - _refused;
            Unsafe.Add(ref transport, TransportTable.Octets) += octets + count * (control + 4 + ready) - _refusedOctets;
            tables.Ledger.EgressDropped[transport] += _refused;
            _refused = 0;
            _refusedOctets = 0;
            return Account(tables, gone, port);
        }

        // The loop of PseudowireIn, with few enough values for the registers.
        private int Carry(ref Frame first, int k, int count, int lengths, IFramePort device, ulong words, ref byte slotEnd, int pushed, int ready, ref int octets)
        {
            int sum = 0;
            for (; k < count; k++)
            {
                Frame f = Unsafe.Add(ref first, (nint)(uint)k);
                byte[] b = f.Octets;
                int o = f.Start;
                int length = f.Length;
                if (b != null && o == f.Headroom && o >= Margin + 8 && (uint)(length - 14) < (uint)lengths)
                {
                    // Eight octets end at the frame: the service word and the control word, or (without one) what the copy covers and the service word.
                    ref byte r = ref NetOctets.At(b, o);
                    NetOctets.WriteUInt64(ref Unsafe.Subtract(ref r, 8), words);
                    NetOctets.CopySlot(ref slotEnd, ref Unsafe.Subtract(ref r, pushed));
                    sum += length;
                    f.Start = o - pushed - ready;
                    f.Length = length + pushed + ready;
                    if (!device.Send(f))
                    {
                        RefusedIn(f);
                    }
                    continue;
                }
                break;
            }
            octets += sum;
            return k;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void RefusedIn(Frame f)
        {
            _refused++;
            _refusedOctets += f.Length;
        }
    }
}
