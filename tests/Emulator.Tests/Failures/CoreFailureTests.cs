using System.Globalization;
using System.Text.RegularExpressions;
using LabEdge.Emulator;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Failures;

/// <summary>What a core of OSPF and LDP loses when its links fail and its routers start again, and that nothing of it stays behind.</summary>
[TestClass]
public partial class CoreFailureTests
{
    private const string CoreLab = "core-ldp";
    private const long Second = 1_000_000;

    private static readonly Dictionary<string, string> Loopbacks = new()
    {
        ["pe1"] = "10.0.0.1",
        ["pe2"] = "10.0.0.2",
        ["p1"] = "10.0.0.11",
        ["p2"] = "10.0.0.12",
        ["p3"] = "10.0.0.13",
    };

    private static string[] Routers => [.. Loopbacks.Keys];

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Each_link_and_each_router_fails_in_turn_and_a_flow_loses_no_more_than_the_table_says()
    {
        string[] script = [.. File.ReadAllLines(Repository.PathOf("tests", "Emulator.Tests", "Failures", "core-ldp.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        using LabSession session = Open(out LoopbackMesh mesh);
        string[] before = Whole(session, mesh, "at the start");
        FlowSource flow = new(session.Lab, "r1", "10.1.1.1", "pe1", "r2", "10.2.2.1");
        CoreWatch watch = new(session.Lab, Routers);
        flow.Sampled = watch.Sample;
        session.RunUntil(session.NowUs + Second);
        List<string> faults = [];
        List<string> table = [];
        foreach (string line in script)
        {
            Match row = Row().Match(line);
            Assert.IsTrue(row.Success, line);
            long at = session.NowUs;
            int expired = watch.Expiries.Count;
            int calculated = watch.Calculations.Count;
            DropCount drops = new(session.Lab);
            session.Apply(Event(row));
            session.RunUntil(at + int.Parse(row.Groups["wait"].Value, CultureInfo.InvariantCulture) * Second);
            long end = session.NowUs;
            string[] unreached = mesh.Faults();
            session.RunUntil(session.NowUs + Second / 10);

            int lost = flow.Lost(at, end);
            int most = int.Parse(row.Groups["lost"].Value, CultureInfo.InvariantCulture);
            long[] runs = [.. watch.Calculations.Skip(calculated)];
            int late = watch.Expiries.Skip(expired).Count(time => !(runs.Length > 0 && time <= runs[0]) && !runs.Any(run => run <= time && time <= run + Second / 10));
            table.Add($"{row.Groups["event"].Value,-22} lost {lost,5} of at most {most,5}   TTL expired {watch.Expiries.Count - expired,3}   route calculations {runs.Length,3}   dropped: {watch.Drops(drops)}");
            if (lost > most) faults.Add($"{row.Groups["event"].Value}: {lost} packets lost, and {most} may be");
            if (late > 0) faults.Add($"{row.Groups["event"].Value}: {late} packets ran out of TTL more than 100 ms after a route calculation");
            faults.AddRange(unreached.Select(fault => $"after {row.Groups["event"].Value}: {fault}"));
        }

        flow.Stopped = true;
        TestContext.WriteLine(string.Join('\n', table));
        Assert.IsEmpty(faults, string.Join('\n', faults));
        SameAs(before, Whole(session, mesh, "at the end"));
        Assert.IsGreaterThan(1000, mesh.Labelled);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Fifty_random_events_leave_nothing_behind(int seed)
    {
        using LabSession session = Open(out LoopbackMesh mesh);
        string[] before = Whole(session, mesh, "at the start");
        string[] links = [.. session.Lab.Wires.Select(wire => wire.Name).Where(name => !name.Contains('r'))];
        Random random = new(seed);
        TestContext.WriteLine($"seed {seed}");
        for (int i = 0; i < 50; i++)
        {
            string link = links[random.Next(links.Length)];
            LabInput input = random.Next(5) == 0 ? new NodeRestart(0, Routers[random.Next(Routers.Length)]) : new LinkState(0, link, !session.Lab.FindWire(link).Up);
            TestContext.WriteLine($"{session.NowUs / 1000} ms: {input.Words}");
            session.Apply(input);
            session.RunUntil(session.NowUs + random.Next(20, 3000) * 1000L);
        }

        foreach (string link in links) session.Apply(new LinkState(0, link, true));
        session.RunUntil(session.NowUs + 30 * Second);
        SameAs(before, Whole(session, mesh, $"after 50 events of seed {seed}"));
    }

    // p1 stays in OSPF, and its LDP is switched off: IP finds the short way as before, and no label does.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_without_labels_is_left_alone_where_the_igp_waits_for_ldp_and_swallows_a_vpn_where_it_does_not(bool sync)
    {
        using LabFixture lab = new(CoreLab);
        File.Delete(Path.Combine(lab.Folder, EventsReader.FileName));
        foreach (string name in sync ? [] : Routers) lab.Replace(name + ".cfg", " mpls ldp sync\n", "");
        using LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        session.RunUntil(15 * Second);
        foreach (string line in new[] { "configure terminal", "no mpls ldp router-id", "end" }) Assert.DoesNotContain("%", session.Type("p1", line), line);
        session.RunUntil(session.NowUs + 5 * Second);
        Assert.Contains(sync ? "via Ethernet3" : "via Ethernet2", session.Type("pe1", "show ip route 10.0.0.2"));
        Assert.Contains(sync ? "metric 65536" : "metric 11", session.Type("pe1", "show ip route 10.0.0.11"));
        string answer = session.Type("r1", "ping 10.2.2.1 repeat 3 timeout 1");
        Assert.AreEqual(sync, answer.Contains("100 percent (3/3)"), answer);
    }

    private static LabSession Open(out LoopbackMesh mesh)
    {
        using LabFixture lab = new(CoreLab);
        File.Delete(Path.Combine(lab.Folder, EventsReader.FileName));
        LabSession session = LabSession.Open(lab.Folder, new LabOptions());
        session.RunUntil(15 * Second);
        mesh = new LoopbackMesh(session, Loopbacks);
        return session;
    }

    // All loopbacks reach each other with labels, and neighbours agree about every label.
    private static string[] Whole(LabSession session, LoopbackMesh mesh, string when)
    {
        string[] faults = [.. mesh.Faults(), .. CoreState.Disagreements(session.Lab, Routers)];
        Assert.IsEmpty(faults, $"{when}:\n{string.Join('\n', faults)}");
        return CoreState.Of(session.Lab, Routers);
    }

    private static void SameAs(string[] before, string[] after)
    {
        string[] difference = [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];
        Assert.IsEmpty(difference, string.Join('\n', difference));
        Assert.HasCount(before.Length, after);
    }

    private static LabInput Event(Match row)
    {
        return row.Groups["node"].Success ? new NodeRestart(0, row.Groups["node"].Value) : new LinkState(0, row.Groups["link"].Value, row.Groups["state"].Value == "up");
    }

    [GeneratedRegex(@"^(?<event>link (?<link>\S+) (?<state>up|down)|restart (?<node>\S+)) +(?<wait>\d+)s +(?<lost>\d+)$")]
    private static partial Regex Row();
}
