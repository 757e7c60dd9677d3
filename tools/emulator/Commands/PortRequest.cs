using System.Globalization;
using System.Text.RegularExpressions;
using LabEdge.Hal;

namespace LabEdge.Emulator.Commands;

/// <summary>One <c>--port</c>: an interface of the router, and the port of this machine that it stands on.</summary>
public sealed partial class PortRequest
{
    /// <summary>For the help text.</summary>
    public const string Kinds = "KIND:WHAT is packet:IF[,bypass] (a network interface of Linux; needs root or CAP_NET_RAW), xdp:IF (the same by AF_XDP, before the host sees a frame; root), "
        + "tap:IF (the host's end of a cable; root or CAP_NET_ADMIN), udp:LOCALPORT:HOST:PORT[,mtu=N][,mac=ADDRESS] (a frame per datagram, as GNS3, QEMU and freeRtr do), "
        + "libpcap:IF (an interface by libpcap or Npcap, where there is no AF_PACKET), "
        + "or pcap:FILE[,fast|,speed=N][,out=FILE][,mac=ADDRESS] (replays a capture).";

    private const string Form = "expected a form such as Ethernet1=packet:veth0";
    private const string KindNames = "packet, xdp, tap, udp, libpcap or pcap";
    private const int LeastMtu = 68;
    private const int MostMtu = 65521;

    private readonly string _kind;
    private readonly string _what;
    private readonly Dictionary<string, string> _options = [];
    private int _localPort;
    private string _remoteHost;
    private int _remotePort;
    private int _mtu = UdpPort.DefaultMtu;
    private double _speed = 1;
    private byte[] _address;

    private PortRequest(string name, string kind, string what)
    {
        Interface = name;
        _kind = kind;
        _what = what;
    }

    /// <summary>The router's interface, such as <c>Ethernet1</c>.</summary>
    public string Interface { get; }

    /// <summary>Reads all texts.</summary>
    /// <param name="most">Ports that the capacity has.</param>
    /// <param name="mistakes">Gets a sentence for each mistake.</param>
    public static List<PortRequest> Read(IReadOnlyList<string> texts, int most, List<string> mistakes)
    {
        List<PortRequest> requests = [];
        foreach (string text in texts)
        {
            List<string> found = [];
            PortRequest request = Parse(text, found);
            if (request != null && requests.Any(other => other.Interface == request.Interface)) found.Add($"{request.Interface} was given before");
            mistakes.AddRange(found.Select(mistake => $"--port {text}: {mistake}"));
            if (found.Count == 0) requests.Add(request);
        }

        if (texts.Count == 0) mistakes.Add($"--port: a router needs at least one; {Form}");
        if (requests.Count > most) mistakes.Add($"--port: this capacity has {most} ports, and {requests.Count} were given");
        return requests;
    }

    /// <summary>Reads one port, <c>KIND:WHAT</c>, of a node outside a lab.</summary>
    /// <param name="name">Of the endpoint.</param>
    /// <param name="mistakes">Gets what was expected instead.</param>
    public static PortRequest ReadOne(string name, string text, List<string> mistakes)
    {
        List<string> found = [];
        PortRequest request = Parse($"{(name.Length == 0 ? "port" : name)}={text}", found);
        mistakes.AddRange(found.Select(mistake => mistake == Form ? "a port of this machine, such as udp:10001:127.0.0.1:10002, packet:veth0 or tap:tap0" : mistake));
        return request;
    }

    /// <summary>Opens the port.</summary>
    /// <param name="kind">What the frames of a UDP port begin with; every other port is of Ethernet.</param>
    /// <exception cref="PortException">It cannot be opened.</exception>
    public RealPort Open(int maxFrameLength, Func<long> nowMicroseconds, LinkKind kind = LinkKind.Ethernet) => _kind switch
    {
        "packet" => new PacketPort(_what, maxFrameLength, _options.ContainsKey("bypass")),
        "xdp" => new XdpPort(_what, maxFrameLength),
        "tap" => new TapPort(_what, maxFrameLength),
        "libpcap" => new LibpcapPort(_what, maxFrameLength),
        "udp" => new UdpPort(_localPort, _remoteHost, _remotePort, maxFrameLength, _mtu, _address, kind),
        _ => new PcapPort(_what, _speed, _options.GetValueOrDefault("out"), maxFrameLength, nowMicroseconds, _address),
    };

    private static PortRequest Parse(string text, List<string> mistakes)
    {
        Match match = PortForm().Match(text);
        if (!match.Success)
        {
            mistakes.Add(Form);
            return null;
        }

        string[] parts = match.Groups["rest"].Value.Split(',');
        PortRequest request = new(match.Groups["name"].Value, match.Groups["kind"].Value, parts[0]);
        string[] known = request.ReadWhat(mistakes);
        if (known == null) return request;
        foreach (string part in parts.Skip(1)) request.ReadOption(part, known, mistakes);
        if (request._options.ContainsKey("fast") && request._options.ContainsKey("speed")) mistakes.Add("fast and speed= exclude each other");
        return request;
    }

    // The options of its kind; null when the kind is unknown.
    private string[] ReadWhat(List<string> mistakes)
    {
        switch (_kind)
        {
            case "packet":
            case "xdp":
            case "tap":
                if (!DeviceForm().IsMatch(_what)) mistakes.Add(_what.Length == 0 ? Form : $"\"{_what}\" is no interface name (1 to 15 letters without blank, slash or colon); {Form}");
                return _kind == "packet" ? ["bypass"] : [];
            case "libpcap":
                // Windows and macOS have names of their own, with blanks and more.
                return [];
            case "udp":
                ReadEnds(mistakes);
                return ["mtu", "mac"];
            case "pcap":
                if (!File.Exists(_what)) mistakes.Add($"there is no file \"{_what}\"");
                return ["fast", "speed", "out", "mac"];
            default:
                mistakes.Add($"there is no port of kind \"{_kind}\", only {KindNames}");
                return null;
        }
    }

    // LOCALPORT:HOST:PORT; a host that is an IPv6 address stands in brackets.
    private void ReadEnds(List<string> mistakes)
    {
        Match match = EndsForm().Match(_what);
        _remoteHost = match.Groups["host"].Value;
        bool right = match.Success
            && int.TryParse(match.Groups["local"].Value, out _localPort) && _localPort is > 0 and < 65536
            && int.TryParse(match.Groups["remote"].Value, out _remotePort) && _remotePort is > 0 and < 65536;
        if (!right) mistakes.Add($"found \"{_what}\", expected LOCALPORT:HOST:PORT, such as udp:10001:127.0.0.1:10002, with ports of 1 to 65535");
    }

    private void ReadOption(string text, string[] known, List<string> mistakes)
    {
        int equals = text.IndexOf('=');
        string key = equals < 0 ? text : text[..equals];
        string value = equals < 0 ? null : text[(equals + 1)..];
        if (!known.Contains(key))
        {
            mistakes.Add($"{_kind} has no option \"{key}\"{(known.Length == 0 ? "" : ", only " + string.Join(", ", known))}");
            return;
        }

        string expected = key switch
        {
            _ when !_options.TryAdd(key, value) => "it once",
            "bypass" or "fast" => value == null ? null : "no value",
            "mtu" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _mtu) && _mtu is >= LeastMtu and <= MostMtu ? null : $"a number of {LeastMtu} to {MostMtu}",
            "speed" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _speed) && _speed > 0 && double.IsFinite(_speed) ? null : "a number above 0, such as speed=2 or speed=0.5",
            "mac" => (_address = StationAddress.Parse(value ?? "")) != null ? null : "an address of one station, such as mac=02:00:00:00:00:01",
            _ => string.IsNullOrEmpty(value) ? "a file" : null,
        };
        if (key == "fast") _speed = PcapPort.Fast;
        if (expected != null) mistakes.Add($"found \"{text}\", expected {expected}");
    }

    [GeneratedRegex("^(?<name>[A-Za-z][A-Za-z0-9/.-]*)=(?<kind>[a-z0-9]+):(?<rest>.+)$")]
    private static partial Regex PortForm();

    [GeneratedRegex("^[^:/ ]{1,15}$")]
    private static partial Regex DeviceForm();

    [GeneratedRegex(@"^(?<local>[0-9]{1,5}):(?<host>\[[0-9A-Fa-f:.%a-z]+\]|[^:\s]+):(?<remote>[0-9]{1,5})$")]
    private static partial Regex EndsForm();
}
