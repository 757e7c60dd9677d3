using System.Buffers.Binary;
using System.Net;

namespace LabEdge.Tests.Scenarios;

/// <summary>What a packet's text refers to beyond itself: names of stations, values seen before, the packet that an ICMP error is about.</summary>
public sealed class PacketContext
{
    /// <summary>Station addresses by name, 12 hexadecimal digits.</summary>
    public Dictionary<string, string> Stations { get; } = [];

    /// <summary>$name of a packet: a value that the router chose, the same wherever the name stands.</summary>
    public Dictionary<string, int> Chosen { get; } = [];

    /// <summary>The packet sent last: its layers, where each begins, and its octets.</summary>
    public List<PacketLayer> Received { get; set; }
    public List<int> ReceivedOffsets { get; set; }
    public byte[] ReceivedOctets { get; set; }
}

/// <summary>
/// The octets of a packet written as headers: lengths, checksums, EtherTypes, protocols and S bits follow from what stands
/// where unless the text says them. Shares no code with the router.
/// </summary>
public sealed class PacketBuilder(List<PacketLayer> layers, PacketContext context, string defaultDestination, string defaultSource, byte[] found = null)
{
    /// <summary>Payload where the text names none.</summary>
    private const int DefaultPayload = 8;

    /// <summary>How many bits of a field the router may choose; the flow label's 20 are the last of its word, a label's the first.</summary>
    private const int FlowLabelBits = 21;

    /// <summary>Offset of each layer in the packet.</summary>
    public List<int> Offsets { get; } = [];

    public byte[] Build()
    {
        List<PacketLayer> all = layers;
        int pad = 0;
        if (all[^1].Kind == "pad")
        {
            pad = all[^1].WordNumber(0, "octets of padding");
            all = all[..^1];
        }

        return [.. Layer(all, 0, 0, -1, null), .. new byte[pad]];
    }

    // at: offset in the packet; fill: octets that the rest must have, -1 when it is free; parent: the IP header around.
    private byte[] Layer(List<PacketLayer> all, int index, int at, int fill, PacketLayer parent)
    {
        if (index == all.Count) return Pattern(0, Math.Max(0, fill));
        PacketLayer layer = all[index];
        PacketLayer next = index + 1 < all.Count ? all[index + 1] : null;
        while (Offsets.Count <= index) Offsets.Add(at);
        byte[] Rest(int header, int size, PacketLayer ip = null)
        {
            if (next == null && size < 0) size = DefaultPayload;
            return Layer(all, index + 1, at + header, size, ip ?? parent);
        }

        switch (layer.Kind)
        {
            case "eth":
                {
                    if (layer.Has("len")) fill = layer.Number("len", 0);
                    byte[] type = layer.Has("type") || next != null ? Two(layer.Number("type", EtherType(next))) : [];
                    return [.. Station(layer.Text("dst", defaultDestination), layer), .. Station(layer.Text("src", defaultSource), layer), .. type, .. next == null ? [] : Rest(14, fill - 14 < 0 ? -1 : fill - 14)];
                }
            case "vlan":
                {
                    int tag = (layer.Number("pcp", 0) << 13) | (layer.Number("dei", 0) << 12) | layer.WordNumber(0, "a VLAN id");
                    // The TPID stands in front of the tag, where the header before has put it as its EtherType.
                    return [.. Two(tag), .. Two(layer.Number("type", EtherType(next))), .. Rest(4, Less(fill, 4))];
                }
            case "mpls":
                {
                    int label = Value(layer, layer.Word(0, "a label"), at, 20);
                    int s = layer.Number("s", next?.Kind == "mpls" ? 0 : 1);
                    uint word = ((uint)label << 12) | ((uint)layer.Number("tc", 0) << 9) | ((uint)s << 8) | (uint)layer.Number("ttl", 64);
                    return [.. Four(word), .. Rest(4, Less(fill, 4))];
                }
            case "cw":
                {
                    int first = (layer.Number("nibble", 0) << 12) | (layer.Number("flags", 0) << 8) | (layer.Number("frg", 0) << 6) | layer.Number("len", 0);
                    return [.. Two(first), .. Two(Value(layer, layer.Text("seq", "0"), at + 2, 16)), .. Rest(4, Less(fill, 4))];
                }
            case "ip": return Ip(layer, next, at, fill, Rest);
            case "ip6": return Ip6(layer, next, at, fill, Rest);
            case "udp": return Udp(layer, next, at, fill, parent, Rest);
            case "gre": return Gre(layer, next, at, fill, Rest);
            case "icmp":
            case "icmp6":
                {
                    byte[] rest = layer.Has("rest") ? Hex.Octets(layer.Text("rest", ""))
                        : layer.Kind == "icmp" ? [0, (byte)layer.Number("length", 0), .. Two(layer.Number("mtu", 0))]
                        : layer.Has("length") ? [(byte)layer.Number("length", 0), 0, 0, 0] : Four((uint)layer.Number("mtu", 0));
                    byte[] message = [(byte)layer.WordNumber(0, "an ICMP type"), (byte)layer.WordNumber(1, "an ICMP code"), 0, 0, .. rest, .. Rest(8, Less(fill, 8))];
                    PutChecksum(message, 2, layer, layer.Kind == "icmp" ? [] : PseudoHeader(parent, 58, message.Length), false);
                    return message;
                }
            case "arp":
                {
                    int operation = layer.Word(0, "request or reply") == "request" ? 1 : 2;
                    return [.. Hex.Octets("0001080006040000")[..6], .. Two(operation), .. Station(layer.Text("sha", "0"), layer), .. Address(layer.Text("spa", "0.0.0.0"), layer),
                    .. Station(layer.Text("tha", "0"), layer), .. Address(layer.Text("tpa", "0.0.0.0"), layer)];
                }
            case "data":
                {
                    int size = layer.Words.Count > 0 ? layer.WordNumber(0, "octets") : Math.Max(0, fill);
                    return [.. Pattern(layer.Number("from", 0), size), .. next == null ? [] : Rest(size, -1)];
                }
            case "zeros":
                return [.. new byte[layer.WordNumber(0, "octets")], .. next == null ? [] : Rest(layer.WordNumber(0, "octets"), -1)];
            case "hex":
                {
                    byte[] octets = Hex.Octets(string.Concat(layer.Words));
                    return [.. octets, .. next == null ? [] : Rest(octets.Length, -1)];
                }
            case "quote":
                {
                    // The IP packet that was received, cut or filled up with zeros to so many octets.
                    int size = layer.WordNumber(0, "octets quoted");
                    int ip = context.Received.FindIndex(l => l.Kind is "ip" or "ip6");
                    byte[] packet = [.. context.ReceivedOctets[context.ReceivedOffsets[ip]..], .. new byte[size]];
                    return [.. packet[..size], .. next == null ? [] : Rest(size, -1)];
                }
            case "stack":
                {
                    // RFC 4884 section 7 and RFC 4950 section 3: version 2, checksum; one object of class 1, type 1 with the stack as it came.
                    int first = context.Received.FindIndex(l => l.Kind == "mpls");
                    int count = context.Received.Count(l => l.Kind == "mpls");
                    byte[] entries = context.ReceivedOctets[context.ReceivedOffsets[first]..(context.ReceivedOffsets[first] + count * 4)];
                    byte[] extension = [0x20, 0, 0, 0, .. Two(4 + entries.Length), 1, 1, .. entries];
                    BinaryPrimitives.WriteUInt16BigEndian(extension.AsSpan(2), Checksum(extension));
                    return extension;
                }
            default: throw layer.Error(layer.Kind, "padding only at the end");
        }
    }

    private delegate byte[] RestOf(int header, int size, PacketLayer ip = null);

    private byte[] Ip(PacketLayer layer, PacketLayer next, int at, int fill, RestOf rest)
    {
        byte[] options = layer.Has("options") ? Hex.Octets(layer.Text("options", "")) : [];
        int header = 20 + options.Length;
        byte[] payload = rest(header, layer.Has("len") ? layer.Number("len", 0) - header : Less(fill, header), layer);
        int tos = layer.Has("dscp") ? layer.Number("dscp", 0) << 2 : layer.Number("tos", 0);
        int fragment = (layer.Number("df", 0) << 14) | (layer.Number("mf", 0) << 13) | layer.Number("off", 0);
        byte[] octets =
        [
            (byte)((layer.Number("version", 4) << 4) | layer.Number("ihl", header / 4)), (byte)tos, .. Two(layer.Number("total", header + payload.Length)),
            .. Two(Value(layer, layer.Text("id", "4660"), at + 4, 16)), .. Two(fragment), (byte)layer.Number("ttl", 64), (byte)layer.Number("proto", Protocol(next)), 0, 0,
            .. Address(layer.Text("src", "198.51.100.9"), layer), .. Address(layer.Text("dst", "203.0.113.77"), layer), .. options,
        ];
        PutChecksum(octets, 10, layer, [], false);
        return [.. octets, .. payload];
    }

    private byte[] Ip6(PacketLayer layer, PacketLayer next, int at, int fill, RestOf rest)
    {
        byte[] payload = rest(40, layer.Has("len") ? layer.Number("len", 0) - 40 : Less(fill, 40), layer);
        uint first = ((uint)layer.Number("version", 6) << 28) | ((uint)layer.Number("tc", 0) << 20) | (uint)Value(layer, layer.Text("flow", "0"), at, FlowLabelBits);
        return
        [
            .. Four(first), .. Two(layer.Number("plen", payload.Length)), (byte)layer.Number("next", Protocol(next)), (byte)layer.Number("hlim", 64),
            .. Address(layer.Text("src", "2001:db8:5::9"), layer), .. Address(layer.Text("dst", "2001:db8:7::77"), layer), .. payload,
        ];
    }

    private byte[] Udp(PacketLayer layer, PacketLayer next, int at, int fill, PacketLayer parent, RestOf rest)
    {
        byte[] payload = rest(8, Less(fill, 8));
        int destination = layer.Number("dst", next?.Kind == "mpls" ? 6635 : 33434);
        byte[] octets = [.. Two(Value(layer, layer.Text("src", "40000"), at, 16)), .. Two(destination), .. Two(layer.Number("total", payload.Length + 8)), 0, 0, .. payload];
        PutChecksum(octets, 6, layer, PseudoHeader(parent, 17, octets.Length), true);
        return octets;
    }

    private static byte[] Gre(PacketLayer layer, PacketLayer next, int at, int fill, RestOf rest)
    {
        bool checksum = layer.Has("csum");
        int flags = (checksum ? 0x8000 : 0) | (layer.Has("key") ? 0x2000 : 0) | (layer.Has("seq") ? 0x1000 : 0);
        byte[] header =
        [
            .. Two(layer.Number("flags", flags)), .. Two(layer.Number("proto", EtherType(next))), .. checksum ? new byte[4] : [],
            .. layer.Has("key") ? Four((uint)layer.Number("key", 0)) : [], .. layer.Has("seq") ? Four((uint)layer.Number("seq", 0)) : [],
        ];
        byte[] octets = [.. header, .. rest(header.Length, Less(fill, header.Length))];
        if (checksum) PutChecksum(octets, 4, layer, [], false);
        return octets;
    }

    private static int Less(int fill, int header) => fill < 0 ? -1 : Math.Max(0, fill - header);

    // A field that the router may choose: "any" is taken as found, "$name" is the same wherever it stands.
    private int Value(PacketLayer layer, string word, int at, int bits)
    {
        if (word != "any" && !word.StartsWith('$')) return layer.NumberOf(word, "a number, any or $name");
        if (context.Chosen.TryGetValue(word, out int chosen)) return chosen;
        if (found == null || found.Length < at + 4) return 0;
        int seen = bits == FlowLabelBits ? (int)(BinaryPrimitives.ReadUInt32BigEndian(found.AsSpan(at)) & 0xFFFFF) : bits == 20 ? (int)(BinaryPrimitives.ReadUInt32BigEndian(found.AsSpan(at)) >> 12) : BinaryPrimitives.ReadUInt16BigEndian(found.AsSpan(at));
        if (word != "any") context.Chosen.Add(word, seen);
        return seen;
    }

    private byte[] Station(string text, PacketLayer layer)
    {
        string digits = context.Stations.GetValueOrDefault(text, text).Replace(":", "").Replace("-", "");
        if (digits == "0") digits = "000000000000";
        return digits.Length == 12 && digits.All(char.IsAsciiHexDigit) ? Hex.Octets(digits) : throw layer.Error(text, "a MAC address or the name of one");
    }

    private static byte[] Address(string text, PacketLayer layer) =>
        IPAddress.TryParse(text, out IPAddress address) ? address.GetAddressBytes() : throw layer.Error(text, "an IP address");

    private static int EtherType(PacketLayer next) => next?.Kind switch
    {
        "vlan" => next.Number("tpid", 0x8100),
        "mpls" => 0x8847,
        "ip" => 0x0800,
        "ip6" => 0x86DD,
        "arp" => 0x0806,
        "eth" => 0x6558,
        _ => 0x88B5,
    };

    private static int Protocol(PacketLayer next) => next?.Kind switch
    {
        "udp" => 17,
        "icmp" => 1,
        "icmp6" => 58,
        "gre" => 47,
        "mpls" => 137,
        "ip" => 4,
        "ip6" => 41,
        _ => 253,
    };

    private static byte[] PseudoHeader(PacketLayer ip, int protocol, int length)
    {
        if (ip == null) return [];
        byte[] source = Address(ip.Text("src", ip.Kind == "ip" ? "198.51.100.9" : "2001:db8:5::9"), ip);
        byte[] destination = Address(ip.Text("dst", ip.Kind == "ip" ? "203.0.113.77" : "2001:db8:7::77"), ip);
        return [.. source, .. destination, .. Four((uint)length), 0, 0, 0, (byte)protocol];
    }

    // csum: absent = right, a number = that one, "bad" = one that is wrong. A UDP checksum of 0 goes as FFFF.
    private static void PutChecksum(byte[] octets, int at, PacketLayer layer, byte[] pseudo, bool udp)
    {
        int right = Checksum([.. octets, .. octets.Length % 2 == 1 ? [0] : Array.Empty<byte>(), .. pseudo]);
        if (udp && right == 0) right = 0xFFFF;
        string word = layer.Kind == "gre" && layer.Text("csum", "") == "1" ? "" : layer.Text("csum", "");
        int value = word == "" ? right : word == "bad" ? right ^ 0x0101 : layer.Number("csum", 0);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(at), (ushort)value);
    }

    /// <summary>RFC 1071.</summary>
    public static ushort Checksum(byte[] octets)
    {
        uint sum = 0;
        for (int i = 0; i < octets.Length; i++) sum += (uint)octets[i] << (i % 2 == 0 ? 8 : 0);
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    /// <summary>The octets that fill packets: no two octets 256 apart are the same.</summary>
    public static byte[] Pattern(int from, int count)
    {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) octets[i] = (byte)(from + i + ((from + i) >> 8) * 3);
        return octets;
    }

    private static byte[] Two(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Four(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
