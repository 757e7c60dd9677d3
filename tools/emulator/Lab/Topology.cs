namespace LabEdge.Emulator;

/// <summary>One router of a lab.</summary>
/// <param name="Index">From 1, in the order of the file: it stands in its station addresses.</param>
/// <param name="ConfigurationFile">Beside the topology.</param>
/// <param name="Capacity">Name of a profile of <see cref="Forwarding.Capacity"/>.</param>
public sealed record NodeSettings(string Name, int Index, int Line, string ConfigurationFile, string Capacity)
{
    /// <summary>The configuration of a host, made from its <c>exec</c> lines; null for a router, whose configuration is a file.</summary>
    public string Host { get; init; }

    public bool IsHost => Host != null;
}

/// <summary>One end of a link: a node and the name of its interface, such as <c>Ethernet1</c>.</summary>
public sealed record LinkEndpoint(string Node, string Interface);

/// <summary>One cable.</summary>
/// <param name="Name">Both nodes, and a number where two links join the same two: names its capture file.</param>
public sealed record LinkSettings(string Name, int Line, LinkEndpoint[] Ends, WireSettings Wire)
{
    /// <summary>With the nodes the other way round; a number behind them stays.</summary>
    public string ReversedName => $"{Ends[1].Node}-{Ends[0].Node}{Name[(Ends[0].Node.Length + Ends[1].Node.Length + 1)..]}";
}

/// <summary>A lab's routers and cables, as <c>topology.clab.yml</c> has them.</summary>
/// <param name="Nodes">Routers and hosts.</param>
public sealed record Topology(string Name, IReadOnlyList<NodeSettings> Nodes, IReadOnlyList<LinkSettings> Links)
{
    /// <summary>Nodes outside the lab.</summary>
    public IReadOnlyList<ExternalNode> Externals { get; init; } = [];

    /// <summary>Keys that stand in the file and have no effect here, in the order of the alphabet.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>The interfaces of a node in their natural order (Ethernet2 before Ethernet10): port 0 is the first.</summary>
    public IReadOnlyList<string> InterfacesOf(string node)
    {
        return
        [
            .. Links.SelectMany(link => link.Ends).Where(end => end.Node == node).Select(end => end.Interface)
                .OrderBy(name => name.TrimEnd("0123456789".ToCharArray()), StringComparer.Ordinal)
                .ThenBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal),
        ];
    }

    /// <param name="text">A link's name in either direction (<c>pe1-p</c>, <c>p-pe1</c>), or an endpoint such as <c>pe1:eth1</c>.</param>
    /// <returns>Its place in <see cref="Links"/>; -1 when there is none.</returns>
    public int FindLink(string text)
    {
        for (int i = 0; i < Links.Count; i++)
        {
            if (Links[i].Name == text || Links[i].ReversedName == text) return i;
        }

        string[] parts = text.Split(':', 2);
        if (parts.Length < 2) return -1;
        LinkEndpoint end = new(parts[0], TopologyReader.InterfaceName(parts[1]));
        for (int i = 0; i < Links.Count; i++)
        {
            if (Links[i].Ends.Contains(end) || Links[i].Ends.Contains(new LinkEndpoint(parts[0], parts[1]))) return i;
        }

        return -1;
    }

    /// <summary>The links' names, for a mistake.</summary>
    public string LinkExpected
    {
        get
        {
            if (Links.Count == 0) return "a link, and this lab has none";
            return $"one of the links {string.Join(", ", Links.Select(link => link.Name))}, or one end of it such as {Links[0].Ends[0].Node}:{Links[0].Ends[0].Interface}";
        }
    }
}
