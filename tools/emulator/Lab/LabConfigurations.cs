using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// The configurations of a lab's nodes. A learner's own lie in the lab's folder, those that the lab is solved with in
/// <c>solution/</c>, and in <c>start/</c> what a learner starts from, where it differs from the solution.
/// </summary>
/// <param name="Files">Where each lies below the lab's folder, in the order of the topology's nodes.</param>
public sealed record LabConfigurations(IReadOnlyList<string> Files, IReadOnlyList<string> Texts)
{
    public const string StartFolder = "start";
    public const string SolutionFolder = "solution";

    /// <param name="start">False: a node's file in the folder comes before that of the solution. True: that of <c>start/</c> does.</param>
    /// <param name="problems">Where it is noted which node has no configuration; its text is empty then.</param>
    public static LabConfigurations Read(string folder, Topology topology, bool start, List<LabProblem> problems)
    {
        List<string> files = [];
        List<string> texts = [];
        if (start && !Directory.Exists(Path.Combine(folder, StartFolder)))
        {
            problems.Add(new LabProblem(StartFolder + "/", 0, null, "a folder of this name in the lab's: this lab has nothing to start from"));
        }

        foreach (NodeSettings node in topology.Nodes)
        {
            string name = node.ConfigurationFile;
            if (node.IsHost)
            {
                files.Add(TopologyReader.FileName);
                texts.Add(node.Host);
                continue;
            }

            string[] places = [start ? $"{StartFolder}/{name}" : name, $"{SolutionFolder}/{name}"];
            string file = places.FirstOrDefault(place => File.Exists(Path.Combine(folder, place)));
            if (file == null) problems.Add(new LabProblem(name, 0, null, Expected(start)));
            files.Add(file ?? name);
            texts.Add(file == null ? "" : File.ReadAllText(Path.Combine(folder, file), Encoding.UTF8));
        }

        return new LabConfigurations(files, texts);
    }

    private static string Expected(bool start)
    {
        return $"a file of this name in {(start ? StartFolder + "/" : "the lab's folder")} or in {SolutionFolder}/";
    }
}
