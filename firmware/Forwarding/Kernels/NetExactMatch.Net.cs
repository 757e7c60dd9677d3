using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LabEdge.Forwarding
{
    /// <summary>Exact match of a whole burst: all slots are asked for before the first is read, so that their cache misses overlap.</summary>
    public static unsafe class NetExactMatch
    {
        private const int Wave = 64;

        /// <summary><see cref="MacTable.Find"/> for each address.</summary>
        /// <param name="high">Octets 0 to 3.</param>
        /// <param name="keys">Domain + 1 in the high half, octets 4 and 5 in the low half.</param>
        /// <param name="rows">The row of each, or <see cref="MacTable.None"/>.</param>
        public static void Find(MacTable table, int[] high, int[] keys, int[] rows, int count)
        {
            if (count > high.Length || count > keys.Length || count > rows.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
            uint* home = stackalloc uint[Wave];
            int shift = table.Shift;
            uint mask = (uint)table.Mask;
            fixed (int* record = table.Record, h = high, k = keys, to = rows)
            {
                for (int at = 0; at < count; at += Wave)
                {
                    int end = Math.Min(Wave, count - at);
                    for (int i = 0; i < end; i++)
                    {
                        int x = h[at + i] + k[at + i] * MacTable.MixKey;
                        x ^= x >> 15;
                        uint slot = (uint)(x * MacTable.MixAll) >> shift;
                        home[i] = slot;
                        if (Sse.IsSupported)
                        {
                            Sse.Prefetch0(record + (slot << 2));
                        }
                    }
                    for (int i = 0; i < end; i++)
                    {
                        uint slot = home[i];
                        ulong key = (uint)h[at + i] | ((ulong)(uint)k[at + i] << 32);
                        int row = MacTable.None;
                        if (Avx2.IsSupported && slot + 4 <= mask)
                        {
                            // Four slots at once: the key is in one place, and hardly ever further from its home.
                            Vector256<ulong> wanted = Vector256.Create(key);
                            int* near = record + (slot << 2);
                            int equal = Avx.MoveMask(Vector256.Equals(Vector256.Load((ulong*)near), wanted).AsDouble())
                                | Avx.MoveMask(Vector256.Equals(Vector256.Load((ulong*)(near + 8)), wanted).AsDouble()) << 4;
                            equal &= 0x55;
                            if (equal != 0)
                            {
                                to[at + i] = (int)(slot << 2) + (BitOperations.TrailingZeroCount(equal) << 1);
                                continue;
                            }
                        }
                        for (int probe = MacTable.MaxProbe; probe != 0; probe--)
                        {
                            ulong found = Unsafe.ReadUnaligned<ulong>(record + (slot << 2));
                            if (found == key)
                            {
                                row = (int)(slot << 2);
                                break;
                            }
                            if (found >> 32 == 0)
                            {
                                break;
                            }
                            slot = (slot + 1) & mask;
                        }
                        to[at + i] = row;
                    }
                }
            }
        }

        /// <summary><see cref="LabelHashTable.Lookup"/> for each key.</summary>
        /// <param name="keys">Label space in bits 20 to 30, label in bits 0 to 19.</param>
        public static void Lookup(LabelHashTable table, int[] keys, int[] handles, int count)
        {
            if (count > keys.Length || count > handles.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
            uint* home = stackalloc uint[Wave];
            int shift = table.Shift;
            uint mask = (uint)table.Mask;
            fixed (int* record = table.Record, k = keys, to = handles)
            {
                for (int at = 0; at < count; at += Wave)
                {
                    int end = Math.Min(Wave, count - at);
                    for (int i = 0; i < end; i++)
                    {
                        int x = k[at + i] * LabelHashTable.MixAgain;
                        x ^= x >> 15;
                        uint slot = (uint)(x * LabelHashTable.Mix) >> shift;
                        home[i] = slot;
                        if (Sse.IsSupported)
                        {
                            Sse.Prefetch0(record + (slot << 1));
                        }
                    }
                    for (int i = 0; i < end; i++)
                    {
                        uint slot = home[i];
                        int key = k[at + i];
                        int handle = ForwardingHandle.None;
                        if (Avx2.IsSupported && slot + 8 <= mask)
                        {
                            Vector256<int> wanted = Vector256.Create(key);
                            int* near = record + (slot << 1);
                            int equal = Avx.MoveMask(Vector256.Equals(Vector256.Load(near), wanted).AsSingle())
                                | Avx.MoveMask(Vector256.Equals(Vector256.Load(near + 8), wanted).AsSingle()) << 8;
                            equal &= 0x5555;
                            if (equal != 0)
                            {
                                to[at + i] = near[BitOperations.TrailingZeroCount(equal) + 1];
                                continue;
                            }
                        }
                        for (int probe = LabelHashTable.MaxProbe; probe != 0; probe--)
                        {
                            ulong found = Unsafe.ReadUnaligned<ulong>(record + (slot << 1));
                            if ((int)found == key)
                            {
                                handle = (int)(found >> 32);
                                break;
                            }
                            if ((int)found == LabelHashTable.Empty)
                            {
                                break;
                            }
                            slot = (slot + 1) & mask;
                        }
                        to[at + i] = handle;
                    }
                }
            }
        }
    }
}
