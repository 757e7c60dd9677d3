using LabEdge.Bfd;

namespace LabEdge.Tests.Bfd;

[TestClass]
public class BfdMachineTests
{
    private static readonly string[] Events = ["RecvAdminDown", "RecvDown", "RecvInit", "RecvUp", "Expired", "PathDown", "Disabled", "Enabled"];

    private static readonly string[] Actions = ["-", "Discard", "Tell", "GoUp", "GoDownSignaled", "GoDownExpired", "GoDownPath", "Stop"];

    // RFC 5880 sections 6.2, 6.8.4, 6.8.6 and 6.8.16.
    private const string Expected = """
        AdminDown RecvAdminDown > AdminDown Discard
        AdminDown RecvDown      > AdminDown Discard
        AdminDown RecvInit      > AdminDown Discard
        AdminDown RecvUp        > AdminDown Discard
        AdminDown Expired       > AdminDown -
        AdminDown PathDown      > AdminDown -
        AdminDown Disabled      > AdminDown -
        AdminDown Enabled       > Down      Tell
        Down      RecvAdminDown > Down      -
        Down      RecvDown      > Init      Tell
        Down      RecvInit      > Up        GoUp
        Down      RecvUp        > Down      -
        Down      Expired       > Down      -
        Down      PathDown      > Down      -
        Down      Disabled      > AdminDown Stop
        Down      Enabled       > Down      -
        Init      RecvAdminDown > Down      GoDownSignaled
        Init      RecvDown      > Init      -
        Init      RecvInit      > Up        GoUp
        Init      RecvUp        > Up        GoUp
        Init      Expired       > Down      GoDownExpired
        Init      PathDown      > Down      GoDownPath
        Init      Disabled      > AdminDown Stop
        Init      Enabled       > Init      -
        Up        RecvAdminDown > Down      GoDownSignaled
        Up        RecvDown      > Down      GoDownSignaled
        Up        RecvInit      > Up        -
        Up        RecvUp        > Up        -
        Up        Expired       > Down      GoDownExpired
        Up        PathDown      > Down      GoDownPath
        Up        Disabled      > AdminDown Stop
        Up        Enabled       > Up        -
        """;

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
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), table);
    }
}
