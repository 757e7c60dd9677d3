using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// <see cref="PrefixTable.Match"/> for .NET 10, the halving written out without a loop: the compiler makes conditional moves of
    /// it, and does so only outside loops. Addresses of real traffic do not repeat, so that a branch would be guessed.
    /// </summary>
    public static partial class NetPrefixMatch
    {
        /// <returns>The handle of the longest prefix that holds the address, in any layout.</returns>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Handle(PrefixTable prefixes, int vrf, uint address)
        {
            int[] handles = prefixes.Handle;
            int h = Match(prefixes, vrf, address);
            return h >= 0 ? handles[h] : prefixes.LookupLarge(vrf, address);
        }

        // The index of the longest prefix that holds the address; -1 when the VRF is not in the layout small.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Match(PrefixTable prefixes, int vrf, uint address)
        {
            // A VRF's base, count and logarithm keep each index below within the pool.
            ref int row = ref prefixes.Vrf[vrf << 2];
            ref uint first = ref MemoryMarshal.GetArrayDataReference(prefixes.First);
            int h = row;
            int next = h + Unsafe.Add(ref row, PrefixTable.Rest);
            h = Unsafe.Add(ref first, next) <= address ? next : h;
            switch (Unsafe.Add(ref row, PrefixTable.Log))
            {
                case 16:
                    next = h + 32768;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 15;
                case 15:
                    next = h + 16384;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 14;
                case 14:
                    next = h + 8192;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 13;
                case 13:
                    next = h + 4096;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 12;
                case 12:
                    next = h + 2048;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 11;
                case 11:
                    next = h + 1024;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 10;
                case 10:
                    next = h + 512;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 9;
                case 9:
                    next = h + 256;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 8;
                case 8:
                    next = h + 128;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 7;
                case 7:
                    next = h + 64;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 6;
                case 6:
                    next = h + 32;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 5;
                case 5:
                    next = h + 16;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 4;
                case 4:
                    next = h + 8;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 3;
                case 3:
                    next = h + 4;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 2;
                case 2:
                    next = h + 2;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    goto case 1;
                case 1:
                    next = h + 1;
                    h = Unsafe.Add(ref first, next) <= address ? next : h;
                    break;
                case PrefixTable.WideLog:
                    return -1;
            }
            return address <= prefixes.Last[h] ? h : Enclosing(prefixes, h, address);
        }

        private static int Enclosing(PrefixTable prefixes, int h, uint address)
        {
            while (address > prefixes.Last[h])
            {
                h -= prefixes.Up[h];
            }
            return h;
        }
    }
}
