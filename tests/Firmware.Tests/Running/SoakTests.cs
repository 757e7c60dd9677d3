using System.Diagnostics;
using LabEdge.Bench.Soak;
using LabEdge.Forwarding;
using LabEdge.Tests.Running;

namespace LabEdge.Tests.Soak;

/// <summary>
/// A tenth of what <c>tools/bench -- soak</c> sends: frames from a seed through bridge domains, VRFs, pseudowires, LSPs and tunnels
/// while the tables change. And that a soak finds what it looks for.
/// </summary>
[TestClass]
public class SoakTests
{
    private const int Frames = 10_000_000;
    private const int Few = 100_000;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Ten_million_frames_under_churn_leave_exact_ledgers_and_cross_nowhere()
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        SoakOutcome outcome = SoakRun.Run(new NetKernel(), Frames, SeededNumbers.Seed);
        TestContext.WriteLine($"seed {SeededNumbers.Seed}: {outcome.Frames:N0} frames, {outcome.Forwarded:N0} forwarded, {outcome.Changes:N0} changes, {outcome.Layouts} of a prefix layout, "
            + $"{(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds:F0} s of CPU in the process\n{outcome.Passed}");
        Assert.AreEqual("", outcome.Wrong, $"seed {SeededNumbers.Seed}");
        Assert.IsGreaterThan(Frames / 4, outcome.Forwarded);
        Assert.IsGreaterThan(10, outcome.Layouts, "tables that went over to another layout");
        foreach (string way in new[] { "blue -> green", "transit -> transit", "wire A -> wire A", "bridge X -> bridge X", "bridge Y -> bridge Y" }) Assert.Contains(way, outcome.Passed);
    }

    [TestMethod]
    public void The_two_kernel_forms_do_the_same()
    {
        SoakOutcome net = SoakRun.Run(new NetKernel(), 10 * Few, SeededNumbers.Seed);
        SoakOutcome portable = SoakRun.Run(new PortableKernel(), 10 * Few, SeededNumbers.Seed);
        Assert.AreEqual("", portable.Wrong, $"seed {SeededNumbers.Seed}");
        Assert.AreEqual(net, portable);
    }

    [TestMethod]
    public void A_label_that_leads_into_another_customers_VRF_is_found()
    {
        SoakOutcome outcome = SoakRun.Run(new NetKernel(), Few, SeededNumbers.Seed,
            tables => tables.Labels.Set(SoakPolicy.ServiceLabel(SoakPolicy.Blue, 0), ForwardingHandle.Vrf | SoakPolicy.Red, ForwardingHandle.ScopeCore));
        Assert.Contains("crossed outside the policy", outcome.Wrong);
    }

    [TestMethod]
    public void A_circuit_in_the_wrong_bridge_domain_is_found()
    {
        // The trunk's VLAN of Y joins X: row 2 of the attachments, domain 0.
        SoakOutcome outcome = SoakRun.Run(new NetKernel(), Few, SeededNumbers.Seed, tables =>
        {
            tables.Bridges.Leave(1, ForwardingHandle.Attachment | 2);
            tables.Bridges.Join(0, ForwardingHandle.Attachment | 2, 0);
        });
        Assert.Contains("crossed outside the policy", outcome.Wrong);
    }

    [TestMethod]
    public void A_frame_that_is_counted_twice_is_found()
    {
        SoakOutcome outcome = SoakRun.Run(new NetKernel(), Few, SeededNumbers.Seed, tables => tables.Ledger.Forwarded[SoakPolicy.BluePort]++);
        Assert.Contains("ingress ledger of port 2", outcome.Wrong);
        Assert.Contains("egress ledger", outcome.Wrong);
    }
}
