namespace LabEdge.Tests.ConsoleRoom;

/// <summary>Lines about labels, by the frames that leave: which label, and which TTL.</summary>
[TestClass]
public class LabelLineTests
{
    private const string Configuration = """
        interface Ethernet1
         ip address 10.1.0.1 255.255.255.0
        interface Ethernet2
         ip address 10.9.0.1 255.255.255.0
         mpls ip
        ip route 10.0.0.2 255.255.255.255 10.9.0.2
        mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 17

        """;

    // From 10.1.0.2 to 10.0.0.2, TTL 40, UDP without payload.
    private const string Packet = "02000000010102000000AA01 0800 4500001C0000000028117ECD0A0100020A000002 0007000700080000";

    [TestMethod]
    [DataRow("mpls ip propagate-ttl", 39, 1)]
    [DataRow("no mpls ip propagate-ttl", 255, 255)]
    [DataRow("no mpls ip propagate-ttl forwarded", 255, 1)]
    [DataRow("no mpls ip propagate-ttl local", 39, 255)]
    public void The_TTL_in_the_label_is_that_of_the_packet_unless_its_kind_is_hidden(string line, int forwarded, int local)
    {
        ConsoleBench bench = Core(line);
        bench.Ports[0].Queue(Hex.Octets(Packet));
        bench.Poll();
        Assert.AreEqual((17, forwarded), Sent(bench));
        bench.Ports[1].Sent.Clear();
        bench.Run("traceroute 10.0.0.2 ttl 1 1 probe 1 timeout 1");
        Assert.AreEqual((17, local), Sent(bench));
        Assert.AreEqual(line.StartsWith("no"), bench.Running().Contains(line + "\n"));
    }

    [TestMethod]
    public void Both_kinds_hidden_one_after_the_other_are_one_line()
    {
        ConsoleBench bench = Core("no mpls ip propagate-ttl local\nno mpls ip propagate-ttl forwarded");
        Assert.Contains("\nno mpls ip propagate-ttl\n", bench.Running());
        bench.Configure("mpls ip propagate-ttl local");
        Assert.Contains("\nno mpls ip propagate-ttl forwarded\n", bench.Running());
    }

    [TestMethod]
    public void Explicit_null_is_a_label_of_its_own_and_goes_by_its_no_form_alone()
    {
        ConsoleBench bench = Core("mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 explicit-null");
        string running = bench.Running();
        Assert.Contains("\nmpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 explicit-null\n", running);
        Assert.AreEqual("", bench.Load(running));
        Assert.AreEqual(running, bench.Running());
        bench.Ports[0].Queue(Hex.Octets(Packet));
        bench.Poll();
        Assert.AreEqual((0, 39), Sent(bench));
        bench.Run("configure terminal");
        Assert.Contains("expected a line that is configured", bench.Run("no mpls static binding ipv4 10.7.0.2 255.255.255.255 output 10.9.0.2 explicit-null"));
        Assert.Contains("expected a line that is configured", bench.Run("no mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 implicit-null"));
        Assert.AreEqual("", bench.Run("no mpls static binding ipv4 10.0.0.2 255.255.255.255 output 10.9.0.2 explicit-null"));
        bench.Run("end");
        Assert.DoesNotContain("explicit-null", bench.Running());
    }

    private static ConsoleBench Core(string lines)
    {
        ConsoleBench bench = new(ports: 2);
        Assert.AreEqual("", bench.Load(Configuration));
        bench.Configure(lines);
        Neighbor(bench, 0, "0A010002");
        Neighbor(bench, 1, "0A090002");
        bench.Ports[1].Sent.Clear();
        return bench;
    }

    // An ARP request to the router teaches it the sender.
    private static void Neighbor(ConsoleBench bench, int port, string address)
    {
        string own = address[..^2] + "01";
        bench.Ports[port].Queue(Hex.Octets($"FFFFFFFFFFFF 02000000AA0{port + 1} 0806 0001080006040001 02000000AA0{port + 1} {address} 000000000000 {own}"));
        bench.Poll();
        bench.Now += 2000;
        bench.Poll();
    }

    // Label and TTL of the last labelled frame.
    private static (int Label, int Ttl) Sent(ConsoleBench bench)
    {
        byte[] frame = bench.Ports[1].Sent.Last(f => f[12] == 0x88);
        return ((frame[14] << 12) | (frame[15] << 4) | (frame[16] >> 4), frame[17]);
    }
}
