namespace LabEdge.Tests.Scenarios;

/// <summary>One header of a packet as a scenario writes it: its kind, the words without a value, and the values by name.</summary>
public sealed class PacketLayer
{
    private static readonly Dictionary<string, string> s_keys = new()
    {
        ["eth"] = "dst src type len",
        ["vlan"] = "pcp dei tpid type",
        ["mpls"] = "tc ttl s",
        ["cw"] = "nibble flags frg len seq",
        ["ip"] = "src dst ttl tos dscp id df mf off proto len total ihl version csum options",
        ["ip6"] = "src dst hlim tc flow next len plen version",
        ["udp"] = "src dst total csum",
        ["gre"] = "csum key seq proto flags",
        ["icmp"] = "rest mtu length csum",
        ["icmp6"] = "rest mtu length csum",
        ["arp"] = "sha spa tha tpa",
        ["data"] = "from",
        ["zeros"] = "",
        ["hex"] = "",
        ["pad"] = "",
        ["quote"] = "",
        ["stack"] = "",
    };

    private readonly Dictionary<string, string> _values = [];
    private readonly ScenarioLine _line;

    public PacketLayer(ScenarioLine line)
    {
        _line = line;
        Kind = line.Word("a header");
        if (!s_keys.TryGetValue(Kind, out string keys)) throw line.Error(Kind, "one of the headers " + string.Join(", ", s_keys.Keys));
        while (!line.AtEnd)
        {
            string word = line.Word("a word");
            int equals = word.IndexOf('=');
            string key = equals < 0 ? word : word[..equals];
            bool known = keys.Split(' ').Contains(key);
            if (equals >= 0 && !known) throw line.Error(word, $"one of the fields {keys} of {Kind}");
            if (known) _values.Add(key, equals < 0 ? "1" : word[(equals + 1)..]);
            else Words.Add(word);
        }
    }

    public string Kind { get; }

    /// <summary>Words without a value, in order.</summary>
    public List<string> Words { get; } = [];

    public bool Has(string key) => _values.ContainsKey(key);

    public string Text(string key, string otherwise) => _values.GetValueOrDefault(key, otherwise);

    public int Number(string key, int otherwise) => _values.TryGetValue(key, out string word) ? _line.Number(word, $"a number for {key}") : otherwise;

    public string Word(int index, string expected) => index < Words.Count ? Words[index] : throw _line.Error(_line.Text, expected);

    public int WordNumber(int index, string expected) => _line.Number(Word(index, expected), expected);

    public int NumberOf(string word, string expected) => _line.Number(word, expected);

    public ScenarioException Error(string found, string expected) => _line.Error(found, expected);

    /// <summary>The headers of "eth dst=.. / mpls 100 / ip ..".</summary>
    public static List<PacketLayer> Parse(ScenarioLine line, string packet) => [.. packet.Split('/').Select(part => new PacketLayer(line.Part(part)))];
}
