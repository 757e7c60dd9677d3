using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>What a person may not configure, and what is answered.</summary>
[TestClass]
public sealed class ValidationTests
{
    private static ControlBench Bench()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Loopback("Loopback0", "1.1.1.1/32");
        return bench;
    }

    [TestMethod]
    [DataRow("10.0.0.0/24", ControlResult.BadMask)]
    [DataRow("10.9.0.255/24", ControlResult.BadMask)]
    [DataRow("10.9.0.1/0", ControlResult.BadMask)]
    [DataRow("10.9.0.1/33", ControlResult.BadMask)]
    [DataRow("0.0.0.1/8", ControlResult.InvalidAddress)]
    [DataRow("127.0.0.1/8", ControlResult.InvalidAddress)]
    [DataRow("224.0.0.1/8", ControlResult.InvalidAddress)]
    [DataRow("10.0.0.9/24", ControlResult.Overlaps)]
    [DataRow("10.0.0.9/32", ControlResult.Overlaps)]
    [DataRow("10.255.0.1/8", ControlResult.Overlaps)]
    [DataRow("1.1.1.1/32", ControlResult.Overlaps)]
    [DataRow("10.0.1.1/24", ControlResult.Ok)]
    public void Addresses(string address, int expected)
    {
        ControlBench bench = Bench();
        Is(expected, bench.Control.SetInterfaceAddress(1, Cidr(address).Prefix, Cidr(address).Bits));
        Assert.AreEqual(expected == ControlResult.Ok ? Cidr(address).Prefix : 0, bench.Host.Interfaces.Address[1]);
        if (expected == ControlResult.Overlaps) Assert.AreEqual(address == "1.1.1.1/32" ? 4 : 0, bench.Control.ConflictInterface);
    }

    [TestMethod]
    [DataRow("20.0.0.1/8", "10.0.0.2", -1, 1, -1, ControlResult.PrefixNotAligned)]
    [DataRow("20.0.0.0/33", "10.0.0.2", -1, 1, -1, ControlResult.BadMask)]
    [DataRow("224.0.0.0/8", "10.0.0.2", -1, 1, -1, ControlResult.InvalidPrefix)]
    [DataRow("127.0.0.0/8", "10.0.0.2", -1, 1, -1, ControlResult.InvalidPrefix)]
    [DataRow("20.0.0.0/8", null, -1, 1, -1, ControlResult.NextHopMissing)]
    [DataRow("20.0.0.0/8", "224.0.0.5", -1, 1, -1, ControlResult.InvalidNextHop)]
    [DataRow("20.0.0.0/8", "10.0.0.1", -1, 1, -1, ControlResult.NextHopIsLocal)]
    [DataRow("20.0.0.0/8", "1.1.1.1", -1, 1, 100, ControlResult.NextHopIsLocal)]
    [DataRow("20.0.0.0/8", "10.0.0.2", -1, 0, -1, ControlResult.InvalidDistance)]
    [DataRow("20.0.0.0/8", "10.0.0.2", -1, 256, -1, ControlResult.InvalidDistance)]
    [DataRow("20.0.0.0/8", "10.0.0.2", -1, 1, 15, ControlResult.LabelOutOfRange)]
    [DataRow("20.0.0.0/8", "10.0.0.2", -1, 1, 1048576, ControlResult.LabelOutOfRange)]
    [DataRow("20.0.0.0/8", "10.0.0.2", 0, 1, 100, ControlResult.LabelNeedsNextHop)]
    [DataRow("20.0.0.0/8", null, 4, 1, -1, ControlResult.NotAPort)]
    [DataRow("20.0.0.0/8", null, 5, 1, -1, ControlResult.NoSuchInterface)]
    [DataRow("20.0.0.0/8", null, 99, 1, -1, ControlResult.NoSuchInterface)]
    [DataRow("0.0.0.0/0", "10.0.0.2", -1, 1, -1, ControlResult.Ok)]
    public void Static_routes(string prefix, string nextHop, int port, int distance, int label, int expected)
    {
        ControlBench bench = Bench();
        int before = bench.Control.Routes.Used;
        Is(expected, bench.Route(prefix, nextHop, 0, port, distance, label));
        Assert.AreEqual(expected == ControlResult.Ok ? before + 1 : before, bench.Control.Routes.Used);
    }

    [TestMethod]
    public void Bindings_and_absent_things()
    {
        ControlBench bench = Bench();
        Is(ControlResult.LabelOutOfRange, bench.Input("20.0.0.0/8", 15));
        Is(ControlResult.LabelOutsideWindow, bench.Input("20.0.0.0/8", 5000));
        Is(ControlResult.PrefixNotAligned, bench.Input("20.0.0.1/8", 20));
        Is(ControlResult.NoSuchVrf, bench.Input("20.0.0.0/8", 20, 3));
        Is(ControlResult.LabelOutOfRange, bench.Output("20.0.0.0/8", "10.0.0.2", 1));
        Is(ControlResult.NextHopIsLocal, bench.Output("20.0.0.0/8", "10.0.0.1", 20));
        Is(ControlResult.InvalidNextHop, bench.Output("20.0.0.0/8", "0.0.0.0", 20));
        Is(ControlResult.NotFound, bench.RemoveInput("20.0.0.0/8"));
        Is(ControlResult.NotFound, bench.RemoveOutput("20.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.NotFound, bench.RemoveRoute("20.0.0.0/8", "10.0.0.2"));
        Is(ControlResult.NoSuchVrf, bench.Control.RemoveVrf(0));
        Is(ControlResult.NoSuchVrf, bench.Control.RemoveVrf(1));
        Is(ControlResult.NoSuchVrf, bench.Control.SetInterfaceVrf(0, 1));
        Is(ControlResult.NoSuchInterface, bench.Control.SetInterfaceVrf(5, 0));
        Is(ControlResult.NotALoopback, bench.Control.RemoveLoopback(0));
        Is(ControlResult.NotAPort, bench.Control.SetInterfaceMpls(4, true));
        Is(ControlResult.NameInUse, bench.Control.AddLoopback("Ethernet1"));
        Is(ControlResult.InvalidName, bench.Control.AddLoopback(""));
        Assert.AreEqual(4, bench.Control.AddLoopback("Loopback0"));
        Assert.AreEqual(0, bench.Control.Labels.Used);
        Assert.AreEqual(0, bench.Control.Bindings.Used);
    }

    [TestMethod]
    public void Vrf_names_and_distinguishers_are_unique()
    {
        ControlBench bench = Bench();
        int red = bench.Control.AddVrf("red");
        int blue = bench.Control.AddVrf("blue");
        byte[] one = [0, 0, 0xFD, 0xE8, 0, 0, 0, 1];
        Is(ControlResult.NameInUse, bench.Control.AddVrf("red"));
        Is(ControlResult.InvalidName, bench.Control.AddVrf("default"));
        Is(ControlResult.InvalidName, bench.Control.AddVrf(new string('x', 33)));
        Ok(bench.Control.SetDistinguisher(red, one));
        Ok(bench.Control.SetDistinguisher(red, one));
        Is(ControlResult.DistinguisherInUse, bench.Control.SetDistinguisher(blue, one));
        Ok(bench.Control.SetDistinguisher(red, new byte[8]));
        Ok(bench.Control.SetDistinguisher(blue, one));
        Is(ControlResult.NoSuchVrf, bench.Control.SetDistinguisher(0, one));
    }

    [TestMethod]
    public void A_port_is_routed_or_a_pseudowires_and_never_both()
    {
        ControlBench bench = Bench();
        int red = bench.Control.AddVrf("red");
        uint peer = Ip("9.9.9.9");
        Is(ControlResult.InterfaceHasAddress, bench.Control.SetPseudowire(0, peer, 1, 40, 400, PseudowireTable.ControlWord));
        Ok(bench.Control.SetInterfaceVrf(1, red));
        Is(ControlResult.InterfaceInVrf, bench.Control.SetPseudowire(1, peer, 1, 40, 400, PseudowireTable.ControlWord));
        Is(ControlResult.InterfaceInVrf, bench.Control.SetInterfaceMpls(1, true));
        Ok(bench.Control.SetInterfaceVrf(1, 0));
        Ok(bench.Control.SetInterfaceMpls(1, true));
        Is(ControlResult.InterfaceHasMpls, bench.Control.SetPseudowire(1, peer, 1, 40, 400, PseudowireTable.ControlWord));
        Is(ControlResult.InterfaceHasMpls, bench.Control.SetInterfaceVrf(1, red));
        Ok(bench.Control.SetPseudowire(2, peer, 1, 40, 400, PseudowireTable.ControlWord));
        Is(ControlResult.InterfaceHasXconnect, bench.Control.SetInterfaceAddress(2, Ip("10.5.0.1"), 24));
        Is(ControlResult.InterfaceHasXconnect, bench.Control.SetInterfaceMpls(2, true));
        Is(ControlResult.InterfaceHasXconnect, bench.Control.SetInterfaceVrf(2, red));
        Is(ControlResult.DuplicatePseudowire, bench.Control.SetPseudowire(3, peer, 1, 41, 400, PseudowireTable.ControlWord));
        Is(ControlResult.LabelInUse, bench.Control.SetPseudowire(3, peer, 2, 40, 400, PseudowireTable.ControlWord));
        Is(ControlResult.LabelOutOfRange, bench.Control.SetPseudowire(3, peer, 2, 41, 3, PseudowireTable.ControlWord));
        Is(ControlResult.PeerInvalid, bench.Control.SetPseudowire(3, Ip("1.1.1.1"), 2, 41, 400, PseudowireTable.ControlWord));
        Is(ControlResult.NotAPort, bench.Control.SetPseudowire(4, peer, 2, 41, 400, PseudowireTable.ControlWord));
        Assert.AreEqual(1, bench.Control.Labels.Used);
    }

    [TestMethod]
    public void Every_result_has_a_text_of_its_own()
    {
        string[] texts = Enumerable.Range(0, ControlResult.Count).Select(i => ControlResult.Text(-i)).ToArray();
        Assert.AreEqual(ControlResult.Count, texts.Distinct().Count());
        Assert.AreEqual("unknown result", ControlResult.Text(-ControlResult.Count));
        Assert.AreEqual("unknown result", ControlResult.Text(1));
    }
}
