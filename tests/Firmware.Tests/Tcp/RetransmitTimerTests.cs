using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

/// <summary>RFC 6298 section 2 with numbers: SRTT, RTTVAR and the time that follows from them.</summary>
[TestClass]
public class RetransmitTimerTests
{
    [TestMethod]
    public void Measured_times_are_smoothed_as_RFC_6298_says()
    {
        RetransmitTimer timer = new();
        Assert.AreEqual(1000, timer.TimeoutMs, "(2.1) before the first measurement");

        // (2.2) R = 2000: SRTT 2000, RTTVAR 1000.
        timer.Measured(2000);
        Assert.AreEqual(2000, timer.RoundTripMs);
        Assert.AreEqual(6000, timer.TimeoutMs);

        // (2.3) R = 1000: RTTVAR 3/4 * 1000 + 1/4 * 1000, SRTT 7/8 * 2000 + 1/8 * 1000.
        timer.Measured(1000);
        Assert.AreEqual(1875, timer.RoundTripMs);
        Assert.AreEqual(5875, timer.TimeoutMs);
    }

    [TestMethod]
    public void The_time_stays_between_one_and_sixty_seconds_and_doubles_when_it_runs_out()
    {
        RetransmitTimer timer = new();
        timer.Measured(3);
        Assert.AreEqual(1000, timer.TimeoutMs, "(2.4)");
        int expected = 1000;
        for (int i = 0; i < 10; i++)
        {
            timer.BackOff();
            expected = Math.Min(expected * 2, 60_000);
            Assert.AreEqual(expected, timer.TimeoutMs, "(5.5), (2.5)");
        }
        timer.Clear();
        timer.SynWasLost();
        Assert.AreEqual(3000, timer.TimeoutMs, "(5.7)");
    }
}
