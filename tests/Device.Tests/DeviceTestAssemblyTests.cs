using LabEdge.DeviceImage;
using LabEdge.Tests.Guards;
using Mono.Cecil;

namespace LabEdge.Tests.Device;

/// <summary>NFUnitTest, the test assembly of the boards: its own code keeps to what nanoCLR runs, and the launcher finds tests in it.</summary>
[TestClass]
public sealed class DeviceTestAssemblyTests
{
    private static readonly string Assembly = Repository.PathOf("boards", "tests", "bin", "surface", Repository.Configuration, "NFUnitTest.dll");

    [TestMethod]
    public void It_keeps_to_what_nanoCLR_runs()
    {
        Assert.IsEmpty(Verifier.Check(Assembly));
        Assert.IsEmpty(RoomSize.Of(Assembly).Problems("NFUnitTest"));
        using ModuleDefinition module = ModuleDefinition.ReadModule(Assembly);

        // How the firmware avoids the trap is what SignTests shows; nothing else of the tests may step into it.
        Assert.IsEmpty(SignednessGuard.Check(module));
    }

    [TestMethod]
    public void The_launcher_finds_its_tests_as_public_methods_without_arguments()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Assembly);
        TypeDefinition[] classes = [.. module.Types.Where(type => Marked(type.CustomAttributes, "TestClassAttribute"))];
        MethodDefinition[] tests = [.. classes.SelectMany(type => type.Methods).Where(method => Marked(method.CustomAttributes, "TestMethodAttribute"))];
        Assert.HasCount(7, classes);
        Assert.IsGreaterThan(25, tests.Length);
        foreach (MethodDefinition test in tests) Assert.IsTrue(test.IsPublic && !test.HasParameters && test.ReturnType.FullName == "System.Void", test.FullName);
        foreach (TypeDefinition type in classes) Assert.IsTrue(type.IsPublic && type.Methods.Any(method => method.IsConstructor && method.IsPublic && !method.HasParameters), type.FullName);
    }

    private static bool Marked(IEnumerable<CustomAttribute> attributes, string name) => attributes.Any(attribute => attribute.AttributeType.FullName == "nanoFramework.TestFramework." + name);
}
