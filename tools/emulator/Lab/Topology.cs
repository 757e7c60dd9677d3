namespace LabEdge.Emulator;

/// <summary>One router of a lab.</summary>
/// <param name="Index">From 1, in the order of the file: it stands in its station addresses.</param>
/// <param name="ConfigurationFile">Beside the topology.</param>
/// <param name="Capacity">Name of a profile of <see cref="Forwarding.Capacity"/>.</param>
public sealed record NodeSettings(string Name, int Index, int Line, string ConfigurationFile, string Capacity);

/// <summary>One end of a link: a node and the name of its interface, such as <c>Ethernet1</c>.</summary>
public sealed record LinkEndpoint(string Node, string Interface);

/// <summary>One cable.</summary>
/// <param name="Name">Both nodes, and a number where two links join the same two: names its capture file.</param>
public sealed record LinkSettings(string Name, int Line, LinkEndpoint[] Ends, WireSettings Wire);

/// <summary>A lab's routers and cables, as <c>topology.clab.yml</c> has them.</summary>
public sealed record Topology(string Name, IReadOnlyList<NodeSettings> Nodes, IReadOnlyList<LinkSettings> Links)
{
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
}
