using LabEdge.Cli;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>The startup configuration is one transaction: whatever the running configuration became line by line must load as a whole.</summary>
[TestClass]
public sealed class TypedConfigurationTests
{
    private const int Sessions = 120;
    private const int LinesPerSession = 150;
    private const int LinesPerLook = 15;
    private const int LongestDescription = 241;

    // What stands, the lines typed after it, and the word and text of the refusal of the last.
    [TestMethod]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 Ethernet2 10.2.0.2", "interface Ethernet2\nip vrf forwarding blue", "blue", "an interface that no static route names (ip route vrf red 30.0.0.0/8)")]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 Ethernet2", "interface Ethernet2\nno ip vrf forwarding", "ip", "an interface that no static route names (ip route vrf red 30.0.0.0/8)")]
    [DataRow("ip route 30.0.0.0 255.0.0.0 Ethernet1", "interface Ethernet1\nip vrf forwarding red", "red", "an interface that no static route names (ip route 30.0.0.0/8)")]
    [DataRow("ip route 30.0.0.0 255.0.0.0 10.2.0.2", "interface Ethernet1\nip address 10.2.0.2 255.255.255.0", "10.2.0.2", "an address that is no next hop of a route or label (ip route 30.0.0.0/8)")]
    [DataRow("ip route 30.0.0.0 255.0.0.0 Ethernet1 10.2.0.2", "interface Loopback0\nip address 10.2.0.2 255.255.255.255", "10.2.0.2", "an address that is no next hop of a route or label (ip route 30.0.0.0/8)")]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 10.2.0.2", "interface Ethernet2\nip address 10.2.0.2 255.255.255.0", "10.2.0.2", "an address that is no next hop of a route or label (ip route vrf red 30.0.0.0/8)")]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 9.9.9.9 label 77", "interface Loopback0\nip address 9.9.9.9 255.255.255.255", "9.9.9.9", "an address that is no next hop of a route or label (ip route vrf red 30.0.0.0/8)")]
    [DataRow("mpls static binding ipv4 30.0.0.0 255.0.0.0 output 9.9.9.9 77", "interface Loopback0\nip address 9.9.9.9 255.255.255.255", "9.9.9.9", "an address that is no next hop of a route or label (mpls static binding 30.0.0.0/8)")]
    [DataRow("interface Ethernet3\nxconnect 9.9.9.9 100 encapsulation mpls manual\nmpls label 44 301", "interface Loopback0\nip address 9.9.9.9 255.255.255.255", "9.9.9.9", "an address that is no xconnect's peer (Ethernet3)")]
    [DataRow("interface Ethernet3\nxconnect 9.9.9.9 100 encapsulation mpls manual", "interface Loopback0\nip address 9.9.9.9 255.255.255.255", "9.9.9.9", "an address that is no xconnect's peer (Ethernet3)")]
    [DataRow("interface Loopback0\nip address 9.9.9.9 255.255.255.255", "interface Ethernet3\nxconnect 9.9.9.9 100 encapsulation mpls manual", "9.9.9.9", "the peer's address, not this router's (Loopback0)")]
    public void A_line_that_contradicts_an_earlier_one_is_refused_when_it_is_typed(string first, string then, string found, string expected)
    {
        ConsoleBench bench = new();
        bench.Configure("ip vrf red\nrd 1:1\nip vrf blue\nrd 2:2\ninterface Ethernet2\nip vrf forwarding red\n" + first);
        bench.Run("configure terminal");
        string[] lines = then.Split('\n');
        Assert.AreEqual("", bench.Run(lines[0]));
        Assert.AreEqual($"% \"{found}\": expected {expected}\n", bench.Run(lines[1]));
        bench.Run("end");
        LoadsAgain(bench, lines[1]);
    }

    [TestMethod]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 10.2.0.2", "interface Ethernet1\nip address 10.2.0.2 255.255.255.0")]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 9.9.9.9 label 77", "interface Ethernet2\nip address 9.9.9.9 255.255.255.0")]
    [DataRow("interface Ethernet3\nxconnect 9.9.9.9 100 encapsulation mpls manual", "interface Ethernet2\nip address 9.9.9.9 255.255.255.0")]
    [DataRow("ip route vrf red 30.0.0.0 255.0.0.0 Ethernet2", "interface Ethernet2\nip vrf forwarding red")]
    public void The_same_address_in_another_vrf_and_the_same_vrf_again_are_no_contradiction(string first, string then)
    {
        ConsoleBench bench = new();
        bench.Configure("ip vrf red\nrd 1:1\ninterface Ethernet2\nip vrf forwarding red\n" + first);
        bench.Configure(then);
        LoadsAgain(bench, then);
    }

    [TestMethod]
    public void A_description_is_as_long_as_the_line_that_it_is_written_back_in()
    {
        ConsoleBench bench = new();
        bench.Configure("interface Ethernet1\ndesc " + new string('x', LongestDescription));
        LoadsAgain(bench, "the longest");
        bench.Run("configure terminal");
        bench.Run("interface Ethernet1");
        string answer = bench.Run("desc " + new string('x', LongestDescription + 1));
        Assert.Contains($": expected a text of at most {LongestDescription} characters", answer);
        LoadsAgain(bench, "one longer");
    }

    [TestMethod]
    public void What_any_typed_lines_made_of_the_running_configuration_loads_again()
    {
        int taken = 0;
        int records = 0;
        for (int seed = 1; seed <= Sessions; seed++)
        {
            Random random = new(seed);
            ConsoleBench bench = new(Capacity.Small(), 4);
            bench.Run("configure terminal");
            for (int i = 1; i <= LinesPerSession; i++)
            {
                foreach (string line in RandomLines(random).Split('\n'))
                {
                    if (bench.Run(line) == "") taken++;
                    if (!IsConfiguring(bench)) bench.Run("configure terminal");
                }

                if (i % LinesPerLook == 0)
                {
                    LoadsAgain(bench, $"seed {seed}, line {i}", 4);
                    records += bench.Cli.Configuration.Running.RouteCount + bench.Cli.Configuration.Running.BindingCount + bench.Cli.Configuration.Running.CountXconnects();
                }
            }
        }

        Console.WriteLine($"{taken} lines taken, {records} routes, bindings and xconnects at {Sessions * LinesPerSession / LinesPerLook} looks");
        Assert.IsGreaterThan(Sessions * LinesPerSession / 2, taken);
        Assert.IsGreaterThan(Sessions * LinesPerSession / LinesPerLook * 4, records);
    }

    private static void LoadsAgain(ConsoleBench bench, string after, int ports = 3)
    {
        string running = IsConfiguring(bench) ? Typed(bench) : bench.Running();
        ConsoleBench fresh = new(Capacity.Small(), ports);
        Assert.AreEqual("", fresh.Load(running), after + "\n" + running);
        Assert.AreEqual(running, fresh.Running(), after);
    }

    private static bool IsConfiguring(ConsoleBench bench) => bench.Cli.Prompt.Contains("(config");

    private static string Typed(ConsoleBench bench)
    {
        string text = bench.Run("do show running-config");
        return text[text.IndexOf("!\n", StringComparison.Ordinal)..];
    }

    // A line of the language, or an interface and lines about it; few names and addresses, so that lines meet.
    private static string RandomLines(Random random)
    {
        string[] names = ["red", "blue", "green"];
        string name = names[random.Next(names.Length)];
        string vrf = random.Next(2) == 0 ? $"vrf {name} " : "";
        string no = random.Next(6) == 0 ? "no " : "";
        string host = $"10.{random.Next(4)}.0.{random.Next(1, 3)}";
        string mask = random.Next(3) switch { 0 => "255.255.255.255", 1 => "255.255.255.0", _ => "255.255.0.0" };
        string prefix = $"10.{random.Next(4, 8)}.0.0 255.255.0.0";
        string port = $"Ethernet{random.Next(1, 5)}";
        int label = random.Next(30, 60);
        return random.Next(20) switch
        {
            0 => $"{no}ip vrf {name}",
            1 => $"ip vrf {name}",
            2 => $"{no}rd {random.Next(1, 5)}:1",
            3 => $"interface {port}",
            4 => $"interface {port}\nno ip vrf forwarding\nno ip address\nno mpls ip\nxconnect {host} {random.Next(1, 4)} encapsulation mpls manual\nmpls label {label} 77",
            5 => $"{(random.Next(4) == 0 ? "no " : "")}interface Loopback{random.Next(3)}",
            6 => $"interface Loopback{random.Next(3)}\nip address {host} 255.255.255.255",
            7 => $"ip address {host} {mask}",
            8 => random.Next(4) == 0 ? "no ip address" : $"ip address {host} {mask}",
            9 => random.Next(4) == 0 ? "no ip vrf forwarding" : $"ip vrf forwarding {name}",
            10 => $"{no}mpls ip",
            11 => random.Next(3) switch { 0 => $"{no}shutdown", 1 => $"mtu {random.Next(64, 1501)}", _ => $"desc {new string('d', random.Next(1, 250))}" },
            12 => random.Next(5) == 0 ? "no xconnect" : $"xconnect {host} {random.Next(1, 4)} encapsulation mpls manual",
            13 => $"{no}mpls label {label} {random.Next(16, 99)}",
            14 => random.Next(2) == 0 ? $"{no}mpls control-word" : $"{no}mpls ip propagate-ttl",
            15 => $"{no}ip route {vrf}{prefix} {host}{(random.Next(3) == 0 ? " label 99" : "")}",
            16 => $"{no}ip route {vrf}{prefix} {port}{(random.Next(2) == 0 ? " " + host : "")}",
            17 => $"{no}mpls static binding ipv4 {vrf}{prefix} {label}",
            18 => $"{no}mpls static binding ipv4 {prefix} output {host} {(random.Next(2) == 0 ? "implicit-null" : "77")}",
            _ => random.Next(3) switch { 0 => $"{no}mpls label range 16 29 static 30 {random.Next(40, 61)}", 1 => $"{no}hostname R{random.Next(100)}", _ => "exit" },
        };
    }
}
