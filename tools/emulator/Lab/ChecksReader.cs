using LabEdge.Forwarding;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>Reads <c>checks.yml</c>: the goals of a lab.</summary>
public sealed class ChecksReader
{
    public const string FileName = "checks.yml";

    private static readonly string[] Common = ["goal", "type", "points", "hint", "at"];

    private readonly Topology _topology;
    private readonly YamlMap _root;

    private ChecksReader(YamlMap root, Topology topology)
    {
        _root = root;
        _topology = topology;
    }

    /// <returns>What could be read; null when the text is no mapping. Mistakes are in <paramref name="problems"/>.</returns>
    public static CheckList Read(string text, Topology topology, List<LabProblem> problems)
    {
        YamlMap root = YamlFile.Parse(FileName, text, problems);
        return root == null ? null : new ChecksReader(root, topology).Read();
    }

    private CheckList Read()
    {
        _root.AllowOnly("settle", "journey", "checks");
        long settle = _root.Value("settle", 2_000_000L, Units.Duration, Units.DurationForm);
        YamlMap journey = _root.Map("journey");
        journey?.AllowOnly("from", "to", "vrf");
        JourneySettings followed = journey == null ? null : new JourneySettings(NodeAt(journey, "from"), AddressAt(journey, "to"), journey.Text("vrf", ""));
        List<LabCheck> checks = [];
        foreach (YamlNode node in _root.List("checks")) checks.Add(ReadCheck(_root.Map(node, "checks")));
        if (checks.Count == 0) _root.File.Problem(_root.LineOf("checks"), null, "\"checks\" with at least one goal");
        return new CheckList(settle, followed, checks);
    }

    private LabCheck ReadCheck(YamlMap map)
    {
        LabCheck check = new()
        {
            Goal = map.Required("goal", "a sentence in the learner's words"),
            Points = map.Value("points", 1, Units.Count, "a number of points"),
            Hint = map.Text("hint", ""),
            AtUs = map.Has("at") ? map.Value("at", 0L, Units.Duration, Units.DurationForm) : null,
            While = WhileAt(map),
        };
        string type = map.Required("type", "what is looked at");
        switch (type)
        {
            case "reaches":
                Allow(map, "from", "to", "vrf", "size", "source");
                check = Ping(map, check) with { Kind = CheckKind.Reaches, Source = map.Has("source") ? AddressAt(map, "source") : "" };
                break;
            case "cannot-reach":
                Allow(map, "from", "to", "vrf", "size", "while");
                check = Ping(map, check) with { Kind = CheckKind.CannotReach };
                break;
            case "answered-by":
                Allow(map, "from", "to", "vrf", "size", "by", "never");
                check = Ping(map, check) with { Kind = CheckKind.AnsweredBy, By = NodeAt(map, "by"), Never = NodesAt(map, "never") };
                break;
            case "trace":
                Allow(map, "from", "to", "vrf", "hops");
                check = Ping(map, check) with { Kind = CheckKind.Trace, Hops = HopsAt(map) };
                break;
            case "one-hop":
                Allow(map, "from", "to", "vrf");
                check = Ping(map, check) with { Kind = CheckKind.OneHop };
                break;
            case "shows":
                Allow(map, "node", "command", "text", "while");
                check = check with { Kind = CheckKind.Shows, Node = NodeAt(map, "node"), Command = map.Required("command", "a console command"), Texts = map.Texts("text") };
                if (check.Texts.Count == 0) map.File.Problem(map.Line, null, "\"text\": what the output must hold");
                break;
            case "stack":
                Allow(map, "from", "to", "vrf", "size", "links");
                check = Ping(map, check) with { Kind = CheckKind.Stack, Links = StacksAt(map) };
                break;
            case "largest":
                Allow(map, "from", "to", "vrf", "octets");
                check = Ping(map, check) with { Kind = CheckKind.Largest, Size = SizeAt(map, "octets") };
                if (!map.Has("octets")) map.File.Problem(map.Line, null, "\"octets\": the length that passes");
                break;
            case "predicted":
                Allow(map, "answer", "of", "from", "to", "vrf", "link", "size");
                check = Prediction(map, Ping(map, check) with { Kind = CheckKind.Predicted, Answer = map.Required("answer", "a key of " + LabAnswers.FileName) });
                break;
            case "no-drops":
                Allow(map, "nodes", "reason", "while");
                check = check with { Kind = CheckKind.NoDrops, Nodes = NodesAt(map, "nodes"), Reasons = ReasonsAt(map) };
                if (check.Nodes.Count == 0) check = check with { Nodes = [.. _topology.Nodes.Select(node => node.Name)] };
                break;
            case "":
                break;
            default:
                map.File.Problem(map.LineOf("type"), type, "one of reaches, cannot-reach, answered-by, trace, one-hop, shows, stack, largest, predicted, no-drops");
                break;
        }

        return check;
    }

    private static void Allow(YamlMap map, params string[] keys) => map.AllowOnly([.. Common, .. keys]);

    private LabCheck Ping(YamlMap map, LabCheck check)
    {
        return check with
        {
            Node = NodeAt(map, "from"),
            Destination = AddressAt(map, "to"),
            Vrf = map.Text("vrf", ""),
            Size = SizeAt(map, "size"),
        };
    }

    private static int SizeAt(YamlMap map, string key)
    {
        return map.Value(key, 0, text => Units.Count(text) is >= 36 and <= 18024 and int value ? value : null, "a size of 36 to 18024 octets");
    }

    private IReadOnlyList<LinkStack> StacksAt(YamlMap map)
    {
        YamlMap links = map.Map("links");
        List<LinkStack> stacks = [];
        foreach (YamlNode key in links?.Entries.Select(entry => entry.Key) ?? [])
        {
            string link = (key as YamlScalarNode)?.Value ?? "";
            CheckLink(links, key, link);
            string text = links.Text(link, "");
            LinkStack stack = LinkStack.Read(link, text);
            if (stack == null) links.File.Problem(links.LineOf(link), text, LinkStack.Form);
            else stacks.Add(stack);
        }

        if (stacks.Count == 0) map.File.Problem(map.Line, null, "\"links\": the stack on each link");
        return stacks;
    }

    private LabCheck Prediction(YamlMap map, LabCheck check)
    {
        const string form = "one of stack, ttl, ip-ttl, largest, dropper";
        string of = map.Required("of", form);
        Measure? named = of switch
        {
            "stack" => Measure.Stack,
            "ttl" => Measure.Ttl,
            "ip-ttl" => Measure.IpTtl,
            "largest" => Measure.Largest,
            "dropper" => Measure.Dropper,
            _ => null,
        };
        if (of.Length > 0 && named == null) map.File.Problem(map.LineOf("of"), of, form);
        if (named is not Measure measure) return check;
        if (measure is Measure.Stack or Measure.Ttl or Measure.IpTtl)
        {
            string link = map.Required("link", "where it is measured");
            if (link.Length > 0) CheckLink(map, null, link);
            check = check with { Link = link };
        }

        if (measure == Measure.Dropper && check.Size == 0) map.File.Problem(map.Line, null, "\"size\": the length that is dropped");
        return check with { Of = measure };
    }

    private void CheckLink(YamlMap map, YamlNode key, string link)
    {
        string[] names = [.. _topology.Links.Select(known => known.Name)];
        if (!names.Contains(link)) map.File.Problem(key == null ? map.LineOf("link") : YamlFile.LineOf(key), link, "one of the links " + string.Join(", ", names));
    }

    private LabCheck WhileAt(YamlMap map)
    {
        YamlMap other = map.Map("while");
        other?.AllowOnly("from", "to", "vrf", "size");
        return other == null ? null : Ping(other, new LabCheck { Kind = CheckKind.Reaches });
    }

    private string NodeAt(YamlMap map, string key)
    {
        string name = map.Required(key, "a node's name");
        if (name.Length > 0 && !IsNode(name)) map.File.Problem(map.LineOf(key), name, NodesExpected);
        return name;
    }

    private IReadOnlyList<string> NodesAt(YamlMap map, string key)
    {
        IReadOnlyList<string> names = map.Texts(key);
        foreach (string name in names.Where(name => !IsNode(name))) map.File.Problem(map.LineOf(key), name, NodesExpected);
        return names;
    }

    private static string AddressAt(YamlMap map, string key)
    {
        string text = map.Required(key, Units.AddressForm);
        if (text.Length > 0 && !Units.IsAddress(text)) map.File.Problem(map.LineOf(key), text, Units.AddressForm);
        return Units.Canonical(text);
    }

    // "10.1.1.254", or "192.168.12.2 labels 16/100".
    private static IReadOnlyList<TraceHop> HopsAt(YamlMap map)
    {
        List<TraceHop> hops = [];
        foreach (string text in map.Texts("hops"))
        {
            string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int?[] labels = words.Length == 3 && words[1] == "labels" ? [.. words[2].Split('/').Select(Units.Count)] : [];
            bool plain = words.Length == 1 && Units.IsAddress(words[0]);
            bool labelled = words.Length == 3 && Units.IsAddress(words[0]) && labels.Length > 0 && labels.All(label => label != null);
            if (plain || labelled) hops.Add(new TraceHop(Units.Canonical(words[0]), labelled ? [.. labels.Select(label => label.Value)] : null));
            else map.File.Problem(map.LineOf("hops"), text, "a hop such as \"10.1.1.254\" or \"192.168.12.2 labels 16/100\"");
        }

        if (hops.Count == 0) map.File.Problem(map.LineOf("hops"), null, "\"hops\": what the trace must show");
        return hops;
    }

    private static IReadOnlyList<int> ReasonsAt(YamlMap map)
    {
        List<int> reasons = [];
        foreach (string text in map.Texts("reason"))
        {
            int reason = Enumerable.Range(1, DropReason.Count - 1).FirstOrDefault(r => DropReason.Name(r) == text);
            if (reason == DropReason.None) map.File.Problem(map.LineOf("reason"), text, "a drop reason, such as \"no route\"");
            reasons.Add(reason);
        }

        if (reasons.Count == 0) map.File.Problem(map.Line, null, "\"reason\": one drop reason or a list");
        return reasons;
    }

    private bool IsNode(string name) => _topology.Nodes.Any(node => node.Name == name);

    private string NodesExpected => "one of the nodes " + string.Join(", ", _topology.Nodes.Select(node => node.Name));
}
