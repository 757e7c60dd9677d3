using System.Buffers.Binary;
using LabEdge.Ospf;

namespace LabEdge.Tests.Interop;

/// <summary>Wireshark's dissector finds nothing wrong in what three routers say in OSPF, and reads every packet and advertisement as our own codecs do.</summary>
[TestClass]
public sealed class OspfTsharkTests
{
    private static string Router(int number, string first, string second, string more) => $"""
        hostname r{number}
        interface Loopback0
         ip address 10.255.0.{number} 255.255.255.255
        interface Ethernet1
         ip address {first} 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         ip ospf authentication message-digest
         ip ospf message-digest-key 7 md5 secret
        interface Ethernet2
         ip address {second} 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
        router ospf 1
         network 10.0.13.0 0.0.0.255 area 1
         network 10.0.0.0 0.255.255.255 area 0
         redistribute static subnets
        {more}
        """;

    private const string Topology = """
        name: triangle
        topology:
          nodes: {r1: {}, r2: {}, r3: {}}
          links:
            - endpoints: ["r1:eth1", "r2:eth1"]
            - endpoints: ["r2:eth2", "r3:eth1"]
            - endpoints: ["r1:eth2", "r3:eth2"]
        """;

    private const string Checks = """
        settle: 20s
        checks:
          - {goal: r3 has the route of r1, type: shows, node: r3, command: show ip route ospf, text: 192.168.7.0/24}
        """;

    [TestMethod]
    public void Tshark_finds_nothing_wrong_and_reads_every_packet_as_we_do()
    {
        Tools.Need(false, "tshark");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-ospf-");
        try
        {
            void Put(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
            Put("topology.clab.yml", Topology);
            Put("checks.yml", Checks);
            Put("r1.cfg", Router(1, "10.0.12.1", "10.0.13.1", "ip route 192.168.7.0 255.255.255.0 10.0.12.2"));
            Put("r2.cfg", Router(2, "10.0.12.2", "10.0.23.2", "").Replace("Ethernet2\n ip address 10.0.23.2 255.255.255.0\n", "Ethernet2\n ip address 10.0.23.2 255.255.255.0\n ip ospf authentication message-digest\n ip ospf message-digest-key 7 md5 secret\n"));
            Put("r3.cfg", Router(3, "10.0.23.3", "10.0.13.3", "ip route 192.168.8.0 255.255.255.0 10.0.23.2"));
            string pcap = Path.Combine(folder.FullName, "pcap");
            Tools.Must("dotnet", $"{NetworkLab.Emulator} lab run {folder.FullName} --seed 7 --pcap {pcap}", 120);
            string[] captures = Directory.GetFiles(pcap, "*.pcap");
            Assert.HasCount(3, captures);
            int packets = 0;
            HashSet<int> types = [];
            HashSet<int> advertisements = [];
            foreach (string capture in captures)
            {
                string wrong = Read($"-r {capture} -o ip.check_checksum:TRUE -Y \"ospf && (_ws.malformed || _ws.expert.severity>=warning || ip.checksum.status==0)\"");
                Assert.AreEqual("", wrong.Trim(), Path.GetFileName(capture));
                List<string> ours = [.. PcapFile.Read(capture).Where(IsOspf).Select(f => Line(f.Octets, types, advertisements))];
                string[] theirs = [.. Read($"-r {capture} -Y ospf -T fields -E separator=; -E aggregator=, -e ospf.msg -e ospf.srcrouter -e ospf.area_id -e ospf.lsa.seqnum").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(l => l.Trim('\r').Split(';')).Select(c => $"{c[0]} {c[1]} {c[2]} {c[3].Replace("0x", "", StringComparison.Ordinal).ToUpperInvariant()}")];
                CollectionAssert.AreEqual(ours, theirs, Path.GetFileName(capture));
                packets += ours.Count;
            }

            Console.WriteLine($"{packets} packets in {captures.Length} captures");
            Assert.IsGreaterThan(100, packets);
            CollectionAssert.AreEquivalent(new[] { 1, 2, 3, 4, 5 }, types.ToArray(), "every type of packet");
            CollectionAssert.AreEquivalent(new[] { 1, 2, 3, 4, 5 }, advertisements.ToArray(), "every type of advertisement");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsOspf(CapturedFrame f) => f.EtherType == 0x0800 && f.Octets[23] == OspfHeader.Protocol;

    // Type, router, area, and the sequence numbers of the advertisements and headers in the packet.
    private static string Line(byte[] frame, HashSet<int> types, HashSet<int> advertisements)
    {
        const int Packet = 34;
        int type = frame[Packet + OspfHeader.TypeOffset];
        types.Add(type);
        int end = Packet + OspfHeader.ReadLength(frame, Packet);
        int at = type switch { 2 => Packet + OspfHeader.Length + DescriptionPacket.Length, 4 => Packet + OspfHeader.Length + 4, 5 => Packet + OspfHeader.Length, _ => end };
        List<string> sequences = [];
        while (at < end)
        {
            Assert.IsTrue(type != 4 || (LsaHeader.Fits(frame, at, end - at) && LsaHeader.ChecksumRight(frame, at)));
            sequences.Add(LsaHeader.ReadSequence(frame, at).ToString("X8", System.Globalization.CultureInfo.InvariantCulture));
            if (type == 4) advertisements.Add(frame[at + LsaHeader.TypeOffset]);
            at += type == 4 ? LsaHeader.ReadLength(frame, at) : LsaHeader.Length;
        }

        return $"{type} {Dotted(frame, Packet + OspfHeader.RouterIdOffset)} {Dotted(frame, Packet + OspfHeader.AreaOffset)} {string.Join(',', sequences)}";
    }

    private static string Dotted(byte[] octets, int at) => new System.Net.IPAddress(BinaryPrimitives.ReadUInt32LittleEndian(octets.AsSpan(at))).ToString();

    private static string Read(string arguments)
    {
        (int exit, string output, string errors) = Tools.RunApart("tshark", arguments);
        Assert.AreEqual(0, exit, "tshark " + arguments + errors);
        return output;
    }
}
