using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class VlanTagTests
{
    [TestMethod]
    [DataRow("0000", 0, false, 0)]
    [DataRow("0001", 0, false, 1)]
    [DataRow("0064", 0, false, 100)]
    [DataRow("A064", 5, false, 100)]
    [DataRow("1FFF", 0, true, 4095)]
    [DataRow("E000", 7, false, 0)]
    [DataRow("F800", 7, true, 2048)]
    [DataRow("FFFF", 7, true, 4095)]
    public void Tag_control_information_goes_both_ways(string hex, int priority, bool dropEligible, int vlan)
    {
        byte[] wire = Hex.Octets("8100" + hex + "0800");
        Assert.AreEqual(priority, VlanTag.ReadPriority(wire, 2));
        Assert.AreEqual(dropEligible, VlanTag.ReadDropEligible(wire, 2));
        Assert.AreEqual(vlan, VlanTag.ReadVlan(wire, 2));
        Assert.AreEqual(EthernetHeader.Ipv4, VlanTag.ReadEtherType(wire, 2));

        FilledMemory memory = new(8);
        VlanTag.Write(memory.Octets, 3, priority, dropEligible, vlan);
        memory.Holds(3, hex);
    }

    [TestMethod]
    public void Two_tags_follow_each_other_at_the_length_of_one()
    {
        byte[] wire = Hex.Octets("020000000002 020000000101 88A8 2064 8100 A00A 0800");
        int service = EthernetHeader.Length;
        Assert.AreEqual(EthernetHeader.ServiceVlan, EthernetHeader.ReadEtherType(wire, 0));
        Assert.AreEqual(100, VlanTag.ReadVlan(wire, service));
        Assert.AreEqual(EthernetHeader.Vlan, VlanTag.ReadEtherType(wire, service));
        Assert.AreEqual(10, VlanTag.ReadVlan(wire, service + VlanTag.Length));
        Assert.AreEqual(EthernetHeader.Ipv4, VlanTag.ReadEtherType(wire, service + VlanTag.Length));
    }

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        Gen.Select(Gen.Int[0, 7], Gen.Bool, Gen.Int[0, 4095]).Sample((priority, dropEligible, vlan) =>
        {
            byte[] octets = new FilledMemory(2).Octets;
            VlanTag.Write(octets, 0, priority, dropEligible, vlan);
            return VlanTag.ReadPriority(octets, 0) == priority
                && VlanTag.ReadDropEligible(octets, 0) == dropEligible
                && VlanTag.ReadVlan(octets, 0) == vlan;
        }, iter: 5_000);
    }
}
