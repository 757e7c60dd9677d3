using System.Diagnostics;

namespace LabEdge.Emulator;

/// <summary>How virtual time follows the clock of this machine. It begins when it is first asked.</summary>
/// <param name="factor">Virtual seconds per second; 1 is real time.</param>
public sealed class LabClock(double factor)
{
    /// <summary>Nobody sleeps longer: a link of this machine may change, or a person press a key.</summary>
    private const int LongestWaitMs = 50;

    private long _startTicks = -1;
    private long _startUs;

    public double Factor => factor;

    /// <summary>The virtual time that it should be.</summary>
    /// <param name="nowUs">The virtual time that it is.</param>
    public long DueUs(long nowUs)
    {
        if (_startTicks < 0)
        {
            _startTicks = Stopwatch.GetTimestamp();
            _startUs = nowUs;
        }

        return _startUs + (long)(Stopwatch.GetElapsedTime(_startTicks).TotalMicroseconds * factor);
    }

    /// <returns>Milliseconds until a virtual time has come.</returns>
    public int WaitMs(long nowUs, long untilUs)
    {
        double us = (untilUs - DueUs(nowUs)) / factor;
        return us <= 0 ? 0 : us >= LongestWaitMs * 1000 ? LongestWaitMs : (int)Math.Ceiling(us / 1000);
    }
}
