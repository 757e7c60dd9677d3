using System.Text.Json;
using System.Text.RegularExpressions;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Commands;

[TestClass]
public class LabCommandTests
{
    [TestMethod]
    public void Without_arguments_both_labs_run_with_picture_journey_and_score()
    {
        (int code, string output, string error) = Labedge.Run([]);
        Assert.AreEqual(0, code, output + error);
        Assert.AreEqual("", error);
        foreach (string piece in new[] { "=== l2vpn-static ===", "=== l3vpn-static ===", "|  r1  |", "hop by hop", "[103 ttl 254 | 203 ttl 254]", "[ ok ]", "score 8 of 8 points, 100 %", "score 10 of 10 points, 100 %", "Both labs are green." })
        {
            StringAssert.Contains(output, piece);
        }

        Assert.IsFalse(output.Contains("FAIL"), output);
    }

    [TestMethod]
    public void Json_is_all_that_is_printed_and_has_the_promised_shape()
    {
        (int code, string output, string error) = Labedge.Run(["lab", "run", LabFixture.PathOf(LabFixture.L3), "--seed", "7", "--mac", "w5500", "--json"]);
        Assert.AreEqual(0, code, output + error);
        Assert.AreEqual("", error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement root = document.RootElement;
        Assert.AreEqual(LabFixture.L3, root.GetProperty("lab").GetString());
        Assert.AreEqual(7, root.GetProperty("seed").GetInt64());
        Assert.AreEqual(64, root.GetProperty("digest").GetString().Length);
        Assert.IsGreaterThan(2.0, root.GetProperty("virtualTime").GetDouble());
        Assert.AreEqual(10, root.GetProperty("checks").GetArrayLength());
        foreach (JsonElement check in root.GetProperty("checks").EnumerateArray())
        {
            Assert.IsGreaterThan(10, check.GetProperty("name").GetString().Length);
            Assert.IsTrue(check.GetProperty("ok").GetBoolean());
            Assert.AreEqual("", check.GetProperty("reason").GetString());
        }

        JsonElement spi = root.GetProperty("spiTransfersPerFrame");
        Assert.IsInRange(1.0, 5.0, spi.GetProperty("received").GetDouble());
        Assert.IsInRange(1.0, 4.0, spi.GetProperty("sent").GetDouble());
    }

    [TestMethod]
    public void The_runtimes_own_settings_do_not_change_a_single_character()
    {
        string[] arguments = ["lab", "run", LabFixture.PathOf(LabFixture.L3), "--seed", "7", "--json"];
        string plain = Labedge.Run(arguments).Output;
        Assert.AreEqual(plain, Labedge.Run(arguments).Output);
        Assert.AreEqual(plain, Labedge.Run(arguments, "DOTNET_TieredCompilation=0").Output);
        Assert.AreEqual(plain, Labedge.Run(arguments, "DOTNET_gcServer=1").Output);
        Assert.AreEqual(plain, Labedge.Run(arguments, "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0").Output);
        Assert.AreNotEqual(plain, Labedge.Run(["lab", "run", LabFixture.PathOf(LabFixture.L3), "--seed", "8", "--json"]).Output);
    }

    [TestMethod]
    public void A_goal_that_is_not_met_exits_1_and_says_why_and_what_next()
    {
        using LabFixture lab = new(LabFixture.L3);
        lab.Replace("p.cfg", "255.255.255.255 input 103", "255.255.255.255 input 104");
        (int code, string output, _) = Labedge.Run(["lab", "run", lab.Folder]);
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "[FAIL] Blue's r1 reaches 10.2.2.1");
        StringAssert.Contains(output, "meanwhile p dropped");
        StringAssert.Contains(output, "next: on pe1: show ip route vrf blue");
    }

    [TestMethod]
    public void From_the_start_a_lab_scores_in_percent_and_names_the_first_goal_to_go_on_with()
    {
        (int code, string output, string error) = Labedge.Run(["lab", "run", LabFixture.PathOf(LabFixture.L3), "--start"]);
        Assert.AreEqual(1, code, error);
        string[] end = [.. output.Split('\n').SkipWhile(line => !line.StartsWith("score ", StringComparison.Ordinal)).Select(line => line.TrimEnd())];
        StringAssert.Matches(end[0], new Regex("^score ([0-9]) of 10 points, (0|[0-9]0) %; "));
        int first = Array.IndexOf(end, "first goal not met: Blue's r1 reaches 10.2.2.1, and it is blue's r2 that answers, not red's r4");
        Assert.IsGreaterThan(0, first, output);
        StringAssert.StartsWith(end[first + 1], "  why:  0 of 5 pings from r1 to 10.2.2.1 were answered");
        StringAssert.StartsWith(end[first + 2], "  next: ");
    }

    [TestMethod]
    public void A_lab_that_has_nothing_to_start_from_says_so_and_a_mistake_names_the_file_where_it_lies()
    {
        using LabFixture lab = new(LabFixture.L2);
        (int code, _, string error) = Labedge.Run(["lab", "run", lab.Folder, "--start"]);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, "start/: found nothing, expected a folder of this name in the lab's: this lab has nothing to start from");
        StringAssert.Contains(error, "r1.cfg: found nothing, expected a file of this name in start/ or in solution/");

        Directory.CreateDirectory(Path.Combine(lab.Folder, "solution"));
        File.Move(Path.Combine(lab.Folder, "p.cfg"), Path.Combine(lab.Folder, "solution", "p.cfg"));
        lab.Replace("solution/p.cfg", "hostname p", "hostnome p");
        StringAssert.StartsWith(Labedge.Run(["lab", "run", lab.Folder]).Error, "solution/p.cfg:2: found \"hostnome");
    }

    [TestMethod]
    public void A_configuration_with_five_mistakes_prints_five_lines_and_nothing_runs()
    {
        using LabFixture lab = new(LabFixture.L2);
        File.WriteAllText(Path.Combine(lab.Folder, "r1.cfg"), FiveMistakes.Text);
        (int code, string output, string error) = Labedge.Run(["lab", "run", lab.Folder]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        FiveMistakes.AreIn(error, "r1.cfg");
    }

    [TestMethod]
    [DataRow("lab run")]
    [DataRow("lab run x --mac token-ring")]
    [DataRow("lab run x --seed many")]
    [DataRow("lab run x --turbo")]
    [DataRow("lab jog")]
    [DataRow("--frob")]
    [DataRow("lab run /no/such/folder")]
    [DataRow("lab run x --show pe1")]
    [DataRow("lab run x --show")]
    public void A_wrong_command_line_is_answered_clearly_with_exit_2(string arguments)
    {
        (int code, string output, string error) = Labedge.Run(arguments.Split(' '));
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        Assert.IsGreaterThan(10, error.Length);
        Assert.IsFalse(error.Contains("   at "), error);
    }

    [TestMethod]
    public void A_command_is_shown_after_the_checks_as_text_and_in_json()
    {
        string lab = LabFixture.PathOf(LabFixture.L3);
        string[] shows = ["--show", "pe1: show ip route vrf blue", "--show", "p:show arp"];
        (int code, string output, string error) = Labedge.Run(["lab", "run", lab, .. shows]);
        Assert.AreEqual(0, code, error);
        StringAssert.Contains(output, "pe1# show ip route vrf blue\nRouting Table: blue\n");
        StringAssert.Contains(output, "p# show arp\nProtocol ");

        (code, output, error) = Labedge.Run(["lab", "run", lab, "--json", .. shows]);
        Assert.AreEqual(0, code, error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement shown = document.RootElement.GetProperty("shows")[0];
        Assert.AreEqual("pe1", shown.GetProperty("node").GetString());
        Assert.AreEqual("show ip route vrf blue", shown.GetProperty("command").GetString());
        StringAssert.StartsWith(shown.GetProperty("output").GetString(), "Routing Table: blue\n");
    }

    [TestMethod]
    public void A_command_on_no_node_runs_nothing_and_one_that_the_console_refuses_exits_2()
    {
        string lab = LabFixture.PathOf(LabFixture.L3);
        (int code, string output, string error) = Labedge.Run(["lab", "run", lab, "--show", "pe9: show arp"]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        Assert.AreEqual("--show: found \"pe9\", expected one of the nodes r1, r3, pe1, p, pe2, r2, r4", error.Trim());

        (code, output, error) = Labedge.Run(["lab", "run", lab, "--show", "pe1: show mlps"]);
        Assert.AreEqual(2, code);
        StringAssert.Contains(output, "pe1# show mlps\n          ^\n% Invalid input");
        Assert.AreEqual("labedge: --show \"pe1: show mlps\": % Invalid input detected at '^' marker.", error.Trim());
    }

    [TestMethod]
    public void A_capture_folder_that_cannot_be_is_refused_with_the_name_of_its_option()
    {
        string file = Path.GetTempFileName();
        (int code, string output, string error) = Labedge.Run(["lab", "run", LabFixture.PathOf(LabFixture.L3), "--pcap", file]);
        File.Delete(file);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.StartsWith(error, $"labedge: --pcap {file}: expected a folder");
    }

    [TestMethod]
    [DataRow("", "labedge lab list")]
    [DataRow("lab", "labedge lab list")]
    [DataRow("lab list", "labedge lab list")]
    [DataRow("lab run", "--show \"pe1: show arp\"")]
    [DataRow("lab new", "--from l3vpn-static --solution")]
    [DataRow("router", "--port Ethernet1=packet:veth0")]
    [DataRow("completion", "labedge completion pwsh")]
    public void Every_command_has_help_that_ends_with_examples(string command, string example)
    {
        (int code, string output, string error) = Labedge.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.AreEqual(0, code, error);
        StringAssert.Contains(output, "Usage:");
        StringAssert.Contains(output[output.IndexOf("Examples:", StringComparison.Ordinal)..], example);
    }

    [TestMethod]
    public void Help_of_run_shows_its_options()
    {
        string output = Labedge.Run(["lab", "run", "--help"]).Output;
        foreach (string piece in new[] { "<DIR>", "--seed", "--pcap", "--mac", "--kernel", "--show", "--json" }) StringAssert.Contains(output, piece);
    }

    [TestMethod]
    public void A_lab_is_made_and_runs_and_is_not_made_twice()
    {
        string folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        string mine = Path.Combine(folder, "mine");
        (int code, string output, string error) = Labedge.Run(["lab", "new", mine, "--from", "l2vpn-static", "--solution"]);
        Assert.AreEqual(0, code, error);
        StringAssert.Contains(output, $"labedge lab run {mine}");
        Assert.AreEqual(0, Labedge.Run(["lab", "run", mine]).Code);

        (code, output, error) = Labedge.Run(["lab", "new", mine]);
        Assert.AreEqual(2, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, "nothing is overwritten");

        (code, _, error) = Labedge.Run(["lab", "new", mine + "2", "--from", "l9vpn"]);
        Assert.AreEqual(2, code);
        StringAssert.Contains(error, "l9vpn: found nothing, expected a folder with topology.clab.yml, or one of the labs that come with the program: bridge-domain,");
        Assert.AreEqual(2, Labedge.Run(["lab", "new", mine + "2", "--from", "l2vpn-static", "--template", "blank"]).Code);
        Assert.AreEqual(1, Directory.GetDirectories(folder).Length);
        Directory.Delete(folder, true);
    }
}
