using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>What every lab that comes with the program promises a learner.</summary>
[TestClass]
public class TeachingLabTests
{
    public static IEnumerable<object[]> Labs => Directory.GetDirectories(Repository.PathOf("tools", "labs")).Select(Path.GetFileName).Order().Select(lab => new object[] { lab });

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Solved_it_scores_100_percent_on_either_kernel_and_over_either_chip(string lab)
    {
        foreach (LabOptions options in new[] { new LabOptions(), new LabOptions { Kernel = LabOptions.Portable }, new LabOptions { Mac = LabOptions.W5500 }, new LabOptions { Mac = LabOptions.Enc28j60 } })
        {
            LabReport report = LabFixture.Run(LabFixture.PathOf(lab), options);
            Assert.IsTrue(report.Ok, $"{options}: {LabFixture.Failures(report)}");
            Assert.AreEqual(100, report.Percent);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void From_the_start_it_scores_less_and_names_the_first_unmet_goal_with_reason_and_hint(string lab)
    {
        LabReport report = LabFixture.Run(LabFixture.PathOf(lab), new LabOptions { Start = true });
        Assert.IsLessThan(100, report.Percent);
        Assert.IsGreaterThan(10, report.FirstUnmet.Reason.Length);
        foreach (CheckResult result in report.Results) Assert.IsGreaterThan(10, result.Check.Hint.Length, $"\"{result.Check.Goal}\" has no hint");
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Its_goals_notice_each_fault_of_the_start_alone(string lab)
    {
        IReadOnlyList<StartFault> faults = StartFaults.Of(LabFixture.PathOf(lab));
        Assert.IsGreaterThan(0, faults.Count);
        List<string> unnoticed = [];
        foreach (StartFault fault in faults)
        {
            using LabFixture working = new(lab);
            File.WriteAllText(Path.Combine(working.Folder, fault.File), StartFaults.AllMendedBut(LabFixture.PathOf(lab), fault));
            if (IsGreen(working.Folder, fault)) unnoticed.Add(fault.ToString());
        }

        Assert.HasCount(0, unnoticed, string.Join('\n', unnoticed));
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void No_goal_is_met_in_a_network_where_every_link_is_cut(string lab)
    {
        LabReport report = new LabRun { Started = Cut }.Run(LabFixture.PathOf(lab), new LabOptions());
        string[] met = [.. report.Results.Where(result => result.Ok).Select(result => result.Check.Goal)];
        Assert.HasCount(0, met, string.Join('\n', met));
    }

    // What later lines refer to, such as a VRF, is missed before anything runs.
    private static bool IsGreen(string folder, StartFault fault)
    {
        try
        {
            return LabFixture.Run(folder).Ok;
        }
        catch (LabException exception)
        {
            foreach (LabProblem problem in exception.Problems) Assert.AreEqual(fault.File, problem.File);
            return false;
        }
    }

    private static void Cut(RunningLab lab)
    {
        foreach (VirtualWire wire in lab.Wires) wire.Up = false;
    }
}
