namespace LabEdge.Tests.Running;

/// <summary>
/// Makes the frames of the fuzz: right ones of every kind that the router knows, with single fields changed, labels and
/// S bits that lie, bits that flipped, truncations and tails of random octets. The payload carries the <see cref="Marker"/> of
/// the zone that the frame ends up in.
/// </summary>
public sealed class FrameForge
{
    public const int MaxFrame = 1514;

    private const int OwnStation = 0x10;
    private const int NeighborStation = 0x80;
    private const int MaxStack = 40;
    private const int OwnLabel = 103;

    private static readonly int[] OurLabels = [100, 100, 101, 101, 102, 103, 110, 110, 111, 111, 112, 120, 120, 121, 121];
    private static readonly int[] OddLabels = [0, 1, 2, 3, 7, 14, 15, 16, 150, 301, 527, 528, 600, 1048575];
    private static readonly int[] OddTypes = [0x86DD, 0x8848, 0x88CC, 0x9000, 0x0026, 0x05DC, 0xFFFF];

    private readonly SeededNumbers _numbers;
    private readonly ConfigurationPolicy _policy;
    private readonly uint[][] _asked;
    private readonly uint[] _own = new uint[FuzzConfiguration.Ports];

    public readonly byte[] Octets = new byte[4096];
    public readonly PacketForge Packets;

    /// <summary>Octets of the frame made last, and its zone.</summary>
    public int Length;
    public int Zone;

    /// <summary>The zone in which the router's own question waits for an answer.</summary>
    public int QuestionZone;

    public FrameForge(SeededNumbers numbers, ConfigurationPolicy policy)
    {
        _numbers = numbers;
        _policy = policy;
        Packets = new PacketForge(numbers);
        string[][] subnets = [["10.1.0"], ["10.1.0"], ["10.5.0"], ["10.9.0"], ["10.9.1"], ["10.5.0"], ["10.8.0"], ["10.8.0"]];
        _asked = [.. subnets.Select(s => PacketForge.Addresses(s[0] + ".2", s[0] + ".2", s[0] + ".9", s[0] + ".3", s[0] + ".50", s[0] + ".60", s[0] + ".77", s[0] + ".1", s[0] + ".255", "192.0.2.1", "0.0.0.0"))];
        for (int i = 0; i < _own.Length; i++) _own[i] = PacketForge.Address(subnets[i][0] + ".1");
    }

    /// <summary>Writes the router's station address of a port.</summary>
    public static void Station(byte[] b, int at, int port) => Hardware(b, at, OwnStation, port);

    /// <summary>Writes the address of the neighbour with this last octet on a port.</summary>
    public static void NeighborHardware(byte[] b, int at, int port, int host) => Hardware(b, at, NeighborStation + port, host);

    /// <summary>Makes a frame for a port.</summary>
    public void Make(int port)
    {
        Zone = _policy.ZoneOfPort(port);
        byte[] b = Octets;
        if (!Spoils)
        {
            Link(port, 0x0800);
            Length = Packets.Packet(b, 14, MaxFrame, Zone, 0);
        }
        else if (_policy.IsPseudowire(Zone))
        {
            Length = Inner(0, MaxFrame, Zone);
        }
        else if (Packets.QuestionLength != 0 && QuestionZone == Zone && _numbers.OneIn(4))
        {
            Link(port, 0x0800);
            Length = Packets.Answer(b, 14, MaxFrame);
        }
        else
        {
            MakeOf(port, _policy.IsCore(port) ? _numbers.Below(24) : 8 + _numbers.Below(16));
        }

        if (Spoils) Spoil();
        Zone = _policy.ZoneOf(port, b, 0, Length);

        // Three flipped bits can make a marker into one of another zone, whole again.
        if (Zone != ConfigurationPolicy.None) Marker.Rewrite(b, 0, Length, Zone);
    }

    private bool Spoils => Packets.Spoils;

    private void MakeOf(int port, int kind)
    {
        byte[] b = Octets;
        switch (kind)
        {
            case < 11:
                Link(port, 0x8847);
                Length = Labelled(14);
                break;
            case < 20:
                Link(port, 0x0800);
                Length = Packets.Packet(b, 14, MaxFrame, Zone, 0);
                break;
            case 20 or 21:
                Arp(port);
                break;
            case 22:
                Tagged(port);
                break;
            default:
                Link(port, OddTypes[_numbers.Below(OddTypes.Length)]);
                Marker.Fill(b, 14, 60, Zone);
                Length = 60;
                break;
        }
    }

    private void Link(int port, int type)
    {
        byte[] b = Octets;
        Station(b, 0, port);
        if (Spoils)
        {
            switch (_numbers.Below(60))
            {
                case 0: b.AsSpan(0, 6).Fill(0xFF); break;
                case 1: b[0] |= 1; break;
                case 2: b[_numbers.Below(6)] ^= (byte)(2 << _numbers.Below(6)); break;
            }
        }

        NeighborHardware(b, 6, port, 2);
        PacketForge.Two(b, 12, type);
    }

    // A label stack and what the top label asks for.
    private int Labelled(int at)
    {
        byte[] b = Octets;
        int label = _numbers.Below(16) switch { 0 => OddLabels[_numbers.Below(OddLabels.Length)], 1 => _numbers.Below(1 << 20), _ => OurLabels[_numbers.Below(OurLabels.Length)] };
        int zone = -1;
        Entry(at, label, false);
        zone = _policy.ZoneOf(3, WithType(at), 0, at + 4);
        if (zone != ConfigurationPolicy.None) Zone = zone;
        bool service = Zone != ConfigurationPolicy.Provider;
        bool own = label == OwnLabel;
        int more = own ? (_numbers.OneIn(3) ? 0 : _numbers.From(1, 3)) : service ? (_numbers.OneIn(12) ? 1 : 0) : _numbers.Below(8) switch { < 3 => 0, < 5 => 1, 5 => 2, 6 => 3, _ => _numbers.Below(MaxStack) };
        for (int i = 1; i <= more; i++) Entry(at + i * 4, _numbers.OneIn(own ? 1 : 3) ? OurLabels[_numbers.Below(OurLabels.Length)] : _numbers.Below(1 << 20), false);
        int last = at + more * 4;
        if (!_numbers.OneIn(25)) b[last + 2] |= 1;
        if (own)
        {
            zone = _policy.ZoneOf(3, b, 0, last + 4);
            if (zone != ConfigurationPolicy.None) Zone = zone;
            label = (b[last] << 12) | (b[last + 1] << 4) | (b[last + 2] >> 4);
        }

        at = last + 4;
        if (_policy.IsPseudowire(Zone))
        {
            if (_numbers.OneIn(10)) return Packets.Packet(b, at, MaxFrame, Zone, 0);
            if (label == 120)
            {
                PacketForge.Four(b, at, _numbers.Below(8) switch { 0 => 0x10000021, 1 => _numbers.Next(), _ => 0 });
                at += 4;
            }

            return Inner(at, MaxFrame, Zone);
        }

        if (!_numbers.OneIn(16)) return Packets.Packet(b, at, MaxFrame, Zone, 0);
        Marker.Fill(b, at, 64, Zone);
        return at + _numbers.Below(64);
    }

    private byte[] WithType(int at)
    {
        PacketForge.Two(Octets, at - 2, 0x8847);
        return Octets;
    }

    private void Entry(int at, int label, bool bottom)
    {
        int ttl = _numbers.Below(20) switch { 0 => 0, 1 => 1, 2 => 2, _ => _numbers.From(3, 255) };
        PacketForge.Four(Octets, at, (uint)((label << 12) | (_numbers.Below(8) << 9) | (bottom ? 0x100 : 0) | ttl));
    }

    // A customer's frame on a pseudowire: anything.
    private int Inner(int at, int limit, int zone)
    {
        byte[] b = Octets;
        if (_numbers.OneIn(20))
        {
            Marker.Fill(b, at, 16, zone);
            return at + _numbers.Below(16);
        }

        Hardware(b, at, 0x44, _numbers.Below(4));
        Hardware(b, at + 6, 0x45, _numbers.Below(4));
        int type = _numbers.Below(6) switch { 0 => 0x0806, 1 => 0x8100, 2 => 0x8847, 3 => 0x86DD, _ => 0x0800 };
        PacketForge.Two(b, at + 12, type);
        if (type == 0x0800) return Packets.Packet(b, at + 14, limit, zone, 0);
        int size = Math.Min(_numbers.OneIn(10) ? _numbers.From(1440, 1500) : _numbers.From(28, 100), limit - at - 14);
        Marker.Fill(b, at + 14, size, zone);
        return at + 14 + size;
    }

    private void Arp(int port)
    {
        byte[] b = Octets;
        Link(port, 0x0806);
        if (_numbers.OneIn(2)) b.AsSpan(0, 6).Fill(0xFF);
        ArpPacket(port, 14);
        Length = 60;
    }

    private void ArpPacket(int port, int at)
    {
        byte[] b = Octets;
        b.AsSpan(at, 46).Clear();
        PacketForge.Four(b, at, 0x00010800);
        PacketForge.Four(b, at + 4, _numbers.OneIn(12) ? _numbers.Next() : 0x06040001);
        b[at + 7] = (byte)(_numbers.Below(12) switch { 0 => 3, < 7 => 1, _ => 2 });
        int host = _numbers.Below(_asked[port].Length);
        uint sender = _numbers.OneIn(16) ? _numbers.Next() : _asked[port][host];
        NeighborHardware(b, at + 8, port, (int)(sender & 255));
        switch (_numbers.Below(30))
        {
            case 0: b[at + 8] |= 1; break;
            case 1: b.AsSpan(at + 8, 6).Clear(); break;
            case 2: NeighborHardware(b, at + 8, port, _numbers.Below(256)); break;
            case 3: Station(b, at + 8, port); break;
        }

        PacketForge.Four(b, at + 14, sender);
        uint target = _numbers.OneIn(4) ? _asked[port][_numbers.Below(_asked[port].Length)] : _own[port];
        PacketForge.Four(b, at + 24, target);
    }

    private void Tagged(int port)
    {
        byte[] b = Octets;
        Link(port, _numbers.OneIn(3) ? 0x88A8 : 0x8100);
        if (_numbers.OneIn(4)) b.AsSpan(0, 6).Fill(0xFF);
        PacketForge.Two(b, 14, (int)_numbers.Next());
        int type = _numbers.Below(5) switch { 0 => 0x8847, 1 => 0x0806, 2 => 0x8100, _ => 0x0800 };
        PacketForge.Two(b, 16, type);
        Length = 78;
        switch (type)
        {
            case 0x8847: Length = Labelled(18); break;
            case 0x0800: Length = Packets.Packet(b, 18, MaxFrame, Zone, 0); break;
            case 0x0806: ArpPacket(port, 18); break;
            default: Marker.Fill(b, 18, 60, Zone); break;
        }
    }

    private void Spoil()
    {
        byte[] b = Octets;
        if (Length < 60 && !_numbers.OneIn(4))
        {
            b.AsSpan(Length, 60 - Length).Clear();
            Length = 60;
        }

        switch (_numbers.Below(24))
        {
            case 0:
                for (int flips = _numbers.From(1, 3); flips > 0; flips--) b[_numbers.Below(Math.Min(Length, 80) + 1)] ^= (byte)(1 << _numbers.Below(8));
                break;
            case 1:
                Length = _numbers.Below(Length + 1);
                break;
            case 2:
                for (int more = Math.Min(_numbers.From(1, 60), MaxFrame - Length); more > 0; more--) b[Length++] = (byte)_numbers.Next();
                break;
            case 3:
                b[_numbers.Below(Math.Min(Length, 60) + 1)] = (byte)_numbers.Next();
                break;
        }
    }

    private static void Hardware(byte[] b, int at, int group, int host)
    {
        PacketForge.Four(b, at, 0x02000000u | (uint)(group << 8));
        PacketForge.Two(b, at + 4, host);
    }
}
