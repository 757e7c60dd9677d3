using LabEdge.Emulator;

namespace LabEdge.Tests.Engine;

[TestClass]
public class EventQueueTests
{
    private sealed class Log(EventQueue queue) : IEventTarget
    {
        public List<(long Time, int What)> Seen { get; } = [];

        public void Happen(int what, object subject) => Seen.Add((queue.Now, what));
    }

    [TestMethod]
    public void Events_come_by_time_and_those_of_one_time_in_the_order_put_in()
    {
        EventQueue queue = new();
        Log log = new(queue);
        for (int i = 0; i < 1000; i++) queue.At(i * 37 % 10, log, i);
        while (queue.Step())
        {
        }

        List<(long, int)> expected = [.. Enumerable.Range(0, 1000).Select(i => ((long)(i * 37 % 10), i)).OrderBy(e => e.Item1)];
        CollectionAssert.AreEqual(expected, log.Seen);
    }

    [TestMethod]
    public void A_time_that_has_passed_means_now()
    {
        EventQueue queue = new();
        Log log = new(queue);
        queue.RunUntil(100);
        queue.At(5, log, 1);
        queue.Step();
        CollectionAssert.AreEqual(new[] { (100L, 1) }, log.Seen);
    }

    [TestMethod]
    public void RunUntil_takes_the_events_at_its_own_time_and_leaves_later_ones()
    {
        EventQueue queue = new();
        Log log = new(queue);
        queue.At(10, log, 1);
        queue.At(11, log, 2);
        queue.RunUntil(10);
        Assert.HasCount(1, log.Seen);
        Assert.AreEqual(10, queue.Now);
        Assert.AreEqual(11, queue.NextTime);
    }

    [TestMethod]
    public void RunUntil_a_condition_stops_at_its_limit_when_it_never_holds()
    {
        EventQueue queue = new();
        Log log = new(queue);
        queue.At(50, log, 1);
        queue.At(500, log, 2);
        Assert.IsFalse(queue.RunUntil(() => false, 100));
        Assert.AreEqual(100, queue.Now);
        Assert.IsTrue(queue.RunUntil(() => log.Seen.Count == 2, 1000));
        Assert.AreEqual(500, queue.Now);
    }

    [TestMethod]
    public void Router_time_wraps_at_two_to_the_32_milliseconds()
    {
        EventQueue queue = new();
        queue.RunUntil(((1L << 32) + 5) * 1000);
        Assert.AreEqual(5u, queue.NowMs);
    }

    [TestMethod]
    public void Steady_state_allocates_nothing()
    {
        EventQueue queue = new();
        Log log = new(queue);
        log.Seen.Capacity = 100_000;
        for (int i = 0; i < 1000; i++) queue.At(i, log, i);
        for (int i = 0; i < 1000; i++) queue.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            queue.At(queue.Now + 1, log, i);
            queue.Step();
        }

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
