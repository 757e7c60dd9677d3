using System.Globalization;
using LabEdge.Bfd;
using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Bfd;

/// <summary>A router 10.0.0.1 with BFD on Ethernet1, a static route over 10.0.0.2 that follows it, and a neighbour there whom the test speaks for, packet by packet.</summary>
public sealed class BfdBench
{
    public const uint Own = 0x0A000001;
    public const uint Peer = 0x0A000002;
    public const string PeerMac = "06000000AA02";

    public readonly ConsoleBench Bench;
    public readonly BfdModule Module;
    private readonly List<byte[]> _heard = [];

    public BfdBench(Capacity capacity = null, string interval = "bfd interval 50 min_rx 50 multiplier 3", int seed = 1)
    {
        capacity ??= Capacity.Small();
        Bench = new ConsoleBench(capacity, 3, number: seed);
        byte[] entropy = new byte[32];
        new Random(seed).NextBytes(entropy);
        Module = new BfdModule(Bench.Router.Host, Bench.Router.Control, capacity, entropy);
        Bench.Router.AddModule(Module);
        Bench.Run("enable");
        Bench.Configure("interface Ethernet1\nip address 10.0.0.1 255.255.255.0\ninterface Ethernet2\nip address 10.0.1.1 255.255.255.0\nexit");
        Bench.Run("ping 10.0.0.2 repeat 1 timeout 0");
        Step();
        if (interval.Length > 0)
        {
            Bench.Configure("interface Ethernet1\n" + interval + "\nexit\nip route 9.9.9.0 255.255.255.0 Ethernet1 10.0.0.2\nip route static bfd Ethernet1 10.0.0.2");
            Step();
        }
    }

    public Liveness Liveness => Bench.Router.Control.Liveness;

    public BfdSession Session => Module.Find(0, Peer);

    public string State => Session == null ? "none" : BfdMachine.Name(Session.State);

    public string Answer
    {
        get
        {
            int row = Liveness.Find(0, Peer);
            return row < 0 ? "none" : Liveness.State[row] switch { Liveness.Unknown => "unknown", Liveness.Starting => "starting", Liveness.Up => "up", _ => "down" };
        }
    }

    /// <summary>True while 9.9.9.0/24 is forwarded by its static route.</summary>
    public bool RouteIsActive
    {
        get
        {
            RouteTable routes = Bench.Router.Control.Routes;
            int route = routes.FirstOf(0, 0x09090900, 24);
            return route >= 0 && routes.IsActive(route);
        }
    }

    /// <summary>A datagram of the neighbour to port 3784.</summary>
    public void Receive(byte[] payload, int ttl = 255, uint source = Peer, int port = 0, uint destination = Own)
    {
        byte[] frame = new byte[Math.Max(60, 42 + payload.Length)];
        Hex.Octets("02000000" + Bench.Router.Host.Interfaces.Name[port][^1..].PadLeft(4, '0')).CopyTo(frame, 0);
        byte[] address = new byte[6];
        Bench.Ports[port].GetAddress(address, 0);
        address.CopyTo(frame, 0);
        Hex.Octets(PeerMac).CopyTo(frame, 6);
        Octets.WriteUInt16(frame, 12, 0x0800);
        payload.CopyTo(frame, 42);
        Ipv4Header.Write(frame, 14, 48, 28 + payload.Length, 7, false, ttl, Ipv4Header.Udp, source, destination);
        UdpHeader.Write(frame, 34, 50000, BfdPacket.Port, 8 + payload.Length, source, destination);
        Bench.Ports[port].Queue(frame);
        Step();
    }

    /// <summary>Runs the router without letting time pass; the neighbour answers ARP.</summary>
    public void Step()
    {
        for (int i = 0; i < 4; i++)
        {
            Bench.Router.Poll(Bench.Now, 64);
            foreach (byte[] frame in Bench.Ports[0].Sent) Take(frame);
            Bench.Ports[0].Sent.Clear();
            Bench.Ports[1].Sent.Clear();
        }
    }

    private void Take(byte[] frame)
    {
        int type = Octets.ReadUInt16(frame, 12);
        if (type == 0x0806 && frame[21] == 1 && Octets.ReadUInt32(frame, 38) == Peer)
        {
            byte[] answer = new byte[60];
            frame.AsSpan(6, 6).CopyTo(answer);
            Hex.Octets(PeerMac).CopyTo(answer, 6);
            frame.AsSpan(12, 8).CopyTo(answer.AsSpan(12));
            answer[21] = 2;
            Hex.Octets(PeerMac).CopyTo(answer, 22);
            frame.AsSpan(38, 4).CopyTo(answer.AsSpan(28));
            frame.AsSpan(22, 10).CopyTo(answer.AsSpan(32));
            Bench.Ports[0].Queue(answer);
        }
        else if (type == 0x0800 && frame[23] == Ipv4Header.Udp && Octets.ReadUInt16(frame, 36) == BfdPacket.Port)
        {
            Assert.AreEqual(255, frame[22], "TTL");
            Assert.IsTrue(UdpHeader.ChecksumRight(frame, 34, UdpHeader.ReadLength(frame, 34), Own, Peer));
            Assert.IsGreaterThanOrEqualTo(49152, Octets.ReadUInt16(frame, 34), "RFC 5881 section 4: source port");
            Assert.AreEqual(Peer, Octets.ReadUInt32(frame, 30));
            _heard.Add(frame[42..(34 + UdpHeader.ReadLength(frame, 34))]);
        }
    }

    public void Wait(int ms)
    {
        for (; ms > 0; ms--)
        {
            Bench.Now++;
            Step();
        }
    }

    /// <summary>The packets sent since the last call.</summary>
    public List<byte[]> Heard()
    {
        List<byte[]> heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    /// <summary>Brings the session up with a neighbour of discriminator 7 that sends and takes each 100 ms; what was said so far is read.</summary>
    public void Establish()
    {
        Receive(Packet(BfdMachine.Down, your: 0));
        Receive(Packet(BfdMachine.Init));
        Receive(Packet(BfdMachine.Up, flags: BfdPacket.Final));
        Assert.AreEqual("Up", State);
        Heard();
    }

    public byte[] Packet(int state, uint my = 7, uint? your = null, int flags = 0, int multiplier = 3, uint txMs = 100, uint rxMs = 100, int diagnostic = 0)
    {
        byte[] octets = new byte[BfdPacket.Length];
        BfdPacket.Write(octets, 0, diagnostic, state, flags, multiplier, my, your ?? Session?.MyDiscriminator ?? 0, txMs * 1000, rxMs * 1000, 0);
        return octets;
    }

    /// <summary>Of a packet of ours, what the cases compare: state, bits, diagnostic, multiplier, the other's discriminator, intervals in ms.</summary>
    public string Text(byte[] octets)
    {
        Assert.HasCount(BfdPacket.Length, octets);
        Assert.AreEqual(BfdPacket.Version, BfdPacket.ReadVersion(octets, 0));
        Assert.AreEqual(BfdPacket.Length, BfdPacket.ReadLength(octets, 0));
        Assert.AreEqual(0u, BfdPacket.ReadRequiredMinEchoRx(octets, 0));
        int flags = BfdPacket.ReadFlags(octets, 0);
        int diagnostic = BfdPacket.ReadDiagnostic(octets, 0);
        string bits = ((flags & BfdPacket.Poll) != 0 ? " P" : "") + ((flags & BfdPacket.Final) != 0 ? " F" : "");
        Assert.AreEqual(0, flags & ~(BfdPacket.Poll | BfdPacket.Final));
        return string.Create(CultureInfo.InvariantCulture, $"{BfdMachine.Name(BfdPacket.ReadState(octets, 0))}{bits}{(diagnostic == 0 ? "" : " diag " + diagnostic)} mult {BfdPacket.ReadMultiplier(octets, 0)} ")
            + string.Create(CultureInfo.InvariantCulture, $"your {BfdPacket.ReadYourDiscriminator(octets, 0)} tx {BfdPacket.ReadDesiredMinTx(octets, 0) / 1000} rx {BfdPacket.ReadRequiredMinRx(octets, 0) / 1000}");
    }
}
