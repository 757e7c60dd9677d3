using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// The look-ups of a whole burst, step by step for all of its addresses, so that their cache misses overlap and no branch depends on an
    /// address. Where the processor has no gathers (AVX2) each address is looked up by itself.
    /// </summary>
    public static unsafe partial class NetPrefixMatch
    {
        // Addresses that go through the steps together.
        private const int Wave = 64;
        private const int LargeWave = 128;

        // Per value of 6 bits: the places of a tree bitmap's internal bitmap whose prefixes hold it.
        private static readonly ulong[] Holding = MakeHolding();

        private static ulong[] MakeHolding()
        {
            ulong[] holding = new ulong[64];
            for (int s = 0; s < 64; s++)
            {
                for (int bits = 0; bits < PrefixTree.Step; bits++)
                {
                    holding[s] |= 1UL << ((1 << bits) - 1 + (s >> (PrefixTree.Step - bits)));
                }
            }
            return holding;
        }

        /// <summary>The handle of the longest prefix for each address, in its VRF.</summary>
        public static void Handles(PrefixTable prefixes, int[] vrfs, uint[] addresses, int[] handles, int count)
        {
            if (count > vrfs.Length || count > addresses.Length || count > handles.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
            int at = 0;
            while (at < count)
            {
                int vrf = vrfs[at];
                int end = at + 1;
                while (end < count && vrfs[end] == vrf)
                {
                    end++;
                }
                if (end - at >= 8 && Avx2.IsSupported)
                {
                    OneVrf(prefixes, vrf, addresses, at, handles, at, end - at);
                    at = end;
                    continue;
                }
                if (count - at >= 8 && Avx2.IsSupported && Mixed(prefixes, vrfs, addresses, handles, at))
                {
                    at += 8;
                    continue;
                }
                for (; at < end; at++)
                {
                    handles[at] = Handle(prefixes, vrf, addresses[at]);
                }
            }
        }

        /// <summary>The same for addresses of one VRF: so many from an index on, to handles from an index on.</summary>
        public static void OneVrf(PrefixTable prefixes, int vrf, uint[] addresses, int from, int[] handles, int to, int count)
        {
            if (from < 0 || to < 0 || count < 0 || count > addresses.Length - from || count > handles.Length - to)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
            if (count < 8 || !Avx2.IsSupported)
            {
                for (int i = 0; i < count; i++)
                {
                    handles[to + i] = Handle(prefixes, vrf, addresses[from + i]);
                }
                return;
            }
            fixed (uint* keys = &addresses[from])
            fixed (int* results = &handles[to])
            {
                if (!prefixes.IsWide(vrf))
                {
                    Small(prefixes, vrf, keys, results, count);
                }
                else if (prefixes.Slots != null && prefixes.Slots.Directory[vrf] != PrefixSlots.None)
                {
                    for (int i = 0; i < count;)
                    {
                        // A rest of less than one vector goes with the wave before it.
                        int wave = count - i < LargeWave + 8 ? count - i : LargeWave;
                        Large(prefixes.Slots, vrf, keys + i, results + i, wave);
                        i += wave;
                    }
                }
                else
                {
                    for (int i = 0; i < count; i += Wave)
                    {
                        Medium(prefixes.Tree, vrf, keys + i, results + i, Math.Min(Wave, count - i));
                    }
                }
            }
        }

        // Layout small: the halving for 32 addresses at a time. The last ones overlap with those before.
        private static void Small(PrefixTable prefixes, int vrf, uint* keys, int* results, int count)
        {
            ref int row = ref prefixes.Vrf[vrf << 2];
            Vector256<int> start = Vector256.Create(row);
            Vector256<int> rest = Vector256.Create(Unsafe.Add(ref row, PrefixTable.Rest));
            int log = Unsafe.Add(ref row, PrefixTable.Log);
            Vector256<int> sign = Vector256.Create(int.MinValue);
            int end = count - 8;
            fixed (uint* first = prefixes.First, last = prefixes.Last)
            fixed (int* handle = prefixes.Handle)
            fixed (ushort* up = prefixes.Up)
            {
                for (int i = 0; i < count; i += 32)
                {
                    int i0 = Math.Min(i, end);
                    int i1 = Math.Min(i + 8, end);
                    int i2 = Math.Min(i + 16, end);
                    int i3 = Math.Min(i + 24, end);
                    Vector256<int> k0 = Vector256.Load((int*)keys + i0) ^ sign;
                    Vector256<int> k1 = Vector256.Load((int*)keys + i1) ^ sign;
                    Vector256<int> k2 = Vector256.Load((int*)keys + i2) ^ sign;
                    Vector256<int> k3 = Vector256.Load((int*)keys + i3) ^ sign;
                    Vector256<int> x0 = Half(first, start, rest, k0, sign);
                    Vector256<int> x1 = Half(first, start, rest, k1, sign);
                    Vector256<int> x2 = Half(first, start, rest, k2, sign);
                    Vector256<int> x3 = Half(first, start, rest, k3, sign);
                    for (int step = 1 << log >> 1; step != 0; step >>= 1)
                    {
                        Vector256<int> by = Vector256.Create(step);
                        x0 = Half(first, x0, by, k0, sign);
                        x1 = Half(first, x1, by, k1, sign);
                        x2 = Half(first, x2, by, k2, sign);
                        x3 = Half(first, x3, by, k3, sign);
                    }
                    Enclosing(last, up, handle, x0, k0, results + i0);
                    Enclosing(last, up, handle, x1, k1, results + i1);
                    Enclosing(last, up, handle, x2, k2, results + i2);
                    Enclosing(last, up, handle, x3, k3, results + i3);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Half(uint* first, Vector256<int> x, Vector256<int> by, Vector256<int> key, Vector256<int> sign)
        {
            Vector256<int> next = x + by;
            Vector256<int> above = Vector256.GreaterThan(Gather(first, next) ^ sign, key);
            return x + Vector256.AndNot(by, above);
        }

        // 8 addresses of as many VRFs, all in the layout small: as above, with a step that a lane of fewer prefixes leaves out.
        private static bool Mixed(PrefixTable prefixes, int[] vrfs, uint[] addresses, int[] handles, int at)
        {
            fixed (int* ofVrf = &vrfs[at], row = prefixes.Vrf, results = &handles[at], handle = prefixes.Handle)
            fixed (uint* keys = &addresses[at], first = prefixes.First, last = prefixes.Last)
            fixed (ushort* up = prefixes.Up)
            {
                Vector256<int> sign = Vector256.Create(int.MinValue);
                Vector256<int> r = Vector256.Load(ofVrf) << 2;
                Vector256<int> log = Gather((uint*)row + PrefixTable.Log, r);
                Vector256<int> x = Gather((uint*)row, r);
                Vector256<int> rest = Gather((uint*)row + PrefixTable.Rest, r);
                Vector256<int> size = Avx2.ShiftLeftLogicalVariable(Vector256<int>.One, log.AsUInt32());
                if (Vector256.LessThanAny(size, Vector256<int>.Zero))
                {
                    return false;
                }
                Vector256<int> a = Vector256.Load((int*)keys) ^ sign;
                Vector256<int> next = x + rest;
                x = Vector256.ConditionalSelect(Vector256.GreaterThan(Gather(first, next) ^ sign, a), x, next);
                int widest = 0;
                for (int i = 0; i < 8; i++)
                {
                    widest |= size.GetElement(i);
                }
                for (int step = (int)(0x80000000u >> BitOperations.LeadingZeroCount((uint)widest)) >> 1; step != 0; step >>= 1)
                {
                    Vector256<int> by = Vector256.Create(step) & Vector256.GreaterThan(size, Vector256.Create(step));
                    next = x + by;
                    x = Vector256.ConditionalSelect(Vector256.GreaterThan(Gather(first, next) ^ sign, a), x, next);
                }
                Enclosing(last, up, handle, x, a, results);
                return true;
            }
        }

        private static void Enclosing(uint* last, ushort* up, int* handle, Vector256<int> x, Vector256<int> key, int* results)
        {
            Vector256<int> sign = Vector256.Create(int.MinValue);
            Vector256<int> beyond = Vector256.GreaterThan(key, Gather(last, x) ^ sign);
            while (beyond != Vector256<int>.Zero)
            {
                // Only entries after the first have something to go back to: the octets before one are within the array object.
                Vector256<int> back = Avx2.GatherMaskVector256(Vector256<int>.Zero, (int*)(up - 1), x, beyond, 2);
                x -= Vector256.ShiftRightLogical(back, 16);
                beyond = Vector256.GreaterThan(key, Gather(last, x) ^ sign);
            }
            Gather((uint*)handle, x).Store(results);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Gather(uint* from, Vector256<int> index)
        {
            return Avx2.GatherVector256((int*)from, index, 4);
        }

        // Layout large: the directory for all, then a chunk for all that need one, and so on. A gather leaves out the lanes that hold a handle.
        private static void Large(PrefixSlots slots, int vrf, uint* keys, int* results, int count)
        {
            int shift = 32 - slots.Bits[vrf];
            fixed (int* slot = slots.Slot)
            {
                int* directory = slot + slots.Directory[vrf];
                Vector128<int> by = Vector128.CreateScalar(shift);
                int i = 0;
                for (; i < count - 8; i += 8)
                {
                    Avx2.GatherVector256(directory, Avx2.ShiftRightLogical(Vector256.Load((int*)keys + i), by), 4).Store(results + i);
                }
                Avx2.GatherVector256(directory, Avx2.ShiftRightLogical(Vector256.Load((int*)keys + count - 8), by), 4).Store(results + count - 8);
                Vector256<int> nibble = Vector256.Create(PrefixSlots.Chunk - 1);
                Vector256<int> left;
                do
                {
                    shift -= PrefixSlots.ChunkBits;
                    by = Vector128.CreateScalar(shift);
                    left = Vector256<int>.Zero;
                    for (i = 0; i <= count - 8; i += 8)
                    {
                        Vector256<int> h = Vector256.Load(results + i);
                        Vector256<int> index = (Avx2.ShiftRightLogical(Vector256.Load((int*)keys + i), by) & nibble) + ~h;
                        h = Avx2.GatherMaskVector256(h, slot, index, h, 4);
                        left |= h;
                        h.Store(results + i);
                    }
                    if (i != count)
                    {
                        // The rest, with lanes that have been done above left as they are.
                        Vector256<int> fresh = Vector256.GreaterThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(7 - count + i));
                        Vector256<int> h = Vector256.Load(results + count - 8);
                        Vector256<int> index = (Avx2.ShiftRightLogical(Vector256.Load((int*)keys + count - 8), by) & nibble) + ~h;
                        h = Avx2.GatherMaskVector256(h, slot, index, h & fresh, 4);
                        left |= h;
                        h.Store(results + count - 8);
                    }
                }
                while (Avx.MoveMask(left.AsSingle()) != 0);
            }
        }

        // Layout medium: one level of nodes for all, and so on for those that have a child.
        private static void Medium(PrefixTree tree, int vrf, uint* keys, int* results, int count)
        {
            int* pending = stackalloc int[Wave];
            int* at = stackalloc int[Wave];
            fixed (int* node = tree.Node)
            fixed (ulong* holding = Holding)
            {
                int root = tree.Root[vrf];
                for (int i = 0; i < count; i++)
                {
                    int s = (int)(keys[i] >> (32 - PrefixTree.RootBits));
                    results[i] = root + PrefixTree.Best + s;
                    at[i] = root + PrefixTree.Nodes + s * PrefixTree.NodeInts;
                    Sse.Prefetch0(node + at[i]);
                    pending[i] = i;
                }
                int waiting = count;

                // The key with its next bits on top.
                for (int p = PrefixTree.RootBits; waiting != 0; p += PrefixTree.Step)
                {
                    int still = 0;
                    for (int j = 0; j < waiting; j++)
                    {
                        int i = pending[j];
                        int s = (int)((((ulong)keys[i] << (32 + p)) >> 58) & 63);
                        int* n = node + at[i];
                        ulong inside = Unsafe.ReadUnaligned<ulong>(n);
                        ulong outside = Unsafe.ReadUnaligned<ulong>(n + PrefixTree.External);
                        int block = n[PrefixTree.Block];
                        ulong match = inside & holding[s];
                        ulong below = (0x8000000000000000UL >> BitOperations.LeadingZeroCount(match | 1)) - 1;
                        int found = block + BitOperations.PopCount(inside & below);
                        int any = (int)((long)(match | (0 - match)) >> 63);
                        results[i] = (found & any) | (results[i] & ~any);
                        at[i] = block + BitOperations.PopCount(inside) + PrefixTree.NodeInts * BitOperations.PopCount(outside & ((1UL << s) - 1));
                        Sse.Prefetch0(node + at[i]);
                        pending[still] = i;
                        still += (int)((outside >> s) & 1);
                    }
                    waiting = still;
                }
                for (int i = 0; i < count; i++)
                {
                    Sse.Prefetch0(node + results[i]);
                }
                for (int i = 0; i < count; i++)
                {
                    results[i] = node[results[i]];
                }
            }
        }
    }
}
