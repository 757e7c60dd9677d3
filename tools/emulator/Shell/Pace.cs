using System.Diagnostics;

namespace LabEdge.Emulator.Shell;

/// <summary>How virtual time follows the clock: not at all (as quick as this machine can, and never while nobody asks), or by a factor.</summary>
public sealed class Pace
{
    private long _startUs;
    private long _startTicks;

    /// <summary>Virtual seconds per second; 0: as quick as this machine can.</summary>
    public double Factor { get; private set; }

    /// <summary>True when time passes by itself.</summary>
    public bool Flows => Factor > 0;

    /// <param name="nowUs">Virtual time of the change.</param>
    public void Set(double factor, long nowUs)
    {
        Factor = factor;
        Restart(nowUs);
    }

    /// <summary>Whatever time has passed on the clock until now does not count.</summary>
    public void Restart(long nowUs)
    {
        _startUs = nowUs;
        _startTicks = Stopwatch.GetTimestamp();
    }

    /// <summary>The virtual time that it is by the clock.</summary>
    public long DueUs => _startUs + (long)(Stopwatch.GetElapsedTime(_startTicks).TotalMicroseconds * Factor);
}
