using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>
/// Reads a topology in containerlab's form (containerlab.dev, topology definition). Nodes are of kind <c>linux</c>; our own
/// settings stand under <c>labels</c> of a node (<c>labedge.config</c>, <c>labedge.capacity</c>) and <c>vars</c> of a link
/// (<c>delay</c>, <c>bandwidth</c>, <c>loss</c>, <c>duplicate</c>, <c>reorder</c>, <c>corrupt</c>); <c>mtu</c> of a link is containerlab's own.
/// </summary>
public sealed partial class TopologyReader
{
    public const string FileName = "topology.clab.yml";
    public const string ConfigurationLabel = "labedge.config";
    public const string CapacityLabel = "labedge.capacity";

    private readonly YamlMap _root;
    private readonly List<NodeSettings> _nodes = [];
    private readonly List<LinkSettings> _links = [];
    private readonly HashSet<string> _usedEnds = [];

    private TopologyReader(YamlMap root) => _root = root;

    /// <returns>What could be read; null when the text is no mapping. Mistakes are in <paramref name="problems"/>.</returns>
    public static Topology Read(string text, List<LabProblem> problems)
    {
        YamlMap root = YamlFile.Parse(FileName, text, problems);
        return root == null ? null : new TopologyReader(root).Read();
    }

    private Topology Read()
    {
        _root.AllowOnly("name", "prefix", "mgmt", "topology");
        string name = _root.Required("name", "the name of the lab");
        YamlMap topology = _root.Map("topology");
        if (topology == null)
        {
            _root.File.Problem(_root.Line, null, "\"topology\" with nodes and links");
            return new Topology(name, _nodes, _links);
        }

        topology.AllowOnly("defaults", "nodes", "links");
        ReadNodes(topology);
        foreach (YamlNode link in topology.List("links")) ReadLink(topology.Map(link, "links"));
        return new Topology(name, _nodes, _links);
    }

    private void ReadNodes(YamlMap topology)
    {
        YamlMap nodes = topology.Map("nodes");
        if (nodes == null || !nodes.Entries.Any())
        {
            topology.File.Problem(topology.Line, null, "\"nodes\" with at least one node");
            return;
        }

        YamlMap defaults = topology.Map("defaults");
        defaults?.AllowOnly("kind", "image", "labels");
        YamlMap defaultLabels = Labels(defaults);
        foreach (KeyValuePair<YamlNode, YamlNode> entry in nodes.Entries)
        {
            string name = (entry.Key as YamlScalarNode)?.Value ?? "";
            if (!NodeName().IsMatch(name)) nodes.File.Problem(entry.Key, "a node name of letters, digits, - _ and .");
            YamlMap node = nodes.Map(entry.Value, name);
            node.AllowOnly("kind", "image", "group", "labels");
            string kind = node.Text("kind", defaults?.Text("kind", "linux") ?? "linux");
            if (kind != "linux") node.File.Problem(node.LineOf("kind"), kind, "kind linux");

            YamlMap labels = Labels(node);
            string capacity = labels?.Text(CapacityLabel, null) ?? defaultLabels?.Text(CapacityLabel, null) ?? CapacityProfile.Board;
            if (CapacityProfile.Find(capacity) == null) node.File.Problem(node.LineOf("labels"), capacity, CapacityProfile.Expected);
            string configuration = labels?.Text(ConfigurationLabel, null) ?? name + ".cfg";
            _nodes.Add(new NodeSettings(name, _nodes.Count + 1, YamlFile.LineOf(entry.Key), configuration, capacity));
        }
    }

    private static YamlMap Labels(YamlMap of)
    {
        YamlMap labels = of?.Map("labels");
        if (labels == null) return null;
        foreach (KeyValuePair<YamlNode, YamlNode> entry in labels.Entries)
        {
            string key = (entry.Key as YamlScalarNode)?.Value ?? "";
            bool ours = key.StartsWith("labedge.", StringComparison.Ordinal);
            if (ours && key is not (ConfigurationLabel or CapacityLabel)) labels.File.Problem(entry.Key, $"{ConfigurationLabel} or {CapacityLabel}");
        }

        return labels;
    }

    private void ReadLink(YamlMap link)
    {
        link.AllowOnly("type", "endpoints", "mtu", "vars");
        string type = link.Text("type", "veth");
        if (type != "veth") link.File.Problem(link.LineOf("type"), type, "type veth");
        IReadOnlyList<YamlNode> endpoints = link.List("endpoints");
        if (endpoints.Count != 2)
        {
            link.File.Problem(link.LineOf("endpoints"), $"{endpoints.Count} endpoints", "two, such as [\"pe1:eth1\", \"p:eth1\"]");
            return;
        }

        LinkEndpoint[] ends = [ReadEndpoint(link, endpoints[0]), ReadEndpoint(link, endpoints[1])];
        WireSettings wire = ReadWire(link);
        if (ends[0] == null || ends[1] == null) return;
        string name = $"{ends[0].Node}-{ends[1].Node}";
        int same = _links.Count(other => other.Name == name || other.Name.StartsWith(name + ".", StringComparison.Ordinal));
        _links.Add(new LinkSettings(same == 0 ? name : $"{name}.{same + 1}", link.Line, ends, wire));
    }

    // Either "node:interface", or keys node and interface (containerlab's extended form).
    private LinkEndpoint ReadEndpoint(YamlMap link, YamlNode node)
    {
        string[] parts;
        if (node is YamlMappingNode mapping)
        {
            YamlMap map = new(link.File, mapping);
            map.AllowOnly("node", "interface");
            parts = [map.Required("node", "a node's name"), map.Required("interface", "an interface's name")];
        }
        else
        {
            parts = ((node as YamlScalarNode)?.Value ?? "").Split(':');
        }

        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            link.File.Problem(node, "an endpoint such as pe1:eth1");
            return null;
        }

        if (_nodes.All(known => known.Name != parts[0]))
        {
            link.File.Problem(node, "one of the nodes " + string.Join(", ", _nodes.Select(known => known.Name)));
            return null;
        }

        LinkEndpoint end = new(parts[0], InterfaceName(parts[1]));
        if (_usedEnds.Add($"{end.Node}:{end.Interface}")) return end;
        link.File.Problem(node, "an interface that no other link uses");
        return null;
    }

    private static WireSettings ReadWire(YamlMap link)
    {
        YamlMap vars = link.Map("vars");
        vars?.AllowOnly(WireKeys.Vars);
        WireSettings wire = new();
        foreach (string key in WireKeys.All)
        {
            YamlMap map = key == WireKeys.Mtu ? link : vars;
            string text = map?.Text(key, null);
            if (text == null) continue;
            WireSettings changed = WireKeys.With(wire, key, text);
            if (changed == null) map.File.Problem(map.LineOf(key), text, WireKeys.Expected(key));
            wire = changed ?? wire;
        }

        return wire;
    }

    /// <summary>eth1 of containerlab is Ethernet1; any other name stands as it is.</summary>
    public static string InterfaceName(string endpoint)
    {
        Match match = LinuxInterface().Match(endpoint);
        return match.Success ? "Ethernet" + match.Groups[1].Value : endpoint;
    }

    [GeneratedRegex("^eth([0-9]+)$")]
    private static partial Regex LinuxInterface();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-._]*$")]
    private static partial Regex NodeName();
}
