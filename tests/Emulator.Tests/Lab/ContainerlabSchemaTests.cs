using System.Text;
using LabEdge.Emulator;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace LabEdge.Tests.Lab;

/// <summary>
/// Our topologies are containerlab's: its own JSON schema takes them. The schema is not in the repository; where it lies beside the
/// checkout it is used.
/// </summary>
[TestClass]
public class ContainerlabSchemaTests
{
    private static JsonSchema Schema()
    {
        string file = Path.Combine(Repository.Root, "..", "shared", "data", "clab.schema.json");
        if (!File.Exists(file)) Assert.Inconclusive("containerlab's schema is not here (../shared/data/clab.schema.json)");
        return JsonSchema.FromJsonAsync(File.ReadAllText(file)).GetAwaiter().GetResult();
    }

    private static string[] Mistakes(JsonSchema schema, string yaml)
    {
        object tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml);
        string json = new SerializerBuilder().JsonCompatible().Build().Serialize(tree);
        return [.. schema.Validate(json).Select(error => error.ToString())];
    }

    [TestMethod]
    public void Every_topology_that_comes_with_the_program_or_is_generated_is_valid_for_containerlab()
    {
        JsonSchema schema = Schema();
        Dictionary<string, string> topologies = ShippedLabs.Names.ToDictionary(name => name, name => File.ReadAllText(Path.Combine(ShippedLabs.FolderOf(name), TopologyReader.FileName)));
        foreach (string shape in new[] { LabGenerator.Ring, LabGenerator.Grid, LabGenerator.Tree })
        {
            topologies[shape] = Encoding.UTF8.GetString(new LabGenerator(shape, 12).Make(shape).All[TopologyReader.FileName]);
        }

        topologies["every key that we read"] = Whole;
        foreach ((string name, string text) in topologies) Assert.IsEmpty(Mistakes(schema, text), name + ": " + string.Join("; ", Mistakes(schema, text)));
    }

    [TestMethod]
    public void What_containerlab_does_not_know_is_found()
    {
        JsonSchema schema = Schema();
        Assert.IsNotEmpty(Mistakes(schema, Whole.Replace("group: core", "grupo: core")));
        Assert.IsNotEmpty(Mistakes(schema, Whole.Replace("kind: linux", "kind: labedge")));
        Assert.IsNotEmpty(Mistakes(schema, Whole.Replace("name: whole", "title: whole")));
    }

    [TestMethod]
    public void We_know_the_keys_of_a_node_that_containerlab_knows()
    {
        CollectionAssert.AreEquivalent(Schema().Definitions["node-config"].Properties.Keys.ToArray(), NodeDefaults.Keys);
    }

    [TestMethod]
    public void The_whole_form_is_read_and_what_has_no_use_is_listed()
    {
        List<LabProblem> problems = [];
        Topology topology = TopologyReader.Read(Whole, problems);
        Assert.IsEmpty(problems, string.Join("\n", problems));
        CollectionAssert.AreEqual(new[] { "pe1 Small own.cfg", "p Pc core.cfg", "h1 Board h1.cfg" }, topology.Nodes.Select(node => $"{node.Name} {node.Capacity} {node.ConfigurationFile}").ToArray());
        CollectionAssert.AreEqual(new[] { "binds", "env", "exec of routers", "ipv4", "mgmt", "prefix" }, topology.Unused.ToArray());
        Assert.AreEqual("hostname h1\ninterface Ethernet1\n ip address 10.1.1.1 255.255.255.0\n ipv6 address 2001:db8::1/64\nip route 0.0.0.0 0.0.0.0 10.1.1.254\nipv6 route 2001:db8:1::/48 2001:db8::fe\nend\n", topology.Nodes[2].Host);
        ExternalNode external = topology.Externals.Single();
        Assert.AreEqual("out", external.Name);
        Assert.IsNotNull(external.PortAt("eth1"));
        CollectionAssert.AreEqual(new[] { "Ethernet2", "GigabitEthernet0/1" }, topology.InterfacesOf("pe1").ToArray());
        Assert.AreEqual(0, topology.FindLink("pe1:Gi0/1"));
    }

    private const string Whole = """
        name: whole
        prefix: lab
        mgmt: {network: clab}
        topology:
          defaults: {kind: linux, env: {A: b}}
          kinds:
            linux: {image: "labedge:latest", labels: {labedge.capacity: Small}}
          groups:
            core: {startup-config: core.cfg, labels: {labedge.capacity: Pc}}
          nodes:
            pe1: {startup-config: own.cfg, binds: ["a:b"], exec: ["sysctl -a"]}
            p: {group: core}
            h1:
              labels: {labedge.role: host, labedge.capacity: Board}
              exec:
                - ip addr add 10.1.1.1/24 dev eth1
                - ip -6 addr add 2001:db8::1/64 dev eth1
                - ip link set dev eth1 up
                - ip route add default via 10.1.1.254
                - ip -6 route add 2001:db8:1::/48 via 2001:db8::fe
            out:
              labels: {labedge.external: "udp:10001:127.0.0.1:10002"}
          links:
            - endpoints: ["pe1:Gi0/1", "p:e1"]
              mtu: 1600
              vars: {delay: 1ms}
            - type: veth
              endpoints:
                - {node: pe1, interface: eth2, ipv4: 10.0.0.1/24}
                - {node: h1, interface: eth1}
            - endpoints: ["p:eth2", "out:eth1"]
        """;
}
