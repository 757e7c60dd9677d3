using System.Buffers.Binary;

namespace LabEdge.Emulator;

/// <summary>
/// An array of struct mmsghdr of 64-bit Linux with one struct iovec each behind it, for sendmmsg(2) and recvmmsg(2):
/// headers first (msghdr of 56 octets, length, padding), then the vectors (address, length).
/// </summary>
internal static class MessageArray
{
    public const int HeaderStride = 64;

    private const int VectorStride = 16;
    private const int VectorField = 16;
    private const int VectorCountField = 24;
    private const int FlagsField = 48;
    private const int LengthField = 56;

    public static int LengthFor(int count) => count * (HeaderStride + VectorStride);

    /// <summary>Lets message <paramref name="index"/> of <paramref name="count"/> have its octets at <paramref name="octets"/>.</summary>
    public static void Init(byte[] array, nint address, int count, int index, nint octets, int length)
    {
        Span<byte> header = array.AsSpan(index * HeaderStride);
        int vector = count * HeaderStride + index * VectorStride;
        BinaryPrimitives.WriteInt64LittleEndian(header[VectorField..], address + vector);
        BinaryPrimitives.WriteInt64LittleEndian(header[VectorCountField..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(array.AsSpan(vector), octets);
        SetLength(array, count, index, length);
    }

    /// <summary>Octets to send, or room to receive.</summary>
    public static void SetLength(byte[] array, int count, int index, int length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(array.AsSpan(count * HeaderStride + index * VectorStride + 8), length);
    }

    /// <summary>Octets that the last call received.</summary>
    public static int Received(byte[] array, int index) => BinaryPrimitives.ReadInt32LittleEndian(array.AsSpan(index * HeaderStride + LengthField));

    /// <summary>True when there were more than the room held.</summary>
    public static bool Truncated(byte[] array, int index)
    {
        return (BinaryPrimitives.ReadInt32LittleEndian(array.AsSpan(index * HeaderStride + FlagsField)) & LinuxSocket.MSG_TRUNC) != 0;
    }
}
