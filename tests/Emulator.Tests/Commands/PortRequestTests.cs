using LabEdge.Emulator;
using LabEdge.Emulator.Commands;

namespace LabEdge.Tests.Commands;

[TestClass]
public class PortRequestTests
{
    [TestMethod]
    [DataRow("Ethernet1=packet:veth0")]
    [DataRow("Ethernet1=packet:veth0,bypass")]
    [DataRow("GigabitEthernet0/0=xdp:eth0.100")]
    [DataRow("Ethernet1=tap:tap0")]
    [DataRow("Ethernet1=udp:10001:host.example:10002")]
    [DataRow("Ethernet1=udp:10001:[fe80::1%eth0]:10002,mtu=1600,mac=02:00:00:00:00:01")]
    [DataRow("Ethernet1=pcap:/dev/null,fast,out=x.pcap,mac=02-00-00-00-00-01")]
    [DataRow("Ethernet1=pcap:/dev/null,speed=0.5")]
    public void Every_form_of_the_help_is_taken(string text)
    {
        List<string> mistakes = [];
        List<PortRequest> requests = PortRequest.Read([text], 4, mistakes);
        Assert.IsEmpty(mistakes, string.Join('\n', mistakes));
        Assert.AreEqual(text[..text.IndexOf('=')], requests.Single().Interface);
    }

    [TestMethod]
    [DataRow("Ethernet1=packet:a/b", "\"a/b\" is no interface name")]
    [DataRow("Ethernet1=packet:a-name-far-too-long", "is no interface name")]
    [DataRow("Ethernet1=packet:veth0,mtu=9", "packet has no option \"mtu\", only bypass")]
    [DataRow("Ethernet1=packet:veth0,bypass=1", "found \"bypass=1\", expected no value")]
    [DataRow("Ethernet1=packet:veth0,bypass,bypass", "expected it once")]
    [DataRow("Ethernet1=tap:t,x", "tap has no option \"x\"")]
    [DataRow("Ethernet1=udp:10", "found \"10\", expected LOCALPORT:HOST:PORT")]
    [DataRow("Ethernet1=udp:0:h:1", "expected LOCALPORT:HOST:PORT")]
    [DataRow("Ethernet1=udp:1:h:65536", "with ports of 1 to 65535")]
    [DataRow("Ethernet1=udp:1:h:1,mtu=67", "found \"mtu=67\", expected a number of 68 to 65521")]
    [DataRow("Ethernet1=udp:1:h:1,mac=03:00:00:00:00:01", "expected an address of one station")]
    [DataRow("Ethernet1=udp:1:h:1,mac=", "expected an address of one station")]
    [DataRow("Ethernet1=pcap:/no/such.pcap", "there is no file \"/no/such.pcap\"")]
    [DataRow("Ethernet1=pcap:/dev/null,speed=0", "found \"speed=0\", expected a number above 0")]
    [DataRow("Ethernet1=pcap:/dev/null,speed=Infinity", "expected a number above 0")]
    [DataRow("Ethernet1=pcap:/dev/null,out=", "found \"out=\", expected a file")]
    [DataRow("Ethernet1=pcap:/dev/null,fast,speed=2", "exclude each other")]
    public void A_mistake_says_what_was_found_and_expected(string text, string reason)
    {
        List<string> mistakes = [];
        Assert.IsEmpty(PortRequest.Read([text], 4, mistakes));
        Assert.HasCount(1, mistakes, string.Join('\n', mistakes));
        StringAssert.StartsWith(mistakes[0], $"--port {text}: ");
        StringAssert.Contains(mistakes[0], reason);
    }

    [TestMethod]
    public void All_mistakes_of_one_port_are_told_at_once()
    {
        List<string> mistakes = [];
        PortRequest.Read(["Ethernet1=udp:1:h,mtu=x,mac=y,z"], 4, mistakes);
        Assert.HasCount(4, mistakes, string.Join('\n', mistakes));
    }

    [TestMethod]
    public void A_pcap_port_opens_without_any_right()
    {
        string file = Path.GetTempFileName();
        try
        {
            using (PcapWriter writer = new(file)) writer.Write(0, new byte[60], 0, 60);
            using RealPort port = PortRequest.Read([$"Ethernet1=pcap:{file},fast,mac=02:00:00:00:00:07"], 1, []).Single().Open(1514, () => 0);
            byte[] address = new byte[6];
            port.GetAddress(address, 0);
            Assert.AreEqual("02000000 0007", Hex.Text(address));
            Assert.IsTrue(port.Receive(new LabEdge.Hal.Frame(112, 1514)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
