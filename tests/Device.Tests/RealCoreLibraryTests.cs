using Mono.Cecil;

namespace LabEdge.Tests.Device;

/// <summary>
/// Rooms, roles and heads against the real mscorlib of nanoFramework, where its package is in the NuGet folder of this machine: whatever they
/// name of it is there, with the same signature. <c>dotnet restore</c> of any project with the package nanoFramework.CoreLibrary brings it.
/// </summary>
[TestClass]
public sealed class RealCoreLibraryTests
{
    private static string Real => Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "nanoframework.corelibrary", "1.17.11", "lib", "mscorlib.dll");

    [TestMethod]
    public void Everything_that_boards_name_of_mscorlib_is_in_the_real_one()
    {
        using ModuleDefinition real = Open();
        List<string> problems = [];
        int members = 0;
        foreach (string path in Repository.Rooms.Select(Repository.TwinAssembly).Concat(HeadTests.Assemblies.Select(row => (string)row[0])))
        {
            using Redirect resolver = new(real.Assembly);
            using ModuleDefinition module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
            string name = Path.GetFileName(path);
            problems.AddRange(module.GetTypeReferences().Where(OfMscorlib).Where(type => type.Resolve() == null).Select(type => $"{name}: {type.FullName}"));
            foreach (MemberReference member in module.GetMemberReferences().Where(member => OfMscorlib(member.DeclaringType)))
            {
                members++;
                if (member.Resolve() == null) problems.Add($"{name}: {member.FullName}");
            }
        }

        Console.WriteLine($"{members} references to members of mscorlib {real.Assembly.Name.Version}");
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
        Assert.IsGreaterThan(50, members);
    }

    [TestMethod]
    public void The_declared_mscorlib_has_nothing_public_that_the_real_one_has_not()
    {
        using ModuleDefinition real = Open();
        using ModuleDefinition declared = ModuleDefinition.ReadModule(Repository.SurfaceAssembly("mscorlib"));
        Assert.AreEqual(real.Assembly.Name.Version, declared.Assembly.Name.Version);
        List<string> problems = [];
        foreach (TypeDefinition type in declared.GetTypes().Where(IsPublic))
        {
            TypeDefinition found = real.GetType(type.FullName);
            if (found == null)
            {
                problems.Add("type " + type.FullName);
                continue;
            }

            HashSet<string> members = [.. Members(found)];
            problems.AddRange(Members(type).Where(member => !members.Contains(member)).Select(member => type.FullName + ": " + member));
        }

        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
    }

    private static ModuleDefinition Open()
    {
        if (!File.Exists(Real)) Assert.Inconclusive("the package nanoFramework.CoreLibrary 1.17.11 is not in the NuGet folder");
        return ModuleDefinition.ReadModule(Real);
    }

    private static bool OfMscorlib(TypeReference type) => type.GetElementType().Scope.Name is "mscorlib" or "mscorlib.dll";

    private static bool IsPublic(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsPublic(type.DeclaringType));

    private static IEnumerable<string> Members(TypeDefinition type) =>
        type.Methods.Where(m => m.IsPublic || m.IsFamily).Select(m => $"{m.ReturnType.FullName} {m.Name}({string.Join(",", m.Parameters.Select(p => p.ParameterType.FullName))}){(m.IsStatic ? " static" : "")}")
            .Concat(type.Fields.Where(f => f.IsPublic).Select(f => $"{f.FieldType.FullName} {f.Name}{(f.HasConstant ? " = " + f.Constant : "")}"));

    // mscorlib is the real one; whatever else is named is a room or a library, and not asked here.
    private sealed class Redirect(AssemblyDefinition mscorlib) : IAssemblyResolver
    {
        public AssemblyDefinition Resolve(AssemblyNameReference name) => name.Name == "mscorlib" ? mscorlib : null;

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

        public void Dispose()
        {
        }
    }
}
