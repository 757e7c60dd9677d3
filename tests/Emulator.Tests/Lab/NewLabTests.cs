using System.Text;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class NewLabTests
{
    private string _folder;

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("labedge-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, true);

    [TestMethod]
    public void A_copy_of_every_labs_solution_is_green_and_has_its_own_name()
    {
        foreach (string name in ShippedLabs.Names)
        {
            string copy = Path.Combine(_folder, "my-" + name);
            NewLab.Make(copy, LabFiles.OfFolder(ShippedLabs.FolderOf(name)), true);
            LabReport report = LabFixture.Run(copy);
            Assert.IsTrue(report.Ok, name + ": " + LabFixture.Failures(report));
            Assert.AreEqual("my-" + name, report.Lab);
            CollectionAssert.AreEqual(Array.Empty<string>(), Directory.GetDirectories(copy).Select(Path.GetFileName).Intersect(["start", "solution"]).ToArray());
        }
    }

    [TestMethod]
    [DataRow("blank")]
    [DataRow("l2vpn")]
    [DataRow("l3vpn")]
    public void Every_template_is_green(string template)
    {
        string copy = Path.Combine(_folder, "mine");
        NewLab.Make(copy, NewLab.OfTemplate(template), true);
        LabReport report = LabFixture.Run(copy);
        Assert.IsTrue(report.Ok, LabFixture.Failures(report));
        Assert.AreEqual("mine", report.Lab);
    }

    [TestMethod]
    public void A_learners_copy_has_the_configurations_of_the_start_and_a_solved_one_those_of_the_solution()
    {
        LabFiles lab = NewLab.OfTemplate("blank");
        lab["start/r1.cfg"] = Encoding.UTF8.GetBytes("hostname begun\nend\n");
        lab["solution/r2.cfg"] = Encoding.UTF8.GetBytes("hostname solved\nend\n");
        lab["notes/plan.txt"] = Encoding.UTF8.GetBytes("goes along");
        NewLab.Make(Path.Combine(_folder, "a"), lab, false);
        NewLab.Make(Path.Combine(_folder, "b"), lab, true);
        StringAssert.StartsWith(Text("a", "r1.cfg"), "hostname begun");
        StringAssert.StartsWith(Text("a", "r2.cfg"), "hostname r2");
        StringAssert.StartsWith(Text("b", "r1.cfg"), "hostname r1");
        StringAssert.StartsWith(Text("b", "r2.cfg"), "hostname solved");
        Assert.AreEqual("goes along", Text("a", "notes/plan.txt"));
    }

    [TestMethod]
    public void Nothing_is_overwritten_and_all_mistakes_are_told_at_once()
    {
        string there = Directory.CreateDirectory(Path.Combine(_folder, "is there")).FullName;
        LabFiles lab = NewLab.OfTemplate("blank");
        LabFiles broken = new();
        foreach ((string path, byte[] octets) in lab.All.Where(file => file.Key != "r2.cfg")) broken[path] = octets;
        LabException told = Assert.ThrowsExactly<LabException>(() => NewLab.Make(there, broken, false));
        CollectionAssert.AreEqual(new[] { "NAME", "NAME", "r2.cfg" }, told.Problems.Select(problem => problem.File).ToArray());
        CollectionAssert.AreEqual(Array.Empty<string>(), Directory.GetFileSystemEntries(there));

        string sound = Path.Combine(_folder, "sound");
        Assert.ThrowsExactly<LabException>(() => NewLab.Make(sound, broken, false));
        Assert.IsFalse(Directory.Exists(sound), "a folder was made for a lab that has mistakes");
    }

    private string Text(string lab, string file) => File.ReadAllText(Path.Combine(_folder, lab, file));
}
