using LabEdge.Hal;

namespace LabEdge.Emulator.Chips;

/// <summary>
/// A chip's own clock in nanoseconds. It never runs behind the lab's, and moves on with what its chip does: a driver that polls gets
/// somewhere even in a lab whose virtual time stands still during a call.
/// </summary>
/// <param name="labMicroseconds">The lab's clock; may stand still between and during calls, never runs back.</param>
public sealed class ChipTime(Func<long> labMicroseconds) : IClock
{
    private long _ownNs;

    public long NowNanoseconds
    {
        get
        {
            long given = labMicroseconds() * 1000;
            if (given > _ownNs) _ownNs = given;
            return _ownNs;
        }
    }

    /// <summary>Lets time pass for the chip alone.</summary>
    public void Advance(long nanoseconds) => _ownNs = NowNanoseconds + nanoseconds;

    /// <summary>Milliseconds, as a board's clock that moves during a call.</summary>
    public uint NowMs() => (uint)(NowNanoseconds / 1_000_000);
}
