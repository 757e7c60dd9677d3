using System.Buffers.Binary;
using LabEdge.Tests.Scenarios;

namespace LabEdge.Tests.Interop;

/// <summary>Wireshark's dissector reads every frame that a scenario sends as the scenario's text writes it.</summary>
[TestClass]
public sealed class ScenarioTsharkTests
{
    private const string Wrong = "_ws.malformed || _ws.expert.severity==error || ip.checksum.status==0 || udp.checksum.status==0 || icmp.checksum.status==0 || icmpv6.checksum.status==0";
    private const string Checks = "-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE -o ip.defragment:FALSE -o udp.ignore_ipv6_zero_checksum:TRUE";

    private static readonly string[] s_fields =
    [
        "eth.dst", "ieee8021ad.id", "ieee8021ad.priority", "vlan.id", "vlan.priority", "mpls.label", "mpls.exp", "mpls.bottom", "mpls.ttl", "pweth.cw.sequence_number", "ip.dst", "ip.ttl", "ip.len", "ip.frag_offset", "ipv6.dst", "ipv6.hlim",
        "udp.dstport", "gre.proto",
    ];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Tshark_reads_each_frame_of_the_scenarios_as_their_text_says()
    {
        Tools.Need(false, "tshark");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-scenarios-");
        int compared = 0;
        try
        {
            string differences = "";
            foreach ((string name, List<List<SentFrame>> scenarios) in ScenarioCapture.Frames())
            {
                foreach ((Dictionary<int, string> kinds, List<SentFrame> frames) in Groups(scenarios))
                {
                    string path = Path.Combine(folder.FullName, "frames.pcap");
                    File.WriteAllBytes(path, ScenarioCapture.Pcap([frames]));
                    differences += Compare(name, path, kinds, frames);
                    compared += frames.Count;
                }
            }

            TestContext.WriteLine($"{compared} frames compared");
            Assert.AreEqual("", differences);
            Assert.IsGreaterThan(200, compared);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // tshark is told per label what is under it: the frames of scenarios that give one label two meanings are read apart.
    private static List<(Dictionary<int, string> Kinds, List<SentFrame> Frames)> Groups(List<List<SentFrame>> scenarios)
    {
        List<(Dictionary<int, string> Kinds, List<SentFrame> Frames)> groups = [];
        foreach (SentFrame frame in scenarios.SelectMany(s => s).Where(IsWhole))
        {
            (int label, string kind) = Bottom(frame);
            int fits = groups.FindIndex(g => kind == "" || !g.Kinds.TryGetValue(label, out string other) || other == kind);
            if (fits < 0)
            {
                groups.Add(([], []));
                fits = groups.Count - 1;
            }

            if (kind != "") groups[fits].Kinds[label] = kind;
            groups[fits].Frames.Add(frame);
        }

        return groups;
    }

    // A fragment of a pseudowire's frame says nothing by itself, and octets that stand for themselves are no header to be read.
    private static bool IsWhole(SentFrame frame)
    {
        int word = frame.Layers.FindIndex(l => l.Kind == "cw");
        bool fragment = word >= 0 && frame.Layers[word].Has("frg");
        bool bare = frame.Layers.Exists(l => l.Kind == "hex") && !frame.Layers.Exists(l => l.Kind is "icmp6");
        return !fragment && !bare;
    }

    private static (int Label, string Kind) Bottom(SentFrame frame)
    {
        int bottom = frame.Layers.FindLastIndex(l => l.Kind == "mpls");
        if (bottom < 0) return (0, "");
        string under = bottom + 1 < frame.Layers.Count ? frame.Layers[bottom + 1].Kind : "";
        return (Label(frame, bottom), under switch { "cw" => "pwethcw", "eth" => "pwethnocw", _ => "ip" });
    }

    private static int Label(SentFrame frame, int layer) => (int)(BinaryPrimitives.ReadUInt32BigEndian(frame.Octets.AsSpan(frame.Offsets[layer])) >> 12);

    private static string Compare(string name, string path, Dictionary<int, string> kinds, List<SentFrame> frames)
    {
        string decode = string.Join(' ', kinds.Where(k => k.Value != "ip").Select(k => $"-d mpls.label=={k.Key},{k.Value}"));
        string differences = "";
        string wrong = Tshark($"-r {path} {decode} {Checks} -Y \"{Wrong}\"");
        if (wrong.Trim() != "") differences += $"{name}: tshark finds these wrong:\n{wrong}";
        string text = Tshark($"-r {path} {decode} {Checks} -T fields -E separator=; -E aggregator=, {string.Join(' ', s_fields.Select(f => "-e " + f))}");
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != frames.Count) return $"{differences}{name}: {frames.Count} frames written, {lines.Length} read\n";
        for (int i = 0; i < frames.Count; i++)
        {
            string[] columns = lines[i].TrimEnd('\r').Split(';');
            for (int c = 0; c < s_fields.Length; c++)
            {
                string meant = Meant(frames[i], s_fields[c]);
                string read = string.Join(',', columns[c].Split(',').Select(v => v switch { "True" => "1", "False" => "0", _ => v }));

                // An ICMP error quotes a packet: its fields come after those of the frame.
                bool same = frames[i].Layers.Exists(l => l.Kind == "quote") ? read == meant || read.StartsWith(meant + ",", StringComparison.Ordinal) || meant == "" : read == meant;
                if (!same) differences += $"{name}, frame {i + 1}: {s_fields[c]} is \"{meant}\", tshark reads \"{read}\": {string.Join(" / ", frames[i].Layers.Select(l => l.Kind))}\n";
            }
        }

        return differences;
    }

    // What the headers of the scenario's text say for a field, all of them from the outside in.
    private static string Meant(SentFrame frame, string field) =>
        string.Join(',', Enumerable.Range(0, frame.Layers.Count).Select(i => Value(frame, i, field)).Where(v => v != null));

    private static string Value(SentFrame frame, int layer, string field)
    {
        if (layer >= frame.Offsets.Count) return null;
        ReadOnlySpan<byte> o = frame.Octets.AsSpan(frame.Offsets[layer]);
        switch (frame.Layers[layer].Kind + " " + field)
        {
            case "eth eth.dst": return string.Join(':', o[..6].ToArray().Select(b => b.ToString("x2")));
            case "vlan vlan.id" when !IsServiceTag(frame, layer):
            case "vlan ieee8021ad.id" when IsServiceTag(frame, layer): return (BinaryPrimitives.ReadUInt16BigEndian(o) & 0xFFF).ToString();
            case "vlan vlan.priority" when !IsServiceTag(frame, layer):
            case "vlan ieee8021ad.priority" when IsServiceTag(frame, layer): return (o[0] >> 5).ToString();
            case "mpls mpls.label": return (BinaryPrimitives.ReadUInt32BigEndian(o) >> 12).ToString();
            case "mpls mpls.exp": return ((o[2] >> 1) & 7).ToString();
            case "mpls mpls.bottom": return (o[2] & 1).ToString();
            case "mpls mpls.ttl": return o[3].ToString();
            case "cw pweth.cw.sequence_number": return BinaryPrimitives.ReadUInt16BigEndian(o[2..]).ToString();
            case "ip ip.dst": return new System.Net.IPAddress(o[16..20]).ToString();
            case "ip ip.ttl": return o[8].ToString();
            case "ip ip.len": return BinaryPrimitives.ReadUInt16BigEndian(o[2..]).ToString();
            case "ip ip.frag_offset": return (BinaryPrimitives.ReadUInt16BigEndian(o[6..]) & 0x1FFF).ToString();
            case "ip6 ipv6.dst": return new System.Net.IPAddress(o[24..40]).ToString();
            case "ip6 ipv6.hlim": return o[7].ToString();
            case "udp udp.dstport": return BinaryPrimitives.ReadUInt16BigEndian(o[2..]).ToString();
            case "gre gre.proto": return "0x" + BinaryPrimitives.ReadUInt16BigEndian(o[2..]).ToString("x4");
            default: return null;
        }
    }

    // A tag's EtherType stands in front of it.
    private static bool IsServiceTag(SentFrame frame, int layer) => BinaryPrimitives.ReadUInt16BigEndian(frame.Octets.AsSpan(frame.Offsets[layer] - 2)) == 0x88A8;

    private static string Tshark(string arguments)
    {
        (int exit, string output, string errors) = Tools.RunApart("tshark", arguments);
        Assert.AreEqual(0, exit, "tshark " + arguments + errors);
        return output;
    }
}
