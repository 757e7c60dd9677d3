using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Ldp;
using LabEdge.Tcp;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Ldp;

/// <summary>A router 1.1.1.1 with LDP on Ethernet1 (10.0.0.1/24), and a neighbour 2.2.2.2 at 10.0.0.2 that the test speaks for, message by message.</summary>
public sealed class LdpBench : ITcpListener
{
    public const uint Own = 0x01010101;
    public const uint Peer = 0x02020202;
    public const uint PeerPort = 0x0A000002;

    public readonly ConsoleBench Bench;
    public readonly LdpModule Module;

    private readonly TcpStack _own;
    private readonly TcpStack _peer;
    private readonly Queue<(bool ToOwn, uint From, uint To, byte[] Segment)> _wire = new();
    private readonly List<byte> _heard = [];
    private uint _messageId = 0x100;

    public LdpBench(Capacity capacity = null)
    {
        capacity ??= Capacity.Small();
        Bench = new ConsoleBench(capacity, 3);
        byte[] entropy = new byte[32];
        entropy[3] = 9;
        _own = new TcpStack(capacity, entropy, new End(this, false));
        Capacity large = Capacity.Board();
        large.TcpRing = 65000;
        _peer = new TcpStack(large, [.. entropy.Reverse()], new End(this, true));
        Module = new LdpModule(Bench.Router.Tables, Bench.Router.Host, Bench.Router.Control, _own, capacity);
        Bench.Router.AddModule(Module);
        Bench.Router.AddModule(_own);
        foreach (string line in new[]
        {
            "enable", "configure terminal", "interface Loopback0", "ip address 1.1.1.1 255.255.255.255", "interface Ethernet1", "ip address 10.0.0.1 255.255.255.0", "mpls ip",
            "interface Ethernet2", "ip address 10.0.1.1 255.255.255.0", "exit", "ip route 2.2.2.2 255.255.255.255 10.0.0.2", "ip route 9.9.9.9 255.255.255.255 10.0.0.2",
            "mpls label protocol ldp", "mpls ldp router-id Loopback0 force", "end",
        })
        {
            string answer = Bench.Run(line);
            Assert.DoesNotContain("%", answer, line);
        }
        Step();
    }

    /// <summary>A hello each 5 s while time passes.</summary>
    public bool IsGreeting { get; set; } = true;

    public void TcpBill(RamBill bill) => _own.Bill(bill);

    public TcpConnection Connection { get; private set; }

    public LdpSession Session => Module.FindSession(Peer);

    public string State => Session == null ? "none" : LdpMachine.Name(Session.State);

    public bool Offer(TcpConnection connection)
    {
        Connection = connection;
        return true;
    }

    public byte[] KeyOf(uint remote) => null;

    /// <summary>A link hello of the neighbour.</summary>
    public bool Hello(int hold = 15, uint transport = Peer, uint lsrId = Peer, int flags = 0, uint destination = LdpMessage.AllRouters, int port = 0)
    {
        PduWriter writer = new(200);
        writer.Begin(lsrId, 200);
        writer.Message(LdpMessage.Hello, 1);
        writer.Tlv(LdpMessage.HelloParameters, 4);
        writer.UInt16(hold);
        writer.UInt16(flags);
        writer.Tlv(LdpMessage.Ipv4Transport, 4);
        writer.UInt32(transport);
        writer.EndMessage();
        writer.End();
        bool taken = Datagram([.. writer.Octets.Take(writer.Length)], destination, port);
        Step();
        return taken;
    }

    public bool Datagram(byte[] pdu, uint destination, int port = 0)
    {
        Frame frame = new(64, 1514);
        int ip = frame.Headroom + EthernetHeader.Length;
        frame.Start = frame.Headroom;
        frame.Length = EthernetHeader.Length + 28 + pdu.Length;
        frame.Port = port;
        frame.Offset = ip;
        frame.Context = VrfStore.Global;
        Ipv4Header.Write(frame.Octets, ip, 48, 28 + pdu.Length, 1, false, 1, Ipv4Header.Udp, PeerPort, destination);
        pdu.CopyTo(frame.Octets, ip + 28);
        return Module.Receive(frame, ip + 28, pdu.Length, Bench.Now);
    }

    /// <summary>The neighbour connects (its address is the higher one).</summary>
    public void Connect()
    {
        if (Connection != null) _peer.Release(Connection);
        Connection = _peer.Open(VrfStore.Global, Peer, Own, LdpMessage.Port, null, 0, Bench.Now);
        Step();
    }

    /// <summary>Hello, connection, Initialization and KeepAlive: the session is operational, and what it said so far is read.</summary>
    /// <param name="flags">Of its hello.</param>
    public void Establish(int flags = 0)
    {
        Hello(flags: flags);
        Connect();
        Send(LdpMessage.Initialization, "0500000E 0001 00B4 0000 0000 01010101 0000 8506000180 850B000180 8603000180");
        Send(LdpMessage.KeepAlive, "");
        Assert.AreEqual("Oper", State);
        Heard();
    }

    public void Send(int type, string body)
    {
        byte[] octets = Hex.Octets(body);
        byte[] pdu = new byte[18 + octets.Length];
        Octets.WriteUInt16(pdu, 0, 1);
        Octets.WriteUInt16(pdu, 2, pdu.Length - 4);
        Octets.WriteUInt32(pdu, 4, Peer);
        Octets.WriteUInt16(pdu, 10, type);
        Octets.WriteUInt16(pdu, 12, octets.Length + 4);
        Octets.WriteUInt32(pdu, 14, _messageId++);
        octets.CopyTo(pdu, 18);
        Raw(pdu);
    }

    public void Raw(byte[] octets)
    {
        Connection.Write(octets, 0, octets.Length);
        Step();
    }

    /// <summary>Runs the router and both stacks without letting time pass.</summary>
    public void Step()
    {
        for (int i = 0; i < 12; i++)
        {
            Bench.Router.Poll(Bench.Now, 400);
            _peer.Poll(Bench.Now, 100);
            while (_wire.TryDequeue(out (bool ToOwn, uint From, uint To, byte[] Segment) s))
            {
                (s.ToOwn ? _own : _peer).Receive(VrfStore.Global, s.From, s.To, 255, s.Segment, 0, s.Segment.Length, Bench.Now);
            }
        }
        while (Connection is { Available: > 0 } connection)
        {
            byte[] part = new byte[connection.Available];
            connection.Peek(0, part, 0, part.Length);
            connection.Consume(part.Length);
            _heard.AddRange(part);
        }
    }

    public void Wait(int ms)
    {
        for (int left = ms; left > 0; left -= 50)
        {
            Bench.Now += 50;
            if (IsGreeting && Bench.Now % 5000 == 0) Hello();
            Step();
        }
    }

    /// <summary>Each whole message since the last call: its name and, in hexadecimal, what comes after the message id.</summary>
    public List<string> Heard()
    {
        List<string> messages = [];
        byte[] octets = [.. _heard];
        int at = 0;
        while (octets.Length - at >= 10)
        {
            int end = at + 4 + Octets.ReadUInt16(octets, at + 2);
            if (end > octets.Length) break;
            Assert.AreEqual(Own, Octets.ReadUInt32(octets, at + 4));
            for (at += 10; at < end;)
            {
                int length = Octets.ReadUInt16(octets, at + 2);
                messages.Add((Name(Octets.ReadUInt16(octets, at)) + " " + Hex.Text(octets, at + 8, length - 4)).Trim());
                at += 4 + length;
            }
            Assert.AreEqual(end, at, "messages fill the PDU");
        }
        _heard.RemoveRange(0, at);
        return messages;
    }

    public static string Name(int type) => type switch
    {
        LdpMessage.Notification => "Notification",
        LdpMessage.Initialization => "Initialization",
        LdpMessage.KeepAlive => "KeepAlive",
        LdpMessage.Address => "Address",
        LdpMessage.AddressWithdraw => "AddressWithdraw",
        LdpMessage.LabelMapping => "LabelMapping",
        LdpMessage.LabelRequest => "LabelRequest",
        LdpMessage.LabelWithdraw => "LabelWithdraw",
        LdpMessage.LabelRelease => "LabelRelease",
        LdpMessage.LabelAbort => "LabelAbort",
        _ => type.ToString("X4"),
    };

    private sealed class End(LdpBench bench, bool toOwn) : ITcpOutput
    {
        public byte[] Octets { get; } = new byte[70000];
        public int Start => 0;

        public void Send(int vrf, uint source, uint destination, int length) => bench._wire.Enqueue((toOwn, source, destination, Octets.AsSpan(0, length).ToArray()));
    }
}
