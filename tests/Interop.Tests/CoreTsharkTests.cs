using System.Buffers.Binary;

namespace LabEdge.Tests.Interop;

/// <summary>
/// Wireshark's dissector reads what the routers of lab core-ldp say to each other while a cable is pulled and plugged in: it finds nothing wrong, and in
/// every LDP PDU the messages, with their identifiers and lengths, that stand there by RFC 5036 section 3.5, read here octet by octet.
/// </summary>
[TestClass]
public sealed class CoreTsharkTests
{
    private const int LdpPort = 646;

    [TestMethod]
    public void Every_message_of_ospf_and_ldp_is_read_whole()
    {
        Tools.Need(false, "tshark");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-pcap-");
        try
        {
            Tools.Must("dotnet", $"{NetworkLab.Emulator} lab run {Repository.PathOf("tools", "labs", "core-ldp")} --seed 7 --pcap {folder.FullName}", 120);
            Dictionary<string, int> seen = [];
            foreach (string capture in folder.GetFiles("*.pcap").Select(file => file.FullName).Order(StringComparer.Ordinal))
            {
                Assert.AreEqual("", Tools.TsharkFaults(capture, "", "!ldp"), Path.GetFileName(capture));
                Assert.AreEqual("", TsharkOnLdp.Faults(capture, "frame"), Path.GetFileName(capture));
                List<string> ours = Ours(capture);
                CollectionAssert.AreEqual(ours, Theirs(capture), Path.GetFileName(capture));
                foreach (string kind in ours.Select(m => m.Split(' ')[1])) seen[kind] = seen.GetValueOrDefault(kind) + 1;
            }

            Console.WriteLine(string.Join(", ", seen.Select(pair => $"{pair.Key} {pair.Value}")));

            // Notification, Hello, Initialization, KeepAlive, Address, Label Mapping, Withdraw, Release.
            foreach (string kind in (string[])["0001", "0100", "0200", "0201", "0300", "0400", "0402", "0403"]) Assert.IsGreaterThan(0, seen.GetValueOrDefault(kind), kind);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // "source type id length" of every message, sorted. TCP's octets are put in order by their sequence numbers.
    private static List<string> Ours(string capture)
    {
        List<string> messages = [];
        Dictionary<string, SortedDictionary<uint, byte[]>> streams = [];
        foreach (CapturedFrame frame in PcapFile.Read(capture).Where(f => f.EtherType is 0x0800 or 0x8847))
        {
            byte[] b = frame.Octets;
            int ip = 14;

            // A session whose link is gone goes round it, under labels.
            for (bool labels = frame.EtherType == 0x8847; labels; ip += 4) labels = (b[ip + 2] & 1) == 0;
            int transport = ip + (b[ip] & 15) * 4;
            int end = ip + BinaryPrimitives.ReadUInt16BigEndian(b.AsSpan(ip + 2));
            string source = $"{b[ip + 12]}.{b[ip + 13]}.{b[ip + 14]}.{b[ip + 15]}";
            if (b[ip + 9] is not (6 or 17)) continue;
            int from = BinaryPrimitives.ReadUInt16BigEndian(b.AsSpan(transport));
            int to = BinaryPrimitives.ReadUInt16BigEndian(b.AsSpan(transport + 2));
            if (from != LdpPort && to != LdpPort) continue;
            if (b[ip + 9] == 17)
            {
                Read(source, b.AsSpan(transport + 8, end - transport - 8), messages);
                continue;
            }

            int payload = transport + (b[transport + 12] >> 4) * 4;
            if (payload == end) continue;
            string stream = $"{source} {from} {to}";
            if (!streams.TryGetValue(stream, out SortedDictionary<uint, byte[]> segments)) streams[stream] = segments = [];
            segments[BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(transport + 4))] = b[payload..end];
        }

        foreach ((string stream, SortedDictionary<uint, byte[]> segments) in streams) Read(stream.Split(' ')[0], [.. segments.Values.SelectMany(s => s)], messages);
        return [.. messages.Order(StringComparer.Ordinal)];
    }

    private static void Read(string source, ReadOnlySpan<byte> pdus, List<string> messages)
    {
        while (pdus.Length > 0)
        {
            Assert.AreEqual(1, BinaryPrimitives.ReadUInt16BigEndian(pdus), source);
            int end = 4 + BinaryPrimitives.ReadUInt16BigEndian(pdus[2..]);
            for (int at = 10; at < end; at += 4 + BinaryPrimitives.ReadUInt16BigEndian(pdus[(at + 2)..]))
            {
                messages.Add($"{source} {BinaryPrimitives.ReadUInt16BigEndian(pdus[at..]) & 0x7FFF:x4} {BinaryPrimitives.ReadUInt32BigEndian(pdus[(at + 4)..])} {BinaryPrimitives.ReadUInt16BigEndian(pdus[(at + 2)..])}");
            }

            pdus = pdus[end..];
        }
    }

    private static List<string> Theirs(string capture)
    {
        string rows = Tools.RunApart("tshark", $"-r {capture} -Y \"ldp && !tcp.analysis.retransmission\" -T fields -E separator=; -e ip.src -e ldp.msg.type -e ldp.msg.id -e ldp.msg.len").Output;
        List<string> messages = [];
        foreach (string[] row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Trim().Split(';')))
        {
            string[] types = row[1].Split(',');
            string[] identifiers = row[2].Split(',');
            string[] lengths = row[3].Split(',');
            for (int i = 0; i < types.Length; i++)
            {
                messages.Add($"{row[0]} {Convert.ToInt32(types[i], 16) & 0x7FFF:x4} {Number(identifiers[i])} {Number(lengths[i])}");
            }
        }

        return [.. messages.Order(StringComparer.Ordinal)];
    }

    private static uint Number(string text) => text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt32(text, 16) : uint.Parse(text);
}
