namespace LabEdge.Emulator;

/// <summary>One frame on its way through a wire.</summary>
public sealed class WireFrame
{
    public byte[] Octets;
    public int Length;

    /// <summary>Which life of its wire it was sent in (<see cref="VirtualWire.Up"/>).</summary>
    public int Generation;
}

/// <summary>Buffers for frames in flight, reused last in, first out. It grows to the most that were ever in flight.</summary>
public sealed class FramePool
{
    private readonly Stack<WireFrame> _free = new();

    /// <summary>Buffers made so far: it stands still in steady state.</summary>
    public int Made { get; private set; }

    /// <returns>A buffer of at least <paramref name="length"/> octets; its content is what the last user left.</returns>
    public WireFrame Rent(int length)
    {
        if (!_free.TryPop(out WireFrame frame))
        {
            frame = new WireFrame { Octets = new byte[2048] };
            Made++;
        }

        if (frame.Octets.Length < length) frame.Octets = new byte[length];
        frame.Length = length;
        return frame;
    }

    public void Return(WireFrame frame) => _free.Push(frame);
}
