using System.Diagnostics;
using LabEdge.Forwarding;
using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Running;

/// <summary>
/// Millions of frames through a running, configured router. The seed is printed; LABEDGE_SEED sets another one.
/// </summary>
[TestClass]
public class RunningRouterFuzz
{
    private const long Frames = 5_000_000;
    private const long WarmUp = 300_000;
    private const long CoverageFrames = 400_000;
    private const int WantedPercent = 90;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Five_million_frames_throw_nothing_cross_nothing_and_leave_memory_as_it_was()
    {
        ulong seed = SeededNumbers.Seed;
        TestContext.WriteLine($"seed {seed} (LABEDGE_SEED sets another)");
        FuzzBench bench = new(seed, new NetKernel(), FuzzConfiguration.Text);
        AssertClean(bench, seed);
        bench.Run(WarmUp);
        bench.Settle();
        string before = UsedRows.Of(bench.Router);
        Stopwatch watch = Stopwatch.StartNew();
        AllocationMeter meter = new();
        bench.Run(Frames);
        bench.Settle();
        long allocated = meter.Octets;
        watch.Stop();
        TestContext.WriteLine($"{Frames:N0} frames in {watch.Elapsed.TotalSeconds:F1} s: {bench.Forwarded:N0} left as received, {bench.Originated:N0} of the router's own, "
            + $"{bench.WithMarker:N0} of them with their owner's marker; {allocated} octets allocated");
        Print(bench.Router.Tables.Ledger);
        AssertClean(bench, seed);
        Assert.AreEqual(0, allocated, $"seed {seed}");
        Assert.AreEqual(before, UsedRows.Of(bench.Router), $"seed {seed}");
        Assert.IsLessThanOrEqualTo(2 * bench.Router.Host.Neighbors.Count, UsedRows.NeighborTransports(bench.Router));
        AssertLedgersAddUp(bench);
        Assert.IsGreaterThan(Frames / 4, bench.WithMarker);
        Assert.IsGreaterThan(Frames / 100, bench.Originated);
    }

    [TestMethod]
    public void Customers_whose_ports_are_exchanged_in_the_policy_are_noticed()
    {
        // The checker itself: the router runs one configuration, the policy is read from one with two names exchanged.
        string other = FuzzConfiguration.Text.Replace("Ethernet7", "Ethernet9").Replace("Ethernet8", "Ethernet7").Replace("Ethernet9", "Ethernet8");
        FuzzBench bench = new(SeededNumbers.Seed, new NetKernel(), other);
        bench.Run(20_000);
        Assert.IsGreaterThan(100, bench.Violations);
        TestContext.WriteLine(bench.Noted[0]);
    }

    [TestMethod]
    public void The_fuzz_reaches_nine_of_ten_branches_that_read_frames()
    {
        ulong seed = SeededNumbers.Seed;
        WovenContext world = new("LabEdge.Forwarding", "LabEdge.Host");
        string found = (string)world.Run(typeof(RunningRouterFuzz), nameof(RunForCoverage), seed, CoverageFrames);
        found += (string)world.Run(typeof(SpoiledScenarios), nameof(SpoiledScenarios.RunForCoverage), (int)(seed & int.MaxValue));
        world.Run(typeof(SpoiledIpv6), nameof(SpoiledIpv6.RunForCoverage), (int)(seed & int.MaxValue));
        world.Run(typeof(RunningRouterFuzz), nameof(RunHandlers));
        BranchTable table = new(ReceiveSide.Methods(), world.Counted());
        TestContext.WriteLine($"seed {seed}, {CoverageFrames:N0} frames through a configured router, and the spoiled frames of every scenario");
        TestContext.WriteLine(table.ToString());
        Assert.AreEqual("", found);
        Assert.IsGreaterThanOrEqualTo(WantedPercent, table.Percent);
    }

    /// <summary>Runs in the woven world: packets for protocols, which the fuzzed router does not speak.</summary>
    public static string RunHandlers()
    {
        foreach (System.Reflection.MethodInfo test in typeof(Host.HandlerTests).GetMethods().Where(m => m.IsDefined(typeof(TestMethodAttribute), false)))
        {
            foreach (object[] row in test.GetCustomAttributes(typeof(DataRowAttribute), false).Select(r => ((DataRowAttribute)r).Data).DefaultIfEmpty([]))
            {
                test.Invoke(new Host.HandlerTests(), row);
            }
        }

        return "";
    }

    /// <summary>Runs in the woven world, with the kernel of the boards.</summary>
    /// <returns>What was not allowed; empty when all was.</returns>
    public static string RunForCoverage(ulong seed, long frames)
    {
        FuzzBench bench = new(seed, new PortableKernel(), FuzzConfiguration.Text);
        bench.Run(frames);

        // The same while somebody asks what a frame meets.
        bench.Router.Tables.General.Trace = new FrameTrace();
        bench.Run(frames / 10);
        return string.Join("; ", bench.Noted);
    }

    private static void AssertClean(FuzzBench bench, ulong seed)
    {
        Assert.AreEqual(0, bench.Violations, $"seed {seed}: {string.Join(Environment.NewLine, bench.Noted)}");
    }

    private static void AssertLedgersAddUp(FuzzBench bench)
    {
        Tables tables = bench.Router.Tables;
        Ledger ledger = tables.Ledger;
        for (int port = 0; port < bench.Ports.Length; port++)
        {
            Assert.AreEqual(bench.Ports[port].Given, ledger.Received[port], $"port {port}: received");
            Assert.AreEqual(ledger.Received[port], ledger.Forwarded[port] + ledger.Punted[port] + ledger.DroppedOn(port), $"port {port}: ingress");
            Assert.AreEqual(bench.Ports[port].Taken, tables.SentOn(port), $"port {port}: sent");
            Assert.AreEqual(bench.Ports[port].Offered - bench.Ports[port].Taken, ledger.EgressDropped[port], $"port {port}: refused");
        }

        Assert.AreEqual(ledger.Forwarded.Sum() + ledger.Originated.Sum() + ledger.Copied.Sum() + ledger.Fragments.Sum(), bench.Ports.Sum(p => p.Offered), "egress");
        Assert.AreEqual(ledger.Punted.Sum(), ledger.PuntedByClass.Sum(), "punted");
    }

    private void Print(Ledger ledger)
    {
        int ports = ledger.Received.Length;
        TestContext.WriteLine($"received {ledger.Received.Sum():N0}, forwarded {ledger.Forwarded.Sum():N0}, originated {ledger.Originated.Sum():N0}");
        TestContext.WriteLine("punted: " + string.Join(", ", Enumerable.Range(1, PuntClass.Count - 1).Where(c => ledger.PuntedByClass[c] != 0).Select(c => $"{PuntClass.Name(c)} {ledger.PuntedByClass[c]:N0}")));
        TestContext.WriteLine("dropped: " + string.Join(", ", Enumerable.Range(1, DropReason.Count - 1)
            .Select(r => (Name: DropReason.Name(r), Count: Enumerable.Range(0, ports).Sum(p => ledger.DroppedOn(p, r)))).Where(d => d.Count != 0).Select(d => $"{d.Name} {d.Count:N0}")));
    }
}
