using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class EthernetHeaderTests
{
    private const string Addresses = "A1A2A3A4A5A6 B1B2B3B4B5B6";

    [TestMethod]
    [DataRow("FFFFFFFFFFFF 020000000101 0806", EthernetHeader.Arp, true, true)]
    [DataRow("020000000002 020000000101 0800", EthernetHeader.Ipv4, false, false)]
    [DataRow("01005E000002 020000000101 0800", EthernetHeader.Ipv4, true, false)]
    [DataRow("3333FF000001 020000000101 86DD", EthernetHeader.Ipv6, true, false)]
    [DataRow("020000000002 020000000101 8847", EthernetHeader.Mpls, false, false)]
    [DataRow("01005E800010 020000000101 8848", EthernetHeader.MplsUpstream, true, false)]
    [DataRow("020000000002 020000000101 8100", EthernetHeader.Vlan, false, false)]
    [DataRow("020000000002 020000000101 88A8", EthernetHeader.ServiceVlan, false, false)]
    [DataRow("FEFFFFFFFFFF 020000000101 0026", 38, false, false)]
    [DataRow("FFFFFFFFFFFE 020000000101 0800", EthernetHeader.Ipv4, true, false)]
    public void Header_goes_both_ways(string hex, int etherType, bool group, bool broadcast)
    {
        byte[] wire = Hex.Octets(hex);
        Assert.HasCount(EthernetHeader.Length, wire);
        Assert.AreEqual(etherType, EthernetHeader.ReadEtherType(wire, 0));
        Assert.AreEqual(group, EthernetHeader.IsGroup(wire, 0));
        Assert.AreEqual(broadcast, EthernetHeader.IsBroadcast(wire, 0));
        Assert.IsFalse(EthernetHeader.IsGroup(wire, EthernetHeader.SourceOffset));
        Assert.IsFalse(EthernetHeader.IsBroadcast(wire, EthernetHeader.SourceOffset));

        FilledMemory memory = new(24);
        EthernetHeader.Write(memory.Octets, 5, wire, 0, wire, EthernetHeader.SourceOffset, etherType);
        memory.Holds(5, hex);
    }

    [TestMethod]
    public void Addresses_come_from_their_own_places()
    {
        byte[] table = Hex.Octets("0000 " + Addresses);
        FilledMemory memory = new(16);
        EthernetHeader.Write(memory.Octets, 1, table, 8, table, 2, EthernetHeader.Ipv4);
        memory.Holds(1, "B1B2B3B4B5B6 A1A2A3A4A5A6 0800");
    }

    [TestMethod]
    public void Broadcast_needs_all_48_bits()
    {
        for (int bit = 0; bit < 48; bit++)
        {
            byte[] address = Hex.Octets("FFFFFFFFFFFF");
            address[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(EthernetHeader.IsBroadcast(address, 0), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Group_is_the_lowest_bit_of_the_first_octet()
    {
        for (int first = 0; first < 256; first++)
        {
            byte[] address = [(byte)first, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE];
            Assert.AreEqual(first % 2 == 1, EthernetHeader.IsGroup(address, 0), $"first octet {first}");
        }
    }

    [TestMethod]
    public void SameAddress_tells_any_single_bit_apart()
    {
        byte[] one = Hex.Octets("A5A5 020000000101 A5");
        byte[] other = Hex.Octets("020000000101 5A");
        Assert.IsTrue(EthernetHeader.SameAddress(one, 2, other, 0));
        for (int bit = 0; bit < 48; bit++)
        {
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(EthernetHeader.SameAddress(one, 2, other, 0), $"bit {bit}");
            other[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
