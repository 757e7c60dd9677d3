using LabEdge.Forwarding;
using LabEdge.Tests.Kernels;
using LabEdge.Tests.Running;
using LabEdge.Tests.Scenarios;

namespace LabEdge.Tests.Trial;

/// <summary>What the trial of a frame says is what the router then does, in both kernel forms, and the trial itself leaves no trace.</summary>
[TestClass]
public class FrameTrialTests
{
    private const int Seed = 20261128;

    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Trial_and_kernels_agree_on_every_shape_and_on_spoiled_ones(bool verify)
    {
        FrameShapes shapes = new(Seed, 400);
        foreach (BurstKernel form in new BurstKernel[] { new PortableKernel(), new NetKernel() })
        {
            TrialKernel kernel = new(form);
            KernelUnderTest test = new(kernel, verify);
            Random random = new(Seed);
            for (int n = 0; n < 20_000; n++)
            {
                int shape = n < 400 ? n : random.Next(400);
                byte[] octets = (byte[])shapes.Octets[shape].Clone();
                if (n >= 800 && octets.Length > 0) octets[random.Next(Math.Min(octets.Length, 50))] ^= (byte)(1 << random.Next(8));
                int cut = n >= 400 && random.Next(8) == 0 ? random.Next(octets.Length + 1) : octets.Length;
                test.Run(shapes.Port[shape], octets.AsSpan(0, cut));
            }

            AssertTrue(kernel, form);
            Assert.IsGreaterThan(5_000, kernel.Forwarded);
            Assert.IsGreaterThan(17, kernel.Reasons.Count);
        }
    }

    [TestMethod]
    public void Trial_and_kernels_agree_on_the_frames_of_every_scenario_and_on_spoiled_ones()
    {
        const int spoiled = 12;
        HashSet<int> rows = [];
        HashSet<int> reasons = [];
        foreach (BurstKernel form in new BurstKernel[] { new PortableKernel(), new NetKernel() })
        {
            foreach (Scenario scenario in ScenarioFile.ReadFolder(Repository.PathOf("tests", "scenarios")))
            {
                TrialKernel kernel = new(form, 8);
                ScenarioRouter router = new(kernel);
                int seed = Seed;
                foreach (ScenarioLine template in scenario.Lines)
                {
                    if (template.Again().Take("expect") || template.Text.Contains('$')) continue;
                    ScenarioLine line = template.Again();
                    if (!line.Take("send"))
                    {
                        router.Do(line);
                        continue;
                    }

                    router.Send(line);
                    for (int i = 0; i < spoiled; i++)
                    {
                        line = template.Again();
                        line.Need("send");
                        router.SendSpoiled(line, new Random(seed++));
                    }
                }

                Assert.IsEmpty(kernel.Differences, $"{scenario}, {form.GetType().Name}: {string.Join('\n', kernel.Differences)}");
                rows.UnionWith(kernel.Rows);
                reasons.UnionWith(kernel.Reasons);
            }
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(FrameTrace.Circuit, FrameTrace.Tunnel).ToArray(), rows.ToArray());
        TestContext.WriteLine($"seed {Seed}: {reasons.Count - 1} reasons of drops");
        Assert.IsGreaterThan(30, reasons.Count);
    }

    [TestMethod]
    public void Trial_and_kernels_agree_in_a_running_router_under_fuzz()
    {
        ulong seed = SeededNumbers.Seed;
        foreach (BurstKernel form in new BurstKernel[] { new PortableKernel(), new NetKernel() })
        {
            TrialKernel kernel = new(form, 500);
            FuzzBench bench = new(seed, kernel, FuzzConfiguration.Text);
            bench.Run(20_000);
            TestContext.WriteLine($"seed {seed}");
            AssertTrue(kernel, form);
            Assert.AreEqual(0, bench.Violations, string.Join('\n', bench.Noted));
        }
    }

    private void AssertTrue(TrialKernel kernel, BurstKernel form)
    {
        TestContext.WriteLine($"{form.GetType().Name}: {kernel.Frames} frames, {kernel.Forwarded} forwarded, {kernel.Dropped} dropped for {kernel.Reasons.Count - 1} reasons, {kernel.Noted} for the router itself");
        Assert.IsEmpty(kernel.Differences, string.Join('\n', kernel.Differences));
    }
}
