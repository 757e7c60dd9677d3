using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LabEdge.Tests.Interop;

/// <summary>
/// The router process, configured by lines, with FRR's ospfd on a veth under MD5: the databases and the routes, 500 of FRR's and 60 of ours, are the same on both consoles, at the start, after seeded
/// flaps and after a restart of either.
/// </summary>
[TestClass]
public sealed partial class OspfConsoleFrrTests
{
    private const int Theirs = 500;
    private const int Ours = 60;
    private const int Seed = 20261128;

    [TestMethod]
    public void Databases_and_routes_are_the_same_on_both_consoles_after_flaps_and_restarts()
    {
        Tools.Need(true, "ip", "ethtool", "vtysh");
        if (!FrrRouter.IsInstalled) Tools.Need(true, "ospfd (package frr)");
        using NetworkLab lab = new();
        lab.AddNamespace("le");
        lab.AddNamespace("frr");
        lab.Link("le", "vle", "frr", "vfrr", 1500);
        lab.In("frr", "ip address add 10.9.0.2/24 dev vfrr");
        lab.In("frr", "ip address add 2.2.2.2/32 dev lo");
        FrrRouter frr = new(lab, "frr");
        const string Ospfd = "interface vfrr\n ip ospf hello-interval 1\n ip ospf dead-interval 4\n ip ospf authentication message-digest\n ip ospf message-digest-key 5 md5 secret\nexit\n"
            + "router ospf\n ospf router-id 2.2.2.2\n network 10.9.0.0/24 area 1\n network 2.2.2.2/32 area 1\n redistribute static\nexit\n";
        frr.Start("zebra", "hostname frr\n");
        frr.Start("staticd", string.Concat(Enumerable.Range(0, Theirs).Select(i => $"ip route 172.16.{i / 2}.{i % 2 * 128}/25 blackhole\n")));
        frr.Start("ospfd", Ospfd);
        Process router = lab.StartRouter("le", Configuration, "Ethernet1=packet:vle");
        RouterConsole console = new(router);
        console.Run("enable");
        WaitForTables(console, frr, "at the start");
        Assert.Contains("FULL/", console.Run("show ip ospf neighbor"));
        StringAssert.Matches(console.Run("show ip route ospf"), new(@"(?m)^O +2\.2\.2\.2/32 \[110/10\] via 10\.9\.0\.2, \d\d:\d\d:\d\d, Ethernet1"));
        Assert.Contains("10.255.0.1/32", frr.Show("show ip route ospf"));

        Random random = new(Seed);
        for (int flap = 0; flap < 6; flap++)
        {
            switch (random.Next(3))
            {
                case 0:
                    lab.In("frr", "ip link set vfrr down");
                    Thread.Sleep(random.Next(100, 600));
                    lab.In("frr", "ip link set vfrr up");
                    break;
                case 1:
                    console.Type("clear ip ospf process");
                    break;
                default:
                    int route = random.Next(Ours);
                    foreach (string line in new[] { "configure terminal", $"no ip route 172.17.{route}.0 255.255.255.0 10.9.0.200", $"ip route 172.17.{route}.0 255.255.255.0 10.9.0.200", "end" }) console.Type(line);
                    break;
            }
        }

        WaitForTables(console, frr, $"after six flaps, seed {Seed}");
        frr.Kill("ospfd");
        Thread.Sleep(500);
        frr.Start("ospfd", Ospfd);
        WaitForTables(console, frr, "after FRR's restart");
        console.Stop();
        router = lab.StartRouter("le", Configuration, "Ethernet1=packet:vle");
        console = new RouterConsole(router);
        console.Run("enable");
        WaitForTables(console, frr, "after our restart");
        Assert.Contains("%OSPF-5-ADJCHG: Process 1, Nbr 2.2.2.2 on Ethernet1 from LOADING to FULL, Loading Done", console.Run("show logging"));
        console.Stop();
    }

    private static void WaitForTables(RouterConsole console, FrrRouter frr, string when)
    {
        string difference = "";
        for (int tries = 0; tries < 60; tries++)
        {
            difference = Difference(console, frr);
            if (difference.Length == 0)
            {
                Console.WriteLine("equal " + when);
                return;
            }

            Thread.Sleep(1000);
        }

        Assert.Fail($"{when}: {difference}\n{console.Run("show ip ospf neighbor")}\n{frr.Show("show ip ospf neighbor")}");
    }

    private static string Difference(RouterConsole console, FrrRouter frr)
    {
        List<string> ours = Advertisements(console.Run("show ip ospf database"));
        List<string> theirs = Advertisements(frr.Show("show ip ospf database"));
        if (ours.Count < Theirs + Ours) return $"{ours.Count} advertisements";
        if (!ours.SequenceEqual(theirs)) return string.Join("; ", ours.Except(theirs).Select(l => "ours " + l).Concat(theirs.Except(ours).Select(l => "FRR's " + l)).Take(6));
        int here = Prefix().Matches(console.Run("show ip route ospf")).Select(m => m.Value).Distinct().Count(p => p.StartsWith("172.16.", StringComparison.Ordinal) && p.EndsWith("/25", StringComparison.Ordinal));
        int there = Prefix().Matches(frr.Show("show ip route ospf")).Select(m => m.Value).Distinct().Count(p => p.StartsWith("172.17.", StringComparison.Ordinal));
        return here == Theirs && there == Ours ? "" : $"{here} routes here, {there} there";
    }

    // Link state id, router, sequence number and checksum of each, sorted; not of what is on its way out (FRR keeps that for a minute).
    private static List<string> Advertisements(string text) => [.. text.Split('\n').Select(l => l.Split([' ', '\r'], StringSplitOptions.RemoveEmptyEntries))
        .Where(w => w.Length > 4 && w[3].StartsWith("0x8", StringComparison.Ordinal) && w[2] != "3600")
        .Select(w => $"{w[0]} {w[1]} {w[3].ToLowerInvariant()} {int.Parse(w[4][2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture):x4}").Order(StringComparer.Ordinal)];

    private static readonly string Configuration = $"""
        hostname le
        interface Loopback0
         ip address 10.255.0.1 255.255.255.255
        interface Ethernet1
         ip address 10.9.0.1 255.255.255.0
         ip ospf hello-interval 1
         ip ospf dead-interval 4
         ip ospf message-digest-key 5 md5 secret
         ip ospf 1 area 1
        router ospf 1
         router-id 10.255.0.1
         area 1 authentication message-digest
         redistribute static subnets
         network 10.255.0.1 0.0.0.0 area 1
        {string.Join("\n", Enumerable.Range(0, Ours).Select(i => $"ip route 172.17.{i}.0 255.255.255.0 10.9.0.200"))}
        """;

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+/\d+")]
    private static partial Regex Prefix();
}
