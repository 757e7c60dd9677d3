using System.Text.Json;
using LabEdge.Boards;
using LabEdge.Forwarding;

namespace LabEdge.Tests.Boards;

/// <summary>The language of the wiring, and the wiring of every board of boards.json.</summary>
[TestClass]
public sealed class WiringTests
{
    public static IEnumerable<object[]> Boards =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("boards", "boards.json"))).RootElement.EnumerateArray().Select(board => new object[] { board.GetProperty("Name").GetString() });

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void Every_board_of_the_table_has_a_wiring_without_mistakes_and_two_ports(string name)
    {
        JsonElement board = Row(name);
        WiringReader reader = new(board.GetProperty("Mcu").GetString());
        Wiring wiring = reader.Read([.. board.GetProperty("Wiring").EnumerateArray().Select(line => line.GetString())]);
        Assert.AreEqual(0, reader.ProblemCount, reader.Problems[0]);
        Assert.AreEqual(2, wiring.PortCount);
        Assert.AreEqual("Ethernet1", wiring.Ports[0].Name);

        // An ENC28J60 of revision B1 or B4 needs 8 MHz (DS80349), no W5500 is promised more than 33.
        Assert.IsTrue(wiring.Ports.Take(2).All(port => port.Bus.MegaHertz is >= 8 and <= 33));
        Assert.IsTrue(File.Exists(Repository.PathOf("boards", board.GetProperty("Head").GetString(), "README.md")), "boards/" + board.GetProperty("Head"));
        Capacity capacity = board.GetProperty("Capacity").GetString() switch
        {
            "Tiny" => Capacity.Tiny(),
            "Small" => Capacity.Small(),
            "Board" => Capacity.Board(),
            _ => null,
        };
        Assert.IsGreaterThanOrEqualTo(2, capacity.Ports);
        Assert.IsTrue(board.GetProperty("Role").GetString() is "ce" or "p" or "pe");
        Assert.IsTrue(board.GetProperty("FlashedBy").GetString() is "nanoff" or "uf2" or "meadow");
    }

    [TestMethod]
    [DataRow("spi 1 sck 10 mosi 12", "line 1: spi: expected all of sck, mosi and miso, or none")]
    [DataRow("spi x", "line 1: spi: expected the number of the bus, found x")]
    [DataRow("spi", "line 1: spi: expected the number of the bus")]
    [DataRow("spi 1 mhz 0", "line 1: spi: expected 1 to 80 MHz, found 0")]
    [DataRow("spi 1 clk 10", "line 1: spi: expected sck, mosi, miso or mhz, found clk")]
    [DataRow("spi 1 sck 10 mosi 10 miso 11", "line 1: pin 10 is used twice")]
    [DataRow("spi 1 sck 27 mosi 10 miso 11", "line 1: sck: pin 27 cannot be used: GPIO 26 to 32 are the flash")]
    [DataRow("spi 1 sck 35 mosi 10 miso 11", "line 1: sck: pin 35 cannot be used: GPIO 33 to 37 are the octal PSRAM")]
    [DataRow("spi 1\nspi 1", "line 2: spi 1 stands twice")]
    [DataRow("port Ethernet1 w5500 spi 2 cs 4", "line 1: no line before has spi 2")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1", "line 2: port Ethernet1: expected cs with a pin")]
    [DataRow("spi 1\nport Ethernet1 w5100 spi 1 cs 4", "line 2: port Ethernet1: expected w5500, enc28j60 or mpls-udp, found w5100")]
    [DataRow("port Ethernet1 w5500 cs 4", "line 1: port Ethernet1: expected spi with the number of a bus")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1 cs 4 irq 5", "line 2: port Ethernet1: expected spi, cs, int, rst or mac, found irq")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1 cs 4 mac 0145.4c01.0203", "line 2: mac: expected the address of one station, such as 0245.4c01.0203, found 0145.4c01.0203")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1 cs 4 mac", "line 2: mac: expected a station address")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1 cs 4\nport Ethernet2 w5500 spi 1 cs 4", "line 3: pin 4 is used twice")]
    [DataRow("spi 1\nport Ethernet1 w5500 spi 1 cs 4\nport Ethernet1 w5500 spi 1 cs 5", "line 3: port Ethernet1 stands twice")]
    [DataRow("port Ethernet3 mpls-udp", "line 1: mpls-udp: expected the peer's IPv4 address")]
    [DataRow("port Ethernet3 mpls-udp 192.0.2.256", "line 1: mpls-udp: expected the peer's IPv4 address, found 192.0.2.256")]
    [DataRow("port Ethernet3 mpls-udp 192.0.2.7 cs 4", "line 1: port Ethernet3: expected mac, found cs")]
    [DataRow("sntp", "line 1: sntp: expected the peer's IPv4 address")]
    [DataRow("sntp time", "line 1: sntp: expected the peer's IPv4 address, found time")]
    [DataRow("sntp 192.0.2.9 192.0.2.10", "line 1: sntp: expected one address, found 192.0.2.10")]
    [DataRow("led 64", "line 1: led: expected a pin, found 64")]
    [DataRow("led 4 reversed", "line 1: led: expected a pin, and inverted or nothing")]
    [DataRow("console", "line 1: console: expected a serial port such as COM2")]
    [DataRow("# a remark\n\nwire 3", "line 3: expected emac, spi, port, console, led or sntp, found wire")]
    public void A_mistake_is_told_with_its_line_what_was_found_and_what_was_expected(string text, string expected)
    {
        WiringReader reader = new(PinRules.Esp32S3);
        reader.Read(WiringReader.Lines(text));
        Assert.AreEqual(1, reader.ProblemCount, string.Join(", ", reader.Problems));
        Assert.AreEqual(expected, reader.Problems[0]);
    }

    [TestMethod]
    public void A_line_with_a_mistake_is_left_out_and_keeps_no_pin()
    {
        WiringReader reader = new(PinRules.Esp32S3);
        Wiring wiring = reader.Read(["spi 1 sck 10 mosi 12 miso 99", "spi 1 sck 10 mosi 12 miso 11", "port E1 w5500 spi 1 cs 9 mac 0245.4C01.0203 # mine"]);
        Assert.AreEqual(1, reader.ProblemCount);
        Assert.AreEqual(1, wiring.BusCount);
        Assert.AreEqual("02454C010203", Convert.ToHexString(wiring.Ports[0].Address));
        Assert.AreEqual(-1, wiring.Ports[0].Interrupt);
    }

    [TestMethod]
    public void An_overlay_port_needs_a_peer_and_no_pins()
    {
        WiringReader reader = new(PinRules.Esp32);
        Wiring wiring = reader.Read(["emac 0 16", "port Ethernet3 mpls-udp 192.0.2.7 mac 0245.4c01.0203"]);
        Assert.AreEqual(0, reader.ProblemCount, reader.Problems[0]);
        CollectionAssert.AreEqual(new byte[] { 192, 0, 2, 7 }, wiring.Ports[0].Peer);
        Assert.AreEqual("02454C010203", Convert.ToHexString(wiring.Ports[0].Address));
    }

    [TestMethod]
    [DataRow(PinRules.Esp32, false, 6, false, true)]
    [DataRow(PinRules.Esp32, false, 12, false, true)]
    [DataRow(PinRules.Esp32, false, 34, false, false)]
    [DataRow(PinRules.Esp32, false, 34, true, true)]
    [DataRow(PinRules.Esp32, false, 18, true, false)]
    [DataRow(PinRules.Esp32, true, 18, true, true)]
    [DataRow(PinRules.Esp32, true, 14, true, false)]
    [DataRow(PinRules.Esp32, false, 40, false, true)]
    [DataRow(PinRules.Esp32S3, false, 45, true, true)]
    [DataRow(PinRules.Esp32S3, false, 20, true, true)]
    [DataRow(PinRules.Esp32S3, false, 48, true, false)]
    [DataRow(PinRules.Rp2040, false, 29, true, true)]
    [DataRow(PinRules.Rp2350, false, 28, true, false)]
    [DataRow(PinRules.Stm32F777, false, 15, true, false)]
    [DataRow("Z80", false, 1, true, true)]
    public void Pins_that_hang_a_board_are_refused(string mcu, bool ownMac, int pin, bool output, bool refused) =>
        Assert.AreEqual(refused, PinRules.Refuse(mcu, ownMac, pin, output) != null);

    private static JsonElement Row(string name) =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("boards", "boards.json"))).RootElement.EnumerateArray().Single(board => board.GetProperty("Name").GetString() == name);
}
