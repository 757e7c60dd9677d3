using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// A lab as it lies on disk: <c>topology.clab.yml</c>, one configuration per node (see <see cref="LabPlaces"/>),
/// <c>checks.yml</c>, and a README whose first fenced block is the picture. Read whole; every mistake of the YAML files is noted, with its place.
/// </summary>
public sealed class LabFolder
{
    private LabFolder(string path, Topology topology, string topologyText, CheckList checks, LabConfigurations configurations, LabAnswers answers, string picture)
    {
        Path = path;
        Topology = topology;
        TopologyText = topologyText;
        Checks = checks;
        Configurations = configurations.Texts;
        ConfigurationFiles = configurations.Files;
        Answers = answers;
        Picture = picture;
    }

    public string Path { get; }
    public Topology Topology { get; }
    public string TopologyText { get; }
    public CheckList Checks { get; }

    /// <summary>The configuration of each node, in the order of the topology's nodes.</summary>
    public IReadOnlyList<string> Configurations { get; }

    /// <summary>Where each of them lies, below the folder: <c>solution/pe1.cfg</c>.</summary>
    public IReadOnlyList<string> ConfigurationFiles { get; }

    /// <summary>What happens in the lab by itself, in the order of time.</summary>
    public IReadOnlyList<LabEvent> Events { get; private init; } = [];

    /// <summary>The text of every file that was read and that the run depends on, by its path in the folder.</summary>
    public Dictionary<string, string> Files { get; private init; } = [];

    /// <summary>What the learner predicts; none when there is no such file.</summary>
    public LabAnswers Answers { get; }

    /// <summary>The drawing of README.md, or empty.</summary>
    public string Picture { get; }

    public string Name => Topology.Name;

    /// <summary>What is said of a path where no lab lies.</summary>
    public static LabProblem NoSuchLab(string path)
    {
        return new LabProblem(path, 0, null, $"a folder with {TopologyReader.FileName}, or one of the labs that come with the program: {string.Join(", ", ShippedLabs.Names)}");
    }

    /// <param name="path">A folder, or the name of a lab that comes with the program.</param>
    /// <param name="options">From where the configurations come, and the checks.</param>
    /// <param name="problems">Where mistakes go.</param>
    /// <returns>The lab, possibly with holes when <paramref name="problems"/> is not empty; null when there is nothing to work with.</returns>
    public static LabFolder Read(string path, LabOptions options, List<LabProblem> problems)
    {
        string folder = ShippedLabs.Find(path);
        if (folder == null)
        {
            problems.Add(NoSuchLab(path));
            return null;
        }

        path = folder;
        string lab = options.Checks == null ? path : ShippedLabs.Find(options.Checks);
        if (lab == null)
        {
            problems.Add(NoSuchLab(options.Checks));
            return null;
        }

        Dictionary<string, string> files = [];
        string topologyText = ReadText(lab, TopologyReader.FileName, files, problems);
        Topology topology = topologyText == null ? null : TopologyReader.Read(topologyText, problems);
        if (topology == null) return null;
        string checksText = ReadText(lab, ChecksReader.FileName, files, problems);
        CheckList checks = checksText == null ? null : ChecksReader.Read(checksText, topology, problems);
        bool scripted = File.Exists(System.IO.Path.Combine(lab, EventsReader.FileName));
        IReadOnlyList<LabEvent> events = scripted ? EventsReader.Read(ReadText(lab, EventsReader.FileName, files, problems), topology, problems) : [];
        foreach (NodeSettings node in topology.Nodes) CheckFrameLengths(topology, node, problems);
        LabPlaces places = PlacesOf(path, lab, options, problems);
        LabConfigurations configurations = LabConfigurations.Read(places, topology, problems);

        // Nobody else's answers count as those of a learner.
        string[] asked = [.. checks?.Checks.Where(check => check.Kind == CheckKind.Predicted).Select(check => check.Answer) ?? []];
        LabAnswers answers = LabAnswers.Read(options.Checks == null ? places : places.First, asked, problems);
        for (int i = 0; i < configurations.Files.Count; i++) files.TryAdd(configurations.Files[i], configurations.Texts[i]);
        if (answers.Text != null) files[answers.File] = answers.Text;
        return new LabFolder(path, topology, topologyText, checks, configurations, answers, ReadPicture(lab)) { Events = events, Files = files };
    }

    private static LabPlaces PlacesOf(string path, string lab, LabOptions options, List<LabProblem> problems)
    {
        if (options.Checks != null) return LabPlaces.OfWork(path, lab);
        if (options.Start && !Directory.Exists(System.IO.Path.Combine(path, LabPlaces.StartFolder)))
        {
            problems.Add(new LabProblem(LabPlaces.StartFolder + "/", 0, null, "a folder of this name in the lab's: this lab has nothing to start from"));
        }

        return LabPlaces.Of(path, options.Start);
    }

    private static string ReadText(string folder, string name, Dictionary<string, string> files, List<LabProblem> problems)
    {
        string path = System.IO.Path.Combine(folder, name);
        if (File.Exists(path)) return files[name] = File.ReadAllText(path, Encoding.UTF8);
        problems.Add(new LabProblem(name, 0, null, "a file of this name in the lab's folder"));
        return null;
    }

    private static void CheckFrameLengths(Topology topology, NodeSettings node, List<LabProblem> problems)
    {
        int longest = CapacityProfile.Find(node.Capacity)?.MaxFrameLength ?? int.MaxValue;
        foreach (LinkSettings link in topology.Links.Where(link => link.Ends.Any(end => end.Node == node.Name) && link.Wire.Mtu + 14 > longest))
        {
            string expected = $"at most {longest - 14} octets, for {node.Name} has capacity {node.Capacity}";
            problems.Add(new LabProblem(TopologyReader.FileName, link.Line, $"mtu {link.Wire.Mtu}", expected));
        }
    }

    private static string ReadPicture(string folder)
    {
        string path = System.IO.Path.Combine(folder, "README.md");
        if (!File.Exists(path)) return "";
        IEnumerable<string> picture = File.ReadLines(path)
            .SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal));
        return string.Join(Environment.NewLine, picture);
    }
}
