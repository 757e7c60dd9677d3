using System.Runtime.InteropServices;
using LabEdge.Emulator;
using LabEdge.Hil;
using LabEdge.Tests.Ports;

namespace LabEdge.Tests.Hil;

/// <summary>
/// The bench against a device in a process of its own, with the labs' own goals. What is asserted is frames and counters; how fast they were
/// is printed and not judged.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class DeviceInLabTests
{
    public TestContext TestContext { get; set; }

    // Few frames at a low rate: a machine that is busy with other tests keeps up, and the searches run all the same.
    private static LoadSettings Load(string from, string to, params int[] sizes) => new() { From = from, To = to, Sizes = sizes, MostRate = 400, Seconds = 0.1, Resolution = 0.2 };

    [TestMethod]
    [DataRow("l3vpn-static", "pe1", "eth1 eth2 eth3", "r1", "10.2.2.1", "64 512 1280", 10)]
    [DataRow("l3vpn-static", "p", "eth1 eth2", "r1", "10.2.2.1", "64 1280", 10)]
    [DataRow("l2vpn-static", "pe1", "eth1 eth2", "r1", "10.1.1.2", "64 1280", 0)]
    public void Over_UDP_a_router_process_takes_a_nodes_place_all_goals_are_met_and_every_test_frame_comes_out_as_it_must(string lab, string node, string interfaces, string from, string to, string sizes, int goals)
    {
        using DeviceProcess device = DeviceProcess.OverUdp(lab, node, interfaces.Split(' '));
        HilReport report = Run(lab, device, Load(from, to, [.. sizes.Split(' ').Select(int.Parse)]));
        if (goals > 0) Assert.HasCount(goals, report.Results);
        AssertFrames(report, device);
    }

    [TestMethod]
    [DataRow("packet")]
    [DataRow("libpcap")]
    public void Over_veth_a_router_process_takes_pe1s_place_all_goals_are_met_and_every_test_frame_comes_out_as_it_must(string kind)
    {
        if (kind == "libpcap" && !NativeLibrary.TryLoad("libpcap.so.0.8", out _)) Assert.Inconclusive("libpcap is not installed");
        string[] interfaces = ["eth1", "eth2", "eth3"];
        Dictionary<string, (string Device, string Lab)> cables = interfaces.ToDictionary(name => name, name => (VethPair.Name("d" + name[^1]), VethPair.Name("l" + name[^1])));
        try
        {
            foreach ((string device, string near) in cables.Values) VethPair.Make(device, near);
            using DeviceProcess pe1 = new("l3vpn-static", "pe1", cables.ToDictionary(cable => cable.Key, cable => ("packet:" + cable.Value.Device, $"{kind}:{cable.Value.Lab}")));
            HilReport report = Run("l3vpn-static", pe1, Load("r1", "10.2.2.1", 64, 512, 1280));
            Assert.HasCount(10, report.Results);
            AssertFrames(report, pe1);
        }
        finally
        {
            foreach ((string device, _) in cables.Values) VethPair.Remove(device);
        }
    }

    [TestMethod]
    public void A_frame_that_is_too_long_for_the_way_in_one_piece_has_no_row_of_numbers()
    {
        using DeviceProcess device = DeviceProcess.OverUdp("l3vpn-static", "pe1", "eth1", "eth2", "eth3");
        HilReport report = Run("l3vpn-static", device, Load("r1", "10.2.2.1", 1518));
        Assert.IsFalse(report.Loads.Single().Passes);
        Assert.IsEmpty(report.Loads.Single().Trials);
    }

    [TestMethod]
    public void A_goal_that_is_met_a_moment_later_is_seen_at_a_second_look_and_one_that_is_not_stays_unmet()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("labedge-hil-test-");
        try
        {
            string shipped = ShippedLabs.FolderOf("l3vpn-static");
            File.Copy(Path.Combine(shipped, TopologyReader.FileName), Path.Combine(folder.FullName, TopologyReader.FileName));
            foreach (string file in Directory.GetFiles(Path.Combine(shipped, LabPlaces.SolutionFolder))) File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            File.WriteAllText(Path.Combine(folder.FullName, ChecksReader.FileName), """
                settle: 1s
                checks:
                  - {goal: r1 has typed a ping, type: shows, node: r1, command: show history, text: "ping 10.1.1.254"}
                  - {goal: r1 reaches its gateway, type: reaches, from: r1, to: 10.1.1.254}
                  - {goal: r1 reaches nobody, type: reaches, from: r1, to: 10.1.1.77}
                """);
            using DeviceProcess device = DeviceProcess.OverUdp("l3vpn-static", "pe1", "eth1", "eth2", "eth3");
            HilReport report = Run(folder.FullName, device, null);
            CollectionAssert.AreEqual(new[] { true, true, false }, report.Results.Select(result => result.Ok).ToArray());
            Assert.IsFalse(report.Ok);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private HilReport Run(string lab, DeviceProcess device, LoadSettings load)
    {
        using StringWriter output = new();
        try
        {
            return HilRun.Run(lab, device.Device, load, output);
        }
        finally
        {
            TestContext.WriteLine(output.ToString().Replace("{", "{{").Replace("}", "}}"));
        }
    }

    private static void AssertFrames(HilReport report, DeviceProcess device)
    {
        Assert.IsTrue(report.Score.Ok, string.Join(Environment.NewLine, report.Results.Where(result => !result.Ok).Select(result => $"{result.Check.Goal}: {result.Reason}")));
        Assert.IsEmpty(report.NotJudged, string.Join(", ", report.NotJudged.Select(check => check.Goal)));
        long received = 0;
        foreach (SizeResult load in report.Loads)
        {
            Assert.IsTrue(load.Passes, $"size {load.Size}");
            Assert.IsNotNull(load.Best, $"size {load.Size}: no trial without loss");
            Assert.AreEqual(load.Best.Sent, load.Best.Received);
            foreach (TrialResult trial in load.Trials)
            {
                Assert.AreEqual(0, trial.Refused + trial.Damaged + trial.Duplicates, $"size {load.Size}");
                Assert.AreEqual(trial.Sent, trial.Received + trial.Lost);
                Assert.HasCount(trial.Received, trial.LatenciesUs);
                received += trial.Received;
            }
        }

        // The device has forwarded what we counted, and the pings.
        Assert.IsGreaterThanOrEqualTo(received, device.StopAndReadForwarded("Ethernet1"));
        Assert.IsGreaterThan(0, received);
        Assert.IsTrue(report.Ok);
    }
}
