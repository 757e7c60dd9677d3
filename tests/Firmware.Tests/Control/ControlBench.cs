using System.Text;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;
using LabEdge.Tests.Host;

namespace LabEdge.Tests.Control;

/// <summary>
/// One router's tables, host stack and control plane over recording ports. Neighbours answer on demand, and the forwarding
/// tables are written as text that does not depend on which row anything stands in.
/// </summary>
public sealed class ControlBench
{
    public readonly Capacity Capacity;
    public readonly Tables Tables;
    public readonly HostStack Host;
    public readonly ControlModule Control;
    public readonly RecordingPort[] Ports;
    public uint Now = 1000;

    /// <summary>Work units per poll.</summary>
    public int Budget = int.MaxValue;

    public ControlBench(Capacity capacity = null, int ports = 4)
    {
        Capacity = capacity ?? Capacity.Small();
        Tables = new Tables(Capacity);
        Host = new HostStack(Tables, Capacity, new byte[32]);
        Control = new ControlModule(Tables, Host, Capacity, null);
        Ports = new RecordingPort[Math.Min(ports, Capacity.Ports)];
        for (int i = 0; i < Ports.Length; i++)
        {
            Ports[i] = new RecordingPort("02000000000" + (i + 1));
            Tables.Ports.Attach(i, Ports[i]);
            Host.Interfaces.Name[i] = "Ethernet" + (i + 1);
        }

        Poll();
    }

    public static uint Ip(string address)
    {
        return address.Split('.').Aggregate(0u, (sum, part) => (sum << 8) | byte.Parse(part));
    }

    /// <summary>Prefix and length of "10.0.0.0/8".</summary>
    public static (uint Prefix, int Bits) Cidr(string prefix)
    {
        string[] parts = prefix.Split('/');
        return (Ip(parts[0]), int.Parse(parts[1]));
    }

    public static void Ok(int result) => Assert.AreEqual("ok", ControlResult.Text(Math.Min(result, 0)));

    public static void Is(int expected, int result) => Assert.AreEqual(ControlResult.Text(expected), ControlResult.Text(result));

    /// <summary>An address on an interface: port number from 1, or a loopback's index.</summary>
    public void Address(int port, string prefix, int vrf = 0)
    {
        if (vrf != Host.Interfaces.Vrf[port]) Ok(Control.SetInterfaceVrf(port, vrf));
        Ok(Control.SetInterfaceAddress(port, Cidr(prefix).Prefix, Cidr(prefix).Bits));
    }

    public int Loopback(string name, string address)
    {
        int i = Control.AddLoopback(name);
        Ok(i);
        Address(i, address);
        return i;
    }

    public int Route(string prefix, string nextHop, int vrf = 0, int port = -1, int distance = 1, int label = -1)
    {
        return Control.AddStaticRoute(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits, nextHop == null ? 0 : Ip(nextHop), port, distance, label);
    }

    public int RemoveRoute(string prefix, string nextHop, int vrf = 0, int port = -1)
    {
        return Control.RemoveStaticRoute(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits, nextHop == null ? 0 : Ip(nextHop), port);
    }

    public int Input(string prefix, int label, int vrf = 0) => Control.AddInputBinding(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits, label);

    public int Output(string prefix, string nextHop, int label) => Control.AddOutputBinding(Cidr(prefix).Prefix, Cidr(prefix).Bits, Ip(nextHop), label);

    public int RemoveInput(string prefix, int vrf = 0) => Control.RemoveInputBinding(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits);

    public int RemoveOutput(string prefix, string nextHop) => Control.RemoveOutputBinding(Cidr(prefix).Prefix, Cidr(prefix).Bits, Ip(nextHop));

    /// <summary>One poll as the router makes it.</summary>
    public void Poll()
    {
        Host.Poll(Now);
        Control.Poll(Now, Budget);
        Tables.EndOfPoll();
    }

    /// <summary>Polls until nothing is left to do, without letting time pass.</summary>
    public void Settle()
    {
        int polls = 0;
        do
        {
            Poll();
            Assert.IsLessThan(100_000, ++polls, "does not settle");
        }
        while (!Control.IsSettled);
    }

    /// <summary>Settles while every neighbour that is asked for answers at once.</summary>
    public void SettleWithNeighbors()
    {
        bool answered;
        do
        {
            Settle();
            answered = false;
            for (int n = 0; n < Capacity.Neighbors; n++)
            {
                if (Host.Neighbors.StateOf(n) != NeighborTable.Free && !Host.Neighbors.IsResolved(n) && Control.IsUp(Host.Neighbors.PortOf(n)))
                {
                    Answer(Host.Neighbors.PortOf(n), Host.Neighbors.AddressOf(n));
                    answered = true;
                }
            }
        }
        while (answered);
    }

    /// <summary>An ARP reply: the hardware address holds the IP address.</summary>
    public void Answer(int port, uint address, byte mark = 0xAA)
    {
        byte[] hardware = [0x02, mark, 0, 0, 0, 0];
        Octets.WriteUInt32(hardware, 2, address);
        Host.Neighbors.Heard(port, address, hardware, 0, true);
    }

    /// <summary>An ARP packet as it comes in on a port: a reply to us, or an announcement (request about the sender itself).</summary>
    public void ReceiveArp(int port, string sender, bool reply)
    {
        byte[] hardware = [0x02, 0xAA, .. Packets.Four(Ip(sender))];
        string target = reply ? "10.9.9.9" : sender;
        byte[] octets = Packets.Ethernet("FFFFFFFFFFFF", Convert.ToHexString(hardware), 0x0806, Packets.Arp(reply ? 2 : 1, Convert.ToHexString(hardware), sender, "000000000000", target));
        Frame frame = new(Capacity.Headroom, 200) { Port = port, Mark = PuntClass.Arp, Context = Host.Interfaces.Vrf[port] };
        octets.CopyTo(frame.Octets, frame.Headroom);
        frame.Start = frame.Headroom;
        frame.Length = octets.Length;
        frame.Offset = frame.Start + 14;
        Tables.Exceptions[Tables.ExceptionCount++] = frame;
        Host.HandleExceptions(Now);
    }

    /// <summary>ARP requests that a port has sent, by the address asked for; and forgets them.</summary>
    public string TakeAsked(int port)
    {
        string asked = string.Join(" ", Ports[port].Sent.Where(f => f[12] == 8 && f[13] == 6 && f[21] == 1 && !f[28..32].SequenceEqual(f[38..42]))
            .Select(f => $"{f[38]}.{f[39]}.{f[40]}.{f[41]}"));
        Ports[port].Sent.Clear();
        return asked;
    }

    public void Link(int port, bool up)
    {
        Ports[port].LinkUp = up;
    }

    /// <summary>What one prefix does; "absent" when it is not in the table.</summary>
    public string Leaf(string prefix, int vrf = 0)
    {
        int at = Tables.Prefixes.Find(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits);
        return at < 0 ? "absent" : HandleText(Tables.Prefixes.Handle[at]);
    }

    /// <summary>What one incoming label does.</summary>
    public string Ilm(int label)
    {
        int handle = Tables.Labels.Lookup(label);
        if (handle == 0) return "none";
        Assert.AreEqual(ForwardingHandle.ScopeCore << ForwardingHandle.ScopeShift, handle & ForwardingHandle.ScopeMask);
        return HandleText(handle);
    }

    public string HandleText(int handle)
    {
        int index = ForwardingHandle.Index(handle);
        return ForwardingHandle.Kind(handle) switch
        {
            ForwardingHandle.None => "drop",
            ForwardingHandle.Path => PathText(index),
            ForwardingHandle.PathPair => "pop labelled [" + PathText(index) + "] last [" + PathText(index + 1) + "]",
            ForwardingHandle.Vrf => "vrf " + index,
            ForwardingHandle.Pseudowire => "pw of port " + Control.Pseudowires.PortOf(index),
            ForwardingHandle.Local => "local " + index,
            ForwardingHandle.Glean => "glean " + index,
            _ => "group " + string.Join(" + ", Enumerable.Range(1, Tables.Groups.Record[index * Tables.Groups.Stride])
                .Select(i => HandleText(Tables.Groups.Record[(index * Tables.Groups.Stride) + i]))),
        };
    }

    private string PathText(int path)
    {
        Assert.IsTrue(Tables.Paths.IsUsed(path), "a handle names a released path row");
        uint word = (uint)Tables.Paths.Record[path * PathTable.Stride];
        int transport = Tables.Paths.Record[(path * PathTable.Stride) + 1];
        string push = word == 0 ? "" : $"label {word >> 12} s{(word >> 8) & 1} ttl {word & 255} {((transport & PathTable.Uniform) != 0 ? "uniform" : "pipe")} over ";
        return push + TransportText(transport & PathTable.TransportMask);
    }

    public string TransportText(int transport)
    {
        Assert.IsTrue(Tables.Transports.IsUsed(transport), "a path names a released transport");
        int r = transport * TransportTable.Stride;
        int length = Tables.Transports.Record[r + TransportTable.Length];
        if (Tables.Transports.Record[r + TransportTable.Room] < 0) return "unusable";
        string octets = Convert.ToHexString(Tables.Transports.Ready, Tables.Transports.ReadyEnd(transport) - length, length);
        return $"port {Tables.Transports.Record[r]} room {Tables.Transports.Record[r + TransportTable.Room]} {octets}";
    }

    /// <summary>The ready octets to a neighbour that answered: destination, our port, EtherType, label words.</summary>
    public static string Ready(int port, int room, string neighbor, string etherType, string labels = "")
    {
        return $"port {port} room {room} 02AA{Ip(neighbor):X8}02000000000{port + 1}{etherType}{labels}";
    }

    /// <summary>Everything a frame could meet, one line each, sorted.</summary>
    public string Forwarding()
    {
        StringBuilder text = new();
        for (int v = 0; v < Capacity.Vrfs; v++)
        {
            int start = Tables.Prefixes.Vrf[(v * PrefixTable.Stride) + PrefixTable.Base];
            int count = Tables.Prefixes.Vrf[(v * PrefixTable.Stride) + PrefixTable.CountField];
            for (int i = start; i < start + count; i++)
            {
                text.AppendLine($"{v} {Tables.Prefixes.First[i]:X8}/{Tables.Prefixes.BitsAt(i)} {HandleText(Tables.Prefixes.Handle[i])}");
            }
        }

        for (int label = Tables.Labels.First; label < Tables.Labels.First + Capacity.Labels; label++)
        {
            if (Tables.Labels.Lookup(label) != 0) text.AppendLine($"label {label} {Ilm(label)}");
        }

        foreach (int pw in Enumerable.Range(0, Capacity.Pseudowires).Where(Control.Pseudowires.IsUsed).OrderBy(Control.Pseudowires.PortOf))
        {
            string way = Control.Pseudowires.TransportOf(pw) < 0 ? "" : PathText(Tables.Pseudowires.Record[(pw * PseudowireTable.Stride) + PseudowireTable.Path]);
            text.AppendLine($"pw {Control.Pseudowires.PortOf(pw)} {Reason.Text(Control.Pseudowires.DownReason(pw))} {way}");
        }

        return text.ToString();
    }

    /// <summary>Rows in use in every table but the neighbours' own transports, which their slots keep.</summary>
    public string Counts()
    {
        int groups = Enumerable.Range(0, Tables.Groups.Count).Count(g => Tables.Groups.Record[g * Tables.Groups.Stride] != 0);
        int handles = Tables.Labels.Handle.Count(h => h != 0) + Tables.Ports.Record.Where((_, i) => i % PortTable.Stride is PortTable.Any or PortTable.Untagged).Count(h => h != 0);
        int pseudowires = Enumerable.Range(0, Capacity.Pseudowires).Count(Control.Pseudowires.IsUsed);
        int references = Enumerable.Range(0, Capacity.Neighbors).Sum(Host.Neighbors.ReferencesOf);
        int vrfs = Enumerable.Range(0, Capacity.Vrfs).Count(Tables.Vrfs.IsUsed);
        return $"paths {UsedPaths()} groups {groups} prefixes {Tables.Prefixes.Used} ilm and circuits {handles} pseudowires {pseudowires} tunnels {Control.Tunnels.Used} "
            + $"wanted {references} rib {Control.Routes.Used} bindings {Control.Bindings.Used} labels {Control.Labels.Used} vrfs {vrfs} "
            + $"names {Host.Interfaces.Name.Count(n => n != null)}";
    }

    /// <summary>Path rows that are neither free nor resting.</summary>
    public int UsedPaths() => Enumerable.Range(0, Tables.Paths.Count).Count(Tables.Paths.IsUsed);
}
