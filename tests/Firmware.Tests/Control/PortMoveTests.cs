using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>A port changes its VRF or address while paths still name its neighbours: nothing of before leaves by it.</summary>
[TestClass]
public sealed class PortMoveTests
{
    private const int Routes = 1500;

    private static string Prefix(int i) => $"20.{i / 250}.{i % 250}.0/24";

    // Ports by which a route of the VRF would send now.
    private static int Leaks(ControlBench bench, int vrf, int port)
    {
        return Enumerable.Range(0, Routes).Count(i => bench.Leaf(Prefix(i), vrf).Contains($"port {port} room"));
    }

    private static int UsableOn(ControlBench bench, int port)
    {
        int[] record = bench.Tables.Transports.Record;
        return Enumerable.Range(0, bench.Tables.Transports.Count).Select(t => t * TransportTable.Stride)
            .Count(r => record[r + TransportTable.Room] >= 0 && record[r + TransportTable.Port] == port);
    }

    [TestMethod]
    [DataRow(0, DisplayName = "moved between passes")]
    [DataRow(5, DisplayName = "moved while a pass runs")]
    public void Packets_of_the_former_VRF_never_leave_by_a_port_that_is_in_another_now(int pollsBefore)
    {
        ControlBench bench = new(Capacity.Board());
        int red = bench.Control.AddVrf("red");
        int blue = bench.Control.AddVrf("blue");
        bench.Address(1, "10.2.0.1/24", red);
        for (int i = 0; i < Routes; i++) Ok(bench.Route(Prefix(i), "10.2.0.2", red));
        bench.SettleWithNeighbors();
        Assert.AreEqual(Routes, Leaks(bench, red, 1));
        bench.Budget = 100;
        if (pollsBefore > 0) Ok(bench.Control.SetTtlPropagate(false, false));
        for (int i = 0; i < pollsBefore; i++) bench.Poll();
        Ok(bench.Control.SetInterfaceVrf(1, blue));
        Ok(bench.Control.SetInterfaceAddress(1, Ip("10.2.0.1"), 24));
        int polls = 0;
        do
        {
            bench.ReceiveArp(1, "10.2.0.2", false);
            Assert.AreEqual(0, Leaks(bench, red, 1), "poll " + polls);
            bench.Poll();
            Assert.AreEqual(0, Leaks(bench, red, 1), "poll " + polls);
            polls++;
        }
        while (!bench.Control.IsSettled);
        Assert.IsGreaterThan(10, polls);
        Assert.AreEqual(Ready(1, 1500, "10.2.0.2", "0800"), bench.Leaf("10.2.0.2/32", blue));
        Assert.AreEqual("absent", bench.Leaf("10.2.0.2/32", red));
    }

    [TestMethod]
    public void Ports_that_move_at_random_never_carry_another_VRFs_packets()
    {
        int usable = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            ControlBench bench = new();
            bench.Control.AddVrf("red");
            bench.Control.AddVrf("blue");
            bench.Budget = random.Next(1, 8);
            for (int step = 0; step < 400; step++)
            {
                int port = random.Next(3);
                int vrf = random.Next(3);
                string host = $"10.{random.Next(3)}.0.{random.Next(2, 4)}";
                string prefix = $"20.{random.Next(30)}.0.0/16";
                switch (random.Next(10))
                {
                    case 0:
                        bench.Control.SetInterfaceVrf(port, vrf);
                        break;
                    case 1:
                        bench.Control.SetInterfaceAddress(port, Ip($"10.{random.Next(3)}.0.1"), 24);
                        break;
                    case 2:
                        if (random.Next(3) == 0) bench.Link(port, random.Next(2) == 0);
                        if (random.Next(9) == 0) bench.Control.ClearInterfaceAddress(port);
                        break;
                    case 3:
                    case 4:
                        bench.Route(prefix, random.Next(5) == 0 ? null : host, vrf, random.Next(3) == 0 ? port : -1);
                        break;
                    case 5:
                        bench.RemoveRoute(prefix, host, vrf);
                        break;
                    case 6:
                        bench.Now += (uint)random.Next(3000);
                        break;
                    default:
                        bench.ReceiveArp(port, host, random.Next(2) == 0);
                        break;
                }

                if (random.Next(2) == 0) bench.Poll();
                usable += CheckPorts(bench, $"seed {seed} step {step}");
            }
        }
        Assert.IsGreaterThan(4000, usable);
    }

    // Every usable path of a VRF leads out of a port that is in it.
    private static int CheckPorts(ControlBench bench, string when)
    {
        int usable = 0;
        foreach (string line in bench.Forwarding().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            for (int at = line.IndexOf("port "); at >= 0; at = line.IndexOf("port ", at + 1))
            {
                usable++;
                Assert.AreEqual(line[0] - '0', bench.Host.Interfaces.Vrf[line[at + 5] - '0'], $"{when}: {line}");
            }
        }
        return usable;
    }

    [TestMethod]
    public void The_neighbors_of_a_removed_VRF_are_not_those_of_the_global_table()
    {
        ControlBench bench = new();
        int red = bench.Control.AddVrf("red");
        bench.Address(1, "10.2.0.1/24", red);
        bench.Address(0, "10.0.0.1/24");
        Ok(bench.Route("20.0.0.0/8", "10.2.0.2", red));
        bench.SettleWithNeighbors();
        Ok(bench.Control.RemoveVrf(red));
        Ok(bench.Control.SetInterfaceAddress(1, Ip("10.2.0.1"), 24));
        bench.ReceiveArp(1, "10.2.0.2", false);
        Assert.AreEqual(0, UsableOn(bench, 1));
        Assert.IsTrue(bench.Host.Neighbors.IsWithheld(1));
        bench.Settle();
        Assert.AreEqual(1, UsableOn(bench, 1));
        Assert.IsFalse(bench.Host.Neighbors.IsWithheld(1));
    }

    [TestMethod]
    public void A_core_port_that_becomes_a_customers_carries_no_labels_from_the_first_moment()
    {
        ControlBench bench = new();
        int red = bench.Control.AddVrf("red");
        int blue = bench.Control.AddVrf("blue");
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24", red);
        Ok(bench.Control.SetInterfaceMpls(0, true));
        Ok(bench.Route("9.9.9.9/32", "10.0.0.2"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Ok(bench.Route("20.0.0.0/8", "9.9.9.9", red, label: 500));
        Ok(bench.Input("9.9.9.9/32", 20));
        bench.SettleWithNeighbors();
        Assert.AreEqual(3, UsableOn(bench, 0), "IP, labelled, tunnel");
        bench.Budget = 1;
        Ok(bench.Control.SetInterfaceMpls(0, false));
        Ok(bench.Control.SetInterfaceVrf(0, blue));
        Assert.AreEqual(0, UsableOn(bench, 0), "before any poll");
        Ok(bench.Control.SetInterfaceAddress(0, Ip("10.0.0.1"), 24));
        do
        {
            bench.ReceiveArp(0, "10.0.0.2", false);
            Assert.AreEqual(0, UsableOn(bench, 0));
            bench.Poll();
        }
        while (!bench.Control.IsSettled);
        Assert.AreEqual("absent", bench.Leaf("20.0.0.0/8", red));
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual(Ready(0, 1500, "10.0.0.2", "0800"), bench.Leaf("10.0.0.2/32", blue));
    }

    [TestMethod]
    public void A_pseudowire_and_a_tunnel_return_with_the_address_of_their_port()
    {
        ControlBench bench = ProviderEdge.Bench();
        ProviderEdge.Apply(bench);
        bench.SettleWithNeighbors();
        string before = bench.Forwarding();
        Ok(bench.Control.ClearInterfaceAddress(0));
        bench.Address(0, "10.0.0.1/24");
        bench.ReceiveArp(0, "10.0.0.2", false);
        bench.SettleWithNeighbors();
        Assert.AreEqual(before, bench.Forwarding());
    }

    [TestMethod]
    public void Only_who_is_on_the_present_subnet_is_heard()
    {
        ControlBench bench = new();
        bench.Address(1, "10.2.0.1/24");
        Ok(bench.Route("20.0.0.0/8", "10.2.0.2"));
        bench.SettleWithNeighbors();
        bench.Address(1, "10.3.0.1/24");
        bench.ReceiveArp(1, "10.2.0.2", false);
        Assert.AreEqual(1, bench.Host.Arp.BadSender);
        Assert.IsFalse(bench.Host.Neighbors.IsResolved(bench.Host.Neighbors.Find(1, Ip("10.2.0.2"))));
    }

    [TestMethod]
    public void A_new_address_asks_at_once_for_whom_the_routes_want()
    {
        ControlBench bench = new();
        bench.Address(1, "10.2.0.1/24");
        Ok(bench.Route("20.0.0.0/8", "10.2.0.2"));
        bench.SettleWithNeighbors();
        bench.Now += 10;
        bench.TakeAsked(1);
        bench.Address(1, "10.2.0.9/24");
        Assert.AreEqual("10.2.0.2", bench.TakeAsked(1), "the old address had asked 10 ms before");
        bench.ReceiveArp(1, "10.2.0.2", true);
        bench.Settle();
        Assert.AreEqual(Ready(1, 1500, "10.2.0.2", "0800"), bench.Leaf("20.0.0.0/8"));

        // In two steps, as a person types it.
        Ok(bench.Control.ClearInterfaceAddress(1));
        bench.Settle();
        Assert.AreEqual("", bench.TakeAsked(1), "there is no address to ask from");
        bench.Now += 300;
        bench.Address(1, "10.2.0.1/24");
        bench.Settle();
        Assert.AreEqual("10.2.0.2", bench.TakeAsked(1));
    }
}
