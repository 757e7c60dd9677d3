using LabEdge.Emulator;
using LabEdge.Emulator.Shell;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Shell;

[TestClass]
public class NodeConsoleTests
{
    private const string Leave = "\u001d";

    [TestMethod]
    public void Echo_tab_and_question_mark_are_the_routers_own_and_the_escape_comes_back()
    {
        using ShellFixture fixture = new();
        string screen = Visit(fixture.Shell, "pe1", "sh ip ro\tvrf blue\rsh ?" + Leave + "never typed");
        StringAssert.Contains(screen, "pe1#sh ip route vrf blue\n");
        StringAssert.Contains(screen, "\nRouting Table: blue\n");
        StringAssert.Contains(screen, "pe1#sh ?\n  running-config ");
        Assert.IsFalse(screen.Contains("never"), screen);
    }

    [TestMethod]
    public void Exit_ends_the_session()
    {
        using ShellFixture fixture = new();
        StringAssert.EndsWith(Visit(fixture.Shell, "pe1", "exit\rmore"), "pe1#exit\n\n");
    }

    [TestMethod]
    public void A_ping_runs_to_its_end_in_virtual_time_and_keys_typed_meanwhile_wait()
    {
        using ShellFixture fixture = new();
        string screen = Visit(fixture.Shell, "r1", "ping 10.2.2.1\rping 10.2.2.1 repeat 2\r" + Leave);
        StringAssert.Contains(screen, "Success rate is 100 percent (5/5)");
        StringAssert.Contains(screen, "r1#ping 10.2.2.1 repeat 2\n");
        StringAssert.Contains(screen, "Success rate is 100 percent (2/2)");
    }

    [TestMethod]
    public void The_recorded_keys_give_the_same_lab_again()
    {
        using ShellFixture fixture = new();
        Visit(fixture.Shell, "pe1", "conf t\rhostname egde\u007f\u007f\u007fdge\rend\rping vrf red 10.2.2.1\r" + Leave);
        fixture.Lines("check");
        LabSession done = fixture.Shell.Session;

        using LabSession again = LabSession.Open(LabFixture.PathOf(LabFixture.L3), new LabOptions());
        foreach (LabInput input in done.Inputs) again.Apply(input);
        again.RunUntil(done.NowUs);
        Assert.AreEqual(done.Lab.Digest.Hex(), again.Lab.Digest.Hex());
        Assert.AreEqual("edge#", again.Lab.Node("pe1").Router.Cli.Prompt);
    }

    [TestMethod]
    public void Keys_turn_pages_at_more_and_who_leaves_there_leaves_a_free_console()
    {
        using ShellFixture fixture = new();
        string screen = Visit(fixture.Shell, "pe1", "show running-config\r \u001d");
        StringAssert.Contains(screen, "--More--");
        StringAssert.Contains(screen, "interface Ethernet2");
        StringAssert.Contains(fixture.Lines("pe1: show arp"), "\nProtocol ");

        screen = Visit(fixture.Shell, "pe1", "show running-config\rq\u001d");
        Assert.IsFalse(screen.Contains("interface Ethernet2", StringComparison.Ordinal), screen);
    }

    private static string Visit(LabShell shell, string node, string keys)
    {
        StringWriter screen = new() { NewLine = "\n" };
        new NodeConsole(shell.Session, shell.Session.Lab.Node(node), new ScriptedKeys(keys), screen, null).Run();
        return screen.ToString().ReplaceLineEndings("\n");
    }
}
