using LabEdge.Tcp;

namespace LabEdge.Tests.Tcp;

[TestClass]
public class TcpMachineTests
{
    private static readonly string[] Events =
        ["PassiveOpen", "ActiveOpen", "Close", "Abort", "Syn", "SynAck", "AckOfSyn", "AckOfFin", "Fin", "Reset", "GiveUp", "TimeWaitOver"];

    private static readonly string[] Actions =
        ["-", "SendSyn", "SendSynAck", "SendAck", "QueueFin", "SendReset", "Linger", "Opened", "OpenedAck", "Lost", "Refuse"];

    // Only the pairs that change the state or act; every other pair leaves both alone, which the test counts.
    private const string Expected = """
        CLOSED    PassiveOpen  > LISTEN    -
        CLOSED    ActiveOpen   > SYNSENT   SendSyn
        CLOSED    Close        > CLOSED    Refuse
        CLOSED    Abort        > CLOSED    Refuse
        LISTEN    PassiveOpen  > LISTEN    Refuse
        LISTEN    ActiveOpen   > SYNSENT   SendSyn
        LISTEN    Close        > CLOSED    -
        LISTEN    Abort        > CLOSED    -
        LISTEN    Syn          > SYNRCVD   SendSynAck
        SYNSENT   PassiveOpen  > SYNSENT   Refuse
        SYNSENT   ActiveOpen   > SYNSENT   Refuse
        SYNSENT   Close        > CLOSED    -
        SYNSENT   Abort        > CLOSED    -
        SYNSENT   Syn          > SYNRCVD   SendSynAck
        SYNSENT   SynAck       > ESTAB     OpenedAck
        SYNSENT   Reset        > CLOSED    Lost
        SYNSENT   GiveUp       > CLOSED    Lost
        SYNRCVD   PassiveOpen  > SYNRCVD   Refuse
        SYNRCVD   ActiveOpen   > SYNRCVD   Refuse
        SYNRCVD   Close        > SYNRCVD   QueueFin
        SYNRCVD   Abort        > CLOSED    SendReset
        SYNRCVD   AckOfSyn     > ESTAB     Opened
        SYNRCVD   Fin          > CLOSEWAIT SendAck
        SYNRCVD   Reset        > CLOSED    Lost
        SYNRCVD   GiveUp       > CLOSED    Lost
        ESTAB     PassiveOpen  > ESTAB     Refuse
        ESTAB     ActiveOpen   > ESTAB     Refuse
        ESTAB     Close        > FINWAIT1  QueueFin
        ESTAB     Abort        > CLOSED    SendReset
        ESTAB     Fin          > CLOSEWAIT SendAck
        ESTAB     Reset        > CLOSED    Lost
        ESTAB     GiveUp       > CLOSED    Lost
        FINWAIT1  PassiveOpen  > FINWAIT1  Refuse
        FINWAIT1  ActiveOpen   > FINWAIT1  Refuse
        FINWAIT1  Abort        > CLOSED    SendReset
        FINWAIT1  AckOfFin     > FINWAIT2  -
        FINWAIT1  Fin          > CLOSING   SendAck
        FINWAIT1  Reset        > CLOSED    Lost
        FINWAIT1  GiveUp       > CLOSED    Lost
        FINWAIT2  PassiveOpen  > FINWAIT2  Refuse
        FINWAIT2  ActiveOpen   > FINWAIT2  Refuse
        FINWAIT2  Abort        > CLOSED    SendReset
        FINWAIT2  Fin          > TIMEWAIT  Linger
        FINWAIT2  Reset        > CLOSED    Lost
        FINWAIT2  GiveUp       > CLOSED    Lost
        CLOSEWAIT PassiveOpen  > CLOSEWAIT Refuse
        CLOSEWAIT ActiveOpen   > CLOSEWAIT Refuse
        CLOSEWAIT Close        > LASTACK   QueueFin
        CLOSEWAIT Abort        > CLOSED    SendReset
        CLOSEWAIT Reset        > CLOSED    Lost
        CLOSEWAIT GiveUp       > CLOSED    Lost
        CLOSING   PassiveOpen  > CLOSING   Refuse
        CLOSING   ActiveOpen   > CLOSING   Refuse
        CLOSING   Abort        > CLOSED    SendReset
        CLOSING   AckOfFin     > TIMEWAIT  Linger
        CLOSING   Reset        > CLOSED    Lost
        CLOSING   GiveUp       > CLOSED    Lost
        LASTACK   PassiveOpen  > LASTACK   Refuse
        LASTACK   ActiveOpen   > LASTACK   Refuse
        LASTACK   Abort        > CLOSED    SendReset
        LASTACK   AckOfFin     > CLOSED    -
        LASTACK   Reset        > CLOSED    Lost
        LASTACK   GiveUp       > CLOSED    Lost
        TIMEWAIT  PassiveOpen  > TIMEWAIT  Refuse
        TIMEWAIT  ActiveOpen   > TIMEWAIT  Refuse
        TIMEWAIT  Abort        > CLOSED    -
        TIMEWAIT  Fin          > TIMEWAIT  Linger
        TIMEWAIT  Reset        > CLOSED    -
        TIMEWAIT  TimeWaitOver > CLOSED    -
        """;

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(TcpMachine.Events, Events);
        Assert.HasCount(TcpMachine.Actions, Actions);
        List<string> lines = [];
        int still = 0;
        for (int state = 0; state < TcpState.Count; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                int step = TcpMachine.Step(state, e);
                if (step == state << 8)
                {
                    still++;
                    continue;
                }
                lines.Add($"{TcpState.Name(state),-9} {Events[e],-12} > {TcpState.Name(step >> 8),-9} {Actions[step & 0xFF]}");
            }
        }
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), string.Join("\n", lines));
        Assert.AreEqual(TcpState.Count * Events.Length, lines.Count + still);
    }
}
