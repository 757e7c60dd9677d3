using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class LabRunTests
{
    [TestMethod]
    [DataRow(LabFixture.L2, LabOptions.Net)]
    [DataRow(LabFixture.L3, LabOptions.Net)]
    [DataRow(LabFixture.Bridge, LabOptions.Net)]
    [DataRow(LabFixture.L2, LabOptions.Portable)]
    [DataRow(LabFixture.L3, LabOptions.Portable)]
    [DataRow(LabFixture.Bridge, LabOptions.Portable)]
    [DataRow(LabFixture.DualStack, LabOptions.Net)]
    [DataRow(LabFixture.DualStack, LabOptions.Portable)]
    public void A_lab_of_the_course_is_green_with_either_form_of_the_frame_path(string lab, string kernel)
    {
        LabReport report = LabFixture.Run(LabFixture.PathOf(lab), new LabOptions { Kernel = kernel });
        Assert.IsTrue(report.Ok, LabFixture.Failures(report));
        Assert.AreEqual(report.PointsPossible, report.Points);
    }

    [TestMethod]
    [DataRow(LabFixture.L2, LabOptions.W5500, 5.0, 4.0)]
    [DataRow(LabFixture.L3, LabOptions.W5500, 5.0, 4.0)]
    [DataRow(LabFixture.L2, LabOptions.Enc28j60, 5.0, 7.0)]
    [DataRow(LabFixture.L3, LabOptions.Enc28j60, 5.0, 7.0)]
    public void Over_a_chip_model_a_lab_is_green_within_what_the_chip_needs_of_spi_transfers(string lab, string mac, double received, double sent)
    {
        LabReport report = LabFixture.Run(LabFixture.PathOf(lab), new LabOptions { Mac = mac });
        Assert.IsTrue(report.Ok, LabFixture.Failures(report));
        Assert.IsGreaterThan(100, report.Spi.FramesReceived);
        Assert.IsLessThanOrEqualTo(received, report.Spi.Received);
        Assert.IsLessThanOrEqualTo(sent, report.Spi.Sent);
    }

    [TestMethod]
    public void The_journey_crosses_every_router_and_its_stacks_are_those_of_the_picture()
    {
        Journey journey = null;
        new LabRun { Followed = (_, followed) => journey = followed }.Run(LabFixture.PathOf(LabFixture.L3), new LabOptions());
        CollectionAssert.AreEqual(new[] { "r1", "pe1", "p", "pe2", "r2" }, journey.Hops.Select(hop => hop.Node).ToArray());
        CollectionAssert.AreEqual(
            new[] { "no label", "[103 ttl 254 | 203 ttl 254]", "[203 ttl 253]", "no label", "no label" },
            journey.Hops.Select(hop => hop.StackAfter).ToArray());
        CollectionAssert.AreEqual(new[] { 255, 254, 253, 252, -1 }, journey.Hops.Select(hop => hop.TtlAfter).ToArray());
        CollectionAssert.AreEqual(new[] { "Ethernet1", "Ethernet2", "Ethernet2", "Ethernet1", null }, journey.Hops.Select(hop => hop.InterfaceOut).ToArray());
        StringAssert.Contains(journey.Hops[2].Row, "ILM 103: pop");
        Assert.AreNotEqual(EventQueue.Never, journey.AnsweredAt);
    }

    [TestMethod]
    public void The_journey_of_an_ipv6_ping_is_read_from_the_wire_where_the_general_path_serves_it()
    {
        Journey journey = null;
        new LabRun { Followed = (_, followed) => journey = followed }.Run(LabFixture.PathOf(LabFixture.DualStack), new LabOptions());
        CollectionAssert.AreEqual(new[] { "r1", "pe1", "p", "pe2", "r2" }, journey.Hops.Select(hop => hop.Node).ToArray());
        CollectionAssert.AreEqual(
            new[] { "no label", "[103 ttl 63 | 203 ttl 63]", "[203 ttl 62]", "no label", "no label" },
            journey.Hops.Select(hop => hop.StackAfter).ToArray());
        CollectionAssert.AreEqual(new[] { "Ethernet1", "Ethernet2", "Ethernet2", "Ethernet1", null }, journey.Hops.Select(hop => hop.InterfaceOut).ToArray());
        StringAssert.EndsWith(journey.Hops[1].Row, "IPv6 routes of VRF blue: 2001:db8:2::/64, general path");
        StringAssert.EndsWith(JourneyText.Lines(journey).Last(line => line.Contains("r2")), "in Ethernet1: its own address: taken in");
        CollectionAssert.DoesNotContain(JourneyText.Lines(journey).Select(line => line.Contains("not seen")).ToArray(), true);
        Assert.AreNotEqual(EventQueue.Never, journey.AnsweredAt);
    }

    [TestMethod]
    public void An_ipv6_ping_that_the_general_path_drops_is_not_seen_to_go_on()
    {
        using LabFixture lab = new(LabFixture.DualStack);
        lab.Replace("pe1.cfg", "ipv6 route vrf blue 2001:db8:2::/64 10.0.0.3 label 203", "!");
        Journey journey = null;
        LabReport report = new LabRun { Followed = (_, followed) => journey = followed }.Run(lab.Folder, new LabOptions());
        Assert.AreEqual("pe1", journey.Hops[^1].Node);
        StringAssert.EndsWith(journey.Hops[^1].Row, "IPv6 routes of VRF blue: nothing for the destination");
        Assert.IsTrue(JourneyText.Lines(journey).Any(line => line.EndsWith("not seen to go on", StringComparison.Ordinal)));
        StringAssert.Contains(report.Results[0].Reason, "meanwhile pe1 dropped 5 from Ethernet1: no route");
    }

    [TestMethod]
    public void An_ipv6_label_of_the_other_customer_is_noticed_and_ipv4_is_not_touched()
    {
        using LabFixture lab = new(LabFixture.DualStack);
        lab.Replace("pe1.cfg", "ipv6 route vrf blue 2001:db8:2::/64 10.0.0.3 label 203", "ipv6 route vrf blue 2001:db8:2::/64 10.0.0.3 label 303");
        LabReport report = LabFixture.Run(lab.Folder);
        StringAssert.StartsWith(report.Results[0].Reason, "pings from r1 to 2001:db8:2::1 came to r4");
        Assert.IsTrue(report.Results.Single(result => result.Check.Goal.StartsWith("r1 reaches r2 by IPv4", StringComparison.Ordinal)).Ok);
    }

    [TestMethod]
    public void An_ipv6_neighbour_that_is_silent_is_named()
    {
        using LabFixture lab = new(LabFixture.DualStack);
        lab.Replace("r1.cfg", "2001:db8:1::fe", "2001:db8:1::fd");
        StringAssert.EndsWith(LabFixture.Run(lab.Folder).Results[0].Reason, "; r1 finds that 2001:db8:1::fd does not answer Neighbor Discovery");
    }

    [TestMethod]
    public void A_pseudowire_carries_the_ping_unseen()
    {
        Journey journey = null;
        new LabRun { Followed = (_, followed) => journey = followed }.Run(LabFixture.PathOf(LabFixture.L2), new LabOptions());
        CollectionAssert.AreEqual(new[] { "r1", "pe1", "p", "pe2", "r2" }, journey.Hops.Select(hop => hop.Node).ToArray());
        CollectionAssert.AreEqual(
            new[] { "no label", "[103 ttl 255 | 403 ttl 255]", "[303 ttl 254 | 403 ttl 255]", "no label", "no label" },
            journey.Hops.Select(hop => hop.StackAfter).ToArray());
        StringAssert.Contains(journey.Hops[2].Row, "ILM 103: swap");
        StringAssert.Contains(journey.Hops[3].Row, "ILM 303: pop, for it is our own, and look again, ILM 403: pop to a pseudowire");
    }

    [TestMethod]
    public void Where_the_general_path_decides_the_journey_says_so_and_goes_on_at_the_next_router()
    {
        Journey journey = null;
        new LabRun { Followed = (_, followed) => journey = followed }.Run(LabFixture.PathOf(LabFixture.Bridge), new LabOptions());
        CollectionAssert.AreEqual(new[] { "r1", "pe1", "pe2", "r4" }, journey.Hops.Select(hop => hop.Node).ToArray());
        StringAssert.EndsWith(journey.Hops[1].Row, "general path");
        Assert.AreEqual("Ethernet4", journey.Hops[1].InterfaceOut);
        Assert.IsTrue(JourneyText.Lines(journey).Any(line => line.EndsWith("no label -> [403 ttl 255], out Ethernet4", StringComparison.Ordinal)));
        Assert.AreNotEqual(EventQueue.Never, journey.AnsweredAt);
    }

    [TestMethod]
    public void A_circuit_in_the_wrong_domain_fails_its_goals()
    {
        using LabFixture lab = new(LabFixture.Bridge);
        lab.Replace("pe1.cfg", "  encapsulation dot1q 30\n  rewrite ingress tag pop 1 symmetric\n  bridge-domain 100", "  encapsulation dot1q 30\n  rewrite ingress tag pop 1 symmetric\n  bridge-domain 200");
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.IsFalse(report.Ok);
        Assert.IsFalse(report.Results.Single(result => result.Check.Goal.StartsWith("r2 reaches r3")).Ok);
        Assert.IsTrue(report.Results.Single(result => result.Check.Goal.StartsWith("r1 reaches r4")).Ok);
    }

    [TestMethod]
    public void With_ultimate_hop_popping_each_router_still_takes_one_from_the_TTL()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("p.cfg", "192.168.23.3 implicit-null", "192.168.23.3 353");
        lab.Replace("pe2.cfg", "mpls static binding ipv4 vrf blue", "mpls static binding ipv4 10.0.0.3 255.255.255.255 input 353\nmpls static binding ipv4 vrf blue");
        Journey journey = null;
        new LabRun { Followed = (_, followed) => journey = followed }.Run(lab.Folder, new LabOptions());
        CollectionAssert.AreEqual(
            new[] { "no label", "[103 ttl 254 | 203 ttl 254]", "[353 ttl 253 | 203 ttl 254]", "no label", "no label" },
            journey.Hops.Select(hop => hop.StackAfter).ToArray());
        CollectionAssert.AreEqual(new[] { 255, 254, 253, 252, -1 }, journey.Hops.Select(hop => hop.TtlAfter).ToArray());
    }

    [TestMethod]
    public void A_wrong_label_fails_its_goals_and_names_the_router_that_dropped()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("pe1.cfg", "10.0.0.3 label 203", "10.0.0.3 label 204");
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.IsFalse(report.Ok);
        CheckResult first = report.Results[0];
        Assert.IsFalse(first.Ok);
        StringAssert.Contains(first.Reason, "meanwhile pe2 dropped");
        StringAssert.Contains(first.Reason, "unknown label");
    }

    [TestMethod]
    public void A_ping_that_comes_to_the_wrong_customer_is_noticed()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("pe1.cfg", "10.0.0.3 label 203", "10.0.0.3 label 303");
        LabReport report = LabFixture.Run(lab.Folder);
        StringAssert.StartsWith(report.Results[0].Reason, "pings from r1 to 10.2.2.1 came to r4");
    }

    [TestMethod]
    public void A_link_with_loss_still_runs_the_same_way_for_the_same_seed()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("topology.clab.yml", "delay: 500us", "delay: 500us, loss: 20%, duplicate: 10%, reorder: 10%");
        LabOptions seven = new() { Seed = 7 };
        Assert.AreEqual(LabFixture.Run(lab.Folder, seven).Digest, LabFixture.Run(lab.Folder, seven).Digest);
        Assert.AreNotEqual(LabFixture.Run(lab.Folder, seven).Digest, LabFixture.Run(lab.Folder, new LabOptions { Seed = 8 }).Digest);
    }

    [TestMethod]
    public void Captures_and_the_account_lie_side_by_side_and_change_nothing()
    {
        using LabFixture lab = new(LabFixture.L3);
        string folder = Path.Combine(lab.Folder, "captures");
        LabReport captured = LabFixture.Run(lab.Folder, new LabOptions { PcapFolder = folder });
        Assert.AreEqual(LabFixture.Run(lab.Folder).Digest, captured.Digest);
        CollectionAssert.AreEquivalent(
            new[] { "r1-pe1.pcap", "r3-pe1.pcap", "pe1-p.pcap", "p-pe2.pcap", "pe2-r2.pcap", "pe2-r4.pcap", "account.txt" },
            Directory.GetFiles(folder).Select(Path.GetFileName).ToArray());
        string[] account = File.ReadAllLines(Path.Combine(folder, "account.txt"));
        Assert.IsTrue(account.Any(line => line.EndsWith(" pe1 Ethernet2 pe1-p 103/0/0/254 203/0/1/254", StringComparison.Ordinal)), account.FirstOrDefault());
        Assert.IsTrue(account.Any(line => line.EndsWith(" p Ethernet2 p-pe2 203/0/1/253", StringComparison.Ordinal)));
        Assert.IsTrue(account.Any(line => line.EndsWith(" pe2 Ethernet1 pe2-r2 -", StringComparison.Ordinal)));
    }
}
