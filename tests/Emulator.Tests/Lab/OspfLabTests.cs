using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>A triangle of routers from plain configuration files: OSPF gives them routes, LDP labels, and both come back after every loss.</summary>
[TestClass]
public class OspfLabTests
{
    private const string Topology = """
        name: triangle
        topology:
          nodes: {r1: {}, r2: {}, r3: {}}
          links:
            - endpoints: ["r1:eth1", "r2:eth1"]
            - endpoints: ["r2:eth2", "r3:eth1"]
            - endpoints: ["r1:eth2", "r3:eth2"]
        """;

    private static string Router(int number, string first, string second, string more = "") => $"""
        hostname r{number}
        mpls ldp router-id Loopback0 force
        interface Loopback0
         ip address 10.255.0.{number} 255.255.255.255
        interface Ethernet1
         ip address {first} 255.255.255.0
         ip ospf network point-to-point
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         mpls ip
        interface Ethernet2
         ip address {second} 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         mpls ip
        router ospf 1
         timers throttle spf 50 50 5000
         network 10.0.0.0 0.255.255.255 area 0
        {more}
        """;

    // Ethernet1 is point-to-point; Ethernet2 of r2 meets Ethernet1 of r3, so that both have to be of that kind.
    private static TemporaryLab Make(string more = "") => new((TopologyReader.FileName, Topology), (ChecksReader.FileName, "checks: [{goal: r1 has a name, type: shows, node: r1, command: show running-config, text: hostname}]\n"),
        ("r1.cfg", Router(1, "10.0.12.1", "10.0.13.1", more)),
        ("r2.cfg", Router(2, "10.0.12.2", "10.0.23.2").Replace("interface Ethernet2\n", "interface Ethernet2\n ip ospf network point-to-point\n")),
        ("r3.cfg", Router(3, "10.0.23.3", "10.0.13.3")));

    private static LabSession Open(TemporaryLab lab, int seconds)
    {
        LabSession session = LabSession.Open(lab.Folder, new LabOptions { Seed = 5 });
        session.RunUntil(seconds * 1_000_000L);
        return session;
    }

    private static void Run(LabSession session, int seconds) => session.RunUntil(session.NowUs + seconds * 1_000_000L);

    // Everybody reaches everybody's loopback, and knows a label for those that are a hop away.
    private static void AssertWhole(LabSession session, string when)
    {
        foreach (int from in new[] { 1, 2, 3 })
        {
            foreach (int to in new[] { 1, 2, 3 })
            {
                session.Type("r" + from, $"ping 10.255.0.{to} source 10.255.0.{from} repeat 2 timeout 1");
                StringAssert.Contains(session.Type("r" + from, $"ping 10.255.0.{to} source 10.255.0.{from}"), "(5/5)", $"{when}: r{from} to r{to}");
            }

            StringAssert.Contains(session.Type("r" + from, "show mpls ldp neighbor"), "State: Oper", when);
        }
    }

    [TestMethod]
    public void A_lab_from_plain_configuration_files_forms_adjacencies_and_labels()
    {
        using TemporaryLab lab = Make("ip route 192.168.7.0 255.255.255.0 10.0.12.2\nrouter ospf 1\n redistribute static subnets\n default-information originate always");
        using LabSession session = Open(lab, 20);
        AssertWhole(session, "at start");
        string routes = session.Type("r3", "show ip route");
        StringAssert.Contains(routes, "Gateway of last resort is 10.0.13.1 to network 0.0.0.0");
        StringAssert.Matches(routes, new(@"(?m)^O\*E2  0\.0\.0\.0/0 \[110/1\] via 10\.0\.13\.1, \d\d:\d\d:\d\d, Ethernet2$"));
        StringAssert.Matches(routes, new(@"(?m)^O        10\.255\.0\.1/32 \[110/11\] via 10\.0\.13\.1, \d\d:\d\d:\d\d, Ethernet2$"));
        StringAssert.Matches(routes, new(@"(?m)^O E2  192\.168\.7\.0/24 \[110/20\] via 10\.0\.13\.1, \d\d:\d\d:\d\d, Ethernet2$"));
        StringAssert.Matches(routes, new(@"(?m)^O        10\.0\.12\.0/24 \[110/20\] via 10\.0\.13\.1, .*\n +\[110/20\] via 10\.0\.23\.2, "), "two ways of equal cost");
        string only = session.Type("r3", "show ip route ospf");
        Assert.DoesNotContain("connected, Ethernet", only);
        StringAssert.Contains(only, "10.255.0.2/32");
        StringAssert.Matches(session.Type("r3", "show mpls forwarding-table"), new(@"Pop Label  10\.255\.0\.1/32 +Ethernet2  10\.0\.13\.1"));
        StringAssert.Contains(session.Type("r1", "show logging"), "%OSPF-5-ADJCHG: Process 1, Nbr 10.255.0.2 on Ethernet1 from LOADING to FULL, Loading Done");
    }

    [TestMethod]
    public void Links_and_routers_come_and_go()
    {
        using TemporaryLab lab = Make();
        using LabSession session = Open(lab, 20);
        AssertWhole(session, "at start");
        session.Apply(new LinkState(session.NowUs, "r1-r3", false));
        Run(session, 2);
        StringAssert.Contains(session.Type("r1", "show ip route 10.255.0.3"), "distance 110, metric 21, type intra area");
        AssertWhole(session, "r1-r3 down");
        session.Apply(new LinkState(session.NowUs, "r1-r3", true));
        Run(session, 20);
        StringAssert.Contains(session.Type("r1", "show ip route 10.255.0.3"), "metric 11, type intra area");
        session.Type("r2", "write memory");
        session.Apply(new NodeRestart(session.NowUs, "r2"));
        session.RunUntil(session.NowUs + NodeRestart.BootUs / 2);
        Assert.DoesNotContain("10.255.0.2/32", session.Type("r1", "show ip route"));
        Run(session, 30);
        AssertWhole(session, "r2 restarted");
    }

    [TestMethod]
    public void Lines_take_effect_when_typed_and_a_replaced_configuration_as_a_whole()
    {
        using TemporaryLab lab = Make();
        using LabSession session = Open(lab, 20);
        foreach (string line in new[] { "configure terminal", "interface Ethernet2", "ip ospf cost 100", "end" }) session.Type("r1", line);
        Run(session, 2);
        StringAssert.Contains(session.Type("r1", "show ip route 10.255.0.3"), "metric 21");
        foreach (string line in new[] { "configure terminal", "router ospf 1", "passive-interface Ethernet1", "end" }) session.Type("r1", line);
        Run(session, 2);
        StringAssert.Contains(session.Type("r1", "show ip route 10.255.0.3"), "metric 101");
        StringAssert.Contains(session.Type("r2", "show logging"), "from FULL to INIT, 1-Way");
        string running = session.Type("r1", "show running-config");
        session.Apply(new NodeConfiguration(session.NowUs, "r1", Router(1, "10.0.12.1", "10.0.13.1")));
        Run(session, 10);
        AssertWhole(session, "replaced");
        Assert.DoesNotContain("passive", session.Type("r1", "show running-config"));
        StringAssert.Contains(running, " passive-interface Ethernet1\n network 10.0.0.0 0.255.255.255 area 0\n!\n");
    }

    [TestMethod]
    public void A_loopback_is_a_host_route_until_it_is_said_to_be_a_network()
    {
        using TemporaryLab lab = Make("interface Loopback1\n ip address 10.9.9.1 255.255.255.0");
        using LabSession session = Open(lab, 20);
        string routes = session.Type("r2", "show ip route ospf");
        StringAssert.Contains(routes, "10.9.9.1/32 [110/11]");
        Assert.DoesNotContain("10.9.9.0/24", routes);
        foreach (string line in new[] { "configure terminal", "interface Loopback1", "ip ospf network point-to-point", "end" }) session.Type("r1", line);
        Run(session, 2);
        routes = session.Type("r2", "show ip route ospf");
        StringAssert.Contains(routes, "10.9.9.0/24 [110/11]");
        Assert.DoesNotContain("10.9.9.1/32", routes);
    }

    [TestMethod]
    public void The_tables_of_show_say_what_there_is()
    {
        using TemporaryLab lab = Make("ip route 192.168.7.0 255.255.255.0 10.0.12.2\nrouter ospf 1\n redistribute static subnets");
        using LabSession session = Open(lab, 20);
        string Show(string node, string line) => session.Type(node, line).TrimEnd();
        Matches("""

            Neighbor ID     Pri   State           Dead Time   Address         Interface
            10.255.0.2        0   FULL/  -        00:00:0~    10.0.12.2       Ethernet1
            10.255.0.3        1   FULL/D?R        00:00:0~    10.0.13.3       Ethernet2
            """.Replace("D?R", "DR "), Show("r1", "show ip ospf neighbor").Replace("FULL/BDR", "FULL/DR "));
        Matches("""
            Interface    PID   Area            IP Address/Mask    Cost  State Nbrs F/C
            Et1          1     0               10.0.12.1/24       10    P2P   1/1
            Et2          1     0               10.0.13.1/24       10    DR    1/1
            Lo0          1     0               10.255.0.1/32      1     LOOP  0/0
            """, Show("r1", "show ip ospf interface brief").Replace(" BDR  ", " DR   "));
        Matches("""
             Routing Process "ospf 1" with ID 10.255.0.1
             It is an autonomous system boundary router
             Redistributing External Routes from,
                static, includes subnets in redistribution
             Initial SPF schedule delay 50 msecs
             Minimum hold time between two consecutive SPFs 50 msecs
             Maximum wait time between two consecutive SPFs 5000 msecs
             Number of external LSA 1
             Number of areas in this router is 1. 1 normal 0 stub 0 nssa
             Reference bandwidth unit is 100 mbps
                Area BACKBONE(0)
                    Number of interfaces in this area is 3
                    SPF algorithm executed ~ times
                    Number of LSA 4
            """, Show("r1", "show ip ospf"));
        string database = Show("r1", "show ip ospf database");
        Matches("""

                        OSPF Router with ID (10.255.0.1) (Process ID 1)

                            Router Link States (Area 0)

            Link ID         ADV Router      Age         Seq#       Checksum Link count
            10.255.0.1      10.255.0.1      ~
            10.255.0.2      10.255.0.2      ~
            10.255.0.3      10.255.0.3      ~

                            Net Link States (Area 0)

            Link ID         ADV Router      Age         Seq#       Checksum
            10.0.13.~

                            Type-5 AS External Link States

            Link ID         ADV Router      Age         Seq#       Checksum Tag
            192.168.7.0     10.255.0.1      ~
            """, string.Join('\n', database.Split('\n').Select(l => l.Contains("0x8000", StringComparison.Ordinal) ? l.StartsWith("10.0.13", StringComparison.Ordinal) ? "10.0.13.0" : l[..32] + "0" : l)));
        foreach (string node in new[] { "r2", "r3" })
        {
            static string[] Rows(string text) => [.. text.Split('\n').Where(l => l.Contains("0x8000", StringComparison.Ordinal)).Select(l => l[..32] + l[44..])];
            CollectionAssert.AreEqual(Rows(database), Rows(Show(node, "show ip ospf database")), node + " has the same database");
        }

        string router = Show("r3", "show ip ospf database router 10.255.0.1");
        StringAssert.Contains(router, "  Link State ID: 10.255.0.1\n  Advertising Router: 10.255.0.1\n");
        StringAssert.Contains(router, "  AS Boundary Router\n  Number of Links: 4\n");
        StringAssert.Contains(router, "    Link connected to: another Router (point-to-point)\n     (Link ID) Neighboring Router ID: 10.255.0.2\n     (Link Data) Router Interface address: 10.0.12.1\n       TOS 0 Metrics: 10\n");
        StringAssert.Contains(router, "    Link connected to: a Transit Network\n");
        StringAssert.Contains(Show("r3", "show ip ospf database network"), "  Network Mask: /24\n        Attached Router: 10.255.0.");
        StringAssert.Contains(Show("r3", "show ip ospf database external"), "  Network Mask: /24\n        Metric Type: 2 (Larger than any link state path)\n        TOS: 0  Metric: 20\n        Forward Address: 0.0.0.0\n        External Route Tag: 0");
        string detail = Show("r1", "show ip ospf neighbor Ethernet2 detail");
        StringAssert.Contains(detail, " Neighbor 10.255.0.3, interface address 10.0.13.3\n    In the area 0 via interface Ethernet2\n    Neighbor priority is 1, State is FULL, ");
        Assert.DoesNotContain("10.255.0.2", detail);
        string one = Show("r1", "show ip ospf interface Ethernet2");
        StringAssert.Contains(one, "Ethernet2 is up, line protocol is up\n  Internet Address 10.0.13.1/24, Area 0, Attached via Network Statement\n  Process ID 1, Router ID 10.255.0.1, Network Type BROADCAST, Cost: 10\n");
        StringAssert.Contains(one, "  Timer intervals configured, Hello 1, Dead 4, Wait 4, Retransmit 5\n");
        StringAssert.Contains(one, "  Neighbor Count is 1, Adjacent neighbor count is 1\n    Adjacent with neighbor 10.255.0.3  (");
        StringAssert.Contains(Show("r1", "show ip ospf interface Loopback0"), "  Loopback interface is treated as a stub Host");
        Assert.AreEqual("% There is no such OSPF process", Show("r1", "show ip ospf 7"));
    }

    // A ~ is one or more digits.
    private static void Matches(string expected, string found)
    {
        string pattern = "^" + System.Text.RegularExpressions.Regex.Escape(expected.ReplaceLineEndings("\n").TrimEnd()).Replace("~", "[0-9]+") + "$";
        StringAssert.Matches(found, new(pattern), found);
    }

    [TestMethod]
    public void Clear_starts_a_process_anew_and_explain_names_the_advertisement()
    {
        using TemporaryLab lab = Make();
        using LabSession session = Open(lab, 20);
        StringAssert.Contains(session.Type("r1", "explain 10.255.0.3"), "from: ospf 1: router LSA 10.255.0.3 of 10.255.0.3, area 0, 0x8000");
        StringAssert.Contains(session.Type("r1", "explain 10.255.0.3"), ", cost 11, from 10.255.0.3 at ");
        Assert.AreEqual("", session.Type("r1", "clear ip ospf process"));
        Run(session, 1);
        StringAssert.Contains(session.Type("r1", "show logging"), "Nbr 10.255.0.3 on Ethernet2 from FULL to DOWN, Neighbor Down: Interface down or detached");
        Run(session, 15);
        AssertWhole(session, "cleared");
    }

    // r1 in the backbone, r2 between, r3 in area 1 with a route of its own; and beside it a VRF of the same addresses over the third link.
    private static TemporaryLab Areas() => new((TopologyReader.FileName, Topology), (ChecksReader.FileName, "checks: [{goal: r1 has a name, type: shows, node: r1, command: show running-config, text: hostname}]\n"),
        ("r1.cfg", Part(1, "Ethernet1", "10.0.12.1", 0, "Ethernet2", "10.0.23.1")), ("r2.cfg", """
            hostname r2
            interface Loopback0
             ip address 10.255.0.2 255.255.255.255
            interface Ethernet1
             ip address 10.0.12.2 255.255.255.0
             ip ospf hello-interval 1
            interface Ethernet2
             ip address 10.0.23.2 255.255.255.0
             ip ospf hello-interval 1
            router ospf 1
             network 10.0.23.0 0.0.0.255 area 1
             network 10.0.0.0 0.255.255.255 area 0
            """), ("r3.cfg", Part(3, "Ethernet1", "10.0.23.3", 1, "Ethernet2", "10.0.23.2") + "\nip route 192.168.9.0 255.255.255.0 10.0.23.2\nip route 192.168.10.0 255.255.255.128 10.0.23.2\nrouter ospf 1\n redistribute static metric 5 metric-type 1"));

    private static string Part(int number, string port, string address, int area, string other, string red) => $"""
        hostname r{number}
        ip vrf red
        interface Loopback0
         ip address 10.255.0.{number} 255.255.255.255
         ip ospf 1 area {area}
        interface Loopback1
         ip vrf forwarding red
         ip address 10.255.1.{number} 255.255.255.255
        interface {port}
         ip address {address} 255.255.255.0
         ip ospf 1 area {area}
         ip ospf hello-interval 1
        interface {other}
         ip vrf forwarding red
         ip address {red} 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
        router ospf 1
        router ospf 2 vrf red
         network 0.0.0.0 255.255.255.255 area 7
        """;

    [TestMethod]
    public void Areas_externals_and_vrfs_have_their_letters_and_keep_apart()
    {
        using TemporaryLab lab = Areas();
        using LabSession session = Open(lab, 20);
        string routes = session.Type("r1", "show ip route ospf");
        StringAssert.Matches(routes, new(@"(?m)^O IA     10\.0\.23\.0/24 \[110/20\] via 10\.0\.12\.2, \d\d:\d\d:\d\d, Ethernet1$"));
        StringAssert.Matches(routes, new(@"(?m)^O IA     10\.255\.0\.3/32 \[110/21\] via 10\.0\.12\.2, "));
        StringAssert.Matches(routes, new(@"(?m)^O        10\.255\.0\.2/32 \[110/11\] via 10\.0\.12\.2, "));
        StringAssert.Matches(routes, new(@"(?m)^O E1  192\.168\.9\.0/24 \[110/25\] via 10\.0\.12\.2, "));
        Assert.DoesNotContain("192.168.10.0", routes, "without subnets only whole networks are redistributed");
        StringAssert.Contains(session.Type("r1", "show ip route 192.168.9.1"), "Known via \"ospf 1\", distance 110, metric 25, type extern 1");
        StringAssert.Contains(session.Type("r2", "show ip ospf"), "It is an area border router");
        StringAssert.Contains(session.Type("r1", "show ip ospf database"), "Summary ASB Link States (Area 0)");
        StringAssert.Matches(session.Type("r1", "show ip route vrf red"), new(@"(?m)^O        10\.255\.1\.3/32 \[110/11\] via 10\.0\.23\.2, .*, Ethernet2$"));
        Assert.DoesNotContain("10.255.1.3", session.Type("r1", "show ip route"));
        StringAssert.Contains(session.Type("r1", "show ip ospf 2 neighbor"), "FULL/");
        Assert.DoesNotContain("10.0.12.2", session.Type("r1", "show ip ospf 2 neighbor"));
        foreach (string line in new[] { "configure terminal", "router ospf 1", "area 1 stub no-summary", "end" })
        {
            session.Type("r2", line);
            session.Type("r3", line);
        }

        Run(session, 30);
        routes = session.Type("r3", "show ip route ospf");
        StringAssert.Matches(routes, new(@"(?m)^O\*IA  0\.0\.0\.0/0 \[110/11\] via 10\.0\.23\.2, "));
        Assert.DoesNotContain("10.255.0.1/32", routes);
        session.Type("r1", "ping 10.255.0.3 source 10.255.0.1 repeat 2 timeout 1");
        StringAssert.Contains(session.Type("r1", "ping 10.255.0.3 source 10.255.0.1"), "(5/5)");
    }
}
