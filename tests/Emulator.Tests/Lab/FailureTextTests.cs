using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>What a learner reads when a goal is not met: the cause, not what follows from it.</summary>
[TestClass]
public class FailureTextTests
{
    private static (LabReport Report, Journey Journey) Run(LabFixture lab, LabOptions options = null)
    {
        Journey journey = null;
        LabReport report = new LabRun { Followed = (_, followed) => journey = followed }.Run(lab.Folder, options ?? new LabOptions());
        return (report, journey);
    }

    private static CheckResult Result(LabReport report, string goal) => report.Results.Single(result => result.Check.Goal.StartsWith(goal, StringComparison.Ordinal));

    [TestMethod]
    public void A_ping_that_cannot_leave_says_why()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("r1.cfg", "ip route 0.0.0.0 0.0.0.0 10.1.1.254", "");
        (LabReport report, Journey journey) = Run(lab);
        Assert.AreEqual("  no ping has left: on r1: No route to the destination, or no address to send from", JourneyText.Lines(journey).Single());
        StringAssert.Contains(report.Results[0].Reason, "0 of 5 pings from r1 to 10.2.2.1 were answered: No route to the destination");
    }

    [TestMethod]
    public void A_next_hop_that_does_not_answer_is_named()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("r1.cfg", "10.1.1.254", "10.1.1.253");
        (LabReport report, Journey journey) = Run(lab);
        StringAssert.EndsWith(JourneyText.Lines(journey).Single(), "10.1.1.253 does not answer ARP");
        StringAssert.EndsWith(report.Results[0].Reason, "; r1 finds that 10.1.1.253 does not answer ARP");
    }

    [TestMethod]
    public void A_vrf_that_does_not_exist_is_named()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("checks.yml", "journey: {from: r1, to: 10.2.2.1}", "journey: {from: pe1, to: 10.2.2.1, vrf: blu}");
        Assert.AreEqual("  no ping has left: on pe1: VRF blu does not exist", JourneyText.Lines(Run(lab).Journey).Single());
    }

    [TestMethod]
    public void A_drop_on_the_way_is_the_cause_and_answers_to_nobody_are_not()
    {
        // r1's ping goes to red's r4, whose answer comes to r3, which asked for none.
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("pe2.cfg", "ip route vrf blue 10.1.1.0 255.255.255.0 10.0.0.1 label 201", "ip route vrf blue 10.1.1.0 255.255.255.0 10.0.0.1 label 301");
        StringAssert.Contains(Run(lab).Report.Results[0].Reason, "meanwhile r3 dropped 5 from Ethernet1: host unclaimed");

        // With a drop on the way besides, that is the one.
        lab.Replace("pe2.cfg", "10.0.0.1 label 301", "10.0.0.1 label 302");
        StringAssert.Contains(Run(lab).Report.Results[0].Reason, "meanwhile pe1 dropped 5 from Ethernet2: unknown label");
    }

    [TestMethod]
    public void A_transport_that_is_down_names_the_neighbour_that_is_silent()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("p.cfg", "192.168.23.3", "192.168.23.9");
        string reason = Run(lab).Report.Results[0].Reason;
        StringAssert.Contains(reason, "meanwhile p dropped ");
        StringAssert.Contains(reason, "192.168.23.9 does not answer ARP");
    }

    [TestMethod]
    public void A_dead_network_does_not_meet_a_goal_of_isolation()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("p.cfg", "interface Ethernet1", "interface Ethernet1\n shutdown");
        (LabReport report, _) = Run(lab);
        CheckResult isolation = Result(report, "Blue does not reach red's server");
        Assert.IsFalse(isolation.Ok);
        StringAssert.StartsWith(isolation.Reason, "no ping was answered, but those that should be were not either: 0 of 5 pings from r3 to 10.9.9.9 were answered");
        Assert.IsFalse(Result(report, "A customer does not reach the backbone").Ok);
    }

    [TestMethod]
    public void A_command_that_shows_something_else_is_shown()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("p.cfg", "input 103", "input 104");
        CheckResult result = Result(Run(lab).Report, "p takes the outer label off");
        Assert.AreEqual("p# show mpls forwarding-table", result.Shown.Head);
        Assert.IsTrue(result.Shown.Lines.Any(line => line.StartsWith("104 ", StringComparison.Ordinal)), result.Shown.Output);
    }

    [TestMethod]
    public void A_command_that_the_console_does_not_take_fails_for_that_reason()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("checks.yml", "command: show mpls forwarding-table", "command: show mlps forwarding-table");
        CheckResult result = Result(Run(lab).Report, "p takes the outer label off");
        StringAssert.StartsWith(result.Reason, "p does not take \"show mlps forwarding-table\": % Invalid input");
        Assert.AreEqual("        ^", result.Shown.Lines[0], "the marker stands below the m of \"p# show mlps\"");
    }

    [TestMethod]
    public void Commands_after_the_checks_change_nothing_in_the_report()
    {
        string folder = LabFixture.PathOf(LabFixture.L3);
        LabReport plain = LabFixture.Run(folder);
        LabReport shown = LabFixture.Run(folder, new LabOptions { Shows = [new ShowRequest("r1", "ping 10.2.2.1"), new ShowRequest("pe1", "show ip route vrf blue")] });
        Assert.AreEqual((plain.Digest, plain.Frames, plain.VirtualTimeUs, plain.Points), (shown.Digest, shown.Frames, shown.VirtualTimeUs, shown.Points));
        Assert.IsEmpty(plain.Shows);
        StringAssert.Contains(shown.Shows[0].Output, "Success rate is 100 percent");
        StringAssert.Contains(shown.Shows[1].Output, "10.2.2.0/24 [1/0] via 10.0.0.3");
    }

    [TestMethod]
    public void The_journey_says_the_ttl_once_beside_a_stack()
    {
        using LabFixture lab = new(LabFixture.L3);
        string[] lines = [.. JourneyText.Lines(Run(lab).Journey).Select(line => line.Trim())];
        CollectionAssert.Contains(lines, "no label, TTL 255 -> [103 ttl 254 | 203 ttl 254], out Ethernet2");
        CollectionAssert.Contains(lines, "[103 ttl 254 | 203 ttl 254], IP TTL 254 -> [203 ttl 253], out Ethernet2");
        CollectionAssert.Contains(lines, "[203 ttl 253], IP TTL 254 -> no label, TTL 252, out Ethernet1");
    }
}
