using System.Text;
using System.Text.RegularExpressions;

namespace LabEdge.Emulator;

/// <summary>
/// Makes a working copy of a lab: one folder with topology, checks, README and one configuration per node, and without the lab's
/// <c>start/</c> and <c>solution/</c>, for the configurations are the learner's own from now on.
/// </summary>
public static partial class NewLab
{
    private const string Start = LabPlaces.StartFolder + "/";
    private const string Solution = LabPlaces.SolutionFolder + "/";

    /// <summary>What <c>--template</c> takes, and the lab whose solved form it is; null for the template inside the program.</summary>
    public static IReadOnlyDictionary<string, string> Templates { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["blank"] = null,
        ["l2vpn"] = "l2vpn-static",
        ["l3vpn"] = "l3vpn-static",
    };

    /// <summary>The files of a template.</summary>
    public static LabFiles OfTemplate(string template)
    {
        return Templates[template] == null ? LabFiles.OfProgram("templates/" + template) : LabFiles.OfFolder(ShippedLabs.FolderOf(Templates[template]));
    }

    /// <summary>Makes the folder. Nothing is written unless everything is right, and nothing is ever overwritten.</summary>
    /// <param name="target">The folder to make; its last part becomes the lab's name.</param>
    /// <param name="source">The lab's files.</param>
    /// <param name="solution">True: each node has the configuration of the solution. False: that of the start.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="LabException">The name is none for a lab, the folder is there already, or the source has mistakes.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Make(string target, LabFiles source, bool solution)
    {
        List<LabProblem> problems = [];
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(target));
        if (!LabName().IsMatch(name)) problems.Add(new LabProblem("NAME", 0, name, "a name of letters, digits, - _ and ., such as my-lab"));
        if (Directory.Exists(target) || File.Exists(target)) problems.Add(new LabProblem("NAME", 0, target, "a name that is not there yet: nothing is overwritten"));
        LabFiles files = Choose(source, name, solution, problems);
        if (problems.Count > 0) throw new LabException(problems);
        files.WriteTo(target);
        return [.. files.All.Keys];
    }

    private static LabFiles Choose(LabFiles source, string name, bool solution, List<LabProblem> problems)
    {
        LabFiles chosen = new();
        if (!source.All.TryGetValue(TopologyReader.FileName, out byte[] octets))
        {
            problems.Add(new LabProblem(TopologyReader.FileName, 0, null, "a file of this name in the lab's folder"));
            return chosen;
        }

        string text = Encoding.UTF8.GetString(octets);
        Topology topology = TopologyReader.Read(text, problems);
        foreach ((string path, byte[] content) in source.All.Where(file => !IsOfOneForm(file.Key))) chosen[path] = content;
        chosen[TopologyReader.FileName] = Encoding.UTF8.GetBytes(NameLine().Replace(text, "name: " + name, 1));
        string[] folders = solution ? [Solution, "", Start] : [Start, "", Solution];
        foreach (string file in topology?.Nodes.Where(node => !node.IsHost).Select(node => node.ConfigurationFile) ?? [])
        {
            string path = folders.Select(folder => folder + file).FirstOrDefault(source.All.ContainsKey);
            if (path == null) problems.Add(new LabProblem(file, 0, null, "a file of this name in the lab's folder, in start/ or in solution/"));
            else chosen[file] = source.All[path];
        }

        string answers = folders.Select(folder => folder + LabAnswers.FileName).FirstOrDefault(source.All.ContainsKey);
        if (answers != null) chosen[LabAnswers.FileName] = source.All[answers];
        return chosen;
    }

    private static bool IsOfOneForm(string path) => path.StartsWith(Start, StringComparison.Ordinal) || path.StartsWith(Solution, StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
    private static partial Regex LabName();

    [GeneratedRegex("^name:.*$", RegexOptions.Multiline)]
    private static partial Regex NameLine();
}
