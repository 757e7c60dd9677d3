using LabEdge.Forwarding;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>
/// <see cref="HostBench"/> with IPv6, past its address tests. Port 0: 2001:db8:1::1/64 in the global table; port 1: the same address in VRF 1;
/// port 2: 2001:db8:2::1/64; loopback 2001:db8:ff::1/128.
/// </summary>
internal sealed class Ipv6Bench
{
    public const string Link0 = "fe80::ff:fe00:10";
    public const string Link1 = "fe80::ff:fe00:11";
    public const string Own = "2001:db8:1::1";
    public const string Host9 = "2001:db8:1::9";
    public const string Host8 = "2001:db8:1::8";

    public readonly HostBench Bench;

    public Ipv6Bench(bool tested = true, int neighbors = 24)
    {
        Bench = new HostBench(neighbors);
        for (int i = 0; i < Host.Interfaces.Count; i++) Host.Interfaces.Usable[i] = true;
        SetAddress(0, 0, Own, 64);
        SetAddress(1, 1, Own, 64);
        SetAddress(2, 0, "2001:db8:2::1", 64);
        SetAddress(Bench.Capacity.Ports, 0, "2001:db8:ff::1", 128);
        if (!tested) return;
        Bench.Run(AddressTest.WaitMs);
        Bench.TakeSent();
    }

    public HostStack Host => Bench.Host;

    public Tables Tables => Bench.Tables;

    public void SetAddress(int port, int vrf, string address, int bits)
    {
        byte[] octets = Packets6.Address(address);
        Host.Ipv6.Enable(port);
        Host.Ipv6.Add(port, octets, 0, bits);
        if (port < Bench.Capacity.Ports)
        {
            byte[] prefix = new byte[16];
            Ipv6Address.CopyPrefix(octets, 0, bits, prefix, 0);
            Tables.Prefixes.Set6(vrf, prefix, 0, bits, ForwardingHandle.Glean | port);
            Host.AnnounceIpv6(port, Bench.Now);
        }
        Tables.Prefixes.Set6(vrf, octets, 0, 128, ForwardingHandle.Local | port);
    }

    /// <summary>A packet arrives on a port: what the stack did is in the bench.</summary>
    public void Receive(int mark, int port, int vrf, byte[] packet, int value = 0, string destination = null, string source = HostBench.Neighbor) =>
        Bench.Punt(mark, port, vrf, 14, Packets.Ethernet(destination ?? HostBench.StationOf(port), source, 0x86DD, packet), value);

    public void Local(int port, byte[] packet) => Receive(PuntClass.LocalIpv6, port, port == 1 ? 1 : 0, packet);

    public int Find(int port, string address) => Host.Neighbors6.Find(port, Packets6.Address(address), 0);

    public int State(int port, string address)
    {
        int n = Find(port, address);
        return n < 0 ? NeighborSlots.Free : Host.Neighbors6.StateOf(n);
    }

    /// <summary>Makes a neighbour known and routes its address to it, as Control would.</summary>
    public int Resolve(int port, int vrf, string address, string station)
    {
        int n = Host.Neighbors6.FindOrAdd(port, Packets6.Address(address), 0, true);
        Host.Neighbors6.Advertised(port, Packets6.Address(address), 0, Hex.Octets(station), 0, 0x60);
        Route(vrf, address, 128, Host.Neighbors6.IpTransport(n));
        Bench.TakeSent();
        return n;
    }

    public int Route(int vrf, string prefix, int bits, int transport, int serviceWord = 0)
    {
        int path = Tables.Paths.Allocate(1);
        Tables.Paths.Set(path, serviceWord, transport, false);
        Tables.Prefixes.Set6(vrf, Packets6.Address(prefix), 0, bits, ForwardingHandle.Path | path);
        return path;
    }

    /// <summary>The line of a sent frame, as <see cref="HostBench.TakeSent"/> says it.</summary>
    public static string Sent(int port, string to, byte[] packet) =>
        port + ": " + Hex.Text(Packets.Ethernet(to, HostBench.StationOf(port), 0x86DD, packet));
}
