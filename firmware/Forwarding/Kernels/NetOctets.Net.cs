using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LabEdge.Forwarding
{
    /// <summary>Wide loads and stores in network order through a reference, for the kernel of .NET 10. The caller has checked the bounds.</summary>
    internal static class NetOctets
    {
        /// <summary>Octets that <see cref="CopySlot"/> writes.</summary>
        public const int Slot = 32;

        /// <summary>EtherTypes as a load in the machine's own order sees them.</summary>
        public static int Mpls => BitConverter.IsLittleEndian ? 0x4788 : 0x8847;
        public static int Ipv4 => BitConverter.IsLittleEndian ? 0x0008 : 0x0800;
        public static int Vlan => BitConverter.IsLittleEndian ? 0x0081 : 0x8100;
        public static int ServiceVlan => BitConverter.IsLittleEndian ? 0xA888 : 0x88A8;

        /// <summary>The element at an index, unchecked: of tables whose indices control has written.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref T At<T>(T[] array, int index)
        {
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(uint)index);
        }

        /// <summary>Copies the last 32 octets of a transport's slot so that they end at <paramref name="at"/>; what is in front of the ready octets falls into the headroom.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void CopySlot(ref byte slotEnd, ref byte at)
        {
            Vector256.LoadUnsafe(ref Unsafe.Subtract(ref slotEnd, Slot)).StoreUnsafe(ref Unsafe.Subtract(ref at, Slot));
        }

        /// <summary>Lowers the TTL at <paramref name="at"/> (offset 8 of an IPv4 header) and corrects the checksum two octets on (RFC 1624).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void LowerTtl(ref byte at, int by)
        {
            uint word = ReadUInt32(ref at);
            uint sum = (word & 0xFFFF) + ((uint)by << 8);
            sum += sum >= 0xFFFF ? 1u : 0u;
            WriteUInt32(ref at, ((word - ((uint)by << 24)) & 0xFFFF0000) | (sum & 0xFFFF));
        }

        /// <summary>The one's complement sum of 20 octets, in whatever order the machine loads them (RFC 1071 section 2 (B)).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool HeaderSumRight(ref byte header)
        {
            ulong a = Unsafe.ReadUnaligned<ulong>(ref header);
            ulong b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref header, 8));
            ulong sum = (uint)a + (a >> 32) + (uint)b + (b >> 32) + Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref header, 16));
            sum = (uint)sum + (sum >> 32);
            sum = (sum & 0xFFFF) + (sum >> 16);
            sum = (sum & 0xFFFF) + (sum >> 16);
            return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
        }

        /// <summary>A number of network order as a load in the machine's own order sees it.</summary>
        public static ulong Native(ulong value)
        {
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        /// <summary>True when the 6 octets here are those of an address: <see cref="Native(ulong)"/> of them and two zeros.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool SameStation(ref byte at, ulong address)
        {
            ulong octets = Unsafe.ReadUnaligned<ulong>(ref at) ^ address;
            return (BitConverter.IsLittleEndian ? octets << 16 : octets >> 16) == 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int ReadUInt16(ref byte at)
        {
            ushort value = Unsafe.ReadUnaligned<ushort>(ref at);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint ReadUInt32(ref byte at)
        {
            uint value = Unsafe.ReadUnaligned<uint>(ref at);
            return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void WriteUInt32(ref byte at, uint value)
        {
            Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void WriteUInt64(ref byte at, ulong value)
        {
            Unsafe.WriteUnaligned(ref at, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
        }
    }
}
