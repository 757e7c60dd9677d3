namespace LabEdge.Tests.ConsoleRoom;

/// <summary>IPv6 in exec commands: routes in order and looked up, destinations that need a link, the trace.</summary>
[TestClass]
public class Ipv6CommandTests
{
    private readonly ConsoleBench _bench = new();

    public Ipv6CommandTests()
    {
        _bench.Configure("""
            ip vrf red
             rd 1:1
            exit
            interface Ethernet1
             ipv6 address 2001:db8:1::1/64
            interface Ethernet2
             ip vrf forwarding red
             ipv6 address 2001:db8:1::1/64
            interface Loopback0
             ipv6 address 2001:db8:ff::1/128
            exit
            ipv6 route 2001:db8:b::/48 2001:db8:1::2
            ipv6 route 2001:db8:a::/48 2001:db8:1::2
            ipv6 route 2001:db8:a::/64 2001:db8:1::3
            ipv6 route vrf red ::/0 Ethernet2 2001:db8:1::9
            """);

        // Addresses are tested first (RFC 4862 section 5.4).
        for (int i = 0; i < 30; i++)
        {
            _bench.Now += 100;
            _bench.Poll();
        }
    }

    [TestMethod]
    public void Routes_stand_in_order_whatever_the_order_they_came_in()
    {
        Assert.AreEqual(
            """
            Codes: C - connected, L - local, S - static
            C   2001:db8:1::/64 [0/0]
                 via Ethernet1, directly connected
            L   2001:db8:1::1/128 [0/0]
                 via Ethernet1, receive
            S   2001:db8:a::/48 [1/0]
                 via 2001:db8:1::2
            S   2001:db8:a::/64 [1/0]
                 via 2001:db8:1::3
            S   2001:db8:b::/48 [1/0]
                 via 2001:db8:1::2
            L   2001:db8:ff::1/128 [0/0]
                 via Loopback0, receive

            """.ReplaceLineEndings("\n"), _bench.Run("show ipv6 route"));
        Assert.Contains("S   ::/0 [1/0]\n     via 2001:db8:1::9, Ethernet2\nC   2001:db8:1::/64", _bench.Run("show ipv6 route vrf red"));
    }

    [TestMethod]
    [DataRow("2001:db8:a::1", "S   2001:db8:a::/64 [1/0]\n     via 2001:db8:1::3\n")]
    [DataRow("2001:db8:a:1::1", "S   2001:db8:a::/48 [1/0]\n     via 2001:db8:1::2\n")]
    [DataRow("2001:db8:a::/48", "S   2001:db8:a::/48 [1/0]\n     via 2001:db8:1::2\n")]
    [DataRow("2001:db8:a::/64", "S   2001:db8:a::/64 [1/0]\n     via 2001:db8:1::3\n")]
    [DataRow("2001:db8:a::/63", "% Network not in table\n")]
    [DataRow("::/0", "% Network not in table\n")]
    [DataRow("2001:db8:c::1", "% Network not in table\n")]
    [DataRow("2001:db8:a::1 2001:db8:a::/48", "% An address or a prefix, not both\n")]
    [DataRow("vrf red 2001:db8:c::1", "S   ::/0 [1/0]\n     via 2001:db8:1::9, Ethernet2\n")]
    [DataRow("vrf red ::/0", "S   ::/0 [1/0]\n     via 2001:db8:1::9, Ethernet2\n")]
    public void An_address_finds_its_longest_prefix_and_a_prefix_itself(string key, string expected)
    {
        Assert.AreEqual(expected, _bench.Run("show ipv6 route " + key));
    }

    [TestMethod]
    [DataRow("fe80::1", "% A link-local destination needs its interface (such as ping FE80::1 Ethernet1)\n")]
    [DataRow("fe80::1 Ethernet3", "% This interface has no IPv6\n")]
    [DataRow("fe80::1 Loopback0", "% This interface has no IPv6\n")]
    [DataRow("fe80::1 Loopback7", "% This interface has no IPv6\n")]
    [DataRow("vrf red fe80::1 Ethernet1", "% This interface is not of that VRF\n")]
    [DataRow("2001:db8:1::2 Ethernet1", "% Only a link-local destination takes an interface\n")]
    [DataRow("ff02::1 Ethernet1", "% A unicast address is needed\n")]
    [DataRow("vrf blue fe80::1 Ethernet1", "% VRF blue does not exist\n")]
    public void A_destination_that_cannot_be_is_refused_by_ping_and_traceroute(string destination, string expected)
    {
        Assert.AreEqual(expected, _bench.Run("ping " + destination));
        Assert.AreEqual(expected, _bench.Run("traceroute " + destination));
        Assert.AreEqual(expected, _bench.Run("ping ipv6 " + destination));
    }

    [TestMethod]
    public void A_link_local_destination_is_sought_on_its_link_only()
    {
        // Its own, of station 02-00-00-00-01-01.
        Assert.Contains("!!!!!", _bench.Run("ping fe80::ff:fe00:101 Ethernet1"));
        foreach (RecordingPort port in _bench.Ports) port.Sent.Clear();
        Assert.Contains("..\nSuccess rate is 0 percent (0/2)", _bench.Run("ping fe80::99 Ethernet2 repeat 2 timeout 1"));
        byte[] sought = Hex.Octets("FE80 000000000000 0000000000000099");
        bool Asks(RecordingPort port) => port.Sent.Exists(frame => frame.AsSpan().IndexOf(sought) >= 0);
        CollectionAssert.AreEqual(new[] { false, true, false }, _bench.Ports.Select(Asks).ToArray());
    }

    [TestMethod]
    public void A_trace_ends_at_an_address_of_the_router_and_where_nothing_leads()
    {
        Assert.AreEqual(
            "Type escape sequence to abort.\nTracing the route to 2001:db8:ff::1\n  1 2001:db8:ff::1 0 msec 0 msec 0 msec\n",
            _bench.Run("traceroute 2001:db8:ff::1"));
        Assert.Contains("% no route to the destination", _bench.Run("traceroute ipv6 2001:db8:c::1"));
        Assert.Contains("VRF info: red", _bench.Run("traceroute vrf red 2001:db8:c::1 ttl 1 2 timeout 1 probe 1"));
    }
}
