using System.Net;
using System.Reflection;
using LabEdge.Emulator;
using LabEdge.Forwarding;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Explain;

/// <summary>What explain says of a lab is what the lab then does.</summary>
[TestClass]
public class ExplainTruthTests
{
    private const long Limit = 20_000_000;

    public TestContext TestContext { get; set; }

    public static IEnumerable<object[]> Labs => [[LabFixture.L2], [LabFixture.L3], [LabFixture.Bridge], [LabFixture.DualStack]];

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Explain_says_arrives_exactly_where_a_ping_is_answered(string name)
    {
        using RunningLab lab = RunningLab.Start(LabFixture.PathOf(name), new LabOptions());
        lab.Queue.RunUntil(lab.Folder.Checks.SettleUs);
        int answered = 0;
        int silent = 0;
        foreach (LabNode node in lab.Nodes)
        {
            foreach (IPAddress to in Addresses(lab).Where(to => !Owns(node, to)))
            {
                string first = node.Type($"ping {to} repeat 2 timeout 1", Limit);
                if (first.StartsWith('%') || first.Contains("No route")) continue;
                Explanation said = LabExplain.Of(lab, new ExplainQuestion(node.Name, to));
                StateImage before = new();
                before.Keep(node.Router.Tables);
                LabExplain.Of(lab, new ExplainQuestion(node.Name, to));
                Assert.IsNull(before.Change(node.Router.Tables));
                string console = node.Type($"ping {to} repeat 1 timeout 1", Limit);
                bool real = console.Contains("(1/1)");
                Assert.AreEqual(real, said.Ok, $"{name}: {node.Name} to {to}: {said.Verdict}\n{console}");
                answered += real ? 1 : 0;
                silent += real ? 0 : 1;
            }
        }

        TestContext.WriteLine($"{name}: {answered} pings answered, {silent} not, explain the same of each");
        Assert.IsGreaterThan(5, answered);
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Every_frame_of_a_labs_checks_ends_as_its_trial_says_in_both_kernel_forms(string name)
    {
        foreach (string form in new[] { LabOptions.Net, LabOptions.Portable })
        {
            List<TrialKernel> kernels = [];
            LabOptions options = new() { Kernel = form };
            LabReport report = new LabRun
            {
                Started = lab =>
                {
                    foreach (LabNode node in lab.Nodes) kernels.Add(Wrap(node, options.MakeKernel()));
                },
            }.Run(LabFixture.PathOf(name), options);
            Assert.IsTrue(report.Ok, LabFixture.Failures(report));
            Assert.AreEqual("", string.Join('\n', kernels.SelectMany(kernel => kernel.Differences)));
            int frames = kernels.Sum(kernel => kernel.Frames);
            TestContext.WriteLine($"{name}, {form}: {frames} frames");
            Assert.IsGreaterThan(200, frames);
        }
    }

    private static TrialKernel Wrap(LabNode node, BurstKernel kernel)
    {
        TrialKernel trial = new(kernel, 200);
        typeof(Router).GetField("_kernel", BindingFlags.Instance | BindingFlags.NonPublic).SetValue(node.Router, trial);
        return trial;
    }

    private static IPAddress[] Addresses(RunningLab lab)
    {
        uint[] own = [.. lab.Nodes.SelectMany(node => node.Router.Host.Interfaces.Address).Where(address => address != 0).Distinct()];
        return [.. own.Select(a => new IPAddress([(byte)(a >> 24), (byte)(a >> 16), (byte)(a >> 8), (byte)a])), IPAddress.Parse("10.77.0.1")];
    }

    private static bool Owns(LabNode node, IPAddress address)
    {
        return node.Router.Host.Interfaces.Address.Contains(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()));
    }
}
