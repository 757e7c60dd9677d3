using System.Globalization;
using LabEdge.Ospf;
using LabEdge.Tests.Running;
using LabEdge.Tests.Weaving;

namespace LabEdge.Tests.Ospf;

/// <summary>
/// Forged packets into live sessions of three routers, with every kind of authentication: nothing is thrown, and when it is over all are Full and have the right routes again.
/// LABEDGE_OSPF_INPUTS says how many; LABEDGE_SEED another seed.
/// </summary>
[TestClass]
public sealed class OspfFuzzTests
{
    private const int Inputs = 60_000;
    private const int Chunk = 20_000;
    private const int PerStep = 40;
    private const int WantedPercent = 90;

    public TestContext TestContext { get; set; }

    // What reads packets.
    private static readonly HashSet<(string, string)> Decoders =
    [
        .. new[]
        {
            nameof(OspfModule.Receive), "Check", "SameOctets", "FindNeighbor", "HelloIn", "Compare", "DescriptionIn", "Negotiate", "GoOn", "TakeHeaders", "RequestIn", "UpdateIn", "Take", "Accept", "IsChange",
            "AckIn", "SelfReceived",
        }.Select(m => (typeof(OspfModule).FullName, m)),
        .. new[] { typeof(OspfHeader), typeof(HelloPacket), typeof(DescriptionPacket), typeof(LsaHeader) }.SelectMany(t => t.GetMethods().Select(m => (t.FullName, m.Name))),
        (typeof(LsaHeader).FullName, "RouterLinksFit"),
    ];

    [TestMethod]
    public void Forged_packets_throw_nothing_and_all_is_well_when_they_end()
    {
        int seed = (int)(SeededNumbers.Seed & int.MaxValue);
        long inputs = long.Parse(Environment.GetEnvironmentVariable("LABEDGE_OSPF_INPUTS") ?? Inputs.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        string found = Run(seed, inputs, out string counts);
        TestContext.WriteLine($"seed {seed}, {inputs:N0} inputs (LABEDGE_SEED, LABEDGE_OSPF_INPUTS set others): {counts}");
        Assert.AreEqual("", found, $"seed {seed}");
    }

    [TestMethod]
    public void They_reach_nine_of_ten_branches_that_read_packets()
    {
        int seed = (int)(SeededNumbers.Seed & int.MaxValue);
        WovenContext world = new("LabEdge.Ospf");
        Assert.AreEqual("", (string)world.Run(typeof(OspfFuzzTests), nameof(RunForCoverage), seed));
        BranchTable table = new(Decoders, world.Counted());
        TestContext.WriteLine($"seed {seed}, {Inputs:N0} inputs\n{table}");
        Assert.IsGreaterThanOrEqualTo(WantedPercent, table.Percent);
    }

    /// <summary>Runs in the woven world.</summary>
    public static string RunForCoverage(int seed) => Run(seed, Inputs, out _);

    private static string Run(int seed, long inputs, out string counts)
    {
        Random random = new(seed);
        OspfForge forge = new(random);
        OspfNetwork network = new(3, seed);
        network.Join(true, 0, 0, 1);
        network.Join(false, 0, 1, 2);
        int changes = 0;
        long given = 0;
        for (int chunk = 0; given < inputs; chunk++)
        {
            foreach (OspfInterface i in network.Nodes.SelectMany(n => n.Ospf.Interfaces))
            {
                i.AuthenticationType = chunk % 3;
                i.KeyId = chunk % 3 == OspfHeader.Cryptographic ? 5 : 0;
                i.Key = chunk % 3 == 0 ? null : "secret"u8.ToArray();
            }

            string before = Settle(network);
            if (before.Length != 0) return Done(out counts, $"before input {given}: {before}");
            for (int k = 0; k < Chunk && given < inputs; network.Run(OspfNetwork.StepMs))
            {
                foreach (OspfNetwork.Node node in network.Nodes)
                {
                    for (int port = 0; port < node.Used; port++)
                    {
                        // As many as a port lets through to its handlers.
                        for (int m = 0; m < PerStep; m++, k++, given++) node.Ports[port].Queue(forge.Frame(node, port));
                    }
                }

                changes = Math.Max(changes, network.Nodes.SelectMany(n => n.Ospf.Neighbors).Max(n => n.Changes));
            }
        }

        string after = Settle(network);
        return Done(out counts, after.Length == 0 ? "" : "after the last: " + after);

        string Done(out string text, string answer)
        {
            text = $"{network.Nodes.Sum(n => n.Ospf.BadPackets):N0} counted as faults, up to {changes} changes of a neighbour's state";
            return answer;
        }
    }

    // What was forged into the databases goes with a restart of the processes; everything else has to mend by itself.
    private static string Settle(OspfNetwork network)
    {
        network.Run(2_000);
        foreach (OspfNetwork.Node node in network.Nodes) node.Ospf.Restart(0);
        network.Run(30_000);
        List<string> wrong = network.Differences();
        foreach (OspfNetwork.Node node in network.Nodes)
        {
            foreach (OspfNeighbor n in node.Ospf.Neighbors.Where(n => n.Interface >= 0))
            {
                if (n.State != OspfNeighbor.Full || n.Requests != 0 || n.Retransmits != 0) wrong.Add($"neighbour {n.RouterId:X8} state {n.State}, {n.Requests} requests, {n.Retransmits} retransmissions");
            }

            if (node.Ospf.Lsas.Used != Enumerable.Range(0, node.Ospf.Lsas.Rows).Count(node.Ospf.Lsas.IsUsed)) wrong.Add("rows of the database");
        }

        return string.Join("; ", wrong);
    }
}
