using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>What may be done to a lab while it runs, and that its record gives the same lab again.</summary>
[TestClass]
public class LabSessionTests
{
    private const string Ping = "ping 10.2.2.1 repeat 2 timeout 1";

    private static LabSession Open(string lab = LabFixture.L3)
    {
        LabSession session = LabSession.Open(LabFixture.PathOf(lab), new LabOptions { Seed = 3 });
        session.RunUntil(2_000_000);
        session.Type("r1", Ping);
        return session;
    }

    private static bool Answered(LabSession session) => session.Type("r1", Ping).Contains("100 percent");

    [TestMethod]
    [DataRow("pe1-p")]
    [DataRow("pe1:eth2")]
    [DataRow("p:Ethernet1")]
    public void A_link_that_is_pulled_carries_nothing_until_it_is_plugged_in(string link)
    {
        using LabSession session = Open();
        session.Apply(new LinkState(0, link, false));
        Assert.IsFalse(Answered(session));
        StringAssert.Contains(session.Type("pe1", "show ip interface brief"), "down");
        session.Apply(new LinkState(session.NowUs + 500_000, link, true));
        Answered(session);
        Assert.IsTrue(Answered(session));
    }

    [TestMethod]
    public void A_wire_changes_its_loss_its_delay_and_its_mtu()
    {
        using LabSession session = Open();
        session.Apply(new WireChange(0, "pe1-p", "loss", "100%"));
        Assert.IsFalse(Answered(session));
        session.Apply(new WireChange(0, "pe1-p", "loss", "0%"));
        Assert.IsTrue(Answered(session));
        session.Apply(new WireChange(0, "pe1-p", "mtu", "1000"));
        Assert.IsTrue(Answered(session));
        StringAssert.Contains(session.Type("r1", "ping 10.2.2.1 repeat 2 timeout 1 size 1400"), "(0/2)");
        session.Apply(new WireChange(0, "pe1-p", "mtu", "1500"));
        session.Apply(new WireChange(0, "pe1-p", "delay", "400ms"));
        long before = session.NowUs;
        Assert.IsTrue(Answered(session));
        Assert.IsGreaterThan(1_600_000, session.NowUs - before);
    }

    [TestMethod]
    public void No_frame_overtakes_another_when_the_delay_becomes_shorter()
    {
        EventQueue queue = new();
        VirtualWire wire = new(queue, new FramePool(), 0, "a-b", new WireSettings { DelayUs = 1000 }, 1);
        for (byte i = 1; i <= 2; i++)
        {
            wire.Send(0, [i, .. new byte[59]], 0, 60);
            wire.Settings = wire.Settings with { DelayUs = 10 };
        }

        queue.RunUntil(2000);
        LabEdge.Hal.Frame frame = new(0, 100);
        Assert.IsTrue(wire.Ends[1].Receive(frame));
        Assert.AreEqual(1, frame.Octets[frame.Start]);
    }

    [TestMethod]
    public void A_restarted_node_loses_what_was_not_saved_and_its_neighbours_lose_the_link_meanwhile()
    {
        using LabSession session = Open();
        foreach (string line in new[] { "configure terminal", "hostname saved", "end", "write memory", "configure terminal", "hostname forgotten", "end" }) session.Type("p", line);
        session.Apply(new NodeRestart(0, "p"));
        long off = session.NowUs;
        StringAssert.Contains(session.Type("pe1", "show ip interface brief"), "down");
        StringAssert.Contains(session.Type("p", "show running-config"), "hostname saved");
        Assert.IsGreaterThanOrEqualTo(NodeRestart.BootUs, session.NowUs - off, "a line waits for the router");
        Answered(session);
        Assert.IsTrue(Answered(session));
    }

    [TestMethod]
    public void Without_a_saved_configuration_a_node_starts_again_from_the_labs_file()
    {
        using LabSession session = Open();
        foreach (string line in new[] { "configure terminal", "hostname forgotten", "end" }) session.Type("p", line);
        session.Apply(new NodeRestart(0, "p"));
        session.Apply(new NodeRestart(0, "p"));
        StringAssert.Contains(session.Type("p", "show running-config"), "hostname p");
        Assert.IsTrue(session.Lab.Nodes.All(node => node.IsOn));
    }

    [TestMethod]
    public void A_configuration_is_replaced_whole_or_not_at_all()
    {
        using LabSession session = Open();
        int recorded = session.Inputs.Count;
        LabException refused = Assert.ThrowsExactly<LabException>(() => session.Apply(new NodeConfiguration(0, "p", "hostname q\nipp routing\ninterface Ethernet9\n")));
        CollectionAssert.AreEqual(new[] { 2, 3 }, refused.Problems.Select(problem => problem.Line).ToArray());
        Assert.HasCount(recorded, session.Inputs);
        Assert.IsTrue(Answered(session));
        session.Apply(new NodeConfiguration(0, "p", "hostname q\n"));
        StringAssert.Contains(session.Type("p", "show running-config"), "hostname q");
        Assert.IsFalse(Answered(session));
    }

    [TestMethod]
    public void What_the_lab_has_not_is_refused_with_what_it_has()
    {
        using LabSession session = Open();
        (LabInput Input, string Expected)[] wrong =
        [
            (new TypedLine(0, "r9", "show version"), "one of the nodes r1, "),
            (new NodeRestart(0, ""), "one of the nodes r1, "),
            (new LinkState(0, "pe1-pe2", false), "or one end of it such as r1:Ethernet1"),
            (new WireChange(0, "pe1-p", "lag", "1s"), "one of delay, bandwidth, loss, duplicate, reorder, corrupt, mtu"),
            (new WireChange(0, "pe1-p", "loss", "5"), "a share such as 0.5%"),
        ];
        int recorded = session.Inputs.Count;
        foreach ((LabInput input, string expected) in wrong)
        {
            StringAssert.Contains(Assert.ThrowsExactly<LabException>(() => session.Apply(input)).Problems.Single().Expected, expected);
        }

        Assert.HasCount(recorded, session.Inputs);
    }

    [TestMethod]
    public void The_recorded_inputs_give_the_same_lab_again()
    {
        using LabSession session = Open();
        session.Apply(new WireChange(session.NowUs + 1_234_567, "p-pe2", "loss", "30%"));
        session.Type("r1", Ping);
        session.Apply(new NodeRestart(session.NowUs, "p"));
        session.Apply(new LinkState(session.NowUs + 300, "r2-pe2", false));
        session.RunUntil(session.NowUs + 3_000_001);

        using LabSession again = LabSession.Open(LabFixture.PathOf(LabFixture.L3), new LabOptions { Seed = 3 });
        foreach (LabInput input in session.Inputs) again.Apply(input);
        again.RunUntil(session.NowUs);
        Assert.AreEqual(session.Lab.Digest.Hex(), again.Lab.Digest.Hex());
        CollectionAssert.AreEqual(session.Inputs.ToArray(), again.Inputs.ToArray());
    }
}
