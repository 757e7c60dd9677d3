using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace LabEdge.Emulator;

/// <summary>
/// A host's <c>exec</c> lines, as containerlab runs them in a Linux container, in the words of our own configuration: <c>ip addr add</c>,
/// <c>ip route add</c>, <c>ip link set up</c>, each also with -4 and -6.
/// </summary>
public static partial class HostLines
{
    private const string Expected = "ip addr add ADDRESS/LENGTH dev eth1, ip route add PREFIX/LENGTH|default via ADDRESS, or ip link set eth1 up";

    /// <returns>The configuration; mistakes go to the file's problems, each with its line.</returns>
    public static string Configuration(string name, IReadOnlyList<YamlScalarNode> exec, YamlFile file)
    {
        SortedDictionary<string, List<string>> interfaces = new(StringComparer.Ordinal);
        StringBuilder routes = new();
        foreach (YamlScalarNode line in exec)
        {
            if (!Read(line.Value, interfaces, routes)) file.Problem(line, Expected);
        }

        StringBuilder text = new($"hostname {name}\n");
        foreach ((string interfaceName, List<string> lines) in interfaces)
        {
            text.Append($"interface {interfaceName}\n");
            foreach (string line in lines) text.Append($" {line}\n");
        }

        return text.Append(routes).Append("end\n").ToString();
    }

    /// <summary>A host does not forward, so it has one link.</summary>
    public static void CheckLinks(NodeSettings host, IReadOnlyList<LinkSettings> links, YamlFile file)
    {
        int count = links.Sum(link => link.Ends.Count(end => end.Node == host.Name));
        if (count != 1) file.Problem(host.Line, $"{host.Name} with {count} links", "one link at a host; a node that forwards between several is a router");
    }

    private static bool Read(string line, SortedDictionary<string, List<string>> interfaces, StringBuilder routes)
    {
        if (LinkUp().IsMatch(line)) return true;
        Match address = AddAddress().Match(line);
        if (address.Success)
        {
            string[] parts = address.Groups["prefix"].Value.Split('/');
            if (!Prefix(parts, out IPAddress own, out int bits)) return false;
            string interfaceName = TopologyReader.InterfaceName(address.Groups["dev"].Value);
            if (!interfaces.TryGetValue(interfaceName, out List<string> lines)) interfaces[interfaceName] = lines = [];
            lines.Add(own.AddressFamily == AddressFamily.InterNetwork ? $"ip address {own} {Mask(bits)}" : $"ipv6 address {own}/{bits}");
            return true;
        }

        Match route = AddRoute().Match(line);
        if (!route.Success || !Units.IsAddress(route.Groups["via"].Value)) return false;
        IPAddress via = IPAddress.Parse(route.Groups["via"].Value);
        bool four = via.AddressFamily == AddressFamily.InterNetwork;
        string prefix = route.Groups["prefix"].Value;
        if (!Prefix((prefix == "default" ? four ? "0.0.0.0/0" : "::/0" : prefix).Split('/'), out IPAddress network, out int length) || network.AddressFamily != via.AddressFamily) return false;
        routes.Append(four ? $"ip route {network} {Mask(length)} {via}\n" : $"ipv6 route {network}/{length} {via}\n");
        return true;
    }

    private static bool Prefix(string[] parts, out IPAddress address, out int bits)
    {
        bits = 0;
        address = null;
        if (!Units.IsAddress(parts[0])) return false;
        address = IPAddress.Parse(parts[0]);
        int most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (parts.Length == 1) bits = most;
        return parts.Length == 1 || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= most);
    }

    private static IPAddress Mask(int bits) => new(IPAddress.HostToNetworkOrder(bits == 0 ? 0 : -1 << (32 - bits)) & 0xFFFFFFFFL);

    [GeneratedRegex(@"^ip( -[46])? addr(ess)? (add|replace) (?<prefix>\S+) dev (?<dev>\S+)$")]
    private static partial Regex AddAddress();

    [GeneratedRegex(@"^ip( -[46])? route (add|replace) (?<prefix>\S+) via (?<via>\S+)( dev \S+)?$")]
    private static partial Regex AddRoute();

    [GeneratedRegex(@"^ip link set (dev )?\S+ up$")]
    private static partial Regex LinkUp();
}
