using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// LDP with FRR's ldpd on a veth, in both roles: 60 prefixes of FRR and 55 of ours, compared as sorted tables on both consoles after 20 seeded
/// flaps; MD5; GTSM; a restart of FRR, and of ours without MD5. FRR has no labels in its kernel here: only the protocol is judged.
/// </summary>
[TestClass]
public sealed partial class FrrLdpTests
{
    private const int Theirs = 60;
    private const int Ours = 55;

    [TestMethod]
    [DataRow("1.1.1.1", false, 1)]
    [DataRow("9.9.9.9", true, 2)]
    public void Labels_are_the_same_on_both_consoles_after_flaps_and_restarts(string own, bool active, int seed)
    {
        Tools.Need(true, "ip", "ethtool", "vtysh", "tcpdump", "tshark");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "ldpd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.Link("le", "vle", "frr", "vfrr", 1600);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
        for (int i = 1; i <= Theirs; i++) lab.In("frr", $"ip address add 172.16.{i}.1/32 dev lo");
        lab.In("frr", $"ip route add {own}/32 via 10.9.0.1");
        FrrRouter frr = new(lab, "frr");
        string key = active ? $" neighbor {own} password kuku\n" : "";
        string ldpd = $"mpls ldp\n router-id 2.2.2.2\n{key} address-family ipv4\n  discovery transport-address 2.2.2.2\n  discovery hello interval 1\n  discovery hello holdtime 4\n  interface vfrr\n  exit\n exit\nexit\n";
        frr.Start("zebra", "hostname frr\n");
        frr.Start("ldpd", ldpd);
        string capture = Path.Combine(lab.Folder.FullName, "ldp.pcap");
        Process tcpdump = lab.Start("le", $"tcpdump -i vle -U -w {capture}");
        Process router = lab.StartRouter("le", Configuration(own, active), "Ethernet1=packet:vle");
        RouterConsole console = new(router);
        console.Run("enable");
        WaitForTables(console, frr, own, "at the start");
        string neighbor = console.Run("show mpls ldp neighbor");
        Assert.Contains("GTSM", neighbor);
        Assert.AreEqual(active, neighbor.Contains("MD5 on", StringComparison.Ordinal), neighbor);
        Assert.Contains(active ? "2.2.2.2.646 - " + own : own + ".646", neighbor);

        Random random = new(seed);
        for (int flap = 0; flap < 20; flap++)
        {
            // The link for a moment or until the hold time is over, on either side, or the prefixes of FRR.
            switch (random.Next(3))
            {
                case 0:
                    lab.In("frr", "ip link set vfrr down");
                    Thread.Sleep(random.Next(100, 600));
                    lab.In("frr", "ip link set vfrr up");
                    lab.Try("frr", $"ip route add {own}/32 via 10.9.0.1");
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
        frr.Kill("ldpd");
        Thread.Sleep(500);
        frr.Start("ldpd", ldpd);
        WaitForTables(console, frr, own, "after FRR's restart");
        console.Stop();
        if (active)
        {
            // With a password FRR keeps the session from before our restart until its keepalive time is over: nobody can sign the RST that would end it (RFC 2385).
            NetworkLab.Stop(tcpdump);
            AssertClean(capture);
            return;
        }
        router = lab.StartRouter("le", Configuration(own, active), "Ethernet1=packet:vle");
        console = new RouterConsole(router);
        console.Run("enable");
        WaitForTables(console, frr, own, "after our restart");
        console.Stop();
        NetworkLab.Stop(tcpdump);
        AssertClean(capture);
    }

    internal static void AssertClean(string capture)
    {
        // tshark 4.0 takes the typed wildcard of RFC 5918 (05 02 02 00 01, as FRR takes it from us) for an error: those of End-of-LIB and of requests are left out.
        string wrong = Tools.Must("tshark", $"-r {capture} -Y \"ip.src != 10.9.0.2 && ip.src != 2.2.2.2 && (_ws.malformed || _ws.expert.severity == error) && !(frame contains 01:00:00:05:05:02:02:00:01)\"");
        Assert.IsFalse(wrong.Contains("LDP", StringComparison.Ordinal), wrong);
    }

    private static void WaitForTables(RouterConsole console, FrrRouter frr, string own, string when)
    {
        string difference = "";
        for (int tries = 0; tries < 60; tries++)
        {
            difference = Difference(console, frr, own);
            if (difference.Length == 0)
            {
                Console.WriteLine("equal " + when);
                return;
            }
            Thread.Sleep(1000);
        }
        Assert.Fail($"{when}: {difference}\n{console.Run("show mpls ldp neighbor")}\n{frr.Show("show mpls ldp neighbor")}");
    }

    // FRR's local label is our remote one and the other way round, for each prefix of either.
    private static string Difference(RouterConsole console, FrrRouter frr, string own)
    {
        SortedDictionary<string, string> ours = [];
        string prefix = "";
        string local = "-";
        string remote = "-";
        foreach (string line in console.Run("show mpls ldp bindings").Split('\n').Append("  end/0"))
        {
            Match next = PrefixLine().Match(line);
            if (next.Success)
            {
                if (prefix.Length > 0) ours[prefix] = remote + " " + local;
                (prefix, local, remote) = (next.Groups[1].Value, "-", "-");
                continue;
            }
            Match label = LabelOf().Match(line);
            if (label.Success && line.Contains("local binding", StringComparison.Ordinal)) local = label.Groups[1].Value;
            if (label.Success && line.Contains("lsr: 2.2.2.2:0", StringComparison.Ordinal)) remote = label.Groups[1].Value;
        }
        SortedDictionary<string, string> theirs = [];
        foreach (string line in frr.Show("show mpls ldp binding").Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 5 && words[0] == "ipv4") theirs[words[1]] = words[3] + " " + (words[2] == own ? words[4] : "-");
        }
        if (theirs.Values.Count(v => !v.StartsWith('-') && !v.EndsWith('-')) < 3 || theirs.Count < Theirs + Ours) return $"{theirs.Count} prefixes at FRR";
        return string.Join("; ", ours.Keys.Union(theirs.Keys).Where(k => k != "172.16.0.0/16" && ours.GetValueOrDefault(k, "- -") != theirs.GetValueOrDefault(k, "- -"))
            .Select(k => $"{k}: ours {ours.GetValueOrDefault(k)}, FRR's {theirs.GetValueOrDefault(k)}").Take(5));
    }

    private static string Configuration(string own, bool signed) => $"""
        hostname le
        mpls ldp router-id Loopback0 force
        mpls ldp discovery hello interval 1
        mpls ldp discovery hello holdtime 4
        {(signed ? "mpls ldp neighbor 2.2.2.2 password kuku" : "!")}
        interface Loopback0
         ip address {own} 255.255.255.255
        interface Ethernet1
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        ip route 2.2.2.2 255.255.255.255 10.9.0.2
        {string.Join("\n", Enumerable.Range(1, Theirs).Select(i => $"ip route 172.16.{i}.1 255.255.255.255 10.9.0.2"))}
        {string.Join("\n", Enumerable.Range(1, Ours).Select(i => $"ip route 172.17.{i}.0 255.255.255.0 10.9.0.200"))}
        """;

    [GeneratedRegex(@"^  (\S+/\d+)\s*$")]
    private static partial Regex PrefixLine();

    [GeneratedRegex(@"label: (\S+)")]
    private static partial Regex LabelOf();
}
