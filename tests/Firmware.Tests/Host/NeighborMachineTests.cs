using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class NeighborMachineTests
{
    private static readonly string[] States = ["Free", "Incomplete", "Reachable", "Probing", "Failed"];
    private static readonly string[] Events = ["Needed", "Wanted", "Heard", "Due", "Exhausted", "Abandoned", "PortDown", "PortUp", "Cleared", "Forgotten"];
    private static readonly string[] Actions = ["-", "Ask", "Learn", "Poll", "LoseAndAsk", "Suspend", "HoldDown", "Remove"];

    private const string Expected = """
        Free       Needed    > Incomplete Ask
        Free       Wanted    > Incomplete Ask
        Free       Heard     > Reachable  Learn
        Free       Due       > Free       -
        Free       Exhausted > Free       -
        Free       Abandoned > Free       -
        Free       PortDown  > Free       -
        Free       PortUp    > Free       -
        Free       Cleared   > Free       -
        Free       Forgotten > Free       -
        Incomplete Needed    > Incomplete -
        Incomplete Wanted    > Incomplete -
        Incomplete Heard     > Reachable  Learn
        Incomplete Due       > Incomplete Ask
        Incomplete Exhausted > Failed     Ask
        Incomplete Abandoned > Failed     HoldDown
        Incomplete PortDown  > Incomplete Suspend
        Incomplete PortUp    > Incomplete Ask
        Incomplete Cleared   > Incomplete Ask
        Incomplete Forgotten > Free       Remove
        Reachable  Needed    > Reachable  -
        Reachable  Wanted    > Reachable  -
        Reachable  Heard     > Reachable  Learn
        Reachable  Due       > Probing    Poll
        Reachable  Exhausted > Probing    Poll
        Reachable  Abandoned > Probing    Poll
        Reachable  PortDown  > Incomplete Suspend
        Reachable  PortUp    > Reachable  -
        Reachable  Cleared   > Incomplete LoseAndAsk
        Reachable  Forgotten > Free       Remove
        Probing    Needed    > Probing    -
        Probing    Wanted    > Probing    -
        Probing    Heard     > Reachable  Learn
        Probing    Due       > Probing    Poll
        Probing    Exhausted > Incomplete LoseAndAsk
        Probing    Abandoned > Free       Remove
        Probing    PortDown  > Incomplete Suspend
        Probing    PortUp    > Probing    -
        Probing    Cleared   > Incomplete LoseAndAsk
        Probing    Forgotten > Free       Remove
        Failed     Needed    > Failed     -
        Failed     Wanted    > Incomplete Ask
        Failed     Heard     > Reachable  Learn
        Failed     Due       > Failed     Ask
        Failed     Exhausted > Failed     Ask
        Failed     Abandoned > Free       Remove
        Failed     PortDown  > Incomplete Suspend
        Failed     PortUp    > Incomplete Ask
        Failed     Cleared   > Incomplete Ask
        Failed     Forgotten > Free       Remove
        """;

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(NeighborMachine.Events, Events);
        Assert.HasCount(NeighborMachine.Actions, Actions);
        List<string> lines = [];
        for (int state = 0; state < States.Length; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                lines.Add($"{States[state],-10} {Events[e],-9} > {States[NeighborMachine.NextState(state, e)],-10} {Actions[NeighborMachine.ActionOf(state, e)]}");
            }
        }
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), string.Join("\n", lines));
    }
}
