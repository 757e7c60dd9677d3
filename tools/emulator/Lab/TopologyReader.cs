using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>
/// Reads a topology in containerlab's form (containerlab.dev, topology definition). Nodes are of kind <c>linux</c>; what a node does
/// not say its group says, then its kind, then <c>defaults</c>. Our own settings are labels of a node (see <see cref="NodeLabels"/>) and
/// <c>vars</c> of a link (<see cref="WireKeys.Vars"/>); <c>mtu</c> of a link is containerlab's own. What containerlab knows and a lab
/// here has no use for is accepted and listed; anything else is a mistake.
/// </summary>
public sealed partial class TopologyReader
{
    public const string FileName = "topology.clab.yml";

    private readonly YamlMap _root;
    private readonly List<NodeSettings> _nodes = [];
    private readonly List<ExternalNode> _externals = [];
    private readonly List<LinkSettings> _links = [];
    private readonly HashSet<string> _usedEnds = [];
    private readonly SortedSet<string> _unused = new(StringComparer.Ordinal);

    private TopologyReader(YamlMap root) => _root = root;

    /// <returns>What could be read; null when the text is no mapping. Mistakes are in <paramref name="problems"/>.</returns>
    public static Topology Read(string text, List<LabProblem> problems)
    {
        YamlMap root = YamlFile.Parse(FileName, text, problems);
        return root == null ? null : new TopologyReader(root).Read();
    }

    private Topology Read()
    {
        _root.AllowOnly("name", "prefix", "mgmt", "topology", "settings", "debug");
        Unused(_root, "prefix", "mgmt", "settings", "debug");
        string name = _root.Required("name", "the name of the lab");
        YamlMap topology = _root.Map("topology");
        if (topology == null)
        {
            _root.File.Problem(_root.Line, null, "\"topology\" with nodes and links");
            return new Topology(name, _nodes, _links);
        }

        topology.AllowOnly("defaults", "kinds", "groups", "nodes", "links");
        ReadNodes(topology);
        foreach (YamlNode link in topology.List("links")) ReadLink(topology.Map(link, "links"));
        foreach (NodeSettings host in _nodes.Where(node => node.IsHost)) HostLines.CheckLinks(host, _links, _root.File);
        return new Topology(name, _nodes, _links) { Externals = _externals, Unused = [.. _unused] };
    }

    private void ReadNodes(YamlMap topology)
    {
        YamlMap nodes = topology.Map("nodes");
        if (nodes == null || !nodes.Entries.Any())
        {
            topology.File.Problem(topology.Line, null, "\"nodes\" with at least one node");
            return;
        }

        NodeDefaults defaults = new(topology);
        foreach (YamlMap map in defaults.All) Unused(map, NodeDefaults.WithoutUse);
        foreach (KeyValuePair<YamlNode, YamlNode> entry in nodes.Entries)
        {
            string name = (entry.Key as YamlScalarNode)?.Value ?? "";
            if (!NodeName().IsMatch(name)) nodes.File.Problem(entry.Key, "a node name of letters, digits, - _ and .");
            YamlMap node = nodes.Map(entry.Value, name);
            node.AllowOnly(NodeDefaults.Keys);
            Unused(node, NodeDefaults.WithoutUse);
            ReadNode(name, YamlFile.LineOf(entry.Key), defaults.Of(node));
        }
    }

    private void ReadNode(string name, int line, NodeLayers node)
    {
        string kind = node.Text("kind", out YamlMap kindAt) ?? "linux";
        if (kind != "linux") kindAt.File.Problem(kindAt.LineOf("kind"), kind, "kind linux");
        NodeLabels labels = new(node);
        if (labels.Role == NodeLabels.External)
        {
            _externals.Add(new ExternalNode(name, line, labels.Ports));
            return;
        }

        IReadOnlyList<YamlScalarNode> exec = node.Exec();
        string startup = node.Text("startup-config", out _);
        NodeSettings settings = new(name, _nodes.Count + 1, line, labels.Configuration ?? startup ?? name + ".cfg", labels.Capacity);
        if (labels.Role == NodeLabels.Host) settings = settings with { Host = HostLines.Configuration(name, exec, _root.File) };
        else if (exec.Count > 0) _unused.Add("exec of routers");
        _nodes.Add(settings);
    }

    private void ReadLink(YamlMap link)
    {
        link.AllowOnly("type", "endpoints", "mtu", "vars", "labels", "ipv4", "ipv6");
        Unused(link, "labels", "ipv4", "ipv6");
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
            map.AllowOnly("node", "interface", "mac", "ipv4", "ipv6", "vars");
            Unused(map, "mac", "ipv4", "ipv6", "vars");
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

        ExternalNode external = _externals.Find(known => known.Name == parts[0]);
        if (external == null && _nodes.All(known => known.Name != parts[0]))
        {
            link.File.Problem(node, "one of the nodes " + string.Join(", ", _nodes.Select(known => known.Name).Concat(_externals.Select(known => known.Name))));
            return null;
        }

        LinkEndpoint end = new(parts[0], external == null ? InterfaceName(parts[1]) : parts[1]);
        if (external != null && external.PortAt(end.Interface) == null) link.File.Problem(node, $"an endpoint whose port a label of {external.Name} names: {NodeLabels.PortLabel}.{end.Interface}");
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

    private void Unused(YamlMap map, params string[] keys)
    {
        foreach (string key in keys.Where(map.Has)) _unused.Add(key);
    }

    /// <summary>
    /// The long name of an interface: eth1 of containerlab is Ethernet1, Gi0/1 is GigabitEthernet0/1. Letters that begin none of IOS's
    /// names, or more than one, stand as they are.
    /// </summary>
    public static string InterfaceName(string endpoint)
    {
        Match match = NumberedInterface().Match(endpoint);
        if (!match.Success) return endpoint;
        string[] names = [.. InterfaceTypes.Where(type => type.StartsWith(match.Groups[1].Value, StringComparison.OrdinalIgnoreCase))];
        return names.Length == 1 ? names[0] + match.Groups[2].Value : endpoint;
    }

    private static readonly string[] InterfaceTypes =
    [
        "Ethernet", "FastEthernet", "GigabitEthernet", "TwoGigabitEthernet", "FiveGigabitEthernet", "TenGigabitEthernet", "TwentyFiveGigE",
        "FortyGigabitEthernet", "HundredGigE",
    ];

    [GeneratedRegex("^([A-Za-z]+)([0-9][0-9/]*)$")]
    private static partial Regex NumberedInterface();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-._]*$")]
    private static partial Regex NodeName();
}
