using System.Net;
using LabEdge.Cli;

namespace LabEdge.Tests.ConsoleRoom;

/// <summary>IPv6 on the console: literals against those of .NET, configuration in and back out, what is refused.</summary>
[TestClass]
public class Ipv6ConfigurationTests
{
    private const string Lines = """
        ip vrf red
         rd 1:1
        exit
        interface Ethernet1
         ip address 10.0.0.1 255.255.255.0
         ipv6 address 2001:db8:1::1/64
         ipv6 address 2001:DB8:2:0:0::1/64
        interface Ethernet2
         ip vrf forwarding red
         ipv6 address 2001:db8:1::1/64
        interface Ethernet3
         ipv6 enable
        interface Loopback0
         ipv6 address 2001:db8:ff::1/128
        exit
        ipv6 route 2001:db8:a::/48 2001:db8:1::2
        ipv6 route ::/0 Ethernet3 fe80::9 200
        ipv6 route vrf red 2001:db8:b::/48 Ethernet2
        ipv6 route vrf red 2001:db8:c::/48 9.9.9.9 label 500
        """;

    private static string Put(byte[] octets)
    {
        TextBuffer output = new(64);
        Ipv6Literal.Put(output, octets, 0);
        byte[] text = new byte[64];
        return System.Text.Encoding.ASCII.GetString(text, 0, output.Take(text, 0, text.Length));
    }

    private static bool Read(string text, out byte[] octets)
    {
        byte[] word = System.Text.Encoding.ASCII.GetBytes(text);
        octets = [.. Enumerable.Repeat((byte)0xA5, 16)];
        return Ipv6Literal.Address(word, 0, word.Length, octets, 0);
    }

    [TestMethod]
    public void Literals_are_read_and_written_as_the_runtime_does()
    {
        const int Seed = 5952;
        Random random = new(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] octets = new byte[16];
            for (int g = 0; g < 8; g++)
            {
                int value = random.Next(3) == 0 ? random.Next(65536) : random.Next(4) == 0 ? random.Next(16) : 0;
                octets[2 * g] = (byte)(value >> 8);
                octets[2 * g + 1] = (byte)value;
            }
            string text = Put(octets);
            Assert.AreEqual(Convert.ToHexString(octets), Convert.ToHexString(IPAddress.Parse(text).GetAddressBytes()), $"{text}, seed {Seed}");
            Assert.IsTrue(Read(text, out byte[] again), text);
            Assert.AreEqual(Convert.ToHexString(octets), Convert.ToHexString(again), text);
            string runtime = new IPAddress(octets).ToString();
            Assert.IsTrue(Read(runtime, out again), runtime);
            Assert.AreEqual(Convert.ToHexString(octets), Convert.ToHexString(again), runtime);
            if (!runtime.Contains('.')) Assert.AreEqual(runtime, text);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(":")]
    [DataRow(":::")]
    [DataRow("1:2:3:4:5:6:7")]
    [DataRow("1:2:3:4:5:6:7:8:9")]
    [DataRow("1::2::3")]
    [DataRow("1:2:3:4:5:6:7:8::")]
    [DataRow("1:2:3:4::5:6:7:8")]
    [DataRow("12345::")]
    [DataRow("1:2:3:4:5:6:7:")]
    [DataRow(":1:2:3:4:5:6:7")]
    [DataRow("g::")]
    [DataRow("::1.2.3")]
    [DataRow("::1.2.3.256")]
    [DataRow("1:2:3:4:5:6:7:1.2.3.4")]
    [DataRow("::1.2.3.4:5")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.IsFalse(Read(text, out _));
    }

    [TestMethod]
    public void The_configuration_reads_back_and_stands_in_the_tables()
    {
        ConsoleBench bench = new();
        bench.Configure(Lines);
        string running = bench.Running();
        foreach (string line in new[]
        {
            " ipv6 address 2001:db8:1::1/64", " ipv6 address 2001:db8:2::1/64", " ipv6 enable", " ipv6 address 2001:db8:ff::1/128",
            "ipv6 route 2001:db8:a::/48 2001:db8:1::2", "ipv6 route ::/0 Ethernet3 fe80::9 200", "ipv6 route vrf red 2001:db8:b::/48 Ethernet2",
            "ipv6 route vrf red 2001:db8:c::/48 9.9.9.9 label 500",
        })
        {
            Assert.Contains(line + "\n", running);
        }
        ConsoleBench other = new();
        other.Load(running);
        Assert.AreEqual(running, other.Running());
        for (int i = 0; i < 30; i++)
        {
            other.Now += 100;
            other.Poll();
        }
        Assert.Contains("2001:db8:2::1", other.Run("show ipv6 interface brief"));
        Assert.Contains("C   2001:db8:1::/64 [0/0]", other.Run("show ipv6 route"));
        Assert.Contains("S   2001:db8:b::/48 [1/0]", other.Run("show ipv6 route vrf red"));
        Assert.DoesNotContain("2001:db8:2::/64", other.Run("show ipv6 route vrf red"));
        Assert.Contains("2001:db8:1::2", other.Run("show ipv6 neighbors"));
        Assert.Contains("!!!!!", other.Run("ping 2001:db8:ff::1"));
        Assert.Contains("!!!!!", other.Run("ping ipv6 vrf red 2001:db8:1::1"));

        // Line by line it goes again.
        other.Configure("""
            no ipv6 route 2001:db8:a::/48 2001:db8:1::2
            no ipv6 route ::/0 Ethernet3 fe80::9
            no ip vrf red
            interface Ethernet1
             no ipv6 address 2001:db8:1::1/64
             no ipv6 address
            interface Ethernet3
             no ipv6 enable
            exit
            no interface Loopback0
            """);
        Assert.DoesNotContain("ipv6", other.Running());
        Assert.AreEqual(0, other.Router.Control.Routes6.Used);
        Assert.IsFalse(other.Router.Host.Ipv6.Enabled.Any(on => on));
    }

    [TestMethod]
    [DataRow("ipv6 route 2001:db8::1/32 2001:db8:1::2", "a prefix without bits beyond its mask")]
    [DataRow("ipv6 route ff00::/8 2001:db8:1::2", "a unicast prefix")]
    [DataRow("ipv6 route 2001:db8::/32 fe80::1", "an interface before a link-local next hop")]
    [DataRow("ipv6 route 2001:db8::/32 2001:db8:1::1", "the next hop's address, not this router's")]
    [DataRow("ipv6 route 2001:db8::/32 Ethernet2", "an interface of the same VRF")]
    [DataRow("ipv6 route vrf blue 2001:db8::/32 2001:db8:1::2", "the name of a VRF that exists")]
    [DataRow("no ipv6 route 2001:db8::/32 2001:db8:1::2", "a line that is configured")]
    [DataRow("interface Ethernet3\n ipv6 address fe80::1/64", "a unicast address")]
    [DataRow("interface Ethernet3\n ipv6 address 2001:db8:1::9/48", "a prefix that overlaps no other address of its VRF")]
    [DataRow("interface Ethernet3\n ipv6 address 2001:db8:1::9", "an IPv6 prefix")]
    [DataRow("interface Ethernet1\n ipv6 address 2001:db8:7::9/64", "one fewer: the table is full")]
    [DataRow("interface Ethernet1\n xconnect 9.9.9.9 1 encapsulation mpls manual", "an interface without IP address")]
    [DataRow("interface Ethernet1\n ipv6 address 2001:db8:1::2/64", "a prefix that overlaps no other address of its VRF")]
    public void A_line_that_cannot_be_is_refused(string line, string expected)
    {
        ConsoleBench bench = new();
        bench.Configure(Lines);
        string before = bench.Running();
        bench.Run("configure terminal");
        string said = "";
        foreach (string each in line.Split('\n')) said += bench.Run(each);
        bench.Run("end");
        Assert.Contains(expected, said);
        Assert.AreEqual(before, bench.Running());
    }
}
