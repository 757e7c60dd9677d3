using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Ospf;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Ospf;

/// <summary>The lines of OSPF: what a text asks is what the module does, it reads back, and what cannot be is said.</summary>
[TestClass]
public sealed class OspfConfigurationTests
{
    // Every line of OSPF that there is, in the order of the running configuration.
    private const string Whole = """
        !
        ip vrf blue
         rd 65000:1
        !
        interface Loopback0
         ip address 10.255.0.1 255.255.255.0
         ip ospf cost 3
         ip ospf network point-to-point
        !
        interface Ethernet1
         ip address 10.0.1.1 255.255.255.0
         ip ospf 7 area 1
         ip ospf authentication message-digest
         ip ospf cost 22
         ip ospf dead-interval 4
         ip ospf hello-interval 1
         ip ospf message-digest-key 5 md5 sixteenletters!!
         ip ospf mtu-ignore
         ip ospf network point-to-point
         ip ospf priority 9
         shutdown
         mpls ip
        !
        interface Ethernet2
         ip address 10.0.2.1 255.255.255.0
         ip ospf authentication
         ip ospf authentication-key eightlet
        !
        interface Ethernet3
         ip vrf forwarding blue
         ip address 10.0.2.1 255.255.255.0
         ip ospf authentication null
        !
        router ospf 7
         router-id 1.2.3.4
         no log-adjacency-changes
         auto-cost reference-bandwidth 1000
         area 0 authentication
         area 1 default-cost 12
         area 1 stub no-summary
         max-metric router-lsa
         mpls ldp sync
         timers throttle spf 10 20 300
         redistribute connected metric 30 metric-type 1 subnets
         redistribute static
         passive-interface default
         no passive-interface Ethernet1
         no passive-interface Loopback0
         network 10.0.2.0 0.0.0.255 area 0
         network 10.255.0.0 0.0.255.255 area 0
         default-information originate always metric 40
         maximum-paths 2
         distance 99
        !
        router ospf 8 vrf blue
         log-adjacency-changes detail
         area 5 authentication message-digest
         passive-interface Ethernet3
         network 0.0.0.0 255.255.255.255 area 5
        !
        end

        """;

    private static ConsoleBench Load(string text, string expected = "")
    {
        ConsoleBench bench = new(ospf: true);
        Assert.AreEqual(expected.ReplaceLineEndings("\n"), bench.Load(text));
        return bench;
    }

    [TestMethod]
    public void Every_line_reads_back()
    {
        string whole = Whole.ReplaceLineEndings("\n");
        ConsoleBench bench = Load(whole);
        Assert.AreEqual(whole, bench.Running());
        Assert.AreEqual("", bench.Load("hostname x\n"));
        Assert.AreEqual(0, bench.Ospf.Settings.Count);
        Assert.AreEqual("", bench.Load(whole));
        Assert.AreEqual(whole, bench.Running());
    }

    [TestMethod]
    public void What_a_text_asks_is_what_the_module_does()
    {
        ConsoleBench bench = Load(Whole);
        OspfModule ospf = bench.Ospf;
        OspfProcess seven = ospf.Processes.Single(p => p.Number == 7);
        OspfProcess eight = ospf.Processes.Single(p => p.Number == 8);
        Assert.AreEqual(0x01020304u, seven.RouterId);
        Assert.AreEqual(0x0A000201u, eight.RouterId, "the highest address of its VRF");
        Assert.AreEqual((10, 20, 300, 2, 99), (seven.SpfStartMs, seven.SpfHoldMs, seven.SpfMaxMs, seven.MaximumPaths, seven.Distance));
        Assert.AreEqual((true, 30, 1, true), (seven.RedistributeConnected, seven.ConnectedMetric, seven.ConnectedType, seven.ConnectedSubnets));
        Assert.AreEqual((true, 20, 2, false), (seven.RedistributeStatic, seven.StaticMetric, seven.StaticType, seven.StaticSubnets));
        Assert.AreEqual((true, 40, 2, true), (seven.DefaultOriginate, seven.DefaultMetric, seven.DefaultType, seven.DefaultAlways));
        Assert.AreEqual((false, false, true, true), (seven.LogChanges, seven.LogDetail, eight.LogChanges, eight.LogDetail));
        Assert.IsTrue(seven.MaxMetric);
        Assert.IsTrue(seven.LdpSync);
        OspfInterface first = ospf.Interfaces[0];
        OspfInterface second = ospf.Interfaces[1];
        OspfInterface third = ospf.Interfaces[2];
        OspfInterface loopback = ospf.Interfaces[bench.Router.Host.Interfaces.Find("Loopback0")];
        Assert.AreEqual((seven.Index, false, true, 22, 9, 1, 4), (first.Process, first.Passive, first.IsPointToPoint, first.Cost, first.Priority, first.HelloSeconds, first.DeadSeconds));
        Assert.AreEqual((2, 5, "sixteenletters!!", true), (first.AuthenticationType, first.KeyId, Text(first.Key), first.MtuIgnore));
        Assert.AreEqual((1u, true, true, 12), (ospf.Areas[first.Area].Id, ospf.Areas[first.Area].Stub, ospf.Areas[first.Area].NoSummary, ospf.Areas[first.Area].DefaultCost));
        Assert.AreEqual((seven.Index, true, 0u, 100, 10, 40), (second.Process, second.Passive, ospf.Areas[second.Area].Id, OspfModule.CostOf(second), second.HelloSeconds, second.DeadSeconds));
        Assert.AreEqual((1, 0, "eightlet"), (second.AuthenticationType, second.KeyId, Text(second.Key)));
        Assert.AreEqual((eight.Index, true, 5u, 0), (third.Process, third.Passive, ospf.Areas[third.Area].Id, third.AuthenticationType));
        Assert.AreEqual((seven.Index, false, true, 3), (loopback.Process, loopback.Passive, loopback.IsPointToPoint, OspfModule.CostOf(loopback)));
        Assert.AreEqual(OspfInterface.Down, first.State, "shutdown");
    }

    [TestMethod]
    public void No_step_of_a_table_writes_more_than_its_room()
    {
        Capacity capacity = Capacity.Small();
        capacity.ConsoleOutput = TextBuffer.StepRoom;
        ConsoleBench bench = new(capacity, name: "TwentyFiveGigE0/0/", ospf: true);
        Assert.AreEqual("", bench.Load(Whole.Replace("Ethernet", "TwentyFiveGigE0/0/").Replace("passive-interface default", "passive-interface Loopback0").Replace(" shutdown\n", "")
            .Replace(" no passive-interface TwentyFiveGigE0/0/1\n no passive-interface Loopback0\n", "")));
        for (int k = 0; k < 60; k++, bench.Now += 1000) bench.Poll();
        foreach (string line in new[] { "show ip ospf", "show ip ospf interface", "show ip ospf interface brief", "show ip ospf database", "show ip ospf database router", "show ip ospf database external", "show running-config" })
        {
            Assert.IsGreaterThan(20, bench.Run(line).Length, line);
            Assert.AreEqual(0, bench.Cli.Output.Lost, line);
        }
    }

    private static string Text(byte[] key) => key == null ? null : System.Text.Encoding.ASCII.GetString(key);

    [TestMethod]
    public void Lines_taken_back_one_by_one_leave_what_was_there_before()
    {
        ConsoleBench bench = Load("interface Ethernet1\n ip address 10.0.0.1 255.255.255.0\nrouter ospf 1\n");
        string before = bench.Running();
        foreach (string line in new[]
        {
            "router-id 1.1.1.1", "no log-adjacency-changes", "log-adjacency-changes detail", "auto-cost reference-bandwidth 1000", "area 0 authentication message-digest", "area 2 default-cost 9",
            "area 2 stub", "max-metric router-lsa", "mpls ldp sync", "timers throttle spf 1 2 3", "redistribute static subnets", "redistribute connected metric 3",
            "passive-interface Ethernet1", "passive-interface default", "network 10.0.0.0 0.255.255.255 area 0", "default-information originate", "maximum-paths 3", "distance 120",
        })
        {
            bench.Configure("router ospf 1\n" + line);
            Assert.AreNotEqual(before, bench.Running(), line);
            string back = line.StartsWith("no ", StringComparison.Ordinal) ? line[3..] : line == "log-adjacency-changes detail" ? "log-adjacency-changes" : "no " + line;
            bench.Configure("router ospf 1\n" + (back.StartsWith("no redistribute", StringComparison.Ordinal) ? string.Join(' ', back.Split(' ').Take(3)) : back));
            Assert.AreEqual(before, bench.Running(), line);
        }

        foreach (string line in new[]
        {
            "1 area 0", "authentication", "authentication-key x", "cost 5", "dead-interval 5", "hello-interval 2", "message-digest-key 1 md5 x", "mtu-ignore", "network point-to-point", "priority 0",
        })
        {
            bench.Configure("interface Ethernet1\nip ospf " + line);
            Assert.AreNotEqual(before, bench.Running(), line);
            bench.Configure("interface Ethernet1\nno ip ospf " + line);
            Assert.AreEqual(before, bench.Running(), line);
        }
    }

    [TestMethod]
    public void A_no_with_an_optional_word_takes_that_word_only()
    {
        ConsoleBench bench = Load("router ospf 1\n area 1 stub no-summary\n redistribute static metric 5 subnets\n");
        bench.Configure("router ospf 1\nno area 1 stub no-summary\nno redistribute static metric 5");
        StringAssert.Contains(bench.Running(), " area 1 stub\n redistribute static subnets\n");
        bench.Configure("router ospf 1\npassive-interface Ethernet2\npassive-interface default\nno passive-interface Ethernet1");
        StringAssert.Contains(bench.Running(), " passive-interface default\n no passive-interface Ethernet1\n");
        bench.Configure("router ospf 1\npassive-interface Ethernet1\nno passive-interface default");
        Assert.DoesNotContain("passive", bench.Running());
    }

    [TestMethod]
    public void The_line_of_an_interface_makes_its_process_and_goes_with_it()
    {
        ConsoleBench bench = Load("ip vrf red\ninterface Ethernet1\n ip vrf forwarding red\n ip address 10.0.0.1 255.255.255.0\n ip ospf 3 area 0.0.0.1\n");
        StringAssert.Contains(bench.Running(), " ip ospf 3 area 1\n");
        StringAssert.Contains(bench.Running(), "router ospf 3 vrf red\n");
        bench.Configure("no router ospf 3");
        Assert.DoesNotContain("ospf", bench.Running());
        bench.Configure("interface Ethernet1\nip ospf 3 area 1");
        bench.Run("configure terminal");
        StringAssert.Contains(bench.Run("no ip vrf red"), "have been removed");
        bench.Run("end");
        bench.Poll();
        Assert.DoesNotContain("ospf", bench.Running());
        Assert.IsTrue(bench.Ospf.Processes.All(p => p.Number == 0));
        Assert.IsTrue(bench.Ospf.Areas.All(a => a.Process < 0));
    }

    [TestMethod]
    public void Interfaces_are_in_by_the_network_line_with_the_fewest_wildcard_bits()
    {
        ConsoleBench bench = Load("interface Ethernet1\n ip address 10.1.1.1 255.255.255.0\ninterface Ethernet2\n ip address 10.2.2.1 255.255.255.0\nrouter ospf 1\n network 0.0.0.0 255.255.255.255 area 1\n network 10.1.1.1 0.0.0.0 area 0\n");
        uint AreaOf(int i) => bench.Ospf.Areas[bench.Ospf.Interfaces[i].Area].Id;
        Assert.AreEqual((0u, 1u), (AreaOf(0), AreaOf(1)));
        bench.Configure("router ospf 1\nno network 10.1.1.1 0.0.0.0 area 0");
        Assert.AreEqual((1u, 1u), (AreaOf(0), AreaOf(1)));
        bench.Configure("router ospf 1\nnetwork 10.2.0.0 255.255.0.0 area 2\nno network 0.0.0.0 255.255.255.255 area 1");
        StringAssert.Contains(bench.Running(), " network 10.2.0.0 0.0.255.255 area 2\n");
        Assert.AreEqual((-1, 2u), (bench.Ospf.Interfaces[0].Process, AreaOf(1)));
        bench.Configure("interface Ethernet2\nip address 10.3.0.1 255.255.255.0\ninterface Ethernet1\nip address 10.2.3.1 255.255.255.0");
        Assert.AreEqual((2u, -1), (AreaOf(0), bench.Ospf.Interfaces[1].Process));
    }

    [TestMethod]
    public void What_cannot_be_is_said_with_its_line_and_nothing_is_in_force()
    {
        ConsoleBench bench = Load("""
            interface Loopback0
             ip ospf priority 3
            interface Ethernet1
             ip ospf authentication-key ninechars
             ip ospf message-digest-key 1 md5 seventeencharacte
             ip ospf message-digest-key 1 md5 one
             ip ospf message-digest-key 2 md5 two
             ip ospf authentication message-digest null
            router ospf 1
             router-id 0.0.0.0
             area 0 stub
             timers throttle spf 100 50 60
             network 10.0.0.0 area 0
            router ospf 2
             network 10.0.0.0 0.0.0.255 area 0
            router ospf 1 vrf nowhere
            ip vrf red
            router ospf 1 vrf red
            no router ospf 9
            """, """
            line 2: found "ip", expected a physical interface
            line 4: found "ninechars", expected a key of at most 8 characters, with MD5 of 16
            line 5: found "seventeencharacte", expected a key of at most 8 characters, with MD5 of 16
            line 7: found "2", expected no key of another number beside it
            line 8: found "ip", expected message-digest or null
            line 10: found "0.0.0.0", expected a router id other than 0.0.0.0
            line 11: found "0", expected an area other than the backbone
            line 12: found "60", expected a longest delay that is not below the others
            line 13: found "area", expected an IPv4 address
            line 14: found "2", expected one process in each VRF
            line 16: found "nowhere", expected the name of a VRF that exists
            line 18: found "red", expected the VRF that the process has
            line 19: found "9", expected a line that is configured

            """);
        Assert.AreEqual(0, bench.Ospf.Settings.Count);
    }

    [TestMethod]
    public void What_the_module_has_not_is_not_accepted()
    {
        ConsoleBench bench = Load("");
        foreach (string line in new[] { "area 1 nssa", "area 1 virtual-link 2.2.2.2", "redistribute bgp 65000 subnets", "neighbor 10.0.0.2", "nsf" })
        {
            string errors = bench.Load("router ospf 1\n " + line + "\n");
            StringAssert.Contains(errors, "line 2: ", line);
        }

        Assert.AreEqual("line 2: \"ip ospf bfd\" is not supported by LabEdge\n", bench.Load("interface Ethernet1\n ip ospf bfd\n"));
    }

    [TestMethod]
    public void A_router_without_the_room_says_so()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("found \"router ospf\", expected this router was built without the protocol\n", bench.Load("router ospf 1\n network 10.0.0.0 0.0.0.255 area 0\n"));
        Assert.IsNull(bench.Router.Control.Ospf);
    }

    [TestMethod]
    public void Areas_and_processes_beyond_the_table_are_refused()
    {
        Capacity capacity = Capacity.Tiny();
        ConsoleBench bench = new(capacity, ospf: true);
        Assert.AreEqual("line 4: found \"0.0.0.2\", expected one fewer: the table is full\n".Replace("0.0.0.2", "10.2.0.0"),
            bench.Load("router ospf 1\n network 10.0.0.0 0.0.0.255 area 0\n network 10.1.0.0 0.0.0.255 area 1\n network 10.2.0.0 0.0.0.255 area 2\n network 10.3.0.0 0.0.0.255 area 1\n"));
        StringAssert.Contains(bench.Load("ip vrf a\nrouter ospf 1\nrouter ospf 2 vrf a\n"), "line 3: found \"2\", expected one fewer: the table is full");
    }

    [TestMethod]
    public void Rows_and_kinds_count_alike()
    {
        foreach ((int kind, string words) in new[]
        {
            (OspfLines.Process, "router"), (OspfLines.RouterId, "router-id"), (OspfLines.LdpSync, "mpls"), (OspfLines.PassiveDefault, "passive-interface{No neighbours on an interface} default"),
            (OspfLines.Network, "network"), (OspfLines.Distance, "distance"), (OspfLines.Area, "ip ospf{Open shortest path first} %n0(1-65535){Process} area"), (OspfLines.MtuIgnore, "ip ospf mtu-ignore"),
            (OspfLines.PointToPoint, "ip ospf network point-to-point"), (OspfLines.Priority, "ip ospf priority"),
        }) StringAssert.StartsWith(CommandTable.Row(OspfEditor.ActionOf(kind)), "+" + words);
        Assert.AreEqual(CommandTable.OspfProcessLast, OspfEditor.ActionOf(OspfLines.ProcessKinds - 1));
        Assert.AreEqual(CommandTable.IpOspfLast, OspfEditor.ActionOf(OspfLines.EndOfKinds - 1));
    }
}
