using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class InterfaceTableTests
{
    private readonly HostBench _bench = new();

    private InterfaceTable Table => _bench.Host.Interfaces;

    private static uint A(string text) => Packets.Address(text);

    [TestMethod]
    public void The_same_address_belongs_to_each_VRF_apart()
    {
        Assert.IsTrue(Table.Owns(0, A("10.0.0.1")));
        Assert.IsTrue(Table.Owns(1, A("10.0.0.1")));
        Assert.IsFalse(Table.Owns(2, A("10.0.0.1")));
        Assert.IsFalse(Table.Owns(1, A("10.0.2.1")));
        Assert.AreEqual(0, Table.PortOf(0, A("10.0.0.9")));
        Assert.AreEqual(1, Table.PortOf(1, A("10.0.0.9")));
        Assert.AreEqual(InterfaceTable.None, Table.PortOf(1, A("10.0.2.9")));
        Assert.IsFalse(Table.Owns(0, 0), "no address is nobody's address");
    }

    [TestMethod]
    public void The_longest_subnet_holds_an_address()
    {
        _bench.SetAddress(3, 0, "10.0.2.129", 25);
        Assert.AreEqual(3, Table.PortOf(0, A("10.0.2.200")));
        Assert.AreEqual(2, Table.PortOf(0, A("10.0.2.100")));
    }

    [TestMethod]
    public void The_source_is_of_the_port_or_of_the_VRF_or_a_loopback()
    {
        Assert.AreEqual(A("10.0.2.1"), Table.SourceFor(0, 2));
        Assert.AreEqual(A("10.0.0.1"), Table.SourceFor(1, 0), "port 0 is not in VRF 1");
        Assert.AreEqual(A("10.0.0.1"), Table.SourceFor(0, InterfaceTable.None));
        Assert.AreEqual(A("10.255.0.1"), Table.SourceFor(2, 0), "VRF 2 has no address");
        Table.ClearAddress(_bench.Capacity.Ports);
        Assert.AreEqual(0u, Table.SourceFor(2, 0));
    }

    [TestMethod]
    public void Names_are_found_exactly()
    {
        Assert.AreEqual(2, Table.Find("Ethernet2"));
        Assert.AreEqual(InterfaceTable.None, Table.Find("ethernet2"));
        Assert.AreEqual(InterfaceTable.None, Table.Find(null));
    }

    [TestMethod]
    public void A_cleared_address_leaves_the_VRF()
    {
        Table.ClearAddress(1);
        Assert.AreEqual(1, Table.Vrf[1]);
        Assert.IsFalse(Table.Owns(1, A("10.0.0.1")));
        Assert.IsFalse(Table.OnSubnet(1, A("10.0.0.9")));
    }

    [TestMethod]
    public void A_subnet_of_31_bits_has_no_broadcast()
    {
        Assert.IsTrue(Table.IsSubnetBroadcast(0, A("10.0.0.255")));
        Assert.IsTrue(Table.IsSubnetBroadcast(0, A("10.0.0.0")));
        Assert.IsFalse(Table.IsSubnetBroadcast(0, A("10.0.0.1")));
        _bench.SetAddress(3, 0, "10.0.9.0", 31);
        Assert.IsFalse(Table.IsSubnetBroadcast(0, A("10.0.9.0")));
        Assert.IsFalse(Table.IsSubnetBroadcast(0, A("10.0.9.1")));
    }
}
