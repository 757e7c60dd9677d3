using LabEdge.Bfd;

namespace LabEdge.Tests.Bfd;

[TestClass]
public class BfdMachineTests
{
    private static readonly string[] Events = ["RecvAdminDown", "RecvDown", "RecvInit", "RecvUp", "Expired", "PathDown", "Disabled", "Enabled"];

    private static readonly string[] Actions = ["-", "Discard", "Tell", "GoUp", "GoDownSignaled", "GoDownExpired", "GoDownPath", "Stop"];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(BfdMachine.Events, Events);
        Assert.HasCount(BfdMachine.Actions, Actions);
        List<string> lines = [];
        for (int state = 0; state < BfdMachine.States; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                int step = BfdMachine.Step(state, e);
                lines.Add($"{BfdMachine.Name(state),-9} {Events[e],-13} > {BfdMachine.Name(step >> 8),-9} {Actions[step & 0xFF]}");
            }
        }
        string table = string.Join("\n", lines);
        TestContext.WriteLine(table);
        string[] expected = File.ReadAllLines(Repository.PathOf("tests", "conformance", "bfd", "machine.table"));
        Assert.StartsWith("# ", expected[0], "a sentence on top");
        Assert.AreEqual(string.Join("\n", expected[1..]), table);
        Assert.HasCount(BfdMachine.States * BfdMachine.Events, lines);
    }
}
