using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class PortBucketsTests
{
    [TestMethod]
    public void A_full_bucket_gives_its_burst_and_then_nothing()
    {
        PortBuckets bucket = new(2, 100, 5);
        for (int i = 0; i < 5; i++) Assert.IsTrue(bucket.Take(1, 7));
        Assert.IsFalse(bucket.Take(1, 7));
        Assert.IsFalse(bucket.Take(1, 16));
        Assert.IsTrue(bucket.Take(1, 17), "100 per second is one per 10 ms");
        Assert.IsFalse(bucket.Take(1, 17));
    }

    [TestMethod]
    [DataRow(100, 100, 1u)]
    [DataRow(1000, 1000, 3u)]
    [DataRow(200, 20, 7u)]
    [DataRow(3, 2, 40u)]
    public void In_the_long_run_the_rate_holds(int perSecond, int burst, uint stepMs)
    {
        PortBuckets bucket = new(2, perSecond, burst);
        uint now = 0xFFFFF000; // wraps on the way
        int taken = 0;
        uint elapsed = 0;
        while (elapsed < 60_000)
        {
            for (int i = 0; i < 10; i++) taken += bucket.Take(1, now) ? 1 : 0;
            now += stepMs;
            elapsed += stepMs;
        }
        int most = burst + perSecond * 60;
        Assert.IsTrue(taken <= most + 1 && taken >= Math.Min(most, (int)(10 * elapsed / stepMs)) - perSecond / 20 - 1, $"{taken} of {most}");
    }

    [TestMethod]
    public void A_long_rest_fills_it_and_no_more()
    {
        PortBuckets bucket = new(2, 1_000_000, 1_000_000);
        Assert.IsTrue(bucket.Take(1, 0));
        Assert.IsTrue(bucket.Take(1, 0x7FFFFFFF));
        PortBuckets small = new(2, 1, 2);
        for (int i = 0; i < 2; i++) Assert.IsTrue(small.Take(1, 0));
        for (int i = 0; i < 2; i++) Assert.IsTrue(small.Take(1, 4_000_000_000));
        Assert.IsFalse(small.Take(1, 4_000_000_000));
    }
}
