namespace LabEdge.Tests.ConsoleRoom;

/// <summary>What a person who knows IOS types first, and what is answered.</summary>
[TestClass]
public sealed class AnswerTests
{
    private readonly ConsoleBench _bench = new();

    private string Typed(params string[] lines)
    {
        string answer = "";
        foreach (string line in lines)
        {
            Assert.AreEqual("", answer, line);
            answer = _bench.Run(line);
        }

        return answer;
    }

    [TestMethod]
    public void A_next_hop_that_does_not_answer_is_on_its_own_interface()
    {
        Assert.AreEqual("", _bench.Load("""
            mpls static binding ipv4 10.8.0.0 255.255.0.0 20
            mpls static binding ipv4 10.8.0.0 255.255.0.0 output 10.5.5.9 30
            mpls static binding ipv4 10.9.0.0 255.255.0.0 21
            mpls static binding ipv4 10.9.0.0 255.255.0.0 output 10.5.5.9 implicit-null
            mpls static binding ipv4 10.255.0.9 255.255.255.255 output 10.5.5.9 40
            ip vrf red
            interface Ethernet1
             ip address 10.1.1.1 255.255.255.0
            interface Ethernet2
             ip address 10.5.5.1 255.255.255.0
             mpls ip
            interface Ethernet3
             ip vrf forwarding red
             ip address 10.3.3.1 255.255.255.0
            ip route 10.8.0.0 255.255.0.0 10.5.5.9
            ip route 10.9.0.0 255.255.0.0 10.5.5.9
            ip route 10.255.0.9 255.255.255.255 10.5.5.9
            ip route vrf red 10.7.0.0 255.255.0.0 10.255.0.9 label 50
            ip route 10.6.0.0 255.255.0.0 10.1.1.9
            ip route 10.6.0.0 255.255.0.0 10.5.5.9
            """));
        string cef = _bench.Run("show ip cef");
        Assert.Contains("10.6.0.0/16          10.1.1.9             Ethernet1: 10.1.1.9 has not answered ARP yet\n                     10.5.5.9             Ethernet2: 10.5.5.9 has not answered ARP yet\n", cef);
        Assert.Contains("10.8.0.0/16          10.5.5.9             Ethernet2 label 30: 10.5.5.9 has not answered ARP yet\n10.9.0.0/16          10.5.5.9             Ethernet2: ", cef);
        Assert.Contains("  nexthop 10.5.5.9 Ethernet2 label 30: 10.5.5.9 has not answered ARP yet", _bench.Run("show ip cef 10.8.0.1"));
        Assert.Contains("10.7.0.0/16          10.5.5.9             Ethernet2 label 50: 10.5.5.9 has not answered ARP yet", _bench.Run("show ip cef vrf red"));
        string labels = _bench.Run("show mpls forwarding-table");
        Assert.Contains("10.8.0.0/16      Ethernet2  10.5.5.9 drop: 10.5.5.9 has not answered ARP yet\n", labels);
        Assert.Contains("10.9.0.0/16      Ethernet2  10.5.5.9 drop: 10.5.5.9 has not answered ARP yet\n", labels);
        Assert.DoesNotContain("Ethernet1", labels);
    }

    [TestMethod]
    public void An_address_that_goes_with_its_vrf_is_told()
    {
        _bench.Configure("ip vrf red\nip vrf blue\ninterface Ethernet1\nip address 10.0.0.1 255.255.255.0\ninterface Loopback7\nip address 10.7.0.1 255.255.255.255");
        _bench.Run("configure terminal");
        Assert.AreEqual("% Interface Ethernet1 IPv4 disabled and address(es) removed due to enabling VRF red\n", Typed("interface Ethernet1", "ip vrf forwarding red"));
        Assert.AreEqual("", Typed("ip vrf forwarding blue", "ip vrf forwarding red", "ip address 10.0.0.1 255.255.255.0", "ip vrf forwarding red"));
        Assert.AreEqual("% Interface Ethernet1 IPv4 disabled and address(es) removed due to enabling VRF blue\n", _bench.Run("ip vrf forwarding blue"));
        Assert.AreEqual("% Interface Ethernet1 IPv4 disabled and address(es) removed due to disabling VRF blue\n", Typed("ip address 10.0.0.1 255.255.255.0", "no ip vrf forwarding"));
        Assert.AreEqual("", _bench.Run("no ip vrf forwarding"));
        Assert.AreEqual("% Interface Loopback7 IPv4 disabled and address(es) removed due to enabling VRF red\n", Typed("interface Loopback7", "ip vrf forwarding red"));
        Assert.AreEqual("% IPv4 addresses from all interfaces in VRF red have been removed\n", Typed("ip address 10.7.0.1 255.255.255.255", "no ip vrf red"));
        Assert.AreEqual("", _bench.Run("no ip vrf blue"));
    }

    [TestMethod]
    public void Only_what_is_configured_is_taken_back()
    {
        _bench.Configure("interface Ethernet1\nip address 10.0.0.1 255.255.255.0\nip route 20.0.0.0 255.0.0.0 10.0.0.2 7");
        string before = _bench.Running();
        Typed("configure terminal", "interface Ethernet1");
        Assert.AreEqual("% \"10.0.0.2\": expected the address that is configured\n", _bench.Run("no ip address 10.0.0.2 255.255.255.0"));
        Assert.AreEqual("% \"10.0.0.1\": expected the address that is configured\n", _bench.Run("no ip address 10.0.0.1 255.255.0.0"));
        Assert.AreEqual("% \"77\": expected the distance that is configured\n", _bench.Run("no ip route 20.0.0.0 255.0.0.0 10.0.0.2 77"));
        _bench.Run("end");
        Assert.AreEqual(before, _bench.Running());
        _bench.Configure("interface Ethernet1\nno ip address 10.0.0.1 255.255.255.0\nno ip route 20.0.0.0 255.0.0.0 10.0.0.2 7");
        Assert.DoesNotContain("10.0.0", _bench.Running());
    }

    // The mode, the line, and what follows the marker.
    [TestMethod]
    [DataRow("interface Ethernet1", "ip address 10.0.0.300 255.255.255.0", "% \"10.0.0.300\": expected an IPv4 address\n")]
    [DataRow("interface Ethernet1", "ip address 10.0.0.1 255.0.255.0", "% \"255.0.255.0\": expected a mask (such as 255.255.255.0)\n")]
    [DataRow("interface Ethernet1", "mtu 63", "% \"63\": expected a number 64-9000\n")]
    [DataRow("interface Ethernet1", "mtu lots", "% \"lots\": expected a number 64-9000\n")]
    [DataRow("ip vrf red", "rd 65000", "% \"65000\": expected a route distinguisher (ASN:N or A.B.C.D:N)\n")]
    [DataRow("ip vrf red", "interface Ethernet9", "% \"Ethernet9\": expected an interface of this router\n")]
    [DataRow("ip vrf red", "do ping somewhere", "% \"somewhere\": expected \"vrf\" or an IPv4 address or \"ipv6\" or an IPv6 address\n")]
    [DataRow("ip vrf red", "ip adress", "")]
    [DataRow("ip vrf red", "nonsense", "")]
    public void A_wrong_value_says_what_was_expected(string mode, string line, string expected)
    {
        Typed("configure terminal", mode);
        string answer = _bench.Run(line);
        Assert.EndsWith("^\n% Invalid input detected at '^' marker.\n" + expected + "\n", answer);
        Assert.AreEqual(0, _bench.Cli.Output.Lost);
    }

    [TestMethod]
    public void An_overlap_names_the_other_interface()
    {
        _bench.Configure("interface Ethernet2\nip address 10.5.5.1 255.255.255.0");
        Assert.AreEqual("% 10.5.5.0 overlaps with Ethernet2\n", Typed("configure terminal", "interface Ethernet1", "ip address 10.5.5.77 255.255.255.128"));
    }

    [TestMethod]
    public void A_question_mark_lists_the_ways_out_and_the_interfaces_that_there_are()
    {
        _bench.Configure("interface Loopback7\nip vrf red");
        Assert.DoesNotContain("  end ", _bench.Run("?"));
        Assert.DoesNotContain("  end ", _bench.Run("e?"));
        string shown = _bench.Run("show interfaces ?");
        Assert.EndsWith("    Ethernet1\n    Ethernet2\n    Ethernet3\n    Loopback7\n  counters            One line each: frames in and out\n  |                   Filter what is printed\n  <cr>\n", shown);
        _bench.Run("configure terminal");
        Assert.EndsWith("    Ethernet3\n    Loopback7\n", _bench.Run("interface ?"));
        foreach (string mode in new[] { "hostname R", "ip vrf red", "interface Ethernet1", "xconnect 10.9.9.9 5 encapsulation mpls manual" })
        {
            _bench.Run(mode);
            string listed = _bench.Run("?");
            foreach (string word in new[] { "  do ", "  end ", "  exit " }) Assert.AreEqual(2, listed.Split(word).Length, listed);
        }

        Typed("end", "exit");
        Assert.IsTrue(_bench.Cli.Closed);
    }

    [TestMethod]
    public void The_entry_of_one_address_is_printed_as_in_ios()
    {
        Assert.AreEqual("", _bench.Load(LoaderTests.ProviderEdge));
        _bench.Configure("ip route 10.0.0.0 255.0.0.0 10.0.12.3 7\nip route 10.0.0.0 255.0.0.0 10.0.12.4 7");
        Assert.AreEqual("""
            Routing entry for 10.0.0.0/8
              Known via "static", distance 7, metric 0
              Routing Descriptor Blocks:
              * 10.0.12.3
                  Route metric is 0, traffic share count is 1
                10.0.12.4
                  Route metric is 0, traffic share count is 1

            """, InOrder(_bench.Run("show ip route 10.9.9.9")));
        Assert.AreEqual("""
            Routing entry for 10.0.12.0/24
              Known via "connected", distance 0, metric 0 (connected, via interface)
              Routing Descriptor Blocks:
              * directly connected, via Ethernet1
                  Route metric is 0, traffic share count is 1

            """, _bench.Run("show ip route 10.0.12.9"));
        Assert.AreEqual("% Network not in table\n", _bench.Run("show ip route 77.0.0.1"));
        Assert.AreEqual("\nRouting Table: red\n% Network not in table\n", _bench.Run("show ip route vrf red 77.0.0.1"));
        Assert.Contains("Routing entry for 10.1.0.0/24\n", _bench.Run("show ip route vrf red 10.1.0.9"));
        _bench.Configure("ip route 0.0.0.0 0.0.0.0 10.0.12.3");
        Assert.StartsWith("Routing entry for 0.0.0.0/0, supernet\n  Known via \"static\", distance 1, metric 0, candidate default path\n", _bench.Run("show ip route 77.0.0.1"));
    }

    // Which of two equal routes stands first is not said.
    private static string InOrder(string text) =>
        text.Contains("* 10.0.12.4") ? text.Replace("* 10.0.12.4", "* 10.0.12.X").Replace("  10.0.12.3", "  10.0.12.4").Replace("10.0.12.X", "10.0.12.3") : text;

    [TestMethod]
    public void One_interface_of_the_running_configuration()
    {
        Assert.AreEqual("", _bench.Load(LoaderTests.ProviderEdge));
        const string head = "Building configuration...\n\nCurrent configuration:\n";
        Assert.AreEqual(head + "interface Ethernet2\n ip vrf forwarding red\n ip address 10.1.0.1 255.255.255.0\nend\n", _bench.Run("show running-config interface Ethernet2"));
        Assert.AreEqual(head + "interface Loopback0\n ip address 10.255.0.1 255.255.255.255\nend\n", _bench.Run("sh run int lo0"));
        Assert.AreEqual("% This interface does not exist\n", _bench.Run("show running-config interface Loopback5"));
        Assert.EndsWith("end\n", _bench.Running());
    }

    [TestMethod]
    public void A_loopback_shows_its_address_and_a_port_cannot_be_removed()
    {
        _bench.Configure("interface Loopback0\nip address 10.255.0.1 255.255.255.255");
        Assert.AreEqual("Loopback0 is up, line protocol is up\n  Hardware is Loopback\n  Internet address is 10.255.0.1/32\n", _bench.Run("show interfaces Loopback0"));
        Assert.AreEqual("% \"Ethernet1\": expected a loopback: a physical interface cannot be removed\n", Typed("configure terminal", "no interface Ethernet1"));
    }

    [TestMethod]
    public void A_ping_without_an_address_to_send_from_says_so()
    {
        Assert.AreEqual("% No interface has an address to send from\n", _bench.Run("ping 10.0.0.1"));
        _bench.Configure("ip vrf blue");
        Assert.AreEqual("% No interface of VRF blue has an address to send from\n", _bench.Run("ping vrf blue 10.0.0.1"));
        Assert.AreEqual("% No interface of VRF blue has an address to send from\n", _bench.Run("traceroute vrf blue 10.0.0.1"));
        _bench.Configure("interface Loopback0\nip address 10.255.0.1 255.255.255.255");
        Assert.AreEqual("% No interface of VRF blue has an address to send from\n", _bench.Run("ping vrf blue 10.0.0.1"));
    }

    [TestMethod]
    public void Another_route_distinguisher_takes_effect_at_once()
    {
        _bench.Configure("ip vrf red\nrd 65000:1");
        _bench.Configure("ip vrf red\nrd 65000:99");
        byte[] octets = new byte[8];
        _bench.Router.Tables.Vrfs.CopyDistinguisher(_bench.Router.Tables.Vrfs.Find("red"), octets, 0);
        Assert.AreEqual("0000FDE800000063", Convert.ToHexString(octets));
        Assert.Contains("65000:99", _bench.Run("show ip vrf"));
    }
}
