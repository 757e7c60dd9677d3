using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>What is shown as active is what stands in the forwarding tables; what did not fit is tried again.</summary>
[TestClass]
public sealed class InstalledRoutesTests
{
    private static int Active(ControlBench bench, string prefix)
    {
        RouteTable routes = bench.Control.Routes;
        return Enumerable.Range(0, routes.High).Count(i => routes.IsUsed(i) && routes.IsActive(i) && routes.Prefix[i] == Cidr(prefix).Prefix && routes.Bits[i] == Cidr(prefix).Bits);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(8)]
    public void As_many_equal_routes_are_active_as_a_group_holds(int members)
    {
        Capacity capacity = Capacity.Small();
        capacity.GroupMembers = members;
        ControlBench bench = new(capacity);
        bench.Address(0, "10.0.0.1/24");
        for (int i = 2; i < 13; i++)
        {
            Ok(bench.Route("20.0.0.0/8", "10.0.0." + i));
            bench.Settle();
            Assert.AreEqual(Math.Min(i - 1, members), Active(bench, "20.0.0.0/8"));
        }
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual(members, Active(bench, "20.0.0.0/8"));
        Assert.AreEqual(members, bench.Leaf("20.0.0.0/8").Split('+').Length);
    }

    [TestMethod]
    public void Of_equal_routes_by_interface_one_is_active()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24");
        Ok(bench.Route("20.0.0.0/8", null, port: 0));
        Ok(bench.Route("20.0.0.0/8", null, port: 1));
        Assert.AreEqual(1, Active(bench, "20.0.0.0/8"));
        Ok(bench.Route("20.0.0.0/8", "10.1.0.2"));
        Assert.AreEqual(1, Active(bench, "20.0.0.0/8"), "the one with a next hop is what is installed");
        bench.Settle();
        Assert.AreEqual("unusable", bench.Leaf("20.0.0.0/8"));
    }

    [TestMethod]
    public void A_neighbor_that_found_the_tables_full_gets_its_route_when_there_is_room()
    {
        Capacity capacity = Capacity.Small();
        capacity.Paths = 2;
        ControlBench bench = new(capacity);
        bench.Address(0, "10.0.0.1/24");
        Ok(bench.Route("20.0.0.0/8", "10.0.0.2"));
        bench.SettleWithNeighbors();
        bench.Answer(0, Ip("10.0.0.3"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.3/32"));
        Ok(bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        bench.Now += ResolvePass.RetryMs;
        bench.Settle();
        bench.Now += ResolvePass.RetryMs;
        bench.Settle();
        Assert.AreNotEqual("absent", bench.Leaf("10.0.0.3/32"));
    }

    [TestMethod]
    public void A_refused_neighbor_is_tried_again_without_any_other_change()
    {
        Capacity capacity = Capacity.Small();
        capacity.Paths = 1;
        ControlBench bench = new(capacity);
        bench.Address(0, "10.0.0.1/24");
        bench.Settle();
        bench.Answer(0, Ip("10.0.0.2"));
        bench.Settle();
        bench.Answer(0, Ip("10.0.0.3"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.0.0.3/32"));
        int first = bench.Host.Neighbors.Find(0, Ip("10.0.0.2"));
        bench.Now += NeighborTable.MaxAgeMs / 2;
        bench.Settle();
        bench.Answer(0, Ip("10.0.0.3"));
        bench.Now += NeighborTable.MaxAgeMs / 2 - 70_000;
        for (int i = 0; i < 100 && bench.Host.Neighbors.StateOf(first) != NeighborTable.Free; i++)
        {
            bench.Now += NeighborTable.PollIntervalMs;
            bench.Settle();
        }
        bench.Now += ResolvePass.RetryMs;
        bench.Settle();
        Assert.AreEqual(Ready(0, 1500, "10.0.0.3", "0800"), bench.Leaf("10.0.0.3/32"));
    }

    [TestMethod]
    public void The_source_address_is_that_of_an_interface_that_is_up()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24");
        int loopback = bench.Loopback("Loopback0", "1.1.1.1/32");
        bench.Settle();
        InterfaceTable table = bench.Host.Interfaces;
        Assert.AreEqual(Ip("10.0.0.1"), table.SourceFor(0, InterfaceTable.None));
        bench.Link(0, false);
        bench.Settle();
        Assert.AreEqual(Ip("10.1.0.1"), table.SourceFor(0, InterfaceTable.None));
        Assert.AreEqual(Ip("10.1.0.1"), table.SourceFor(0, 0));
        Ok(bench.Control.SetInterfaceEnabled(1, false));
        Assert.AreEqual(Ip("1.1.1.1"), table.SourceFor(0, 1));
        Assert.AreEqual(Ip("1.1.1.1"), table.SourceFor(3, InterfaceTable.None), "of the global table's");
        Ok(bench.Control.SetInterfaceEnabled(loopback, false));
        Assert.AreEqual(Ip("10.1.0.1"), table.SourceFor(0, 1), "better than none");
    }

    [TestMethod]
    public void A_ping_to_an_own_address_answers_while_its_interface_is_up()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Settle();
        Assert.IsTrue(bench.Host.Probe.StartEcho(0, Ip("10.0.0.1"), 0, 100, false, 255, 1000, bench.Now));
        Assert.AreEqual(Probe.Replied, bench.Host.Probe.State);
        bench.Link(0, false);
        bench.Settle();
        Assert.IsTrue(bench.Host.Probe.StartEcho(0, Ip("10.0.0.1"), 0, 100, false, 255, 1000, bench.Now));
        Assert.AreEqual(Probe.NoRoute, bench.Host.Probe.State);
    }
}
