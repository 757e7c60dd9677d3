using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LabEdge.DeviceImage;

namespace LabEdge.Tests.Device;

/// <summary>Every room compiles for a board against the declared surface of its libraries, and holds nothing that nanoCLR would run wrongly.</summary>
[TestClass]
public sealed class SurfaceTests
{
    public static IEnumerable<object[]> Rooms => Repository.Rooms.Select(room => new object[] { room });

    [TestMethod]
    [DynamicData(nameof(Rooms))]
    public void Each_room_compiles_for_a_board_and_has_nothing_that_nanoCLR_runs_wrongly(string room)
    {
        string path = Repository.TwinAssembly(room);
        Assert.IsTrue(File.Exists(path), path + " is absent: did its build fail?");
        IReadOnlyList<string> problems = Verifier.Check(path);
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
    }

    [TestMethod]
    [DynamicData(nameof(Rooms))]
    public void Each_room_refers_to_the_devices_mscorlib_and_to_rooms_alone(string room)
    {
        using PEReader file = new(File.OpenRead(Repository.TwinAssembly(room)));
        MetadataReader metadata = file.GetMetadataReader();
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            string name = metadata.GetString(reference.Name);
            Version expected = name == "mscorlib" ? new Version(1, 17, 11, 0) : new Version(1, 0, 0, 0);
            Assert.IsTrue(name == "mscorlib" || name.StartsWith("LabEdge.", StringComparison.Ordinal), $"{room} refers to {name}");
            Assert.AreEqual(expected, reference.Version, $"{room} refers to {name}");
        }
    }

    [TestMethod]
    public void Every_folder_of_the_surface_is_in_the_package_table_and_carries_its_name_and_version()
    {
        string table = File.ReadAllText(Repository.PathOf("boards", "build", "Nano.Packages.props"));
        foreach (string folder in Directory.GetDirectories(Repository.PathOf("boards", "surface")))
        {
            string name = Path.GetFileName(folder);
            using PEReader file = new(File.OpenRead(Repository.SurfaceAssembly(name)));
            MetadataReader metadata = file.GetMetadataReader();
            AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
            Assert.AreEqual(name, metadata.GetString(assembly.Name));
            Assert.Contains($"Include=\"{name}\"", table);
            // nanoCLR binds by major.minor, which the package and its assembly share.
            Assert.Contains($"PackageVersion=\"{assembly.Version.Major}.{assembly.Version.Minor}.", table[table.IndexOf($"Include=\"{name}\"", StringComparison.Ordinal)..].Split('\n')[0]);
        }
    }
}
