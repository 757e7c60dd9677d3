using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>The labels that a router's <c>show mpls ldp bindings</c> lists for a prefix, as it writes them ("imp-null" too).</summary>
/// <param name="Local">The router's own, or "-".</param>
/// <param name="Remote">Those of its neighbours, by their LDP router identifier.</param>
public sealed partial record LdpBindings(string Local, Dictionary<string, string> Remote)
{
    /// <summary>The neighbour's label, or "-".</summary>
    public string From(string neighbor) => Remote.GetValueOrDefault(neighbor, "-");

    /// <summary>By prefix, "10.0.0.1/32".</summary>
    public static Dictionary<string, LdpBindings> Of(RouterConsole console)
    {
        Dictionary<string, LdpBindings> bindings = [];
        string prefix = "";
        foreach (string line in console.Run("show mpls ldp bindings").Split('\n'))
        {
            Match next = Prefix().Match(line);
            if (next.Success)
            {
                prefix = next.Groups[1].Value;
                bindings[prefix] = new LdpBindings("-", []);
            }

            Match local = OwnLabel().Match(line);
            if (local.Success) bindings[prefix] = bindings[prefix] with { Local = local.Groups[1].Value };
            Match remote = NeighborsLabel().Match(line);
            if (remote.Success) bindings[prefix].Remote[remote.Groups[1].Value] = remote.Groups[2].Value;
        }

        return bindings;
    }

    [GeneratedRegex(@"^  (\S+/\d+)\s*$")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"local binding:\s+label: (\S+)")]
    private static partial Regex OwnLabel();

    [GeneratedRegex(@"lsr: (\S+):0, label: (\S+)")]
    private static partial Regex NeighborsLabel();
}
