namespace LabEdge.Tests.Host;

/// <summary>Packets as the RFCs draw them, built octet by octet by code that shares nothing with the router.</summary>
internal static class Packets
{
    public const int Echo = 8;
    public const int EchoReply = 0;

    public static uint Address(string text)
    {
        uint address = 0;
        foreach (string part in text.Split('.')) address = address * 256 + uint.Parse(part);
        return address;
    }

    /// <summary>Joins octets: ints are one octet each, arrays as they are, strings hexadecimal.</summary>
    public static byte[] Join(params object[] parts)
    {
        List<byte> octets = [];
        foreach (object part in parts)
        {
            switch (part)
            {
                case byte[] array: octets.AddRange(array); break;
                case string hex: octets.AddRange(Hex.Octets(hex)); break;
                case int one: octets.Add((byte)one); break;
                default: throw new ArgumentException(part.GetType().Name);
            }
        }
        return [.. octets];
    }

    public static byte[] Two(int value) => [(byte)(value / 256), (byte)value];

    public static byte[] Four(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>RFC 1071 the long way: adds words modulo 65,535.</summary>
    public static int Checksum(byte[] octets)
    {
        long sum = 0;
        for (int i = 0; i < octets.Length; i += 2) sum += octets[i] * 256 + (i + 1 < octets.Length ? octets[i + 1] : 0);
        while (sum > 0xFFFF) sum = sum % 65536 + sum / 65536;
        return (int)(0xFFFF - sum);
    }

    public static byte[] Ip(string source, string destination, int protocol, byte[] payload, int ttl = 64, int identification = 0x1234, int flags = 0, int tos = 0, string options = "")
    {
        byte[] extra = Hex.Octets(options);
        int header = 20 + extra.Length;
        byte[] octets = Join(0x40 + header / 4, tos, Two(header + payload.Length), Two(identification), Two(flags), ttl, protocol, 0, 0,
            Four(Address(source)), Four(Address(destination)), extra);
        Two(Checksum(octets)).CopyTo(octets, 10);
        return Join(octets, payload);
    }

    public static byte[] Icmp(int type, int code, byte[] rest)
    {
        byte[] octets = Join(type, code, 0, 0, rest);
        Two(Checksum(octets)).CopyTo(octets, 2);
        return octets;
    }

    public static byte[] EchoMessage(int type, int identifier, int sequence, int dataLength)
    {
        byte[] data = new byte[dataLength];
        for (int i = 0; i < dataLength; i++) data[i] = (byte)(i * 7 + 1);
        return Icmp(type, 0, Join(Two(identifier), Two(sequence), data));
    }

    public static byte[] Udp(int source, int destination, int dataLength) =>
        Join(Two(source), Two(destination), Two(8 + dataLength), 0, 0, new byte[dataLength]);

    public static byte[] Ethernet(string destination, string source, int etherType, byte[] payload) => Join(destination, source, Two(etherType), payload);

    public static byte[] Label(int label, int trafficClass, bool bottom, int ttl) =>
        Four((uint)(label * 4096 + trafficClass * 512 + (bottom ? 256 : 0) + ttl));

    public static byte[] Arp(int operation, string senderHardware, string sender, string targetHardware, string target) =>
        Join("0001 0800 06 04", Two(operation), senderHardware, Four(Address(sender)), targetHardware, Four(Address(target)));

    /// <summary>An ICMP error as RFC 4884 wants it, about a packet with these label entries.</summary>
    public static byte[] ErrorWithLabels(int type, int code, byte[] original, byte[] stack)
    {
        byte[] quoted = new byte[128];
        original.AsSpan(0, Math.Min(128, original.Length)).CopyTo(quoted);
        byte[] extension = Join("2000 0000", Two(4 + stack.Length), 1, 1, stack);
        Two(Checksum(extension)).CopyTo(extension, 2);
        return Icmp(type, code, Join(0, 32, 0, 0, quoted, extension));
    }
}
