using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

/// <summary>Every scenario of tests/scenarios, in both kernel forms: frames in as the text says, frames out octet for octet, both ledgers after each.</summary>
[TestClass]
public class ScenarioTests
{
    private static readonly IReadOnlyList<Scenario> s_scenarios = ScenarioFile.ReadFolder(Repository.PathOf("tests", "scenarios"));

    public static IEnumerable<object[]> All => s_scenarios.Select(s => new object[] { s.ToString() });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Scenario_ends_as_its_text_says(string name)
    {
        Scenario scenario = s_scenarios.Single(s => s.ToString() == name);
        foreach (BurstKernel kernel in new BurstKernel[] { new PortableKernel(), new NetKernel() })
        {
            try
            {
                ScenarioRun.Run(scenario, kernel);
            }
            catch (ScenarioException error)
            {
                Assert.Fail($"{kernel.GetType().Name}: {scenario.Title} ({scenario.Source})\n{error.Message}");
            }
        }
    }

    [TestMethod]
    public void There_are_at_least_a_hundred_scenarios_and_each_says_where_its_promise_stands()
    {
        Assert.IsGreaterThanOrEqualTo(100, s_scenarios.Count);
        Assert.AreEqual("", string.Join(", ", s_scenarios.Where(s => s.Source.Length < 4)));
    }
}
