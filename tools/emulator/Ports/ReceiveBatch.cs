namespace LabEdge.Emulator;

/// <summary>Room for one recvmmsg(2) call: up to <see cref="Size"/> datagrams, a frame each. The memory is fixed and made once per port.</summary>
internal sealed class ReceiveBatch
{
    public const int Size = 32;

    private readonly int _frameStride;
    private readonly byte[] _octets;
    private readonly byte[] _messages;
    private readonly nint _messagesAddress;
    private int _count;
    private int _index = -1;

    /// <param name="maxFrameLength">Longest frame that is taken; longer ones are truncated.</param>
    public ReceiveBatch(int maxFrameLength)
    {
        _frameStride = (maxFrameLength + 63) & ~63;
        _octets = Mapped.Pinned(Size * _frameStride, out nint octets);
        _messages = Mapped.Pinned(MessageArray.LengthFor(Size), out _messagesAddress);
        for (int i = 0; i < Size; i++) MessageArray.Init(_messages, _messagesAddress, Size, i, octets + i * _frameStride, maxFrameLength);
    }

    /// <summary>Octets of the frame that <see cref="Next"/> went to; -1 when it was too long.</summary>
    public int Length => MessageArray.Truncated(_messages, _index) ? -1 : MessageArray.Received(_messages, _index);

    /// <summary>Its octets, until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(_index * _frameStride, MessageArray.Received(_messages, _index));

    /// <summary>Goes to the next frame, and asks the kernel when those of the last call are taken.</summary>
    /// <returns>False when none waits.</returns>
    public bool Next(int descriptor)
    {
        if (++_index < _count) return true;
        _index = -1;
        _count = LinuxSocket.ReceiveMany(descriptor, _messagesAddress, Size, LinuxSocket.MSG_DONTWAIT, 0);

        // An error (the peer's "port unreachable") comes in place of frames, once.
        if (_count < 0) _count = LinuxSocket.ReceiveMany(descriptor, _messagesAddress, Size, LinuxSocket.MSG_DONTWAIT, 0);
        if (_count <= 0) return false;
        _index = 0;
        return true;
    }
}
