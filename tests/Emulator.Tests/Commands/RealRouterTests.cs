using LabEdge.Emulator.Commands;

namespace LabEdge.Tests.Commands;

[TestClass]
public class RealRouterTests
{
    [TestMethod]
    [DataRow(0L, 0u)]
    [DataRow(4294967295L, 4294967295u)]
    [DataRow(4294967296L, 0u)]
    [DataRow(4294967301L, 5u)]
    [DataRow(10L * 365 * 86400 * 1000, 1827387392u)]
    public void The_routers_time_begins_again_after_49_days(long milliseconds, uint expected)
    {
        TimeSpan elapsed = new(milliseconds * TimeSpan.TicksPerMillisecond);
        Assert.AreEqual(expected, RealRouter.Milliseconds(elapsed));
        Assert.AreEqual(expected, RealRouter.Milliseconds(elapsed + new TimeSpan(TimeSpan.TicksPerMillisecond - 1)));
    }
}
