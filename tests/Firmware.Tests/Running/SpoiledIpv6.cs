using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;
using LabEdge.Tests.Host;

namespace LabEdge.Tests.Running;

/// <summary>
/// IPv6 packets by a seed to a router with addresses in two VRFs: neighbour discovery, echo, errors that quote the router's own probes,
/// extension headers, packets to forward, all of them now and then with fields that lie. Nothing throws, the ingress ledger is exact.
/// </summary>
[TestClass]
public class SpoiledIpv6
{
    private const int Ports = 3;
    private const int Packets = 60_000;

    private static readonly string[] Senders = ["2001:db8:1::9", "2001:db8:1::8", "2001:db8:2::9", "2001:db8:ff::9", "fe80::9", "fe80::8", "::", "2001:db8:1::1", "ff02::1", "2001:db8:7::7"];
    private static readonly string[] Receivers =
    [
        "2001:db8:1::1", "2001:db8:1::1", "2001:db8:2::1", "2001:db8:ff::1", "fe80::ff:fe00:1", "fe80::ff:fe00:2", "ff02::1", "ff02::2", "ff02::1:ff00:1", "ff02::1:ff00:9", "ff02::5", "ff05::1",
        "2001:db8:1::9", "2001:db8:1::50", "2001:db8:2::9", "2001:db8:9::9", "2001:db8:a::9", "2001:db8:b::9", "fe80::77",
    ];

    private static readonly string[] Targets = ["2001:db8:1::1", "2001:db8:2::1", "2001:db8:1::9", "2001:db8:1::8", "fe80::ff:fe00:1", "fe80::ff:fe00:2", "fe80::9", "ff02::1", "2001:db8:1::50"];

    private readonly Random _numbers;
    private readonly RecordingPort[] _port = new RecordingPort[Ports];
    private readonly Tables _tables;
    private readonly HostStack _host;
    private readonly Frame[] _frames;
    private readonly BurstKernel _kernel;
    private byte[] _question = [];
    private uint _now;

    public SpoiledIpv6()
        : this(20261123, new NetKernel())
    {
    }

    private SpoiledIpv6(int seed, BurstKernel kernel)
    {
        _numbers = new Random(seed);
        _kernel = kernel;
        Capacity capacity = Capacity.Small();
        _tables = new Tables(capacity);
        _host = new HostStack(_tables, capacity, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        _frames = [new Frame(capacity.Headroom, capacity.MaxFrameLength)];
        for (int i = 0; i < Ports; i++)
        {
            _port[i] = new RecordingPort($"02000000000{i + 1}");
            _tables.Ports.Attach(i, _port[i]);
            _tables.Ports.SetScope(i, ForwardingHandle.ScopeCore);
            int vrf = i == 1 ? 1 : 0;
            _tables.Ports.Record[i * PortTable.Stride + PortTable.Untagged] = ForwardingHandle.Vrf | vrf;
            _host.Interfaces.Vrf[i] = vrf;
            _host.Interfaces.Usable[i] = true;
            byte[] own = Packets6.Address(i == 2 ? "2001:db8:2::1" : "2001:db8:1::1");
            _host.Ipv6.Enable(i);
            _host.Ipv6.Add(i, own, 0, 64);
            _tables.Prefixes.Set6(vrf, [.. own[..8], .. new byte[8]], 0, 64, ForwardingHandle.Glean | i);
            _tables.Prefixes.Set6(vrf, own, 0, 128, ForwardingHandle.Local | i);
            _host.PortUp(i, 0);
        }

        _tables.Labels.Set(20, ForwardingHandle.Vrf | 1, ForwardingHandle.ScopeCore);
        _tables.Labels.Set(21, ForwardingHandle.Local, ForwardingHandle.ScopeCore);
        foreach (int vrf in new[] { 0, 1 })
        {
            Route(vrf, "2001:db8:9::", Transport(2, 1500, 0x0800), 0);
            Route(vrf, "2001:db8:a::", Transport(2, 1500, 0x8847), LabelStackEntry.Word(500, 0, true, 255));
            Route(vrf, "2001:db8:b::", Transport(0, 300, 0x0800), 0);
            Route(vrf, "2001:db8:7::", Transport(0, 1500, 0x0800), 0);
        }

        int path = _tables.Paths.Allocate(1);
        _tables.Paths.Set(path, LabelStackEntry.Word(501, 0, true, 255), Transport(0, 1500, 0x8847), true);
        _tables.Labels.Set(22, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);

        // LSPs that much does not fit: one that is swapped, one that ends at the next hop.
        path = _tables.Paths.Allocate(1);
        _tables.Paths.Set(path, LabelStackEntry.Word(502, 0, true, 255), Transport(2, 300, 0x8847), true);
        _tables.Labels.Set(23, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);
        path = _tables.Paths.Allocate(2);
        _tables.Paths.Set(path, 0, Transport(0, 300, 0x8847), true);
        _tables.Paths.Set(path + 1, 0, Transport(0, 300, 0x86DD), true);
        _tables.Labels.Set(24, ForwardingHandle.PathPair | path, ForwardingHandle.ScopeCore);
    }

    private int Transport(int port, int mtu, int etherType)
    {
        int transport = _tables.Transports.Allocate();
        byte[] source = new byte[6];
        _port[port].GetAddress(source, 0);
        _tables.Transports.Set(transport, port, mtu, Hex.Octets("020000000099"), 0, source, 0, etherType, -1, [], 0);
        return transport;
    }

    private void Route(int vrf, string prefix, int transport, int word)
    {
        int path = _tables.Paths.Allocate(1);
        _tables.Paths.Set(path, word, transport, true);
        _tables.Prefixes.Set6(vrf, Packets6.Address(prefix), 0, 48, ForwardingHandle.Path | path);
    }

    [TestMethod]
    public void Spoiled_packets_throw_nothing_and_the_ledger_is_exact()
    {
        Feed(Packets);
        Assert.IsGreaterThan(Packets / 20, _tables.Ledger.Forwarded.Sum());
        Assert.IsGreaterThan(Packets / 100, _tables.Ledger.Originated.Sum());
    }

    /// <summary>For the woven world, with the kernel of the boards.</summary>
    public static void RunForCoverage(int seed) => new SpoiledIpv6(seed, new PortableKernel()).Feed(Packets / 2);

    private void Feed(int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            int port = _numbers.Next(Ports);
            byte[] frame = Make(port);
            Frame f = _frames[0];
            frame.CopyTo(f.Octets, f.Headroom);
            f.Start = f.Headroom;
            f.Length = frame.Length;
            _tables.Now = _now;
            _kernel.Burst(_tables, _frames, 0, 1, port);
            _host.HandleExceptions(_now);
            _host.Poll(_now);
            _tables.EndOfPoll();
            Resolve();
            Disturb();
            for (int p = 0; p < Ports; p++)
            {
                foreach (byte[] sent in _port[p].Sent)
                {
                    // A probe of the router: what answers quote.
                    if (_host.Probe.State == Probe.Waiting && sent.Length > 60 && sent[12] == 0x86 && sent[20] is 17 or 58 && (sent[20] == 17 || sent[54] == 128)) _question = sent[14..];
                }

                _port[p].Sent.Clear();
                Ledger ledger = _tables.Ledger;
                Assert.AreEqual(ledger.Received[p], ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p), $"packet {i}, {Hex.Text(frame)}");
            }
        }
    }

    // What Control does with a neighbour that is known, or no more.
    private void Resolve()
    {
        for (int n = _host.Neighbors6.NextChanged(); n != NeighborSlots.None; n = _host.Neighbors6.NextChanged())
        {
            byte[] address = (byte[])_host.Neighbors6.ChangedAddress.Clone();
            if (Ipv6Header.IsLinkLocal(address, 0)) continue;
            foreach (int vrf in new[] { 0, 1 })
            {
                int handle = _tables.Prefixes.Find6(vrf, address, 0, 128);
                if (handle > 0 && (handle & ForwardingHandle.KindMask) == ForwardingHandle.Path) _tables.Prefixes.Remove6(vrf, address, 0, 128);
            }

            int transport = _host.Neighbors6.StateOf(n) == NeighborSlots.Free ? -1 : _host.Neighbors6.IpTransport(n);
            if (transport < 0) continue;
            int path = _tables.Paths.Allocate(1);
            if (path < 0) continue;
            _tables.Paths.Set(path, 0, transport, false);
            _tables.Prefixes.Set6(_tables.Transports.Record[transport * TransportTable.Stride] == 1 ? 1 : 0, address, 0, 128, ForwardingHandle.Path | path);
            _tables.Paths.Release(path, 1);
        }
    }

    private void Disturb()
    {
        _now += (uint)(_numbers.Next(40) == 0 ? _numbers.Next(3000) : _numbers.Next(20));
        if (_host.Probe.State != Probe.Waiting && _numbers.Next(20) == 0)
        {
            byte[] to = Packets6.Address(Pick(Receivers));
            if (_numbers.Next(2) == 0) _host.Probe.StartEchoIpv6(0, -1, to, 0, null, 0, 100, 64, 300, _now);
            else _host.Probe.StartUdpIpv6(0, -1, to, 0, null, 0, 33434, 3, 300, _now);
        }
    }

    private T Pick<T>(T[] from) => from[_numbers.Next(from.Length)];

    private byte[] Make(int port)
    {
        byte[] packet = _question.Length > 0 && _numbers.Next(6) == 0 ? Answer() : Packet();
        if (_numbers.Next(3) == 0) Spoil(packet);
        byte[] station = new byte[6];
        _port[port].GetAddress(station, 0);
        string source = $"0200000000{_numbers.Next(16):X2}";
        if (packet[24] == 0xFF) station = [0x33, 0x33, .. packet[36..40]];
        byte[] labels = _numbers.Next(4) != 0 ? [] : Label(Pick(new[] { 20, 21, 22, 23, 24 }));
        byte[] frame = [.. station, .. Hex.Octets(source), .. Hex.Octets(labels.Length == 0 ? "86DD" : "8847"), .. labels, .. packet];
        if (labels.Length > 0) _port[port].GetAddress(frame, 0);
        return _numbers.Next(12) == 0 ? frame[.._numbers.Next(frame.Length)] : frame;
    }

    private byte[] Label(int label) => [(byte)(label >> 12), (byte)(label >> 4), (byte)((label << 4) | 1), (byte)Pick(new[] { 1, 2, 64, 255 })];

    private byte[] Packet()
    {
        string from = Pick(Senders);
        string to = Pick(Receivers);
        int hops = Pick(new[] { 255, 255, 64, 2, 1, 0 });
        string station = Pick(new[] { "", "020000000009", "020000000008" });
        byte[] packet = _numbers.Next(12) switch
        {
            0 or 1 => Packets6.Solicitation(from, to, Pick(Targets), station, hops),
            2 or 3 => Packets6.Advertisement(from, to, Pick(Targets), Pick(new[] { 0, 0x20, 0x40, 0x60, 0x80, 0xE0 }), station, hops),
            4 or 5 => Packets6.Echo(from, to, Pick(new[] { 128, 129 }), 7, 9, _numbers.Next(3) == 0 ? _numbers.Next(1300) : 20, hops),
            6 => Packets6.Icmp(from, to, Pick(new[] { 1, 2, 3, 4, 133, 134, 137, 143, 200 }), _numbers.Next(8), Packets6.Data(_numbers.Next(80)), hops),
            7 => Packets6.Udp(from, to, 1000, Pick(new[] { 33434, 53, 6635 }), _numbers.Next(900), hops),
            _ => Packets6.Ip(from, to, Pick(new[] { 6, 17, 59, 0, 43, 44, 60, 51, 4, 41, 47, 50, 132, 99, 253 }), Packets6.Data(_numbers.Next(3) == 0 ? _numbers.Next(1400) : 40), hops),
        };
        return _numbers.Next(8) == 0 ? Extended(packet) : packet;
    }

    // The packet with one or two extension headers between header and payload.
    private byte[] Extended(byte[] packet)
    {
        byte[] front = packet[..40];
        byte[] rest = packet[40..];
        for (int i = _numbers.Next(1, 3); i > 0; i--)
        {
            int kind = Pick(new[] { 0, 43, 44, 60, 60 });
            byte[] header = kind switch
            {
                44 => [front[6], 0, (byte)Pick(new[] { 0, 0, 1 }), (byte)Pick(new[] { 0, 0, 1, 9 }), 1, 2, 3, 4],
                43 => [front[6], 0, 0, (byte)_numbers.Next(2), 0, 0, 0, 0],
                _ => [front[6], 0, (byte)Pick(new[] { 1, 1, 1, 0x3E, 0x7E, 0xBE, 0xC2, 0 }), 4, 0, 0, 0, 0],
            };
            front[6] = (byte)kind;
            rest = [.. header, .. rest];
        }

        front[4] = (byte)(rest.Length >> 8);
        front[5] = (byte)rest.Length;
        return [.. front, .. rest];
    }

    // A reply to the router's probe, or an error that quotes it, with an extension of labels or without (RFC 4884, RFC 4950).
    private byte[] Answer()
    {
        string own = new System.Net.IPAddress(_question[8..24]).ToString();
        string asked = new System.Net.IPAddress(_question[24..40]).ToString();
        string router = Pick(new[] { asked, "2001:db8:7::1" });
        if (_question[6] == 58 && _numbers.Next(3) == 0) return Packets6.Icmp(asked, own, 129, 0, _question[44..]);
        byte[] quoted = _question[.._numbers.Next(Math.Min(_question.Length, 60), _question.Length + 1)];
        int words = Pick(new[] { 0, 0, 8, 16, 4, 200 });
        byte[] extension = words is 8 or 16 ? Hex.Octets("2000 0000 0008 0101 0001 4140") : [];
        byte[] body = extension.Length == 0 ? quoted : [.. quoted, .. new byte[Math.Max(0, words * 8 - quoted.Length)]];
        return Packets6.Icmp(router, own, Pick(new[] { 1, 3, 2, 4 }), _numbers.Next(7), [(byte)words, 0, 5, 0, .. body, .. extension]);
    }

    private void Spoil(byte[] packet)
    {
        for (int i = _numbers.Next(1, 3); i > 0; i--)
        {
            int at = _numbers.Next(Math.Min(packet.Length, 90));
            packet[at] = _numbers.Next(2) == 0 ? (byte)(packet[at] ^ (1 << _numbers.Next(8))) : (byte)_numbers.Next(256);
        }

        // Mostly with the checksum that an ICMPv6 message so changed has.
        if (packet[6] == 58 && packet.Length >= 44 && _numbers.Next(3) != 0)
        {
            packet[42] = packet[43] = 0;
            byte[] pseudo = [.. packet[8..40], 0, 0, (byte)((packet.Length - 40) >> 8), (byte)(packet.Length - 40), 0, 0, 0, 58, .. packet[40..]];
            int sum = LabEdge.Tests.Host.Packets.Checksum(pseudo);
            packet[42] = (byte)(sum >> 8);
            packet[43] = (byte)sum;
        }
    }
}
