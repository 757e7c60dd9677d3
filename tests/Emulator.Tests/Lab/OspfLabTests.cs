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
}
