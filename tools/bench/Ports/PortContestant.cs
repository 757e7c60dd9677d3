using LabEdge.Emulator;
using LabEdge.Hal;

namespace LabEdge.Bench;

/// <summary>One forwarder between two ports, with the ends that feed it and take from it.</summary>
public abstract class PortContestant : IDisposable
{
    private const ulong HashStart = 0xCBF29CE484222325;
    private const int QuietMs = 20;
    private const int BatchSize = 64;
    private const int MostWaitMs = 50;

    private readonly List<double> _framesPerCpuSecond = [];
    private int _next;
    private long _sent;
    private long _delivered;

    protected PortContestant(string name)
    {
        Name = name;
    }

    public string Name { get; }

    /// <summary>Why it did not run; null when it does.</summary>
    public string Absent { get; private set; }

    /// <summary>Over the frames of <see cref="Check"/>, in the order in which they came out.</summary>
    public ulong Hash { get; private set; }

    public double[] FramesPerCpuSecond => [.. _framesPerCpuSecond];

    /// <summary>Part of the frames offered in all rounds that came out; the rest were dropped before the forwarder took them.</summary>
    public double Delivered => _sent == 0 ? 0 : (double)_delivered / _sent;

    protected ForwarderProcess Forwarder { get; set; }

    protected RealPort Sender { get; set; }

    /// <summary>Makes ends and forwarder; what cannot be is said in <see cref="Absent"/>.</summary>
    public void Open()
    {
        try
        {
            Start();
        }
        catch (PortException exception)
        {
            Absent = exception.Message;
            Dispose();
        }
    }

    /// <summary>Sends every frame once and hashes what comes out: the forwarder knows its neighbour then, and has run.</summary>
    public void Check(Frame[] frames)
    {
        if (Absent != null) return;
        RealPort sink = OpenSink();
        Check(frames, sink);
        CloseSink(sink);
    }

    private void Check(Frame[] frames, RealPort sink)
    {
        Frame received = new(LabelledFrames.Headroom, 1614);
        long end = Environment.TickCount64 + 15_000;
        bool any = false;
        while (!any)
        {
            if (Environment.TickCount64 > end)
            {
                Absent = "no frame came out";
                return;
            }
            Sender.Send(frames[0]);
            Sender.Flush();
            any = Take(sink, received, 200, out _);
        }
        while (Take(sink, received, 300, out _))
        {
        }

        ulong hash = HashStart;
        int came = 0;
        foreach (Frame frame in frames) Sender.Send(frame);
        Sender.Flush();
        while (Take(sink, received, 300, out bool labelled))
        {
            if (!labelled) continue;
            hash = LabelledFrames.Hash(hash, received);
            came++;
        }
        Hash = hash;
        if (came != frames.Length) Absent = $"{came} of {frames.Length} frames came out";
    }

    /// <summary>Offers so many frames as fast as the sender can, and takes the forwarder's CPU time until nothing comes out any more.</summary>
    /// <param name="counted">False for a round that warms up.</param>
    public void Round(Frame[] frames, int count, bool counted)
    {
        long cpu = Forwarder.CpuNs();
        long before = Out();
        for (int sent = 0; sent < count; sent += BatchSize)
        {
            for (int i = 0; i < BatchSize; i++)
            {
                Sender.Send(frames[_next]);
                if (++_next == frames.Length) _next = 0;
            }
            Sender.Flush();
            Relieve();
            long end = Environment.TickCount64 + MostWaitMs;
            while (Window != 0 && sent - (Out() - before) > Window && Environment.TickCount64 < end)
            {
            }
        }
        long after = Out();
        for (long last = -1; last != after; after = Out())
        {
            last = after;
            Thread.Sleep(QuietMs);
            Relieve();
        }
        if (!counted) return;
        _framesPerCpuSecond.Add((after - before) * 1e9 / (Forwarder.CpuNs() - cpu));
        _sent += count;
        _delivered += after - before;
    }

    public virtual void Dispose()
    {
        Forwarder?.Dispose();
        Forwarder = null;
        Sender?.Dispose();
    }

    /// <summary>Frames that may be under way at most, where a short queue would drop nearly all; 0 = any number.</summary>
    protected virtual int Window => 0;

    protected abstract void Start();

    /// <summary>A port that sees what comes out, for <see cref="Check"/>.</summary>
    protected abstract RealPort OpenSink();

    /// <summary>The check is over: what it looked through costs the forwarder nothing from here on.</summary>
    protected virtual void CloseSink(RealPort sink) => sink.Dispose();

    /// <summary>Frames that have come out so far.</summary>
    protected abstract long Out();

    /// <summary>Takes what a far end holds that has to be emptied.</summary>
    protected virtual void Relieve()
    {
    }

    /// <summary>What is not a labelled frame, for a far end that has to answer it.</summary>
    protected virtual void Answer(Frame frame)
    {
    }

    private bool Take(RealPort sink, Frame frame, int milliseconds, out bool labelled)
    {
        labelled = false;
        long end = Environment.TickCount64 + milliseconds;
        do
        {
            if (!sink.Receive(frame)) continue;
            labelled = frame.Octets[frame.Start + 12] == 0x88 && frame.Octets[frame.Start + 13] == 0x47;
            if (labelled) return true;
            Answer(frame);
        }
        while (Environment.TickCount64 < end);
        return false;
    }
}
