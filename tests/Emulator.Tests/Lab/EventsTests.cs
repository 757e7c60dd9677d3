using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>What a lab does by itself, as its <c>events.yml</c> says.</summary>
[TestClass]
public class EventsTests
{
    private static LabFixture Scripted(string events)
    {
        LabFixture lab = new(LabFixture.L3);
        File.WriteAllText(Path.Combine(lab.Folder, EventsReader.FileName), events);
        return lab;
    }

    [TestMethod]
    public void Links_wires_restarts_and_lines_happen_at_their_times()
    {
        using LabFixture lab = Scripted("""
            - at: 3s
              node: pe1
              configure: |
                interface Ethernet1
                 description changed by script
            - {at: 2s, link: "pe1:eth2", state: down}
            - {at: 2500ms, link: p-pe1, state: up}
            - {at: 4s, wire: pe1-p, loss: 100%, delay: 3ms}
            - {at: 5s, restart: p}
            - {at: 6s, node: pe1, run: ["show version", "shw arp"]}
            """);
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        VirtualWire wire = session.Lab.FindWire("pe1-p");
        session.RunUntil(2_000_000);
        Assert.IsFalse(wire.Up);
        session.RunUntil(2_500_000);
        Assert.IsTrue(wire.Up);
        StringAssert.DoesNotMatch(session.Type("pe1", "show running-config"), new("changed by script"));
        session.RunUntil(3_100_000);
        StringAssert.Contains(session.Type("pe1", "show running-config"), "description changed by script");
        session.RunUntil(4_000_000);
        Assert.AreEqual((1_000_000, 3000), (wire.Settings.LossPerMillion, wire.Settings.DelayUs));
        session.RunUntil(5_500_000);
        Assert.IsFalse(session.Lab.Node("p").IsOn);
        session.RunUntil(6_100_000);
        Assert.IsTrue(session.Lab.Node("p").IsOn);
        ScriptedAnswer[] answers = [.. session.Lab.ScriptedAnswers];
        CollectionAssert.AreEqual(new[] { "configure terminal", "interface Ethernet1", " description changed by script", "end", "show version", "shw arp" }, answers.Select(answer => answer.Line).ToArray());
        StringAssert.Contains(answers[4].Output, "LabEdge");
        Assert.AreEqual((6_000_000L, 10), (answers[4].AtUs, answers[4].Place));
        StringAssert.StartsWith(answers[5].Refusal, "% Invalid input");
    }

    [TestMethod]
    public void A_line_of_the_script_waits_for_a_console_that_is_busy_and_a_persons_answer_is_not_mixed_with_its_own()
    {
        using LabFixture lab = Scripted("- {at: 3s, node: r1, run: show version}");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        session.RunUntil(2_900_000);
        string answer = session.Type("r1", "ping 10.1.1.77 repeat 2 timeout 1");
        StringAssert.Contains(answer, "(0/2)");
        StringAssert.DoesNotMatch(answer, new("uptime"));
        session.RunUntil(session.NowUs + 1_000);
        StringAssert.Contains(session.Lab.ScriptedAnswers.Single().Output, "uptime");
    }

    [TestMethod]
    public void Events_belong_to_the_run_that_the_digest_names()
    {
        using LabFixture lab = Scripted("- {at: 1s, node: r1, run: ping 10.2.2.1 repeat 1}");
        string with = LabFixture.Run(lab.Folder).Digest;
        Assert.AreEqual(with, LabFixture.Run(lab.Folder).Digest);
        File.WriteAllText(Path.Combine(lab.Folder, EventsReader.FileName), "");
        Assert.AreNotEqual(with, LabFixture.Run(lab.Folder).Digest);
    }

    [TestMethod]
    public void Every_mistake_is_told_with_its_line_and_nothing_runs()
    {
        using LabFixture lab = Scripted("""
            - {at: 5, link: pe1-p, state: down}
            - {at: 5s, link: pe1-pe2, state: off}
            - {link: pe1-p, state: up}
            - {at: 5s, wire: pe1-p, lag: 3ms}
            - {at: 5s, wire: pe1-p, loss: 5}
            - {at: 5s, restart: q}
            - {at: 5s, node: pe1}
            - {at: 5s, restart: p, node: p}
            - {at: 5s}
            - down
            """);
        LabException refused = Assert.ThrowsExactly<LabException>(() => LabSession.Open(lab.Folder, new LabOptions()));
        Assert.IsTrue(refused.Problems.All(problem => problem.File == EventsReader.FileName), refused.Message);
        CollectionAssert.AreEqual(new[] { 1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10 }, refused.Problems.Select(problem => problem.Line).Order().ToArray(), refused.Message);
    }
}
