using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

/// <summary>
/// Room for one recvmmsg call: up to <see cref="Size"/> frames with the auxiliary data that hold a stripped VLAN tag and
/// whether the checksum is still open.
/// Lives outside the managed heap, so that the kernel has fixed addresses; made once per port.
/// </summary>
internal sealed class PacketBatch : IDisposable
{
    public const int Size = 32;

    // struct mmsghdr of 64-bit Linux: msghdr (56 octets), length received, padding.
    private const int HeaderStride = 64;
    private const int ControlLengthOffset = 40;
    private const int FlagsOffset = 48;
    private const int ReceivedOffset = 56;
    private const int VectorStride = 16;

    // cmsghdr (16) and tpacket_auxdata (20), rounded up.
    private const int ControlStride = 64;
    private const int ControlHeader = 16;

    private readonly int _frameStride;
    private readonly nint _headers;
    private readonly nint _vectors;
    private readonly nint _controls;
    private readonly nint _octets;

    /// <param name="maxFrameLength">Longest frame that is taken; the kernel marks longer ones as truncated.</param>
    public PacketBatch(int maxFrameLength)
    {
        _frameStride = (maxFrameLength + 63) & ~63;
        MaxFrameLength = maxFrameLength;
        _headers = Marshal.AllocHGlobal(Size * HeaderStride);
        _vectors = Marshal.AllocHGlobal(Size * VectorStride);
        _controls = Marshal.AllocHGlobal(Size * ControlStride);
        _octets = Marshal.AllocHGlobal(Size * _frameStride);
        for (int i = 0; i < Size; i++)
        {
            nint header = _headers + i * HeaderStride;
            nint vector = _vectors + i * VectorStride;
            for (int k = 0; k < HeaderStride; k += 8) Marshal.WriteInt64(header + k, 0);
            Marshal.WriteIntPtr(header + 16, vector);
            Marshal.WriteInt64(header + 24, 1);
            Marshal.WriteIntPtr(header + 32, _controls + i * ControlStride);
            Marshal.WriteIntPtr(vector, _octets + i * _frameStride);
            Marshal.WriteInt64(vector + 8, maxFrameLength);
        }
    }

    public int MaxFrameLength { get; }

    /// <summary>Frames of the last call, and how many of them are taken already.</summary>
    public int Count { get; private set; }
    public int Taken { get; set; }

    /// <summary>Asks the kernel for frames.</summary>
    /// <returns>False when none waits, or the interface is down.</returns>
    public bool Fill(int descriptor, int max)
    {
        int wanted = Math.Min(max, Size);
        for (int i = 0; i < wanted; i++) Marshal.WriteInt64(_headers + i * HeaderStride + ControlLengthOffset, ControlStride);
        int received = LinuxSocket.ReceiveMany(descriptor, _headers, (uint)wanted, LinuxSocket.MSG_DONTWAIT, 0);
        Taken = 0;
        Count = Math.Max(received, 0);
        return Count > 0;
    }

    public int LengthOf(int index) => Marshal.ReadInt32(_headers + index * HeaderStride + ReceivedOffset);

    /// <summary>True when the frame was longer than <see cref="MaxFrameLength"/>.</summary>
    public bool Truncated(int index) => (Marshal.ReadInt32(_headers + index * HeaderStride + FlagsOffset) & LinuxSocket.MSG_TRUNC) != 0;

    public void Copy(int index, int from, byte[] to, int offset, int count)
    {
        Marshal.Copy(_octets + index * _frameStride + from, to, offset, count);
    }

    /// <summary>The VLAN tag that the kernel took out of the frame: EtherType &lt;&lt; 16 | control information, or -1 when none.</summary>
    public long StrippedTag(int index)
    {
        nint control = _controls + index * ControlStride;
        int status = StatusOf(index);
        if ((status & LinuxSocket.TP_STATUS_VLAN_VALID) == 0) return -1;
        int tag = (ushort)Marshal.ReadInt16(control + ControlHeader + 16);
        int type = (status & LinuxSocket.TP_STATUS_VLAN_TPID_VALID) != 0 ? (ushort)Marshal.ReadInt16(control + ControlHeader + 18) : 0x8100;
        return ((long)type << 16) | (long)tag;
    }

    /// <summary>True when a sender on this machine left the transport checksum to the interface, and nobody has completed it.</summary>
    public bool ChecksumOpen(int index) => (StatusOf(index) & LinuxSocket.TP_STATUS_CSUMNOTREADY) != 0;

    // The status of tpacket_auxdata; 0 when the kernel gave none.
    private int StatusOf(int index)
    {
        nint control = _controls + index * ControlStride;
        long length = Marshal.ReadInt64(_headers + index * HeaderStride + ControlLengthOffset);
        if (length < ControlHeader + 20) return 0;
        if (Marshal.ReadInt32(control + 8) != LinuxSocket.SOL_PACKET || Marshal.ReadInt32(control + 12) != LinuxSocket.PACKET_AUXDATA) return 0;
        return Marshal.ReadInt32(control + ControlHeader);
    }

    public void Dispose()
    {
        Marshal.FreeHGlobal(_headers);
        Marshal.FreeHGlobal(_vectors);
        Marshal.FreeHGlobal(_controls);
        Marshal.FreeHGlobal(_octets);
    }
}
