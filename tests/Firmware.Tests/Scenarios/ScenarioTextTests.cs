using LabEdge.Forwarding;

namespace LabEdge.Tests.Scenarios;

/// <summary>A scenario that is wrong, or that the router does not fulfil, says where, what was found and what was expected.</summary>
[TestClass]
public class ScenarioTextTests
{
    private const string Head = """
        setup core
          station P2 02:00:00:00:01:02
          port Ethernet1 core
          port Ethernet2 core
          transport p2 Ethernet2 to P2 mpls
          ilm 100 swap 200 via p2
        scenario One
          source RFC 3031
          use core

        """;

    private const string Sent = "  send Ethernet1: mpls 100 ttl=64 / ip\n";

    private static string Message(string text)
    {
        try
        {
            ScenarioRun.Run(ScenarioFile.Read("x.txt", text)[0], new PortableKernel());
            return "nothing is wrong";
        }
        catch (ScenarioException error)
        {
            return error.Message;
        }
    }

    [TestMethod]
    public void A_scenario_that_holds_holds()
    {
        Assert.AreEqual("nothing is wrong", Message(Head + Sent + "  expect Ethernet2: eth dst=P2 / mpls 200 ttl=63 / ip\n"));
    }

    [TestMethod]
    [DataRow("  expect Ethernet2: eth dst=P2 / mpls 200 ttl=64 / ip", "x.txt:11: Ethernet2:", "they differ from octet 17 on, in mpls (header 2, its octet 3)")]
    [DataRow("  expect Ethernet2: eth dst=P2 / mpls 200 ttl=63 / ip len=29", "x.txt:11: Ethernet2:", "they differ from octet 21 on, in ip")]
    [DataRow("  expect Ethernet1: eth dst=P2 / mpls 200 ttl=63 / ip", "x.txt:11: nothing more was sent out of Ethernet1", "ended: forwarded")]
    [DataRow("  expect drop unknown-label", "x.txt:10: found frames that nothing expects", "ended: forwarded")]
    [DataRow("  expect Ethernet2: eth dst=P2 / mpls 200 ttl=63 / ip\n  expect drop no-route", "x.txt:10: found \"\", expected \"drop no-route\"", "")]
    [DataRow("  expect none", "x.txt:10: found frames that nothing expects", "")]
    [DataRow("", "x.txt:10: found a frame of which nothing is expected", "")]
    public void An_expectation_that_fails_says_which_and_how(string expectation, string where, string how)
    {
        string message = Message(Head + Sent + expectation + "\n");
        Assert.Contains(where, message);
        Assert.Contains(how, message);
    }

    [TestMethod]
    [DataRow("  ilm 101 swap 201 via p3", "x.txt:10: found p3, expected a transport, one of p2")]
    [DataRow("  ilm x swap 201 via p2", "x.txt:10: found x, expected a label")]
    [DataRow("  ilm 101 swap 201", "x.txt:10: found the end of the line, expected via")]
    [DataRow("  ilm 100000 swap 201 via p2", "x.txt:10: the table refused")]
    [DataRow("  shut Ethernet1", "x.txt:10: found shut, expected a statement, send or expect")]
    [DataRow("  down p2 now", "x.txt:10: found now, expected the end of the line")]
    [DataRow("  expect none", "x.txt:10: found expect, expected a line \"send\" before it")]
    [DataRow("  send Ethernet9: ip", "x.txt:10: found Ethernet9:, expected a port and a colon, one of Ethernet1, Ethernet2")]
    [DataRow("  send Ethernet1: ipx", "x.txt:10: found ipx, expected one of the headers")]
    [DataRow("  send Ethernet1: ip hops=3", "x.txt:10: found hops=3, expected one of the fields")]
    [DataRow("  send Ethernet1: ip\n  expect Ethernet1: ip", "x.txt:11: nothing more was sent")]
    [DataRow("", "x.txt:7: found a scenario without a frame")]
    public void A_line_that_is_wrong_says_what_was_found_and_expected(string line, string expected)
    {
        Assert.Contains(expected, Message(Head + line + "\n"));
    }

    [TestMethod]
    [DataRow("port Ethernet1\n", "x.txt:1: found port, expected setup or scenario")]
    [DataRow("scenario One\n  send Ethernet1: ip\n", "x.txt:1: found a scenario without a source")]
    [DataRow("scenario One\n source RFC 1\n use core\n", "x.txt:3: found core, expected one of the setups")]
    [DataRow("scenario One\n source RFC 1\nscenario One\n", "x.txt:3: found One, expected a title that no other scenario has")]
    public void A_file_that_is_wrong_says_so(string text, string expected)
    {
        Assert.Contains(expected, Message(text));
    }

    [TestMethod]
    public void The_builder_makes_the_octets_of_a_packet_that_was_worked_out_by_hand()
    {
        // RFC 1071: the words of the IP header add up to 9937, inverted 66C8; pseudo header, UDP header and "abcdef" to D097, inverted 2F68.
        const string expected = "FFFFFFFFFFFF 020000000001 8100 6064 8847 0006 4BFE 45000022 00010000 40 11 66C8 0A000001 0A000002 0FA0 829A 000E 2F68 616263646566";
        ScenarioLine line = new("x.txt", 1, "");
        PacketContext context = new();
        PacketBuilder builder = new(PacketLayer.Parse(line, "eth dst=ff:ff:ff:ff:ff:ff src=02:00:00:00:00:01 / vlan 100 pcp=3 / mpls 100 tc=5 ttl=254 / ip src=10.0.0.1 dst=10.0.0.2 id=1 / udp src=4000 / hex 616263646566"),
            context, "", "");
        Assert.AreEqual(Hex.Text(Hex.Octets(expected)), Hex.Text(builder.Build()));
    }
}
