using System.Diagnostics;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class LabGeneratorTests
{
    public TestContext TestContext { get; set; }

    // What a router does is bounded by work, which does not depend on the machine; the seconds are told, not judged.
    [TestMethod]
    [DataRow(LabGenerator.Ring)]
    [DataRow(LabGenerator.Grid)]
    [DataRow(LabGenerator.Tree)]
    public void Fifty_routers_start_to_green_with_little_work(string shape)
    {
        using TemporaryLab lab = new();
        new LabGenerator(shape, 50).Make("fifty").WriteTo(lab.Folder);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        LabReport report = new LabRun().Run(session);
        TimeSpan took = Process.GetCurrentProcess().TotalProcessorTime - before;
        long events = session.Lab.Queue.Happened;
        long polls = session.Lab.Nodes.Sum(node => node.Polls);
        TestContext.WriteLine($"{shape}: {took.TotalSeconds:F2} s of all cores, other tests included; {report.Frames} frames, {events} events, {polls} runs of routers");
        Assert.IsTrue(report.Ok, LabFixture.Failures(report));
        Assert.HasCount(50, session.Lab.Nodes);
        Assert.IsLessThan(20_000, report.Frames);
        Assert.IsLessThan(100_000, events);
        Assert.IsLessThan(100_000, polls);
    }

    [TestMethod]
    [DataRow(LabGenerator.Ring, 4)]
    [DataRow(LabGenerator.Grid, 5)]
    [DataRow(LabGenerator.Tree, 9)]
    public void Small_ones_are_green_too(string shape, int routers)
    {
        using TemporaryLab lab = new();
        new LabGenerator(shape, routers).Make("small").WriteTo(lab.Folder);
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.IsTrue(report.Ok, LabFixture.Failures(report));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LabGenerator(shape, 3));
    }
}
