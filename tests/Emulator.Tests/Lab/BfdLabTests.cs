using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>Two routers with a switch between them, so to say: frames may be lost while both links stay up. OSPF's hellos come every 10 s and are missed after 40.</summary>
[TestClass]
public class BfdLabTests
{
    private const string Topology = """
        name: pair
        topology:
          nodes: {r1: {}, r2: {}}
          links:
            - endpoints: ["r1:eth1", "r2:eth1"]
        """;

    private static string Router(int number, string bfd) => $"""
        hostname r{number}
        interface Loopback0
         ip address 10.255.0.{number} 255.255.255.255
        interface Ethernet1
         ip address 10.0.12.{number} 255.255.255.0
         ip ospf network point-to-point
         bfd interval 50 min_rx 50 multiplier 3
        router ospf 1
         network 10.0.0.0 0.255.255.255 area 0
        {bfd}
        """;

    private static TemporaryLab Make(string bfd) => new((TopologyReader.FileName, Topology), (ChecksReader.FileName, "checks: [{goal: r1 has a name, type: shows, node: r1, command: show running-config, text: hostname}]\n"),
        ("r1.cfg", Router(1, bfd)), ("r2.cfg", Router(2, bfd)));

    private static void Run(LabSession session, double seconds) => session.RunUntil(session.NowUs + (long)(seconds * 1_000_000));

    private static bool HasRoute(LabSession session, string node, int to) => session.Type(node, $"show ip route 10.255.0.{to}").Contains("distance 110", StringComparison.Ordinal);

    [TestMethod]
    public void Ospf_loses_its_neighbour_as_soon_as_BFD_does_and_has_it_back_afterwards()
    {
        using TemporaryLab lab = Make(" bfd all-interfaces");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions { Seed = 5 });
        session.RunUntil(60_000_000);
        Assert.IsTrue(HasRoute(session, "r1", 2) && HasRoute(session, "r2", 1));
        StringAssert.Contains(session.Type("r1", "show bfd neighbors"), "Up        Up        Ethernet1");
        StringAssert.Contains(session.Type("r1", "show bfd neighbors details"), "Registered protocols: OSPF");
        session.Apply(new WireChange(session.NowUs, "r1-r2", "loss", "100%"));
        Run(session, 0.3);
        Assert.IsFalse(HasRoute(session, "r1", 2) || HasRoute(session, "r2", 1), "3 x 50 ms are over");
        StringAssert.Contains(session.Type("r1", "show logging"), "from FULL to DOWN, Neighbor Down: BFD node down");
        session.Apply(new WireChange(session.NowUs, "r1-r2", "loss", "0%"));
        Run(session, 40);
        Assert.IsTrue(HasRoute(session, "r1", 2) && HasRoute(session, "r2", 1));
        StringAssert.Contains(session.Type("r2", "show bfd neighbors"), "Up        Up        Ethernet1");
    }

    [TestMethod]
    public void Without_BFD_the_neighbour_stays_until_its_dead_interval_is_over()
    {
        using TemporaryLab lab = Make("");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions { Seed = 5 });
        session.RunUntil(60_000_000);
        Assert.AreEqual("", session.Type("r1", "show bfd neighbors").Trim());
        session.Apply(new WireChange(session.NowUs, "r1-r2", "loss", "100%"));
        Run(session, 25);
        Assert.IsTrue(HasRoute(session, "r1", 2));
        Run(session, 20);
        Assert.IsFalse(HasRoute(session, "r1", 2));
    }

    [TestMethod]
    public void An_interface_may_be_left_out_and_taken_in_by_its_own_line()
    {
        using TemporaryLab lab = Make(" bfd all-interfaces");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions { Seed = 5 });
        session.RunUntil(60_000_000);
        Type(session, "r1", "interface Ethernet1", "ip ospf bfd disable");
        Run(session, 5);
        Assert.AreEqual("", session.Type("r1", "show bfd neighbors").Trim(), "nobody asks");
        Assert.IsTrue(HasRoute(session, "r1", 2) && HasRoute(session, "r2", 1), "taken down on purpose: no failure at either end");
        string running = session.Type("r1", "show running-config");
        StringAssert.Contains(running, " ip ospf bfd disable\n");
        StringAssert.Contains(running, " bfd all-interfaces\n");
        Type(session, "r1", "interface Ethernet1", "no ip ospf bfd", "router ospf 1", "no bfd all-interfaces");
        Type(session, "r1", "interface Ethernet1", "ip ospf bfd");
        Run(session, 5);
        StringAssert.Contains(session.Type("r1", "show bfd neighbors"), "Up        Up        Ethernet1");
        running = session.Type("r1", "show running-config");
        StringAssert.Contains(running, " ip ospf bfd\n");
        Assert.DoesNotContain("all-interfaces", running);
    }

    [TestMethod]
    public void A_neighbour_that_speaks_no_BFD_is_a_neighbour_all_the_same()
    {
        using TemporaryLab lab = Make(" bfd all-interfaces");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions { Seed = 5 });
        Type(session, "r2", "interface Ethernet1", "no bfd interval");
        session.RunUntil(60_000_000);
        Assert.IsTrue(HasRoute(session, "r1", 2) && HasRoute(session, "r2", 1));
        StringAssert.Contains(session.Type("r1", "show bfd neighbors"), "Down");
    }

    private static void Type(LabSession session, string node, params string[] lines)
    {
        session.Type(node, "configure terminal");
        foreach (string line in lines) Assert.AreEqual("", session.Type(node, line).Trim(), line);
        session.Type(node, "end");
    }
}
