using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class LabMistakesTests
{
    private static string[] Problems(string folder, LabOptions options = null)
    {
        LabException exception = Assert.ThrowsExactly<LabException>(() => LabFixture.Run(folder, options));
        return [.. exception.Problems.Select(problem => problem.ToString())];
    }

    [TestMethod]
    public void Mistakes_in_checks_and_configurations_are_told_together()
    {
        using LabFixture lab = new(LabFixture.L2);
        lab.Replace("checks.yml", "type: one-hop", "type: two-hop");
        lab.Replace("r1.cfg", "ip address 10.1.1.1 255.255.255.0", "ip address 10.1.1.1 255.0.255.0");
        lab.Replace("p.cfg", "hostname p", "hostnome p");
        string[] problems = Problems(lab.Folder);
        Assert.HasCount(3, problems);
        StringAssert.StartsWith(problems[0], "checks.yml:");
        StringAssert.StartsWith(problems[1], "r1.cfg:5: found \"");
        StringAssert.StartsWith(problems[2], "p.cfg:2: found \"hostnome");
    }

    [TestMethod]
    public void Missing_files_are_named()
    {
        using LabFixture lab = new(LabFixture.L2);
        File.Delete(Path.Combine(lab.Folder, "p.cfg"));
        File.Delete(Path.Combine(lab.Folder, "checks.yml"));
        CollectionAssert.AreEqual(
            new[] { "checks.yml: found nothing, expected a file of this name in the lab's folder", "p.cfg: found nothing, expected a file of this name in the lab's folder or in solution/" },
            Problems(lab.Folder));
    }

    [TestMethod]
    public void No_capture_is_made_for_a_lab_with_mistakes()
    {
        using LabFixture lab = new(LabFixture.L2);
        lab.Replace("p.cfg", "hostname p", "hostnome p");
        string captures = Path.Combine(lab.Folder, "captures");
        Assert.HasCount(1, Problems(lab.Folder, new LabOptions { PcapFolder = captures }));
        Assert.IsFalse(Directory.Exists(captures));
    }

    [TestMethod]
    public void An_mtu_beyond_the_buffers_or_the_chip_is_a_mistake()
    {
        using LabFixture lab = new(LabFixture.L2);
        lab.Replace("topology.clab.yml", "\"r1:eth1\", \"pe1:eth1\"]", "\"r1:eth1\", \"pe1:eth1\"]\n      mtu: 1600");
        string[] problems = Problems(lab.Folder);
        Assert.HasCount(2, problems);
        StringAssert.Contains(problems[0], "found \"mtu 1600\", expected at most 1500 octets, for r1 has capacity Board");

        lab.Replace("topology.clab.yml", "kind: linux", "kind: linux\n    labels: {labedge.capacity: Pc}");
        problems = Problems(lab.Folder, new LabOptions { Mac = LabOptions.W5500 });
        Assert.HasCount(1, problems);
        StringAssert.Contains(problems[0], "at most 1500 octets over a W5500");
    }
}
