using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>Wireshark's dissector reads every frame of the labs as the forwarders meant it.</summary>
[TestClass]
public sealed partial class TsharkTests
{
    // The labels of the two directions of the lab's pseudowire, from its configurations: tshark cannot guess what they carry.
    private static string Pseudowires(string lab) => string.Join(' ', Directory.GetFiles(Repository.PathOf("tools", "labs", lab, "solution"), "*.cfg")
        .SelectMany(f => PseudowireLabels().Matches(File.ReadAllText(f))).SelectMany(m => new[] { m.Groups[1].Value, m.Groups[2].Value }).Distinct()
        .Select(label => $"-d mpls.label=={label},pwethcw"));

    [TestMethod]
    [DataRow("l2vpn-static")]
    [DataRow("l3vpn-static")]
    [DataRow("l3vpn-dual-stack")]
    public void Tshark_finds_nothing_wrong_and_reads_the_stacks_that_the_forwarders_meant(string lab)
    {
        Tools.Need(false, "tshark");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-pcap-");
        try
        {
            Tools.Must("dotnet", $"{NetworkLab.Emulator} lab run {Repository.PathOf("tools", "labs", lab)} --seed 7 --pcap {folder.FullName}", 120);
            string[] captures = Directory.GetFiles(folder.FullName, "*.pcap");
            Assert.IsNotEmpty(captures);
            foreach (string capture in captures)
            {
                string wrong = Tools.TsharkFaults(capture, Pseudowires(lab));
                Assert.AreEqual("", wrong, Path.GetFileName(capture));
            }

            string[] account = File.ReadAllLines(Path.Combine(folder.FullName, "account.txt"));
            int compared = Compare(lab, captures, account, out string difference);
            Assert.AreEqual("", difference);
            Console.WriteLine($"{lab}: {captures.Length} captures, {compared} labelled frames compared");
            Assert.IsGreaterThan(10, compared);

            // A wrong S bit in one frame on the wire must not pass this comparison.
            string victim = captures.First(c => PcapFile.Read(c).Exists(f => f.EtherType == 0x8847));
            CapturedFrame frame = PcapFile.Read(victim).First(f => f.EtherType == 0x8847);
            byte[] octets = File.ReadAllBytes(victim);
            octets[frame.Offset + 16] ^= 1;
            File.WriteAllBytes(victim, octets);
            Compare(lab, captures, account, out string planted);
            Assert.AreNotEqual("", planted, "the planted S bit was not found");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Every line of the account stands on its link, in order; what stands there beside it was made by a provider's router
    // itself, or is an IPv6 packet to which a PE's general path gave the labels of transport and VRF: the account does not foretell that.
    private static int Compare(string lab, string[] captures, string[] account, out string difference)
    {
        difference = "";
        int compared = 0;
        HashSet<string> routers = [.. Directory.GetFiles(Repository.PathOf("tools", "labs", lab, "solution"), "p*.cfg")
            .SelectMany(f => Addresses().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value)];
        foreach (string capture in captures)
        {
            string link = Path.GetFileNameWithoutExtension(capture);
            List<string> meant = [.. account.Select(l => l.Split(' ')).Where(w => w[3] == link && w[4] != "-").Select(w => string.Join(' ', w[4..])).Order()];
            List<(string Stack, string Source, bool Ipv6)> seen = [];
            string fields = Tshark($"-r {capture} {Pseudowires(lab)} -Y mpls -T fields -E separator=; -E aggregator=, -e mpls.label -e mpls.exp -e mpls.bottom -e mpls.ttl -e ip.src -e ipv6.src");
            foreach (string[] columns in fields.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim('\r').Split(';')))
            {
                string[] labels = columns[0].Split(',');
                string[][] rest = [.. columns[1..4].Select(c => c.Split(','))];
                string stack = string.Join(' ', labels.Select((label, i) => $"{label}/{rest[0][i]}/{(rest[1][i] is "1" or "True" ? 1 : 0)}/{rest[2][i]}"));
                bool ipv6 = columns[4].Length == 0 && columns[5].Length > 0;
                seen.Add((stack, columns[ipv6 ? 5 : 4].Split(',')[0], ipv6));
            }

            foreach (string stack in meant)
            {
                int at = seen.FindIndex(s => s.Stack == stack);
                if (at < 0) difference += $"{link}: meant {stack}, not seen\n";
                else seen.RemoveAt(at);
            }

            foreach ((string stack, string source, _) in seen.Where(s => !routers.Contains(s.Source) && !(s.Ipv6 && TransportAndVrf().IsMatch(s.Stack)))) difference += $"{link}: seen {stack} from {source}, not meant\n";
            compared += meant.Count;
        }

        return compared;
    }

    private static string Tshark(string arguments)
    {
        // Only what it prints on its standard output: as root it warns on the other stream.
        (int exit, string output, string errors) = Tools.RunApart("tshark", arguments);
        Assert.AreEqual(0, exit, "tshark " + arguments + errors);
        return output;
    }

    [GeneratedRegex("mpls label ([0-9]+) ([0-9]+)")]
    private static partial Regex PseudowireLabels();

    [GeneratedRegex(@"^10[13]/([0-7])/0/([0-9]+) [23]0[13]/\1/1/\2$")]
    private static partial Regex TransportAndVrf();

    [GeneratedRegex("ip(?:v6)? address ([0-9a-f.:]+)")]
    private static partial Regex Addresses();
}
