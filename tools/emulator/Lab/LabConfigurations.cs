namespace LabEdge.Emulator;

/// <summary>The configurations of a lab's nodes, in the order of the topology.</summary>
/// <param name="Files">Where each lies, such as <c>solution/pe1.cfg</c>.</param>
public sealed record LabConfigurations(IReadOnlyList<string> Files, IReadOnlyList<string> Texts)
{
    /// <param name="problems">Where it is noted which node has no configuration; its text is empty then.</param>
    public static LabConfigurations Read(LabPlaces places, Topology topology, List<LabProblem> problems)
    {
        List<string> files = [];
        List<string> texts = [];
        foreach (NodeSettings node in topology.Nodes)
        {
            if (node.IsHost)
            {
                files.Add(TopologyReader.FileName);
                texts.Add(node.Host);
                continue;
            }

            string text = places.Read(node.ConfigurationFile, out string shown);
            if (text == null) problems.Add(new LabProblem(node.ConfigurationFile, 0, null, "a file of this name in " + places.Expected));
            files.Add(shown);
            texts.Add(text ?? "");
        }

        return new LabConfigurations(files, texts);
    }
}
