using LabEdge.Control;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ConsoleRoom;

[TestClass]
public sealed class LoaderTests
{
    public const string ProviderEdge = """
        hostname PE1
        ip vrf red
         rd 65000:1
        mpls static binding ipv4 10.255.0.2 255.255.255.255 40
        mpls static binding ipv4 10.255.0.2 255.255.255.255 output 10.0.12.2 implicit-null
        mpls static binding ipv4 vrf red 10.1.0.0 255.255.255.0 41
        interface Loopback0
         ip address 10.255.0.1 255.255.255.255
        interface Ethernet1
         ip address 10.0.12.1 255.255.255.0
         mpls ip
        interface Ethernet2
         ip vrf forwarding red
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet3
         xconnect 10.255.0.3 100 encapsulation mpls manual
          mpls label 44 301
        ip route 10.255.0.2 255.255.255.255 10.0.12.2
        ip route vrf red 10.2.0.0 255.255.0.0 10.255.0.2 label 30
        end
        """;

    [TestMethod]
    public void Five_mistakes_are_five_lines_and_nothing_is_applied()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(ProviderEdge));
        string before = bench.Running();
        string errors = bench.Load("""
            hostname PE9
            interface Ethernet1
             ip address 10.0.0.300 255.255.255.0
            interface Ethernet9
             ip address 10.9.0.1 255.255.255.0
            ip vrf red
             rd 65000
            mpls static binding ipv4 10.0.0.0 255.0.0.0 9
            ip route vrf blue 10.0.0.0 255.0.0.0 10.0.12.2
            end
            """);
        string[] expected =
        [
            "line 3: found \"10.0.0.300\", expected an IPv4 address",
            "line 4: found \"Ethernet9\", expected an interface of this router",
            "line 7: found \"65000\", expected a route distinguisher (ASN:N or A.B.C.D:N)",
            "line 8: found \"9\", expected \"input\" or a number 16-1048575 or \"output\"",
            "line 9: found \"blue\", expected the name of a VRF that exists",
        ];
        Assert.AreEqual(string.Join('\n', expected) + "\n", errors);
        Assert.AreEqual(5, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual(before, bench.Running());
        Assert.AreEqual("PE1#", bench.Cli.Prompt);
        Assert.AreEqual(0x0A000C01u, bench.Router.Host.Interfaces.Address[0]);
    }

    // One mistake per line of the table: the text before it, the line, what is found, what is expected.
    [TestMethod]
    [DataRow("ip vrf", "end of line", "a name")]
    [DataRow("ip vrf this-name-is-longer-than-thirty-two-characters", "this-name-is-longer-than-thirty-two-characters", "a name of 1 to 32 letters, digits, '-', '_', '.' or ':'")]
    [DataRow("7 frobnicate", "7", "a command of this mode")]
    [DataRow("ip route 10.0.0.1 255.0.0.0 10.0.12.2", "10.0.0.1", "a prefix without bits beyond its mask")]
    [DataRow("ip route 10.0.0.0 255.0.255.0 10.0.12.2", "255.0.255.0", "a mask (such as 255.255.255.0)")]
    [DataRow("ip route 10.0.0.0 255.0.0.0 10.0.12.1", "10.0.12.1", "the next hop's address, not this router's (Ethernet1)")]
    [DataRow("ip route 10.0.0.0 255.0.0.0 224.0.0.5", "224.0.0.5", "a unicast address")]
    [DataRow("ip route 224.0.0.0 255.0.0.0 10.0.12.2", "224.0.0.0", "a unicast prefix")]
    [DataRow("ip route 10.0.0.0 255.0.0.0 10.0.12.2 0", "0", "a number 1-255 or \"label\" or the end of the line")]
    [DataRow("ip route 10.0.0.0 255.0.0.0 Loopback0", "Loopback0", "a physical interface")]
    [DataRow("ip route vrf red 10.0.0.0 255.0.0.0 Ethernet1", "Ethernet1", "an interface of the same VRF")]
    [DataRow("ip route 10.0.0.0 255.0.0.0 10.0.12.2 label 30", "label", "the name of a VRF that exists")]
    [DataRow("mpls static binding ipv4 12.0.0.0 255.0.0.0 41", "41", "a label that nothing else is bound to")]
    [DataRow("mpls static binding ipv4 12.0.0.0 255.0.0.0 44", "44", "a label that nothing else is bound to")]
    [DataRow("mpls static binding ipv4 12.0.0.0 255.0.0.0 900", "900", "a label of this router's window and static range")]
    [DataRow("mpls static binding ipv4 12.0.0.0 255.0.0.0 15", "15", "\"input\" or a number 16-1048575 or \"output\"")]
    [DataRow("mpls label range 30 20", "30", "the lowest before the highest, and ranges apart")]
    [DataRow("mpls label range 16 39 static 30 50", "30", "the lowest before the highest, and ranges apart")]
    [DataRow("mpls label range 16 50 static 60 70", "60", "a static range that holds every label bound by hand")]
    [DataRow("mpls label range 16 900", "900", "labels of this router's window")]
    [DataRow("interface Ethernet1\n ip address 10.1.0.1 255.255.255.0 5", "5", "the end of the line")]
    [DataRow("interface Ethernet1\n ip address 10.255.0.2 255.255.0.0", "10.255.0.2", "a subnet that overlaps no other interface of its VRF (10.255.0.0 overlaps with Loopback0)")]
    [DataRow("interface Ethernet1\n ip address 10.7.0.0 255.255.0.0", "10.7.0.0", "a host address, not that of the network or broadcast")]
    [DataRow("interface Ethernet1\n mtu 1501", "1501", "an MTU that the port can carry")]
    [DataRow("interface Ethernet1\n mtu 63", "63", "a number 64-9000")]
    [DataRow("interface Ethernet2\n ip vrf forwarding blue", "blue", "the name of a VRF that exists")]
    [DataRow("interface Ethernet1\n xconnect 10.255.0.9 7 encapsulation mpls manual\n  mpls label 45 900", "xconnect", "an interface without IP address")]
    [DataRow("interface Ethernet3\n ip address 10.77.0.1 255.255.255.0", "ip", "an interface without xconnect")]
    [DataRow("interface Ethernet3\n xconnect 10.255.0.3 200 encapsulation mpls manual\n  mpls label 41 7", "7", "a number 16-1048575")]
    [DataRow("interface Ethernet3\n xconnect 10.255.0.3 200 encapsulation mpls manual\n  mpls label 41 70", "41", "a label that nothing else is bound to")]
    [DataRow("interface Loopback0\n mpls ip", "mpls", "a physical interface")]
    [DataRow("ip vrf blue\n rd 65000:1", "65000:1", "a route distinguisher that no other VRF has")]
    [DataRow("no ip route 55.0.0.0 255.0.0.0 10.0.12.2", "ip", "a line that is configured")]
    [DataRow("interface Ethernet4\n ip address 10.4.0.1 255.255.255.0\n ip vrf forwarding red", "ip", "ip vrf forwarding before ip address")]
    [DataRow("interface Ethernet2\n no ip vrf forwarding", "ip", "ip vrf forwarding before ip address")]
    [DataRow("interface Ethernet1\n no ip address 10.0.12.1 255.255.0.0", "10.0.12.1", "the address that is configured")]
    [DataRow("no ip route 10.255.0.2 255.255.255.255 10.0.12.2 77", "77", "the distance that is configured")]
    [DataRow("no ip route vrf red 10.2.0.0 255.255.0.0 10.255.0.2 label 31", "31", "the label that is configured")]
    [DataRow("no ip route 10.255.0.2 255.255.255.255 10.0.12.2 label 31", "31", "the label that is configured")]
    [DataRow("no interface Ethernet1", "Ethernet1", "a loopback: a physical interface cannot be removed")]
    [DataRow("no interface Loopback7", "Loopback7", "a line that is configured")]
    [DataRow("do show version", "do", "a configuration line")]
    public void A_mistake_says_line_found_and_expected(string lines, string found, string expected)
    {
        ConsoleBench bench = new(ports: 4);
        Assert.AreEqual("", bench.Load(ProviderEdge));
        string text = ProviderEdge.Replace("\nend", "\n!\n" + lines + "\nend");
        string errors = bench.Load(text);
        Assert.AreEqual(1, bench.Cli.Loader.ErrorCount, errors);
        Assert.AreEqual(found, bench.Cli.Loader.ErrorFound(0));
        Assert.AreEqual(expected, bench.Cli.Loader.ErrorExpected(0));
    }

    [TestMethod]
    public void More_than_the_tables_hold_is_a_mistake_of_the_line()
    {
        Capacity capacity = Capacity.Tiny();
        ConsoleBench bench = new(capacity);
        string loopbacks = "interface Loopback0\ninterface Loopback1\n ip address 10.0.0.1 255.0.0.0\n";
        Assert.AreEqual("line 2: found \"Loopback1\", expected one fewer: the table is full\n", bench.Load(loopbacks));
        Assert.AreEqual("line 2: found \"b\", expected one fewer: the table is full\n", bench.Load("ip vrf a\nip vrf b\n rd 1:1\n"));
        string routes = string.Concat(Enumerable.Range(0, capacity.StaticRoutes + 1).Select(i => $"ip route 20.{i}.0.0 255.255.0.0 10.0.0.2\n"));
        Assert.AreEqual($"line {capacity.StaticRoutes + 1}: found \"ip\", expected one fewer: the table is full\n", bench.Load(routes));
        string bindings = string.Concat(Enumerable.Range(0, capacity.StaticBindings + 1).Select(i => $"mpls static binding ipv4 20.{i}.0.0 255.255.0.0 output 10.0.0.2 {16 + i}\n"));
        Assert.AreEqual($"line {capacity.StaticBindings + 1}: found \"mpls\", expected one fewer: the table is full\n", bench.Load(bindings));
        string text = "interface Ethernet1\n description " + new string('x', 200) + "\ninterface Ethernet2\n description " + new string('y', 100) + "\n";
        StringAssert.StartsWith(bench.Load(text), "line 4: found \"yyyy");
        Assert.AreEqual("", bench.Load(""));
    }

    [TestMethod]
    public void Sixty_four_mistakes_are_kept_and_the_rest_counted()
    {
        ConsoleBench bench = new();
        bench.Load(string.Concat(Enumerable.Repeat("nonsense\n", 100)));
        Assert.AreEqual(100, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual(64, bench.Cli.Loader.ErrorsKept);
        Assert.AreEqual(64, bench.Cli.Loader.ErrorLine(63));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\n\n\n")]
    [DataRow("!\n! only a comment\n")]
    [DataRow("end")]
    [DataRow("end\nthis is never read")]
    public void An_empty_text_takes_everything_back(string text)
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(ProviderEdge));
        Assert.AreEqual("", bench.Load(text));
        Assert.AreEqual(new ConsoleBench().Running(), bench.Running());
        Assert.AreEqual(0, bench.Router.Control.Bindings.Used);
        Assert.AreEqual(VrfStore.None, bench.Router.Tables.Vrfs.Find("red"));
    }

    [TestMethod]
    public void Line_ends_of_any_system_and_tabs_read_alike()
    {
        string once = Loaded(ProviderEdge);
        Assert.AreEqual(once, Loaded(ProviderEdge.Replace("\n", "\r\n")));
        Assert.AreEqual(once, Loaded(ProviderEdge.Replace(" ", "\t  ")));
        Assert.AreEqual(once, Loaded(ProviderEdge.Replace("\n", "   \n!\n")));
        Assert.AreEqual(once, Loaded(ProviderEdge.Replace("\nend", "")), "no line end at the end of the file");
        Assert.AreEqual(once, Loaded(ProviderEdge.ToUpperInvariant().Replace("PE1", "PE1").Replace("RED", "red")));
    }

    private static string Loaded(string text)
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(text));
        return bench.Running();
    }

    [TestMethod]
    public void A_long_line_and_an_octet_beyond_ascii_are_mistakes_of_their_lines()
    {
        ConsoleBench bench = new();
        string errors = bench.Load("hostname Z\u00FCrich\ninterface Ethernet1\n description " + new string('x', 300) + "\n");
        Assert.AreEqual("line 1: found \"hostname Z\", expected ASCII text\nline 3: found \"xxxxxxxxxxxxxxxxxxxx\", expected a line of at most 254 characters\n", errors);
    }

    [TestMethod]
    public void Only_what_changed_is_touched()
    {
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(ProviderEdge));
        Tables tables = bench.Router.Tables;
        ControlModule control = bench.Router.Control;
        Assert.AreEqual("", bench.Load(ProviderEdge));
        Assert.AreEqual(0, bench.Cli.Loader.Changes, "the same text again");

        int[] labels = [.. tables.Labels.Handle];
        int route = control.Routes.Find(0, 0x0AFF0002, 32, RouteSource.Static, 0x0A000C02, -1);
        int neighbors = bench.Ports[0].Sent.Count;
        Assert.AreEqual("", bench.Load(ProviderEdge.Replace("\nend", "\nip route 10.50.0.0 255.255.0.0 10.0.12.2\nend")));
        Assert.AreEqual(1, bench.Cli.Loader.Changes, "one route more");
        CollectionAssert.AreEqual(labels, tables.Labels.Handle);
        Assert.AreEqual(route, control.Routes.Find(0, 0x0AFF0002, 32, RouteSource.Static, 0x0A000C02, -1));
        Assert.AreEqual(neighbors, bench.Ports[0].Sent.Count, "nothing was announced anew");

        Assert.AreEqual("", bench.Load(ProviderEdge.Replace("10.2.0.0 255.255.0.0 10.255.0.2 label 30", "10.2.0.0 255.255.0.0 10.255.0.2 label 31")));
        Assert.AreEqual(2, bench.Cli.Loader.Changes, "the route of before goes, one label changes");
        Assert.AreEqual("", bench.Load(ProviderEdge.Replace("10.255.0.2 label 30", "10.255.0.2 label 31").Replace("10.1.0.1 255.255.255.0", "10.1.0.9 255.255.255.0")));
        Assert.AreEqual(2, bench.Cli.Loader.Changes, "an address is taken away and another set");
    }

    [TestMethod]
    public void What_two_ports_or_vrfs_swap_is_swapped()
    {
        string Text(int first, int second) => $"""
            ip vrf blue
             rd 65000:{first}
            ip vrf red
             rd 65000:{second}
            interface Ethernet1
             xconnect 10.255.0.3 {first} encapsulation mpls manual
              mpls label 44 300
            interface Ethernet2
             xconnect 10.255.0.3 {second} encapsulation mpls manual
              mpls label 45 300
            mpls static binding ipv4 20.{first}.0.0 255.255.0.0 50
            mpls static binding ipv4 20.{second}.0.0 255.255.0.0 51
            """;
        ConsoleBench bench = new();
        Assert.AreEqual("", bench.Load(Text(1, 2)));
        Assert.AreEqual("", bench.Load(Text(2, 1)));
        Assert.AreEqual(Loaded(Text(2, 1)), bench.Running());
        StringAssert.Contains(bench.Run("show ip vrf"), "65000:1");
    }

    [TestMethod]
    public void A_refusal_of_the_router_takes_the_whole_transaction_back()
    {
        ConsoleBench bench = new(promiscuous: false);
        string before = bench.Running();
        string errors = bench.Load(ProviderEdge);
        Assert.AreEqual("found \"Ethernet3\", expected this port's MAC cannot receive frames for other stations\n", errors);
        Assert.AreEqual(before, bench.Running());
        Assert.AreEqual(0u, bench.Router.Host.Interfaces.Address[0]);
        Assert.AreEqual(0, bench.Router.Control.Bindings.Used);
        Assert.AreEqual(VrfStore.None, bench.Router.Tables.Vrfs.Find("red"));
        Assert.AreEqual("Router#", bench.Cli.Prompt);
    }

    [TestMethod]
    public void A_refusal_half_way_is_taken_back_too()
    {
        Capacity capacity = Capacity.Tiny();
        capacity.StaticRoutes = capacity.Routes;
        ConsoleBench bench = new(capacity);
        const string First = "hostname A\ninterface Ethernet1\n ip address 10.0.0.1 255.255.255.0\n mpls ip\nip route 20.0.0.0 255.0.0.0 10.0.0.2\nmpls static binding ipv4 20.0.0.0 255.0.0.0 20\n";
        Assert.AreEqual("", bench.Load(First));

        // A row of the RIB that the configuration does not know of, as a neighbour or a protocol takes one.
        Assert.AreEqual(ControlResult.Ok, bench.Router.Control.AddStaticRoute(0, 0x63000000, 8, 0x0A000009, -1, 1, -1));
        string running = bench.Running();
        string routes = bench.Run("show ip route");
        int used = bench.Router.Control.Routes.Used;
        int[] labels = [.. bench.Router.Tables.Labels.Handle];
        string second = First.Replace("hostname A", "hostname B\nip vrf red\n rd 1:1").Replace("10.0.0.1 255.255.255.0", "10.0.0.7 255.255.255.0").Replace(" mpls ip\n", " mpls ip\n mtu 1000\n")
            + string.Concat(Enumerable.Range(0, capacity.Routes - 3).Select(i => $"ip route 30.{i}.0.0 255.255.0.0 10.0.0.2\n"));
        Assert.Contains(", expected table full\n", bench.Load(second));
        Assert.AreEqual(1, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual(0, bench.Cli.Loader.ErrorLine(0));
        Assert.AreEqual(running, bench.Running());
        Assert.AreEqual(routes, bench.Run("show ip route"));
        Assert.AreEqual(used, bench.Router.Control.Routes.Used);
        CollectionAssert.AreEqual(labels.Select(h => h != 0).ToArray(), bench.Router.Tables.Labels.Handle.Select(h => h != 0).ToArray());
        Assert.AreEqual(VrfStore.None, bench.Router.Tables.Vrfs.Find("red"));
        Assert.AreEqual(1500, bench.Router.Tables.Ports.MtuOf(0));
    }
}
