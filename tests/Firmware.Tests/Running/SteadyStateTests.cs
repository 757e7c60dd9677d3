using LabEdge.Forwarding;

namespace LabEdge.Tests.Running;

/// <summary>A converged router with nothing but good traffic.</summary>
[TestClass]
public class SteadyStateTests
{
    private const int Polls = 100_000;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_hundred_thousand_polls_with_traffic_allocate_nothing(bool net)
    {
        FuzzBench bench = new(SeededNumbers.Seed, net ? new NetKernel() : new PortableKernel(), FuzzConfiguration.Text) { Spoils = false };
        Assert.AreEqual(0, bench.Violations, string.Join(Environment.NewLine, bench.Noted));
        bench.RunPolls(Polls / 10);
        long forwarded = bench.Forwarded;
        AllocationMeter meter = new();
        bench.RunPolls(Polls);
        long allocated = meter.Octets;
        TestContext.WriteLine($"{Polls:N0} polls, {bench.Fed:N0} frames, {bench.Forwarded - forwarded:N0} forwarded: {allocated} octets allocated");
        Assert.AreEqual(0, allocated);
        Assert.IsGreaterThan(Polls, bench.Forwarded - forwarded);
        Assert.AreEqual(0, bench.Violations, string.Join(Environment.NewLine, bench.Noted));
    }
}
