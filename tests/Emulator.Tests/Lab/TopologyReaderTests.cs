using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

[TestClass]
public class TopologyReaderTests
{
    private static (Topology Topology, List<LabProblem> Problems) Read(string text)
    {
        List<LabProblem> problems = [];
        return (TopologyReader.Read(text, problems), problems);
    }

    [TestMethod]
    public void Both_forms_of_endpoints_defaults_and_link_settings_are_read()
    {
        (Topology topology, List<LabProblem> problems) = Read("""
            name: demo
            topology:
              defaults: {kind: linux, labels: {labedge.capacity: Small}}
              nodes:
                pe1: {labels: {labedge.config: edge.cfg}}
                p: {kind: linux, labels: {labedge.capacity: Pc}}
              links:
                - endpoints: ["pe1:eth2", "p:eth10"]
                  mtu: 1600
                  vars: {delay: 2ms, bandwidth: 10Mbit, loss: 0.5%}
                - type: veth
                  endpoints:
                    - {node: pe1, interface: GigabitEthernet0/1}
                    - {node: p, interface: eth2}
            """);
        Assert.IsEmpty(problems);
        CollectionAssert.AreEqual(
            new[] { new NodeSettings("pe1", 1, 5, "edge.cfg", "Small"), new NodeSettings("p", 2, 6, "p.cfg", "Pc") },
            topology.Nodes.ToArray());
        Assert.AreEqual(new LinkEndpoint("pe1", "Ethernet2"), topology.Links[0].Ends[0]);
        Assert.AreEqual(new WireSettings { DelayUs = 2000, BandwidthBits = 10_000_000, Mtu = 1600, LossPerMillion = 5000 }, topology.Links[0].Wire);
        CollectionAssert.AreEqual(new[] { "pe1-p", "pe1-p.2" }, topology.Links.Select(link => link.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "Ethernet2", "GigabitEthernet0/1" }, topology.InterfacesOf("pe1").ToArray());
        CollectionAssert.AreEqual(new[] { "Ethernet2", "Ethernet10" }, topology.InterfacesOf("p").ToArray());
    }

    [TestMethod]
    public void Every_mistake_is_told_with_its_line_what_stood_there_and_what_was_expected()
    {
        (_, List<LabProblem> problems) = Read("""
            name: demo
            colour: blue
            topology:
              nodes:
                r1: {kind: router}
                r2: {labels: {labedge.capacity: Huge}}
                r3: {labels: {labedge.speed: high}}
              links:
                - endpoints: ["r1:eth1", "r9:eth1"]
                - endpoints: ["r1:eth1", "r2"]
                - endpoints: ["r1:eth2"]
                - endpoints: ["r1:eth1", "r2:eth1"]
                  vars: {delay: 5 parsecs}
            """);
        CollectionAssert.AreEqual(
            new[]
            {
                "topology.clab.yml:2: found \"colour\", expected one of name, prefix, mgmt, topology, settings, debug",
                "topology.clab.yml:5: found \"router\", expected kind linux",
                "topology.clab.yml:6: found \"Huge\", expected a capacity: Tiny, TinyCore, Small, Board or Pc",
                "topology.clab.yml:7: found \"labedge.speed\", expected labedge.config, labedge.capacity, labedge.role or labedge.external",
                "topology.clab.yml:9: found \"r9:eth1\", expected one of the nodes r1, r2, r3",
                "topology.clab.yml:10: found \"r1:eth1\", expected an interface that no other link uses",
                "topology.clab.yml:10: found \"r2\", expected an endpoint such as pe1:eth1",
                "topology.clab.yml:11: found \"1 endpoints\", expected two, such as [\"pe1:eth1\", \"p:eth1\"]",
                "topology.clab.yml:12: found \"r1:eth1\", expected an interface that no other link uses",
                "topology.clab.yml:13: found \"5 parsecs\", expected a time such as 100us, 2ms or 3s, at most 100s",
            },
            problems.Select(problem => problem.ToString()).ToArray(),
            string.Join("\n", problems));
    }

    [TestMethod]
    [DataRow("name: [", DisplayName = "not YAML")]
    [DataRow("", DisplayName = "empty")]
    [DataRow("- a", DisplayName = "a list")]
    [DataRow("name: x", DisplayName = "no topology")]
    [DataRow("name: x\nname: y\ntopology: {nodes: {r1: }}", DisplayName = "a key twice")]
    [DataRow("name: x\ntopology: {nodes: 5}", DisplayName = "nodes is a number")]
    [DataRow("name: x\ntopology: {nodes: {}}", DisplayName = "no nodes")]
    [DataRow("name: x\ntopology: {nodes: {a/b: }}", DisplayName = "a bad node name")]
    [DataRow("name: x\ntopology: {nodes: {[a]: }}", DisplayName = "a list as key")]
    [DataRow("name: x\ntopology: {nodes: {a: }, links: [5]}", DisplayName = "a link is a number")]
    [DataRow("name: x\ntopology: {nodes: {a: }, links: [{endpoints: [[a], {b: c}]}]}", DisplayName = "endpoints of other kinds")]
    public void Nonsense_is_a_problem_and_not_an_exception(string text)
    {
        Assert.IsNotEmpty(Read(text).Problems);
    }
}
