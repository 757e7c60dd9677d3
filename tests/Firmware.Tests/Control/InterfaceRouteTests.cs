using LabEdge.Control;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>Static routes that name an interface and no next hop: every destination is a neighbour on its link.</summary>
[TestClass]
public sealed class InterfaceRouteTests
{
    private static ControlBench Bench()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24");
        Ok(bench.Route("20.0.0.0/8", null, port: 1));
        bench.Settle();
        return bench;
    }

    private static void Needed(ControlBench bench, int port, string address)
    {
        Assert.IsGreaterThanOrEqualTo(0, bench.Host.Neighbors.FindOrAdd(port, Ip(address), false));
        bench.ReceiveArp(port, address, true);
        bench.Settle();
    }

    [TestMethod]
    public void A_destination_that_answers_is_forwarded_to()
    {
        ControlBench bench = Bench();
        Assert.AreEqual("glean 1", bench.Leaf("20.0.0.0/8"));
        Needed(bench, 1, "20.0.0.5");
        Assert.AreEqual(Ready(1, 1500, "20.0.0.5", "0800"), bench.Leaf("20.0.0.5/32"));
        bench.ReceiveArp(1, "20.0.0.5", false);
        Assert.AreEqual(Ready(1, 1500, "20.0.0.5", "0800"), bench.Leaf("20.0.0.5/32"), "an announcement confirms it");
    }

    [TestMethod]
    public void It_goes_with_the_route_and_with_a_better_one()
    {
        ControlBench bench = Bench();
        Needed(bench, 1, "20.0.0.5");
        Needed(bench, 1, "20.1.0.5");
        Ok(bench.Route("20.1.0.0/16", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("20.1.0.5/32"), "a longer route leads elsewhere");
        Assert.AreNotEqual("absent", bench.Leaf("20.0.0.5/32"));
        Ok(bench.RemoveRoute("20.1.0.0/16", "10.0.0.2"));
        bench.Settle();
        Assert.AreNotEqual("absent", bench.Leaf("20.1.0.5/32"));
        Ok(bench.RemoveRoute("20.0.0.0/8", null, port: 1));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("20.0.0.5/32"));
        Assert.AreEqual("absent", bench.Leaf("20.1.0.5/32"));
    }

    [TestMethod]
    public void A_neighbor_of_another_port_or_of_no_route_gets_none()
    {
        ControlBench bench = Bench();
        Needed(bench, 0, "20.0.0.5");
        Needed(bench, 1, "30.0.0.5");
        Assert.AreEqual("absent", bench.Leaf("20.0.0.5/32"));
        Assert.AreEqual("absent", bench.Leaf("30.0.0.5/32"));
        int entries = bench.Host.Neighbors.Find(0, Ip("40.0.0.5"));
        bench.ReceiveArp(0, "40.0.0.5", false);
        Assert.AreEqual(entries, bench.Host.Neighbors.Find(0, Ip("40.0.0.5")));
        Assert.AreEqual(1, bench.Host.Arp.BadSender, "nobody asked for it");
    }

    [TestMethod]
    public void A_host_route_by_interface_makes_the_host_a_wanted_neighbor()
    {
        ControlBench bench = Bench();
        Ok(bench.Route("30.0.0.7/32", null, port: 1));
        Ok(bench.Route("40.0.0.0/8", "30.0.0.7"));
        bench.SettleWithNeighbors();
        Assert.AreEqual(Ready(1, 1500, "30.0.0.7", "0800"), bench.Leaf("30.0.0.7/32"));
        Assert.AreEqual(Ready(1, 1500, "30.0.0.7", "0800"), bench.Leaf("40.0.0.0/8"));
    }
}
