using LabEdge.Forwarding;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>IPv4 packets that no fast path takes (RFC 1812 sections 4.2, 5.2 and 5.3), in both kernel forms.</summary>
[TestClass]
public class Ipv4Tests
{
    private static void Setup(IpBench bench)
    {
        bench.Route(0, "10.0.0.0/8", ForwardingHandle.Path | bench.Path(-1, bench.CoreIp));
        bench.Route(0, "10.1.0.0/16", ForwardingHandle.Special | bench.Path(600, bench.CoreLabelled));
        bench.Route(0, "10.2.0.0/16", ForwardingHandle.Path | bench.Path(-1, bench.NarrowIp));
        bench.Route(0, "10.4.0.0/16", ForwardingHandle.Glean | Core);
        bench.Route(0, "192.0.2.1/32", ForwardingHandle.Local);
        int group = bench.Tables.Groups.Add([ForwardingHandle.Path | bench.Path(601, bench.CoreLabelled), ForwardingHandle.Path | bench.Path(602, bench.CoreLabelled)], 2) & ForwardingHandle.IndexMask;
        bench.Route(0, "10.3.0.0/16", ForwardingHandle.Special | ForwardingHandle.SpecialGroup | group);
        bench.Label(20, ForwardingHandle.Vrf);
    }

    [TestMethod]
    [DataRow("0.0.0.0", "drop source invalid")]
    [DataRow("0.255.255.255", "drop source invalid")]
    [DataRow("127.0.0.1", "drop source invalid")]
    [DataRow("224.0.0.1", "drop source invalid")]
    [DataRow("239.255.255.255", "drop source invalid")]
    [DataRow("240.0.0.0", "drop source invalid")]
    [DataRow("255.255.255.255", "drop source invalid")]
    [DataRow("1.0.0.0", "")]
    [DataRow("126.255.255.255", "")]
    [DataRow("128.0.0.0", "")]
    [DataRow("223.255.255.255", "")]
    public void Sources_that_no_sender_has(string source, string outcome)
    {
        // Options take a packet to the general path: the no-operation, four times.
        byte[] packet = Ip(source, "10.9.9.9", 17, Payload(9), options: "01010101");
        byte[] left = Ip(source, "10.9.9.9", 17, Payload(9), ttl: 63, options: "01010101");
        Check(outcome == "" ? Sent(Core, Leaving(Core, 0x0800, left)) : outcome, Core, Arriving(Core, 0x0800, packet), Setup);
    }

    [TestMethod]
    public void A_special_path_is_taken_and_its_label_has_TTL_and_class()
    {
        byte[] packet = Ip("198.51.100.9", "10.1.2.3", 17, Payload(20), tos: 0xB8);
        byte[] left = Join(Label(600, 5, true, 63), Ip("198.51.100.9", "10.1.2.3", 17, Payload(20), tos: 0xB8, ttl: 63));
        Check(Sent(Core, Leaving(Core, 0x8847, left)), Core, Arriving(Core, 0x0800, packet), Setup);
    }

    [TestMethod]
    public void A_flow_keeps_its_member_of_a_special_group_and_many_flows_use_both()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            HashSet<string> labels = [];
            for (int flow = 0; flow < 64; flow++)
            {
                byte[] frame = Arriving(Core, 0x0800, Ip("198.51.100.9", "10.3.0.7", 17, Join(Two(40000 + flow), Two(53), Two(12), 0, 0, Payload(4))));
                string first = bench.Run(Core, frame).Single();
                Assert.AreEqual(first, bench.Run(Core, frame).Single());
                labels.Add(first.Substring(3 + 28, 5));
            }

            CollectionAssert.AreEquivalent(new[] { "00259", "0025A" }, labels.ToArray());
        }
    }

    [TestMethod]
    public void Every_truncation_is_an_invalid_header_and_every_padding_is_trimmed()
    {
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), options: "94040000");
        byte[] left = Leaving(Core, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), ttl: 63, options: "94040000"));
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            for (int length = 0; length < packet.Length; length++)
            {
                Assert.AreEqual("drop IPv4 header invalid", string.Join(", ", bench.Run(Core, Arriving(Core, 0x0800, packet[..length]))), $"{length} octets");
            }

            for (int padding = 0; padding < 30; padding++)
            {
                Assert.AreEqual(Sent(Core, left), string.Join(", ", bench.Run(Core, Arriving(Core, 0x0800, [.. packet, .. new byte[padding]]))));
            }
        }
    }

    [TestMethod]
    public void Any_single_bit_of_a_header_that_changes_is_noticed()
    {
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), options: "94040000");
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            for (int bit = 0; bit < 24 * 8; bit++)
            {
                byte[] frame = Arriving(Core, 0x0800, packet);
                frame[14 + bit / 8] ^= (byte)(1 << (bit % 8));
                string outcome = string.Join(", ", bench.Run(Core, frame));
                Assert.IsTrue(outcome is "drop IPv4 header invalid" or "drop IPv4 checksum bad", $"bit {bit}: {outcome}");
            }
        }
    }

    [TestMethod]
    [DataRow(1, "punt ttl expired at 14 in 0")]
    [DataRow(0, "punt ttl expired at 14 in 0")]
    public void TTL_expires_with_options_too(int ttl, string outcome)
    {
        Check(outcome, Core, Arriving(Core, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), ttl: ttl, options: "01010101")), Setup);
        Check(outcome, Core, Arriving(Core, 0x0800, Ip("198.51.100.9", "10.4.9.9", 17, Payload(9), ttl: ttl)), Setup);
    }

    [TestMethod]
    [DataRow("192.0.2.1", "punt local at 14 in 0 value 0")]
    [DataRow("11.0.0.1", "drop no route, punt no route at 14 in 0")]
    [DataRow("10.4.9.9", "drop unresolved neighbor, punt resolve at 14 in 0 value 0")]
    [DataRow("127.0.0.1", "drop not routable")]
    [DataRow("224.0.0.5", "drop not routable")]
    public void Destinations_that_lead_nowhere(string destination, string outcome)
    {
        Check(outcome, Core, Arriving(Core, 0x0800, Ip("198.51.100.9", destination, 17, Payload(9), options: "01010101")), Setup);
        Check(outcome, Core, Arriving(Core, 0x0800, Ip("198.51.100.9", destination, 17, Payload(9))), Setup);
    }

    // Label TTL, IP TTL, IP TTL as it leaves: the lower one, less one (RFC 3443 section 3.1).
    [TestMethod]
    [DataRow(255, 64, 63)]
    [DataRow(64, 64, 63)]
    [DataRow(20, 64, 19)]
    [DataRow(2, 255, 1)]
    [DataRow(255, 2, 1)]
    public void TTL_of_a_popped_label_counts_when_it_is_lower(int labelTtl, int ttl, int leaves)
    {
        byte[] packet = Join(Label(20, 0, true, labelTtl), Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), ttl: ttl, options: "01010101"));
        byte[] left = Ip("198.51.100.9", "10.9.9.9", 17, Payload(9), ttl: leaves, options: "01010101");
        Check(Sent(Core, Leaving(Core, 0x0800, left)), Core, Arriving(Core, 0x8847, packet), Setup);
    }

    [TestMethod]
    public void An_IPv6_packet_in_an_IPv4_frame_is_an_invalid_header()
    {
        byte[] packet = Ip6("2001:db8::1", "2001:db8::2", 59, Payload(20));
        Check("drop IPv4 header invalid", Core, Arriving(Core, 0x0800, packet), Setup);
        Check("drop IPv6 header invalid", Core, Arriving(Core, 0x86DD, Ip("198.51.100.9", "10.9.9.9", 17, Payload(40))), Setup);
    }

    [TestMethod]
    public void VLAN_4095_is_not_any_tag_for_either_form()
    {
        byte[] tagged = Arriving(IpBench.Core, 0x8100, Join(Hex.Octets("00640800"), Ip("203.0.113.9", "10.1.2.3", 17, Payload(20))));
        byte[] reserved = (byte[])tagged.Clone();
        reserved[14] = 0x0F;
        reserved[15] = 0xFF;
        foreach (IpBench bench in Forms())
        {
            bench.Route(VrfBlue, "10.1.0.0/16", ForwardingHandle.Path | bench.Path(-1, bench.BlueIp));
            Assert.IsTrue(bench.Tables.Circuits.Set(IpBench.Core, CircuitTable.AnyTag, ForwardingHandle.Vrf | VrfBlue));
            StringAssert.StartsWith(string.Join(", ", bench.Run(IpBench.Core, tagged)), "2: ");
            Assert.AreEqual("drop no circuit", string.Join(", ", bench.Run(IpBench.Core, reserved)));
        }
    }
}
