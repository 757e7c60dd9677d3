using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>Hosts of a lab: nodes that have addresses and a default route, and that do not forward.</summary>
[TestClass]
public class HostTests
{
    private const string Topology = """
        name: hosts
        topology:
          nodes:
            r: {}
            a:
              labels: {labedge.role: host}
              exec: [ip addr add 10.1.1.1/24 dev eth1, ip route add default via 10.1.1.254, "ip -6 addr add 2001:db8:1::1/64 dev eth1", "ip -6 route add default via 2001:db8:1::fe"]
            b:
              labels: {labedge.role: host}
              exec: [ip addr add 10.2.2.1/24 dev eth1, ip route add default via 10.2.2.254, "ip -6 addr add 2001:db8:2::1/64 dev eth1", "ip -6 route add default via 2001:db8:2::fe"]
          links:
            - endpoints: ["a:eth1", "r:eth1"]
            - endpoints: ["b:eth1", "r:eth2"]
        """;

    private const string Router = """
        hostname r
        interface Ethernet1
         ip address 10.1.1.254 255.255.255.0
         ipv6 address 2001:db8:1::fe/64
        interface Ethernet2
         ip address 10.2.2.254 255.255.255.0
         ipv6 address 2001:db8:2::fe/64
        ! A packet for 10.3.3.1 goes to b, which is no router.
        ip route 10.3.3.0 255.255.255.0 10.2.2.1
        ipv6 unicast-routing
        """;

    private const string Checks = "settle: 3s\nchecks: [{goal: a reaches b, type: reaches, from: a, to: 10.2.2.1}, {goal: later, type: shows, node: b, command: show version, text: LabEdge, at: 9s}]\n";

    private static TemporaryLab Make(string topology = Topology, string router = Router) => new(
        (TopologyReader.FileName, topology), ("r.cfg", router.Replace("ipv6 unicast-routing", "")), (ChecksReader.FileName, Checks));

    [TestMethod]
    public void Hosts_ping_and_trace_through_a_router_with_both_families()
    {
        using TemporaryLab lab = Make();
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        session.RunUntil(3_000_000);
        session.Type("a", "ping 10.2.2.1 repeat 2 timeout 1");
        session.Type("a", "ping 2001:db8:2::1 repeat 2 timeout 1");
        StringAssert.Contains(session.Type("a", "ping 10.2.2.1"), "(5/5)");
        StringAssert.Contains(session.Type("a", "ping 2001:db8:2::1"), "(5/5)");
        string trace = session.Type("a", "traceroute 10.2.2.1 probe 1 timeout 1");
        StringAssert.Contains(trace, "10.1.1.254");
        StringAssert.Contains(trace, "10.2.2.1");
    }

    [TestMethod]
    public void A_host_does_not_forward_what_a_router_sends_it_for_another()
    {
        using TemporaryLab lab = Make();
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        session.RunUntil(3_000_000);
        session.Type("a", "ping 10.2.2.1 repeat 2 timeout 1");
        StringAssert.Contains(session.Type("a", "ping 10.3.3.1 repeat 3 timeout 1"), "(0/3)");
        HostPort port = (HostPort)session.Lab.Node("b").Ports[0];
        Assert.AreEqual(3, port.NotOurs);
        session.Apply(new NodeRestart(0, "b"));
        session.RunUntil(session.NowUs + 3_000_000);
        session.Type("a", "ping 10.2.2.1 repeat 2 timeout 1");
        StringAssert.Contains(session.Type("a", "ping 10.2.2.1"), "(5/5)");
    }

    [TestMethod]
    public void A_goal_with_a_time_is_judged_then_and_a_paced_run_is_the_same_run()
    {
        using TemporaryLab lab = Make();
        LabReport plain = new LabRun { UntilUs = 12_000_000 }.Run(lab.Folder, new LabOptions());
        Assert.IsTrue(plain.Ok, LabFixture.Failures(plain));
        Assert.AreEqual(12_000_000, plain.VirtualTimeUs);
        Assert.IsGreaterThanOrEqualTo(9_000_000, new LabRun().Run(lab.Folder, new LabOptions()).VirtualTimeUs);
        Assert.AreEqual(plain.Digest, new LabRun { UntilUs = 12_000_000 }.Run(lab.Folder, new LabOptions { Speed = 1000 }).Digest);
    }

    [TestMethod]
    public void A_host_with_two_links_or_a_line_that_is_not_understood_is_refused()
    {
        string two = Topology + "\n    - endpoints: [\"a:eth2\", \"r:eth3\"]\n";
        string lines = Topology.Replace("ip addr add 10.2.2.1/24 dev eth1", "ip addr add 10.2.2.1/33 dev eth1").Replace("ip route add default via 10.2.2.254", "dhclient eth1");
        foreach ((string topology, string said) in new[] { (two, "one link at a host"), (lines, "ip addr add ADDRESS/LENGTH dev eth1") })
        {
            using TemporaryLab lab = Make(topology);
            LabException refused = Assert.ThrowsExactly<LabException>(() => LabSession.Open(lab.Folder, new LabOptions()));
            StringAssert.Contains(refused.Message, said);
        }
    }
}
