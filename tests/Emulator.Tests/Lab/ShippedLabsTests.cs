using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class ShippedLabsTests
{
    [TestMethod]
    public void The_program_holds_every_file_of_every_lab_octet_for_octet()
    {
        LabFiles there = LabFiles.OfFolder(Repository.PathOf("tools", "labs"));
        LabFiles inside = LabFiles.OfProgram("labs");
        CollectionAssert.AreEqual(there.All.Keys.ToArray(), inside.All.Keys.ToArray());
        foreach (string path in there.All.Keys) CollectionAssert.AreEqual(there.All[path], inside.All[path], path);
        Assert.IsGreaterThan(20, inside.All.Count);
    }

    [TestMethod]
    public void A_path_comes_before_a_name_and_what_is_neither_is_no_lab()
    {
        Assert.AreEqual(LabFixture.PathOf(LabFixture.L3), ShippedLabs.Find(LabFixture.L3));
        using LabFixture lab = new(LabFixture.L2);
        Assert.AreEqual(lab.Folder, ShippedLabs.Find(lab.Folder));
        Assert.IsNull(ShippedLabs.Find("no-such-lab"));
        Assert.IsNull(ShippedLabs.Find(""));
    }

    [TestMethod]
    public void Every_lab_of_the_list_has_a_title_and_runs_by_its_name()
    {
        foreach (string name in ShippedLabs.Names)
        {
            Assert.IsGreaterThan(10, ShippedLabs.TitleOf(name).Length, name);
            using RunningLab lab = RunningLab.Start(name, new LabOptions());
            Assert.AreEqual(name, lab.Folder.Name);
        }
    }

    [TestMethod]
    public void Files_are_never_written_over_others()
    {
        using LabFixture lab = new(LabFixture.L3);
        string before = File.ReadAllText(Path.Combine(lab.Folder, "pe1.cfg"));
        LabFiles files = new();
        files["pe1.cfg"] = [1];
        Assert.ThrowsExactly<IOException>(() => files.WriteTo(lab.Folder));
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(lab.Folder, "pe1.cfg")));
    }
}
