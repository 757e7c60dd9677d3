using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>Fragmentation (RFC 791 section 3.2), plain and under labels (RFC 3032 section 3.4): put together again by the test, the fragments are the packet.</summary>
[TestClass]
public class FragmentTests
{
    private const int NextLabel = 333;

    private static void Setup(IpBench bench)
    {
        bench.Route(0, "10.0.0.0/8", ForwardingHandle.Path | bench.Path(-1, bench.NarrowIp));
        bench.Route(0, "10.1.0.0/16", ForwardingHandle.Path | bench.Path(600, bench.NarrowLabelled));
        bench.Label(30, ForwardingHandle.Path | bench.Path(NextLabel, bench.NarrowLabelled));
        int pair = bench.Tables.Paths.Allocate(2);
        bench.Tables.Paths.Set(pair, 0, bench.NarrowLabelled, true);
        bench.Tables.Paths.Set(pair + 1, 0, bench.NarrowIp, true);
        bench.Label(31, ForwardingHandle.PathPair | pair);
    }

    [TestMethod]
    public void Fragments_octet_for_octet()
    {
        // 200 octets of MTU: 176 of payload in the first, the rest in the second.
        byte[] payload = Payload(200);
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, payload, identification: 0xBEEF, tos: 0x20);
        string first = Sent(Narrow, Leaving(Narrow, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, payload[..176], ttl: 63, identification: 0xBEEF, flags: 0x2000, tos: 0x20)));
        string second = Sent(Narrow, Leaving(Narrow, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, payload[176..], ttl: 63, identification: 0xBEEF, flags: 22, tos: 0x20)));
        Check($"{first}, {second}", Core, Arriving(Core, 0x0800, packet), Setup);
    }

    [TestMethod]
    public void A_fragment_of_a_fragment_keeps_its_place_and_its_more_bit()
    {
        byte[] payload = Payload(184);
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, payload, identification: 1, flags: 0x2000 | 100);
        string first = Sent(Narrow, Leaving(Narrow, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, payload[..176], ttl: 63, identification: 1, flags: 0x2000 | 100)));
        string second = Sent(Narrow, Leaving(Narrow, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, payload[176..], ttl: 63, identification: 1, flags: 0x2000 | 122)));
        Check($"{first}, {second}", Core, Arriving(Core, 0x0800, packet), Setup);
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow("94040000", "94040000")] // router alert: copied
    [DataRow("07070400000000 01", "")] // record route: in the first only
    [DataRow("01 01 94040000 01 01", "94040000")] // no-operations go
    [DataRow("8303 04 00", "83030400")] // loose source route, then the end
    [DataRow("8205 010203 44080500 00000000 8303 04", "8205010203 830304")] // two that stay, one that does not
    [DataRow("8205 010203 940201", "8205010203 9402 00")] // the second one's last octet ends the list
    [DataRow("9400 0000", "")] // a length of 0 ends what is kept
    [DataRow("9408 0000", "")] // longer than the header
    [DataRow("01010194", "")] // a type without a length
    public void Options_with_the_copied_flag_are_in_every_fragment(string options, string kept)
    {
        byte[] all = Hex.Octets(options);
        byte[] later = Hex.Octets(kept);
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(300), options: Convert.ToHexString(all) + string.Concat(Enumerable.Repeat("00", -all.Length & 3)));
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            byte[][] fragments = Frames(bench.Run(Core, Arriving(Core, 0x0800, packet)));
            Assert.IsGreaterThan(1, fragments.Length);
            Assert.AreEqual(Hex.Text(packet, 20, Ipv4Header.ReadHeaderLength(packet, 0) - 20), Hex.Text(fragments[0], 34, Ipv4Header.ReadHeaderLength(fragments[0], 14) - 20));
            byte[] padded = [.. later, .. new byte[-later.Length & 3]];
            foreach (byte[] fragment in fragments.Skip(1))
            {
                Assert.AreEqual(Hex.Text(padded), Hex.Text(fragment, 34, Ipv4Header.ReadHeaderLength(fragment, 14) - 20));
            }

            AssertWhole(packet, fragments, 14, NarrowMtu);
        }
    }

    [TestMethod]
    public void Every_length_comes_together_again()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            for (int length = 0; length <= 1480; length += length is > 150 and < 600 ? 1 : 13)
            {
                byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(length));
                AssertWhole(packet, Frames(bench.Run(Core, Arriving(Core, 0x0800, packet))), 14, NarrowMtu);
            }
        }
    }

    [TestMethod]
    public void Fragments_in_a_VRF_have_their_label()
    {
        byte[] packet = Ip("198.51.100.9", "10.1.9.9", 17, Payload(500), tos: 0xA0);
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            byte[][] fragments = Frames(bench.Run(Core, Arriving(Core, 0x0800, packet)));
            AssertWhole(packet, fragments, 18, NarrowMtu - 4);
            foreach (byte[] fragment in fragments) Assert.AreEqual(Hex.Text(Label(600, 5, true, 63)), Hex.Text(fragment, 14, 4));
        }
    }

    // RFC 3032 section 3.4: each fragment has the stack as the packet would have had it.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(16)]
    public void A_labelled_packet_that_is_swapped_is_fragmented_under_its_stack(int depth)
    {
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(1400));
        byte[] under = Join([.. Enumerable.Range(1, depth - 1).Select(i => (object)Label(5000 + i, i & 7, i == depth - 1, 100 + i))]);
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            byte[][] fragments = Frames(bench.Run(Core, Arriving(Core, 0x8847, Join(Label(30, 3, depth == 1, 40), under, packet))));
            AssertWhole(packet, fragments, 14 + 4 * depth, NarrowMtu - 4 * depth, ttl: 64);
            foreach (byte[] fragment in fragments) Assert.AreEqual(Hex.Text(Join(Label(NextLabel, 3, depth == 1, 39), under)), Hex.Text(fragment, 14, 4 * depth));
        }
    }

    [TestMethod]
    public void A_labelled_packet_that_loses_its_last_label_is_fragmented_as_a_packet()
    {
        byte[] packet = Ip("198.51.100.9", "10.9.9.9", 17, Payload(700));
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            AssertWhole(packet, Frames(bench.Run(Core, Arriving(Core, 0x8847, Join(Label(31, 0, true, 40), packet)))), 14, NarrowMtu, ttl: 39);
            byte[][] fragments = Frames(bench.Run(Core, Arriving(Core, 0x8847, Join(Label(31, 0, false, 40), Label(5001, 2, true, 90), packet))));
            AssertWhole(packet, fragments, 18, NarrowMtu - 4, ttl: 64);
            foreach (byte[] fragment in fragments) Assert.AreEqual(Hex.Text(Label(5001, 2, true, 39)), Hex.Text(fragment, 14, 4));
        }
    }

    [TestMethod]
    public void What_may_not_be_fragmented_is_noted_with_what_fits()
    {
        byte[] df = Ip("198.51.100.9", "10.9.9.9", 17, Payload(181), flags: 0x4000);
        Check("drop MTU exceeded, punt mtu exceeded at 14 in 0 value 200", Core, Arriving(Core, 0x0800, df), Setup, "DF");
        df = Ip("198.51.100.9", "10.1.9.9", 17, Payload(177), flags: 0x4000);
        Check("drop MTU exceeded, punt mtu exceeded at 14 in 0 value 196", Core, Arriving(Core, 0x0800, df), Setup, "DF, with a label");
        byte[] beyond = Ip("198.51.100.9", "10.9.9.9", 17, Payload(300), flags: 8170);
        Check("drop MTU exceeded, punt mtu exceeded at 14 in 0 value 200", Core, Arriving(Core, 0x0800, beyond), Setup, "beyond 65,535 octets");
        df = Ip("198.51.100.9", "10.9.9.9", 17, Payload(190), flags: 0x4000);
        Check("drop MTU exceeded, punt mtu exceeded in label at 14 in 0 value 200", Core, Arriving(Core, 0x8847, Join(Label(30, 0, true, 40), df)), Setup, "DF under a label");
        byte[] not = Ip("198.51.100.9", "10.9.9.9", 17, Payload(190));
        not[10] ^= 1;
        Check("drop MTU exceeded, punt mtu exceeded in label at 14 in 0 value 200", Core, Arriving(Core, 0x8847, Join(Label(30, 0, true, 40), not)), Setup, "no header by its checksum");
        byte[] six = Ip6("2001:db8::1", "2001:db8::2", 59, Payload(190));
        Check("drop MTU exceeded, punt mtu exceeded in label at 14 in 0 value 200", Core, Arriving(Core, 0x8847, Join(Label(30, 0, true, 40), six)), Setup, "IPv6");
    }

    [TestMethod]
    public void A_port_that_refuses_fragments_is_counted_for_each()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench);
            bench.Port[Narrow].Refuses = true;
            Assert.IsEmpty(bench.Run(Core, Arriving(Core, 0x0800, Ip("198.51.100.9", "10.9.9.9", 17, Payload(500)))));
            Assert.AreEqual(3, bench.Tables.Ledger.EgressDropped[Narrow]);
            Assert.AreEqual(2, bench.Tables.Ledger.Fragments[Narrow]);
            Assert.AreEqual(1, bench.Tables.Ledger.Forwarded[Core]);
        }
    }

    private static byte[][] Frames(string[] lines)
    {
        Assert.IsTrue(lines.All(line => line.StartsWith($"{Narrow}: ", StringComparison.Ordinal)), string.Join(", ", lines.Select(l => l[..Math.Min(60, l.Length)])));
        return [.. lines.Select(line => Convert.FromHexString(line[3..]))];
    }

    // The receiver of RFC 791: fragments in their places, each within the MTU, none of them overlapping, give the packet.
    private static void AssertWhole(byte[] packet, byte[][] frames, int at, int mtu, int ttl = 63)
    {
        byte[] payload = new byte[65536];
        bool[] there = new bool[65536];
        int total = -1;
        foreach (byte[] frame in frames)
        {
            byte[] f = frame[at..];
            int header = (f[0] & 15) * 4;
            int length = f[2] * 256 + f[3];
            Assert.AreEqual(f.Length, length);
            Assert.IsLessThanOrEqualTo(mtu, length);
            Assert.AreEqual(0, Checksum(f[..header]));
            Assert.AreEqual(ttl, f[8]);
            Assert.AreEqual(Hex.Text(packet, 4, 2), Hex.Text(f, 4, 2));
            Assert.AreEqual(Hex.Text(packet, 12, 8), Hex.Text(f, 12, 8));
            Assert.AreEqual(packet[1], f[1]);
            Assert.AreEqual(packet[9], f[9]);
            int offset = ((f[6] & 31) * 256 + f[7]) * 8;
            bool more = (f[6] & 0x20) != 0;
            if (more) Assert.AreEqual(0, (length - header) % 8);
            else total = offset + length - header;
            for (int i = 0; i < length - header; i++)
            {
                Assert.IsFalse(there[offset + i], "overlap");
                there[offset + i] = true;
                payload[offset + i] = f[header + i];
            }
        }

        int headerLength = (packet[0] & 15) * 4;
        Assert.AreEqual(packet.Length - headerLength, total);
        Assert.IsTrue(there.AsSpan(0, total).IndexOf(false) < 0, "a hole");
        Assert.AreEqual(Hex.Text(packet, headerLength, total), Hex.Text(payload, 0, total));
    }

    [TestMethod]
    public void A_wrong_checksum_is_not_made_right_by_fragments_of_a_router_that_does_not_verify()
    {
        foreach (BurstKernel kernel in (BurstKernel[])[new PortableKernel(), new NetKernel()])
        {
            IpBench bench = new(kernel, false);
            bench.Route(0, "10.1.0.0/16", ForwardingHandle.Path | bench.Path(-1, bench.NarrowIp));
            byte[] packet = Ip("203.0.113.9", "10.1.2.3", 17, Payload(400));
            Assert.HasCount(3, bench.Run(IpBench.Core, Arriving(IpBench.Core, 0x0800, packet)));
            packet[10] ^= 0x40;
            Assert.AreEqual("drop IPv4 checksum bad", string.Join(", ", bench.Run(IpBench.Core, Arriving(IpBench.Core, 0x0800, packet))));
        }
    }
}
