using System.Globalization;
using System.Net;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Scenarios;

/// <summary>
/// A kernel with tables and recording ports, set up by the lines of a scenario. This part holds what lines refer to by name;
/// the others read the lines.
/// </summary>
public sealed partial class ScenarioRouter
{
    public const int LongestFrame = 9018;

    private readonly BurstKernel _kernel;
    private readonly Capacity _capacity;
    private readonly Tables _tables;
    private readonly Frame[] _frames;
    private readonly List<RecordingPort> _ports = [];
    private readonly Dictionary<string, int> _port = [];
    private readonly Dictionary<string, int> _vrf = new() { ["global"] = 0 };
    private readonly Dictionary<string, int> _transport = [];
    private readonly Dictionary<string, ScenarioLine> _transportLine = [];
    private readonly Dictionary<string, int> _path = [];
    private readonly Dictionary<string, int> _group = [];
    private readonly Dictionary<string, int> _pseudowire = [];
    private HostStack _host;

    public ScenarioRouter(BurstKernel kernel)
    {
        _kernel = kernel;
        _capacity = Capacity.Board();
        _capacity.Ports = 12;
        _capacity.Labels = 2048;
        _capacity.Prefixes = 512;
        _capacity.MaxFrameLength = LongestFrame;
        _tables = new Tables(_capacity);
        _frames = [.. Enumerable.Range(0, _capacity.Frames).Select(_ => new Frame(_capacity.Headroom, LongestFrame))];
    }

    /// <summary>Stations by name, and what the packets of the scenario refer to.</summary>
    public PacketContext Context { get; } = new();

    public Tables Tables => _tables;

    private int Named(Dictionary<string, int> names, ScenarioLine line, string what)
    {
        string name = line.Word(what);
        return names.TryGetValue(name, out int index) ? index : throw line.Error(name, $"{what}, one of {string.Join(", ", names.Keys)}");
    }

    private int PortOf(ScenarioLine line) => Named(_port, line, "a port");

    private int VrfOf(ScenarioLine line) => Named(_vrf, line, "a VRF");

    private int TransportOf(ScenarioLine line) => Named(_transport, line, "a transport");

    private static void Done(ScenarioLine line, bool done)
    {
        if (!done) throw new ScenarioException($"{line.Place}: the table refused \"{line.Text}\"");
    }

    private static int Row(ScenarioLine line, int row)
    {
        Done(line, row >= 0);
        return row;
    }

    private static (byte[] Address, int Bits) Prefix(ScenarioLine line)
    {
        string word = line.Word("a prefix");
        string[] parts = word.Split('/');
        if (!IPAddress.TryParse(parts[0], out IPAddress address)) throw line.Error(word, "a prefix");
        byte[] octets = address.GetAddressBytes();
        return (octets, parts.Length == 2 ? line.Number(parts[1], "a prefix length") : octets.Length * 8);
    }

    private static uint Ipv4(byte[] octets) => (uint)((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3]);

    private byte[] Station(ScenarioLine line)
    {
        string word = line.Word("a MAC address or the name of one");
        string digits = Context.Stations.GetValueOrDefault(word, word).Replace(":", "");
        if (digits.Length != 12 || !digits.All(char.IsAsciiHexDigit)) throw line.Error(word, "a MAC address or the name of one");
        return Hex.Octets(digits);
    }

    // "address 192.0.2.1/24 on Ethernet1 [vrf blue]"
    private void Address(ScenarioLine line)
    {
        (byte[] address, int bits) = Prefix(line);
        line.Need("on");
        int port = PortOf(line);
        int vrf = line.Take("vrf") ? VrfOf(line) : 0;
        line.End();
        if (_host == null)
        {
            _host = new HostStack(_tables, _capacity, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        }

        AddAddress(line, port, vrf, address, bits);
    }

    private void AddAddress(ScenarioLine line, int port, int vrf, byte[] address, int bits)
    {
        _host.Interfaces.Name[port] = _port.First(p => p.Value == port).Key;
        _host.Interfaces.Usable[port] = true;
        if (address.Length == 4)
        {
            uint own = Ipv4(address);
            _host.Interfaces.SetAddress(port, vrf, own, bits);
            Done(line, _tables.Prefixes.Set(vrf, own & InterfaceTable.MaskOf(bits), bits, ForwardingHandle.Glean | port));
            Done(line, _tables.Prefixes.Set(vrf, own, 32, ForwardingHandle.Local));
            return;
        }

        byte[] net = [.. address];
        for (int i = bits; i < 128; i++) net[i / 8] &= (byte)~(0x80 >> (i % 8));
        _host.Interfaces.Vrf[port] = vrf;
        _host.Ipv6.Enable(port);
        Done(line, _host.Ipv6.Add(port, address, 0, bits) >= 0);
        Done(line, _tables.Prefixes.Set6(vrf, net, 0, bits, ForwardingHandle.Glean | port));
        Done(line, _tables.Prefixes.Set6(vrf, address, 0, 128, ForwardingHandle.Local | port));

        // Duplicate address detection (RFC 4862 section 5.4): the address is ours when nobody has objected.
        _host.AnnounceIpv6(port, _tables.Now);
        for (int step = 0; step < 100; step++)
        {
            _tables.Now += AddressTest.WaitMs / 50;
            _host.Poll(_tables.Now);
        }
    }

    private static string Plain(string name) =>
        string.Concat(name.ToLower(CultureInfo.InvariantCulture).Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'));
}
