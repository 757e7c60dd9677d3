using LabEdge.Bench;
using LabEdge.Forwarding;

namespace LabEdge.Tests;

/// <summary>The contestants of the forwarding race do the same work: all frames sent, octet for octet, and the same counters.</summary>
[TestClass]
public sealed class ForwardRaceTests
{
    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Kernels_and_C_send_the_same_frames_and_count_the_same()
    {
        foreach (ForwardKind kind in Enum.GetValues<ForwardKind>())
        {
            ForwardCase one = new(kind, 100, 5);
            ulong net = new NetForwarder(one, new NetKernel(), 64).Hash();
            Assert.AreEqual(net, new NetForwarder(one, new PortableKernel(), 64).Hash(), one.Title);
            foreach (string flag in new[] { "-DBRANCHLESS=0", "-DBRANCHLESS=1" })
            {
                NativeCode code = NativeCode.Build("forward.c", flag[^1..], [flag], out string absent);
                if (code == null)
                {
                    Assert.AreEqual("no cc", absent);
                    TestContext.WriteLine(absent);
                    continue;
                }

                using NativeForwarder native = new(one, code, 64);
                Assert.AreEqual(net, native.Hash(), $"{one.Title}, C {flag}");
            }
        }
    }

    [TestMethod]
    public void Other_keys_give_another_hash()
    {
        ulong a = new NetForwarder(new ForwardCase(ForwardKind.Swap, 0, 5), new NetKernel(), 64).Hash();
        ulong b = new NetForwarder(new ForwardCase(ForwardKind.Swap, 0, 6), new NetKernel(), 64).Hash();
        Assert.AreNotEqual(a, b);
    }

    [TestMethod]
    public void A_race_divides_the_time_of_the_reference_by_each_contestants()
    {
        long now = 0;
        Race race = new("counting", "ns/step") { Reference = "once", Judged = "twice", Budget = 0.95, Clock = () => now };
        race.Add(new Contestant("once", repeats => Work(repeats, 4000), () => 1));
        race.Add(new Contestant("twice", repeats => Work(repeats, 8000), () => 1));
        race.Add(new Contestant("nowhere", "not installed"));
        RaceResult result = race.Run(new BenchOptions { Rounds = 9, RoundMs = 2 });
        Assert.IsTrue(result.HashesAgree);
        Assert.AreEqual("not installed", result.RowOf("nowhere").Absent);
        Assert.AreEqual(4000.0, result.RowOf("once").Time, 1e-9);
        Assert.AreEqual(8000.0, result.RowOf("twice").Time, 1e-9);
        Assert.AreEqual(1.0, result.RowOf("once").Ratio.Median, 1e-9);
        Assert.AreEqual(0.5, result.RowOf("twice").Ratio.Median, 1e-9);
        Assert.IsFalse(result.RowOf("twice").Met);

        long Work(int repeats, int nsPerStep)
        {
            now += (long)repeats * nsPerStep;
            return repeats;
        }
    }
}
