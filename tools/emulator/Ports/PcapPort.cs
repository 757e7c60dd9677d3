using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>
/// A capture file as a port: its frames are received at the times they were captured, counted from the first look, or as fast as
/// they are taken. Frames that are sent go to another capture, or nowhere. The link is always up.
/// </summary>
public sealed class PcapPort : RealPort
{
    /// <summary>For <c>speed</c>: as fast as it goes.</summary>
    public const double Fast = 0;

    private readonly PcapReader _reader;
    private readonly PcapWriter _writer;
    private readonly Func<long> _nowMicroseconds;
    private readonly double _speed;
    private bool _waiting;
    private bool _ended;
    private bool _started;
    private long _startUs;
    private long _firstUs;

    /// <param name="speed">2 = in half the time; <see cref="Fast"/> = at once.</param>
    /// <param name="capture">File for what is sent; null = nowhere.</param>
    /// <param name="address">The station address; null = one made from the file's name.</param>
    /// <exception cref="PortException">The file is no capture, or the other cannot be made.</exception>
    public PcapPort(string file, double speed, string capture, int maxFrameLength, Func<long> nowMicroseconds, byte[] address = null) : base(file)
    {
        MaxFrameLength = maxFrameLength;
        _speed = speed;
        _nowMicroseconds = nowMicroseconds;
        if (address == null) StationAddress.Make("pcap:" + file, Address);
        else address.CopyTo(Address, 0);
        string at = file;
        try
        {
            // The reader has a buffer of its own.
            _reader = new PcapReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 0), file);
            at = capture;
            if (capture != null) _writer = new PcapWriter(capture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _reader?.Dispose();
            throw new PortException($"cannot open {at}: {exception.Message}");
        }

        LinkUp = true;
    }

    public override int WaitMs
    {
        get
        {
            if (_ended || !_started) return _ended ? int.MaxValue : 0;
            long left = DueUs() - _nowMicroseconds();
            return left <= 0 ? 0 : (int)Math.Min((left + 999) / 1000, int.MaxValue);
        }
    }

    public override string Remark => _reader.Damaged ? "the capture is damaged: what comes after the damage was not replayed" : null;

    public override int ReceiveBurst(Frame[] frames, int max)
    {
        int filled = 0;
        long now = _nowMicroseconds();
        while (filled < max && NextIsDue(now))
        {
            _waiting = false;
            Frame frame = frames[filled];
            if (_reader.Kept < _reader.Length || _reader.Length > MaxFrameLength + TagLength || !Fits(frame, _reader.Length))
            {
                TooLong++;
                continue;
            }

            _reader.Octets.CopyTo(frame.Octets.AsSpan(frame.Headroom));
            frame.Start = frame.Headroom;
            frame.Length = _reader.Length;
            filled++;
        }

        FramesReceived += filled;
        return filled;
    }

    public override bool Send(Frame frame)
    {
        if (frame.Length > MaxFrameLength + TagLength)
        {
            SendRefused++;
            return false;
        }

        _writer?.Write(_nowMicroseconds(), frame.Octets, frame.Start, frame.Length);
        FramesSent++;
        return true;
    }

    public override void Flush()
    {
    }

    protected override void Close()
    {
        _reader.Dispose();
        _writer?.Dispose();
    }

    private bool NextIsDue(long now)
    {
        if (!_waiting && !_ended)
        {
            _waiting = _reader.Next();
            _ended = !_waiting;
        }

        if (!_waiting) return false;
        if (!_started)
        {
            _started = true;
            _startUs = now;
            _firstUs = _reader.TimeUs;
        }

        return DueUs() <= now;
    }

    // When the next frame comes; at once when it is not read yet.
    private long DueUs() => _speed == Fast || !_waiting ? _startUs : _startUs + (long)((_reader.TimeUs - _firstUs) / _speed);
}
