using System.Text;
using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Service instances, bridge domains, local switching and uRPF: as they are typed, loaded, refused, written, shown and forwarded.</summary>
[TestClass]
public sealed class Layer2ConfigurationTests
{
    private const string Bridge = """
        hostname PE1
        bridge-domain 100
         mac aging-time 60
         mac limit maximum addresses 50
         member 10.255.0.2 7 encapsulation mpls manual split-horizon group 1
          mpls label 41 301
          sequencing both
        interface Loopback0
         ip address 10.255.0.1 255.255.255.255
        interface Ethernet1
         service instance 10 ethernet
          encapsulation untagged
          bridge-domain 100
        interface Ethernet2
         service instance 20 ethernet
          encapsulation dot1q 20
          rewrite ingress tag pop 1 symmetric
          storm-control broadcast level pps 5
          bridge-domain 100
         service instance 30 ethernet
          encapsulation dot1q 30 second-dot1q 31
          rewrite ingress tag pop 2 symmetric
          bridge-domain 100
        interface Ethernet3
         ip address 10.0.12.1 255.255.255.0
         ip verify unicast source reachable-via rx allow-default
         mpls ip
        end
        """;

    // Source 0200 0000 00nn, destination as given, tags before the EtherType, 46 octets of payload.
    private static string FrameOf(string destination, int source, params int[] vlans)
    {
        StringBuilder frame = new($"{destination} 0200 0000 99{source:X2} ");
        foreach (int vlan in vlans) frame.Append($"8100 {vlan:X4} ");
        return frame.Append("0800 ").Append(string.Concat(Enumerable.Repeat("5A", 46))).ToString();
    }

    private static string Hex(string text) => text.Replace(" ", "").ToUpperInvariant();

    // What each port sent of one frame in by a port, as hex; empty for none.
    private static string[] Send(ConsoleBench bench, int port, string frame)
    {
        foreach (RecordingPort each in bench.Ports) each.Sent.Clear();
        bench.Ports[port].Queue(Convert.FromHexString(Hex(frame)));
        bench.Poll();
        return [.. bench.Ports.Select(p => string.Join(" ", p.Sent.Select(s => Convert.ToHexString(s))))];
    }

    [TestMethod]
    public void A_bridge_domain_floods_learns_and_moves_the_tags()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Bridge));

        // Untagged in: the two tagged circuits get their tags; the pseudowire has no way to its peer.
        string[] sent = Send(bench, 0, FrameOf("FFFF FFFF FFFF", 1));
        Assert.AreEqual("", sent[0]);
        Assert.AreEqual(Hex(FrameOf("FFFF FFFF FFFF", 1, 20)) + " " + Hex(FrameOf("FFFF FFFF FFFF", 1, 30, 31)), sent[1]);

        // Two tags in, to the address just learnt: untagged out of Ethernet1 alone.
        sent = Send(bench, 1, FrameOf("0200 0000 9901", 2, 30, 31));
        Assert.AreEqual(Hex(FrameOf("0200 0000 9901", 2)), sent[0]);
        Assert.AreEqual("", sent[1]);

        // A VLAN that nobody has is dropped.
        sent = Send(bench, 1, FrameOf("0200 0000 9901", 3, 21));
        Assert.AreEqual("", string.Concat(sent));
        Assert.AreEqual(1, bench.Router.Tables.Ledger.DroppedOn(1, DropReason.NotForThisStation));

        string shown = bench.Run("show bridge-domain 100");
        StringAssert.Contains(shown, "Bridge-domain 100 (4 members in all)");
        StringAssert.Contains(shown, "Aging-Timer: 60 second(s)");
        StringAssert.Contains(shown, "Maximum address limit: 50");
        StringAssert.Contains(shown, "pseudowire 10.255.0.2:7 (split-horizon group 1)");
        StringAssert.Contains(shown, "0200.0000.9901");
        StringAssert.Contains(bench.Run("show mac address-table"), "0200.0000.9902  0       Ethernet2.EFP30");
        string instances = bench.Run("show ethernet service instance");
        StringAssert.Contains(instances, "dot1q 30 second-dot1q 31");
        StringAssert.Contains(instances, "bridge-domain 100             1/1, ");
        StringAssert.Contains(bench.Run("show xconnect all"), "bd BD100(Bridge domain)");
        Assert.AreEqual("% This bridge domain does not exist\n", bench.Run("show bridge-domain 9"));
    }

    [TestMethod]
    public void An_address_is_forgotten_after_the_domains_own_time()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Bridge));
        Send(bench, 0, FrameOf("FFFF FFFF FFFF", 1));
        bench.Now += 59_000;
        for (int i = 0; i < 100; i++) bench.Poll();
        Assert.AreEqual(1, bench.Router.Tables.Bridges.Macs.Count);
        bench.Now += 2_000;
        for (int i = 0; i < 100; i++) bench.Poll();
        Assert.AreEqual(0, bench.Router.Tables.Bridges.Macs.Count);
    }

    [TestMethod]
    public void Storm_control_lets_the_rate_through_and_no_more()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Bridge));
        int passed = 0;
        for (int i = 0; i < 12; i++) passed += Send(bench, 1, FrameOf("FFFF FFFF FFFF", 4, 20))[0] == "" ? 0 : 1;
        Assert.AreEqual(5, passed);
        Assert.AreEqual("", bench.Load(Bridge.Replace("pps 5", "pps 0")));
        Assert.AreEqual("", Send(bench, 1, FrameOf("FFFF FFFF FFFF", 4, 20))[0]);
        Assert.AreEqual("", bench.Load(Bridge.Replace("  storm-control broadcast level pps 5\n", "")));
        Assert.AreNotEqual("", Send(bench, 1, FrameOf("FFFF FFFF FFFF", 4, 20))[0]);
    }

    [TestMethod]
    public void Split_horizon_keeps_the_members_of_a_group_apart()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Bridge.Replace("  bridge-domain 100\n", "  bridge-domain 100 split-horizon group 2\n")));
        Assert.AreEqual("", string.Concat(Send(bench, 0, FrameOf("FFFF FFFF FFFF", 1))));
    }

    [TestMethod]
    [DataRow("pop 1 symmetric", "untagged", "", new[] { 10 }, new int[0])]
    [DataRow("translate 1-to-1 dot1q 77 symmetric", "dot1q 77", "", new[] { 10 }, new[] { 77 })]
    [DataRow("push dot1q 88 symmetric", "dot1q 88", "", new[] { 10 }, new[] { 88, 10 })]
    public void Connect_joins_two_instances_with_their_rewrites(string rewrite, string encapsulation, string other, int[] here, int[] there)
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load($"""
            interface Ethernet1
             service instance 1 ethernet
              encapsulation dot1q 10
              rewrite ingress tag {rewrite}
            interface Ethernet2
             service instance 2 ethernet
              encapsulation {encapsulation}
            {other}connect abc Ethernet1 1 Ethernet2 2
            end
            """));
        Assert.AreEqual(Hex(FrameOf("0200 0000 9902", 1, there)), Send(bench, 0, FrameOf("0200 0000 9902", 1, here))[1]);
        Assert.AreEqual(Hex(FrameOf("0200 0000 9901", 2, here)), Send(bench, 1, FrameOf("0200 0000 9901", 2, there))[0]);
        bench.Configure("no connect abc");
        Assert.AreEqual("", Send(bench, 0, FrameOf("0200 0000 9902", 1, here))[1]);
        bench.Configure("connect abc Ethernet1 1 Ethernet2 2\ninterface Ethernet1\nservice instance 1 ethernet\nencapsulation dot1q 11");
        Assert.AreNotEqual("", Send(bench, 0, FrameOf("0200 0000 9902", 1, 11))[1], "an instance that is made anew is joined anew");
    }

    [TestMethod]
    public void Default_takes_what_no_other_instance_takes()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load("""
            interface Ethernet1
             service instance 1 ethernet
              encapsulation default
             service instance 2 ethernet
              encapsulation dot1q 5
            interface Ethernet2
             service instance 1 ethernet
              encapsulation default
            connect all Ethernet1 1 Ethernet2 1
            end
            """));
        Assert.AreEqual(Hex(FrameOf("0200 0000 9902", 1)), Send(bench, 0, FrameOf("0200 0000 9902", 1))[1]);
        Assert.AreEqual(Hex(FrameOf("0200 0000 9902", 1, 9)), Send(bench, 0, FrameOf("0200 0000 9902", 1, 9))[1]);
        Assert.AreEqual("", Send(bench, 0, FrameOf("0200 0000 9902", 1, 5))[1]);
    }

    [TestMethod]
    public void Reverse_path_check_drops_what_has_no_way_back()
    {
        ConsoleBench bench = new();
        string text = """
            interface Ethernet1
             ip address 10.1.0.1 255.255.255.0
             ip verify unicast source reachable-via rx
            interface Ethernet2
             ip address 10.2.0.1 255.255.255.0
            end
            """;
        Assert.AreEqual("", bench.Load(text));
        string packet = "0200 0000 0101 0200 0000 9901 0800 4500 001C 0000 0000 4011 {0} {1} 0A02 0005 0001 0002 0008 0000" + string.Concat(Enumerable.Repeat("00", 18));
        Send(bench, 0, Checked(packet, "0A09 0005"));
        Assert.AreEqual(1, bench.Router.Tables.Ledger.DroppedOn(0, DropReason.ReversePath));
        Send(bench, 0, Checked(packet, "0A01 0005"));
        Assert.AreEqual(1, bench.Router.Tables.Ledger.DroppedOn(0, DropReason.ReversePath));
        Assert.AreEqual("", bench.Load(text.Replace(" ip verify unicast source reachable-via rx\n", "")));
        Send(bench, 0, Checked(packet, "0A09 0005"));
        Assert.AreEqual(1, bench.Router.Tables.Ledger.DroppedOn(0, DropReason.ReversePath));
        Assert.AreEqual(0, bench.Router.Tables.Attachments.Record[AttachmentTable.Flags]);
    }

    // Fills in source and header checksum.
    private static string Checked(string packet, string source)
    {
        byte[] octets = Convert.FromHexString(Hex(string.Format(packet, "0000", source)));
        int sum = 0;
        for (int i = 14; i < 34; i += 2) sum += (octets[i] << 8) | octets[i + 1];
        sum = (sum & 0xFFFF) + (sum >> 16);
        return string.Format(packet, ((~sum) & 0xFFFF).ToString("X4"), source);
    }

    [TestMethod]
    [DataRow("interface Ethernet1\n ip address 10.1.0.1 255.255.255.0", "ip", "an interface whose untagged frames no service instance takes")]
    [DataRow("interface Ethernet1\n ipv6 enable", "ipv6", "an interface whose untagged frames no service instance takes")]
    [DataRow("interface Ethernet3\n no ip address\n no mpls ip\n ipv6 address 2001:db8::1/64\n service instance 1 ethernet\n  encapsulation untagged", "untagged", "an interface without IP address")]
    [DataRow("interface Ethernet1\n mpls ip", "mpls", "an interface whose untagged frames no service instance takes")]
    [DataRow("interface Ethernet1\n xconnect 10.9.9.9 1 encapsulation mpls manual", "xconnect", "an interface without service instances")]
    [DataRow("interface Ethernet3\n service instance 1 ethernet\n  encapsulation untagged", "untagged", "an interface without IP address")]
    [DataRow("interface Loopback0\n service instance 1 ethernet", "service", "a physical interface")]
    [DataRow("interface Ethernet2\n service instance 4001 ethernet", "4001", "a number 1-4000")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  encapsulation dot1q 20", "20", "frames that no other service instance of the interface takes (Ethernet2 service instance 20)")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  encapsulation dot1q 4095", "4095", "a number 1-4094")]
    [DataRow("interface Ethernet2\n service instance 20 ethernet\n  rewrite ingress tag pop 2 symmetric", "2", "an encapsulation with as many tags as are popped")]
    [DataRow("interface Ethernet2\n service instance 20 ethernet\n  encapsulation untagged", "encapsulation", "an encapsulation with as many tags as are popped")]
    [DataRow("interface Ethernet2\n service instance 20 ethernet\n  xconnect 10.9.9.9 1 encapsulation mpls manual", "xconnect", "a service instance without xconnect, bridge-domain and connect")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  xconnect 10.255.0.2 7 encapsulation mpls manual", "7", "a peer and VC id of its own (bridge-domain 100)")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  xconnect 10.255.0.1 8 encapsulation mpls manual", "10.255.0.1", "the peer's address, not this router's (Loopback0)")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  xconnect 10.9.9.9 1 encapsulation mpls manual\n   mpls label 41 17", "41", "a label that nothing else is bound to")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  xconnect 10.9.9.9 1 encapsulation mpls manual\n   no mpls control-word\n   sequencing both", "sequencing", "mpls control-word before it")]
    [DataRow("interface Ethernet2\n service instance 21 ethernet\n  xconnect 10.9.9.9 1 encapsulation mpls manual\n   fragmentation both\n   no mpls control-word", "mpls", "no sequencing and no fragmentation before it")]
    [DataRow("interface Ethernet2\n service instance 20 ethernet\n  storm-control broadcast level pps 2000001", "2000001", "a number 0-2000000")]
    [DataRow("connect a Ethernet1 10 Ethernet2 20", "10", "a service instance without xconnect, bridge-domain and connect")]
    [DataRow("connect a Ethernet1 11 Ethernet2 20", "11", "a service instance that exists")]
    [DataRow("no connect a", "a", "a line that is configured")]
    [DataRow("bridge-domain 16385", "16385", "a number 1-16384")]
    [DataRow("bridge-domain 101\nbridge-domain 102\nbridge-domain 103\nbridge-domain 104", "104", "one fewer: the table is full")]
    [DataRow("interface Loopback0\n ip verify unicast source reachable-via any", "ip", "a physical interface")]
    [DataRow("interface Loopback0\n ip address 10.255.0.2 255.255.255.255", "10.255.0.2", "an address that is no xconnect's peer (bridge-domain 100)")]
    public void A_mistake_is_refused_with_what_was_found_and_expected(string lines, string found, string expected)
    {
        ConsoleBench bench = new();
        string text = Bridge.Replace("\r", "")[..^3] + lines + "\nend\n";
        Assert.AreEqual($"line {text.Split('\n').Length - 2}: found \"{found}\", expected {expected}\n", bench.Load(text));
        Assert.AreEqual(0, bench.Router.Control.Labels.Used);
    }

    [TestMethod]
    public void Running_config_reads_back_and_changes_nothing()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Bridge));
        string running = bench.Running();
        foreach (string line in Bridge.Split('\n').Where(l => !l.StartsWith("end"))) StringAssert.Contains(running, line.TrimEnd() + "\n");
        Assert.AreEqual("", bench.Load(running));
        Assert.AreEqual(0, bench.Cli.Loader.Changes);
        ConsoleBench again = new();
        Assert.AreEqual("", again.Load(running));
        Assert.AreEqual(running, again.Running());

        // A changed age does not touch the members; what is taken away leaves nothing behind.
        Assert.AreEqual("", bench.Load(Bridge.Replace("aging-time 60", "aging-time 90")));
        Assert.AreEqual(1, bench.Cli.Loader.Changes);
        Assert.AreEqual("", bench.Load(""));
        Tables tables = bench.Router.Tables;
        Assert.IsTrue(Enumerable.Range(0, bench.Router.Control.Instances.Count).All(i => tables.Attachments.Record[i * AttachmentTable.Stride] == 0));
        Assert.AreEqual(0, tables.Circuits.Count);
        Assert.IsTrue(tables.Bridges.Member.All(m => m == 0));
        Assert.IsTrue(tables.Pseudowires.Record.Where((_, i) => i % PseudowireTable.Stride == 0).All(f => f == 0));
        Assert.AreEqual(0, bench.Router.Control.Labels.Used);
        for (int p = 0; p < 3; p++) Assert.AreEqual(0, tables.Ports.Record[(p * PortTable.Stride) + PortTable.Any]);
    }

    [TestMethod]
    public void Typed_lines_take_effect_at_once_and_exit_leaves_one_mode()
    {
        ConsoleBench bench = new();
        bench.Run("configure terminal");
        bench.Run("interface Ethernet1");
        bench.Run("service instance 7 ethernet");
        Assert.AreEqual("Router(config-if-srv)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("encapsulation dot1q 7"));
        Assert.AreEqual("", bench.Run("xconnect 10.9.9.9 1 encapsulation mpls manual"));
        Assert.AreEqual("Router(config-if-srv-xconn)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("mpls label 40 400"));
        Assert.AreEqual("", bench.Run("load-balance flow-label both"));
        StringAssert.Contains(bench.Run("do show mpls l2transport vc detail"), "flow label: on");
        Assert.AreEqual(1, bench.Router.Control.Labels.Used);
        bench.Run("exit");
        Assert.AreEqual("Router(config-if-srv)#", bench.Cli.Prompt);
        StringAssert.Contains(bench.Run("bridge-domain 5"), "expected a service instance without xconnect");
        Assert.AreEqual("Router(config-if-srv)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("no xconnect"));
        Assert.AreEqual(0, bench.Router.Control.Labels.Used);
        bench.Run("exit");
        Assert.AreEqual("Router(config-if)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("bridge-domain 9"));
        Assert.AreEqual("Router(config-bdomain)#", bench.Cli.Prompt);
        bench.Run("exit");
        Assert.AreEqual("Router(config)#", bench.Cli.Prompt);
        Assert.AreEqual("", bench.Run("no bridge-domain 9"));
        Assert.AreEqual("", bench.Run("interface Ethernet1"));
        Assert.AreEqual("", bench.Run("no service instance 7 ethernet"));
        Assert.AreEqual(0, bench.Router.Tables.Circuits.Count);
    }

    [TestMethod]
    public void A_port_that_cannot_take_foreign_frames_refuses_the_whole_text()
    {
        ConsoleBench bench = new(promiscuous: false);
        Assert.AreEqual("found \"Ethernet1\", expected this port's MAC cannot receive frames for other stations\n", bench.Load(Bridge));
        Assert.AreEqual(ControlResult.NotPromiscuous, bench.Router.Control.AddInstance(0, 1, ServiceInstances.Untagged, 0));
    }
}
