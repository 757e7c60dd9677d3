using System.Globalization;
using LabEdge.Bfd;

namespace LabEdge.Tests.Bfd;

/// <summary>
/// Cases as text in tests/conformance/bfd, one router against a script: <c>establish</c>, <c>type LINE</c> on its console, <c>wait MS</c>,
/// <c>link down|up</c>, <c>state S</c>, <c>answer A</c> (of Liveness), <c>route in|out</c>, <c>drops TEXT N</c>, <c>told TEXT</c> (the reason that show ip route gives); <c>&lt;</c> a packet in: state, bits
/// (P F A D M), then my, your, mult, tx, rx, diag, ttl, version, length (what it says), octets (what there is), port, from; <c>&gt;</c> packets out, equal ones of a
/// wait as one line with <c>x LEAST-MOST</c>. What goes out and is not in the script is an error.
/// </summary>
[TestClass]
public class BfdConformanceTests
{
    private static readonly string Folder = Repository.PathOf("tests", "conformance", "bfd");

    public static IEnumerable<object[]> Cases => Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Packets_in_and_out(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        Assert.StartsWith("# ", lines[0], "a sentence on top");
        BfdBench bench = new();
        List<(string Text, int Count)> heard = [];
        Hear(bench, heard);
        for (int i = 0; i < lines.Length; i++)
        {
            string where = $"{name}.txt line {i + 1}";
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            string[] words = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == ">")
            {
                Assert.IsNotEmpty(heard, where + ": nothing went out");
                int times = Array.IndexOf(words, "x");
                string[] range = times < 0 ? ["1", "1"] : words[times + 1].Split('-');
                Assert.AreEqual(string.Join(' ', words[1..(times < 0 ? words.Length : times)]), heard[0].Text, where);
                Assert.IsTrue(heard[0].Count >= Number(range[0]) && heard[0].Count <= Number(range[^1]), $"{where}: {heard[0].Count} times");
                heard.RemoveAt(0);
                continue;
            }
            Assert.AreEqual("", string.Join("; ", heard), where + ": more went out before");
            switch (words[0])
            {
                case "establish": bench.Establish(); break;
                case "type": Assert.DoesNotContain("%", bench.Bench.Run(lines[i][5..]), where); bench.Step(); break;
                case "wait": bench.Wait(Number(words[1])); break;
                case "link": bench.Bench.Ports[0].LinkUp = words[1] == "up"; bench.Step(); break;
                case "state": Assert.AreEqual(words[1], bench.State, where); break;
                case "answer": Assert.AreEqual(words[1], bench.Answer, where); break;
                case "route": Assert.AreEqual(words[1] == "in", bench.RouteIsActive, where); break;
                case "drops": Assert.AreEqual(Number(words[^1]), Drops(bench, string.Join(' ', words[1..^1])), where); break;
                case "told": Assert.Contains(lines[i][5..], bench.Bench.Run("show ip route 9.9.9.9"), where); break;
                case "<": Receive(bench, words); break;
                default: Assert.Fail(where + ": unknown word " + words[0]); break;
            }
            Hear(bench, heard);
        }
        Assert.AreEqual("", string.Join("; ", heard), name + ": more went out at the end");
    }

    [TestMethod]
    public void Every_reason_to_discard_a_packet_has_a_case()
    {
        string cases = string.Concat(Directory.GetFiles(Folder, "*.txt").Select(File.ReadAllText));
        for (int reason = 1; reason < BfdDiscard.Count; reason++) Assert.Contains($"drops {BfdDiscard.Text(reason)} 1", cases, BfdDiscard.Text(reason));
    }

    private static void Hear(BfdBench bench, List<(string Text, int Count)> heard)
    {
        foreach (string text in bench.Heard().Select(bench.Text))
        {
            if (heard.Count > 0 && heard[^1].Text == text) heard[^1] = (text, heard[^1].Count + 1);
            else heard.Add((text, 1));
        }
    }

    private static int Drops(BfdBench bench, string text)
    {
        for (int reason = 1; reason < BfdDiscard.Count; reason++)
        {
            if (BfdDiscard.Text(reason) == text) return bench.Module.Discarded[reason];
        }
        Assert.Fail("no such reason: " + text);
        return 0;
    }

    private static void Receive(BfdBench bench, string[] words)
    {
        int state = words[1] switch { "AdminDown" => BfdMachine.AdminDown, "Down" => BfdMachine.Down, "Init" => BfdMachine.Init, _ => BfdMachine.Up };
        int flags = 0;
        int at = 2;
        for (; at < words.Length && words[at].Length == 1; at++)
        {
            flags |= words[at] switch { "P" => BfdPacket.Poll, "F" => BfdPacket.Final, "A" => BfdPacket.Authentication, "D" => BfdPacket.Demand, "M" => BfdPacket.Multipoint, _ => 0 };
        }
        Dictionary<string, string> value = [];
        for (; at + 1 < words.Length; at += 2) value[words[at]] = words[at + 1];
        int Value(string key, int otherwise) => value.TryGetValue(key, out string text) ? Number(text) : otherwise;
        uint? your = value.TryGetValue("your", out string said) && said != "own" ? (uint)Number(said) : null;
        byte[] octets = bench.Packet(state, (uint)Value("my", 7), your, flags, Value("mult", 3), (uint)Value("tx", 100), (uint)Value("rx", 100), Value("diag", 0));
        octets[0] = (byte)((Value("version", 1) << 5) | (octets[0] & 31));
        octets[3] = (byte)Value("length", 24);
        byte[] payload = new byte[Value("octets", 24)];
        octets.AsSpan(0, Math.Min(24, payload.Length)).CopyTo(payload);
        bench.Receive(payload, Value("ttl", 255), value.TryGetValue("from", out string from) ? (uint)(0x0A000000 + Number(from)) : BfdBench.Peer, Value("port", 1) - 1, Value("port", 1) == 1 ? BfdBench.Own : 0x0A000101);
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
