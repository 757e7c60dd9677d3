namespace LabEdge.Tests.Running;

/// <summary>
/// Writes IPv4 packets with every field now and then not as it should be: lengths, options, fragments, checksums, ICMP errors
/// with extensions that quote packets that quote packets. Nothing of the router's codecs is used, and nothing is allocated.
/// </summary>
public sealed class PacketForge(SeededNumbers numbers)
{
    private const int Icmp = 1;
    private const int Udp = 17;
    private const int MaxQuotes = 2;

    private static readonly uint[] Special = Addresses("0.0.0.0", "127.0.0.1", "224.0.0.5", "239.1.2.3", "240.0.0.1", "255.255.255.255", "172.16.0.1");

    private static readonly uint[] CustomerDestinations = Addresses(
        "10.1.0.2", "10.1.0.2", "10.1.0.9", "10.8.0.2", "10.2.9.9", "10.2.9.10", "10.2.4.4", "10.3.0.7", "10.3.1.8", "10.3.1.11", "10.64.7.1", "10.66.99.250",
        "10.1.0.1", "10.1.0.1", "10.8.0.1", "10.1.0.50", "10.1.0.51", "10.8.0.77", "10.1.0.255", "10.1.0.0");

    private static readonly uint[] CustomerSources = Addresses("10.1.0.2", "10.1.0.2", "10.1.0.9", "10.8.0.2", "10.2.9.9", "10.2.4.4", "10.3.0.7", "10.1.0.77", "10.1.0.1", "10.1.0.255");

    private static readonly uint[] ProviderDestinations = Addresses(
        "10.0.0.1", "10.9.0.1", "10.9.1.1", "10.9.0.2", "10.9.0.3", "10.9.1.2", "10.9.0.77", "10.0.0.2", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.7.1.1", "10.9.1.255", "10.1.0.2");

    private static readonly uint[] ProviderSources = Addresses("10.9.0.2", "10.9.0.3", "10.9.1.2", "10.0.0.2", "10.0.0.3", "10.7.1.1", "10.9.0.88", "10.9.0.1", "10.9.1.0");

    private static readonly byte[] IcmpErrors = [3, 11, 12, 3, 11, 4, 5];
    private static readonly byte[] IcmpOthers = [0, 8, 8, 8, 13, 17, 30, 255];
    private static readonly byte[] IcmpExtensions = [0, 32, 32, 33, 34, 1, 64, 255];

    /// <summary>The packet of ours that waits for an answer: ICMP errors quote it, replies answer it. Its length; 0 = none.</summary>
    public readonly byte[] Question = new byte[2048];
    public int QuestionLength;

    /// <summary>False: every packet is as it should be.</summary>
    public bool Spoils = true;

    /// <summary>Writes a packet that may run to <paramref name="limit"/>.</summary>
    /// <returns>Where it ends.</returns>
    public int Packet(byte[] b, int at, int limit, int zone, int quotes)
    {
        bool provider = zone == ConfigurationPolicy.Provider;
        int words = Rarely(12) ? numbers.From(6, 15) : 5;
        int payload = at + words * 4;
        if (payload > limit) words = 5;
        payload = at + words * 4;
        int protocol = numbers.Below(8) switch { < 3 => Icmp, < 6 => Udp, 6 => 6, _ => numbers.Below(256) };
        b[at] = (byte)(0x40 | words);
        b[at + 1] = (byte)numbers.Next();
        Two(b, at + 4, (int)numbers.Next());
        int fragment = Rarely(20) ? (int)(numbers.Next() & 0x3FFF) : Rarely(30) ? 0x2000 : 0;
        Two(b, at + 6, fragment | (numbers.OneIn(2) ? 0x4000 : 0));
        b[at + 8] = (byte)(numbers.Below(24) switch { 0 => 0, 1 => 1, 2 => 2, _ => numbers.From(3, 255) });
        b[at + 9] = (byte)protocol;
        Two(b, at + 10, 0);
        Four(b, at + 12, Choose(provider != Rarely(6) ? ProviderSources : CustomerSources));
        Four(b, at + 16, Choose(provider != Rarely(12) ? ProviderDestinations : CustomerDestinations));
        for (int i = at + 20; i < payload; i++) b[i] = (byte)numbers.Next();
        int end = Payload(b, at, payload, limit, zone, protocol, quotes);
        Finish(b, at, words, end);
        return end;
    }

    /// <summary>Writes an answer to the packet of ours that waits for one: a reply, or an error that quotes it.</summary>
    public int Answer(byte[] b, int at, int limit)
    {
        int end;
        int payload = at + 20;
        bool echo = Question[9] == Icmp;
        b.AsSpan(at, 20).Clear();
        b[at] = 0x45;
        b[at + 8] = (byte)numbers.From(2, 255);
        b[at + 9] = Icmp;
        Question.AsSpan(12, 4).CopyTo(b.AsSpan(at + 16));
        Question.AsSpan(16, 4).CopyTo(b.AsSpan(at + 12));
        if (echo && numbers.OneIn(4))
        {
            int length = Math.Min(QuestionLength - 20, limit - payload);
            Question.AsSpan(20, length).CopyTo(b.AsSpan(payload));
            b[payload] = 0;
            if (Rarely(3)) b[payload + 4 + numbers.Below(4)] ^= (byte)(1 << numbers.Below(8));
            Two(b, payload + 2, 0);
            Two(b, payload + 2, Checksum(b, payload, length));
            end = payload + length;
        }
        else
        {
            end = IcmpError(b, payload, limit, ConfigurationPolicy.Provider, MaxQuotes);
        }

        Finish(b, at, 5, end);
        return end;
    }

    private int Payload(byte[] b, int at, int payload, int limit, int zone, int protocol, int quotes)
    {
        if (protocol == Icmp && quotes < MaxQuotes && numbers.OneIn(2)) return IcmpError(b, payload, limit, zone, quotes);
        int most = limit - payload;
        int size = numbers.Below(16) switch
        {
            0 => 0,
            1 => numbers.Below(16),
            2 => numbers.From(1380, 1494),
            3 => numbers.From(540, 600),
            < 8 => numbers.From(100, 260),
            _ => numbers.From(16, 64),
        };
        size = Math.Min(size, most);
        Marker.Fill(b, payload, size, zone);
        if (protocol == Icmp && size >= 8) IcmpQuery(b, payload, size);
        if (protocol == Udp && size >= 8) UdpDatagram(b, at, payload, size);
        return payload + size;
    }

    private void IcmpQuery(byte[] b, int at, int size)
    {
        b[at] = IcmpOthers[numbers.Below(IcmpOthers.Length)];
        b[at + 1] = (byte)(Rarely(8) ? numbers.Next() : 0);
        Two(b, at + 2, 0);
        Four(b, at + 4, numbers.Next());
        Two(b, at + 2, Rarely(15) ? (int)numbers.Next() : Checksum(b, at, size));
    }

    private void UdpDatagram(byte[] b, int packet, int at, int size)
    {
        Four(b, at, numbers.Next());
        int length = Rarely(15) ? numbers.Below(1600) : size;
        Two(b, at + 4, length);
        Two(b, at + 6, 0);
        if (numbers.OneIn(3) || length > size) return;
        int sum = Sum(b, packet + 12, 8) + Udp + length + Sum(b, at, length);
        int checksum = Complement(sum);
        Two(b, at + 6, Rarely(15) ? (int)numbers.Next() : checksum == 0 ? 0xFFFF : checksum);
    }

    // type, code, checksum; unused, length of the original in words, MTU; original [padding, extension]
    private int IcmpError(byte[] b, int at, int limit, int zone, int quotes)
    {
        if (limit - at < 64)
        {
            int rest = Math.Max(0, limit - at);
            Marker.Fill(b, at, rest, zone);
            return at + rest;
        }

        int original = at + 8;
        b[at] = IcmpErrors[numbers.Below(IcmpErrors.Length)];
        b[at + 1] = (byte)numbers.Below(16);
        Four(b, at + 4, 0);
        b[at + 5] = IcmpExtensions[numbers.Below(IcmpExtensions.Length)];
        if (Rarely(3)) Two(b, at + 6, (int)numbers.Next());
        int end = Quote(b, original, Math.Min(limit, original + 300), zone, quotes);
        int extension = original + (b[at + 5] == 0 ? 128 : b[at + 5] * 4);
        if (!numbers.OneIn(4) && extension + 64 <= limit)
        {
            if (end < extension) b.AsSpan(end, extension - end).Clear();
            end = Extension(b, extension);
        }

        if (Rarely(20)) end = at + numbers.Below(end - at + 1);
        if (end - at < 4) return end;
        Two(b, at + 2, 0);
        Two(b, at + 2, Rarely(15) ? (int)numbers.Next() : Checksum(b, at, end - at));
        return end;
    }

    private int Quote(byte[] b, int at, int limit, int zone, int quotes)
    {
        if (QuestionLength == 0 || quotes != MaxQuotes) return Packet(b, at, limit, zone, quotes + 1);
        int length = Math.Min(limit - at, Rarely(8) ? numbers.Below(40) : QuestionLength);
        Question.AsSpan(0, length).CopyTo(b.AsSpan(at));
        if (length > 30 && Rarely(2)) b[at + numbers.Below(30)] ^= (byte)(1 << numbers.Below(8));
        return at + length;
    }

    // RFC 4884: version and checksum, then objects; 56 octets at most.
    private int Extension(byte[] b, int at)
    {
        int end = at + 4;
        Four(b, at, Rarely(12) ? numbers.Next() : 0x20000000);
        for (int objects = numbers.Below(3); objects >= 0; objects--)
        {
            int entries = numbers.Below(4);
            int length = Rarely(12) ? numbers.Below(80) : 4 + entries * 4;
            Two(b, end, length);
            b[end + 2] = (byte)(numbers.OneIn(3) ? numbers.Next() : 1);
            b[end + 3] = (byte)(numbers.OneIn(6) ? numbers.Next() : 1);
            for (int i = 0; i < entries; i++) Four(b, end + 4 + i * 4, numbers.Next());
            end += 4 + entries * 4;
        }

        Two(b, at + 2, 0);
        int checksum = Checksum(b, at, end - at);
        Two(b, at + 2, Rarely(12) ? (int)numbers.Next() : numbers.OneIn(8) ? 0 : checksum == 0 ? 0xFFFF : checksum);
        return end;
    }

    // Total length and header checksum, and their lies.
    private void Finish(byte[] b, int at, int words, int end)
    {
        Two(b, at + 2, Rarely(25) ? numbers.Below(1600) : end - at);
        Two(b, at + 10, 0);
        Two(b, at + 10, Rarely(25) ? (int)numbers.Next() : Checksum(b, at, words * 4));
        if (Rarely(60)) b[at] = (byte)numbers.Next();
    }

    private uint Choose(uint[] usual)
    {
        if (Rarely(12)) return Special[numbers.Below(Special.Length)];
        return Rarely(30) ? numbers.Next() : usual[numbers.Below(usual.Length)];
    }

    private bool Rarely(int times) => Spoils && numbers.OneIn(times);

    public static uint Address(string text)
    {
        uint address = 0;
        foreach (string part in text.Split('.')) address = address * 256 + uint.Parse(part);
        return address;
    }

    public static uint[] Addresses(params string[] texts) => [.. texts.Select(Address)];

    public static void Two(byte[] b, int at, int value)
    {
        b[at] = (byte)(value >> 8);
        b[at + 1] = (byte)value;
    }

    public static void Four(byte[] b, int at, uint value)
    {
        Two(b, at, (int)(value >> 16));
        Two(b, at + 2, (int)value);
    }

    private static int Checksum(byte[] b, int at, int count) => Complement(Sum(b, at, count));

    private static int Complement(int sum)
    {
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return 0xFFFF - sum;
    }

    private static int Sum(byte[] b, int at, int count)
    {
        int sum = 0;
        int end = at + (count & ~1);
        for (int i = at; i < end; i += 2) sum += (b[i] << 8) | b[i + 1];
        return (count & 1) == 0 ? sum : sum + (b[end] << 8);
    }
}
