namespace LabEdge.Tests.Device;

/// <summary>The house as a whole: no project stands beside the solution, so that one build and one test command cover everything.</summary>
[TestClass]
public sealed class HouseTests
{
    [TestMethod]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.PathOf("Firmware.sln"));
        string[] projects = [.. new[] { "firmware", "hal", "boards", "tools", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('/', '\\'))
            .Where(path => !path.Contains("\\obj\\", StringComparison.Ordinal))];
        Assert.IsGreaterThan(20, projects.Length);
        string[] absent = [.. projects.Where(project => !solution.Contains("\"" + project + "\"", StringComparison.OrdinalIgnoreCase))];
        Assert.IsEmpty(absent, string.Join(", ", absent));
    }

    [TestMethod]
    public void Every_room_has_a_twin_for_the_boards()
    {
        string[] rooms = [.. new[] { "firmware", "hal", "boards/common" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetFileNameWithoutExtension(path) + ".dll")];
        string[] twins = [.. Repository.Rooms.Select(room => Path.GetFileName(Repository.TwinAssembly(room)))];
        CollectionAssert.AreEquivalent(twins, rooms);
    }
}
