using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

/// <summary>
/// Memory that the kernel shares with us, seen through references and spans: the collector neither moves nor frees it. Whoever
/// mapped it keeps it mapped as long as it is looked at, and checks the bounds.
/// </summary>
internal static class Mapped
{
    /// <summary>What stands at an address.</summary>
    public static ref T At<T>(nint address) where T : unmanaged
    {
        return ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), address));
    }

    /// <summary>The octets from an address on.</summary>
    public static Span<byte> Octets(nint address, int count)
    {
        return MemoryMarshal.CreateSpan(ref At<byte>(address), count);
    }

    /// <summary>An array that the collector never moves, for as long as the caller holds it.</summary>
    public static byte[] Pinned(int count, out nint address)
    {
        byte[] octets = GC.AllocateArray<byte>(count, pinned: true);
        address = Marshal.UnsafeAddrOfPinnedArrayElement(octets, 0);
        return octets;
    }
}
