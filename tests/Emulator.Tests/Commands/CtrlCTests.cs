using LabEdge.Emulator.Commands;

namespace LabEdge.Tests.Commands;

[TestClass]
public class CtrlCTests
{
    private static (bool Ends, bool Abort) Ask(CtrlC keys, bool busy) => (keys.EndsRouter(busy, out bool abort), abort);

    [TestMethod]
    public void On_a_terminal_it_aborts_a_command_and_ends_a_router_that_waits()
    {
        CtrlC keys = new(terminal: true);
        Assert.AreEqual((false, false), Ask(keys, true));
        keys.Press();
        Assert.AreEqual((false, true), Ask(keys, true));
        Assert.AreEqual((false, false), Ask(keys, false), "the command has ended");
        keys.Press();
        Assert.AreEqual((true, false), Ask(keys, false));
    }

    [TestMethod]
    public void A_second_one_while_the_command_still_runs_ends_the_router()
    {
        CtrlC keys = new(terminal: true);
        keys.Press();
        Assert.AreEqual((false, true), Ask(keys, true));
        Assert.AreEqual((false, true), Ask(keys, true), "told again: its output may have been full");
        keys.Press();
        Assert.IsTrue(Ask(keys, true).Ends);
    }

    [TestMethod]
    public void Each_command_may_be_aborted()
    {
        CtrlC keys = new(terminal: true);
        for (int i = 0; i < 3; i++)
        {
            keys.Press();
            Assert.AreEqual((false, true), Ask(keys, true));
            Assert.AreEqual((false, false), Ask(keys, false));
        }
    }

    [TestMethod]
    public void Without_a_terminal_it_ends_the_router()
    {
        CtrlC keys = new(terminal: false);
        keys.Press();
        Assert.IsTrue(Ask(keys, true).Ends);
    }
}
