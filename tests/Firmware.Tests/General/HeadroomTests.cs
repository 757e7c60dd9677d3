using System.Net;
using LabEdge.Forwarding;
using static LabEdge.Tests.General.IpBench;
using static LabEdge.Tests.Host.Packets;

namespace LabEdge.Tests.General;

/// <summary>The router's constructor holds the headroom against the longest encapsulation that the capacity allows.</summary>
[TestClass]
public class HeadroomTests
{
    [TestMethod]
    public void Every_profile_has_the_headroom_and_one_octet_less_is_refused()
    {
        foreach (Capacity capacity in new[] { Capacity.Tiny(), Capacity.Small(), Capacity.Board(), Capacity.Pc() })
        {
            int longest = Router.LongestEncapsulation(capacity);
            Assert.IsLessThanOrEqualTo(capacity.Headroom, longest, capacity.Name);
            capacity.Headroom = longest - 1;
            Assert.ThrowsExactly<ArgumentException>(() => new Router(capacity, new PortableKernel(), new byte[Router.EntropyLength], null), capacity.Name);
        }

        Capacity plain = Capacity.Tiny();
        int with = Router.LongestEncapsulation(plain);
        plain.Tunnels = 0;
        Assert.AreEqual(TunnelTable.ReadyStride, with - Router.LongestEncapsulation(plain));
    }

    [TestMethod]
    public void The_longest_headers_of_a_packet_leave_whole()
    {
        foreach (IpBench bench in Forms())
        {
            Tables tables = bench.Tables;
            const int flags = TunnelTable.Ipv6 | TunnelTable.Gre | TunnelTable.Checksum | TunnelTable.HasKey | TunnelTable.HasSequence;
            int tunnel = tables.Tunnels.Add(flags, 0, 1, 7, IPAddress.Parse("2001:db8::1").GetAddressBytes(), 0, IPAddress.Parse("2001:db8::2").GetAddressBytes(), 0);
            tables.Tunnels.SetLink(tunnel, Neighbor(Core), 0, bench.Station(Core), 0, 5);
            int transport = tables.Transports.Allocate();
            int[] labels = Words([.. Enumerable.Range(4001, tables.Transports.ReadyStride / 4)]);
            Assert.IsTrue(tables.Transports.SetTunnel(transport, tables.Tunnels, tunnel, Core, 1500, labels, labels.Length));
            int path = bench.Path(600, transport);
            tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] |= PathTable.Entropy;
            bench.Route(0, "10.1.0.0/16", ForwardingHandle.Special | path);
            int room = 1500 - 56 - 4 * labels.Length - 8 - 4;
            byte[] packet = Ip("203.0.113.9", "10.1.2.3", 17, Payload(room - 20), flags: 0x4000);
            byte[] sent = Convert.FromHexString(bench.Run(Core, Arriving(Core, 0x0800, packet)).Single()[3..]);
            Assert.HasCount(1518, sent);
            Assert.AreEqual("8100 0005 86DD".Replace(" ", ""), Convert.ToHexString(sent, 12, 6));
            Assert.AreEqual(0, Checksum(sent[58..]), "GRE checksum");
            Assert.AreEqual(Hex.Text(Ip("203.0.113.9", "10.1.2.3", 17, Payload(room - 20), flags: 0x4000, ttl: 63)), Hex.Text(sent[^room..]));
            Assert.AreEqual("drop MTU exceeded, punt mtu exceeded at 14 in 0 value " + room,
                string.Join(", ", bench.Run(Core, Arriving(Core, 0x0800, Ip("203.0.113.9", "10.1.2.3", 17, Payload(room - 19), flags: 0x4000)))));
        }
    }
}
