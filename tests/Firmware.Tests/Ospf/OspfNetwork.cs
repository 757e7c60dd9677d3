using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Ospf;

namespace LabEdge.Tests.Ospf;

/// <summary>Whole routers with OSPF over links that lose frames and go down, in virtual time. Router k has loopback 10.255.0.k.</summary>
internal sealed class OspfNetwork
{
    public const int StepMs = 20;

    public sealed class Node
    {
        public Router Router;
        public OspfModule Ospf;
        public RecordingPort[] Ports;
        public int Used;
        public uint Id;
    }

    /// <summary>A link of two or a segment of several: who is on it, by which port.</summary>
    public sealed class Link
    {
        public readonly List<(int Node, int Port)> Ends = [];
        public bool PointToPoint;
        public bool Up = true;
        public uint Prefix;
        public uint Area;
        public int Frames;
    }

    public readonly List<Node> Nodes = [];
    public readonly List<Link> Links = [];
    public uint Now = 5000;
    public int LossPercent;
    public Action<byte[]> Seen;
    private readonly Random _random;

    public OspfNetwork(int nodes, int seed, Func<Capacity> capacity = null)
    {
        _random = new Random(seed);
        for (int k = 0; k < nodes; k++) Nodes.Add(Start(k, (capacity ?? Size)()));
    }

    private static Capacity Size()
    {
        Capacity c = Capacity.Small();
        c.Ports = 6;
        c.Frames = 16;
        c.GroupMembers = 4;
        c.OspfAreas = 4;
        c.OspfNeighbors = 16;
        c.OspfLsas = 256;
        c.OspfLsaOctets = 16384;
        c.OspfRoutes = 256;
        c.Addresses = 32;
        c.Paths = 512;
        c.Groups = 64;
        c.Prefixes = 512;
        c.Routes = 512;
        c.Neighbors = 32;
        c.Transports = 256;
        return c;
    }

    private Node Start(int k, Capacity capacity)
    {
        byte[] entropy = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + k * 31 + 1))];
        Node n = new() { Router = new Router(capacity, new PortableKernel(), entropy, null), Id = 0x0AFF0000 + (uint)k };
        n.Ports = [.. Enumerable.Range(0, capacity.Ports).Select(p => new RecordingPort($"02000000{k:X2}{p:X2}") { LinkUp = false })];
        for (int p = 0; p < n.Ports.Length; p++) n.Router.AttachPort("Ethernet" + (p + 1), n.Ports[p]);
        n.Ospf = new OspfModule(n.Router.Tables, n.Router.Host, n.Router.Control, capacity, entropy);
        n.Router.AddModule(n.Ospf);
        int loopback = n.Router.Control.AddLoopback("Loopback0");
        n.Router.Control.SetInterfaceAddress(loopback, n.Id, 32);
        int process = n.Ospf.AddProcess(1, 0);
        n.Ospf.SetRouterId(process, n.Id);
        n.Ospf.Enable(loopback, process, n.Ospf.AddArea(process, 0), false, false);
        return n;
    }

    public Link Join(bool pointToPoint, uint area, params int[] nodes)
    {
        Link link = new() { PointToPoint = pointToPoint, Prefix = 0x0A000000 + ((uint)Links.Count << 8), Area = area };
        foreach (int k in nodes)
        {
            Node n = Nodes[k];
            int port = n.Used++;
            n.Ports[port].LinkUp = true;
            link.Ends.Add((k, port));
            Assert.AreEqual(0, n.Router.Control.SetInterfaceAddress(port, link.Prefix + (uint)k + 1, 24));
            OspfInterface i = n.Ospf.Interfaces[port];
            i.HelloSeconds = 1;
            i.DeadSeconds = 4;
            n.Ospf.Enable(port, 0, n.Ospf.AddArea(0, area), false, pointToPoint);
        }

        Links.Add(link);
        return link;
    }

    public void Set(Link link, bool up)
    {
        link.Up = up;
        foreach ((int node, int port) in link.Ends) Nodes[node].Ports[port].LinkUp = up;
    }

    public void Run(int ms)
    {
        for (int t = 0; t < ms; t += StepMs, Now += StepMs)
        {
            foreach (Node n in Nodes)
            {
                for (int k = 0; k < 20 && n.Router.Poll(Now, 256) == 0; k++)
                {
                }
            }

            foreach (Link link in Links) Carry(link);
        }
    }

    private void Carry(Link link)
    {
        foreach ((int node, int port) in link.Ends)
        {
            RecordingPort from = Nodes[node].Ports[port];
            foreach (byte[] frame in from.Sent)
            {
                Seen?.Invoke(frame);
                link.Frames++;
                foreach ((int other, int at) in link.Ends)
                {
                    if (other != node && link.Up && _random.Next(100) >= LossPercent) Nodes[other].Ports[at].Queue((byte[])frame.Clone());
                }
            }

            from.Sent.Clear();
        }
    }

    /// <summary>The OSPF candidates of a prefix in a router's RIB: "metric via address ...", or "none".</summary>
    public string RouteTo(int node, uint prefix, int bits)
    {
        RouteTable routes = Nodes[node].Router.Control.Routes;
        List<string> hops = [];
        int metric = -1;
        for (int r = routes.FirstOf(0, prefix, bits); r >= 0; r = routes.NextOf(r))
        {
            if (routes.Source[r] != RouteSource.Ospf) continue;
            metric = routes.Metric[r];
            hops.Add($"{routes.NextHop[r]:X8}");
        }

        return metric < 0 ? "none" : $"{metric} via {string.Join(" ", hops.Order())}";
    }

    /// <summary>What RouteTo must say of every loopback, by Dijkstra over the links that are up: cost 10 to leave by a port, 1 for the loopback.</summary>
    public string Expected(int from, int to)
    {
        int[] distance = Distances(to);
        if (distance[from] == int.MaxValue) return "none";
        List<string> hops = [];
        foreach (Link link in Links.Where(l => l.Up && l.Ends.Any(e => e.Node == from)))
        {
            foreach ((int node, _) in link.Ends.Where(e => e.Node != from))
            {
                if (distance[node] != int.MaxValue && distance[node] + 10 == distance[from]) hops.Add($"{link.Prefix + (uint)node + 1:X8}");
            }
        }

        return $"{distance[from] + 1} via {string.Join(" ", hops.Distinct().Order())}";
    }

    private int[] Distances(int to)
    {
        int[] distance = [.. Enumerable.Repeat(int.MaxValue, Nodes.Count)];
        distance[to] = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (Link link in Links.Where(l => l.Up))
            {
                foreach ((int a, _) in link.Ends)
                {
                    foreach ((int b, _) in link.Ends)
                    {
                        if (a != b && distance[b] != int.MaxValue && distance[b] + 10 < distance[a])
                        {
                            distance[a] = distance[b] + 10;
                            changed = true;
                        }
                    }
                }
            }
        }

        return distance;
    }

    /// <summary>One line per route that is not as expected; those with more equal ways than a group holds are compared by metric.</summary>
    public List<string> Differences()
    {
        List<string> lines = [];
        for (int a = 0; a < Nodes.Count; a++)
        {
            for (int b = 0; b < Nodes.Count; b++)
            {
                if (a == b) continue;
                string expected = Expected(a, b);
                string found = RouteTo(a, Nodes[b].Id, 32);
                bool many = expected.Split(' ').Length > 2 + 4;
                if (many ? expected.Split(' ')[0] != found.Split(' ')[0] : expected != found) lines.Add($"{a} to {b}: {found}, expected {expected}");
            }
        }

        return lines;
    }

    public string Neighbors() => string.Join("\n", Nodes.Select((n, k) => $"{k}: " + string.Join(", ", n.Ospf.Neighbors.Where(x => x.Interface >= 0)
        .Select(x => $"e{x.Interface}({n.Ospf.Interfaces[x.Interface].State}) {x.RouterId & 255} state {x.State} rxmt {x.Retransmits} req {x.Requests}")) + $" lsas {n.Ospf.Lsas.Used} bad {n.Ospf.BadPackets}/{n.Ospf.LastFault}"));
}
