using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>Routes of a protocol in the RIB: several next hops each, replaced as one.</summary>
[TestClass]
public sealed class ProtocolRouteTests
{
    private readonly ControlBench _bench = new(FewRoutes());

    public ProtocolRouteTests()
    {
        _bench.Address(0, "10.0.0.1/24");
        _bench.Address(1, "10.1.0.1/24");
        _bench.SettleWithNeighbors();
    }

    private RouteTable Routes => _bench.Control.Routes;

    private bool Set(string prefix, int metric, params (string NextHop, int Port)[] hops) =>
        Routes.SetHops(0, Cidr(prefix).Prefix, Cidr(prefix).Bits, RouteSource.Ospf, RouteTable.OspfDistance, metric,
            [.. hops.Select(h => Ip(h.NextHop))], [.. hops.Select(h => h.Port)], hops.Length, 5);

    private string Leaf(string prefix)
    {
        _bench.SettleWithNeighbors();
        return _bench.Leaf(prefix);
    }

    [TestMethod]
    public void Several_hops_are_one_group_and_are_replaced_as_one()
    {
        Assert.IsTrue(Set("20.0.0.0/8", 20, ("10.0.0.2", 0), ("10.1.0.2", 1)));
        string both = Leaf("20.0.0.0/8");
        Assert.Contains("0A000002", both, StringComparison.Ordinal);
        Assert.Contains("0A010002", both, StringComparison.Ordinal);
        Assert.IsTrue(Set("20.0.0.0/8", 30, ("10.1.0.2", 1)));
        Assert.AreEqual(Ready(1, 1500, "10.1.0.2", "0800"), Leaf("20.0.0.0/8"));
        Assert.IsTrue(Set("20.0.0.0/8", 0));
        Assert.AreEqual("absent", Leaf("20.0.0.0/8"));
    }

    [TestMethod]
    public void Hops_that_are_there_already_change_nothing()
    {
        Set("20.0.0.0/8", 20, ("10.0.0.2", 0), ("10.1.0.2", 1));
        _bench.SettleWithNeighbors();
        int version = Routes.Version;
        Assert.IsTrue(Set("20.0.0.0/8", 20, ("10.1.0.2", 1), ("10.0.0.2", 0)));
        Assert.IsFalse(Routes.Dirty);
        Assert.AreEqual(version, Routes.Version);
        Set("20.0.0.0/8", 21, ("10.1.0.2", 1), ("10.0.0.2", 0));
        Assert.IsTrue(Routes.Dirty);
        Assert.AreNotEqual(version, Routes.Version);
    }

    [TestMethod]
    public void A_static_route_wins_by_distance_and_a_link_that_goes_down_takes_its_hop_away()
    {
        Set("20.0.0.0/8", 20, ("10.0.0.2", 0));
        Ok(_bench.Route("20.0.0.0/8", "10.1.0.2"));
        Assert.AreEqual(Ready(1, 1500, "10.1.0.2", "0800"), Leaf("20.0.0.0/8"));
        _bench.Ports[1].LinkUp = false;
        Assert.AreEqual(Ready(0, 1500, "10.0.0.2", "0800"), Leaf("20.0.0.0/8"));
        _bench.Ports[0].LinkUp = false;
        Assert.AreEqual("absent", Leaf("20.0.0.0/8"));
        _bench.Ports[0].LinkUp = true;
        Assert.AreEqual(Ready(0, 1500, "10.0.0.2", "0800"), Leaf("20.0.0.0/8"));
    }

    [TestMethod]
    public void A_static_route_may_lead_over_a_protocols_route()
    {
        Set("9.9.9.9/32", 20, ("10.0.0.2", 0));
        Ok(_bench.Route("30.0.0.0/8", "9.9.9.9"));
        Assert.AreEqual(Ready(0, 1500, "10.0.0.2", "0800"), Leaf("30.0.0.0/8"));
        Set("9.9.9.9/32", 20, ("10.1.0.2", 1));
        Assert.AreEqual(Ready(1, 1500, "10.1.0.2", "0800"), Leaf("30.0.0.0/8"));
    }

    [TestMethod]
    public void A_full_table_says_so()
    {
        int free = Routes.Free;
        for (int i = 0; i < free; i++) Assert.IsTrue(Routes.SetHops(0, (uint)(0x14000000 + (i << 8)), 24, RouteSource.Ospf, 110, 1, [Ip("10.0.0.2")], [0], 1, 0), $"{i} of {free}");
        int refused = Routes.Refused;
        Assert.IsFalse(Routes.SetHops(0, 0x1E000000, 24, RouteSource.Ospf, 110, 1, [Ip("10.0.0.2")], [0], 1, 0));
        Assert.IsGreaterThan(refused, Routes.Refused);
        Assert.AreEqual(0, Routes.Free);
    }

    private static Capacity FewRoutes()
    {
        Capacity capacity = Capacity.Small();
        capacity.Routes = 20;
        return capacity;
    }
}
