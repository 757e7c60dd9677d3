using LabEdge.Emulator;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Shell;

[TestClass]
public class LabShellTests
{
    [TestMethod]
    public void A_link_that_is_broken_and_mended_costs_the_score_and_gives_it_back()
    {
        using ShellFixture fixture = new();
        string broken = fixture.Lines("link p-pe2 down", "check");
        StringAssert.Contains(broken, "  [FAIL] r2 reaches r1\n");
        StringAssert.Contains(broken, "\nscore 0 of 10 points, 0 %\nfirst goal not met: Blue's r1 reaches 10.2.2.1");
        StringAssert.Contains(broken, "\n  why:  0 of 5 pings from r1 to 10.2.2.1 were answered; meanwhile p dropped 5");
        StringAssert.Contains(broken, "\n  next: on pe1: show ip route vrf blue");
        Assert.IsFalse(fixture.Shell.Green);

        StringAssert.EndsWith(fixture.Lines("link p-pe2 up", "check"), "\nscore 10 of 10 points, 100 %\n");
        Assert.IsTrue(fixture.Shell.Green);
        Assert.AreEqual(0, fixture.Shell.Faults);
    }

    [TestMethod]
    public void The_same_lines_give_the_same_transcript_and_the_same_digest()
    {
        string[] lines = ["nodes", "links", "wire pe1-p loss 20%", "r1: ping 10.2.2.1 repeat 30", "run 3s", "restart p", "run 2s", "check", "events", "help"];
        using ShellFixture one = new();
        using ShellFixture other = new();
        Assert.AreEqual(one.Lines(lines), other.Lines(lines));
        Assert.AreEqual(one.Shell.Session.Lab.Digest.Hex(), other.Shell.Session.Lab.Digest.Hex());
    }

    [TestMethod]
    public void Time_passes_as_far_as_a_line_says_and_no_further()
    {
        using ShellFixture fixture = new();
        StringAssert.EndsWith(fixture.Lines("run 1500ms", "until 4s", "links", "quit", "nodes"), "lab 4.000 s> quit\n");
        Assert.AreEqual(4_000_000, fixture.Shell.Session.NowUs);
        Assert.IsTrue(fixture.Shell.Ended);
    }

    [TestMethod]
    public void A_command_on_a_node_shows_its_answer_with_the_marker_under_the_wrong_word()
    {
        using ShellFixture fixture = new();
        StringAssert.Contains(fixture.Lines("pe1: show ip route vrf blue"), "\nRouting Table: blue\n");
        Assert.AreEqual(0, fixture.Shell.Faults);
        string[] lines = fixture.Lines("pe1:  show mlps").Split('\n');
        Assert.AreEqual(lines[0].IndexOf("mlps", StringComparison.Ordinal), lines[1].IndexOf('^'));
        Assert.AreEqual(1, fixture.Shell.Faults);
    }

    [TestMethod]
    public void Lines_go_to_a_node_until_its_console_ends_or_the_escape_comes()
    {
        using ShellFixture fixture = new();
        string text = fixture.Lines("node pe1", "configure terminal", "hostname edge", "end", "exit", "node p", "show arp", "~.", "events");
        foreach (string line in new[] { "lab 2.000 s> node pe1\npe1#configure terminal\npe1(config)#hostname edge\nedge(config)#end\nedge#exit\nlab 2.000 s> node p\np#show arp\n", "p#~.\nlab 2.000 s> events\n", "   2.000 s  pe1> hostname edge\n" })
        {
            StringAssert.Contains(text, line);
        }
    }

    [TestMethod]
    public void Goals_are_looked_at_though_a_console_was_left_in_configuration_mode()
    {
        using ShellFixture fixture = new();
        StringAssert.EndsWith(fixture.Lines("pe1: configure terminal", "p: configure terminal", "p: interface Ethernet1", "check"), "\nscore 10 of 10 points, 100 %\n");
        StringAssert.Contains(fixture.Lines("events"), "s  p> interface Ethernet1\n     2.000 s  check\n");
    }

    [TestMethod]
    public void A_wrong_line_changes_nothing_and_is_told_with_what_was_expected()
    {
        using ShellFixture fixture = new();
        string before = fixture.Shell.Session.Lab.Digest.Hex();
        string[] wrong = ["frob", "link pe9 down", "wire pe1-p loss 150%", "wire pe1-p mtu 9", "until 1s", "capture stop", "r"];
        string text = fixture.Lines(wrong);
        Assert.AreEqual(wrong.Length, fixture.Shell.Faults);
        Assert.AreEqual(wrong.Length, text.Split('\n').Count(line => line.StartsWith("% ", StringComparison.Ordinal)), text);
        StringAssert.Contains(text, "% \"150%\": expected a share such as 0.5%\n");
        Assert.AreEqual(before, fixture.Shell.Session.Lab.Digest.Hex());
        Assert.AreEqual(0, fixture.Shell.Session.Inputs.Count);
    }

    [TestMethod]
    public void A_capture_holds_what_was_sent_while_it_ran_and_changes_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        using ShellFixture fixture = new();
        using ShellFixture other = new();
        fixture.Lines("r1: ping 10.2.2.1", $"capture start {folder}", "r1: ping 10.2.2.1 repeat 3", "capture stop", "r1: ping 10.2.2.1");
        other.Lines("r1: ping 10.2.2.1", "r1: ping 10.2.2.1 repeat 3", "r1: ping 10.2.2.1");
        Assert.AreEqual(0, fixture.Shell.Faults);
        Assert.AreEqual(other.Shell.Session.Lab.Digest.Hex(), fixture.Shell.Session.Lab.Digest.Hex());

        // 24 octets of file header, then 16 and the frame each: 3 requests and 3 replies of 100 octets with an Ethernet header.
        Assert.AreEqual(24 + 6 * (16 + 114), new FileInfo(Path.Combine(folder, "r1-pe1.pcap")).Length);
        StringAssert.Contains(fixture.Lines($"capture start {Path.Combine(folder, "r1-pe1.pcap")}"), "% capture ");
        Directory.Delete(folder, true);
    }

    [TestMethod]
    public void Waiting_ends_where_it_is_when_the_person_asks_for_it()
    {
        using ShellFixture fixture = new();
        int asked = 0;
        fixture.Shell.Interrupted = () => ++asked > 3;
        fixture.Lines("run 100s");
        Assert.AreEqual(2_300_000, fixture.Shell.Session.NowUs);
        StringAssert.EndsWith(fixture.Lines("check"), "\ninterrupted\n");
    }

    [TestMethod]
    public void A_saved_lab_is_resumed_with_its_time_its_consoles_and_its_digest()
    {
        string file = Path.GetTempFileName();
        using ShellFixture fixture = new();
        fixture.Lines("link p-pe2 down", "run 1s", "node pe1", "configure terminal", "hostname edge", "~.", $"save {file}");
        string digest = fixture.Shell.Session.Lab.Digest.Hex();
        fixture.Lines("link p-pe2 up", "run 5s", "check");
        string back = fixture.Lines($"resume {file}", "links");
        Assert.AreEqual(0, fixture.Shell.Faults, back);
        StringAssert.Contains(back, "\nlab 3.000 s> links\n");
        StringAssert.Contains(back, "p-pe2   p:Ethernet2 pe2:Ethernet2   down ");
        Assert.AreEqual("edge(config)#", fixture.Shell.Session.Lab.Node("pe1").Router.Cli.Prompt);

        using ShellFixture other = new();
        other.Lines($"resume {file}");
        Assert.AreEqual(digest, other.Shell.Session.Lab.Digest.Hex());
        File.WriteAllText(file, "no lab");
        string refused = other.Lines($"resume {file}");
        StringAssert.Contains(refused, "\n% ");
        Assert.AreEqual(digest, other.Shell.Session.Lab.Digest.Hex());
        File.Delete(file);
    }
}
