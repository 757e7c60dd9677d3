using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class Ipv6AddressTests
{
    private static byte[] A(string text) => Packets6.Address(text);

    // RFC 2464 section 4: the example of 34-56-78-9A-BC-DE.
    [TestMethod]
    public void The_link_local_address_is_that_of_RFC_2464()
    {
        byte[] octets = new byte[16];
        Ipv6Address.WriteLinkLocal(Hex.Octets("3456789ABCDE"), 0, octets, 0);
        Assert.AreEqual(Hex.Text(A("fe80::3656:78ff:fe9a:bcde")), Hex.Text(octets));
    }

    // RFC 4291 section 2.7.1: the example.
    [TestMethod]
    public void The_solicited_node_group_is_that_of_RFC_4291()
    {
        byte[] octets = new byte[16];
        Array.Fill(octets, (byte)0xA5);
        Ipv6Address.WriteSolicitedNode(A("4037::01:800:200e:8c6c"), 0, octets, 0);
        Assert.AreEqual(Hex.Text(A("ff02::1:ff0e:8c6c")), Hex.Text(octets));
        Assert.IsTrue(Ipv6Address.IsSolicitedNodeOf(octets, 0, A("2001:db8::ff0e:8c6c"), 0));
        for (int i = 0; i < 128; i++)
        {
            octets[i / 8] ^= (byte)(1 << (i % 8));
            Assert.IsFalse(Ipv6Address.IsSolicitedNodeOf(octets, 0, A("4037::01:800:200e:8c6c"), 0), "bit " + i);
            octets[i / 8] ^= (byte)(1 << (i % 8));
        }
        byte[] station = new byte[6];
        Ipv6Address.WriteGroupStation(octets, 0, station, 0);
        Assert.AreEqual("3333FF0E8C6C", Convert.ToHexString(station));
    }

    [TestMethod]
    public void Prefixes_are_cut_compared_and_aligned_at_every_length()
    {
        byte[] ones = A("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        for (int bits = 0; bits <= 128; bits++)
        {
            byte[] prefix = new byte[16];
            Array.Fill(prefix, (byte)0xA5);
            Ipv6Address.CopyPrefix(ones, 0, bits, prefix, 0);
            for (int i = 0; i < 128; i++) Assert.AreEqual(i < bits, ((prefix[i / 8] >> (7 - i % 8)) & 1) == 1, $"bit {i} of /{bits}");
            Assert.IsTrue(Ipv6Address.SamePrefix(ones, 0, prefix, 0, bits));
            Assert.IsTrue(Ipv6Address.IsAligned(prefix, 0, bits));
            if (bits == 128) continue;
            Assert.IsFalse(Ipv6Address.SamePrefix(ones, 0, prefix, 0, bits + 1));
            if (bits > 0) Assert.IsFalse(Ipv6Address.IsAligned(prefix, 0, bits - 1));
        }
    }

    [TestMethod]
    [DataRow("2001:db8::1", true)]
    [DataRow("fe80::1", true)]
    [DataRow("fc00::1", true)]
    [DataRow("::", false)]
    [DataRow("::1", false)]
    [DataRow("::2", true)]
    [DataRow("ff02::1", false)]
    [DataRow("::ffff:10.0.0.1", false)]
    public void A_host_may_have_some_addresses(string address, bool host)
    {
        Assert.AreEqual(host, Ipv6Address.IsHost(A(address), 0));
    }

    [TestMethod]
    [DataRow("ff02::1", true)]
    [DataRow("ff02::2", true)]
    [DataRow("ff02::3", false)]
    [DataRow("ff02::", false)]
    [DataRow("ff05::2", false)]
    [DataRow("ff02::1:0:1", false)]
    public void Two_groups_of_the_link_are_every_router_s(string address, bool ours)
    {
        Assert.AreEqual(ours, Ipv6Address.IsAllNodesOrRouters(A(address), 0));
    }
}
