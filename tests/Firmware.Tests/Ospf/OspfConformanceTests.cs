using System.Globalization;
using System.Text.RegularExpressions;
using LabEdge.Forwarding.Wire;
using LabEdge.Ospf;

namespace LabEdge.Tests.Ospf;

/// <summary>
/// Cases as text in tests/conformance/ospf, one router against a script: <c>type LINE</c> in configuration mode, <c>wait MS</c>, <c>keep SECONDS</c> while the neighbour is heard, <c>state S</c> of the neighbour,
/// <c>interface S</c>; <c>from|id|area|to A.B.C.D</c> and <c>seal none | password KEY | md5 KEY ID SEQUENCE</c> for the packets that follow; <c>&lt; TYPE hex</c> a packet in, <c>raw hex</c> one with its header;
/// <c>&gt; TYPE hex</c> a packet out, in which . is any nibble; <c>fault NAME</c>: the packet before was not taken, for that reason. Packets out that the script does not name are errors, but
/// Hellos. <c>[name]</c> stands for 4 octets that were taken from a packet out, <c>[name+1]</c> for the next number; <c>{age options type id router sequence body}</c> for an advertisement whose
/// checksum and length are put in, <c>{... }h</c> for its header alone.
/// </summary>
[TestClass]
public sealed partial class OspfConformanceTests
{
    private static readonly string Folder = Repository.PathOf("tests", "conformance", "ospf");

    public static IEnumerable<object[]> Cases => Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(f => new object[] { Path.GetFileNameWithoutExtension(f) });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Packets_in_and_out(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        Assert.StartsWith("# ", lines[0], "a sentence on top");
        OspfBench bench = new();
        bench.Heard();
        Dictionary<string, uint> names = [];
        Queue<(string Type, byte[] Body)> heard = new();
        int faults = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            string where = $"{name}.txt line {i + 1}";
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
            string rest = words.Length > 1 ? words[1].Trim() : "";
            if (words[0] == ">")
            {
                Expect(heard, rest, names, where);
                continue;
            }

            if (words[0] is not ("state" or "interface" or "fault" or "from" or "id" or "area" or "to" or "seal"))
            {
                Assert.AreEqual("", Text(heard), where + ": more went out before");
                heard.Clear();
            }

            if (words[0] != "fault") Assert.AreEqual(faults, bench.Ospf.BadPackets, where + $": a packet before was not taken ({Fault(bench.Ospf.LastFault)})");
            switch (words[0])
            {
                case "type": bench.Bench.Configure(rest.Replace("; ", "\n")); bench.Run(); break;
                case "wait": bench.Wait(int.Parse(rest, CultureInfo.InvariantCulture)); break;
                case "keep":
                    for (int t = int.Parse(rest, CultureInfo.InvariantCulture); t > 0; t -= 10)
                    {
                        bench.Send("Hello", Hex.Octets("FFFFFF00 000A 02 01 00000028 00000000 00000000 01010101"));
                        bench.Wait(10_000);
                    }

                    break;
                case "state": Assert.AreEqual(rest, bench.Neighbor, where); break;
                case "interface": Assert.AreEqual(rest, bench.Interface, where); break;
                case "from": bench.Source = Address(rest); break;
                case "id": bench.RouterId = Address(rest); break;
                case "area": bench.Area = Address(rest); break;
                case "to": bench.Destination = Address(rest); break;
                case "seal":
                    string[] seal = rest.Split(' ');
                    (bench.SealType, bench.Key) = (Array.IndexOf(["none", "password", "md5"], seal[0]), seal.Length < 2 ? [] : System.Text.Encoding.ASCII.GetBytes(seal[1]));
                    if (seal.Length > 2) (bench.KeyId, bench.Sequence) = (byte.Parse(seal[2], CultureInfo.InvariantCulture), uint.Parse(seal[3], CultureInfo.InvariantCulture));
                    break;
                case "raw": bench.Raw(Hex.Octets(rest)); break;
                case "<": bench.Send(rest.Split(' ')[0], Body(rest[rest.Split(' ')[0].Length..], names)); break;
                case "fault":
                    Assert.AreEqual(++faults, bench.Ospf.BadPackets, where + ": counted");
                    Assert.AreEqual(rest, Fault(bench.Ospf.LastFault), where);
                    break;
                default: Assert.Fail(where + ": unknown word " + words[0]); break;
            }

            foreach ((string Type, byte[] Body) packet in bench.Heard()) heard.Enqueue(packet);
        }

        Assert.AreEqual("", Text(heard), name + ": more went out at the end");
        Assert.AreEqual(faults, bench.Ospf.BadPackets, name + ": a packet at the end was not taken");
    }

    private static string Fault(int fault) => typeof(PacketFault).GetFields().Single(f => (int)f.GetRawConstantValue() == fault).Name;

    private static uint Address(string dotted) => Octets.ReadUInt32([.. dotted.Split('.').Select(byte.Parse)], 0);

    private static string Text(IEnumerable<(string Type, byte[] Body)> heard) => string.Join("\n", heard.Where(h => h.Type != "Hello").Select(h => "> " + h.Type + " " + Convert.ToHexString(h.Body)));

    private static byte[] Body(string text, Dictionary<string, uint> names)
    {
        text = Name().Replace(text, m => (names[m.Groups[1].Value] + (m.Groups[2].Length == 0 ? 0 : uint.Parse(m.Groups[2].Value[1..], CultureInfo.InvariantCulture))).ToString("X8", CultureInfo.InvariantCulture));
        return Hex.Octets(Advertisement().Replace(text, m => Convert.ToHexString(Lsa(m.Groups[1].Value)[..(m.Groups[2].Length == 0 ? ^0 : LsaHeader.Length)])));
    }

    // Age, options, type, id, router and sequence number: 16 octets; then the body.
    private static byte[] Lsa(string text)
    {
        byte[] given = Hex.Octets(text);
        byte[] lsa = [.. given[..16], 0, 0, 0, 0, .. given[16..]];
        Octets.WriteUInt16(lsa, LsaHeader.LengthOffset, lsa.Length);
        LsaHeader.WriteChecksum(lsa, 0);
        return lsa;
    }

    private static void Expect(Queue<(string Type, byte[] Body)> heard, string text, Dictionary<string, uint> names, string where)
    {
        string type = text.Split(' ')[0];
        while (heard.Count != 0 && heard.Peek().Type == "Hello" && type != "Hello") heard.Dequeue();
        Assert.AreNotEqual(0, heard.Count, where + ": nothing went out");
        (string Type, byte[] Body) packet = heard.Dequeue();
        string found = Convert.ToHexString(packet.Body);
        string pattern = "^";
        List<string> taken = [];
        foreach (Match part in Part().Matches(text[type.Length..].Replace(" ", "", StringComparison.Ordinal)))
        {
            string name = part.Groups[1].Value;
            if (name.Length == 0)
            {
                pattern += part.Value;
            }
            else if (names.TryGetValue(name, out uint number))
            {
                pattern += (number + (part.Groups[2].Length == 0 ? 0 : uint.Parse(part.Groups[2].Value[1..], CultureInfo.InvariantCulture))).ToString("X8", CultureInfo.InvariantCulture);
            }
            else
            {
                pattern += "(........)";
                taken.Add(name);
            }
        }

        Match match = Regex.Match(found, pattern + "$");
        Assert.IsTrue(packet.Type == type && match.Success, $"{where}: > {packet.Type} {found}\n{Text(heard)}");
        for (int k = 0; k < taken.Count; k++) names[taken[k]] = Convert.ToUInt32(match.Groups[k + 1].Value, 16);
    }

    [GeneratedRegex(@"\[(\w+)(\+\d+)?\]")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{([^}]*)\}(h?)")]
    private static partial Regex Advertisement();

    [GeneratedRegex(@"\[(\w+?)(\+\d+)?\]|[0-9A-F.]+")]
    private static partial Regex Part();
}
