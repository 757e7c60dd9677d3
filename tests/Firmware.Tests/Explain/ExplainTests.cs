using LabEdge.Control;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Explain;

/// <summary><c>explain</c> on a console: the rows, the lines that made them as the running configuration has them, and what is missing.</summary>
[TestClass]
public class ExplainTests
{
    private const string Configuration = """
        hostname pe1
        ip vrf blue
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        interface Ethernet1
         ip vrf forwarding blue
         ip address 10.1.1.254 255.255.255.0
        interface Ethernet2
         ip address 192.168.12.1 255.255.255.0
         mpls ip
        ip route 10.0.0.3 255.255.255.255 192.168.12.2
        ip route 10.0.0.4 255.255.255.255 192.168.12.2 7
        ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 203
        ip route vrf blue 10.4.4.0 255.255.255.0 10.0.0.4 label 204
        mpls static binding ipv4 10.0.0.3 255.255.255.255 output 192.168.12.2 103
        mpls static binding ipv4 10.0.0.3 255.255.255.255 input 20
        mpls static binding ipv4 vrf blue 10.1.1.0 255.255.255.0 input 21
        end
        """;

    private readonly ConsoleBench _bench = new();

    [TestInitialize]
    public void Load()
    {
        Assert.AreEqual("", _bench.Load(Configuration));
        _bench.Poll();

        // 192.168.12.2 answers ARP.
        _bench.Ports[1].Queue(Hex.Octets("020000000102 020000000C02 0806 0001080006040002 020000000C02 C0A80C02 020000000102 C0A80C01" + new string('0', 36)));
        _bench.Poll();
        _bench.Read();
    }

    [TestMethod]
    public void A_packet_of_our_own_shows_its_rows_stack_and_way_out()
    {
        string text = _bench.Run("explain vrf blue 10.2.2.1");
        StringAssert.Contains(text, "route: VRF blue, 10.2.2.0/24\n  from: ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 203\n");
        StringAssert.Contains(text, "path: pushes 203, pushes 103, out of Ethernet2 to 192.168.12.2, room for 1492 octets, TTL and TC copied into the labels (uniform)\n");
        StringAssert.Contains(text, "sent: Ethernet2, 122 octets, stack [103 ttl 255 | 203 ttl 255], IP TTL 255, to 0200.0000.0c02\n");
        StringAssert.EndsWith(text, "result: forwarded out of Ethernet2\n");
    }

    [TestMethod]
    [DataRow("explain vrf blue 10.2.2.1")]
    [DataRow("explain interface Ethernet2 labels 20 10.0.0.3")]
    [DataRow("explain interface Ethernet2 labels 21 10.1.1.7")]
    [DataRow("explain 10.0.0.3")]
    public void Every_route_and_binding_is_told_by_a_line_of_the_running_configuration(string command)
    {
        string running = _bench.Running();
        string[] from = [.. _bench.Run(command).Split('\n').Where(line => line.StartsWith("  from: ip route") || line.StartsWith("  from: mpls static")).Select(line => line[8..])];
        Assert.IsNotEmpty(from);
        foreach (string line in from) StringAssert.Contains(running, line + "\n");
    }

    [TestMethod]
    [DataRow("explain vrf blue 10.4.4.1", "why: the route to 10.4.4.0/24 cannot be used: no label switched path to 10.0.0.4/32: no label for 10.0.0.4/32 from 192.168.12.2: it has not advertised one: no output binding")]
    [DataRow("explain vrf blue 10.5.5.5", "why: no route to 10.5.5.5 in VRF blue: no line of the configuration leads there")]
    [DataRow("explain interface e2 labels 999 10.0.0.3", "why: label 999 is unknown here: this router has bound it to nothing (no input binding, no pseudowire)")]
    [DataRow("explain interface e1 labels 21 10.1.1.7", "why: Ethernet1 takes no labels: mpls ip is not configured there")]
    [DataRow("explain interface e1 10.2.2.1 size 1500 df-bit", "why: MTU of Ethernet2: 1500 octets, of which 1492 fit there: 8 too many; ICMP tells its sender (fragmentation needed or packet too big)")]
    [DataRow("explain interface e1 vlan 7 10.2.2.1", "why: wrong VLAN: no circuit of Ethernet1 takes VLAN 7")]
    [DataRow("explain interface e1 10.1.1.9", "why: 10.1.1.9 has not been asked for by ARP yet, on Ethernet1")]
    [DataRow("explain interface e1 10.2.2.1 ttl 1", "result: goes no further: time to live exceeded, which ICMP tells its sender")]
    [DataRow("explain interface e1 10.1.1.254", "result: delivered: for this router itself")]
    public void The_last_line_says_what_is_missing(string command, string last)
    {
        Assert.AreEqual(last, _bench.Run(command).TrimEnd('\n').Split('\n')[^1]);
    }

    [TestMethod]
    public void Explain_sends_counts_and_learns_nothing()
    {
        StateImage image = new();
        int offered = _bench.Ports.Sum(port => port.Offered);
        image.Keep(_bench.Router.Tables);
        foreach (string command in new[] { "explain vrf blue 10.2.2.1", "explain interface e2 labels 20 10.0.0.3", "explain interface e1 10.1.1.9", "explain vrf blue 10.5.5.5" }) _bench.Run(command);
        Assert.IsNull(image.Change(_bench.Router.Tables));
        Assert.AreEqual(offered, _bench.Ports.Sum(port => port.Offered));
    }

    [TestMethod]
    public void A_protocol_says_where_its_rows_came_from_and_why_it_has_none()
    {
        _bench.Router.Control.AddRowOwner(new Owner());
        StringAssert.Contains(_bench.Run("explain interface e2 labels 20 10.0.0.3"), "  from: ldp: label mapping 20, from 10.0.0.3 at 12.3 s\n");
        StringAssert.EndsWith(_bench.Run("explain vrf blue 10.4.4.1"), "it has not advertised one: no LDP neighbour: hello from 192.168.12.2 last seen 17.0 s ago\n");
    }

    private sealed class Owner : IRowOwner
    {
        public bool OriginOfRoute(int route, RowOrigin origin) => false;

        public bool OriginOfBinding(int binding, RowOrigin origin)
        {
            origin.Owner = "ldp";
            origin.Sender = 0x0A000003;
            origin.TimeMs = 12_345;
            origin.Text = "label mapping 20";
            return true;
        }

        public bool WhyNoLabel(uint prefix, int bits, uint nextHop, RowOrigin origin)
        {
            origin.Missing = "no LDP neighbour: hello from 192.168.12.2 last seen 17.0 s ago";
            return true;
        }
    }
}
