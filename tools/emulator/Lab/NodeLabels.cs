using LabEdge.Emulator.Commands;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>Our own settings of a node, which stand among its labels.</summary>
public sealed class NodeLabels
{
    public const string Router = "router";
    public const string Host = "host";
    public const string External = "external";
    public const string PortLabel = "labedge.external";

    private const string ConfigurationLabel = "labedge.config";
    private const string CapacityLabel = "labedge.capacity";
    private const string RoleLabel = "labedge.role";
    private const string Ours = "labedge.";

    private readonly Dictionary<string, PortRequest> _ports = [];

    /// <summary>Reads the labels of all layers; those of the node itself count before the others.</summary>
    public NodeLabels(NodeLayers node)
    {
        Dictionary<string, (YamlMap Map, YamlNode Key, string Value)> labels = [];
        foreach (YamlMap map in node.Labels())
        {
            foreach (KeyValuePair<YamlNode, YamlNode> entry in map.Entries)
            {
                string key = (entry.Key as YamlScalarNode)?.Value ?? "";
                if (!key.StartsWith(Ours, StringComparison.Ordinal)) continue;
                if (key is not (ConfigurationLabel or CapacityLabel or RoleLabel or PortLabel) && !key.StartsWith(PortLabel + ".", StringComparison.Ordinal)) map.File.Problem(entry.Key, Expected);
                else labels.TryAdd(key, (map, entry.Value, map.Text(key, "")));
            }
        }

        foreach ((string key, (YamlMap map, YamlNode value, string text)) in labels)
        {
            switch (key)
            {
                case ConfigurationLabel:
                    Configuration = text;
                    break;
                case CapacityLabel:
                    Capacity = text;
                    if (CapacityProfile.Find(text) == null) map.File.Problem(value, CapacityProfile.Expected);
                    break;
                case RoleLabel:
                    Role = text;
                    if (text is not (Router or Host or External)) map.File.Problem(value, $"{Router}, {Host} or {External}");
                    break;
                default:
                    ReadPort(map, value, key == PortLabel ? "" : key[(PortLabel.Length + 1)..], text);
                    break;
            }
        }
    }

    /// <summary>Null when no label names it.</summary>
    public string Configuration { get; }

    public string Capacity { get; } = CapacityProfile.Board;

    /// <summary><see cref="Router"/>, <see cref="Host"/> or <see cref="External"/>. A node with a port of this machine is external.</summary>
    public string Role { get; private set; } = Router;

    /// <summary>Of an external node: its ports by the names of the endpoints; the empty name stands for any endpoint.</summary>
    public IReadOnlyDictionary<string, PortRequest> Ports => _ports;

    private static string Expected => $"{ConfigurationLabel}, {CapacityLabel}, {RoleLabel} or {PortLabel}";

    private void ReadPort(YamlMap map, YamlNode value, string endpoint, string text)
    {
        List<string> mistakes = [];
        PortRequest request = PortRequest.ReadOne(endpoint, text, mistakes);
        foreach (string mistake in mistakes) map.File.Problem(value, mistake);
        if (mistakes.Count > 0) return;
        _ports[endpoint] = request;
        Role = External;
    }
}
