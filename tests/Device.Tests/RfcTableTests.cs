using System.Text.RegularExpressions;

namespace LabEdge.Tests.Device;

[TestClass]
public sealed partial class RfcTableTests
{
    // Method names of tests by class, from the sources of all test projects.
    private static readonly Lazy<Dictionary<string, HashSet<string>>> s_tests = new(ReadTests);

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Every_RFC_section_names_a_test_that_exists_or_says_not_done()
    {
        string markdown = File.ReadAllText(Repository.PathOf("ARCHITECTURE.md"));
        (int rows, int notDone) = RfcTable.Count(markdown);
        TestContext.WriteLine($"{rows} rows, {notDone} with something not done; {s_tests.Value.Count} test classes");
        List<string> problems = RfcTable.Check(markdown, Exists);
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
    }

    [TestMethod]
    [DataRow("| RFC 5880 6.2 | |", "RFC 5880 6.2: neither a test nor \"not done\"")]
    [DataRow("| RFC 5880 6.2 | done |", "RFC 5880 6.2: neither a test nor \"not done\"")]
    [DataRow("| RFC 5880 6.2 | `NoSuchTests` |", "RFC 5880 6.2: NoSuchTests is no test of this repository")]
    [DataRow("| RFC 5880 6.2 | `RfcTableTests.No_such_promise` |", "RFC 5880 6.2: RfcTableTests.No_such_promise is no test of this repository")]
    [DataRow("| RFC 5880 6.2 | `tests/conformance/bfd/no-such-case.txt` |", "RFC 5880 6.2: tests/conformance/bfd/no-such-case.txt is no test of this repository")]
    [DataRow("| RFC 5880 6.2 | `RfcTable` |", "RFC 5880 6.2: RfcTable is no test of this repository")]
    [DataRow("| RFC 5880 6.2 | `RfcTableTests`, `RfcTableTests.Every_RFC_section_names_a_test_that_exists_or_says_not_done` |", "")]
    [DataRow("| RFC 5880 6.2 | not done |", "")]
    public void Planted_mistakes_are_found(string row, string problem)
    {
        List<string> problems = [.. RfcTable.Check(row + "\n", Exists).Where(p => !p.EndsWith("has no row", StringComparison.Ordinal))];
        Assert.AreEqual(problem, string.Join("; ", problems));
    }

    [TestMethod]
    public void An_RFC_without_a_row_is_missed()
    {
        Assert.HasCount(RfcTable.Wanted.Count - 1, RfcTable.Check("| RFC 5880 6.2 | not done |\n", Exists));
    }

    private static bool Exists(string name)
    {
        if (name.StartsWith("tests/", StringComparison.Ordinal))
        {
            string path = Repository.PathOf(name.Split('/'));
            return File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFiles(path, "*.txt").Any());
        }

        string[] parts = name.Split('.');
        return s_tests.Value.TryGetValue(parts[0], out HashSet<string> methods) && (parts.Length == 1 || (parts.Length == 2 && methods.Contains(parts[1])));
    }

    private static Dictionary<string, HashSet<string>> ReadTests()
    {
        Dictionary<string, HashSet<string>> tests = [];
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories))
        {
            if (file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)) continue;
            string text = File.ReadAllText(file);
            foreach (Match found in TestClass().Matches(text))
            {
                tests.TryAdd(found.Groups[1].Value, []);
                foreach (Match method in TestMethod().Matches(text)) tests[found.Groups[1].Value].Add(method.Groups[1].Value);
            }
        }

        return tests;
    }

    [GeneratedRegex(@"^\[TestClass\]\s+public (?:sealed |partial |static )*class (\w+)", RegexOptions.Multiline)]
    private static partial Regex TestClass();

    [GeneratedRegex(@"^    \[TestMethod\]\s+(?:\[[^\n]*\]\s+)*public (?:static |async )*\w+ (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex TestMethod();
}
