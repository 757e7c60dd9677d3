using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

[TestClass]
public class LdpMachineTests
{
    private static readonly string[] Events =
        ["ConnectedActive", "ConnectedPassive", "GoodInit", "BadInit", "KeepAlive", "Other", "Shutdown", "Timeout", "Disconnected", "Malformed", "Stop"];

    private static readonly string[] Actions = ["-", "SendInit", "SendInitAndKeepAlive", "SendKeepAlive", "Up", "Handle", "NotifyAndClose", "Close"];

    // RFC 5036 section 2.5.4, figures 5 and 6: what moves on; every other pair ends the session, and says why when the other side can hear it.
    private const string Expected = """
        Nonexistent ConnectedActive  > OpenSent    SendInit
        Nonexistent ConnectedPassive > Initialized -
        Initialized GoodInit         > OpenRec     SendInitAndKeepAlive
        OpenSent    GoodInit         > OpenRec     SendKeepAlive
        OpenRec     KeepAlive        > Oper        Up
        Oper        KeepAlive        > Oper        -
        Oper        Other            > Oper        Handle
        """;

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(LdpMachine.Events, Events);
        Assert.HasCount(LdpMachine.Actions, Actions);
        List<string> lines = [];
        for (int state = 0; state < LdpMachine.States; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                int step = LdpMachine.Step(state, e);
                int next = step >> 8;
                string action = Actions[step & 0xFF];
                if (state == LdpMachine.NonExistent && e > LdpMachine.ConnectedPassive)
                {
                    Assert.AreEqual(LdpMachine.NonExistent << 8, step, $"nothing happens to what is not there: {Events[e]}");
                }
                else if (next == LdpMachine.NonExistent)
                {
                    Assert.AreEqual(e is LdpMachine.Shutdown or LdpMachine.Disconnected ? "Close" : "NotifyAndClose", action, $"{LdpMachine.Name(state)} {Events[e]}");
                }
                else
                {
                    lines.Add($"{LdpMachine.Name(state),-11} {Events[e],-16} > {LdpMachine.Name(next),-11} {action}");
                }
            }
        }
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), string.Join("\n", lines));
    }
}
