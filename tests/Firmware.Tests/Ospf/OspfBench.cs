using System.Globalization;
using LabEdge.Forwarding.Wire;
using LabEdge.Ospf;
using LabEdge.Tests.ConsoleRoom;

namespace LabEdge.Tests.Ospf;

/// <summary>A router 1.1.1.1 with OSPF on Ethernet1 (10.0.0.1/24, point-to-point unless a case says otherwise), and a neighbour 2.2.2.2 at 10.0.0.2 that the test speaks for.</summary>
public sealed class OspfBench
{
    public const uint Own = 0x0A000001;
    public const uint Peer = 0x0A000002;
    private static readonly string[] Types = ["", "Hello", "DD", "LSR", "LSU", "LSAck"];
    private static readonly string[] NeighborStates = ["Down", "Attempt", "Init", "2-Way", "ExStart", "Exchange", "Loading", "Full"];
    private static readonly string[] InterfaceStates = ["Down", "Loopback", "Waiting", "P2P", "DROther", "Backup", "DR"];

    public readonly ConsoleBench Bench = new(ospf: true);
    private readonly List<(string Type, byte[] Body)> _heard = [];

    public OspfBench()
    {
        Bench.Configure("interface Ethernet1\nip address 10.0.0.1 255.255.255.0\nip ospf network point-to-point\nrouter ospf 1\nrouter-id 1.1.1.1\nnetwork 10.0.0.0 0.0.0.255 area 0");
        Run();

        // So that its own advertisement may be followed by the next at once (MinLSInterval).
        Wait(2000);
    }

    public OspfModule Ospf => Bench.Ospf;

    /// <summary>Source, router id, area and destination of the packets that go in; they are signed last.</summary>
    public uint Source { get; set; } = Peer;

    public uint RouterId { get; set; } = 0x02020202;

    public uint Area { get; set; }

    public uint Destination { get; set; } = OspfModule.AllRouters;

    /// <summary>What packets are signed with: 0 nothing, 1 a password, 2 a key with its number and sequence.</summary>
    public int SealType { get; set; }

    public byte KeyId { get; set; }

    public uint Sequence { get; set; }

    public byte[] Key { get; set; } = [];

    /// <summary>The state of the neighbour that is spoken for.</summary>
    public string Neighbor => Ospf.Neighbors.Where(n => n.Interface == 0 && n.Address == Source).Select(n => NeighborStates[n.State]).SingleOrDefault() ?? "none";

    public string Interface => InterfaceStates[Ospf.Interfaces[0].State];

    public void Wait(int ms)
    {
        for (int t = 0; t < ms; t += 100)
        {
            Bench.Now += 100;
            Run();
        }
    }

    /// <summary>A packet in: header and checksum are made here.</summary>
    public void Send(string type, byte[] body)
    {
        byte[] packet = new byte[OspfHeader.Length + body.Length];
        OspfHeader.Write(packet, 0, Array.IndexOf(Types, type), packet.Length, RouterId, Area);
        body.CopyTo(packet, OspfHeader.Length);
        packet[OspfHeader.AuthenticationTypeOffset + 1] = (byte)SealType;
        if (SealType != OspfHeader.Cryptographic)
        {
            Octets.WriteUInt16(packet, OspfHeader.ChecksumOffset, OspfHeader.Checksum(packet, 0, packet.Length));
            Key.CopyTo(packet, OspfHeader.AuthenticationOffset);
            Raw(packet);
            return;
        }

        packet[OspfHeader.KeyIdOffset] = KeyId;
        packet[OspfHeader.DigestLengthOffset] = OspfHeader.DigestLength;
        Octets.WriteUInt32(packet, OspfHeader.SequenceOffset, Sequence);
        byte[] digest = System.Security.Cryptography.MD5.HashData([.. packet, .. Key, .. new byte[OspfHeader.DigestLength - Key.Length]]);
        Raw([.. packet, .. digest]);
    }

    /// <summary>A packet in as it is, its OSPF header included.</summary>
    public void Raw(byte[] packet)
    {
        byte[] frame = new byte[EthernetHeader.Length + Ipv4Header.Length + packet.Length];
        bool group = Destination >> 28 == 14;
        Hex.Octets(group ? "01005E0000" + (Destination & 255).ToString("X2", CultureInfo.InvariantCulture) : "020000000101").CopyTo(frame, 0);
        Hex.Octets("02000000BB01 0800").CopyTo(frame, 6);
        Ipv4Header.Write(frame, EthernetHeader.Length, 48, Ipv4Header.Length + packet.Length, 1, false, 1, OspfHeader.Protocol, Source, Destination);
        packet.CopyTo(frame, EthernetHeader.Length + Ipv4Header.Length);
        Bench.Ports[0].Queue(frame);
        Run();
    }

    /// <summary>What went out since it was asked last; digests cut off.</summary>
    public List<(string Type, byte[] Body)> Heard()
    {
        List<(string, byte[])> heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    /// <summary>Lets everything happen that is due now.</summary>
    public void Run()
    {
        for (int k = 0; k < 4; k++)
        {
            Bench.Poll();
            foreach (byte[] frame in Bench.Ports[0].Sent.ToArray()) Take(frame);
            Bench.Ports[0].Sent.Clear();
        }
    }

    private void Take(byte[] frame)
    {
        if (frame[12] == 8 && frame[13] == 6 && frame[21] == 1)
        {
            // Whoever is asked for by ARP is there.
            byte[] answer = [.. frame[6..12], 2, 0, 0, 0, 0xBB, 1, 8, 6, 0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0xBB, 1, .. frame[38..42], .. frame[22..32], .. new byte[18]];
            if (!frame[38..42].SequenceEqual(frame[28..32])) Bench.Ports[0].Queue(answer);
            return;
        }

        if (frame[12] != 8 || frame[13] != 0 || frame[23] != OspfHeader.Protocol) return;
        byte[] packet = frame[34..(14 + Octets.ReadUInt16(frame, 16))];
        int length = OspfHeader.ReadLength(packet, 0);
        if (packet[OspfHeader.AuthenticationTypeOffset + 1] != OspfHeader.Cryptographic) Assert.AreEqual(0, OspfHeader.Checksum(packet, 0, length), "checksum");
        _heard.Add((Types[packet[1]], packet[OspfHeader.Length..length]));
    }
}
