using System.Text;
using LabEdge.Ospf;

namespace LabEdge.Tests.Ospf;

/// <summary>Every pair of state and event of both machines, as a table to review (RFC 2328 sections 9.3 and 10.3).</summary>
[TestClass]
public sealed class OspfMachineTests
{
    public TestContext TestContext { get; set; }

    private static readonly string[] NeighborStates = ["Down", "Attempt", "Init", "2-Way", "ExStart", "Exchange", "Loading", "Full"];
    private static readonly string[] NeighborEvents = ["Hello", "2-Way", "NegDone", "ExchDone", "BadLSReq", "LoadDone", "AdjOK?", "SeqMism", "1-Way", "Kill", "Inactiv", "LLDown", "BFD"];
    private static readonly string[] NeighborActions = ["-", "timer", "begin", "decide", "review", "exchange", "end", "full", "restart", "init", "delete"];

    private const string Neighbor = """
                 Hello    2-Way    NegDone  ExchDone BadLSReq LoadDone AdjOK?   SeqMism  1-Way    Kill     Inactiv  LLDown   BFD
        Down     begin    -        -        -        -        -        -        -        -        -        -        -        -
        Attempt  begin    -        -        -        -        -        -        -        -        delete   delete   delete   delete
        Init     timer    decide   -        -        -        -        -        -        -        delete   delete   delete   delete
        2-Way    timer    -        -        -        -        -        review   -        init     delete   delete   delete   delete
        ExStart  timer    -        exchange -        -        -        review   -        init     delete   delete   delete   delete
        Exchange timer    -        -        end      restart  -        review   restart  init     delete   delete   delete   delete
        Loading  timer    -        -        -        restart  full     review   restart  init     delete   delete   delete   delete
        Full     timer    -        -        -        restart  -        review   restart  init     delete   delete   delete   delete

        """;

    private static readonly string[] InterfaceStates = ["Down", "Loopback", "Waiting", "P2P", "DROther", "Backup", "DR"];
    private static readonly string[] InterfaceEvents = ["Up", "Wait", "Backup", "Neighbor", "Down"];
    private static readonly string[] InterfaceActions = ["-", "start", "elect", "reset"];

    private const string Interface = """
                 Up       Wait     Backup   Neighbor Down
        Down     start    -        -        -        -
        Loopback -        -        -        -        reset
        Waiting  -        elect    elect    -        reset
        P2P      -        -        -        -        reset
        DROther  -        -        -        elect    reset
        Backup   -        -        -        elect    reset
        DR       -        -        -        elect    reset

        """;

    [TestMethod]
    public void Every_pair_of_the_neighbor_machine() => Compare(Neighbor, NeighborStates, NeighborEvents, NeighborActions, NeighborMachine.ActionOf, NeighborMachine.Events, NeighborMachine.Actions);

    [TestMethod]
    public void Every_pair_of_the_interface_machine() => Compare(Interface, InterfaceStates, InterfaceEvents, InterfaceActions, InterfaceMachine.ActionOf, InterfaceMachine.Events, InterfaceMachine.Actions);

    private void Compare(string expected, string[] states, string[] events, string[] actions, Func<int, int, int> action, int eventCount, int actionCount)
    {
        Assert.HasCount(eventCount, events);
        Assert.HasCount(actionCount, actions);
        StringBuilder text = new();
        text.Append("         ").AppendLine(string.Concat(events.Select(e => e.PadRight(9))).TrimEnd());
        for (int s = 0; s < states.Length; s++) text.AppendLine((states[s].PadRight(9) + string.Concat(events.Select((_, e) => actions[action(s, e)].PadRight(9)))).TrimEnd());
        TestContext.WriteLine(text.ToString());
        Assert.AreEqual(expected.ReplaceLineEndings("\n").TrimEnd(), text.ToString().ReplaceLineEndings("\n").TrimEnd());
    }
}
