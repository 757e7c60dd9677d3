using System.Text.RegularExpressions;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>The READMEs of the labs: their picture, their commands and their questions are those of the lab.</summary>
[TestClass]
public partial class LabReadmeTests
{
    public static IEnumerable<object[]> Labs => TeachingLabTests.Labs;

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void It_opens_with_a_picture_that_fits_a_terminal_and_names_every_node(string lab)
    {
        string readme = Readme(lab);
        string[] picture = [.. readme.Split('\n').SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal))];
        Assert.IsLessThanOrEqualTo(100, picture.Max(line => line.Length));
        foreach (NodeSettings node in Folder(lab).Topology.Nodes) Assert.IsTrue(picture.Any(line => Regex.IsMatch(line, $@"\b{node.Name}\b")), node.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Every_question_is_answered_by_a_goal_or_a_key_of_the_answers(string lab)
    {
        LabFolder folder = Folder(lab);
        string[] asked = [.. folder.Checks.Checks.Where(check => check.Kind == CheckKind.Predicted).Select(check => check.Answer)];
        string readme = Readme(lab);
        Match section = Regex.Match(readme, @"\n## Questions\n(.*)\z", RegexOptions.Singleline);
        Assert.IsTrue(section.Success);
        string[] questions = [.. Regex.Split(section.Groups[1].Value.Trim(), @"\n(?=\d+\. )")];
        Assert.IsGreaterThan(3, questions.Length);
        List<string> found = [];
        foreach (string question in questions)
        {
            int[] goals = [.. GoalNumber().Matches(question).SelectMany(match => match.Groups["n"].Captures).Select(n => int.Parse(n.Value))];
            string[] keys = [.. AnswerKey().Matches(question).Select(match => match.Groups[1].Value)];
            Assert.IsGreaterThan(0, goals.Length + keys.Length, question);
            foreach (int goal in goals) Assert.IsInRange(1, folder.Checks.Checks.Count, goal);
            found.AddRange(keys);
        }

        CollectionAssert.AreEquivalent(asked, found.Distinct().ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Labs))]
    public void Every_command_that_it_tells_a_learner_to_type_is_taken(string lab)
    {
        string readme = Readme(lab);
        List<ShowRequest> commands = [.. ShowOption().Matches(readme).Select(match => ShowRequest.Read(match.Groups[1].Value))];
        foreach (Match row in TableRow().Matches(readme))
        {
            foreach (string node in row.Groups["nodes"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            {
                commands.AddRange(InlineCode().Matches(row.Groups["commands"].Value).Select(code => new ShowRequest(node, code.Groups[1].Value)));
            }
        }

        Assert.IsGreaterThan(1, commands.Count);
        LabReport report = LabFixture.Run(LabFixture.PathOf(lab), new LabOptions { Shows = commands });
        foreach (Shown shown in report.Shows) Assert.IsNull(shown.Refusal, $"{shown.Head}: {shown.Refusal}");
    }

    private static string Readme(string lab) => File.ReadAllText(Path.Combine(LabFixture.PathOf(lab), "README.md"));

    private static LabFolder Folder(string lab)
    {
        List<LabProblem> problems = [];
        LabFolder folder = LabFolder.Read(LabFixture.PathOf(lab), new LabOptions(), problems);
        Assert.IsEmpty(problems);
        return folder;
    }

    // "(goal 5)", "(goals 1 and 2)", "(goals 1 to 3)".
    [GeneratedRegex(@"\(goals? (?<n>\d+)(?:(?:,| and| to) (?<n>\d+))*")]
    private static partial Regex GoalNumber();

    [GeneratedRegex(@"answers\.yml: `([a-z0-9-]+)`")]
    private static partial Regex AnswerKey();

    [GeneratedRegex("--show \"([^\"]+)\"")]
    private static partial Regex ShowOption();

    // "| what | pe1, pe2: `show ...`, `show ...` |"
    [GeneratedRegex(@"^\|[^|]*\| (?<nodes>[a-z0-9]+(?:, [a-z0-9]+)*): (?<commands>`.*) \|$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();
}
