using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Scenarios;

// The lines that fill the tables.
public sealed partial class ScenarioRouter
{
    /// <summary>Does what a line that is neither send nor expect says.</summary>
    public void Do(ScenarioLine line)
    {
        string verb = line.Word("a statement");
        switch (verb)
        {
            case "station": Context.Stations.Add(line.Word("a name"), line.Word("a MAC address").Replace(":", "", StringComparison.Ordinal)); break;
            case "port": Port(line); break;
            case "vrf": Vrf(line); break;
            case "circuit": Circuit(line); break;
            case "transport": Transport(line); break;
            case "tunnel": Tunnel(line); break;
            case "map": Map(line); break;
            case "differ": Differ(line); break;
            case "flood": Flood(line); break;
            case "between": Between(line); break;
            case "path": Path(line); break;
            case "group": Group(line); break;
            case "ilm": Label(line); break;
            case "prefix": Route(line); break;
            case "pw": Pseudowire(line); break;
            case "ac": Attachment(line); break;
            case "bridge": Bridge(line); break;
            case "join": Member(line, true); break;
            case "leave": Member(line, false); break;
            case "forget": _tables.Bridges.Macs.FlushDomain(Named(_bridge, line, "a bridge domain")); break;
            case "storm": Storm(line); break;
            case "address": Address(line); break;
            case "down": _tables.Transports.SetUnusable(TransportOf(line)); break;
            case "up": Up(line); break;
            case "wait": Wait(line); break;
            case "remove": Remove(line); break;
            default: throw line.Error(verb, "a statement, send or expect");
        }

        line.End();
    }

    // "port Ethernet1 [core | scope N] [vrf blue | bare] [mac M] [mtu N]"; "port Ethernet1 refuses | accepts"
    private void Port(ScenarioLine line)
    {
        string name = line.Word("a port's name");
        if (_port.TryGetValue(name, out int known))
        {
            _ports[known].Refuses = line.Word("refuses or accepts") == "refuses";
            return;
        }

        int index = _ports.Count;
        string mac = $"02000000000{index + 1:X}";
        int circuit = ForwardingHandle.Vrf;
        int scope = ForwardingHandle.ScopeNone;
        int mtu = 1500;
        while (!line.AtEnd)
        {
            string word = line.Word("a property of the port");
            switch (word)
            {
                case "core": scope = ForwardingHandle.ScopeCore; break;
                case "scope": scope = line.Number("a scope"); break;
                case "vrf": circuit = ForwardingHandle.Vrf | VrfOf(line); break;
                case "bare": circuit = ForwardingHandle.None; break;
                case "mac": mac = Hex.Text(Station(line)).Replace(" ", "", StringComparison.Ordinal); break;
                case "mtu": mtu = line.Number("octets"); break;
                default: throw line.Error(word, "core, scope, vrf, bare, mac or mtu");
            }
        }

        RecordingPort port = new(mac) { Index = index, MaxFrameLength = mtu + 14 };
        _ports.Add(port);
        _port.Add(name, index);
        Context.Stations[name] = mac;
        _tables.Ports.Attach(index, port);
        _tables.Ports.SetScope(index, scope);
        _tables.Ports.Record[index * PortTable.Stride + PortTable.Untagged] = circuit;
    }

    private void Vrf(ScenarioLine line)
    {
        string name = line.Word("a VRF's name");
        _vrf[name] = Row(line, _tables.Vrfs.Add(name));
    }

    // "circuit Ethernet4 vlan 10 vrf blue"
    private void Circuit(ScenarioLine line)
    {
        int port = PortOf(line);
        line.Need("vlan");
        int vlan = line.Number("a VLAN id");
        line.Need("vrf");
        Done(line, _tables.Circuits.Set(port, vlan, ForwardingHandle.Vrf | VrfOf(line)));
    }

    // "transport p1 Ethernet1 to P1 ip | mpls [vlan N] [labels 3001 3002] [mtu N]"; "transport p9 unusable"
    private void Transport(ScenarioLine line)
    {
        ScenarioLine whole = line.Again();
        string name = line.Word("a transport's name");
        if (!_transport.TryGetValue(name, out int row)) _transport.Add(name, row = Row(line, _tables.Transports.Allocate()));
        if (line.Take("unusable")) return;
        _transportLine[name] = whole;
        if (line.Take("tunnel"))
        {
            IntoTunnel(line, row);
            return;
        }

        int port = PortOf(line);
        line.Need("to");
        byte[] neighbor = Station(line);
        string type = line.Word("ip, ip6 or mpls");
        int vlan = -1;
        int mtu = _tables.Ports.MtuOf(port);
        List<int> labels = [];
        while (!line.AtEnd)
        {
            string word = line.Word("vlan, labels or mtu");
            switch (word)
            {
                case "vlan": vlan = line.Number("a VLAN id"); break;
                case "mtu": mtu = line.Number("octets"); break;
                case "labels": labels = TunnelLabels(line); break;
                default: throw line.Error(word, "vlan, labels or mtu");
            }
        }

        int etherType = type switch { "ip" => 0x0800, "ip6" => 0x86DD, "mpls" => 0x8847, _ => throw line.Error(type, "ip, ip6 or mpls") };
        byte[] own = new byte[6];
        _ports[port].GetAddress(own, 0);
        Done(line, _tables.Transports.Set(row, port, mtu, neighbor, 0, own, 0, etherType, vlan, [.. labels], labels.Count));
    }

    private static List<int> TunnelLabels(ScenarioLine line)
    {
        List<int> labels = [];
        while (int.TryParse(line.Peek(), out int label))
        {
            labels.Add(LabelStackEntry.Word(label, 0, false, 255));
            line.Word("a label");
        }

        return labels;
    }

    private void Up(ScenarioLine line)
    {
        string name = line.Peek();
        TransportOf(line);
        ScenarioLine again = _transportLine[name].Again();
        again.Need("transport");
        Transport(again);
    }

    // "path NAME <way>"
    private void Path(ScenarioLine line)
    {
        string name = line.Word("a path's name");
        int path = _path.TryGetValue(name, out int known) ? known : Row(line, _tables.Paths.Allocate(1));
        Way(line, path);
        _path[name] = path;
    }

    // "[push | swap LABEL] via TRANSPORT [uniform | pipe] [entropy] [map N]": a path's row.
    private void Way(ScenarioLine line, int path, bool uniform = true)
    {
        int word = 0;
        if (line.Take("push") || line.Take("swap")) word = LabelStackEntry.Word(line.Number("a label"), 0, true, 255);
        line.Need("via");
        int transport = TransportOf(line);
        int flags = !line.Take("pipe") && (line.Take("uniform") || uniform) ? PathTable.Uniform : 0;
        if (line.Take("entropy")) flags |= PathTable.Entropy;
        if (line.Take("map")) flags |= line.Number("a class map") << PathTable.MapShift;
        _tables.Paths.SetSpecial(path, word, transport, flags);
    }

    // What a label or a prefix leads to: a way, "path NAME", "group NAME", "php LABELLED IP [pipe]", "vrf V", "pw P", "local", "glean PORT".
    private int Target(ScenarioLine line)
    {
        if (line.Take("path")) return ForwardingHandle.Path | Named(_path, line, "a path");
        if (line.Take("group")) return Named(_group, line, "a group");
        if (line.Take("vrf")) return ForwardingHandle.Vrf | VrfOf(line);
        if (line.Take("pw")) return ForwardingHandle.Pseudowire | Named(_pseudowire, line, "a pseudowire");
        if (line.Take("local")) return ForwardingHandle.Local;
        if (line.Take("glean")) return ForwardingHandle.Glean | PortOf(line);
        if (line.Take("php"))
        {
            int pair = Row(line, _tables.Paths.Allocate(2));
            int labelled = TransportOf(line);
            int ip = TransportOf(line);
            bool uniform = !line.Take("pipe");
            _tables.Paths.Set(pair, 0, labelled, uniform);
            _tables.Paths.Set(pair + 1, 0, ip, uniform);
            return ForwardingHandle.PathPair | pair;
        }

        int path = Row(line, _tables.Paths.Allocate(1));
        Way(line, path);
        return ForwardingHandle.Path | path;
    }

    // "group NAME <target> or <target> ... [backup <target>] [flow-hash]": with a backup or the full hash it is a special group.
    private void Group(ScenarioLine line)
    {
        string name = line.Word("a group's name");
        List<int> members = [];
        do members.Add(Target(line)); while (line.Take("or"));
        int backup = line.Take("backup") ? Target(line) : ForwardingHandle.None;
        bool special = line.Take("flow-hash") || backup != ForwardingHandle.None || members.Exists(IsSpecial);
        int handle = _tables.Groups.Add([.. members], members.Count, backup);
        Done(line, handle != ForwardingHandle.None);
        if (_group.TryGetValue(name, out int old)) _tables.Groups.Release(ForwardingHandle.Index(old));
        _group[name] = handle;
        _specialHandle.Remove(handle);
        if (special) _specialHandle.Add(handle);
    }

    private readonly HashSet<int> _specialHandle = [];

    // A path that no kernel can send on, or a group that none can choose from.
    private bool IsSpecial(int handle)
    {
        int index = ForwardingHandle.Index(handle);
        switch (ForwardingHandle.Kind(handle))
        {
            case ForwardingHandle.Group: return _specialHandle.Contains(handle);
            case ForwardingHandle.Path: return IsSpecialPath(index);
            case ForwardingHandle.PathPair: return IsSpecialPath(index) || IsSpecialPath(index + 1);
            default: return false;
        }
    }

    private bool IsSpecialPath(int path)
    {
        return _tables.Paths.IsSpecial(path, _tables.Transports);
    }

    // "ilm LABEL [scope N] [action] [ttl-pipe] [class-uniform | class-pipe] [map N] <target>"
    private void Label(ScenarioLine line)
    {
        int label = line.Number("a label");
        int scope = line.Take("scope") ? line.Number("a scope") : ForwardingHandle.ScopeCore;
        bool action = line.Take("action");
        int rule = 0;
        if (line.Take("ttl-pipe")) rule |= LabelActionTable.TtlPipe;
        if (line.Take("class-uniform")) rule |= LabelActionTable.ClassUniform;
        if (line.Take("class-pipe")) rule |= LabelActionTable.ClassPipe;
        int map = line.Take("map") ? line.Number("a class map") : 0;
        int handle = Target(line);
        if (action || rule != 0 || map != 0 || IsSpecial(handle))
        {
            handle = _tables.LabelActions.Add(handle, rule, map);
            Done(line, handle != ForwardingHandle.None);
        }

        Done(line, _tables.Labels.Set(label, handle, scope));
    }

    // "prefix [VRF] PREFIX <target>"
    private void Route(ScenarioLine line)
    {
        int vrf = _vrf.ContainsKey(line.Peek()) ? VrfOf(line) : 0;
        (byte[] address, int bits) = Prefix(line);
        int handle = Target(line);
        if (IsSpecial(handle)) handle = ForwardingHandle.Special | (ForwardingHandle.Kind(handle) == ForwardingHandle.Group ? ForwardingHandle.SpecialGroup : 0) | ForwardingHandle.Index(handle);
        SetRoute(line, vrf, address, bits, handle);
    }

    private void SetRoute(ScenarioLine line, int vrf, byte[] address, int bits, int handle)
    {
        if (address.Length == 16)
        {
            Done(line, _tables.Prefixes.Set6(vrf, address, 0, bits, handle));
            return;
        }

        Done(line, _tables.Prefixes.Set(vrf, Ipv4(address), bits, handle));
    }

    // "differ $A $B": two values that the router chose are not the same.
    private void Differ(ScenarioLine line)
    {
        string one = line.Word("$name");
        string other = line.Word("$name");
        if (!Context.Chosen.TryGetValue(one, out int a)) throw line.Error(one, "a name that stood in a packet");
        if (!Context.Chosen.TryGetValue(other, out int b)) throw line.Error(other, "a name that stood in a packet");
        if (a == b) throw new ScenarioException($"{line.Place}: found {one} and {other} both {a}, expected them to differ");
    }

    // "between $A LOW HIGH": a value that the router chose is in a range.
    private void Between(ScenarioLine line)
    {
        string name = line.Word("$name");
        if (!Context.Chosen.TryGetValue(name, out int value)) throw line.Error(name, "a name that stood in a packet");
        int low = line.Number("a number");
        int high = line.Number("a number");
        if (value < low || value > high) throw new ScenarioException($"{line.Place}: found {name} {value}, expected {low} to {high}");
    }

    // "flood N PORT: PACKET": the same frame so many times; what comes of it only the ledgers say.
    private void Flood(ScenarioLine line)
    {
        int count = line.Number("how many frames");
        string frame = line.Rest();
        for (int i = 0; i < count; i++)
        {
            Send(line.Part(frame));
            CheckLedgers(line);
        }
    }

    // "wait MS": time passes, and the router ends its poll.
    private void Wait(ScenarioLine line)
    {
        _tables.Now += (uint)line.Number("milliseconds");
        _tables.EndOfPoll();
    }

    // "remove ilm LABEL", "remove prefix [VRF] PREFIX"
    private void Remove(ScenarioLine line)
    {
        string what = line.Word("ilm or prefix");
        if (what == "ilm")
        {
            _tables.Labels.Remove(line.Number("a label"));
            return;
        }

        int vrf = _vrf.ContainsKey(line.Peek()) ? VrfOf(line) : 0;
        (byte[] address, int bits) = Prefix(line);
        Done(line, address.Length == 16 ? _tables.Prefixes.Remove6(vrf, address, 0, bits) : _tables.Prefixes.Remove(vrf, Ipv4(address), bits));
    }
}
