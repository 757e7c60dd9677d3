using System.Net;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

// The lines about tunnels, class maps and reverse path checks.
public sealed partial class ScenarioRouter
{
    private readonly Dictionary<string, (int Row, int Port)> _tunnel = [];

    // "tunnel NAME on PORT to MAC udp | gre LOCAL REMOTE [vrf V] [scope N] [checksum] [zero-checksum] [key N] [sequence] [ttl N | ttl copy]
    //  [dscp N | dscp copy] [vlan N]"
    private void Tunnel(ScenarioLine line)
    {
        string name = line.Word("a tunnel's name");
        line.Need("on");
        int port = PortOf(line);
        line.Need("to");
        byte[] neighbor = Station(line);
        string form = line.Word("udp or gre");
        if (form is not ("udp" or "gre")) throw line.Error(form, "udp or gre");
        byte[] local = IPAddress.Parse(line.Word("our address")).GetAddressBytes();
        byte[] remote = IPAddress.Parse(line.Word("the other end's address")).GetAddressBytes();
        int flags = (form == "gre" ? TunnelTable.Gre : 0) | (local.Length == 16 ? TunnelTable.Ipv6 : 0);
        int vrf = 0;
        int scope = ForwardingHandle.ScopeCore;
        int key = 0;
        int ttl = 64;
        int dscp = 0;
        int vlan = -1;
        while (!line.AtEnd)
        {
            string word = line.Word("a property of the tunnel");
            switch (word)
            {
                case "vrf": vrf = VrfOf(line); break;
                case "scope": scope = line.Number("a scope"); break;
                case "checksum": flags |= TunnelTable.Checksum; break;
                case "zero-checksum": flags |= TunnelTable.ZeroChecksum; break;
                case "sequence": flags |= TunnelTable.HasSequence; break;
                case "any-port": flags |= TunnelTable.AnyPort; break;
                case "key":
                    flags |= TunnelTable.HasKey;
                    key = line.Number("a key");
                    break;
                case "ttl": ttl = line.Take("copy") ? 0 : line.Number("a TTL"); break;
                case "dscp": dscp = line.Take("copy") ? -1 : line.Number("a DSCP"); break;
                case "vlan": vlan = line.Number("a VLAN id"); break;
                default: throw line.Error(word, "vrf, scope, checksum, zero-checksum, sequence, any-port, key, ttl, dscp or vlan");
            }
        }

        int row = Row(line, _tables.Tunnels.Add(flags, vrf, scope, key, local, 0, remote, 0));
        byte[] own = new byte[6];
        _ports[port].GetAddress(own, 0);
        _tables.Tunnels.SetRules(row, ttl, dscp);
        _tables.Tunnels.SetLink(row, neighbor, 0, own, 0, vlan);
        _tunnel[name] = (row, port);
    }

    // "transport NAME tunnel TUNNEL [labels ...] [mtu N]"
    private void IntoTunnel(ScenarioLine line, int transport)
    {
        string name = line.Word("a tunnel's name");
        if (!_tunnel.TryGetValue(name, out (int Row, int Port) tunnel)) throw line.Error(name, "one of the tunnels " + string.Join(", ", _tunnel.Keys));
        List<int> labels = line.Take("labels") ? TunnelLabels(line) : [];
        int mtu = line.Take("mtu") ? line.Number("octets") : _tables.Ports.MtuOf(tunnel.Port);
        Done(line, _tables.Transports.SetTunnel(transport, _tables.Tunnels, tunnel.Row, tunnel.Port, mtu, [.. labels], labels.Count));
    }

    // "map N dscp-to-class | priority-to-class | class-to-dscp | class-to-priority FROM TO"
    private void Map(ScenarioLine line)
    {
        int row = line.Number("a class map");
        string word = line.Word("a map");
        int map = word switch
        {
            "dscp-to-class" => ClassMapTable.DscpToClass,
            "priority-to-class" => ClassMapTable.PriorityToClass,
            "class-to-dscp" => ClassMapTable.ClassToDscp,
            "class-to-priority" => ClassMapTable.ClassToPriority,
            _ => throw line.Error(word, "dscp-to-class, priority-to-class, class-to-dscp or class-to-priority"),
        };
        Done(line, _tables.ClassMaps.Set(row, map, line.Number("a class, DSCP or priority"), line.Number("a class, DSCP or priority")));
    }

    // "urpf strict | loose [allow-default]" of an attachment circuit
    private bool More(ScenarioLine line, string word, int attachment)
    {
        if (word != "urpf") return false;
        string mode = line.Word("strict or loose");
        int flags = mode switch
        {
            "strict" => AttachmentTable.ReversePathStrict,
            "loose" => AttachmentTable.ReversePathLoose,
            _ => throw line.Error(mode, "strict or loose"),
        };
        if (line.Take("allow-default")) flags |= AttachmentTable.AllowDefault;
        _tables.Attachments.Record[attachment * AttachmentTable.Stride] |= flags;
        return true;
    }
}
