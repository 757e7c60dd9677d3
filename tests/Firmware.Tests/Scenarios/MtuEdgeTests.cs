using System.Text;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

/// <summary>
/// The MTU edge table: for every encapsulation, stack depth, tag and control word the largest packet that may not be split passes, and
/// one octet more is answered with exactly that length (a pseudowire's frame is dropped and counted: nobody answers for a customer).
/// Each row is a scenario, written here from the sizes of the headers alone.
/// </summary>
[TestClass]
public class MtuEdgeTests
{
    /// <summary>Octets after the Ethernet header and its tag on the core link; the other links carry more.</summary>
    private const int Mtu = 1500;

    private const int LabelLength = 4, TagLength = 4, WordLength = 4, EntropyLength = 8;

    public TestContext TestContext { get; set; }

    private readonly StringBuilder _table = new();
    private int _rows;

    private const string Setup = """
        setup edge
          station N1 02:00:00:00:01:01
          station C1 02:00:00:00:01:02
          station CE1 02:aa:00:00:00:01
          station CE2 02:aa:00:00:00:02
          vrf blue
          port Ethernet1 core
          port Ethernet2 vrf blue mtu 9000
          port Ethernet3 bare mtu 9000
          port Ethernet4 core mtu 9000
          transport c1 Ethernet2 to C1 ip
          prefix blue 172.16.0.0/16 via c1
          prefix blue 2001:db8:16::/48 via c1

        """;

    private static string Labels(int count) => count == 0 ? "" : " labels " + string.Join(' ', Enumerable.Range(3001, count));

    private static string Stack(int count, string ttl) => string.Concat(Enumerable.Range(3001, count).Select(label => $" / mpls {label}{ttl}"));

    private static string Vlan(bool tag) => tag ? " vlan 30" : "";

    private static string Tagged(bool tag) => tag ? " / vlan 30" : "";

    private void Row(string what, int largest, string lines)
    {
        string text = $"{Setup}\nscenario {what}\n  source RFC 3032 section 3, RFC 1191 section 4\n  use edge\n{lines}";
        Scenario scenario = ScenarioFile.Read("generated", text)[0];
        foreach (BurstKernel kernel in new BurstKernel[] { new PortableKernel(), new NetKernel() })
        {
            try
            {
                ScenarioRun.Run(scenario, kernel);
            }
            catch (ScenarioException error)
            {
                Assert.Fail($"{kernel.GetType().Name}: {what}\n{error.Message}\n{lines}");
            }
        }

        _rows++;
        _table.AppendLine($"| {what} | {largest} |");
    }

    [TestCleanup]
    public void PrintTable() => TestContext.WriteLine($"{_rows} rows\n| encapsulation | largest |\n|---|---|\n{_table}");

    [TestMethod]
    [DataRow(4)]
    [DataRow(6)]
    public void Ip_in_the_global_table_and_in_a_VRF(int version)
    {
        string host = version == 4 ? "ip" : "ip6";
        string address = version == 4 ? "10.1.1.1" : "2001:db8:10::1";
        string prefix = version == 4 ? "10.0.0.0/8" : "2001:db8:10::/48";
        string source = version == 4 ? "172.16.0.9" : "2001:db8:16::9";
        string ttl = version == 4 ? "ttl" : "hlim";
        string df = version == 4 ? " df" : "";
        foreach (bool tag in new[] { false, true })
        {
            foreach (int depth in new[] { -1, 0, 1, 2, 3 })
            {
                foreach (bool entropy in depth < 0 ? [false] : new[] { false, true })
                {
                    int largest = Mtu - (depth + 1) * LabelLength - (entropy ? EntropyLength : 0);
                    string eli = entropy ? " / mpls 7 ttl=63 / mpls any ttl=0" : "";
                    string labels = depth < 0 ? "" : depth == 0 ? " / mpls 700 ttl=63" + eli : Stack(depth, " ttl=63") + eli + " / mpls 700 ttl=63";
                    string way = depth < 0 ? "via out" : "push 700 via out" + (entropy ? " entropy" : "");
                    string packet = $"{host} src={source} dst={address}{df}";
                    Row($"IPv{version} in a VRF, {(depth < 0 ? "no label" : depth + 1 + " labels")}{(entropy ? ", entropy label" : "")}{(tag ? ", tagged link" : "")}", largest, $"""
                          {(version == 4 ? "address 172.16.0.1/24 on Ethernet2 vrf blue" : "")}
                          transport out Ethernet1 to N1 {(depth < 0 ? "ip" : "mpls")}{Vlan(tag)}{Labels(Math.Max(0, depth))}
                          prefix blue {prefix} {way}
                          prefix blue {source} via c1
                          send Ethernet2: {packet} len={largest}
                          expect Ethernet1: eth dst=N1{Tagged(tag)}{labels} / {packet} len={largest} {ttl}=63
                          send Ethernet2: {packet} len={largest + 1}
                          expect drop mtu-exceeded, punt mtu-exceeded value {largest} at {host} vrf blue
                          {(version == 4 ? $"expect Ethernet2: eth dst=C1 / ip src=172.16.0.1 dst={source} id=any tos=0xC0 ttl=255 / icmp 3 4 mtu={largest} / quote 548" : "")}
                        """);
                }
            }
        }
    }

    [TestMethod]
    public void Labelled_packets_swapped_and_popped_one_hop_early()
    {
        foreach (bool tag in new[] { false, true })
        {
            foreach (int under in new[] { 0, 1, 2, 3, 5 })
            {
                string below = string.Concat(Enumerable.Range(21, under).Select(label => $" / mpls {label}"));
                foreach (int depth in new[] { 0, 1, 2, 3 })
                {
                    int largest = Mtu - (depth + 1 + under) * LabelLength;
                    Row($"swap, {under + 1} labels received, {depth} of a tunnel{(tag ? ", tagged link" : "")}", largest, $"""
                          transport out Ethernet1 to N1 mpls{Vlan(tag)}{Labels(depth)}
                          ilm 100 swap 200 via out
                          send Ethernet4: mpls 100{below} / ip df len={largest}
                          expect Ethernet1: eth dst=N1{Tagged(tag)}{Stack(depth, " ttl=63")} / mpls 200 ttl=63{below} / ip df len={largest}
                          send Ethernet4: mpls 100{below} / ip df len={largest + 1}
                          expect drop mtu-exceeded, punt mtu-exceeded-in-label value {largest + (under + 1) * LabelLength} at mpls vrf global
                        """);
                }

                int popped = Mtu - under * LabelLength;
                string exposed = under == 0 ? "" : " / mpls 21 ttl=63" + below[" / mpls 21".Length..];
                Row($"penultimate hop, {under + 1} labels received{(tag ? ", tagged link" : "")}", popped, $"""
                      transport out Ethernet1 to N1 mpls{Vlan(tag)}
                      transport out.ip Ethernet1 to N1 ip{Vlan(tag)}
                      ilm 110 php out out.ip
                      send Ethernet4: mpls 110{below} / ip df len={popped}
                      expect Ethernet1: eth dst=N1{Tagged(tag)}{exposed} / ip df len={popped}{(under == 0 ? " ttl=63" : "")}
                      send Ethernet4: mpls 110{below} / ip df len={popped + 1}
                      expect drop mtu-exceeded, punt mtu-exceeded-in-label value {popped + (under + 1) * LabelLength} at mpls vrf global
                    """);
            }
        }
    }

    [TestMethod]
    public void Pseudowires_of_every_form()
    {
        // form: circuit, how the received frame is tagged, tags received, the tag on the pseudowire, tags there, flags
        (string Form, string Circuit, string In, int TagsIn, string On, int TagsOn, string Flags)[] forms =
        [
            ("port mode", "", "", 0, "", 0, ""),
            ("raw, VLAN", "vlan 10", " / vlan 10", 1, "", 0, ""),
            ("raw, QinQ", "vlan 100.10", " / vlan 100 tpid=0x88A8 / vlan 10", 2, "", 0, ""),
            ("raw, QinQ with the inner tag carried", "vlan 100.10 pop 1", " / vlan 100 tpid=0x88A8 / vlan 10", 2, " / vlan 10", 1, ""),
            ("tagged, VLAN", "vlan 10 raw", " / vlan 10", 1, " / vlan 200", 1, " tagged 200"),
            ("tagged, untagged circuit", "untagged", "", 0, " / vlan 0", 1, " tagged 0"),
        ];
        foreach (bool tag in new[] { false, true })
        {
            foreach ((string form, string circuit, string received, int tagsIn, string on, int tagsOn, string flags) in forms)
            {
                foreach (int depth in new[] { 0, 1, 2, 3 })
                {
                    foreach (bool word in new[] { false, true })
                    {
                        foreach (bool flow in new[] { false, true })
                        {
                            int carried = Mtu - (depth + 1) * LabelLength - (word ? WordLength : 0) - (flow ? LabelLength : 0);
                            int largest = carried + (tagsIn - tagsOn) * TagLength;
                            string attach = circuit == "" ? "on Ethernet3" : "on ac site";
                            string stack = $"{Stack(depth, " ttl=255")} / mpls 860 ttl=255{(flow ? " / mpls any ttl=1" : "")}{(word ? " / cw" : "")}";
                            Row($"pseudowire, {form}, {depth + 1} labels{(word ? ", control word" : "")}{(flow ? ", flow label" : "")}{(tag ? ", tagged link" : "")}", largest, $"""
                                  transport out Ethernet1 to N1 mpls{Vlan(tag)}{Labels(depth)}
                                  {(circuit == "" ? "" : "ac site on Ethernet3 " + circuit)}
                                  pw a {attach} push 860 via out{(word ? " cw" : "")}{(flow ? " flow" : "")}{flags}
                                  send Ethernet3: eth dst=CE2 src=CE1 len={largest}{received} / data
                                  expect Ethernet1: eth dst=N1{Tagged(tag)}{stack} / eth dst=CE2 src=CE1 len={carried}{on} / data
                                  send Ethernet3: eth dst=CE2 src=CE1 len={largest + 1}{received} / data
                                  expect drop mtu-exceeded
                                """);
                        }
                    }
                }
            }
        }
    }

    [TestMethod]
    public void Tunnels_of_IP()
    {
        (string Form, int Header, string Outer)[] forms =
        [
            ("udp 192.0.2.1 192.0.2.2", 28, "ip src=192.0.2.1 dst=192.0.2.2 id=0 df / udp src=any csum=0"),
            ("udp 2001:db8::1 2001:db8::2", 48, "ip6 src=2001:db8::1 dst=2001:db8::2 flow=any / udp src=any"),
            ("gre 192.0.2.1 192.0.2.2", 24, "ip src=192.0.2.1 dst=192.0.2.2 id=0 df / gre"),
            ("gre 2001:db8::1 2001:db8::2", 44, "ip6 src=2001:db8::1 dst=2001:db8::2 flow=any / gre"),
            ("gre 192.0.2.1 192.0.2.2 checksum key 7 sequence", 36, "ip src=192.0.2.1 dst=192.0.2.2 id=0 df / gre csum key=7 seq=0"),
            ("gre 2001:db8::1 2001:db8::2 checksum key 7 sequence", 56, "ip6 src=2001:db8::1 dst=2001:db8::2 flow=any / gre csum key=7 seq=0"),
        ];
        foreach (bool tag in new[] { false, true })
        {
            foreach ((string form, int header, string outer) in forms)
            {
                foreach (int depth in new[] { 0, 1, 2 })
                {
                    string head = $"""
                          tunnel far on Ethernet1 to N1 {form}{Vlan(tag)}
                          transport out tunnel far{Labels(depth)}
                        """;
                    int largest = Mtu - header - (depth + 1) * LabelLength;
                    Row($"IPv4 in a VRF, MPLS in {form}, {depth + 1} labels{(tag ? ", tagged link" : "")}", largest, $"""
                        {head}
                          prefix blue 10.0.0.0/8 push 700 via out
                          send Ethernet2: ip dst=10.1.1.1 df len={largest}
                          expect Ethernet1: eth dst=N1{Tagged(tag)} / {outer}{Stack(depth, " ttl=63")} / mpls 700 ttl=63 / ip dst=10.1.1.1 df len={largest} ttl=63
                          send Ethernet2: ip dst=10.1.1.1 df len={largest + 1}
                          expect drop mtu-exceeded, punt mtu-exceeded value {largest} at ip vrf blue
                        """);
                    int frame = largest - WordLength;
                    Row($"pseudowire with control word, MPLS in {form}, {depth + 1} labels{(tag ? ", tagged link" : "")}", frame, $"""
                        {head}
                          pw a on Ethernet3 push 860 via out cw
                          send Ethernet3: eth dst=CE2 src=CE1 len={frame} / data
                          expect Ethernet1: eth dst=N1{Tagged(tag)} / {outer}{Stack(depth, " ttl=255")} / mpls 860 ttl=255 / cw / eth dst=CE2 src=CE1 len={frame} / data
                          send Ethernet3: eth dst=CE2 src=CE1 len={frame + 1} / data
                          expect drop mtu-exceeded
                        """);
                }
            }
        }
    }
}
