namespace LabEdge.Tests.Running;

/// <summary>
/// Who may reach whom, read from a configuration text by code that shares nothing with the router (DESIGN section 1, rule 7).
/// A zone is the provider (0), a VRF or a pseudowire. A frame belongs to the zone of its port or of its label; a label that the
/// router gave out for an address of its own leaves it to the label under it, and so do explicit null, router alert and an entropy
/// label with its indicator: under one of those alone the packet is the provider's. A priority tag counts for nothing.
/// </summary>
public sealed class ConfigurationPolicy
{
    public const int None = -1;
    public const int Provider = 0;

    private const int LabelSpace = 1 << 20;
    private const int MplsType = 0x8847;
    private const int Ipv4Type = 0x0800;
    private const int EntropyIndicator = 7;

    private readonly List<string> _names = ["provider"];
    private readonly sbyte[] _zoneOfPort;
    private readonly bool[] _core;
    private readonly bool[] _isPseudowire = new bool[64];

    /// <summary>Zone of a label that this router gave out, and of one that it was given for a service.</summary>
    private readonly sbyte[] _zoneIn = new sbyte[LabelSpace];
    private readonly sbyte[] _zoneOut = new sbyte[LabelSpace];

    /// <summary>The router's own addresses in the global table, and the labels that it gave out for them.</summary>
    private readonly HashSet<string> _ownAddresses = [];
    private readonly bool[] _own = new bool[LabelSpace];

    /// <summary>Labels that the next hops gave for LSPs.</summary>
    private readonly bool[] _transport = new bool[LabelSpace];

    public ConfigurationPolicy(string text, int ports)
    {
        _zoneOfPort = new sbyte[ports];
        _core = new bool[ports];
        Array.Fill(_zoneIn, (sbyte)None);
        Array.Fill(_zoneOut, (sbyte)None);
        _own[0] = _own[1] = _own[2] = true;
        _zoneIn[0] = _zoneIn[2] = Provider;
        int port = -1;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string head = string.Join(' ', words.Take(2));
            if (words.Length == 0) continue;
            switch (head)
            {
                case "ip vrf" when words[2] != "forwarding":
                    ZoneNamed(words[2]);
                    break;
                case "ip vrf":
                    _zoneOfPort[port] = (sbyte)ZoneNamed(words[3]);
                    break;
                case "ip address" when port < 0 || _zoneOfPort[port] == Provider:
                    _ownAddresses.Add(words[2]);
                    break;
                case "mpls ip" when port >= 0:
                    _core[port] = true;
                    break;
                case "mpls label" when port >= 0:
                    _zoneIn[int.Parse(words[2])] = _zoneOfPort[port];
                    _zoneOut[int.Parse(words[3])] = _zoneOfPort[port];
                    break;
                case "ip route" when words[2] == "vrf" && words.Contains("label"):
                    _zoneOut[int.Parse(words[^1])] = (sbyte)ZoneNamed(words[3]);
                    break;
                case "mpls static":
                    ReadBinding(words);
                    break;
                default:
                    if (words[0] == "interface") port = words[1].StartsWith("Ethernet", StringComparison.Ordinal) ? int.Parse(words[1]["Ethernet".Length..]) - 1 : -1;
                    if (words[0] == "xconnect")
                    {
                        _zoneOfPort[port] = (sbyte)ZoneNamed("pseudowire " + words[2]);
                        _isPseudowire[_zoneOfPort[port]] = true;
                    }

                    break;
            }
        }
    }

    public int Zones => _names.Count;

    public string NameOf(int zone) => zone == None || zone >= _names.Count ? "nobody" : _names[zone];

    public int ZoneOfPort(int port) => _zoneOfPort[port];

    public bool IsCore(int port) => _core[port];

    public bool IsPseudowire(int zone) => zone > 0 && _isPseudowire[zone];

    /// <summary>Whose frame it is, as it comes in on a port; <see cref="None"/> when nobody's may be forwarded.</summary>
    public int ZoneOf(int port, byte[] octets, int offset, int length)
    {
        int zone = _zoneOfPort[port];
        if (IsPseudowire(zone)) return zone;
        if (length < 14) return None;
        int type = (octets[offset + 12] << 8) | octets[offset + 13];
        if (type is 0x8100 or 0x88A8 && length >= 18 && (octets[offset + 14] & 15) == 0 && octets[offset + 15] == 0)
        {
            offset += 4;
            length -= 4;
            type = (octets[offset + 12] << 8) | octets[offset + 13];
        }

        if (type == Ipv4Type) return zone;
        if (type != MplsType || !_core[port] || length < 18) return None;
        int at = DecidingLabel(octets, offset, length);
        if (at < 0) return None;
        bool entropy = at > offset + 14 && LabelAt(octets, at - 4) == EntropyIndicator;
        return entropy ? Provider : _zoneIn[LabelAt(octets, at)];
    }

    /// <returns>Offset of the first label of a frame that is not one of the router's own, or is the last; -1 when the frame ends before.</returns>
    public int DecidingLabel(byte[] octets, int offset, int length)
    {
        for (int at = offset + 14; at + 4 <= offset + length; at += 4)
        {
            if (LabelAt(octets, at) == EntropyIndicator && (octets[at + 2] & 1) == 0)
            {
                at += 4;
                if (at + 4 > offset + length) return -1;
                if ((octets[at + 2] & 1) != 0) return at;
                continue;
            }

            if (!_own[LabelAt(octets, at)] || (octets[at + 2] & 1) != 0) return at;
        }

        return -1;
    }

    /// <summary>True when what belongs to a zone may leave on a port in this form.</summary>
    public bool MayLeave(int zone, int port, byte[] octets, int offset, int length)
    {
        if (zone == None || length < 14) return false;
        if (!_core[port]) return zone != Provider && _zoneOfPort[port] == zone;
        if (zone == Provider) return true;

        // A customer's packet crosses the core under its own service label, below at most one label of an LSP.
        if (((octets[offset + 12] << 8) | octets[offset + 13]) != MplsType) return false;
        int at = offset + 14;
        if ((octets[at + 2] & 1) == 0)
        {
            if (!_transport[LabelAt(octets, at)]) return false;
            at += 4;
        }

        return at + 4 <= offset + length && (octets[at + 2] & 1) != 0 && _zoneOut[LabelAt(octets, at)] == zone;
    }

    private static int LabelAt(byte[] octets, int at) => (octets[at] << 12) | (octets[at + 1] << 4) | (octets[at + 2] >> 4);

    // mpls static binding ipv4 [vrf NAME] PREFIX MASK {input LABEL | output NEXTHOP {LABEL | implicit-null}}
    private void ReadBinding(string[] words)
    {
        int zone = words[4] == "vrf" ? ZoneNamed(words[5]) : Provider;
        if (words.Contains("input"))
        {
            _zoneIn[int.Parse(words[^1])] = (sbyte)zone;
            _own[int.Parse(words[^1])] = zone == Provider && words[5] == "255.255.255.255" && _ownAddresses.Contains(words[4]);
        }
        else if (words[^1] != "implicit-null") _transport[int.Parse(words[^1])] = true;
    }

    private int ZoneNamed(string name)
    {
        if (!_names.Contains(name)) _names.Add(name);
        return _names.IndexOf(name);
    }
}
