using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>
/// A host stack on real tables with ports that record. Port 0 is 10.0.0.1/24 in the global table, port 1 the same address in
/// VRF 1, port 2 10.0.2.1/24 in the global table; loopback 10.255.0.1/32.
/// </summary>
internal sealed class HostBench
{
    public const string Station0 = "020000000010";
    public const string Station1 = "020000000011";
    public const string Station2 = "020000000012";
    public const string Neighbor = "0200000000AA";
    public const string Neighbor2 = "0200000000BB";
    public const string All = "FFFFFFFFFFFF";
    public const string Zero = "000000000000";

    public readonly Capacity Capacity = Capacity.Small();
    public readonly Tables Tables;
    public readonly HostStack Host;
    public readonly RecordingPort[] Ports = [new(Station0), new(Station1), new(Station2)];
    public readonly byte[] Entropy = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    public uint Now = 1000;
    private readonly Frame[] _frames;

    public HostBench(int neighbors = 24)
    {
        Capacity.Neighbors = neighbors;
        Tables = new Tables(Capacity);
        Host = new HostStack(Tables, Capacity, Entropy);
        for (int i = 0; i < Ports.Length; i++) Tables.Ports.Attach(i, Ports[i]);
        Tables.Vrfs.Add("red");
        SetAddress(0, 0, "10.0.0.1", 24);
        SetAddress(1, 1, "10.0.0.1", 24);
        SetAddress(2, 0, "10.0.2.1", 24);
        SetAddress(Capacity.Ports, 0, "10.255.0.1", 32);
        _frames = new Frame[Capacity.Frames];
        for (int i = 0; i < _frames.Length; i++) _frames[i] = new Frame(Capacity.Headroom, Capacity.MaxFrameLength);
        Host.Poll(Now);
    }

    public static uint Address(string text) => Packets.Address(text);

    public void SetAddress(int port, int vrf, string address, int bits)
    {
        uint own = Address(address);
        Host.Interfaces.Name[port] = (port < Capacity.Ports ? "Ethernet" : "Loopback") + port;
        Host.Interfaces.SetAddress(port, vrf, own, bits);
        if (port < Capacity.Ports) Tables.Prefixes.Set(vrf, own & InterfaceTable.MaskOf(bits), bits, ForwardingHandle.Glean | port);
        Tables.Prefixes.Set(vrf, own, 32, ForwardingHandle.Local);
    }

    /// <summary>Notes a frame as the kernel would and lets the stack handle it.</summary>
    public void Punt(int mark, int port, int vrf, int offset, byte[] frame, int value = 0)
    {
        Note(mark, port, vrf, offset, frame, value);
        Host.HandleExceptions(Now);
        Assert.AreEqual(0, Tables.ExceptionCount);
    }

    public void Note(int mark, int port, int vrf, int offset, byte[] frame, int value = 0)
    {
        Frame f = _frames[Tables.ExceptionCount];
        frame.CopyTo(f.Octets, f.Headroom);
        f.Start = f.Headroom;
        f.Length = frame.Length;
        f.Port = port;
        f.Mark = mark;
        f.Context = vrf;
        f.Offset = f.Headroom + offset;
        f.Value = value;
        Tables.Exceptions[Tables.ExceptionCount++] = f;
    }

    public void Arp(int port, int vrf, byte[] arp) => Punt(PuntClass.Arp, port, vrf, 14, Packets.Ethernet(All, Neighbor, 0x0806, arp));

    public void Ip(int mark, int port, int vrf, byte[] packet, int value = 0) =>
        Punt(mark, port, vrf, 14, Packets.Ethernet(StationOf(port), Neighbor, 0x0800, packet), value);

    public static string StationOf(int port) => port == 0 ? Station0 : port == 1 ? Station1 : Station2;

    /// <summary>Makes a neighbour known and routes its address to it, as Control would.</summary>
    public int Resolve(int port, int vrf, string address, string hardware)
    {
        int n = Host.Neighbors.FindOrAdd(port, Address(address), true);
        Host.Neighbors.Heard(port, Address(address), Hex.Octets(hardware), 0, true);
        Route(vrf, address, 32, 0, Host.Neighbors.IpTransport(n));
        foreach (RecordingPort p in Ports) p.Sent.Clear();
        return n;
    }

    /// <summary>Routes a prefix by one path.</summary>
    public int Route(int vrf, string prefix, int bits, int serviceWord, int transport)
    {
        int path = Tables.Paths.Allocate(1);
        Tables.Paths.Set(path, serviceWord, transport, false);
        Tables.Prefixes.Set(vrf, Address(prefix), bits, ForwardingHandle.Path | path);
        return path;
    }

    /// <summary>Advances time in steps, polling as often as the stack asks.</summary>
    public void Run(uint ms)
    {
        uint end = Now + ms;
        while (true)
        {
            uint due = Host.Poll(Now);
            if (Now == end) return;
            uint rest = end - Now;
            Now += Math.Min(rest, Math.Max(1, due));
        }
    }

    public int Dropped(int port, int reason) => Tables.Ledger.DroppedOn(port, reason);

    /// <summary>Everything sent since the last call, "port: octets" per line.</summary>
    public string TakeSent()
    {
        List<string> lines = [];
        for (int i = 0; i < Ports.Length; i++)
        {
            lines.AddRange(Ports[i].Sent.Select(frame => i + ": " + Hex.Text(frame)));
            Ports[i].Sent.Clear();
        }
        return string.Join("\n", lines);
    }
}
