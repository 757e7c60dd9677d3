using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>One end of a <see cref="VirtualWire"/>: a port for a router, or the socket that a chip model plugs into.</summary>
public sealed class WireEnd : IEthernetPort
{
    /// <summary>Frames that wait for the router; more are dropped and counted, as by a MAC whose buffer is full.</summary>
    public const int MaxWaiting = 1024;

    private readonly VirtualWire _wire;
    private readonly int _end;
    private readonly FramePool _pool;
    private readonly Queue<WireFrame> _waiting = new();
    private byte[] _address = new byte[6];
    private bool _powered = true;

    internal WireEnd(VirtualWire wire, int end, FramePool pool)
    {
        _wire = wire;
        _end = end;
        _pool = pool;
        MaxFrameLength = wire.MaxFrameLength;
    }

    // Counters of frames that this end sent.
    public long Sent;
    public long DroppedDown;
    public long TooLong;
    public long Overrun;
    public long Lost;
    public long Duplicated;
    public long Reordered;
    public long Corrupted;

    /// <summary>Received frames that found <see cref="MaxWaiting"/> others, or did not fit the router's buffer.</summary>
    public long InboxDropped;

    /// <summary>Called when a frame waits or the link has changed.</summary>
    public Action Wake { get; set; }

    /// <summary>When set, arriving frames go here (octets, offset, count) and not to <see cref="Receive"/>.</summary>
    public Action<byte[], int, int> Chip { get; set; }

    /// <summary>When set, hears the state of the link.</summary>
    public Action<bool> ChipLink { get; set; }

    public VirtualWire Wire => _wire;

    /// <summary>0 or 1.</summary>
    public int Side => _end;

    public LinkKind Kind => LinkKind.Ethernet;

    public bool LinkUp => _wire.Carrier;

    /// <summary>Of the port, as the topology has it: a wire that is made narrower later does not tell its ends.</summary>
    public int MaxFrameLength { get; }

    /// <summary>False while the device behind this end is off: the link has no carrier, and what waited here is gone.</summary>
    public bool Powered
    {
        get => _powered;
        set
        {
            if (_powered == value) return;
            bool carrier = _wire.Carrier;
            _powered = value;
            while (!value && _waiting.TryDequeue(out WireFrame frame)) _pool.Return(frame);
            _wire.CarrierChanged(carrier);
        }
    }

    /// <summary>Sets the station address: before the router is made.</summary>
    public void SetAddress(byte[] address) => _address = (byte[])address.Clone();

    public void GetAddress(byte[] address, int offset) => Array.Copy(_address, 0, address, offset, 6);

    /// <summary>A wire end passes every frame that comes.</summary>
    public bool SetPromiscuous(bool on) => true;

    public bool Receive(Frame frame)
    {
        while (_waiting.TryDequeue(out WireFrame next))
        {
            bool fits = next.Length <= frame.Octets.Length - frame.Headroom - 32;
            if (fits)
            {
                Array.Copy(next.Octets, 0, frame.Octets, frame.Headroom, next.Length);
                frame.Start = frame.Headroom;
                frame.Length = next.Length;
            }
            else
            {
                InboxDropped++;
            }

            _pool.Return(next);
            if (fits) return true;
        }

        return false;
    }

    public int ReceiveBurst(Frame[] frames, int max)
    {
        int count = 0;
        while (count < max && Receive(frames[count])) count++;
        return count;
    }

    public bool Send(Frame frame) => _wire.Send(_end, frame.Octets, frame.Start, frame.Length);

    public void Flush()
    {
    }

    internal void Arrive(WireFrame frame)
    {
        if (Chip != null)
        {
            Chip(frame.Octets, 0, frame.Length);
            _pool.Return(frame);
        }
        else if (_waiting.Count >= MaxWaiting)
        {
            InboxDropped++;
            _pool.Return(frame);
        }
        else
        {
            _waiting.Enqueue(frame);
        }

        Wake?.Invoke();
    }

    internal void LinkChanged()
    {
        ChipLink?.Invoke(_wire.Carrier);
        Wake?.Invoke();
    }
}
