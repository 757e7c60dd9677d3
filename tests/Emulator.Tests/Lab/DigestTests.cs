using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>The digest names a run: the same for the same lab and seed, another for the least change of either.</summary>
[TestClass]
public class DigestTests
{
    private static readonly LabOptions Seven = new() { Seed = 7 };

    private static string Of(string folder, LabOptions options = null) => LabFixture.Run(folder, options ?? Seven).Digest;

    [TestMethod]
    [DataRow(LabFixture.L2)]
    [DataRow(LabFixture.L3)]
    public void The_same_seed_gives_the_same_digest_with_either_form_of_the_frame_path(string lab)
    {
        string folder = LabFixture.PathOf(lab);
        string digest = Of(folder);
        Assert.AreEqual(digest, Of(folder));
        Assert.AreEqual(digest, Of(folder, Seven with { Kernel = LabOptions.Portable }));
        Assert.AreNotEqual(digest, Of(folder, new LabOptions { Seed = 8 }));
    }

    [TestMethod]
    public void One_changed_octet_of_a_configuration_changes_it()
    {
        using LabFixture lab = new(LabFixture.L2);
        string before = Of(lab.Folder);
        lab.Replace("p.cfg", "description to pe1", "description to pe0");
        Assert.AreNotEqual(before, Of(lab.Folder));
    }

    [TestMethod]
    public void One_microsecond_of_a_wire_changes_it()
    {
        using LabFixture lab = new(LabFixture.L2);
        string before = Of(lab.Folder);
        lab.Replace("topology.clab.yml", "delay: 500us", "delay: 501us");
        Assert.AreNotEqual(before, Of(lab.Folder));
    }

    [TestMethod]
    public void One_octet_of_one_frame_changes_it()
    {
        string before = Frames(_ => { });
        Assert.AreEqual(before, Frames(_ => { }));
        Assert.AreNotEqual(before, Frames(octets => octets[^1] ^= 1));
    }

    // Two seconds of the L2 lab, and one frame more that a stranger puts into the first wire.
    private static string Frames(Action<byte[]> change)
    {
        using RunningLab lab = RunningLab.Start(LabFixture.PathOf(LabFixture.L2), Seven);
        byte[] frame = new byte[60];
        change(frame);
        lab.Wires[0].Send(0, frame, 0, frame.Length);
        lab.Queue.RunUntil(2_000_000);
        return lab.Digest.Hex();
    }
}
