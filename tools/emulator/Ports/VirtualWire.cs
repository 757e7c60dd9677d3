namespace LabEdge.Emulator;

/// <summary>Someone who looks at a wire without touching it.</summary>
public interface IWireTap
{
    /// <summary>A frame goes into the wire at one end (0 or 1), before any fault of the wire.</summary>
    void Sent(VirtualWire wire, int end, byte[] octets, int offset, int count);

    /// <summary>A frame comes out at one end.</summary>
    void Delivered(VirtualWire wire, int end, byte[] octets, int offset, int count);
}

/// <summary>
/// A cable in virtual time with two ends and, where asked for, faults drawn from the seed. Frames arrive in the order in which
/// they were sent, but for those that the reorder fault holds back. Nothing is allocated per frame in steady state.
/// </summary>
public sealed class VirtualWire : IEventTarget
{
    /// <summary>Frames in flight in one direction; more are dropped and counted (<see cref="WireEnd.Overrun"/>).</summary>
    public const int MaxInFlight = 4096;

    private readonly EventQueue _queue;
    private readonly FramePool _pool;
    private readonly List<IWireTap> _taps = [];
    private readonly long[] _busyUntil = new long[2];
    private readonly long[] _lastArrival = new long[2];
    private readonly int[] _inFlight = new int[2];
    private readonly SeededStream[] _loss;
    private readonly SeededStream[] _duplicate;
    private readonly SeededStream[] _reorder;
    private readonly SeededStream[] _corrupt;
    private bool _up = true;

    // One more each time the wire goes down: what was sent before is lost, even when the wire is up again when it would arrive.
    private int _generation;

    /// <param name="index">Its place in the topology.</param>
    /// <param name="name">Of the link, such as <c>pe1-p</c>: with the seed it determines the faults.</param>
    public VirtualWire(EventQueue queue, FramePool pool, int index, string name, WireSettings settings, long seed)
    {
        _queue = queue;
        _pool = pool;
        Index = index;
        Name = name;
        Settings = settings;
        Ends = [new WireEnd(this, 0, pool), new WireEnd(this, 1, pool)];
        _loss = Streams(seed, "loss");
        _duplicate = Streams(seed, "duplicate");
        _reorder = Streams(seed, "reorder");
        _corrupt = Streams(seed, "corrupt");
    }

    public int Index { get; }
    public string Name { get; }

    /// <summary>A change holds for frames sent from now on.</summary>
    public WireSettings Settings { get; set; }
    public WireEnd[] Ends { get; }

    /// <summary>Longest frame that goes through, Ethernet header included.</summary>
    public int MaxFrameLength => Settings.Mtu + 14;

    /// <summary>Pulled or plugged in. Frames in flight when it goes down are lost; both ends are woken.</summary>
    public bool Up
    {
        get => _up;
        set
        {
            bool carrier = Carrier;
            _up = value;
            CarrierChanged(carrier);
        }
    }

    /// <summary>What both ends see: plugged in, and a device that is on at either end.</summary>
    public bool Carrier => _up && Ends[0].Powered && Ends[1].Powered;

    public void AddTap(IWireTap tap) => _taps.Add(tap);

    public void RemoveTap(IWireTap tap) => _taps.Remove(tap);

    /// <summary>Takes a copy of a frame at one end.</summary>
    /// <returns>False when the wire is down, the frame too long, or too many are in flight.</returns>
    public bool Send(int end, byte[] octets, int offset, int count)
    {
        WireEnd from = Ends[end];
        if (!Carrier)
        {
            from.DroppedDown++;
            return false;
        }

        if (count > MaxFrameLength)
        {
            from.TooLong++;
            return false;
        }

        if (_inFlight[end] >= MaxInFlight)
        {
            from.Overrun++;
            return false;
        }

        from.Sent++;
        foreach (IWireTap tap in _taps) tap.Sent(this, end, octets, offset, count);

        long start = Math.Max(_queue.Now, _busyUntil[end]);
        _busyUntil[end] = start + SendingTime(count);
        if (_loss[end].Chance(Settings.LossPerMillion))
        {
            from.Lost++;
            return true;
        }

        // Where the delay has become shorter meanwhile, no frame overtakes those before it.
        long arrival = Math.Max(_busyUntil[end] + Settings.DelayUs, _lastArrival[end]);
        _lastArrival[end] = arrival;
        bool twice = _duplicate[end].Chance(Settings.DuplicatePerMillion);
        bool damaged = _corrupt[end].Chance(Settings.CorruptPerMillion);
        if (_reorder[end].Chance(Settings.ReorderPerMillion))
        {
            from.Reordered++;
            arrival += Settings.ReorderDelayUs;
        }

        WireFrame frame = Launch(end, octets, offset, count, arrival);
        if (damaged)
        {
            from.Corrupted++;
            int bit = _corrupt[end].Below(count * 8);
            frame.Octets[bit >> 3] ^= (byte)(1 << (bit & 7));
        }

        if (twice)
        {
            from.Duplicated++;
            Launch(end, frame.Octets, 0, count, arrival);
        }

        return true;
    }

    /// <summary>A frame arrives, unless the wire was down since. <paramref name="what"/> is the end that sent it.</summary>
    public void Happen(int what, object subject)
    {
        WireFrame frame = (WireFrame)subject;
        int end = 1 - what;
        if (frame.Generation != _generation)
        {
            _pool.Return(frame);
            return;
        }

        _inFlight[what]--;

        foreach (IWireTap tap in _taps) tap.Delivered(this, end, frame.Octets, 0, frame.Length);
        Ends[end].Arrive(frame);
    }

    // Counted at once; the buffers come back when their time of arrival does.
    private void LoseAll()
    {
        _generation++;
        for (int end = 0; end < 2; end++)
        {
            Ends[end].Lost += _inFlight[end];
            _inFlight[end] = 0;
            _busyUntil[end] = 0;
            _lastArrival[end] = 0;
        }
    }

    internal void CarrierChanged(bool before)
    {
        if (before == Carrier) return;
        if (before) LoseAll();
        foreach (WireEnd end in Ends) end.LinkChanged();
    }

    private WireFrame Launch(int end, byte[] octets, int offset, int count, long arrival)
    {
        WireFrame frame = _pool.Rent(count);
        Array.Copy(octets, offset, frame.Octets, 0, count);
        frame.Generation = _generation;
        _inFlight[end]++;
        _queue.At(arrival, this, end, frame);
        return frame;
    }

    /// <summary>Preamble, FCS and gap (24 octets) count, as they do on a real cable.</summary>
    private long SendingTime(int count)
    {
        if (Settings.BandwidthBits == 0) return 0;
        return ((count + 24) * 8_000_000L + Settings.BandwidthBits - 1) / Settings.BandwidthBits;
    }

    private SeededStream[] Streams(long seed, string fault)
    {
        return [new SeededStream(seed, $"wire/{Name}/0/{fault}"), new SeededStream(seed, $"wire/{Name}/1/{fault}")];
    }
}
