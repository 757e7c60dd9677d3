using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

[TestClass]
public sealed class RouteSelectionTests
{
    private const string ToA = "port 0 room 1500 02AA0A0000020200000000010800";
    private const string ToB = "port 1 room 1500 02AA0A0100020200000000020800";

    private static ControlBench TwoPorts()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24");
        return bench;
    }

    [TestMethod]
    public void An_address_makes_a_glean_a_local_route_and_an_untagged_circuit()
    {
        ControlBench bench = TwoPorts();
        Assert.AreEqual("glean 0", bench.Leaf("10.0.0.0/24"));
        Assert.AreEqual("local 0", bench.Leaf("10.0.0.1/32"));
        Assert.AreEqual(ForwardingHandle.Vrf, bench.Tables.Ports.Record[PortTable.Untagged]);
        Assert.AreEqual(ForwardingHandle.None, bench.Tables.Ports.Record[(2 * PortTable.Stride) + PortTable.Untagged]);
        Ok(bench.Control.ClearInterfaceAddress(0));
        Assert.AreEqual("absent", bench.Leaf("10.0.0.0/24"));
        Assert.AreEqual("absent", bench.Leaf("10.0.0.1/32"));
        Assert.AreEqual(ForwardingHandle.None, bench.Tables.Ports.Record[PortTable.Untagged]);
    }

    [TestMethod]
    public void A_new_address_replaces_the_old_one()
    {
        ControlBench bench = TwoPorts();
        bench.Address(0, "10.7.0.1/16");
        Assert.AreEqual("absent", bench.Leaf("10.0.0.0/24"));
        Assert.AreEqual("glean 0", bench.Leaf("10.7.0.0/16"));
        bench.Address(0, "10.7.0.1/24");
        Assert.AreEqual("absent", bench.Leaf("10.7.0.0/16"));
        Assert.AreEqual("glean 0", bench.Leaf("10.7.0.0/24"));
        Assert.AreEqual("local 0", bench.Leaf("10.7.0.1/32"));
    }

    [TestMethod]
    public void Prefixes_of_31_and_32_bits_and_loopbacks_work()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.0/31");
        bench.Address(1, "10.0.0.9/32");
        int loopback = bench.Loopback("Loopback0", "1.1.1.1/32");
        int other = bench.Loopback("Loopback1", "1.2.1.1/24");
        Assert.AreEqual("glean 0", bench.Leaf("10.0.0.0/31"));
        Assert.AreEqual("local 0", bench.Leaf("10.0.0.0/32"));
        Assert.AreEqual("local 1", bench.Leaf("10.0.0.9/32"));
        Assert.AreEqual("local " + loopback, bench.Leaf("1.1.1.1/32"));
        Assert.AreEqual("local " + other, bench.Leaf("1.2.1.1/32"));
        Assert.AreEqual("drop", bench.Leaf("1.2.1.0/24"));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.1"));
        Ok(bench.Route("21.0.0.0/8", "1.2.1.9"));
        bench.SettleWithNeighbors();
        Assert.AreEqual(Ready(0, 1500, "10.0.0.1", "0800"), bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual("absent", bench.Leaf("21.0.0.0/8"), "nobody else is in a loopback's subnet");
        Ok(bench.Control.RemoveLoopback(other));
        Assert.AreEqual("absent", bench.Leaf("1.2.1.0/24"));
    }

    [TestMethod]
    public void A_resolved_neighbor_has_a_route_of_its_own_and_loses_it_with_its_entry()
    {
        ControlBench bench = TwoPorts();
        bench.Answer(0, Ip("10.0.0.2"));
        bench.Settle();
        Assert.AreEqual(ToA, bench.Leaf("10.0.0.2/32"));
        bench.Answer(0, Ip("10.0.0.2"), 0xBB);
        bench.Settle();
        Assert.AreEqual(ToA.Replace("02AA", "02BB"), bench.Leaf("10.0.0.2/32"));
        bench.Host.Neighbors.Clear();
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.2/32"));
    }

    [TestMethod]
    public void A_static_route_wants_its_neighbor_and_drops_until_it_is_resolved()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual("unusable", bench.Leaf("20.0.0.0/8"));
        bench.Settle();
        int n = bench.Host.Neighbors.Find(0, Ip("10.0.0.2"));
        Assert.AreEqual(1, bench.Host.Neighbors.ReferencesOf(n));
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual(ToA, bench.Leaf("10.0.0.2/32"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
        bench.Settle();
        Assert.AreEqual(0, bench.Host.Neighbors.ReferencesOf(n));
    }

    [TestMethod]
    public void The_lowest_distance_wins_and_the_next_takes_over()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("20.0.0.0/8", "10.1.0.2", distance: 10));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2", distance: 5));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.9", distance: 255));
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("20.0.0.0/8"));
        bench.Link(0, false);
        bench.Settle();
        Assert.AreEqual(ToB, bench.Leaf("20.0.0.0/8"));
        bench.Link(0, true);
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("20.0.0.0/8"));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2", distance: 20));
        Assert.AreEqual(ToB, bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual(255, RouteTable.Unreachable);
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.1.0.2"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
    }

    [TestMethod]
    public void Connected_beats_static_and_static_beats_an_adjacency()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("10.0.0.0/24", "10.1.0.2"));
        Ok(bench.Route("10.0.0.5/32", "10.1.0.2"));
        bench.Answer(0, Ip("10.0.0.5"));
        bench.SettleWithNeighbors();
        Assert.AreEqual("glean 0", bench.Leaf("10.0.0.0/24"));
        Assert.AreEqual(ToB, bench.Leaf("10.0.0.5/32"));
        Ok(bench.RemoveRoute("10.0.0.5/32", "10.1.0.2"));
        Assert.AreEqual(ToA.Replace("0A000002", "0A000005"), bench.Leaf("10.0.0.5/32"));
        bench.Link(0, false);
        bench.Settle();
        Assert.AreEqual(ToB, bench.Leaf("10.0.0.0/24"));
    }

    [TestMethod]
    public void Equal_routes_form_a_group_in_the_order_of_their_next_hops()
    {
        foreach (bool reversed in new[] { false, true })
        {
            ControlBench bench = TwoPorts();
            string[] hops = reversed ? ["10.1.0.2", "10.0.0.2"] : ["10.0.0.2", "10.1.0.2"];
            foreach (string hop in hops) Ok(bench.Route("20.0.0.0/8", hop));
            bench.SettleWithNeighbors();
            Assert.AreEqual($"group {ToA} + {ToB}", bench.Leaf("20.0.0.0/8"));
            Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
            Assert.AreEqual(ToB, bench.Leaf("20.0.0.0/8"));
            Ok(bench.RemoveRoute("20.0.0.0/8", "10.1.0.2"));
            Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
        }
    }

    [TestMethod]
    public void A_group_takes_no_more_members_than_its_rows_hold()
    {
        ControlBench bench = TwoPorts();
        foreach (string hop in new[] { "10.0.0.9", "10.0.0.2", "10.1.0.2", "10.0.0.7" }) Ok(bench.Route("20.0.0.0/8", hop));
        bench.SettleWithNeighbors();
        Assert.AreEqual($"group {ToA} + {ToA.Replace("0A000002", "0A000007")}", bench.Leaf("20.0.0.0/8"));
    }

    [TestMethod]
    public void A_route_by_interface_gleans_on_that_port()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("20.0.0.0/8", null, port: 1));
        Ok(bench.Route("30.0.0.0/8", "20.0.0.7"));
        Ok(bench.Route("40.0.0.0/8", "99.0.0.2", port: 1));
        bench.SettleWithNeighbors();
        Assert.AreEqual("glean 1", bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual(ToB.Replace("0A010002", "14000007"), bench.Leaf("30.0.0.0/8"));
        Assert.AreEqual(ToB.Replace("0A010002", "63000002"), bench.Leaf("40.0.0.0/8"));
        Ok(bench.Control.SetInterfaceEnabled(1, false));
        bench.Settle();
        Assert.AreEqual("absent absent absent", $"{bench.Leaf("20.0.0.0/8")} {bench.Leaf("30.0.0.0/8")} {bench.Leaf("40.0.0.0/8")}");
    }

    [TestMethod]
    public void Static_routes_recurse_four_deep_and_no_deeper()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("50.0.0.0/8", "40.0.0.1"));
        Ok(bench.Route("40.0.0.0/8", "30.0.0.1"));
        Ok(bench.Route("30.0.0.0/8", "20.0.0.1"));
        Ok(bench.Route("60.0.0.0/8", "50.0.0.1"));
        bench.SettleWithNeighbors();
        Assert.AreEqual("absent", bench.Leaf("50.0.0.0/8"));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual(ToA, bench.Leaf("30.0.0.0/8"));
        Assert.AreEqual(ToA, bench.Leaf("40.0.0.0/8"));
        Assert.AreEqual(ToA, bench.Leaf("50.0.0.0/8"));
        Assert.AreEqual("absent", bench.Leaf("60.0.0.0/8"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("50.0.0.0/8"));
    }

    [TestMethod]
    public void A_loop_reaches_nothing_even_under_a_default_route()
    {
        ControlBench bench = TwoPorts();
        Ok(bench.Route("0.0.0.0/0", "10.0.0.2"));
        Ok(bench.Route("20.0.0.0/8", "30.0.0.1"));
        Ok(bench.Route("30.0.0.0/8", "20.0.0.1"));
        Ok(bench.Route("40.0.0.0/8", "40.0.0.1"));
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("0.0.0.0/0"));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual("absent", bench.Leaf("30.0.0.0/8"));
        Assert.AreEqual("absent", bench.Leaf("40.0.0.0/8"));
        Assert.AreEqual(NextHopResolver.Loop, bench.Control.Resolver.ResolveByIp(0, Ip("20.0.0.1")));
        Assert.AreEqual(NextHopResolver.Reached, bench.Control.Resolver.ResolveByIp(0, Ip("99.0.0.1")));
        Ok(bench.RemoveRoute("0.0.0.0/0", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("drop", bench.Leaf("0.0.0.0/0"));
        Assert.AreEqual(NextHopResolver.Unreachable, bench.Control.Resolver.ResolveByIp(0, Ip("99.0.0.1")));
    }

    [TestMethod]
    public void Vrfs_hold_the_same_prefixes_apart()
    {
        ControlBench bench = new();
        int red = bench.Control.AddVrf("red");
        int blue = bench.Control.AddVrf("blue");
        bench.Address(0, "10.0.0.1/24", red);
        bench.Address(1, "10.0.0.1/24", blue);
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2", red));
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2", blue));
        bench.SettleWithNeighbors();
        Assert.AreEqual(ToA, bench.Leaf("20.0.0.0/8", red));
        Assert.AreEqual(ToA.Replace("port 0", "port 1").Replace("020000000001", "020000000002"), bench.Leaf("20.0.0.0/8", blue));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual(ForwardingHandle.Vrf | blue, bench.Tables.Ports.Record[PortTable.Stride + PortTable.Untagged]);
        Is(ControlResult.InterfaceInOtherVrf, bench.Route("30.0.0.0/8", null, red, port: 1));
        Ok(bench.Control.RemoveVrf(red));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8", red));
        Assert.AreEqual(0u, bench.Host.Interfaces.Address[0]);
        Assert.AreEqual(0, bench.Host.Interfaces.Vrf[0]);
        Assert.AreEqual(red, bench.Control.AddVrf("green"));
        Assert.AreEqual("drop", bench.Leaf("0.0.0.0/0", red));
    }

    [TestMethod]
    public void Stale_candidates_of_a_source_are_swept_unless_added_again()
    {
        ControlBench bench = TwoPorts();
        RouteTable routes = bench.Control.Routes;
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        Ok(bench.Route("30.0.0.0/8", "10.0.0.2"));
        routes.MarkStale(RouteSource.Static);
        Ok(bench.Route("30.0.0.0/8", "10.0.0.2"));
        Assert.AreEqual(1, routes.SweepStale(RouteSource.Static));
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8"));
        Assert.AreEqual("unusable", bench.Leaf("30.0.0.0/8"));
        Assert.AreEqual(0, routes.SweepStale(RouteSource.Static));
    }
}
