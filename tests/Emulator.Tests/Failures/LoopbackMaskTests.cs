using LabEdge.Emulator;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Failures;

/// <summary>The fault of lab loopback-24 and its two cures.</summary>
[TestClass]
public class LoopbackMaskTests
{
    private const string Mask = " ip address 10.0.3.3 255.255.255.0\n ip ospf 1 area 0\n ip ospf network point-to-point\n";

    [TestMethod]
    [DataRow(" ip address 10.0.3.3 255.255.255.0\n ip ospf 1 area 0\n ip ospf network point-to-point\n", true)]
    [DataRow(" ip address 10.0.3.3 255.255.255.255\n ip ospf 1 area 0\n", true)]
    [DataRow(" ip address 10.0.3.3 255.255.255.0\n ip ospf 1 area 0\n", false)]
    public void Advertised_whole_or_as_a_host_the_vpn_works_and_not_with_a_route_for_one_and_a_label_for_the_other(string lines, bool works)
    {
        using LabFixture lab = new("loopback-24");
        lab.Replace("pe2.cfg", Mask, lines);
        LabReport report = LabFixture.Run(lab.Folder);
        Assert.AreEqual(works, report.Ok, LabFixture.Failures(report));
    }
}
