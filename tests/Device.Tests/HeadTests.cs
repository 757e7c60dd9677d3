using System.Diagnostics;
using LabEdge.DeviceImage;
using LabEdge.Tests.Guards;
using Mono.Cecil;

namespace LabEdge.Tests.Device;

/// <summary>The heads as they compile against the surface: what they hold, and what an image of each role weighs.</summary>
[TestClass]
public sealed class HeadTests
{
    private static readonly string[] Heads = ["esp32", "pico"];

    // DESIGN section 6: code of role ce, of role pe; p lies between them. In octets of IL, as that of one room is.
    private const int CeLimit = 320 * 1024;
    private const int PeLimit = 640 * 1024;

    // The deployment area of an ESP32 with 4 MB of flash, the smallest that the data book gives for a board of the table.
    private const int SmallestPartition = 0x1C0000;

    // A .pe is 1.3 to 1.6 times its IL (databook/nanoclr.md section 1); the upper end, as our rooms are dense in methods and names.
    private const double PePerIl = 1.6;

    // Octets of the libraries' .pe files (databook/device-build.md section 2). IO.Ports stands at the size of IO.FileSystem, which is larger.
    private static readonly Dictionary<string, int> Libraries = new()
    {
        ["mscorlib"] = 32452,
        ["nanoFramework.Runtime.Events"] = 3408,
        ["nanoFramework.Runtime.Native"] = 4096,
        ["nanoFramework.System.Text"] = 5120,
        ["System.Device.Gpio"] = 5860,
        ["System.Device.Spi"] = 2952,
        ["System.IO.Streams"] = 7168,
        ["System.IO.FileSystem"] = 17408,
        ["System.IO.Ports"] = 17408,
        ["nanoFramework.Hardware.Esp32"] = 12288,
        ["System.Net"] = 22528,
        ["System.Threading"] = 4096,
    };

    private static readonly string[] Roles = ["Ce", "P", "Pe"];

    public static IEnumerable<object[]> Assemblies =>
        Heads.Select(head => new object[] { HeadAssembly(head) }).Concat(Roles.Select(role => new object[] { RoleAssembly(role) }));

    public static IEnumerable<object[]> Images => Heads.SelectMany(head => Roles.Select(role => new object[] { head, role }));

    [TestMethod]
    [DynamicData(nameof(Assemblies))]
    public void Heads_and_roles_compile_and_have_nothing_that_nanoCLR_runs_wrongly(string path)
    {
        Assert.IsTrue(File.Exists(path), path + " is absent: did its build fail?");
        IReadOnlyList<string> problems = Verifier.Check(path);
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
        RoomSize size = RoomSize.Of(path);
        Assert.IsEmpty(size.Problems(path));
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        Assert.IsEmpty(SignednessGuard.Check(module));
    }

    [TestMethod]
    [DynamicData(nameof(Images))]
    public void The_code_of_a_role_fits_its_budget_and_its_image_the_partition(string head, string role)
    {
        SortedDictionary<string, int> rooms = [];
        SortedSet<string> libraries = [];
        Collect(HeadAssembly(head), role, rooms, libraries);
        int il = rooms.Values.Sum();
        int pe = (int)(il * PePerIl) + libraries.Sum(library => Libraries[library]);
        int limit = role == "Ce" ? CeLimit : PeLimit;
        Console.WriteLine($"{head}, role {role.ToLowerInvariant()}: {rooms.Count} assemblies of ours, {il / 1024} KiB of IL (budget {limit / 1024}); with {libraries.Count} libraries an image of about {pe / 1024} KiB at {PePerIl} octets of .pe per octet of IL, smallest partition {SmallestPartition / 1024} KiB");
        foreach ((string room, int octets) in rooms) Console.WriteLine($"  {room,-24} {octets,6}");
        Assert.IsLessThanOrEqualTo(limit, il);
        Assert.IsLessThanOrEqualTo(SmallestPartition, pe);
        Assert.Contains("LabEdge.Boards", rooms.Keys);
        foreach (string protocol in new[] { "LabEdge.Ospf", "LabEdge.Ldp" }) Assert.AreEqual(role != "Ce", rooms.ContainsKey(protocol), protocol);
    }

    [TestMethod]
    public void A_machine_without_the_device_packages_is_told_so_in_one_line()
    {
        string empty = Directory.CreateTempSubdirectory("labedge-no-packages-").FullName;
        ProcessStartInfo start = new("dotnet", [
            "build", Repository.PathOf("boards", "pico"), "--nologo", "-v", "q", "-nodeReuse:false", "-p:DevicePackages=true", "-p:Board=w5500-evb-pico", $"-p:RestoreSources={empty}",
            $"-p:NuGetPackageRoot={empty}{Path.DirectorySeparatorChar}",
        ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["NUGET_PACKAGES"] = empty;
        using Process process = Process.Start(start);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] errors = [.. output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()];
        Assert.AreNotEqual(0, process.ExitCode);
        Assert.HasCount(1, errors, output);
        Assert.Contains("error NANO009: -p:DevicePackages=true needs packages that no NuGet source of this machine has: nanoFramework.CoreLibrary 1.17.11, ", errors[0]);
        Directory.Delete(empty, recursive: true);
    }

    // What is reachable from the head with this role in the place of the one that it was built with.
    private static void Collect(string path, string role, SortedDictionary<string, int> rooms, SortedSet<string> libraries)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        if (!rooms.TryAdd(module.Assembly.Name.Name, RoomSize.Of(path).Il)) return;
        foreach (string reference in module.AssemblyReferences.Select(r => r.Name))
        {
            if (!reference.StartsWith("LabEdge.", StringComparison.Ordinal)) AddLibrary(reference, libraries);
            else if (reference.StartsWith("LabEdge.Role.", StringComparison.Ordinal)) Collect(RoleAssembly(role), role, rooms, libraries);
            else Collect(Repository.TwinAssembly(Repository.Rooms.Single(room => Path.GetFileNameWithoutExtension(Repository.TwinAssembly(room)) == reference)), role, rooms, libraries);
        }
    }

    private static void AddLibrary(string name, SortedSet<string> libraries)
    {
        if (!libraries.Add(name)) return;
        using ModuleDefinition surface = ModuleDefinition.ReadModule(Repository.SurfaceAssembly(name));
        foreach (AssemblyNameReference reference in surface.AssemblyReferences) AddLibrary(reference.Name, libraries);
    }

    private static string HeadAssembly(string head) =>
        Repository.PathOf("boards", head, "bin", "surface", Repository.Configuration, $"LabEdge.{char.ToUpperInvariant(head[0])}{head[1..]}.exe");

    private static string RoleAssembly(string role) =>
        Repository.PathOf("boards", "roles", role.ToLowerInvariant(), "bin", "surface", Repository.Configuration, $"LabEdge.Role.{role}.dll");
}
