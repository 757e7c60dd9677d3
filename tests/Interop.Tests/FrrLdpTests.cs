using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// A core of FRR (zebra, ospfd, ldpd) and a router process on a veth, in both roles of LDP: 500 external routes and 60 loopbacks of FRR and 55
/// static routes of ours, by OSPF, each with a label of either. Routes and labels are compared as sorted tables on both consoles after 20
/// seeded flaps and a restart of either side; GTSM; MD5 under OSPF and LDP. FRR has no labels in its kernel here: only the protocols are judged.
/// </summary>
[TestClass]
public sealed partial class FrrLdpTests
{
    private const int Externals = 500;
    private const int Theirs = 60;
    private const int Ours = 55;
    private const string Key = "kuku";

    [TestMethod]
    [DataRow("1.1.1.1", false, 1)]
    [DataRow("9.9.9.9", true, 2)]
    public void Routes_and_labels_are_the_same_on_both_consoles_after_flaps_and_restarts(string own, bool active, int seed)
    {
        Tools.Need(true, "ip", "ethtool", "vtysh", "tcpdump", "tshark");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "ldpd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.Link("le", "vle", "frr", "vfrr", 1500);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
        for (int i = 1; i <= Theirs; i++) lab.In("frr", $"ip address add 172.16.{i}.1/32 dev lo");
        FrrRouter frr = new(lab, "frr");
        Dictionary<string, string> daemons = Daemons(own, active);
        foreach ((string daemon, string configuration) in daemons) frr.Start(daemon, configuration);
        Process tcpdump = lab.StartCapture("le", "vle");
        RouterConsole console = StartOurs(lab, own, active);
        WaitForTables(console, frr, own, "at the start");
        string neighbor = console.Run("show mpls ldp neighbor");
        Assert.Contains("GTSM", neighbor);
        Assert.AreEqual(active, neighbor.Contains("MD5 on", StringComparison.Ordinal), neighbor);
        Assert.Contains(active ? "2.2.2.2.646 - " + own : own + ".646", neighbor);

        Random random = new(seed);
        for (int flap = 0; flap < 20; flap++)
        {
            // The link for a moment or until the hold time is over, a loopback of FRR, or a route of ours.
            switch (random.Next(3))
            {
                case 0:
                    lab.In("frr", "ip link set vfrr down");
                    Thread.Sleep(random.Next(100, 600));
                    lab.In("frr", "ip link set vfrr up");
                    break;
                case 1:
                    int prefix = random.Next(1, Theirs);
                    lab.In("frr", $"ip address del 172.16.{prefix}.1/32 dev lo");
                    Thread.Sleep(random.Next(50, 300));
                    lab.In("frr", $"ip address add 172.16.{prefix}.1/32 dev lo");
                    break;
                default:
                    int route = random.Next(1, Ours);
                    console.Type("configure terminal");
                    console.Type($"no ip route 172.17.{route}.0 255.255.255.0 10.9.0.200");
                    console.Type($"ip route 172.17.{route}.0 255.255.255.0 10.9.0.200");
                    console.Type("end");
                    break;
            }
        }

        WaitForTables(console, frr, own, $"after 20 flaps, seed {seed}");
        foreach (string daemon in s_protocols) frr.Kill(daemon);
        foreach (string daemon in s_protocols) frr.Start(daemon, daemons[daemon]);
        WaitForTables(console, frr, own, "after FRR's restart");
        console.Stop();
        // With a password FRR keeps the LDP session from before our restart until its keepalive time is over: nobody can sign the RST that would end it (RFC 2385).
        console = StartOurs(lab, own, active);
        WaitForTables(console, frr, own, "after our restart");
        console.Stop();
        NetworkLab.Stop(tcpdump);
        Assert.AreEqual("", TsharkOnLdp.Faults(lab.CaptureOf("vle"), "ip.src != 10.9.0.2 && ip.src != 2.2.2.2"));
        Assert.AreEqual("", Tools.TsharkFaults(lab.CaptureOf("vle"), "", "!ldp"));
    }

    private static readonly string[] s_protocols = ["ospfd", "ldpd"];

    private static Dictionary<string, string> Daemons(string own, bool active) => new()
    {
        ["zebra"] = "hostname frr\n",
        ["staticd"] = string.Concat(Enumerable.Range(0, Externals).Select(i => $"ip route 172.20.{i / 2}.{i % 2 * 128}/25 blackhole\n")),
        ["ospfd"] = "interface vfrr\n ip ospf hello-interval 1\n ip ospf dead-interval 4\n" + (active ? $" ip ospf authentication message-digest\n ip ospf message-digest-key 1 md5 {Key}\n" : "")
            + "exit\nrouter ospf\n ospf router-id 2.2.2.2\n network 10.9.0.0/24 area 0\n network 2.2.2.2/32 area 0\n network 172.16.0.0/16 area 0\n redistribute static\nexit\n",
        // A session whose end was lost with the link is missed by the other side after its hold time at the latest.
        ["ldpd"] = $"mpls ldp\n router-id 2.2.2.2\n neighbor {own} session holdtime 15\n" + (active ? $" neighbor {own} password {Key}\n" : "")
            + " address-family ipv4\n  discovery transport-address 2.2.2.2\n  discovery hello interval 1\n  discovery hello holdtime 4\n  interface vfrr\n  exit\n exit\nexit\n",
    };

    private static RouterConsole StartOurs(NetworkLab lab, string own, bool active)
    {
        RouterConsole console = new(lab.StartRouter("le", Configuration(own, active), "Ethernet1=packet:vle"));
        console.Run("enable");
        return console;
    }

    private static void WaitForTables(RouterConsole console, FrrRouter frr, string own, string when)
    {
        string difference = "";
        for (int tries = 0; tries < 90; tries++)
        {
            difference = Routes(console, frr, own);
            if (difference.Length == 0) difference = Difference(console, frr, own);
            if (difference.Length == 0)
            {
                Console.WriteLine("equal " + when);
                return;
            }
            Thread.Sleep(1000);
        }
        Assert.Fail($"{when}: {difference}\n{console.Run("show mpls ldp neighbor")}\n{frr.Show("show mpls ldp neighbor")}");
    }

    // What either has of its own stands in the other's table as a route by OSPF, with its metric and next hop, and nothing else does.
    private static string Routes(RouterConsole console, FrrRouter frr, string own) =>
        Missing("our routes", OspfRoutes(console.Run("show ip route ospf")),
            Enumerable.Range(0, Externals).Select(i => $"172.20.{i / 2}.{i % 2 * 128}/25 [110/20] via 10.9.0.2")
                .Concat(Enumerable.Range(1, Theirs).Select(i => $"172.16.{i}.1/32 [110/10] via 10.9.0.2")).Append("2.2.2.2/32 [110/10] via 10.9.0.2"))
        + Missing("FRR's routes", OspfRoutes(frr.Show("show ip route ospf")),
            Enumerable.Range(1, Ours).Select(i => $"172.17.{i}.0/24 [110/20] via 10.9.0.1").Append($"{own}/32 [110/11] via 10.9.0.1"));

    private static string[] OspfRoutes(string table) => [.. OspfRoute().Matches(table).Select(m => m.Groups[1].Value)];

    // The first lines in which two tables differ, sorted; "" when they are the same.
    private static string Missing(string which, string[] found, IEnumerable<string> meant)
    {
        string[] expected = [.. meant];
        string[] lines = [.. expected.Except(found).Select(l => "without " + l).Concat(found.Except(expected).Select(l => "with " + l)).Order(StringComparer.Ordinal).Take(5)];
        return lines.Length == 0 && found.Length == expected.Length ? "" : $"{which} ({found.Length} of {expected.Length}): {string.Join("; ", lines)}\n";
    }

    // FRR's local label is our remote one and the other way round, for each prefix of either.
    private static string Difference(RouterConsole console, FrrRouter frr, string own)
    {
        Dictionary<string, string> ours = LdpBindings.Of(console).ToDictionary(b => b.Key, b => b.Value.From("2.2.2.2") + " " + b.Value.Local);
        SortedDictionary<string, string> theirs = [];
        foreach (string line in frr.Show("show mpls ldp binding").Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 5 && words[0] == "ipv4") theirs[words[1]] = words[3] + " " + (words[2] == own ? words[4] : "-");
        }
        int both = theirs.Values.Count(v => !v.StartsWith('-') && !v.EndsWith('-'));
        if (both < Theirs + Ours) return $"{both} prefixes with a label of either";
        return string.Join("; ", ours.Keys.Union(theirs.Keys).Where(k => ours.GetValueOrDefault(k, "- -") != theirs.GetValueOrDefault(k, "- -"))
            .Select(k => $"{k}: ours {ours.GetValueOrDefault(k)}, FRR's {theirs.GetValueOrDefault(k)}").Take(5));
    }

    private static string Configuration(string own, bool signed) => $"""
        hostname le
        mpls ldp router-id Loopback0 force
        mpls ldp discovery hello interval 1
        mpls ldp discovery hello holdtime 4
        {(signed ? $"mpls ldp neighbor 2.2.2.2 password {Key}" : "!")}
        interface Loopback0
         ip address {own} 255.255.255.255
        interface Ethernet1
         ip address 10.9.0.1 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         {(signed ? "ip ospf authentication message-digest" : "!")}
         {(signed ? $"ip ospf message-digest-key 1 md5 {Key}" : "!")}
         mpls ip
        router ospf 1
         network {own} 0.0.0.0 area 0
         network 10.9.0.0 0.0.0.255 area 0
         redistribute static subnets
        {string.Join("\n", Enumerable.Range(1, Ours).Select(i => $"ip route 172.17.{i}.0 255.255.255.0 10.9.0.200"))}
        """;

    // "O E2  172.20.0.0/25 [110/20] via 10.9.0.2, ..." of ours, "O>* 1.1.1.1/32 [110/11] via 10.9.0.1, ..." of FRR's.
    [GeneratedRegex(@"^O\S*(?: E2| IA)?\s+(\S+/\d+ \[\d+/\d+\] via [0-9.]+),", RegexOptions.Multiline)]
    private static partial Regex OspfRoute();
}
