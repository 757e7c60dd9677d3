using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>Something that a lab's own script does.</summary>
/// <param name="Line">In <c>events.yml</c>.</param>
/// <param name="Inputs">In this order, at this time; lines are typed as soon as the node's console is free.</param>
public sealed record LabEvent(long AtUs, int Line, IReadOnlyList<LabInput> Inputs);

/// <summary>
/// Reads <c>events.yml</c>, what happens in a lab by itself: a list of mappings with <c>at</c> and one of <c>link</c> with <c>state</c>,
/// <c>wire</c> with properties, <c>restart</c>, or <c>node</c> with <c>configure</c> or <c>run</c>.
/// </summary>
public sealed class EventsReader
{
    public const string FileName = "events.yml";

    private const string Kinds = "one of link, wire, restart or node, which says what happens";

    private readonly YamlFile _file;
    private readonly Topology _topology;

    private EventsReader(YamlFile file, Topology topology)
    {
        _file = file;
        _topology = topology;
    }

    /// <returns>The events in the order of their times; what is wrong is in <paramref name="problems"/>.</returns>
    public static IReadOnlyList<LabEvent> Read(string text, Topology topology, List<LabProblem> problems)
    {
        YamlFile file = YamlFile.ParseList(FileName, text, problems, out IReadOnlyList<YamlNode> list);
        EventsReader reader = new(file, topology);
        List<LabEvent> events = [];
        foreach (YamlNode node in list)
        {
            if (node is YamlMappingNode mapping) events.Add(reader.Event(new YamlMap(file, mapping)));
            else file.Problem(node, "an event such as {at: 5s, link: pe1:eth2, state: down}");
        }

        // Stable: events of one time happen in the order of the file.
        return [.. events.OrderBy(e => e.AtUs)];
    }

    private LabEvent Event(YamlMap map)
    {
        if (!map.Has("at")) map.File.Problem(map.Line, null, "\"at\": " + Units.DurationForm);
        long at = map.Value("at", 0L, Units.Duration, Units.DurationForm);
        string[] kinds = [.. new[] { "link", "wire", "restart", "node" }.Where(map.Has)];
        if (kinds.Length != 1) map.File.Problem(map.Line, kinds.Length == 0 ? null : string.Join(" and ", kinds), Kinds);
        IReadOnlyList<LabInput> inputs = kinds.FirstOrDefault() switch
        {
            "link" => Link(map, at),
            "wire" => Wire(map, at),
            "restart" => Restart(map, at),
            "node" => Lines(map, at),
            _ => [],
        };
        return new LabEvent(at, map.Line, inputs);
    }

    private List<LabInput> Link(YamlMap map, long at)
    {
        map.AllowOnly("at", "link", "state");
        string state = map.Required("state", "up or down");
        if (state is not ("up" or "down" or "")) map.File.Problem(map.LineOf("state"), state, "up or down");
        return [new LinkState(at, LinkAt(map, "link"), state == "up")];
    }

    private List<LabInput> Wire(YamlMap map, long at)
    {
        map.AllowOnly(["at", "wire", .. WireKeys.All]);
        string wire = LinkAt(map, "wire");
        List<LabInput> inputs = [];
        foreach (string key in WireKeys.All)
        {
            string value = map.Text(key, null);
            if (value == null) continue;
            if (WireKeys.With(new WireSettings(), key, value) == null) map.File.Problem(map.LineOf(key), value, WireKeys.Expected(key));
            inputs.Add(new WireChange(at, wire, key, value));
        }

        if (inputs.Count == 0) map.File.Problem(map.Line, null, "one of " + string.Join(", ", WireKeys.All));
        return inputs;
    }

    private List<LabInput> Restart(YamlMap map, long at)
    {
        map.AllowOnly("at", "restart");
        return [new NodeRestart(at, NodeAt(map, "restart"))];
    }

    // Lines of "configure" are typed in configure terminal.
    private List<LabInput> Lines(YamlMap map, long at)
    {
        map.AllowOnly("at", "node", "configure", "run");
        string node = NodeAt(map, "node");
        List<string> lines = [];
        if (map.Has("configure"))
        {
            string text = map.Text("configure", "");
            lines.AddRange(["configure terminal", .. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0), "end"]);
        }

        if (map.Has("run")) lines.AddRange(map.Texts("run"));
        if (lines.Count == 0) map.File.Problem(map.Line, null, "\"configure\" with lines of a configuration, or \"run\" with a command");
        return [.. lines.Select(line => new TypedLine(at, node, line))];
    }

    private string NodeAt(YamlMap map, string key)
    {
        string name = map.Required(key, "a node's name");
        if (name.Length > 0 && _topology.Nodes.All(node => node.Name != name)) map.File.Problem(map.LineOf(key), name, "one of the nodes " + string.Join(", ", _topology.Nodes.Select(node => node.Name)));
        return name;
    }

    private string LinkAt(YamlMap map, string key)
    {
        string name = map.Required(key, "a link, such as pe1-p or pe1:eth2");
        if (name.Length > 0 && _topology.FindLink(name) < 0) map.File.Problem(map.LineOf(key), name, _topology.LinkExpected);
        return name;
    }
}
