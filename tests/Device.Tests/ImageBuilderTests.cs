using System.Buffers.Binary;
using LabEdge.DeviceImage;

namespace LabEdge.Tests.Device;

/// <summary>The deployment image: padded records, nothing missing, nothing twice, within its partition. The .pe files are headers alone.</summary>
[TestClass]
public sealed class ImageBuilderTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labedge-image-");

    [TestCleanup]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [TestMethod]
    public void Records_follow_one_another_padded_to_four_octets()
    {
        ImageBuilder image = new([Pe("mscorlib", new Version(1, 17, 11, 0), 126), Pe("LabEdge.Hal", new Version(1, 0, 0, 0), 128)]);
        string output = Path.Combine(_folder.FullName, "app.bin");
        image.WriteTo(output, 512);
        byte[] octets = File.ReadAllBytes(output);
        Assert.HasCount(128 + 128, octets);
        Assert.AreEqual((byte)0, octets[127]);
        Assert.AreEqual((byte)'N', octets[128]);
        Assert.AreEqual("  image app.bin: 2 assemblies, 256 octets = 50.0 % of 512", image.Table[^1]);
    }

    [TestMethod]
    public void A_missing_assembly_is_named() => AssertRefused("LabEdge.Hal needs mscorlib, which is not in the image", Pe("LabEdge.Hal", new Version(1, 0, 0, 0), 128));

    [TestMethod]
    public void Another_minor_version_is_refused() =>
        AssertRefused("LabEdge.Hal needs mscorlib 1.17, the image has 1.16.0.0", Pe("mscorlib", new Version(1, 16, 0, 0), 128), Pe("LabEdge.Hal", new Version(1, 0, 0, 0), 128));

    [TestMethod]
    public void An_assembly_twice_is_refused()
    {
        string core = Pe("mscorlib", new Version(1, 17, 11, 0), 128);
        AssertRefused("the assembly mscorlib appears twice", core, core);
    }

    [TestMethod]
    public void A_stub_that_a_failed_conversion_left_is_refused()
    {
        string core = Pe("mscorlib", new Version(1, 17, 11, 0), 400);
        File.WriteAllBytes(core, File.ReadAllBytes(core)[..188]);
        AssertRefused("its header says 400 octets, the file has 188", core);
        File.WriteAllBytes(core, new byte[188]);
        AssertRefused("no marker NFMRK1", core);
        File.WriteAllBytes(core, []);
        AssertRefused("no marker NFMRK1", core);
    }

    [TestMethod]
    public void An_image_larger_than_its_partition_is_not_written()
    {
        ImageBuilder image = new([Pe("mscorlib", new Version(1, 17, 11, 0), 400)]);
        string output = Path.Combine(_folder.FullName, "app.bin");
        InvalidDataException refused = Assert.ThrowsExactly<InvalidDataException>(() => image.WriteTo(output, 399));
        Assert.AreEqual("the image has 400 octets, the deployment partition only 399", refused.Message);
        Assert.IsFalse(File.Exists(output));
    }

    private static void AssertRefused(string expected, params string[] files) =>
        Assert.Contains(expected, Assert.ThrowsExactly<InvalidDataException>(() => new ImageBuilder(files)).Message);

    /// <summary>A .pe with marker, version and total length, beside the managed assembly whose name and references count.</summary>
    private string Pe(string assembly, Version version, int length)
    {
        string managed = assembly == "mscorlib" ? Repository.SurfaceAssembly(assembly) : Repository.TwinAssembly("Hal");
        File.Copy(managed, Path.Combine(_folder.FullName, assembly + ".dll"), overwrite: true);
        byte[] octets = new byte[length];
        "NFMRK1"u8.CopyTo(octets);
        int[] parts = [version.Major, version.Minor, version.Build, version.Revision];
        for (int i = 0; i < parts.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(28 + 2 * i), (ushort)parts[i]);
        BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(100), length);
        string path = Path.Combine(_folder.FullName, assembly + ".pe");
        File.WriteAllBytes(path, octets);
        return path;
    }
}
