using System.Net;
using LabEdge.Forwarding;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>MPLS in UDP (RFC 7510) and in GRE (RFC 4023, RFC 2784, RFC 2890), over IPv4 and IPv6, out and in, in both kernel forms.</summary>
[TestClass]
public class TunnelTests
{
    private const string Here4 = "192.0.2.1", There4 = "198.51.100.2", Here6 = "2001:db8::1", There6 = "2001:db8:ffff::2";
    private const int Key = 0x01020304;

    // name, flags
    private static IEnumerable<object[]> Kinds()
    {
        yield return ["UDP over IPv4", 0];
        yield return ["UDP over IPv4 with checksum", TunnelTable.Checksum];
        yield return ["UDP over IPv6", TunnelTable.Ipv6];
        yield return ["UDP over IPv6 without checksum", TunnelTable.Ipv6 | TunnelTable.ZeroChecksum];
        yield return ["GRE over IPv4", TunnelTable.Gre];
        yield return ["GRE over IPv4 with all fields", TunnelTable.Gre | TunnelTable.Checksum | TunnelTable.HasKey | TunnelTable.HasSequence];
        yield return ["GRE over IPv6", TunnelTable.Gre | TunnelTable.Ipv6];
        yield return ["GRE over IPv6 with a key", TunnelTable.Gre | TunnelTable.Ipv6 | TunnelTable.HasKey];
    }

    // The near end sends 10.1/16 into the tunnel with label 600; what comes out of it with label 30 is swapped to 333, with 31 it is VRF blue's.
    private static int Setup(IpBench bench, int flags, bool mirrored = false, params int[] labels)
    {
        bool six = (flags & TunnelTable.Ipv6) != 0;
        byte[] here = IPAddress.Parse(six ? Here6 : Here4).GetAddressBytes();
        byte[] there = IPAddress.Parse(six ? There6 : There4).GetAddressBytes();
        if (mirrored) (here, there) = (there, here);
        int tunnel = bench.Tables.Tunnels.Add(flags, 0, 3, Key, here, 0, there, 0);
        Assert.AreNotEqual(TunnelTable.None, tunnel);
        bench.Tables.Tunnels.SetLink(tunnel, Neighbor(Core), 0, bench.Station(Core), 0, -1);
        int transport = bench.Tables.Transports.Allocate();
        Assert.IsTrue(bench.Tables.Transports.SetTunnel(transport, bench.Tables.Tunnels, tunnel, Core, 1500, Words(labels), labels.Length));
        bench.Route(0, "10.1.0.0/16", ForwardingHandle.Special | bench.Path(600, transport));
        bench.Route(0, $"{new IPAddress(here)}/{(six ? 128 : 32)}", ForwardingHandle.Local);
        bench.Route(0, $"{new IPAddress(there)}/{(six ? 128 : 32)}", ForwardingHandle.Glean | Core);
        Assert.IsTrue(bench.Tables.Labels.Set(30, ForwardingHandle.Path | bench.Path(333, bench.CoreLabelled), 3));
        Assert.IsTrue(bench.Tables.Labels.Set(31, ForwardingHandle.Vrf | VrfBlue, 3));
        Assert.IsTrue(bench.Tables.Labels.Set(32, ForwardingHandle.Vrf | VrfBlue, ForwardingHandle.ScopeCore));
        bench.Route(VrfBlue, "10.1.0.0/16", ForwardingHandle.Path | bench.Path(-1, bench.BlueIp));
        return tunnel;
    }

    // What the other end sends, built by the test.
    private static byte[] Outer(int flags, byte[] inner, int ttl = 64, int dscp = 0, int sourcePort = 50000, int sequence = 0, int key = Key, bool reverse = false, int fragment = 0x4000,
        int destinationPort = 6635, string source = null, string destination = null)
    {
        bool six = (flags & TunnelTable.Ipv6) != 0;
        source ??= (six, reverse) switch { (true, true) => Here6, (true, false) => There6, (false, true) => Here4, _ => There4 };
        destination ??= (six, reverse) switch { (true, true) => There6, (true, false) => Here6, (false, true) => There4, _ => Here4 };
        byte[] addresses = Join(IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes());
        byte[] shim;
        if ((flags & TunnelTable.Gre) != 0)
        {
            bool sum = (flags & TunnelTable.Checksum) != 0, hasKey = (flags & TunnelTable.HasKey) != 0, hasSequence = (flags & TunnelTable.HasSequence) != 0;
            shim = Join((sum ? 0x80 : 0) | (hasKey ? 0x20 : 0) | (hasSequence ? 0x10 : 0), 0, "8847", sum ? "00000000" : "", hasKey ? Four((uint)key) : "", hasSequence ? Four((uint)sequence) : "");
            if (sum) Two(Checksum(Join(shim, inner))).CopyTo(shim, 4);
        }
        else
        {
            shim = Join(Two(sourcePort), Two(destinationPort), Two(8 + inner.Length), 0, 0);
            bool sum = six ? (flags & TunnelTable.ZeroChecksum) == 0 : (flags & TunnelTable.Checksum) != 0;
            int checksum = Checksum(Join(addresses, 0, 17, Two(8 + inner.Length), shim, inner));
            if (sum) Two(checksum == 0 ? 0xFFFF : checksum).CopyTo(shim, 6);
        }

        int protocol = (flags & TunnelTable.Gre) != 0 ? 47 : 17;
        return six ? Ip6(source, destination, protocol, Join(shim, inner), hopLimit: ttl, trafficClass: dscp << 2)
            : Ip(source, destination, protocol, Join(shim, inner), ttl: ttl, identification: 0, flags: fragment, tos: dscp << 2);
    }

    private static int EtherType(int flags) => (flags & TunnelTable.Ipv6) != 0 ? 0x86DD : 0x0800;

    private static int HeaderLength(int flags) => Outer(flags, []).Length;

    private static byte[] Inner(int length = 100, int ttl = 63) => Ip("203.0.113.9", "10.1.2.3", 17, Payload(length), ttl: ttl, tos: 0xA0);

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void What_goes_out_is_what_the_RFC_says_octet_for_octet(string what, int flags)
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench, flags);
            for (int sequence = 0; sequence < 3; sequence++)
            {
                byte[] sent = Convert.FromHexString(bench.Run(Core, Arriving(Core, 0x0800, Inner(ttl: 64))).Single()[3..]);
                (int port, int flow) = Flow(flags, sent);
                byte[] expected = Outer(flags, Join(Label(600, 5, true, 63), Inner()), sourcePort: port, sequence: sequence, reverse: true);
                if ((flags & TunnelTable.Ipv6) != 0) Four((uint)((6 << 28) | flow)).CopyTo(expected, 0);
                Assert.AreEqual(Hex.Text(Leaving(Core, EtherType(flags), expected)), Hex.Text(sent), $"{what}, {bench.Kernel.GetType().Name}");
            }
        }
    }

    // Source port and IPv6 flow label as they were sent: the port is one of the dynamic ones (RFC 7510 section 3).
    private static (int Port, int Flow) Flow(int flags, byte[] sent)
    {
        int ip = 14;
        bool six = (flags & TunnelTable.Ipv6) != 0;
        int port = 0;
        if ((flags & TunnelTable.Gre) == 0)
        {
            int at = ip + (six ? 40 : 20);
            port = sent[at] * 256 + sent[at + 1];
            Assert.IsGreaterThanOrEqualTo(49152, port);
        }

        return (port, six ? (sent[ip + 1] & 15) * 65536 + sent[ip + 2] * 256 + sent[ip + 3] : 0);
    }

    [TestMethod]
    public void A_flow_keeps_its_source_port_and_flows_have_many()
    {
        foreach (int flags in new[] { 0, TunnelTable.Ipv6 })
        {
            IpBench bench = new(new PortableKernel());
            Setup(bench, flags);
            HashSet<int> ports = [];
            HashSet<int> labels = [];
            for (int i = 0; i < 200; i++)
            {
                byte[] packet = Ip("203.0.113.9", "10.1.2.3", 17, Join(Two(20000 + i), Two(53), Two(12), 0, 0, Payload(4)));
                (int port, int flow) = Flow(flags, Convert.FromHexString(bench.Run(Core, Arriving(Core, 0x0800, packet)).Single()[3..]));
                Assert.AreEqual((port, flow), Flow(flags, Convert.FromHexString(bench.Run(Core, Arriving(Core, 0x0800, packet)).Single()[3..])));
                ports.Add(port);
                labels.Add(flow);
            }

            Assert.IsGreaterThan(190, ports.Count);
            if (flags != 0) Assert.IsGreaterThan(190, labels.Count);
        }
    }

    [TestMethod]
    [DataRow(0, -1, 63, 40)] // copied from the label; the class selector of its class (RFC 4023 sections 5.2 and 5.3)
    [DataRow(255, 46, 255, 46)]
    [DataRow(17, 0, 17, 0)]
    public void TTL_and_DSCP_of_the_outer_header_by_rule(int ttl, int dscp, int sentTtl, int sentDscp)
    {
        foreach (int flags in new[] { 0, TunnelTable.Ipv6, TunnelTable.Gre })
        {
            IpBench bench = new(new PortableKernel());
            bench.Tables.Tunnels.SetRules(Setup(bench, flags), ttl, dscp);
            byte[] sent = Convert.FromHexString(bench.Run(Core, Arriving(Core, 0x0800, Inner(ttl: 64))).Single()[3..]);
            bool six = (flags & TunnelTable.Ipv6) != 0;
            Assert.AreEqual(sentTtl, sent[14 + (six ? 7 : 8)]);
            Assert.AreEqual(sentDscp << 2, six ? (sent[14] & 15) * 16 + sent[15] / 16 : sent[15]);
            if (!six) Assert.AreEqual(0, Checksum(sent[14..34]));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void What_one_end_sends_the_other_takes(string what, int flags)
    {
        IpBench near = new(new PortableKernel());
        IpBench far = new(new NetKernel());
        Setup(near, flags, false, 30);
        int tunnel = Setup(far, flags, mirrored: true);
        for (int length = 0; length < 300; length += 37)
        {
            byte[] sent = Convert.FromHexString(near.Run(Core, Arriving(Core, 0x0800, Inner(length, ttl: 64))).Single()[3..]);
            Hex.Octets("020000000001").CopyTo(sent, 0);
            byte[] swapped = Join(Label(333, 5, false, 62), Label(600, 5, true, 63), Inner(length));
            Assert.AreEqual(Sent(Core, Leaving(Core, 0x8847, swapped)), string.Join(", ", far.Run(Core, sent)), $"{what}, {length}");
        }

        Assert.AreEqual(9, far.Tables.Tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.Received]);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void The_longest_packet_passes_and_one_octet_more_is_noted(string what, int flags)
    {
        foreach (int[] labels in new int[][] { [], [30], [30, 40, 50] })
        {
            foreach (IpBench bench in Forms())
            {
                Setup(bench, flags, false, labels);
                int longest = 1500 - HeaderLength(flags) - 4 * labels.Length - 4;
                byte[] packet = Ip("203.0.113.9", "10.1.2.3", 17, Payload(longest - 20), flags: 0x4000);
                Assert.AreEqual(1514 * 2 + 3, bench.Run(Core, Arriving(Core, 0x0800, packet)).Single().Length, what);
                packet = Ip("203.0.113.9", "10.1.2.3", 17, Payload(longest - 19), flags: 0x4000);
                Assert.AreEqual($"drop MTU exceeded, punt mtu exceeded at 14 in 0 value {longest}", string.Join(", ", bench.Run(Core, Arriving(Core, 0x0800, packet))), what);
            }
        }
    }

    [TestMethod]
    public void A_packet_that_may_be_fragmented_goes_in_two_tunnel_packets()
    {
        foreach (IpBench bench in Forms())
        {
            Setup(bench, TunnelTable.Ipv6);
            string[] sent = bench.Run(Core, Arriving(Core, 0x0800, Inner(1470, ttl: 64)));
            Assert.HasCount(2, sent);
            byte[] first = Convert.FromHexString(sent[0][3..]);
            byte[] second = Convert.FromHexString(sent[1][3..]);
            int at = 14 + 40 + 8 + 4;
            Assert.AreEqual(Hex.Text(Ip("203.0.113.9", "10.1.2.3", 17, Payload(1470)[..1424], ttl: 63, tos: 0xA0, flags: 0x2000)), Hex.Text(first[at..]));
            Assert.AreEqual(Hex.Text(Ip("203.0.113.9", "10.1.2.3", 17, Payload(1470)[1424..], ttl: 63, tos: 0xA0, flags: 178)), Hex.Text(second[at..]));
            foreach (byte[] frame in new[] { first, second })
            {
                Assert.AreEqual(frame.Length - 54, frame[18] * 256 + frame[19], "payload length");
                Assert.AreEqual(0, Checksum(Join(frame[22..54], 0, 17, frame[58..60], frame[54..])), "UDP checksum");
            }
        }
    }

    // Outer TTL 1, any DSCP: they end with the outer header (RFC 4023 sections 5.2 and 5.3).
    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void What_comes_in_is_looked_up_in_the_scope_of_the_tunnel(string what, int flags)
    {
        int type = EtherType(flags);
        int length = HeaderLength(flags);
        byte[] left = Leaving(Blue, 0x0800, Inner(ttl: 62));
        Check(Sent(Blue, left), Core, Arriving(Core, type, Outer(flags, Join(Label(31, 2, true, 100), Inner()), ttl: 1, dscp: 63)), bench => Setup(bench, flags), what);
        Check("drop label scope", Core, Arriving(Core, type, Outer(flags, Join(Label(32, 2, true, 100), Inner()))), bench => Setup(bench, flags), what);
        Check("drop unknown label", Core, Arriving(Core, type, Outer(flags, Join(Label(40, 2, true, 100), Inner()))), bench => Setup(bench, flags), what);
        Check("drop truncated label stack", Core, Arriving(Core, type, Outer(flags, [])), bench => Setup(bench, flags), what);
        Check($"punt ttl expired in label at {14 + length} in 1", Core, Arriving(Core, type, Outer(flags, Join(Label(31, 2, true, 1), Inner()))), bench => Setup(bench, flags), what);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void From_another_end_than_a_tunnels_nothing_is_taken(string what, int flags)
    {
        bool six = (flags & TunnelTable.Ipv6) != 0;
        byte[] labelled = Join(Label(31, 2, true, 100), Inner());
        Check("drop unknown tunnel", Core, Arriving(Core, EtherType(flags), Outer(flags, labelled, source: six ? "2001:db8:ffff::3" : "198.51.100.3")), bench => Setup(bench, flags), what);
        Check("drop unknown tunnel", Core, Arriving(Core, EtherType(flags), Outer(flags, labelled)), bench =>
        {
            bench.Tables.Tunnels.Remove(Setup(bench, flags));
            Setup(bench, flags ^ TunnelTable.Gre, mirrored: true);
            bench.Route(0, six ? $"{Here6}/128" : $"{Here4}/32", ForwardingHandle.Local);
        }, what + ", the tunnel has gone");
        Check(six ? "punt local ipv6 at 14 in 0 value 0" : "punt local at 14 in 0 value 0", Core, Arriving(Core, EtherType(flags), Outer(flags, labelled)), bench =>
        {
            bench.Tables.Tunnels.Remove(Setup(bench, flags));
        }, what + ", no tunnel at all: Host answers");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Every_shorter_packet_ends_in_a_drop_and_never_goes_on(string what, int flags)
    {
        byte[] labelled = Join(Label(31, 2, true, 100), Ip("203.0.113.9", "10.1.2.3", 17, Payload(8), ttl: 63));
        byte[] whole = Outer(flags, labelled);
        bool six = (flags & TunnelTable.Ipv6) != 0;
        foreach (IpBench bench in Forms())
        {
            Setup(bench, flags);
            for (int length = 0; length < whole.Length; length++)
            {
                string cut = string.Join(", ", bench.Run(Core, Arriving(Core, EtherType(flags), whole[..length])));
                Assert.AreEqual(six ? "drop IPv6 header invalid" : "drop IPv4 header invalid", cut, $"{what}, {length}");
                if (length < (six ? 40 : 20)) continue;

                // The outer header says so too: then what is inside lies, or is cut.
                byte[] lies = whole[..length];
                if (six) Two(length - 40).CopyTo(lies, 4);
                else
                {
                    Two(length).CopyTo(lies, 2);
                    Two(0).CopyTo(lies, 10);
                    Two(Checksum(lies[..20])).CopyTo(lies, 10);
                }

                string end = string.Join(", ", bench.Run(Core, Arriving(Core, EtherType(flags), lies)));
                Assert.IsTrue(end.StartsWith("drop ") || end.StartsWith("punt local"), $"{what}, {length}: {end}");
                if (end.StartsWith("punt")) Assert.IsLessThan((six ? 40 : 20) + 8, length, "only what has no whole UDP header is Host's");
            }
        }
    }

    [TestMethod]
    public void A_checksum_that_is_there_notices_every_bit()
    {
        foreach (int flags in new[] { TunnelTable.Checksum, TunnelTable.Ipv6, TunnelTable.Gre | TunnelTable.Checksum })
        {
            byte[] whole = Outer(flags, Join(Label(31, 2, true, 100), Inner(10)));
            int shim = (flags & TunnelTable.Ipv6) != 0 ? 40 : 20;
            IpBench bench = new(new PortableKernel());
            Setup(bench, flags);
            for (int bit = shim * 8; bit < whole.Length * 8; bit++)
            {
                byte[] frame = Arriving(Core, EtherType(flags), whole);
                frame[14 + bit / 8] ^= (byte)(0x80 >> (bit % 8));
                string outcome = string.Join(", ", bench.Run(Core, frame));
                Assert.IsTrue(outcome is "drop tunnel header invalid" or "drop unknown EtherType" or "drop unknown tunnel" || outcome.StartsWith("punt local"), $"flags {flags}, bit {bit - shim * 8}: {outcome}");
            }
        }
    }

    [TestMethod]
    public void UDP_over_IPv6_has_a_checksum_unless_the_tunnel_was_told()
    {
        byte[] without = Outer(TunnelTable.Ipv6 | TunnelTable.ZeroChecksum, Join(Label(31, 2, true, 100), Inner()));
        Check("drop tunnel header invalid", Core, Arriving(Core, 0x86DD, without), bench => Setup(bench, TunnelTable.Ipv6));
        byte[] with = Outer(TunnelTable.Ipv6, Join(Label(31, 2, true, 100), Inner()));
        Check(Sent(Blue, Leaving(Blue, 0x0800, Inner(ttl: 62))), Core, Arriving(Core, 0x86DD, with), bench => Setup(bench, TunnelTable.Ipv6 | TunnelTable.ZeroChecksum), "a right one is always right");
    }

    [TestMethod]
    [DataRow(0, "drop tunnel header invalid")] // MF of a first fragment
    [DataRow(TunnelTable.Gre, "drop tunnel header invalid")]
    public void Fragments_of_a_tunnel_packet_are_not_put_together(int flags, string outcome)
    {
        byte[] labelled = Join(Label(31, 2, true, 100), Inner());
        Check(outcome, Core, Arriving(Core, 0x0800, Outer(flags, labelled, fragment: 0x2000)), bench => Setup(bench, flags));
        string later = flags == 0 ? "punt local at 14 in 0 value 0" : outcome;
        Check(later, Core, Arriving(Core, 0x0800, Outer(flags, labelled, fragment: 100)), bench => Setup(bench, flags));
    }

    [TestMethod]
    public void Another_UDP_port_and_another_GRE_payload_are_not_a_tunnels()
    {
        byte[] labelled = Join(Label(31, 2, true, 100), Inner());
        Check("punt local at 14 in 0 value 0", Core, Arriving(Core, 0x0800, Outer(0, labelled, destinationPort: 6634)), bench => Setup(bench, 0));
        byte[] gre = Outer(TunnelTable.Gre, labelled);
        Two(0x0800).CopyTo(gre, 22);
        Check("drop unknown EtherType", Core, Arriving(Core, 0x0800, gre), bench => Setup(bench, TunnelTable.Gre));
    }

    [TestMethod]
    public void GRE_fields_must_be_those_of_the_tunnel()
    {
        byte[] labelled = Join(Label(31, 2, true, 100), Inner());
        string passes = Sent(Blue, Leaving(Blue, 0x0800, Inner(ttl: 62)));
        void Gre(string outcome, int sent, int asked, int key = Key) =>
            Check(outcome, Core, Arriving(Core, 0x0800, Outer(TunnelTable.Gre | sent, labelled, key: key)), bench => Setup(bench, TunnelTable.Gre | asked), $"sent {sent}, asked {asked}");
        Gre(passes, TunnelTable.Checksum, 0);
        Gre("drop tunnel header invalid", 0, TunnelTable.Checksum);
        Gre("drop unknown tunnel", TunnelTable.HasKey, 0);
        Gre("drop unknown tunnel", 0, TunnelTable.HasKey);
        Gre("drop unknown tunnel", TunnelTable.HasKey, TunnelTable.HasKey, Key + 1);
        Gre(passes, TunnelTable.HasKey, TunnelTable.HasKey);
        Gre("drop tunnel header invalid", TunnelTable.HasSequence, 0);
        Gre("drop tunnel header invalid", 0, TunnelTable.HasSequence);
        byte[] version = Outer(TunnelTable.Gre, labelled);
        version[21] = 1;
        Check("drop tunnel header invalid", Core, Arriving(Core, 0x0800, version), bench => Setup(bench, TunnelTable.Gre), "version 1");
    }

    [TestMethod]
    public void GRE_packets_that_are_late_or_doubled_are_dropped()
    {
        const int flags = TunnelTable.Gre | TunnelTable.HasSequence;
        byte[] labelled = Join(Label(31, 2, true, 100), Inner());
        string passes = Sent(Blue, Leaving(Blue, 0x0800, Inner(ttl: 62)));
        foreach (IpBench bench in Forms())
        {
            Setup(bench, flags);
            foreach ((int sequence, string outcome) in new[] { (0, passes), (1, passes), (1, "drop out of sequence"), (3, passes), (2, "drop out of sequence"), (4, passes) })
            {
                Assert.AreEqual(outcome, string.Join(", ", bench.Run(Core, Arriving(Core, 0x0800, Outer(flags, labelled, sequence: sequence)))), $"{sequence}");
            }
        }
    }

    // Tunnel in label in tunnel in label ...: a bound, not a stack.
    [TestMethod]
    public void Tunnels_in_tunnels_end()
    {
        byte[] packet = Inner();
        for (int i = 0; i < 30; i++) packet = Outer(0, Join(Label(33, 0, true, 255), packet));
        Check("drop too many labels", Core, Arriving(Core, 0x0800, packet), bench =>
        {
            Setup(bench, 0);
            Assert.IsTrue(bench.Tables.Labels.Set(33, ForwardingHandle.Vrf, 3));
        });
    }
}
