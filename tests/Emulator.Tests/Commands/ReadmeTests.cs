using System.Text;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Commands;

/// <summary>What README shows is what a newcomer gets: its session is typed once more, and its picture is drawn once more.</summary>
[TestClass]
public partial class ReadmeTests
{
    private const string Start = "$ dotnet run --project tools/emulator -- ";
    private const string Folder = "tools/emulator/Pictures/";

    [TestMethod]
    public void The_session_in_README_runs_and_prints_every_line_as_it_stands_there()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        string[] sessions = [.. Fenced().Matches(readme).Select(match => match.Groups[1].Value).Where(block => block.StartsWith(Start, StringComparison.Ordinal))];
        Assert.AreEqual(1, sessions.Length);
        foreach (string session in sessions)
        {
            string[] lines = session.Split('\n');
            string[] commands = [.. lines.Select(line => Prompt().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
            foreach (string needed in new[] { "link ", "explain ", "check" }) Assert.IsTrue(commands.Any(command => command.StartsWith(needed, StringComparison.Ordinal)), "no " + needed);
            string script = Path.GetTempFileName();
            File.WriteAllLines(script, commands);
            (int code, string output, string error) = Labedge.Run([.. lines[0][Start.Length..].Split(' '), "--script", script]);
            File.Delete(script);
            Assert.AreEqual("", error);
            Assert.AreEqual(0, code);
            Assert.AreEqual(string.Join('\n', lines[1..]), output);
            StringAssert.Contains(output, "\nscore 10 of 10 points, 100 %\n");
        }
    }

    [TestMethod]
    public void The_picture_in_README_is_what_its_command_draws()
    {
        string readme = File.ReadAllText(Repository.PathOf("README.md"));
        StringAssert.Contains(readme, $"]({Folder}session.svg)");
        string drawn = Path.GetTempFileName();
        (int code, _, string error) = Labedge.Run(["lab", "shell", "l3vpn-static", "--script", Repository.PathOf("tools", "emulator", "Pictures", "session.txt"), "--svg", drawn]);
        Assert.AreEqual("", error);
        Assert.AreEqual(0, code);
        string again = $"dotnet run --project tools/emulator -- lab shell l3vpn-static --script {Folder}session.txt --svg {Folder}session.svg";
        Assert.AreEqual(File.ReadAllText(Repository.PathOf("tools", "emulator", "Pictures", "session.svg"), Encoding.UTF8), File.ReadAllText(drawn, Encoding.UTF8), again);
        File.Delete(drawn);
    }

    [GeneratedRegex("^```\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("^lab [0-9.]+ s> (.*)$")]
    private static partial Regex Prompt();
}
