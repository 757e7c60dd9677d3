using LabEdge.Control;
using LabEdge.Forwarding.Wire;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

[TestClass]
public class SurplusTests
{
    // 24 of 1,000 bindings are for prefixes that have a route; they come at places of the seed among the others. The router holds 64 FECs.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Of_a_thousand_bindings_those_with_a_route_forward_right_and_the_surplus_is_given_back_on_the_wire(int seed)
    {
        const int Routed = 24;
        LdpBench bench = new();
        string routes = string.Join("\n", Enumerable.Range(0, Routed).Select(i => $"ip route 12.0.0.{i} 255.255.255.255 10.0.0.2"));
        bench.Bench.Configure(routes);
        bench.Establish();
        bench.Send(LdpMessage.Address, "01010006 0001 0A000002");
        Random random = new(seed);
        (string Prefix, int Label)[] bindings = [.. Enumerable.Range(0, 1000).Select(i => (i < Routed ? $"0C0000{i:X2}" : $"0B00{i:X4}", 5000 + i))];
        random.Shuffle(bindings);
        foreach ((string prefix, int label) in bindings) bench.Send(LdpMessage.LabelMapping, $"01000008 02 0001 20 {prefix} 02000004 {label:X8}");
        List<string> heard = bench.Heard();
        ControlModule control = bench.Bench.Router.Control;
        LabelInformationBase lib = bench.Module.Lib;
        Assert.AreEqual("Oper", bench.State);
        Assert.AreEqual(64, lib.Count);
        Assert.IsFalse(heard.Any(m => m.StartsWith("Notification", StringComparison.Ordinal)), "no error, no reset");

        // What is held and what was given back are everything, and nothing is both.
        HashSet<int> held = [.. Enumerable.Range(0, lib.High).Select(f => lib.Remote[f * lib.Sessions + bench.Session.Index]).Where(l => l >= 5000)];
        List<int> released = [.. heard.Where(m => m.StartsWith("LabelRelease", StringComparison.Ordinal)).Select(m => Convert.ToInt32(m.Replace(" ", "", StringComparison.Ordinal)[^8..], 16))];
        Console.WriteLine($"seed {seed}: held {held.Count}, released {released.Count}");
        CollectionAssert.AllItemsAreUnique(released);
        CollectionAssert.AreEquivalent(Enumerable.Range(5000, 1000).ToArray(), held.Concat(released).ToArray());

        // Each prefix with a route swaps to the very label that came for it; no other label of the neighbour is in use.
        for (int i = 0; i < Routed; i++)
        {
            int input = control.Bindings.FindInput(0, 0x0C000000u + (uint)i, 32, LabelOwner.Ldp);
            int output = control.Bindings.FindOutput(0x0C000000u + (uint)i, 32, LdpBench.PeerPort, LabelOwner.Ldp);
            Assert.AreEqual("swap", control.StaticLabels.StateText(input), $"12.0.0.{i}");
            Assert.AreEqual(5000 + i, control.Bindings.Label[output]);
        }
        string table = bench.Bench.Run("show mpls forwarding-table");
        Assert.AreEqual(Routed, table.Split('\n').Count(line => line.Contains("  50", StringComparison.Ordinal) && line.Contains("12.0.0.", StringComparison.Ordinal)), table);
        Assert.Contains("FECs 64 of 64", bench.Bench.Run("show mpls ldp parameters"));
    }
}
