using System.Diagnostics;
using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Hil;

/// <summary>
/// Sends frames into the device at a rate and takes what comes out. Frames of others (ARP, hellos) go on into the lab, which answers when it
/// runs again.
/// </summary>
public sealed class LoadGenerator
{
    private const int Burst = 32;
    private const int TagLength = 4;

    /// <summary>RFC 2544 section 23: frames that are still on their way are waited for.</summary>
    private const int DrainMs = 2_000;

    private readonly ExternalPort _in;
    private readonly ExternalPort _out;
    private readonly ExternalPort[] _others;
    private readonly Frame[] _received = new Frame[Burst];
    private readonly Frame _outgoing;
    private int _trial;

    // Of the trial that runs.
    private TestFrame _frame;
    private long[] _sentAt;
    private long[] _receivedAt;
    private int _last;
    private int _good;
    private int _damaged;
    private int _duplicates;
    private int _outOfOrder;

    /// <param name="ports">All cables of the device.</param>
    public LoadGenerator(IReadOnlyList<ExternalPort> ports, int into, int outOf)
    {
        _in = ports[into];
        _out = ports[outOf];
        _others = [.. ports.Where(port => port != _out)];
        int longest = ports.Max(port => port.End.MaxFrameLength) + TagLength;
        for (int i = 0; i < Burst; i++) _received[i] = new Frame(0, longest);
        _outgoing = new Frame(0, longest);
    }

    /// <summary>Runs one trial.</summary>
    /// <param name="count">Frames.</param>
    /// <param name="rate">Frames per second.</param>
    public TrialResult Run(TestFrame frame, int count, double rate)
    {
        _trial++;
        _frame = frame;
        _sentAt = new long[count];
        _receivedAt = new long[count];
        _last = -1;
        _good = _damaged = _duplicates = _outOfOrder = 0;
        double ticksPerFrame = Stopwatch.Frequency / rate;
        long start = Stopwatch.GetTimestamp();
        int next = 0;
        int refused = 0;
        while (next < count)
        {
            int due = (int)Math.Min(count, (Stopwatch.GetTimestamp() - start) / ticksPerFrame + 1);
            for (int i = 0; i < Burst && next < due; i++, next++)
            {
                if (!Send(next)) refused++;
            }

            _in.Flush();
            if (!Take()) Thread.Yield();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long heard = Stopwatch.GetTimestamp();
        while (_good + _damaged < count - refused && Stopwatch.GetElapsedTime(heard).TotalMilliseconds < DrainMs)
        {
            if (Take()) heard = Stopwatch.GetTimestamp();
            else Thread.Yield();
        }

        double[] latencies = [.. Enumerable.Range(0, count).Where(i => _receivedAt[i] > 0).Select(i => Stopwatch.GetElapsedTime(_sentAt[i], _receivedAt[i]).TotalMicroseconds).Order()];
        return new TrialResult(rate, count / Math.Max(seconds, 1e-9), count - refused, refused, _good, _damaged, _duplicates, _outOfOrder, latencies);
    }

    private bool Send(int number)
    {
        _frame.Write(_outgoing.Octets, _outgoing.Headroom, _trial, number);
        _outgoing.Start = _outgoing.Headroom;
        _outgoing.Length = _frame.LengthIn;
        _sentAt[number] = Stopwatch.GetTimestamp();
        return _in.Port.Send(_outgoing);
    }

    // True when something came.
    private bool Take()
    {
        int count = _out.Port.ReceiveBurst(_received, Burst);
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++) Judge(_received[i], now);
        foreach (ExternalPort other in _others) other.TakeIn();
        return count > 0;
    }

    private void Judge(Frame frame, long now)
    {
        int number = _frame.Read(frame.Octets.AsSpan(frame.Start, frame.Length), _trial, out bool right);
        if (number < 0 || number >= _sentAt.Length)
        {
            _out.Put(frame);
            return;
        }

        if (_receivedAt[number] != 0)
        {
            _duplicates++;
            return;
        }

        _receivedAt[number] = now;
        if (right) _good++;
        else _damaged++;
        if (number < _last) _outOfOrder++;
        else _last = number;
    }
}
