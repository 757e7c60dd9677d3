using System.Text.RegularExpressions;
using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>A saved lab is given back exactly: its digest, and every table that a console shows.</summary>
[TestClass]
public class CheckpointTests
{
    private const long Five = 5_000_000;
    private const long Ten = 10_000_000;

    private static readonly string[] Tables =
    [
        "show running-config", "show startup-config", "show ip interface brief", "show interfaces", "show ip route", "show ip vrf", "show ip vrf detail",
        "show mpls forwarding-table", "show mpls forwarding-table detail", "show mpls interfaces", "show mpls l2transport vc detail", "show xconnect all",
        "show bridge-domain", "show mac address-table", "show arp", "show ipv6 neighbors", "show counters", "show memory", "show version",
    ];

    private string _file;

    [TestInitialize]
    public void Begin() => _file = Path.GetTempFileName();

    [TestCleanup]
    public void End() => File.Delete(_file);

    private static void AssertSame(LabSession expected, LabSession actual, bool tables, string what)
    {
        Assert.AreEqual(expected.NowUs, actual.NowUs, what);
        Assert.AreEqual(expected.Lab.Digest.Hex(), actual.Lab.Digest.Hex(), what);
        if (!tables) return;
        foreach (LabNode node in expected.Lab.Nodes)
        {
            foreach (string table in Tables) Assert.AreEqual(expected.Type(node.Name, table), actual.Type(node.Name, table), $"{what}: {table} on {node.Name}");
        }
    }

    [TestMethod]
    [DataRow(LabFixture.L2, LabOptions.Wire)]
    [DataRow(LabFixture.L3, LabOptions.Wire)]
    [DataRow(LabFixture.Bridge, LabOptions.Wire)]
    [DataRow(LabFixture.DualStack, LabOptions.Wire)]
    [DataRow(LabFixture.L3, LabOptions.W5500)]
    public void Saved_at_five_seconds_and_resumed_to_ten_equals_a_straight_run(string lab, string mac)
    {
        LabOptions options = new() { Seed = 5, Mac = mac };
        using LabSession straight = LabSession.Open(LabFixture.PathOf(lab), options);
        using LabSession saved = LabSession.Open(LabFixture.PathOf(lab), options);
        foreach (LabSession session in new[] { straight, saved })
        {
            session.RunUntil(1_000_000);
            session.Type("r1", "ping 10.2.2.1 repeat 3 timeout 1");
            session.Apply(new LinkState(Five - 1, "r1:eth1", false));
        }

        straight.RunUntil(Ten);
        saved.RunUntil(Five);
        saved.Save(_file);
        using LabSession resumed = LabSession.Resume(_file);
        Assert.AreEqual(Five, resumed.NowUs);
        resumed.RunUntil(Ten);
        AssertSame(straight, resumed, true, lab);
    }

    // Every input there is, at any time, saved anywhere: each point has a seed of its own. The customers' routers are small, which are made sooner.
    [TestMethod]
    public void Saved_at_any_of_a_hundred_points_it_goes_on_the_same()
    {
        using LabFixture layer2 = Small(LabFixture.L2);
        using LabFixture layer3 = Small(LabFixture.L3);
        for (int seed = 1; seed <= 100; seed++)
        {
            Random random = new(seed);
            LabFixture lab = random.Next(2) == 0 ? layer2 : layer3;
            using LabSession straight = LabSession.Open(lab.Folder, new LabOptions { Seed = seed });
            long point = random.NextInt64(4_000_000);
            bool isSaved = false;
            for (int i = 0; i < 6; i++)
            {
                long next = straight.NowUs + random.NextInt64(1_000_000);
                if (!isSaved && next > point)
                {
                    straight.RunUntil(point);
                    straight.Save(_file);
                    isSaved = true;
                }

                straight.Apply(Input(straight.Lab, random, next));
            }

            if (!isSaved) straight.Save(_file);
            using LabSession resumed = LabSession.Resume(_file);
            foreach (LabInput input in straight.Inputs.Skip(resumed.Inputs.Count)) resumed.Apply(input);
            resumed.RunUntil(straight.NowUs);
            AssertSame(straight, resumed, seed % 10 == 0, $"seed {seed}");
        }
    }

    private static LabFixture Small(string lab)
    {
        LabFixture fixture = new(lab);
        string topology = Path.Combine(fixture.Folder, TopologyReader.FileName);
        File.WriteAllText(topology, Regex.Replace(File.ReadAllText(topology), "^    (r[0-9]):$", "    $1: {labels: {labedge.capacity: Tiny}}", RegexOptions.Multiline));
        return fixture;
    }

    private static LabInput Input(RunningLab lab, Random random, long at)
    {
        string node = lab.Nodes[random.Next(lab.Nodes.Count)].Name;
        string link = lab.Wires[random.Next(lab.Wires.Count)].Name;
        return random.Next(6) switch
        {
            0 => new LinkState(at, link, random.Next(2) == 0),
            1 => new WireChange(at, link, "loss", random.Next(50) + "%"),
            2 => new NodeRestart(at, node),
            3 => new NodeConfiguration(at, node, $"hostname x{random.Next(9)}\ninterface Ethernet1\n ip address 10.7.7.{1 + random.Next(200)} 255.255.255.0\n no shutdown\n"),
            4 => new TypedLine(at, node, "write memory"),
            _ => new TypedLine(at, node, $"ping 10.{1 + random.Next(2)}.2.1 repeat 2 timeout 1", 1_000_000 + random.Next(2_000_000)),
        };
    }

    [TestMethod]
    public void A_checkpoint_that_was_changed_is_of_another_version_or_is_none_is_refused_with_the_reason()
    {
        using (LabSession session = LabSession.Open(LabFixture.PathOf(LabFixture.L2), new LabOptions()))
        {
            session.RunUntil(2_000_000);
            session.Save(_file);
        }

        string right = File.ReadAllText(_file);
        (string Text, string Said)[] wrong =
        [
            (right.Replace("\"Seed\": 1,", "\"Seed\": 2,"), "the file was changed, or another version of labedge saved it"),
            (right.Replace("\"Version\": 1,", "\"Version\": 2,"), "found \"Version 2\", expected a checkpoint of \"lab save\", of Version 1"),
            (right.Replace("hostname p", "hostnome p"), "p.cfg"),
            (right.Replace("\"p.cfg\":", "\"../p.cfg\":").Replace("\"solution/p.cfg\":", "\"../p.cfg\":"), "a path in the lab's folder"),
            (right[..^20], "a checkpoint of \"lab save\""),
            ("[]", "a checkpoint of \"lab save\""),
        ];
        foreach ((string text, string said) in wrong)
        {
            File.WriteAllText(_file, text);
            StringAssert.Contains(Assert.ThrowsExactly<LabException>(() => LabSession.Resume(_file)).Message, said);
        }

        StringAssert.Contains(Assert.ThrowsExactly<LabException>(() => LabSession.Resume(_file + ".no")).Message, "a checkpoint of \"lab save\"");
    }
}
