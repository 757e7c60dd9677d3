using System.Net;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class EchoTagTests
{
    // IPv4 10.1.1.1 -> 10.1.1.2, TTL 64, ICMP echo request, identifier 0x1234, sequence 7.
    private const string Packet = "4500001C 00000000 400164DD 0A010101 0A010102 0800E5C4 12340007";
    private const string Ethernet = "020000000202 020000000101";
    private const string Inner = "020000000501 020000000101 0800";

    [TestMethod]
    [DataRow(Ethernet + "0800" + Packet, 0, DisplayName = "plain")]
    [DataRow(Ethernet + "8100 0064 0800" + Packet, 0, DisplayName = "tagged")]
    [DataRow(Ethernet + "8847 00067040 000CB140" + Packet, 2, DisplayName = "transport and VPN label")]
    [DataRow(Ethernet + "8847 000671FF" + Packet, 1, DisplayName = "one label")]
    [DataRow(Ethernet + "8847 00067040 001931FF 00000000" + Inner + Packet, 2, DisplayName = "pseudowire with control word")]
    [DataRow(Ethernet + "8847 001931FF" + Inner + Packet, 1, DisplayName = "pseudowire without control word")]
    public void An_echo_is_found_under_whatever_it_travels_in(string hex, int labels)
    {
        EchoTag tag = new();
        byte[] octets = Hex.Octets(hex);
        Assert.IsTrue(tag.Read(octets, 0, octets.Length));
        Assert.IsTrue(tag.IsRequest);
        Assert.AreEqual(0x1234, tag.Identifier);
        Assert.AreEqual(7, tag.Sequence);
        Assert.IsTrue(tag.IsTo(IPAddress.Parse("10.1.1.2")));
        Assert.IsFalse(tag.IsTo(IPAddress.Parse("10.1.1.1")));
        Assert.IsFalse(tag.IsTo(IPAddress.Parse("::10.1.1.2")));
        Assert.AreEqual(64, tag.Ttl);
        Assert.AreEqual(labels, tag.LabelCount);
    }

    // IPv6 2001:db8:1::1 -> 2001:db8:2::1, hop limit 64, ICMPv6 echo reply, identifier 0x1234, sequence 7.
    private const string PacketIpv6 = "60000000 0008 3A 40 20010DB8000100000000000000000001 20010DB8000200000000000000000001 81000000 12340007";

    [TestMethod]
    [DataRow(Ethernet + "86DD" + PacketIpv6, 0, DisplayName = "plain")]
    [DataRow(Ethernet + "8100 0064 86DD" + PacketIpv6, 0, DisplayName = "tagged")]
    [DataRow(Ethernet + "8847 00067040 000CB140" + PacketIpv6, 2, DisplayName = "transport and VPN label")]
    [DataRow(Ethernet + "8847 001931FF 00000000 020000000501 020000000101 86DD" + PacketIpv6, 1, DisplayName = "pseudowire with control word")]
    public void An_echo_of_ipv6_is_found_and_truncated_it_is_none(string hex, int labels)
    {
        EchoTag tag = new();
        byte[] octets = Hex.Octets(hex);
        Assert.IsTrue(tag.Read(octets, 0, octets.Length));
        Assert.IsFalse(tag.IsRequest);
        Assert.AreEqual((0x1234, 7, 64, labels), (tag.Identifier, tag.Sequence, tag.Ttl, tag.LabelCount));
        Assert.IsTrue(tag.IsTo(IPAddress.Parse("2001:db8:2::1")));
        Assert.IsFalse(tag.IsTo(IPAddress.Parse("2001:db8:1::1")));
        for (int count = 0; count < octets.Length; count++) Assert.IsFalse(tag.Read(octets[..count], 0, count));
    }

    [TestMethod]
    public void Every_truncation_is_no_echo_and_no_exception()
    {
        EchoTag tag = new();
        byte[] octets = Hex.Octets(Ethernet + "8847 00067040 001931FF 00000000" + Inner + Packet);
        for (int count = 0; count < octets.Length; count++) Assert.IsFalse(tag.Read(octets[..count], 0, count));
    }

    [TestMethod]
    [DataRow(Ethernet + "0806" + "0001080006040001 020000000101 0A010101 000000000000 0A010102", DisplayName = "ARP")]
    [DataRow(Ethernet + "0800" + "4500001C 00000000 401164CD 0A010101 0A010102 0800E5C4 12340007", DisplayName = "UDP")]
    [DataRow(Ethernet + "0800" + "4500001C 00000000 400164DE 0A010101 0A010102 0800E5C4 12340007", DisplayName = "bad header checksum")]
    [DataRow(Ethernet + "8847 00067040 00067040", DisplayName = "labels without end")]
    public void Anything_else_is_no_echo(string hex)
    {
        byte[] octets = Hex.Octets(hex);
        Assert.IsFalse(new EchoTag().Read(octets, 0, octets.Length));
    }
}
