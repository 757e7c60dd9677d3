using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class ConsoleAnswersTests
{
    [TestMethod]
    [DataRow("Type escape sequence\r\n.!!!!\r\nSuccess rate is 80 percent (4/5), round-trip min/avg/max = 1/2/4 ms\r\n", 4, 5)]
    [DataRow(".....\nSuccess rate is 0 percent (0/5)\n", 0, 5)]
    [DataRow("% Invalid input\n", 0, 0)]
    public void The_result_of_a_ping(string text, int replies, int requests)
    {
        Assert.AreEqual((replies, requests), ConsoleAnswers.Ping(text));
    }

    [TestMethod]
    public void The_hops_of_a_traceroute_with_labels_and_silence()
    {
        IReadOnlyList<TracedHop> hops = ConsoleAnswers.Trace("""
            Type escape sequence to abort.
            Tracing the route to 10.2.2.1
            VRF info: (vrf in name/id, vrf out name/id)
              1 10.1.1.254 1 msec
              2 192.168.12.2 [MPLS: Labels 103/203 Exp 0] 2 msec
              3 10.2.2.254 [MPLS: Label 203 Exp 0] 2 msec
              4  *
              5 10.2.2.1 3 msec *
            """);
        CollectionAssert.AreEqual(
            new[] { "10.1.1.254", "192.168.12.2 with labels 103/203", "10.2.2.254 with labels 203", "*", "10.2.2.1" },
            hops.Select(hop => hop.ToString()).ToArray());
    }

    [TestMethod]
    public void The_hops_of_a_traceroute_of_ipv6()
    {
        IReadOnlyList<TracedHop> hops = ConsoleAnswers.Trace("""
            Tracing the route to 2001:db8:2::1
              1 2001:db8:1::fe 1 msec
              2 2001:db8:ffff::2 [MPLS: Labels 103/203 Exp 0] 2 msec
              3  *
             10 ::ffff:a00:1 3 msec *
            """);
        CollectionAssert.AreEqual(
            new[] { "2001:db8:1::fe", "2001:db8:ffff::2 with labels 103/203", "*", "::ffff:10.0.0.1" }, hops.Select(hop => hop.ToString()).ToArray());
    }
}
