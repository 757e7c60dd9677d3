using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

[TestClass]
public class TcpMachineTests
{
    private static readonly string[] Events =
        ["PassiveOpen", "ActiveOpen", "Close", "Abort", "Syn", "SynAck", "AckOfSyn", "AckOfFin", "Fin", "Reset", "GiveUp", "TimeWaitOver"];

    private static readonly string[] Actions =
        ["-", "SendSyn", "SendSynAck", "SendAck", "QueueFin", "SendReset", "Linger", "Opened", "OpenedAck", "Lost", "Refuse"];

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(TcpMachine.Events, Events);
        Assert.HasCount(TcpMachine.Actions, Actions);
        List<string> lines = [];
        for (int state = 0; state < TcpState.Count; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                int step = TcpMachine.Step(state, e);
                lines.Add($"{TcpState.Name(state),-9} {Events[e],-12} > {TcpState.Name(step >> 8),-9} {Actions[step & 0xFF]}");
            }
        }
        string[] expected = File.ReadAllLines(Repository.PathOf("tests", "conformance", "tcp", "machine.table"));
        Assert.StartsWith("# ", expected[0], "a sentence on top");
        Assert.AreEqual(string.Join("\n", expected[1..]), string.Join("\n", lines));
        Assert.HasCount(TcpState.Count * TcpMachine.Events, lines);
    }
}
