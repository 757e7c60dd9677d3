using System.Text.Json;
using LabEdge.Emulator;
using LabEdge.Emulator.Commands;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Commands;

/// <summary><c>lab grade</c>: a class of learners, one of each kind.</summary>
[TestClass]
public sealed class LabGradeTests : IDisposable
{
    private readonly DirectoryInfo _class = Directory.CreateTempSubdirectory("labedge-class-");

    public void Dispose() => _class.Delete(true);

    [TestMethod]
    public void Each_learner_has_a_line_with_the_score_and_the_first_unmet_goal()
    {
        string[] folders = Class();
        (int code, string output, string error) = Grade(folders, "l3vpn-static", GradeText.Plain);
        Assert.AreEqual(EmulatorCommand.NotAllGreen, code);
        Assert.AreEqual("", error);
        string[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
        Assert.HasCount(4, lines);
        StringAssert.EndsWith(lines[0], "anna   10 of  10 points  100 %");
        StringAssert.EndsWith(lines[1], "bert    8 of  10 points   80 %  first goal not met: Red's r3 reaches the same address, and it is red's r4 that answers, not blue's r2");
        StringAssert.Contains(lines[2], "  0 of  10 points    0 %  cannot run: pe1.cfg:3: found ");
        StringAssert.Contains(lines[3], "  0 of  10 points    0 %  first goal not met: Blue's r1 reaches 10.2.2.1");
        Assert.AreEqual(EmulatorCommand.Green, Grade([folders[0]], "l3vpn-static", GradeText.Plain).Code);
    }

    [TestMethod]
    public void A_learners_own_checks_topology_and_solution_do_not_count()
    {
        string cheat = Learner("cheat");
        foreach (string file in Directory.GetFiles(cheat, "*.cfg")) File.Delete(file);
        Directory.CreateDirectory(Path.Combine(cheat, "solution"));
        foreach (string file in Directory.GetFiles(Path.Combine(LabFixture.PathOf(LabFixture.L3), "solution"))) File.Copy(file, Path.Combine(cheat, "solution", Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(cheat, "checks.yml"), "checks:\n  - {goal: I am r1, type: shows, node: r1, command: show arp, text: Protocol}\n");
        Grade own = Emulator.Grade.Of(cheat, new LabOptions());
        Assert.AreEqual(100, own.Percent);
        Grade graded = Emulator.Grade.Of(cheat, new LabOptions { Checks = LabFixture.L3 });
        Assert.IsLessThan(50, graded.Percent);
        StringAssert.StartsWith(graded.First, "Blue's r1 reaches 10.2.2.1");
    }

    [TestMethod]
    public void A_learner_without_answers_does_not_get_those_of_the_lab()
    {
        string folder = Path.Combine(_class.FullName, "walk");
        NewLab.Make(folder, LabFiles.OfFolder(LabFixture.PathOf("label-walk")), true);
        LabOptions options = new() { Checks = "label-walk" };
        Assert.AreEqual(100, Emulator.Grade.Of(folder, options).Percent);
        File.Delete(Path.Combine(folder, LabAnswers.FileName));
        Assert.AreEqual(16, Emulator.Grade.Of(folder, options).Percent);
    }

    [TestMethod]
    public void Json_and_csv_say_the_same()
    {
        string[] folders = Class();
        using JsonDocument document = JsonDocument.Parse(Grade(folders, "l3vpn-static", GradeText.Json).Output);
        JsonElement[] learners = [.. document.RootElement.EnumerateArray()];
        CollectionAssert.AreEqual(folders, learners.Select(learner => learner.GetProperty("folder").GetString()).ToArray());
        CollectionAssert.AreEqual(new[] { 100, 80, 0, 0 }, learners.Select(learner => learner.GetProperty("scorePercent").GetInt32()).ToArray());
        CollectionAssert.AreEqual(new[] { true, true, false, true }, learners.Select(learner => learner.GetProperty("ran").GetBoolean()).ToArray());
        StringAssert.StartsWith(learners[2].GetProperty("problems")[0].GetString(), "pe1.cfg:3: found");

        string[] rows = Grade(folders, "l3vpn-static", GradeText.Csv).Output.Split("\r\n");
        Assert.AreEqual("folder,score,possible,percent,first unmet goal,reason", rows[0]);
        Assert.AreEqual($"{folders[0]},10,10,100,,", rows[1]);
        StringAssert.StartsWith(rows[2], $"{folders[1]},8,10,80,\"Red's r3 reaches the same address, and it is red's r4 that answers, not blue's r2\",");
        StringAssert.StartsWith(rows[3], $"{folders[2]},0,,0,cannot run,\"pe1.cfg:3: found \"\"");
        Assert.HasCount(6, rows);
    }

    [TestMethod]
    public void A_folder_or_a_lab_that_is_not_there_is_told_before_anything_runs()
    {
        (int code, string output, string error) = Grade([Learner("anna"), "/no/such/learner"], "no-such-lab", GradeText.Plain);
        Assert.AreEqual(EmulatorCommand.WrongInput, code);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, "/no/such/learner: found nothing, expected a folder with a learner's work");
        StringAssert.Contains(error, "no-such-lab: found nothing, expected a folder with topology.clab.yml, or one of the labs that come with the program");
        Assert.AreEqual(2, Labedge.Run(["lab", "grade", _class.FullName, "--json", "--csv"]).Code);
    }

    // Solved; red left out; a typing mistake; not begun.
    private string[] Class()
    {
        string bert = Learner("bert");
        Change(bert, "pe1.cfg", "ip route vrf red 10.2.2.0 255.255.255.0 10.0.0.3 label 303\n", "");
        string carl = Learner("carl");
        Change(carl, "pe1.cfg", "mpls label range", "mpls lable range");
        string dora = Path.Combine(_class.FullName, "dora");
        NewLab.Make(dora, LabFiles.OfFolder(LabFixture.PathOf(LabFixture.L3)), false);
        return [Learner("anna"), bert, carl, dora];
    }

    private string Learner(string name)
    {
        string folder = Path.Combine(_class.FullName, name);
        NewLab.Make(folder, LabFiles.OfFolder(LabFixture.PathOf(LabFixture.L3)), true);
        return folder;
    }

    private static void Change(string folder, string file, string old, string replacement)
    {
        string path = Path.Combine(folder, file);
        string text = File.ReadAllText(path);
        StringAssert.Contains(text, old);
        File.WriteAllText(path, text.Replace(old, replacement));
    }

    private static (int Code, string Output, string Error) Grade(string[] folders, string checks, Action<IReadOnlyList<Grade>, TextWriter> print)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new();
        int code = LabGradeCommand.Run(folders, new LabOptions { Checks = checks }, print, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
