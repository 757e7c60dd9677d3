using System.Text;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Lines of IOS that LabEdge has not are told apart from mistakes, and skipped where that was asked for.</summary>
[TestClass]
public sealed class UnsupportedLineTests
{
    // A course's last configuration, as a vendor's router would print it.
    private const string Course = """
        Building configuration...

        Current configuration : 2222 bytes
        !
        version 15.2
        service timestamps debug datetime msec
        no service password-encryption
        !
        hostname PE1
        !
        boot-start-marker
        !
        no aaa new-model
        ip cef
        no ip domain lookup
        !
        ip vrf blue
         rd 65000:1
         route-target export 65000:1
         route-target import 65000:1
        !
        mpls traffic-eng tunnels
        multilink bundle-name authenticated
        !
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        !
        interface Ethernet1
         description core
         ip address 10.9.0.1 255.255.255.0
         ip igmp version 3
         duplex auto
         mpls ip
        !
        interface Tunnel0
         ip address 172.16.0.1 255.255.255.0
         tunnel source Loopback0
        !
        interface Ethernet2.10
         encapsulation dot1Q 10
         ip address 10.10.0.1 255.255.255.0
        !
        interface Ethernet2
         ip vrf forwarding blue
         ip address 10.1.0.1 255.255.255.0
         ip address 10.1.1.1 255.255.255.0 secondary
        !
        router eigrp 1
         network 10.0.0.0 0.255.255.255
        !
        router bgp 65000
         bgp log-neighbor-changes
         neighbor 10.0.0.2 remote-as 65000
         !
         address-family ipv4 vrf blue
          redistribute connected
         exit-address-family
        !
        ip route vrf blue 10.2.0.0 255.255.0.0 10.0.0.2 label 20
        ip route 0.0.0.0 0.0.0.0 10.9.0.2 name uplink
        no ip http server
        mpls ldp graceful-restart
        banner motd ^C
        Do not enter.
        interface Ethernet3
        hostname burglar
        ^C
        line con 0
         exec-timeout 0 0
         logging synchronous
        end
        """;

    private static readonly string[] Lost =
    [
        "1 Building configuration...", "3 Current configuration : 2222 bytes", "5 version 15.2", "6 service timestamps debug datetime msec", "7 no service password-encryption",
        "11 boot-start-marker", "13 no aaa new-model", "14 ip cef", "15 no ip domain lookup", "19 route-target export 65000:1", "20 route-target import 65000:1",
        "22 mpls traffic-eng tunnels", "23 multilink bundle-name authenticated", "31 ip igmp version 3", "32 duplex auto",
        "35 interface Tunnel0", "36 ip address 172.16.0.1 255.255.255.0", "37 tunnel source Loopback0",
        "39 interface Ethernet2.10", "40 encapsulation dot1Q 10", "41 ip address 10.10.0.1 255.255.255.0", "46 ip address 10.1.1.1 255.255.255.0 secondary",
        "48 router eigrp 1", "49 network 10.0.0.0 0.255.255.255", "51 router bgp 65000", "52 bgp log-neighbor-changes", "53 neighbor 10.0.0.2 remote-as 65000",
        "55 address-family ipv4 vrf blue", "56 redistribute connected", "57 exit-address-family", "60 ip route 0.0.0.0 0.0.0.0 10.9.0.2 name uplink", "61 no ip http server",
        "62 mpls ldp graceful-restart", "63 banner motd ^C", "64 Do not enter.", "65 interface Ethernet3", "66 hostname burglar", "67 ^C",
        "68 line con 0", "69 exec-timeout 0 0", "70 logging synchronous",
    ];

    private const string Kept = """
        !
        hostname PE1
        !
        ip vrf blue
         rd 65000:1
        !
        interface Loopback0
         ip address 10.0.0.1 255.255.255.255
        !
        interface Ethernet1
         description core
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        !
        interface Ethernet2
         ip vrf forwarding blue
         ip address 10.1.0.1 255.255.255.0
        !
        interface Ethernet3
         no ip address
        !
        ip route vrf blue 10.2.0.0 255.255.0.0 10.0.0.2 label 20
        !
        end

        """;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "without indentation, as typed")]
    public void A_courses_configuration_loads_leniently_and_says_what_it_lost(bool flat)
    {
        ConsoleBench bench = new();
        string text = flat ? string.Join("\n", Course.Split('\n').Select(line => line.Trim())) : Course;
        CollectionAssert.AreEqual(Lost, Load(bench, text, true));
        Assert.AreEqual(0, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual(Kept.ReplaceLineEndings("\n"), bench.Running());
    }

    [TestMethod]
    public void Without_lenient_all_are_told_and_nothing_is_applied()
    {
        ConsoleBench bench = new();
        string before = bench.Running();
        CollectionAssert.AreEqual(Lost, Load(bench, Course, false));
        Assert.AreEqual(Lost.Length, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual(0, bench.Cli.Loader.MistakeCount);
        Assert.AreEqual(before, bench.Running());
    }

    [TestMethod]
    public void A_mistake_is_one_even_leniently()
    {
        ConsoleBench bench = new();
        string before = bench.Running();
        string text = Course.Replace("10.9.0.1 255.255.255.0", "10.9.0.300 255.255.255.0").Replace("rd 65000:1", "rd 65000");
        CollectionAssert.AreEqual(Lost, Load(bench, text, true));
        Assert.AreEqual(2, bench.Cli.Loader.ErrorCount);
        Assert.AreEqual("65000", bench.Cli.Loader.ErrorFound(0));
        Assert.AreEqual("10.9.0.300", bench.Cli.Loader.ErrorFound(1));
        Assert.AreEqual(before, bench.Running());
    }

    // A line, its mode, and whether it is unsupported (else: wrong).
    [TestMethod]
    [DataRow("", "frobnicate 7", true)]
    [DataRow("", "no frobnicate", true)]
    [DataRow("", "ip cef", true)]
    [DataRow("", "ip route 10.0.0.0 255.0.0.0 1.1.1.1 track 1", true)]
    [DataRow("", "interface Vlan10", true)]
    [DataRow("", "interface Port-channel1", true)]
    [DataRow("interface Ethernet1", "ip address 10.0.0.1 255.0.0.0 secondary", true)]
    [DataRow("interface Ethernet1", "speed 100", true)]
    [DataRow("", "ip route 10.0.0.0 255.0.0.0 10.0.0.300", false)]
    [DataRow("", "ip route 10.0.0.0 255.0.0.9 1.1.1.1", false)]
    [DataRow("", "ip route 10.0.0.0 255.0.0.0 1.1.1.1 300", false)]
    [DataRow("", "interface Ethernet9", false)]
    [DataRow("", "interface e9", false)]
    [DataRow("", "interface GigabitEthernet0/1", false)]
    [DataRow("", "hostnome x", false)]
    [DataRow("interface Ethernet1", "intreface Ethernet2", false)]
    [DataRow("interface Ethernet1", "ip adress 10.0.0.1 255.0.0.0", false)]
    [DataRow("", "mpls lable range 16 20", false)]
    [DataRow("interface Ethernet1", "ipv6 router ospf 1", true)]
    [DataRow("", "no mpls stattic binding", false)]
    [DataRow("", "mpls label range 16", false)]
    [DataRow("", "mpls l", false)]
    [DataRow("", "10.0.0.1", false)]
    [DataRow("", "(config)# hostname x", false)]
    [DataRow("interface Ethernet1", "ip address dhcp", false)]
    [DataRow("interface Ethernet1", "ip address 10.0.0.1 255.0.0.0 5", false)]
    [DataRow("interface Ethernet1", "mtu big", false)]
    public void What_is_not_supported_and_what_is_wrong(string mode, string line, bool unsupported)
    {
        ConsoleBench bench = new();
        string[] lost = Load(bench, mode + "\n" + line + "\n", false);
        Assert.AreEqual(unsupported ? 1 : 0, lost.Length);
        Assert.AreEqual(unsupported ? 0 : 1, bench.Cli.Loader.MistakeCount);
    }

    [TestMethod]
    public void A_port_that_is_not_there_is_a_mistake_and_leniently_skipped()
    {
        const string text = "interface GigabitEthernet0/3\n no ip address\n shutdown\n!\nhostname X\n";
        ConsoleBench bench = new();
        Assert.IsEmpty(Load(bench, text, false));
        Assert.AreEqual("an interface of this router", bench.Cli.Loader.ErrorExpected(0));
        Assert.HasCount(3, Load(bench, text, true));
        Assert.AreEqual("X#", bench.Cli.Prompt);
    }

    [TestMethod]
    public void The_console_lists_what_a_lenient_paste_lost()
    {
        ConsoleBench bench = new();
        bench.Run("configure replace lenient");
        foreach (string line in new[] { "hostname X", "ip cef", "router eigrp 1", " network 10.0.0.0 0.0.0.255" }) Assert.AreEqual("", bench.Run(line));
        Assert.AreEqual("""
            line 2: "ip cef" is not supported by LabEdge
            line 3: "router eigrp 1" is not supported by LabEdge
            line 4: "network 10.0.0.0 0.0.0.255" is not supported by LabEdge
            3 lines not supported by LabEdge: skipped

            """.ReplaceLineEndings("\n"), bench.Run("end").Replace("% ", ""));
        Assert.AreEqual("X#", bench.Cli.Prompt);
        bench.Run("configure replace");
        foreach (string line in new[] { "hostname Y", "ip cef", "ip route 1.1.1.1" }) bench.Run(line);
        string answer = bench.Run("end");
        Assert.Contains("line 3: found \"end of line\", expected a mask", answer);
        Assert.Contains("line 2: \"ip cef\" is not supported by LabEdge", answer);
        Assert.Contains("% 1 mistake, 1 line not supported by LabEdge; nothing has been changed", answer);
        Assert.AreEqual("X#", bench.Cli.Prompt);
    }

    // Number and text of what was not supported.
    private static string[] Load(ConsoleBench bench, string text, bool lenient)
    {
        byte[] octets = Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\n"));
        ConfigurationLoader loader = bench.Cli.Loader;
        loader.Begin(octets, octets.Length, lenient);
        while (!loader.Done) bench.Router.Poll(bench.Now, 7);
        bench.Poll();
        return [.. Enumerable.Range(0, loader.SkippedKept).Select(i => $"{loader.SkippedLine(i)} {loader.SkippedText(i)}")];
    }
}
