using System.Runtime.InteropServices;

namespace LabEdge.Emulator;

/// <summary>
/// Frames gathered for one sendmmsg(2) call: copied on arrival, so the caller has its buffer back at once. The memory is fixed
/// and made once per port.
/// </summary>
internal sealed class SendBatch
{
    public const int Size = 64;

    private readonly int _frameStride;
    private readonly byte[] _octets;
    private readonly byte[] _messages;
    private readonly nint _messagesAddress;
    private int _count;

    public SendBatch(int maxFrameLength)
    {
        _frameStride = (maxFrameLength + 63) & ~63;
        _octets = Mapped.Pinned(Size * _frameStride, out nint octets);
        _messages = Mapped.Pinned(MessageArray.LengthFor(Size), out _messagesAddress);
        for (int i = 0; i < Size; i++) MessageArray.Init(_messages, _messagesAddress, Size, i, octets + i * _frameStride, 0);
        MaxFrameLength = maxFrameLength;
    }

    public int MaxFrameLength { get; }

    public bool Full => _count == Size;

    public bool Empty => _count == 0;

    /// <summary>Takes a frame; the batch is not full, and the frame not longer than <see cref="MaxFrameLength"/>.</summary>
    public void Add(byte[] octets, int offset, int count)
    {
        octets.AsSpan(offset, count).CopyTo(_octets.AsSpan(_count * _frameStride, count));
        MessageArray.SetLength(_messages, Size, _count, count);
        _count++;
    }

    /// <summary>Gives all to the kernel, and empties the batch.</summary>
    /// <returns>How many the kernel did not take.</returns>
    public int Flush(int descriptor)
    {
        int done = 0;
        int refused = 0;
        while (done < _count)
        {
            int taken = LinuxSocket.SendMany(descriptor, _messagesAddress + done * MessageArray.HeaderStride, (uint)(_count - done), LinuxSocket.MSG_DONTWAIT);
            if (taken > 0)
            {
                done += taken;
                continue;
            }

            // The first of the rest failed. No room, or no link: that will not change within this call. Else it alone is at fault.
            bool hopeless = Marshal.GetLastPInvokeError() is not (LinuxSocket.EMSGSIZE or LinuxSocket.ECONNREFUSED);
            int lost = hopeless ? _count - done : 1;
            refused += lost;
            done += lost;
        }

        _count = 0;
        return refused;
    }
}
