using LabEdge.Emulator;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Lab;

[TestClass]
public class ChecksReaderTests
{
    private static readonly Topology TwoNodes = new(
        "demo", [new NodeSettings("r1", 1, 1, "r1.cfg", "Board"), new NodeSettings("r2", 2, 2, "r2.cfg", "Board")], []);

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
        CollectionAssert.AreEqual(new[] { DropReason.NoRoute }, list.Checks[6].Reasons.ToArray());
        CollectionAssert.AreEqual(new[] { "r1", "r2" }, list.Checks[6].Nodes.ToArray());
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
