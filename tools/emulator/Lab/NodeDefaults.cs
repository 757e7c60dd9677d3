using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>What nodes have where they say nothing themselves: <c>defaults</c>, <c>kinds</c> and <c>groups</c> of a topology.</summary>
public sealed class NodeDefaults
{
    /// <summary>Keys of a node that a lab here has no use for: they are of the container that containerlab would start.</summary>
    public static readonly string[] WithoutUse =
    [
        "image-pull-policy", "restart-policy", "license", "type", "startup-delay", "enforce-startup-config", "suppress-startup-config", "auto-remove",
        "binds", "volumes", "ports", "env", "credentials", "env-files", "user", "hostname", "entrypoint", "cmd", "runtime", "mgmt-ipv4", "mgmt-ipv6",
        "network-mode", "link-apply-mode", "cpu", "memory", "cpu-set", "extras", "config", "stages", "dns", "certificate", "healthcheck", "components",
        "aliases", "shm-size", "cap-add", "privileged", "cgroupns-mode", "cgroup-parent", "pid-mode", "tmpfs", "security-opts", "sysctls", "devices",
    ];

    /// <summary>All keys of a node that containerlab knows; the image stands for the router here.</summary>
    public static readonly string[] Keys = ["kind", "image", "group", "labels", "startup-config", "exec", .. WithoutUse];

    private readonly YamlMap _defaults;
    private readonly YamlMap _kinds;
    private readonly YamlMap _groups;

    public NodeDefaults(YamlMap topology)
    {
        _defaults = topology.Map("defaults");
        _kinds = topology.Map("kinds");
        _groups = topology.Map("groups");
        All = [.. new[] { _defaults }.Concat(Maps(_kinds)).Concat(Maps(_groups)).Where(map => map != null)];
        foreach (YamlMap map in All) map.AllowOnly(Keys);
    }

    /// <summary>Every mapping of settings there is.</summary>
    public IReadOnlyList<YamlMap> All { get; }

    /// <summary>A node's own settings, and those behind them.</summary>
    public NodeLayers Of(YamlMap node)
    {
        YamlMap group = Named(_groups, node.Text("group", null) ?? _defaults?.Text("group", null));
        string kind = node.Text("kind", null) ?? group?.Text("kind", null) ?? _defaults?.Text("kind", null) ?? "linux";
        return new NodeLayers([.. new[] { node, group, Named(_kinds, kind), _defaults }.Where(map => map != null)]);
    }

    private static YamlMap Named(YamlMap maps, string name) => name != null && maps != null && maps.Has(name) ? maps.Map(name) : null;

    private static IEnumerable<YamlMap> Maps(YamlMap of)
    {
        return of == null ? [] : of.Entries.Select(entry => of.Map(entry.Value, (entry.Key as YamlScalarNode)?.Value ?? ""));
    }
}

/// <summary>One node's settings: its own first, then those of its group, its kind, and the defaults.</summary>
public sealed class NodeLayers(IReadOnlyList<YamlMap> layers)
{
    /// <param name="at">Where it stands: the first layer that has the key.</param>
    /// <returns>Null when none has it.</returns>
    public string Text(string key, out YamlMap at)
    {
        at = layers.FirstOrDefault(map => map.Has(key));
        return at?.Text(key, null);
    }

    /// <summary>The labels of every layer that has some.</summary>
    public IEnumerable<YamlMap> Labels() => layers.Select(map => map.Map("labels")).Where(map => map != null);

    /// <summary>The lines of <c>exec</c>, the most general first, as containerlab runs them.</summary>
    public IReadOnlyList<YamlScalarNode> Exec()
    {
        List<YamlScalarNode> lines = [];
        foreach (YamlMap map in layers.Reverse())
        {
            foreach (YamlNode line in map.List("exec"))
            {
                if (line is YamlScalarNode scalar) lines.Add(scalar);
                else map.File.Problem(line, "a text in \"exec\"");
            }
        }

        return lines;
    }
}
