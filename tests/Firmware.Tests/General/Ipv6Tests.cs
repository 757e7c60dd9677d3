using LabEdge.Forwarding;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>IPv6 (RFC 8200) in the global table and in a VRF, with labels and without (RFC 4798, RFC 4659), in both kernel forms.</summary>
[TestClass]
public class Ipv6Tests
{
    private const string Host = "2001:db8:9::9";

    private static void Setup(IpBench bench)
    {
        bench.Route(0, "2001:db8::/32", ForwardingHandle.Path | bench.Path(-1, bench.CoreIp));
        bench.Route(0, "2001:db8:1::/48", ForwardingHandle.Path | bench.Path(600, bench.CoreLabelled));
        bench.Route(0, "2001:db8:2::/48", ForwardingHandle.Path | bench.Path(-1, bench.NarrowIp));
        bench.Route(0, "2001:db8:3::/48", ForwardingHandle.Path | bench.Path(601, bench.NarrowLabelled));
        bench.Route(0, "2001:db8:4::/64", ForwardingHandle.Glean | Narrow);
        bench.Route(0, "2001:db8:5::/48", ForwardingHandle.Path | bench.Path(602, bench.Transport(Narrow, 1500, 0x8847, 3001, 3002), uniform: false));
        bench.Route(0, "2001:db8:6::/48", ForwardingHandle.Path | bench.Path(603, bench.Tables.Transports.Allocate()));
        bench.Route(0, "2001:db8::1/128", ForwardingHandle.Local);
        int group = bench.Tables.Groups.Add([ForwardingHandle.Path | bench.Path(701, bench.CoreLabelled), ForwardingHandle.Path | bench.Path(702, bench.CoreLabelled)], 2);
        bench.Route(0, "2001:db8:7::/48", group);
        bench.Route(VrfBlue, "2001:db8:b::/48", ForwardingHandle.Path | bench.Path(-1, bench.BlueIp));
        bench.Route(VrfBlue, "2001:db8:c::/48", ForwardingHandle.Path | bench.Path(800, bench.Transport(Core, 1500, 0x8847, 3003)));
        bench.Route(VrfBlue, "2001:db8:b::1/128", ForwardingHandle.Local);
        bench.Label(20, ForwardingHandle.Vrf | VrfBlue);
        bench.Label(21, ForwardingHandle.Local);
        int pair = bench.Tables.Paths.Allocate(2);
        bench.Tables.Paths.Set(pair, 0, bench.CoreLabelled, true);
        bench.Tables.Paths.Set(pair + 1, 0, bench.CoreIp, true);
        bench.Label(22, ForwardingHandle.PathPair | pair);
    }

    [TestMethod]
    public void Without_a_label()
    {
        byte[] packet = Ip6("2001:db8::9", Host, 17, Payload(20), trafficClass: 0xB8, flowLabel: 0x12345);
        byte[] left = Ip6("2001:db8::9", Host, 17, Payload(20), trafficClass: 0xB8, flowLabel: 0x12345, hopLimit: 63);
        Check(Sent(Core, Leaving(Core, 0x86DD, left)), Core, Arriving(Core, 0x86DD, packet), Setup);
    }

    [TestMethod]
    public void With_a_service_label_that_has_hop_limit_and_class()
    {
        byte[] packet = Ip6("2001:db8::9", "2001:db8:1::9", 17, Payload(20), trafficClass: 0xB8);
        byte[] left = Join(Label(600, 5, true, 63), Ip6("2001:db8::9", "2001:db8:1::9", 17, Payload(20), trafficClass: 0xB8, hopLimit: 63));
        Check(Sent(Core, Leaving(Core, 0x8847, left)), Core, Arriving(Core, 0x86DD, packet), Setup);
    }

    [TestMethod]
    public void As_a_pipe_through_a_tunnel_of_two_labels()
    {
        byte[] packet = Ip6("2001:db8::9", "2001:db8:5::9", 17, Payload(20), trafficClass: 0xB8);
        byte[] left = Join(Label(3001, 0, false, 255), Label(3002, 0, false, 255), Label(602, 0, true, 255),
            Ip6("2001:db8::9", "2001:db8:5::9", 17, Payload(20), trafficClass: 0xB8, hopLimit: 63));
        Check(Sent(Narrow, Leaving(Narrow, 0x8847, left)), Core, Arriving(Core, 0x86DD, packet), Setup);
    }

    [TestMethod]
    public void From_a_customer_into_the_core_and_back()
    {
        byte[] packet = Ip6("2001:db8:b::9", "2001:db8:c::9", 6, Payload(20), hopLimit: 10);
        byte[] left = Join(Label(3003, 0, false, 9), Label(800, 0, true, 9), Ip6("2001:db8:b::9", "2001:db8:c::9", 6, Payload(20), hopLimit: 9));
        Check(Sent(Core, Leaving(Core, 0x8847, left)), Blue, Arriving(Blue, 0x86DD, packet), Setup);
        packet = Join(Label(20, 3, true, 7), Ip6("2001:db8:c::9", "2001:db8:b::9", 6, Payload(20), hopLimit: 10));
        left = Ip6("2001:db8:c::9", "2001:db8:b::9", 6, Payload(20), hopLimit: 6);
        Check(Sent(Blue, Leaving(Blue, 0x86DD, left)), Core, Arriving(Core, 0x8847, packet), Setup);
    }

    [TestMethod]
    public void Under_the_last_label_of_an_LSP_it_goes_on_as_IPv6()
    {
        byte[] packet = Join(Label(22, 3, true, 20), Ip6("2001:db8::9", Host, 6, Payload(20)));
        Check(Sent(Core, Leaving(Core, 0x86DD, Ip6("2001:db8::9", Host, 6, Payload(20), hopLimit: 19))), Core, Arriving(Core, 0x8847, packet), Setup);
    }

    [TestMethod]
    public void Under_our_own_label_it_is_looked_up_in_the_global_table()
    {
        byte[] packet = Join(Label(21, 3, true, 255), Ip6("2001:db8::9", Host, 6, Payload(20)));
        Check(Sent(Core, Leaving(Core, 0x86DD, Ip6("2001:db8::9", Host, 6, Payload(20), hopLimit: 63))), Core, Arriving(Core, 0x8847, packet), Setup);
    }

    [TestMethod]
    [DataRow("2001:db8::9", "2001:db8::1", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("fe80::9", "2001:db8::1", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("fe80::9", "fe80::1", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("fe80::9", "ff02::1", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("::", "ff02::1:ff00:1", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("2001:db8::9", "ff02::5", "punt local ipv6 at 14 in 0 value 0")]
    [DataRow("::", "2001:db8::1", "drop source invalid")]
    [DataRow("::", Host, "drop source invalid")]
    [DataRow("::1", Host, "drop source invalid")]
    [DataRow("ff02::1", Host, "drop source invalid")]
    [DataRow("ff0e::1", "2001:db8::1", "drop source invalid")]
    [DataRow("::ffff:10.0.0.1", Host, "drop source invalid")]
    [DataRow("fe80::9", Host, "drop link-local")]
    [DataRow("febf::9", Host, "drop link-local")]
    [DataRow("2001:db8::9", "ff05::2", "drop not routable")]
    [DataRow("2001:db8::9", "ff01::1", "drop not routable")]
    [DataRow("2001:db8::9", "ff0e::1", "drop not routable")]
    [DataRow("2001:db8::9", "::1", "drop not routable")]
    [DataRow("2001:db8::9", "::", "drop not routable")]
    [DataRow("2001:db8::9", "::ffff:10.0.0.1", "drop not routable")]
    [DataRow("2001:db8::9", "2001:db9::1", "drop no route, punt no route at 14 in 0")]
    [DataRow("2001:db8::9", "2001:db8:4::7", "drop unresolved neighbor, punt resolve at 14 in 0 value 1")]
    [DataRow("2001:db8::9", "2001:db8:6::7", "drop transport down")]
    public void What_is_not_forwarded(string source, string destination, string outcome)
    {
        Check(outcome, Core, Arriving(Core, 0x86DD, Ip6(source, destination, 58, Payload(24))), Setup);
    }

    // Nothing of a link comes from under a label, whatever its hop limit says.
    [TestMethod]
    [DataRow("2001:db8:c::9", "2001:db8:b::1", "punt local ipv6 at 18 in 1 value 1")]
    [DataRow("fe80::9", "2001:db8:b::1", "drop link-local")]
    [DataRow("fe80::9", "fe80::1", "drop link-local")]
    [DataRow("2001:db8:c::9", "ff02::1", "drop link-local")]
    [DataRow("::", "ff02::1:ff00:1", "drop link-local")]
    [DataRow("2001:db8:c::9", "ff0e::1", "drop not routable")]
    [DataRow("2001:db8:c::9", "2001:db9::1", "drop no route, punt no route at 18 in 1")]
    public void What_comes_under_a_label_is_not_of_the_link(string source, string destination, string outcome)
    {
        Check(outcome, Core, Arriving(Core, 0x8847, Join(Label(20, 0, true, 255), Ip6(source, destination, 58, Payload(24), hopLimit: 255))), Setup);
    }

    [TestMethod]
    [DataRow(0, Host)]
    [DataRow(1, Host)]
    [DataRow(1, "2001:db8:4::7")]
    [DataRow(1, "2001:db8:2::7")]
    public void The_hop_limit_expires(int hopLimit, string destination)
    {
        Check("punt ttl expired at 14 in 0", Core, Arriving(Core, 0x86DD, Ip6("2001:db8::9", destination, 17, Payload(9), hopLimit: hopLimit)), Setup);
    }

    [TestMethod]
    [DataRow("2001:db8:2::7", 200)]
    [DataRow("2001:db8:3::7", 196)]
    public void The_longest_packet_passes_and_one_octet_more_is_noted_and_never_fragmented(string destination, int longest)
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            Assert.StartsWith("1: ", bench.Run(Core, Arriving(Core, 0x86DD, Ip6("2001:db8::9", destination, 17, Payload(longest - 40)))).Single());
            string over = string.Join(", ", bench.Run(Core, Arriving(Core, 0x86DD, Ip6("2001:db8::9", destination, 17, Payload(longest - 39)))));
            Assert.AreEqual($"drop MTU exceeded, punt mtu exceeded at 14 in 0 value {longest}", over);
        }
    }

    [TestMethod]
    public void Every_truncation_is_an_invalid_header_and_every_padding_is_trimmed()
    {
        byte[] packet = Ip6("2001:db8::9", Host, 17, Payload(9));
        byte[] left = Leaving(Core, 0x86DD, Ip6("2001:db8::9", Host, 17, Payload(9), hopLimit: 63));
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            for (int length = 0; length < packet.Length; length++)
            {
                Assert.AreEqual("drop IPv6 header invalid", string.Join(", ", bench.Run(Core, Arriving(Core, 0x86DD, packet[..length]))), $"{length} octets");
                string under = string.Join(", ", bench.Run(Core, Arriving(Core, 0x8847, Join(Label(21, 0, true, 9), packet[..length]))));
                Assert.AreEqual(length == 0 ? "drop payload not IP" : "drop IPv6 header invalid", under, $"{length} octets under a label");
            }

            for (int padding = 0; padding < 30; padding++)
            {
                Assert.AreEqual(Sent(Core, left), string.Join(", ", bench.Run(Core, Arriving(Core, 0x86DD, [.. packet, .. new byte[padding]]))));
            }
        }
    }

    [TestMethod]
    public void A_header_alone_is_a_packet_and_a_jumbogram_is_none()
    {
        Check(Sent(Core, Leaving(Core, 0x86DD, Ip6("2001:db8::9", Host, 59, [], hopLimit: 63))), Core, Arriving(Core, 0x86DD, Ip6("2001:db8::9", Host, 59, [])), Setup);
        byte[] jumbo = Join(Ip6("2001:db8::9", Host, 0, []), "3B00C204 00020000", new byte[100]);
        Check("drop IPv6 header invalid", Core, Arriving(Core, 0x86DD, jumbo), Setup);
    }

    [TestMethod]
    public void Extension_headers_are_carried()
    {
        byte[] options = Hex.Octets("1100 0104 00000000");
        Check(Sent(Core, Leaving(Core, 0x86DD, Ip6("2001:db8::9", Host, 0, Join(options, Payload(8)), hopLimit: 63))), Core,
            Arriving(Core, 0x86DD, Ip6("2001:db8::9", Host, 0, Join(options, Payload(8)))), Setup);
    }

    [TestMethod]
    public void Groups_of_the_link_come_in_group_frames_and_unicast_does_not()
    {
        byte[] toGroup = Ethernet("333300000001", "020000000C0D", 0x86DD, Ip6("fe80::9", "ff02::1", 58, Payload(24)));
        Check("punt local ipv6 at 14 in 0 value 0", Core, toGroup, Setup);
        byte[] unicast = Ethernet("333300000001", "020000000C0D", 0x86DD, Ip6("2001:db8::9", Host, 58, Payload(24)));
        Check("drop not for this station", Core, unicast, Setup);
    }

    [TestMethod]
    public void A_flow_keeps_its_member_and_many_flows_use_both()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            HashSet<string> labels = [];
            for (int flow = 0; flow < 64; flow++)
            {
                byte[] frame = Arriving(Core, 0x86DD, Ip6("2001:db8::9", "2001:db8:7::7", 17, Join(Two(40000 + flow), Two(53), Two(12), 0, 0, Payload(4))));
                string first = bench.Run(Core, frame).Single();
                Assert.AreEqual(first, bench.Run(Core, frame).Single());
                labels.Add(first.Substring(3 + 28, 5));
            }

            CollectionAssert.AreEquivalent(new[] { "002BD", "002BE" }, labels.ToArray());
        }
    }
}
