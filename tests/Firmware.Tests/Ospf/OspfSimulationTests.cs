using LabEdge.Forwarding;

namespace LabEdge.Tests.Ospf;

/// <summary>Routers that speak OSPF to each other: every loopback's route on every router against Dijkstra over the links that are up.</summary>
[TestClass]
public sealed class OspfSimulationTests
{
    public TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Two_routers_become_full_and_learn_each_others_loopback(bool pointToPoint)
    {
        OspfNetwork network = new(2, 1);
        network.Join(pointToPoint, 0, 0, 1);
        network.Run(15_000);
        Check(network, "");
        Assert.AreEqual(7, network.Nodes[0].Ospf.Neighbors[0].State);
        Assert.AreEqual(0, network.Nodes[0].Ospf.BadPackets);
    }

    [TestMethod]
    public void On_a_segment_of_five_two_are_designated_and_all_routes_are_there()
    {
        OspfNetwork network = new(5, 2);
        network.Join(false, 0, 0, 1, 2, 3, 4);
        network.Run(25_000);
        Check(network, "");
        int[] states = [.. network.Nodes.Select(n => n.Ospf.Interfaces[0].State).Order()];
        CollectionAssert.AreEqual((int[])[4, 4, 4, 5, 6], states);
        int twoWay = network.Nodes.Sum(n => n.Ospf.Neighbors.Count(x => x.Interface >= 0 && x.State == 3));
        Assert.AreEqual(6, twoWay, "the three others stay 2-Way with each other");

        // The designated router leaves: the backup takes over.
        int designated = network.Nodes.FindIndex(n => n.Ospf.Interfaces[0].State == 6);
        int backup = network.Nodes.FindIndex(n => n.Ospf.Interfaces[0].State == 5);
        network.Nodes[designated].Ospf.RemoveProcess(0);
        network.Run(20_000);
        Assert.AreEqual(6, network.Nodes[backup].Ospf.Interfaces[0].State);
        for (int k = 0; k < 5; k++)
        {
            if (k == designated || k == backup) continue;
            Assert.AreEqual(network.Expected(k, backup), network.RouteTo(k, network.Nodes[backup].Id, 32));
            Assert.AreEqual("none", network.RouteTo(k, network.Nodes[designated].Id, 32));
        }
    }

    [TestMethod]
    [DataRow(11)]
    [DataRow(12)]
    [DataRow(13)]
    public void Random_networks_with_loss_and_flaps_end_with_the_routes_of_Dijkstra(int seed)
    {
        TestContext.WriteLine($"seed {seed}");
        Random random = new(seed);
        OspfNetwork network = new(8, seed);
        for (int k = 1; k < 8; k++) network.Join(random.Next(2) == 0, 0, random.Next(k), k);
        for (int k = 0; k < 3; k++)
        {
            int a = random.Next(8);
            int b = (a + 1 + random.Next(7)) % 8;
            if (network.Nodes[a].Used < 5 && network.Nodes[b].Used < 5) network.Join(random.Next(2) == 0, 0, a, b);
        }

        network.Run(20_000);
        Check(network, "at first");
        network.LossPercent = 10;
        for (int flap = 0; flap < 10; flap++)
        {
            OspfNetwork.Link link = network.Links[random.Next(network.Links.Count)];
            network.Set(link, !link.Up);
            network.Run(random.Next(6000));
        }

        network.LossPercent = 0;
        network.Run(45_000);
        Check(network, "after flaps");
        foreach (OspfNetwork.Link link in network.Links) network.Set(link, true);
        network.Run(45_000);
        Check(network, "all up");
        Assert.IsTrue(network.Nodes.All(n => n.Ospf.Lsas.Used == network.Nodes[0].Ospf.Lsas.Used), "one database: " + network.Neighbors());
    }

    [TestMethod]
    public void Areas_meet_in_the_backbone_and_a_totally_stubby_one_has_a_default_route()
    {
        OspfNetwork network = new(4, 3);
        network.Join(true, 0, 0, 1);
        network.Join(false, 1, 1, 2);
        network.Join(true, 2, 0, 3);
        LabEdge.Ospf.OspfModule border = network.Nodes[0].Ospf;
        border.Areas[border.AddArea(0, 2)].Stub = true;
        border.Areas[border.AddArea(0, 2)].NoSummary = true;
        network.Nodes[3].Ospf.Areas[network.Nodes[3].Ospf.AddArea(0, 2)].Stub = true;
        MoveLoopback(network, 2, 1);
        MoveLoopback(network, 3, 2);
        network.Run(25_000);
        Assert.AreEqual(network.Expected(0, 2), network.RouteTo(0, network.Nodes[2].Id, 32), network.Neighbors());
        Assert.AreEqual(network.Expected(2, 0), network.RouteTo(2, network.Nodes[0].Id, 32), network.Neighbors());
        Assert.AreEqual(network.Expected(2, 3), network.RouteTo(2, network.Nodes[3].Id, 32), network.Neighbors());
        Assert.AreEqual("none", network.RouteTo(3, network.Nodes[2].Id, 32));
        Assert.AreEqual("11 via 0A000201", network.RouteTo(3, 0, 0), network.Neighbors());
    }

    [TestMethod]
    public void Static_and_connected_routes_go_out_as_external_type_2_and_are_taken_back()
    {
        OspfNetwork network = new(3, 4);
        network.Join(true, 0, 0, 1);
        network.Join(true, 0, 1, 2);
        Router router = network.Nodes[0].Router;
        Assert.AreEqual(0, router.Control.SetInterfaceAddress(5, 0xC0A80001, 24));
        network.Nodes[0].Ports[5].LinkUp = true;
        Assert.AreEqual(0, router.Control.AddStaticRoute(0, 0xC0A90000, 16, 0, 5, 1, -1));
        network.Nodes[0].Ospf.Redistribute(0, true, true, true, true);
        network.Run(15_000);
        Assert.AreEqual("20 via 0A000102", network.RouteTo(2, 0xC0A80000, 24), network.Neighbors());
        Assert.AreEqual("20 via 0A000102", network.RouteTo(2, 0xC0A90000, 16));
        Assert.AreEqual("1 via 0A000102", network.RouteTo(2, 0, 0));
        router.Control.RemoveStaticRoute(0, 0xC0A90000, 16, 0, 5);
        network.Nodes[0].Ospf.Redistribute(0, true, true, false, false);
        network.Run(8_000);
        Assert.AreEqual("none", network.RouteTo(2, 0xC0A90000, 16));
        Assert.AreEqual("none", network.RouteTo(2, 0, 0));
        Assert.AreEqual("20 via 0A000102", network.RouteTo(2, 0xC0A80000, 24));
    }

    [TestMethod]
    [DataRow(1, "secret", "secret", true)]
    [DataRow(1, "secret", "other", false)]
    [DataRow(2, "secret", "secret", true)]
    [DataRow(2, "secret", "other", false)]
    public void Only_who_has_the_key_becomes_a_neighbor(int type, string key, string other, bool full)
    {
        OspfNetwork network = new(2, 5);
        network.Join(true, 0, 0, 1);
        for (int k = 0; k < 2; k++)
        {
            network.Nodes[k].Ospf.Interfaces[0].AuthenticationType = type;
            network.Nodes[k].Ospf.Interfaces[0].KeyId = 7;
            network.Nodes[k].Ospf.Interfaces[0].Key = System.Text.Encoding.ASCII.GetBytes(k == 0 ? key : other);
        }

        network.Run(8_000);
        Assert.AreEqual(full, network.RouteTo(0, network.Nodes[1].Id, 32) != "none");
        if (!full) Assert.AreEqual(LabEdge.Ospf.PacketFault.Authentication, network.Nodes[0].Ospf.LastFault);
    }

    [TestMethod]
    public void Spoiled_packets_break_no_adjacency_and_throw_nothing()
    {
        const int Seed = 77;
        TestContext.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        OspfNetwork network = new(3, Seed);
        network.Join(true, 0, 0, 1);
        network.Join(false, 0, 1, 2);
        List<byte[]> seen = [];
        network.Seen = f => { if (f.Length > 58 && f[12] == 8 && f[13] == 0 && f[23] == 89 && seen.Count < 400) seen.Add(f); };
        network.Run(15_000);
        Check(network, "before");
        for (int round = 0; round < 200; round++)
        {
            for (int k = 0; k < 100; k++)
            {
                byte[] frame = (byte[])seen[random.Next(seen.Count)].Clone();
                Spoil(frame, random);
                foreach (OspfNetwork.Node n in network.Nodes) n.Ports[random.Next(2)].Queue(frame);
            }

            network.Run(OspfNetwork.StepMs * 5);
        }

        network.Run(60_000);
        Check(network, "after");
    }

    // Some octets of the OSPF packet change; its checksum is made right again, so that what is inside is looked at.
    private static void Spoil(byte[] frame, Random random)
    {
        int length = (frame[36] << 8) | frame[37];
        if (34 + length > frame.Length || length < 24) return;
        for (int k = random.Next(3); k >= 0; k--) frame[34 + (random.Next(4) == 0 ? random.Next(length) : 24 + random.Next(length - 24))] = (byte)random.Next(256);
        length = Math.Clamp((frame[36] << 8) | frame[37], 24, frame.Length - 34);
        frame[46] = frame[47] = 0;
        int sum = LabEdge.Ospf.OspfHeader.Checksum(frame, 34, length);
        frame[46] = (byte)(sum >> 8);
        frame[47] = (byte)sum;
    }

    private static void MoveLoopback(OspfNetwork network, int node, uint area)
    {
        LabEdge.Ospf.OspfModule ospf = network.Nodes[node].Ospf;
        ospf.Enable(network.Nodes[node].Router.Capacity.Ports, 0, ospf.AddArea(0, area), false, false);
    }

    private static void Check(OspfNetwork network, string when)
    {
        List<string> differences = network.Differences();
        Assert.IsEmpty(differences, when + "\n" + string.Join("\n", differences.Take(10)) + "\n" + network.Neighbors());
    }
}
