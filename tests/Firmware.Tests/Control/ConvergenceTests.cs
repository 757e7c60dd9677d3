using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>The same configuration and links give the same tables, whatever came before and in whatever steps.</summary>
[TestClass]
public sealed class ConvergenceTests
{
    private static string Expected()
    {
        ControlBench bench = ProviderEdge.Bench();
        ProviderEdge.Apply(bench);
        bench.SettleWithNeighbors();
        return bench.Forwarding();
    }

    [TestMethod]
    public void The_whole_pe_uses_every_kind_of_row()
    {
        string text = Expected();
        foreach (string part in new[] { "local", "glean", "group", "pop labelled", "label 20 label 300", "label 24 vrf 1", "pw of port 4", "pw 4  label 600", "pw 5  label 601" })
        {
            Assert.Contains(part, text);
        }

        Assert.DoesNotContain("unusable", text);
        Assert.DoesNotContain("AC110000/16 drop", text);
    }

    [TestMethod]
    public void Removal_in_any_order_leaves_nothing_behind()
    {
        string empty = ProviderEdge.Bench().Counts();
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            ControlBench bench = ProviderEdge.Bench();
            bench.Budget = random.Next(2) == 0 ? int.MaxValue : random.Next(1, 20);
            ProviderEdge.Apply(bench);
            bench.SettleWithNeighbors();
            ProviderEdge.Step[] steps = ProviderEdge.Steps().ToArray();
            random.Shuffle(steps);
            foreach (ProviderEdge.Step step in steps)
            {
                // A VRF takes what is in it along: that is then no longer there to be removed.
                int result = step.Undo(bench);
                Assert.IsTrue(result is ControlResult.Ok or ControlResult.NotFound or ControlResult.NoSuchVrf or ControlResult.NoSuchInterface, $"seed {seed}: {ControlResult.Text(result)}");
                if (random.Next(3) == 0) bench.Poll();
                if (random.Next(5) == 0) _ = bench.Forwarding();
            }

            bench.Settle();
            bench.Poll();
            Assert.AreEqual(empty, bench.Counts(), $"seed {seed}");
            Assert.AreEqual(bench.Tables.Paths.Count, FreePaths(bench), $"seed {seed}");
            Assert.IsFalse(bench.Ports.Any(p => p.Promiscuous));

            // After the quarantine the same configuration gives the same tables again: no slot was lost.
            bench.Now += LabelManager.QuarantineMs;
            bench.Settle();
            ProviderEdge.Apply(bench);
            bench.SettleWithNeighbors();
            Assert.AreEqual(Expected(), bench.Forwarding(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void The_order_of_configuration_and_the_budget_do_not_matter()
    {
        string expected = Expected();
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            ControlBench bench = ProviderEdge.Bench();
            bench.Budget = random.Next(1, 8);
            foreach (IGrouping<int, ProviderEdge.Step> group in ProviderEdge.Steps().GroupBy(s => s.Group).OrderBy(g => g.Key))
            {
                ProviderEdge.Step[] steps = group.ToArray();
                if (group.Key > 0) random.Shuffle(steps);
                foreach (ProviderEdge.Step step in steps)
                {
                    Ok(step.Do(bench));
                    if (random.Next(3) == 0) bench.Poll();
                    if (random.Next(10) == 0) bench.SettleWithNeighbors();
                }
            }

            bench.SettleWithNeighbors();
            Assert.AreEqual(expected, bench.Forwarding(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void Link_flaps_end_where_they_began()
    {
        string expected = Expected();
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            ControlBench bench = ProviderEdge.Bench();
            ProviderEdge.Apply(bench);
            bench.SettleWithNeighbors();
            bench.Budget = random.Next(1, 30);
            for (int flap = 0; flap < 20; flap++)
            {
                int port = random.Next(6);
                if (random.Next(4) == 0)
                {
                    Ok(bench.Control.SetInterfaceEnabled(port, random.Next(2) == 0));
                }
                else
                {
                    bench.Link(port, random.Next(2) == 0);
                }

                if (random.Next(4) == 0) bench.SettleWithNeighbors();
                bench.Poll();
            }

            for (int port = 0; port < 6; port++)
            {
                bench.Link(port, true);
                Ok(bench.Control.SetInterfaceEnabled(port, true));
            }

            bench.SettleWithNeighbors();
            Assert.AreEqual(expected, bench.Forwarding(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void A_link_down_takes_routes_labels_and_pseudowires_and_its_return_brings_them_back()
    {
        ControlBench bench = ProviderEdge.Bench();
        ProviderEdge.Apply(bench);
        bench.SettleWithNeighbors();
        string before = bench.Forwarding();
        bench.Link(0, false);
        bench.Poll();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.0/24"));
        Assert.AreEqual("absent", bench.Leaf("10.0.0.1/32"));
        Assert.AreEqual("absent", bench.Leaf("10.0.0.2/32"));
        Assert.AreEqual("absent", bench.Leaf("9.9.9.9/32"));
        Assert.AreEqual("drop", bench.Leaf("0.0.0.0/0"));
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.StartsWith("label 302", bench.Ilm(21));
        StaticPseudowires pseudowires = bench.Control.Pseudowires;
        Assert.AreEqual(Reason.NoRouteToPeer, pseudowires.DownReason(pseudowires.OfPort(4)));
        Assert.IsTrue(bench.Tables.Pseudowires.IsUp(pseudowires.OfPort(5)));
        bench.Link(4, false);
        bench.Link(0, true);
        bench.SettleWithNeighbors();
        Assert.AreEqual(Reason.CircuitDown, pseudowires.DownReason(pseudowires.OfPort(4)));
        bench.Link(4, true);
        bench.SettleWithNeighbors();
        Assert.AreEqual(before, bench.Forwarding());
        Assert.AreEqual(3, bench.Control.Links.Transitions[0]);
    }

    [TestMethod]
    public void A_lost_neighbor_takes_its_own_route_and_no_others_and_the_pseudowire_moves()
    {
        ControlBench bench = ProviderEdge.Bench();
        ProviderEdge.Apply(bench);
        bench.SettleWithNeighbors();
        string before = bench.Forwarding();
        bench.Host.Neighbors.ClearPort(0);
        bench.Poll();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.2/32"));
        Assert.AreEqual("label 300 s1 ttl 255 uniform over unusable", bench.Leaf("9.9.9.9/32"));
        StaticPseudowires pseudowires = bench.Control.Pseudowires;
        Assert.AreEqual(Reason.NextHopUnresolved, pseudowires.DownReason(pseudowires.OfPort(4)));
        Assert.IsTrue(bench.Tables.Pseudowires.IsUp(pseudowires.OfPort(5)));
        bench.SettleWithNeighbors();
        Assert.AreEqual(before, bench.Forwarding());
    }

    [TestMethod]
    public void A_poll_spends_no_more_than_its_budget_and_says_that_work_is_left()
    {
        ControlBench bench = ProviderEdge.Bench();
        ProviderEdge.Apply(bench);
        int polls = 0;
        while (bench.Control.Poll(bench.Now, 1) == 0) Assert.IsLessThan(1000, ++polls);
        Assert.IsGreaterThan(bench.Control.Routes.Used, polls);
        Assert.IsTrue(bench.Control.IsSettled);
        Assert.AreEqual(ControlModule.LinkCheckMs, bench.Control.Poll(bench.Now, 1));
    }

    // Every row can be taken: nothing is lost in the rest of released rows.
    private static int FreePaths(ControlBench bench)
    {
        int rows = 0;
        while (bench.Tables.Paths.Allocate(1) is var path && path != PathTable.None) rows++;
        for (int path = 0; path < rows; path++) bench.Tables.Paths.Release(path, 1);
        bench.Tables.Paths.EndOfPoll();
        return rows;
    }
}
