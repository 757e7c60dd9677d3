using System.Net;
using LabEdge.Emulator;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Explain;

/// <summary>Ten planted faults: the last line of <c>lab explain</c> names the cause of each, and on the lab as it was says that the packet arrives.</summary>
[TestClass]
public class PlantedFaultTests
{
    private const string TwoPseudowires = "two-pseudowires";

    public TestContext TestContext { get; set; }

    public sealed record Fault(string Name, string Lab, string From, string To, string[] Words, params string[][] Changes)
    {
        public int Size { get; init; } = 100;
        public bool DontFragment { get; init; }
        public bool Answered { get; init; }
    }

    private static readonly Fault[] Faults =
    [
        new("wrong label", LabFixture.L3, "r1", "10.2.2.1", ["pe1 pushes 204", "pe2 has given 203 to VRF blue", "label 204 is unknown on pe2"],
            ["pe1.cfg", "ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 203", "ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 204"]),
        new("wrong VRF", LabFixture.L3, "r1", "10.2.2.1", ["wrong VRF", "pe1 pushes 303 for VRF blue", "on pe2 label 303 is VRF red", "VRF blue is 203", "comes to r4"],
            ["pe1.cfg", "ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 203", "ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 303"]),
        new("missing route", LabFixture.L3, "r1", "10.2.2.1", ["pe1: no route to 10.2.2.1 in VRF blue", "no line of the configuration"],
            ["pe1.cfg", "ip route vrf blue 10.2.2.0 255.255.255.0 10.0.0.3 label 203", "!"]),
        new("TTL hidden", LabFixture.L3, "r1", "10.2.2.1", ["the packet arrives at r2", "a traceroute does not show p", "TTL hidden", "propagate-ttl is off on pe1"],
            ["pe1.cfg", "hostname pe1", "hostname pe1\nno mpls ip propagate-ttl"]) { Answered = true },
        new("MTU hole", LabFixture.L3, "r1", "10.2.2.1", ["MTU hole", "link p-pe2", "1454 octets, of which 1400 fit", "54 too many", "ICMP"],
            ["topology.clab.yml", "    - endpoints: [\"p:eth2\", \"pe2:eth2\"]\n", "    - endpoints: [\"p:eth2\", \"pe2:eth2\"]\n      mtu: 1400\n"]) { Size = 1450, DontFragment = true },
        new("swapped pseudowire ids", TwoPseudowires, "r1", "10.1.1.2", ["swapped pseudowire ids", "pseudowire 100 comes out of pe2 Ethernet3", "r2", "pe2 Ethernet1, pseudowire 200"],
            ["pe2.cfg", "10.0.0.1 100", "10.0.0.1 300"], ["pe2.cfg", "10.0.0.1 200", "10.0.0.1 100"], ["pe2.cfg", "10.0.0.1 300", "10.0.0.1 200"],
            ["pe2.cfg", "403 401", "405 401"], ["pe2.cfg", "404 402", "403 401"], ["pe2.cfg", "405 401", "404 402"]),
        new("control word mismatch", LabFixture.L2, "r1", "10.1.1.2", ["control word mismatch", "pe1 sends one", "pe2 expects none"],
            ["pe2.cfg", "  mpls control-word", "  no mpls control-word"]),
        new("one-way static label", LabFixture.L3, "r1", "10.2.2.1", ["the packet arrives at r2, but no answer comes back", "pe2", "no label for 10.0.0.1/32 from p (192.168.23.2)", "no output binding"],
            ["pe2.cfg", "mpls static binding ipv4 10.0.0.1 255.255.255.255 output 192.168.23.2 101", "!"]),
        new("down port", LabFixture.L3, "r1", "10.2.2.1", ["pe2: no route to 10.2.2.1", "Ethernet1 is administratively down"],
            ["pe2.cfg", "interface Ethernet1\n", "interface Ethernet1\n shutdown\n"]),
        new("wrong VLAN", LabFixture.Bridge, "r1", "10.1.1.2", ["wrong VLAN", "pe1 sends VLAN 20 on Ethernet2", "sw Ethernet4 takes VLAN 21, 30, 40"],
            ["sw.cfg", "encapsulation dot1q 20", "encapsulation dot1q 21"]),
    ];

    public static IEnumerable<object[]> Names => Faults.Select(fault => new object[] { fault.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Last_line_names_the_planted_fault(string name)
    {
        Fault fault = Faults.Single(one => one.Name == name);
        using LabFixture lab = Copy(fault.Lab);
        Explanation whole = Explain(lab, fault);
        Assert.IsTrue(whole.Ok, whole.Verdict);
        StringAssert.StartsWith(whole.Verdict, "the packet arrives at r2");
        foreach (string[] change in fault.Changes) lab.Replace(change[0], change[1], change[2]);
        Explanation broken = Explain(lab, fault);
        string last = ExplanationText.Lines(broken).Last();
        TestContext.WriteLine(last);
        Assert.AreEqual(fault.Answered, broken.Ok, last);
        foreach (string word in fault.Words) StringAssert.Contains(last, word);
        Assert.AreNotEqual(whole.Verdict, broken.Verdict);
        Assert.IsGreaterThan(100, ExplanationJson.Text(broken).Length);
    }

    [TestMethod]
    public void A_label_that_its_router_has_given_out_is_not_called_wrong()
    {
        Fault fault = new("core port down", LabFixture.L3, "r1", "10.2.2.1", [], ["p.cfg", "interface Ethernet2\n", "interface Ethernet2\n shutdown\n"]);
        using LabFixture lab = Copy(fault.Lab);
        foreach (string[] change in fault.Changes) lab.Replace(change[0], change[1], change[2]);
        string last = ExplanationText.Lines(Explain(lab, fault)).Last();
        StringAssert.StartsWith(last, "p: label 103");
        StringAssert.Contains(last, "Ethernet2 is administratively down");
    }

    [TestMethod]
    public void There_are_ten_faults_each_of_its_own_kind()
    {
        Assert.HasCount(10, Faults.Select(fault => fault.Name).Distinct().ToArray());
    }

    private static LabFixture Copy(string lab)
    {
        return lab == TwoPseudowires ? LabFixture.Of(Repository.PathOf("tests", "Emulator.Tests", "Explain", TwoPseudowires)) : new LabFixture(lab);
    }

    private static Explanation Explain(LabFixture lab, Fault fault)
    {
        return LabExplain.Run(lab.Folder, new LabOptions(), new ExplainQuestion(fault.From, IPAddress.Parse(fault.To), Size: fault.Size, DontFragment: fault.DontFragment));
    }
}
