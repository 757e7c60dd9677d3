using LabEdge.Host;

namespace LabEdge.Tests.Host;

[TestClass]
public class Ipv6NeighborMachineTests
{
    private static readonly string[] States = ["Free", "Incomplete", "Reachable", "Probing", "Failed", "Stale", "Delay"];
    private static readonly string[] Events =
        ["Needed", "Wanted", "Heard", "Due", "Exhausted", "Abandoned", "PortDown", "PortUp", "Cleared", "Forgotten", "Told", "Doubted", "Used"];
    private static readonly string[] Actions = ["-", "Ask", "Learn", "Poll", "LoseAndAsk", "Suspend", "HoldDown", "Remove", "LearnStale", "Watch", "Wait"];

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
        Free       Told      > Stale      LearnStale
        Free       Doubted   > Free       -
        Free       Used      > Free       -
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
        Incomplete Told      > Stale      LearnStale
        Incomplete Doubted   > Incomplete -
        Incomplete Used      > Incomplete -
        Reachable  Needed    > Reachable  -
        Reachable  Wanted    > Reachable  -
        Reachable  Heard     > Reachable  Learn
        Reachable  Due       > Stale      Watch
        Reachable  Exhausted > Stale      Watch
        Reachable  Abandoned > Stale      Watch
        Reachable  PortDown  > Incomplete Suspend
        Reachable  PortUp    > Reachable  -
        Reachable  Cleared   > Incomplete LoseAndAsk
        Reachable  Forgotten > Free       Remove
        Reachable  Told      > Stale      LearnStale
        Reachable  Doubted   > Stale      Watch
        Reachable  Used      > Reachable  -
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
        Probing    Told      > Stale      LearnStale
        Probing    Doubted   > Probing    -
        Probing    Used      > Probing    -
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
        Failed     Told      > Stale      LearnStale
        Failed     Doubted   > Failed     -
        Failed     Used      > Failed     -
        Stale      Needed    > Stale      -
        Stale      Wanted    > Stale      -
        Stale      Heard     > Reachable  Learn
        Stale      Due       > Stale      Watch
        Stale      Exhausted > Stale      Watch
        Stale      Abandoned > Free       Remove
        Stale      PortDown  > Incomplete Suspend
        Stale      PortUp    > Stale      -
        Stale      Cleared   > Incomplete LoseAndAsk
        Stale      Forgotten > Free       Remove
        Stale      Told      > Stale      LearnStale
        Stale      Doubted   > Stale      -
        Stale      Used      > Delay      Wait
        Delay      Needed    > Delay      -
        Delay      Wanted    > Delay      -
        Delay      Heard     > Reachable  Learn
        Delay      Due       > Probing    Poll
        Delay      Exhausted > Probing    Poll
        Delay      Abandoned > Probing    Poll
        Delay      PortDown  > Incomplete Suspend
        Delay      PortUp    > Delay      -
        Delay      Cleared   > Incomplete LoseAndAsk
        Delay      Forgotten > Free       Remove
        Delay      Told      > Stale      LearnStale
        Delay      Doubted   > Delay      -
        Delay      Used      > Delay      -
        """;

    [TestMethod]
    public void Every_state_and_event_has_its_row()
    {
        Assert.HasCount(Ipv6NeighborMachine.Events, Events);
        Assert.HasCount(Ipv6NeighborMachine.Actions, Actions);
        List<string> lines = [];
        for (int state = 0; state < States.Length; state++)
        {
            for (int e = 0; e < Events.Length; e++)
            {
                lines.Add($"{States[state],-10} {Events[e],-9} > {States[Ipv6NeighborMachine.NextState(state, e)],-10} {Actions[Ipv6NeighborMachine.ActionOf(state, e)]}");
            }
        }
        Assert.AreEqual(Expected.ReplaceLineEndings("\n"), string.Join("\n", lines));
    }
}
