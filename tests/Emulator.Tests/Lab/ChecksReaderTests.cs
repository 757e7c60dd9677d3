using LabEdge.Emulator;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Lab;

[TestClass]
public class ChecksReaderTests
{
    private static readonly Topology TwoNodes = new(
        "demo", [new NodeSettings("r1", 1, 1, "r1.cfg", "Board"), new NodeSettings("r2", 2, 2, "r2.cfg", "Board")],
        [new LinkSettings("r1-r2", 3, [new LinkEndpoint("r1", "Ethernet1"), new LinkEndpoint("r2", "Ethernet1")], new WireSettings())]);

    private static (CheckList Checks, List<LabProblem> Problems) Read(string text)
    {
        List<LabProblem> problems = [];
        return (ChecksReader.Read(text, TwoNodes, problems), problems);
    }

    [TestMethod]
    public void Each_kind_of_check_is_read()
    {
        (CheckList list, List<LabProblem> problems) = Read("""
            settle: 1500ms
            journey: {from: r1, to: 10.0.0.2}
            checks:
              - {goal: a, type: reaches, from: r1, to: 10.0.0.2, size: 1400, points: 3}
              - {goal: b, type: cannot-reach, from: r1, to: 10.0.0.2, vrf: red, while: {from: r2, to: 10.0.0.1}}
              - {goal: c, type: answered-by, from: r1, to: 10.0.0.2, by: r2, never: [r1]}
              - {goal: d, type: trace, from: r1, to: 10.0.0.2, hops: [10.0.0.1, "10.0.0.2 labels 16/17"]}
              - {goal: e, type: one-hop, from: r1, to: 10.0.0.2}
              - {goal: f, type: shows, node: r1, command: show arp, text: up, hint: look}
              - {goal: s, type: stack, from: r1, to: 10.0.0.2, links: {r1-r2: 16/17 ttl 255/254}}
              - {goal: l, type: largest, from: r1, to: 10.0.0.2, octets: 1492}
              - {goal: p, type: predicted, answer: hops, of: ip-ttl, from: r1, to: 10.0.0.2, link: r1-r2}
              - {goal: g, type: no-drops, reason: no route}
            """);
        Assert.IsEmpty(problems);
        Assert.AreEqual(1_500_000, list.SettleUs);
        Assert.AreEqual(new JourneySettings("r1", "10.0.0.2", ""), list.Journey);
        CollectionAssert.AreEqual(Enum.GetValues<CheckKind>(), list.Checks.Select(check => check.Kind).ToArray());
        Assert.AreEqual(3, list.Checks[0].Points);
        Assert.AreEqual(("r2", "10.0.0.1"), (list.Checks[1].While.Node, list.Checks[1].While.Destination));
        CollectionAssert.AreEqual(new[] { 16, 17 }, list.Checks[3].Hops[1].Labels);
        Assert.IsNull(list.Checks[3].Hops[0].Labels);
        Assert.AreEqual("16/17 ttl 255/254", list.Checks[6].Links.Single().ToString());
        Assert.AreEqual(1492, list.Checks[7].Size);
        Assert.AreEqual(("hops", Measure.IpTtl, "r1-r2"), (list.Checks[8].Answer, list.Checks[8].Of, list.Checks[8].Link));
        CollectionAssert.AreEqual(new[] { DropReason.NoRoute }, list.Checks[9].Reasons.ToArray());
        CollectionAssert.AreEqual(new[] { "r1", "r2" }, list.Checks[9].Nodes.ToArray());
    }

    [TestMethod]
    public void Every_mistake_is_told_with_its_line()
    {
        (_, List<LabProblem> problems) = Read("""
            settle: soon
            checks:
              - {type: reaches, from: r1, to: 10.0.0.2}
              - {goal: a, type: reaches, from: r7, to: 10.0.0.2}
              - {goal: b, type: reaches, from: r1, to: r2}
              - {goal: c, type: teleports}
              - {goal: d, type: trace, from: r1, to: 10.0.0.2, hops: [10.0.0.1 label 5]}
              - {goal: e, type: no-drops, reason: bad luck}
              - {goal: f, type: shows, node: r1, command: show arp, colour: red}
            """);
        CollectionAssert.AreEqual(new[] { 1, 3, 4, 5, 6, 7, 7, 8, 9, 9 }, problems.Select(problem => problem.Line).ToArray());
        StringAssert.Contains(problems[4].ToString(), "found \"teleports\", expected one of reaches");
        StringAssert.Contains(problems[7].ToString(), "found \"bad luck\", expected a drop reason");
    }

    [TestMethod]
    public void Mistakes_of_what_is_measured_are_told_with_their_line()
    {
        (_, List<LabProblem> problems) = Read("""
            checks:
              - {goal: a, type: stack, from: r1, to: 10.0.0.2}
              - {goal: b, type: stack, from: r1, to: 10.0.0.2, links: {r1-r3: none}}
              - {goal: c, type: stack, from: r1, to: 10.0.0.2, links: {r1-r2: 16 ttl 1/2}}
              - {goal: d, type: largest, from: r1, to: 10.0.0.2}
              - {goal: e, type: predicted, from: r1, to: 10.0.0.2, answer: x, of: colour}
              - {goal: f, type: predicted, from: r1, to: 10.0.0.2, answer: x, of: stack}
              - {goal: g, type: predicted, from: r1, to: 10.0.0.2, answer: x, of: dropper}
            """);
        CollectionAssert.AreEqual(new[] { 2, 3, 4, 4, 5, 6, 7, 8 }, problems.Select(problem => problem.Line).ToArray());
        StringAssert.Contains(problems[1].ToString(), "found \"r1-r3\", expected one of the links r1-r2");
        StringAssert.Contains(problems[2].ToString(), "found \"16 ttl 1/2\", expected labels outermost first such as 103/203");
        StringAssert.Contains(problems[5].ToString(), "found \"colour\", expected one of stack, ttl");
    }

    [TestMethod]
    [DataRow("checks: []")]
    [DataRow("checks: 5")]
    [DataRow("{}")]
    [DataRow("checks: [5]")]
    [DataRow("checks: [{goal: [a], type: {b: c}}]")]
    [DataRow("journey: 5\nchecks: [{goal: a, type: no-drops, reason: [[x]]}]")]
    public void Nonsense_is_a_problem_and_not_an_exception(string text)
    {
        Assert.IsNotEmpty(Read(text).Problems);
    }
}
