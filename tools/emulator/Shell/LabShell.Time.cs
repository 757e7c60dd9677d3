using static LabEdge.Emulator.Commands.LabText;

namespace LabEdge.Emulator.Shell;

// Time: it passes when a line asks for it, or by the clock.
public sealed partial class LabShell
{
    // Virtual time between two looks at Ctrl-C.
    private const long SliceUs = 100_000;

    private const int RestMs = 5;

    /// <summary>Lets pass what has passed on the clock, where time flows.</summary>
    public void Flow()
    {
        if (Session.Lab.Clock != null) Session.RunUntil(Session.Lab.Clock.DueUs(Session.NowUs));
        else if (_pace.Flows) Session.RunUntil(_pace.DueUs);
    }

    private void SetSpeed(double factor)
    {
        if (Session.Lab.Clock == null) _pace.Set(factor, Session.NowUs);
        else if (factor != Session.Lab.Clock.Factor) Fault("speed: expected real, for the lab has nodes outside, which keep the clock's time");
    }

    private void Until(long timeUs)
    {
        if (timeUs < Session.NowUs) Fault($"\"{Seconds(timeUs)}\": expected a time that has not passed; it is {Seconds(Session.NowUs)}");
        else Run(timeUs);
    }

    private void Run(long untilUs)
    {
        while (Session.NowUs < untilUs && !Interrupted())
        {
            // A lab with nodes outside keeps the clock's time by itself.
            if (!_pace.Flows || Session.Lab.Clock != null)
            {
                Session.RunUntil(Math.Min(untilUs, Session.NowUs + SliceUs));
                continue;
            }

            Session.RunUntil(Math.Min(untilUs, _pace.DueUs));
            if (Session.NowUs < untilUs) Thread.Sleep(RestMs);
        }
    }
}
