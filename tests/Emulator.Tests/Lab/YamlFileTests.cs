using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class YamlFileTests
{
    private const string Odd = "[]{}\"':,&*!|>%@`-?#\t\n x";

    private static string Topology => File.ReadAllText(Path.Combine(LabFixture.PathOf(LabFixture.L2), TopologyReader.FileName));

    private static string Checks => File.ReadAllText(Path.Combine(LabFixture.PathOf(LabFixture.L2), ChecksReader.FileName));

    private static List<LabProblem> Problems(string topology, string checks)
    {
        List<LabProblem> problems = [];
        Topology read = TopologyReader.Read(topology, problems);
        if (read != null) ChecksReader.Read(checks, read, problems);
        return problems;
    }

    [TestMethod]
    [DataRow("\"p:eth1\"]", "\"p:eth1\"", 14, "every [ closed by ]", DisplayName = "a list without ], a key after it")]
    [DataRow("\"pe1:eth1\"]", "\"pe1:eth1\"", 13, "did not find expected ',' or ']'", DisplayName = "a list without ], an element after it")]
    [DataRow("\"r2:eth1\"]", "\"r2:eth1\"", 18, "did not find expected ',' or ']'", DisplayName = "a list without ] at the end")]
    [DataRow("delay: 500us}", "delay: 500us", 15, "every [ closed by ]", DisplayName = "a mapping without }")]
    [DataRow("    pe1:", "\tpe1:", 8, "invalid tab", DisplayName = "a tab")]
    [DataRow("    pe1:", "   pe1:", 8, "did not find expected key", DisplayName = "an indent too short")]
    [DataRow("    pe1:", "    r1:", 8, "Duplicate key r1", DisplayName = "a key twice")]
    public void What_is_no_yaml_is_told_with_the_line_of_the_mistake(string old, string replacement, int line, string expected)
    {
        int at = Topology.IndexOf(old, StringComparison.Ordinal);
        string text = Topology[..at] + replacement + Topology[(at + old.Length)..];
        LabProblem problem = Problems(text, Checks).Single();
        string found = text.Split('\n')[line - 1].Trim();
        StringAssert.StartsWith(problem.ToString(), $"topology.clab.yml:{line}: found \"{found}\", expected YAML: ");
        StringAssert.Contains(problem.Expected, expected);
    }

    [TestMethod]
    public void The_same_holds_for_the_checks()
    {
        LabProblem problem = Problems(Topology, Checks.Replace("\"10.0.0.3:100\"]", "\"10.0.0.3:100\"")).Single();
        StringAssert.StartsWith(problem.ToString(), "checks.yml:26: found \"text: [UP pri, ");
    }

    [TestMethod]
    [DataRow("name: x\ntopology: ", "[", "]", 2)]
    [DataRow("name: x\ntopology: ", "{a: ", "}", 2)]
    [DataRow("name: x\n", "- ", "", 2)]
    [DataRow("", "- ", "", 1)]
    public void Nesting_without_end_is_a_problem_and_not_the_end_of_the_process(string before, string open, string close, int line)
    {
        string text = before + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.AreEqual(line, Problems(text, Checks).Single().Line);
    }

    [TestMethod]
    [DataRow("&a [*a]: x\n[b]: y")]
    [DataRow("? &a [*a]\n: x\n? [b]\n: y")]
    [DataRow("name: &a {b: *a}\ntopology: *a")]
    public void An_alias_of_what_it_stands_in_is_a_problem_too(string text) => Assert.IsNotEmpty(Problems(text, Checks));

    [TestMethod]
    public void Ten_thousand_damaged_files_are_problems_or_labs_and_never_an_exception()
    {
        Random random = new(20261122);
        int damaged = 0;
        for (int i = 0; i < 10_000; i++)
        {
            bool topology = i % 2 == 0;
            List<char> text = [.. topology ? Topology : Checks];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(text.Count);
                char odd = Odd[random.Next(Odd.Length)];
                if (changes == 1) text.RemoveAt(at);
                else if (changes == 2) text.Insert(at, odd);
                else text[at] = odd;
            }

            string made = new([.. text]);
            List<LabProblem> problems = topology ? Problems(made, Checks) : Problems(Topology, made);
            damaged += problems.Count > 0 ? 1 : 0;
            foreach (LabProblem problem in problems) Assert.IsGreaterThan(0, problem.Expected.Length);
        }

        Assert.IsGreaterThan(3000, damaged);
    }
}
