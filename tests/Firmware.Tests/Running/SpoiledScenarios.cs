using LabEdge.Forwarding;
using LabEdge.Tests.Scenarios;

namespace LabEdge.Tests.Running;

/// <summary>
/// Every frame of every scenario of tests/scenarios, spoiled by a seed: what only tables ask for (bridges, tunnels, IPv6, rules of labels)
/// meets frames that are almost right. The running router's fuzz meets what a configuration can ask for.
/// </summary>
[TestClass]
public class SpoiledScenarios
{
    private const int SpoiledPerFrame = 150;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Spoiled_frames_of_every_scenario_end_alike_in_both_kernel_forms_and_ledgers_stay_exact()
    {
        int seed = (int)(SeededNumbers.Seed & int.MaxValue);
        int frames = 0;
        foreach (Scenario scenario in ScenarioFile.ReadFolder(Repository.PathOf("tests", "scenarios")))
        {
            ScenarioRouter portable = new(new PortableKernel());
            ScenarioRouter net = new(new NetKernel());
            foreach (ScenarioLine template in scenario.Lines)
            {
                if (IsJudgement(template)) continue;
                ScenarioLine line = template.Again();
                if (!line.Take("send"))
                {
                    portable.Do(line);
                    line = template.Again();
                    net.Do(line);
                    continue;
                }

                for (int i = 0; i < SpoiledPerFrame; i++)
                {
                    string first = portable.SendSpoiled(Sent(template), new Random(seed + i));
                    string second = net.SendSpoiled(Sent(template), new Random(seed + i));
                    Assert.AreEqual(first, second, $"seed {seed}, {template.Place}, form {i} of the frame");
                    frames++;
                }
            }
        }

        TestContext.WriteLine($"seed {seed}: {frames:N0} frames in each form");
        Assert.IsGreaterThan(10_000, frames);
    }

    /// <summary>For the woven world, with the kernel of the boards.</summary>
    /// <returns>What was not as it should be; empty when all was.</returns>
    public static string RunForCoverage(int seed)
    {
        List<string> found = [];
        foreach (Scenario scenario in ScenarioFile.ReadFolder(Repository.PathOf("tests", "scenarios")))
        {
            // Each frame is also tried beforehand, as explain does: the lines that note its rows are on its way too.
            TrialKernel kernel = new(new PortableKernel());
            ScenarioRouter router = new(kernel);
            foreach (ScenarioLine template in scenario.Lines)
            {
                if (IsJudgement(template)) continue;
                ScenarioLine line = template.Again();
                if (!line.Take("send"))
                {
                    router.Do(line);
                    continue;
                }

                try
                {
                    router.Send(line);
                    for (int i = 0; i < SpoiledPerFrame; i++) router.SendSpoiled(Sent(template), new Random(seed + i));
                }
                catch (ScenarioException error)
                {
                    found.Add(error.Message);
                }
            }

            found.AddRange(kernel.Differences);
        }

        return string.Join("; ", found.Take(10));
    }

    // What frames that are not spoiled come to, and the values that the router chose for them.
    private static bool IsJudgement(ScenarioLine template) => template.Again().Take("expect") || template.Text.Contains('$');

    private static ScenarioLine Sent(ScenarioLine template)
    {
        ScenarioLine line = template.Again();
        line.Need("send");
        return line;
    }
}
