using LabEdge.Devices;
using LabEdge.Emulator;
using LabEdge.Hil;

namespace LabEdge.Tests.Hil;

/// <summary>A device that does not fit into its lab is told, all mistakes at once, and nothing has run.</summary>
[TestClass]
public sealed class DeviceMistakeTests
{
    private static DeviceUnderTest Device(string node, params string[] ports)
    {
        List<string> mistakes = [];
        DeviceUnderTest device = DeviceUnderTest.Read(node, ports, null, mistakes);
        Assert.IsEmpty(mistakes);
        return device;
    }

    [TestMethod]
    public void A_node_a_cable_and_a_lab_that_are_not_there_are_told()
    {
        string text = Message("l3vpn-static", Device("pe9"));
        StringAssert.Contains(text, "--dut: found \"pe9\", expected one of the routers r1, r3, pe1, p, pe2, r2, r4");
        text = Message("l3vpn-static", Device("pe1", "eth1=udp:1:127.0.0.1:2", "eth7=udp:3:127.0.0.1:4"));
        StringAssert.Contains(text, "a port of this machine for Ethernet2 of pe1");
        StringAssert.Contains(text, "a port of this machine for Ethernet3 of pe1");
        StringAssert.Contains(text, "--port: found \"Ethernet7\", expected one of pe1's interfaces Ethernet1, Ethernet2, Ethernet3");
        StringAssert.Contains(Message("no-such-lab", Device("pe1")), "no-such-lab");
    }

    [TestMethod]
    public void A_port_of_an_unknown_kind_is_told_with_those_that_there_are()
    {
        string text = Message("l3vpn-static", Device("p", "eth1=utp:1", "eth2=udp:3:127.0.0.1:4"));
        StringAssert.Contains(text, "there is no port of kind \"utp\"");
    }

    [TestMethod]
    public void Options_of_another_form_are_told()
    {
        List<string> mistakes = [];
        DeviceUnderTest.Read("p", ["eth1", "eth2=udp:3:127.0.0.1:4", "Ethernet2=tap:t"], "tcp:nowhere", mistakes);
        Assert.HasCount(3, mistakes);
        StringAssert.Contains(mistakes[0], "--port eth1: expected");
        StringAssert.Contains(mistakes[1], "was given before");
        StringAssert.Contains(mistakes[2], "--console tcp:nowhere: expected");
        Assert.IsNotNull(ConsoleAddress.Parse("COM6"));
        Assert.IsNull(ConsoleAddress.Parse("tcp:127.0.0.1"));
        Assert.AreEqual(2, HilCommand.Run(["lab", "l3vpn-static", "--dut", "p", "--port", "eth1"]));
        Assert.AreEqual(2, HilCommand.Run(["lab", "l3vpn-static", "--dut", "p", "--port", "eth1=udp:1:127.0.0.1:2", "--flow", "r1", "--sizes", "10"]));
        Assert.AreEqual(2, HilCommand.Run(["console", "tcp:127.0.0.1:1", "show version"]));
    }

    [TestMethod]
    public void Goals_that_name_the_device_are_kept_for_its_console_and_the_others_stay()
    {
        DeviceUnderTest device = Device("pe1", "eth1=udp:1:127.0.0.1:2", "eth2=udp:3:127.0.0.1:4", "eth3=udp:5:127.0.0.1:6");
        using SurroundingLab lab = SurroundingLab.Make("l3vpn-static", device);
        List<LabProblem> problems = [];
        LabFolder around = LabFolder.Read(lab.Folder, new LabOptions(), problems);
        Assert.IsEmpty(problems, string.Join(Environment.NewLine, problems));
        Assert.AreEqual("The ping of pe1 in VRF red goes to red", lab.DeviceChecks.Single().Goal);
        Assert.IsTrue(DeviceChecks.CanJudge(lab.DeviceChecks[0], "pe1"));
        Assert.HasCount(9, around.Checks.Checks);
        Assert.AreEqual("pe1", around.Topology.Externals.Single().Name);
        Assert.HasCount(6, around.Topology.Nodes);
        Assert.IsFalse(around.Checks.Checks.Any(check => check.Nodes.Contains("pe1")));
    }

    private static string Message(string lab, DeviceUnderTest device) => Assert.ThrowsExactly<LabException>(() => HilRun.Run(lab, device, null, TextWriter.Null)).Message;
}
