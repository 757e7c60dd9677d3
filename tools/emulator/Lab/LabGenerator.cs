using System.Net;
using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// Makes a lab of any size: a provider's core in the shape of a ring, a grid or a tree, with static routes and labels between all its
/// routers, and one customer whose two sites hang at its first router and at the one farthest from it.
/// </summary>
public sealed class LabGenerator
{
    public const string Ring = "ring";
    public const string Grid = "grid";
    public const string Tree = "tree";
    public const int LeastRouters = 4;

    /// <summary>Two label bindings for each of the others, of those that a router of capacity Board has.</summary>
    public const int MostRouters = 200;

    private const int FirstTransportLabel = 100;
    private const int VpnLabel = 1000;
    private const uint FirstLink = 0xAC100000;
    private const uint FirstLoopback = 0x0A000001;

    private readonly string _shape;
    private readonly int _core;
    private readonly List<(int A, int B)> _links = [];
    private readonly List<int>[] _linksOf;

    // Per destination and router: the link to send on, -1 at the destination.
    private readonly int[][] _next;
    private readonly int _far;

    /// <param name="shape"><see cref="Ring"/>, <see cref="Grid"/> or <see cref="Tree"/>.</param>
    /// <param name="routers">With the customer's two; <see cref="LeastRouters"/> to <see cref="MostRouters"/>.</param>
    public LabGenerator(string shape, int routers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(routers, LeastRouters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(routers, MostRouters);
        _shape = shape;
        _core = routers - 2;
        Connect();
        _linksOf = [.. Enumerable.Range(0, _core).Select(node => Enumerable.Range(0, _links.Count).Where(link => _links[link].A == node || _links[link].B == node).ToList())];
        _next = [.. Enumerable.Range(0, _core).Select(NextTowards)];
        _far = Enumerable.Range(0, _core).MaxBy(node => Way(0, node).Count);
    }

    /// <returns>The lab's files: topology, configurations, checks, README.</returns>
    public LabFiles Make(string name)
    {
        LabFiles files = new();
        files[TopologyReader.FileName] = Octets(TopologyText(name));
        files[ChecksReader.FileName] = Octets(ChecksText());
        files["README.md"] = Octets(ReadmeText(name));
        for (int i = 0; i < _core; i++) files[$"c{i + 1}.cfg"] = Octets(CoreText(i));
        files["ce1.cfg"] = Octets(CustomerText(1));
        files["ce2.cfg"] = Octets(CustomerText(2));
        return files;
    }

    private void Connect()
    {
        int width = (int)Math.Ceiling(Math.Sqrt(_core));
        for (int i = 1; i < _core; i++)
        {
            if (_shape == Tree) _links.Add(((i - 1) / 2, i));
            else if (_shape == Ring) _links.Add((i - 1, i));
            else if (i % width != 0) _links.Add((i - 1, i));
            if (_shape == Grid && i >= width) _links.Add((i - width, i));
        }

        if (_shape == Ring && _core > 2) _links.Add((_core - 1, 0));
    }

    // Breadth first from the destination; of equal ways the one over the earlier link.
    private int[] NextTowards(int destination)
    {
        int[] next = new int[_core];
        Array.Fill(next, -2);
        next[destination] = -1;
        Queue<int> open = new([destination]);
        while (open.TryDequeue(out int at))
        {
            foreach (int link in _linksOf[at])
            {
                int other = Other(link, at);
                if (next[other] != -2) continue;
                next[other] = link;
                open.Enqueue(other);
            }
        }

        return next;
    }

    private List<int> Way(int from, int to)
    {
        List<int> way = [from];
        while (way[^1] != to) way.Add(Other(_next[to][way[^1]], way[^1]));
        return way;
    }

    private int Other(int link, int node) => _links[link].A == node ? _links[link].B : _links[link].A;

    private static IPAddress Loopback(int node) => Address(FirstLoopback + (uint)node);

    private IPAddress OnLink(int link, int node) => Address(FirstLink + (uint)link * 4 + (_links[link].A == node ? 1u : 2u));

    private static IPAddress Address(uint address) => new([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]);

    private string TopologyText(string name)
    {
        StringBuilder text = new($"# Made by: labedge lab generate {_shape} --routers {_core + 2}\nname: {name}\ntopology:\n  defaults:\n    kind: linux\n  nodes:\n    ce1:\n");
        for (int i = 0; i < _core; i++) text.Append($"    c{i + 1}:\n");
        text.Append($"    ce2:\n  links:\n    - endpoints: [\"ce1:eth1\", \"c1:eth{_linksOf[0].Count + 1}\"]\n");
        for (int i = 0; i < _links.Count; i++) text.Append($"    - endpoints: [\"{End(i, _links[i].A)}\", \"{End(i, _links[i].B)}\"]\n");
        text.Append($"    - endpoints: [\"c{_far + 1}:eth{CustomerPort(_far)}\", \"ce2:eth1\"]\n");
        return text.ToString();
    }

    private string End(int link, int node) => $"c{node + 1}:eth{_linksOf[node].IndexOf(link) + 1}";

    // Behind the core's links; that of the other site is one further where both sites are at one router.
    private int CustomerPort(int node) => _linksOf[node].Count + 1;

    private string CoreText(int node)
    {
        StringBuilder text = new($"hostname c{node + 1}\nmpls label range 2000 4000 static 16 1999\n");
        bool edge = node == 0 || node == _far;
        if (edge) text.Append("ip vrf blue\n rd 65000:1\n exit\n");
        text.Append($"interface Loopback0\n ip address {Loopback(node)} 255.255.255.255\n");
        for (int i = 0; i < _linksOf[node].Count; i++)
        {
            int link = _linksOf[node][i];
            text.Append($"interface Ethernet{i + 1}\n description to c{Other(link, node) + 1}\n ip address {OnLink(link, node)} 255.255.255.252\n mpls ip\n");
        }

        if (edge) text.Append($"interface Ethernet{CustomerPort(node)}\n description to the customer\n ip vrf forwarding blue\n ip address 10.20{Site(node)}.1.254 255.255.255.0\n");
        for (int to = 0; to < _core; to++)
        {
            if (to == node) continue;
            int link = _next[to][node];
            IPAddress hop = OnLink(link, Other(link, node));
            string label = Other(link, node) == to ? "implicit-null" : $"{FirstTransportLabel + to}";
            text.Append($"ip route {Loopback(to)} 255.255.255.255 {hop}\n");
            text.Append($"mpls static binding ipv4 {Loopback(to)} 255.255.255.255 input {FirstTransportLabel + to}\n");
            text.Append($"mpls static binding ipv4 {Loopback(to)} 255.255.255.255 output {hop} {label}\n");
        }

        if (edge)
        {
            int other = node == 0 ? _far : 0;
            text.Append($"mpls static binding ipv4 vrf blue 10.20{Site(node)}.1.0 255.255.255.0 input {VpnLabel + Site(node)}\n");
            text.Append($"ip route vrf blue 10.20{Site(other)}.1.0 255.255.255.0 {Loopback(other)} label {VpnLabel + Site(other)}\n");
        }

        return text.Append("end\n").ToString();
    }

    private static int Site(int node) => node == 0 ? 1 : 2;

    private static string CustomerText(int site)
    {
        return $"hostname ce{site}\ninterface Ethernet1\n description to the provider\n ip address 10.20{site}.1.1 255.255.255.0\nip route 0.0.0.0 0.0.0.0 10.20{site}.1.254\nend\n";
    }

    private string ChecksText()
    {
        StringBuilder text = new("settle: 2s\njourney: {from: ce1, to: 10.202.1.1}\nchecks:\n");
        text.Append("  - {goal: The customer's sites reach each other, type: reaches, from: ce1, to: 10.202.1.1}\n");
        text.Append($"  - {{goal: The customer does not reach the provider, type: cannot-reach, from: ce1, to: {Loopback(_far)}, while: {{from: ce1, to: 10.202.1.1}}}}\n");
        for (int i = 1; i < _core; i++) text.Append($"  - {{goal: c1 reaches c{i + 1}, type: reaches, from: c1, to: {Loopback(i)}, source: {Loopback(0)}}}\n");
        return text.ToString();
    }

    private string ReadmeText(string name)
    {
        string way = string.Join(" -- ", Way(0, _far).Select(node => $"c{node + 1}"));
        return $"# {name}\n\nA provider of {_core} routers in the shape of a {_shape}, and a customer with two sites. Made by\n`labedge lab generate {_shape} --routers {_core + 2}`.\n\n```\nce1 -- {way} -- ce2\n```\n\n"
            + "Every core router has a static route and a static label for every other's loopback; `blue` is the customer's VRF.\n";
    }

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
