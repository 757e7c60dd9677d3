using System.Text;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>
/// The tables of tests/shows against the routers of <see cref="ProviderBench"/>. A file is a session: lines that begin with # are for people, those with @ do something
/// (<c>@ link PE1 2 down</c>, <c>@ type PE1 LINE; LINE</c>, <c>@ pass MS</c>), <c>PE1# COMMAND</c> is typed and what follows is what it prints. With
/// LABEDGE_UPDATE_SHOWS=1 the files are written anew, for review as a difference of text.
/// </summary>
[TestClass]
public sealed class ShowGoldenTests
{
    private static readonly string[] Names = ["CE1", "PE1", "P", "PE2", "CE2"];

    public static IEnumerable<object[]> Sessions => Directory.GetFiles(Repository.PathOf("tests", "shows"), "*.txt").Order().Select(file => new object[] { Path.GetFileName(file) });

    [TestMethod]
    [DynamicData(nameof(Sessions))]
    public void Prints_the_tables_of_the_session(string file)
    {
        string path = Repository.PathOf("tests", "shows", file);
        string expected = File.ReadAllText(path);
        string actual = Play(expected);
        if (Environment.GetEnvironmentVariable("LABEDGE_UPDATE_SHOWS") == "1") File.WriteAllText(path, actual);
        else Assert.AreEqual(expected, actual);
        foreach (string line in actual.Split('\n')) Assert.AreEqual(line.TrimEnd(), line, "blanks at the end of a line");
    }

    private static string Play(string session)
    {
        ProviderBench lab = new();
        StringBuilder played = new();
        bool printed = false;
        foreach (string line in session.Split('\n'))
        {
            bool acts = line.StartsWith("@ ") || line.StartsWith("# ");
            int mark = line.IndexOf("# ", StringComparison.Ordinal);
            bool types = mark > 0 && Names.Contains(line[..mark]);
            printed = (printed || types) && !acts;
            if (printed && !types) continue;
            if (line.Length != 0 || !printed) played.Append(line).Append('\n');
            if (line.StartsWith("@ ")) Act(lab, line[2..]);
            else if (types) played.Append(lab.Run(Array.IndexOf(Names, line[..mark]), line[(mark + 2)..])).Append('\n');
        }

        return played.ToString().TrimEnd('\n') + "\n";
    }

    private static void Act(ProviderBench lab, string what)
    {
        string[] words = what.Split(' ');
        switch (words[0])
        {
            case "link":
                lab.Routers[Array.IndexOf(Names, words[1])].Ports[int.Parse(words[2]) - 1].LinkUp = words[3] == "up";
                lab.Pass(5);
                break;
            case "type":
                foreach (string line in string.Join(' ', words[2..]).Split(';', StringSplitOptions.TrimEntries)) Assert.AreEqual("", lab.Run(Array.IndexOf(Names, words[1]), line), line);
                break;
            case "pass":
                lab.Pass(int.Parse(words[1]));
                break;
            default:
                Assert.Fail("no such action: " + what);
                break;
        }
    }
}
