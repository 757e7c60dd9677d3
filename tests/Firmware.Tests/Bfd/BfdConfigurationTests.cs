using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Bfd;

[TestClass]
public sealed class BfdConfigurationTests
{
    [TestMethod]
    public void The_lines_are_written_back_as_IOS_has_them_and_load_again()
    {
        BfdBench bench = new();
        bench.Bench.Configure("ip route static bfd Ethernet2 10.0.1.9\ninterface Ethernet2\nbfd interval 999 min_rx 500 multiplier 50\nexit");
        string running = bench.Bench.Running();
        Assert.Contains("\n bfd interval 50 min_rx 50 multiplier 3\n", running);
        Assert.Contains("\n bfd interval 999 min_rx 500 multiplier 50\n", running);
        Assert.Contains("\nip route static bfd Ethernet1 10.0.0.2\nip route static bfd Ethernet2 10.0.1.9\nip route 9.9.9.0", running);
        BfdBench other = new(interval: "");
        Assert.AreEqual("", other.Bench.Load(running));
        Assert.AreEqual(running, other.Bench.Running());
        bench.Bench.Configure("no ip route static bfd Ethernet2 10.0.1.9\ninterface Ethernet2\nno bfd interval\nexit");
        Assert.DoesNotContain("10.0.1.9", bench.Bench.Running());
        Assert.DoesNotContain("interval 999", bench.Bench.Running());
        Assert.AreEqual("", bench.Bench.Load("hostname bare\n"));
        bench.Step();
        Assert.DoesNotContain("bfd", bench.Bench.Running());
        Assert.AreEqual(0, bench.Liveness.Used);
        Assert.AreEqual(0, bench.Module.Settings.TxMs[0]);
    }

    [TestMethod]
    [DataRow("interface Ethernet1|bfd interval 49 min_rx 50 multiplier 3", "50-9999")]
    [DataRow("interface Ethernet1|bfd interval 50 min_rx 50 multiplier 2", "3-50")]
    [DataRow("interface Ethernet1|bfd interval 50 min_rx 50", "Incomplete")]
    [DataRow("interface Loopback0|bfd interval 50 min_rx 50 multiplier 3", "a physical interface")]
    [DataRow("ip route static bfd Loopback0 10.0.0.2", "a physical interface")]
    [DataRow("ip route static bfd Ethernet1 224.0.0.5", "a unicast address")]
    [DataRow("no ip route static bfd Ethernet1 10.0.0.77", "a line that is configured")]
    public void What_is_wrong_is_said_and_changes_nothing(string lines, string expected)
    {
        BfdBench bench = new();
        bench.Bench.Configure("interface Loopback0\nexit");
        string before = bench.Bench.Running();
        bench.Bench.Run("configure terminal");
        string answer = string.Concat(lines.Split('|').Select(bench.Bench.Run));
        bench.Bench.Run("end");
        Assert.Contains(expected, answer);
        Assert.AreEqual(before, bench.Bench.Running());
    }

    [TestMethod]
    public void A_router_without_the_room_says_so()
    {
        ConsoleBench bench = new();
        bench.Run("enable");
        Assert.Contains("% BFD is not in this router", bench.Run("show bfd neighbors"));
        bench.Run("configure terminal");
        Assert.Contains("built without the protocol", bench.Run("ip route static bfd Ethernet1 10.0.0.2"));
    }

    [TestMethod]
    public void Neighbours_beyond_the_table_are_refused_in_configuration_and_by_Liveness()
    {
        BfdBench bench = new(Capacity.Tiny());
        bench.Bench.Configure("ip route static bfd Ethernet1 10.0.0.3");
        bench.Bench.Run("configure terminal");
        Assert.Contains("the table is full", bench.Bench.Run("ip route static bfd Ethernet1 10.0.0.4"));
        bench.Step();
        Assert.AreEqual(Liveness.None, bench.Liveness.Ask(Liveness.Ospf, 0, 0x0A000009));
        Assert.AreEqual(1, bench.Liveness.Refused);
        Assert.Contains("Sessions refused            1", bench.Bench.Run("do show bfd drops"));
    }

    [TestMethod]
    public void Show_bfd_neighbors_is_laid_out_as_IOS_does()
    {
        BfdBench bench = new();
        bench.Establish();
        string text = bench.Bench.Run("show bfd neighbors");
        uint own = bench.Session.MyDiscriminator;
        string discriminators = $"{own}/7".PadRight(23);
        Assert.AreEqual($"""

            IPv4 Sessions
            NeighAddr                        LD/RD                  RH/RS     State     Int
            10.0.0.2                         {discriminators}Up        Up        Ethernet1

            """.ReplaceLineEndings("\n"), text);
        string details = bench.Bench.Run("show bfd neighbors details");
        foreach (string part in new[]
        {
            "Session state is UP and not using echo function.", "OurAddr: 10.0.0.1", "Local Diag: 0, Demand mode: 0, Poll bit: 0", "MinTxInt: 50000, MinRxInt: 50000, Multiplier: 3",
            "Received MinRxInt: 100000, Received Multiplier: 3", "Registered protocols: IPv4 Static", "Uptime: 00:00:00", "Last packet: Version: 1", "State bit: Up",
        })
        {
            Assert.Contains(part, details);
        }
    }

    [TestMethod]
    public void The_log_tells_of_up_and_down_and_why()
    {
        BfdBench bench = new();
        bench.Establish();
        bench.Wait(400);
        string log = bench.Bench.Run("show logging");
        Assert.Contains("%BFDFSM-6-BFD_SESS_UP: BFD-SYSLOG: BFD session neigh:10.0.0.2 on Ethernet1 is going UP", log);
        Assert.Contains("%BFDFSM-6-BFD_SESS_DOWN: BFD-SYSLOG: BFD session neigh:10.0.0.2 on Ethernet1 is going Down Reason: control detection time expired", log);
    }

    [TestMethod]
    public void Explain_names_the_session_that_keeps_the_route_out()
    {
        BfdBench bench = new();
        bench.Establish();
        bench.Wait(400);
        Assert.Contains("BFD session to 10.0.0.2 is down (control detection time expired)", bench.Bench.Run("explain 9.9.9.9"));
    }

    [TestMethod]
    public void A_route_by_next_hop_alone_follows_BFD_on_the_subnet_of_the_next_hop()
    {
        BfdBench bench = new();
        bench.Bench.Configure("no ip route 9.9.9.0 255.255.255.0 Ethernet1 10.0.0.2\nip route 9.9.9.0 255.255.255.0 10.0.0.2");
        bench.Step();
        Assert.IsFalse(bench.RouteIsActive);
        bench.Establish();
        Assert.IsTrue(bench.RouteIsActive);
    }

    [TestMethod]
    public void A_second_route_takes_over_while_BFD_is_down()
    {
        BfdBench bench = new();
        bench.Bench.Configure("ip route 9.9.9.0 255.255.255.0 Ethernet2 10.0.1.7 200");
        bench.Establish();
        Assert.Contains("10.0.0.2", bench.Bench.Run("show ip route 9.9.9.9"));
        bench.Wait(400);
        Assert.Contains("* 10.0.1.7", bench.Bench.Run("show ip route 9.9.9.9"));
    }
}
