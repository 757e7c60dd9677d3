using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>FTN, ILM, VPN routes and pseudowires, read back from the rows that the kernels use.</summary>
[TestClass]
public sealed class LabelForwardingTests
{
    private const int ImplicitNull = LabelStackEntry.ImplicitNull;

    /// <summary>Core ports 0 and 1 with mpls ip, customer ports 2 and 3; PE 9.9.9.9 behind 10.0.0.2.</summary>
    private static ControlBench Core()
    {
        ControlBench bench = new();
        bench.Address(0, "10.0.0.1/24");
        bench.Address(1, "10.1.0.1/24");
        Ok(bench.Control.SetInterfaceMpls(0, true));
        Ok(bench.Control.SetInterfaceMpls(1, true));
        bench.Loopback("Loopback0", "1.1.1.1/32");
        Ok(bench.Route("9.9.9.9/32", "10.0.0.2"));
        return bench;
    }

    private static string Plain => Ready(0, 1500, "10.0.0.2", "0800");

    private static string Labelled => Ready(0, 1500, "10.0.0.2", "8847");

    [TestMethod]
    public void Ip_to_a_fec_gets_the_next_hops_label()
    {
        ControlBench bench = Core();
        bench.SettleWithNeighbors();
        Assert.AreEqual(Plain, bench.Leaf("9.9.9.9/32"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Assert.AreEqual("label 300 s1 ttl 255 uniform over " + Labelled, bench.Leaf("9.9.9.9/32"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", ImplicitNull));
        Assert.AreEqual(Plain, bench.Leaf("9.9.9.9/32"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 0));
        Assert.AreEqual("label 0 s1 ttl 255 uniform over " + Labelled, bench.Leaf("9.9.9.9/32"));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.77", 301));
        Ok(bench.RemoveOutput("9.9.9.9/32", "10.0.0.2"));
        Assert.AreEqual(Plain, bench.Leaf("9.9.9.9/32"));
    }

    [TestMethod]
    public void No_label_leaves_by_a_port_without_mpls()
    {
        ControlBench bench = Core();
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Ok(bench.Input("9.9.9.9/32", 20));
        Ok(bench.Control.SetInterfaceMpls(0, false));
        bench.SettleWithNeighbors();
        Assert.AreEqual(Plain, bench.Leaf("9.9.9.9/32"));
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual("mpls ip is not configured on the link", bench.Control.StaticLabels.StateText(bench.Control.Bindings.FindInput(0, Ip("9.9.9.9"), 32)));
        Assert.AreEqual(ForwardingHandle.ScopeNone, bench.Tables.Ports.ScopeOf(0));
    }

    [TestMethod]
    public void An_input_binding_swaps_pops_or_ends_by_its_fec()
    {
        ControlBench bench = Core();
        Ok(bench.Input("9.9.9.9/32", 20));
        bench.SettleWithNeighbors();
        int binding = bench.Control.Bindings.FindInput(0, Ip("9.9.9.9"), 32);
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual("no label from the next hop", bench.Control.StaticLabels.StateText(binding));

        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Assert.AreEqual("label 300 s1 ttl 255 uniform over " + Labelled, bench.Ilm(20));
        Assert.AreEqual("swap", bench.Control.StaticLabels.StateText(binding));

        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", ImplicitNull));
        Assert.AreEqual($"pop labelled [{Labelled}] last [{Plain}]", bench.Ilm(20));
        Assert.AreEqual("pop", bench.Control.StaticLabels.StateText(binding));

        Ok(bench.RemoveRoute("9.9.9.9/32", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual("no route to the prefix", bench.Control.StaticLabels.StateText(binding));

        Ok(bench.Input("1.1.1.1/32", 21));
        Ok(bench.Input("10.0.0.0/24", 22));
        Assert.AreEqual("local 0", bench.Ilm(21));
        Assert.AreEqual("vrf 0", bench.Ilm(22));
        Ok(bench.RemoveInput("9.9.9.9/32"));
        Assert.AreEqual(LabelOwner.None, bench.Control.Labels.OwnerOf(20));
        Assert.AreEqual(LabelOwner.Static, bench.Control.Labels.OwnerOf(21));
    }

    [TestMethod]
    public void A_label_of_an_own_address_goes_and_comes_with_the_address()
    {
        ControlBench bench = Core();
        int loopback = bench.Host.Interfaces.Find("Loopback0");
        Ok(bench.Input("1.1.1.1/32", 21));
        Ok(bench.Input("10.0.0.1/32", 22));
        int binding = bench.Control.Bindings.FindInput(0, Ip("1.1.1.1"), 32);
        string StateText() => bench.Control.StaticLabels.StateText(binding);
        Assert.AreEqual("local 0, local 0, pop, ours", $"{bench.Ilm(21)}, {bench.Ilm(22)}, {StateText()}");

        Ok(bench.Control.ClearInterfaceAddress(loopback));
        bench.Settle();
        Assert.AreEqual("none, local 0, no route to the prefix", $"{bench.Ilm(21)}, {bench.Ilm(22)}, {StateText()}");
        bench.Address(loopback, "1.1.1.1/32");
        bench.Settle();
        Assert.AreEqual("local 0, pop, ours", $"{bench.Ilm(21)}, {StateText()}");

        // Shut down, in another VRF, or another address: not ours in the global table.
        Ok(bench.Control.SetInterfaceEnabled(loopback, false));
        bench.Settle();
        Assert.AreEqual("none", bench.Ilm(21));
        Ok(bench.Control.SetInterfaceEnabled(loopback, true));
        bench.Settle();
        Assert.AreEqual("local 0", bench.Ilm(21));
        bench.Address(loopback, "1.1.1.1/32", bench.Control.AddVrf("red"));
        bench.Settle();
        Assert.AreEqual("none", bench.Ilm(21));
        bench.Address(1, "1.1.1.1/24");
        bench.Settle();
        Assert.AreEqual("local 0", bench.Ilm(21));
        bench.Link(1, false);
        bench.Settle();
        Assert.AreEqual("none", bench.Ilm(21));
        bench.Link(1, true);
        bench.Settle();
        Assert.AreEqual("local 0", bench.Ilm(21));
        Ok(bench.RemoveInput("1.1.1.1/32"));
        Assert.AreEqual("none", bench.Ilm(21));
    }

    [TestMethod]
    public void Another_input_label_replaces_the_first_which_can_be_typed_again_at_once()
    {
        ControlBench bench = Core();
        Ok(bench.Input("1.1.1.1/32", 20));
        Ok(bench.Input("1.1.1.1/32", 20));
        Ok(bench.Input("1.1.1.1/32", 21));
        Assert.AreEqual("none", bench.Ilm(20));
        Assert.AreEqual("local 0", bench.Ilm(21));
        Assert.IsTrue(bench.Control.Labels.IsResting(20));
        Is(ControlResult.LabelInUse, bench.Input("9.9.9.9/32", 21));
        Ok(bench.Input("9.9.9.9/32", 20));
    }

    [TestMethod]
    public void Equal_next_hops_make_an_ilm_group_of_those_with_a_binding()
    {
        ControlBench bench = Core();
        Ok(bench.Route("9.9.9.9/32", "10.1.0.2"));
        Ok(bench.Input("9.9.9.9/32", 20));
        Ok(bench.Output("9.9.9.9/32", "10.1.0.2", ImplicitNull));
        bench.SettleWithNeighbors();
        string pop = $"pop labelled [{Ready(1, 1500, "10.1.0.2", "8847")}] last [{Ready(1, 1500, "10.1.0.2", "0800")}]";
        string swap = "label 300 s1 ttl 255 uniform over " + Labelled;
        Assert.AreEqual(pop, bench.Ilm(20));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Assert.AreEqual($"group {swap} + {pop}", bench.Ilm(20));
        Assert.AreEqual($"group {swap} + {Ready(1, 1500, "10.1.0.2", "0800")}", bench.Leaf("9.9.9.9/32"));
        Ok(bench.RemoveRoute("9.9.9.9/32", "10.1.0.2"));
        bench.Settle();
        Assert.AreEqual(swap, bench.Ilm(20));
    }

    [TestMethod]
    public void A_vrf_label_pops_to_its_vrf()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Input("10.2.0.0/16", 30, red));
        Assert.AreEqual("vrf " + red, bench.Ilm(30));
        Assert.AreEqual(LabelOwner.StaticVrf, bench.Control.Labels.OwnerOf(30));
        Ok(bench.Control.RemoveVrf(red));
        Assert.AreEqual("none", bench.Ilm(30));
        Assert.AreEqual(LabelOwner.None, bench.Control.Labels.OwnerOf(30));
    }

    [TestMethod]
    public void A_vpn_route_is_usable_only_over_the_lsp_to_its_pe()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Ok(bench.Route("10.3.0.0/16", "9.9.9.9", red, label: 501));
        bench.SettleWithNeighbors();
        Assert.AreEqual("absent", bench.Leaf("10.2.0.0/16", red));

        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        bench.Settle();
        string tunnel = Ready(0, 1496, "10.0.0.2", "8847", "0012C0FF");
        Assert.AreEqual("label 500 s1 ttl 255 uniform over " + tunnel, bench.Leaf("10.2.0.0/16", red));
        Assert.AreEqual("label 501 s1 ttl 255 uniform over " + tunnel, bench.Leaf("10.3.0.0/16", red));
        Assert.AreEqual(1, bench.Control.Tunnels.Used);

        // The neighbour moves: one row is rewritten, the paths stay.
        bench.Answer(0, Ip("10.0.0.2"), 0xBB);
        bench.Poll();
        Assert.AreEqual("label 500 s1 ttl 255 uniform over " + tunnel.Replace("02AA", "02BB"), bench.Leaf("10.2.0.0/16", red));

        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 301));
        Assert.AreEqual("label 500 s1 ttl 255 uniform over " + tunnel.Replace("02AA", "02BB").Replace("0012C0FF", "0012D0FF"), bench.Leaf("10.2.0.0/16", red));

        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", ImplicitNull));
        Assert.AreEqual("label 500 s1 ttl 255 uniform over unusable", bench.Leaf("10.2.0.0/16", red));
        bench.Settle();
        Assert.AreEqual("label 500 s1 ttl 255 uniform over " + Labelled.Replace("02AA", "02BB"), bench.Leaf("10.2.0.0/16", red));
        Assert.AreEqual(0, bench.Control.Tunnels.Used);

        Ok(bench.RemoveOutput("9.9.9.9/32", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.2.0.0/16", red));
    }

    [TestMethod]
    public void A_removed_binding_carries_nothing_more_before_the_next_pass()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        bench.SettleWithNeighbors();
        Ok(bench.RemoveOutput("9.9.9.9/32", "10.0.0.2"));
        Ok(bench.Output("8.8.8.8/32", "10.0.0.2", 310));
        Assert.AreEqual("label 500 s1 ttl 255 uniform over unusable", bench.Leaf("10.2.0.0/16", red));
        bench.Settle();
        Assert.AreEqual("absent", bench.Leaf("10.2.0.0/16", red));
        Assert.AreEqual(0, bench.Control.Tunnels.Used);
    }

    [TestMethod]
    public void A_static_route_of_a_vrf_may_recurse_over_a_vpn_route()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Ok(bench.Route("20.0.0.0/8", "10.2.0.1", red));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        bench.SettleWithNeighbors();
        Assert.AreEqual(bench.Leaf("10.2.0.0/16", red), bench.Leaf("20.0.0.0/8", red));
        Assert.StartsWith("label 500", bench.Leaf("20.0.0.0/8", red));
    }

    [TestMethod]
    public void Pipe_mode_rewrites_every_pushing_path()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Ok(bench.Input("9.9.9.9/32", 20));
        bench.SettleWithNeighbors();
        string before = bench.Forwarding();
        Ok(bench.Control.SetTtlPropagate(false, false));
        bench.Settle();
        Assert.AreEqual(before.Replace("uniform", "pipe"), bench.Forwarding());
        Ok(bench.Control.SetTtlPropagate(true, true));
        bench.Settle();
        Assert.AreEqual(before, bench.Forwarding());
    }

    [TestMethod]
    [DataRow(1514, true)]
    [DataRow(1518, true, DisplayName = "one tag of the customer's")]
    [DataRow(1522, true, DisplayName = "two tags")]
    [DataRow(1523, false)]
    public void A_pseudowire_gives_out_what_the_customer_tagged(int length, bool goesOut)
    {
        ControlBench bench = Core();
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 100, 40, 400, PseudowireTable.ControlWord));
        bench.SettleWithNeighbors();
        byte[] customer = [.. Convert.FromHexString("0200000000770200000000668100000508004500"), .. new byte[length - 20]];
        byte[] octets = [.. Convert.FromHexString("02000000000102AA0A00000288470002817F00000000"), .. customer];
        LabEdge.Hal.Frame frame = new(bench.Capacity.Headroom, 1600) { Port = 0 };
        for (int refused = 0; refused < 2; refused++)
        {
            bench.Ports[2].Refuses = refused == 1;
            bench.Ports[2].Sent.Clear();
            octets.CopyTo(frame.Octets, frame.Headroom);
            frame.Start = frame.Headroom;
            frame.Length = octets.Length;
            new PortableKernel().Burst(bench.Tables, [frame], 0, 1, 0);
            Assert.AreEqual(goesOut && refused == 0 ? Convert.ToHexString(customer) : "", string.Concat(bench.Ports[2].Sent.Select(Convert.ToHexString)));
        }
        Assert.AreEqual(goesOut ? 1 : 0, bench.Tables.Ledger.EgressDropped[2], "what the port refuses is counted");
        Assert.AreEqual(goesOut ? 0 : 2, bench.Tables.Ledger.DroppedOn(0, DropReason.MtuExceeded));
    }

    [TestMethod]
    public void A_pseudowire_comes_up_with_its_lsp_and_says_why_it_is_down()
    {
        ControlBench bench = Core();
        StaticPseudowires pseudowires = bench.Control.Pseudowires;
        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 100, 40, 400, PseudowireTable.ControlWord));
        int pw = pseudowires.OfPort(2);
        Assert.IsTrue(bench.Ports[2].Promiscuous);
        Assert.AreEqual("pw of port 2", bench.Ilm(40));
        Assert.AreEqual(ForwardingHandle.Pseudowire | pw, bench.Tables.Ports.Record[(2 * PortTable.Stride) + PortTable.Any]);
        Assert.AreEqual(Reason.NoLspToPeer, pseudowires.DownReason(pw));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        bench.Settle();
        Assert.AreEqual(Reason.NextHopUnresolved, pseudowires.DownReason(pw));
        Assert.IsFalse(bench.Tables.Pseudowires.IsUp(pw));
        bench.SettleWithNeighbors();
        Assert.IsTrue(bench.Tables.Pseudowires.IsUp(pw));
        int r = pw * PseudowireTable.Stride;
        Assert.AreEqual(7, bench.Tables.Pseudowires.Record[r]);
        Assert.AreEqual(1522, bench.Tables.Pseudowires.Record[r + PseudowireTable.MaxFrame], "two tags of the customer's beyond the MTU");
        string expected = $"pw 2  label 400 s1 ttl 255 pipe over {Ready(0, 1496, "10.0.0.2", "8847", "0012C0FF")}";
        Assert.Contains(expected, bench.Forwarding());

        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 100, 41, 401, 0));
        Assert.AreEqual("none", bench.Ilm(40));
        Assert.AreEqual("pw of port 2", bench.Ilm(41));
        Assert.AreEqual(3, bench.Tables.Pseudowires.Record[r]);
        Assert.Contains(expected.Replace("400", "401"), bench.Forwarding());

        // Shut down: at once, without a poll between.
        Ok(bench.Control.SetInterfaceEnabled(2, false));
        Assert.AreEqual(Reason.CircuitDown, pseudowires.DownReason(pw));
        Assert.IsFalse(bench.Tables.Pseudowires.IsUp(pw));
        Ok(bench.Control.SetInterfaceEnabled(2, true));
        bench.Settle();
        Assert.IsTrue(bench.Tables.Pseudowires.IsUp(pw));

        Ok(bench.RemoveRoute("9.9.9.9/32", "10.0.0.2"));
        bench.Settle();
        Assert.AreEqual(Reason.NoRouteToPeer, pseudowires.DownReason(pw));
        Ok(bench.Control.RemovePseudowire(2));
        Assert.IsFalse(bench.Ports[2].Promiscuous);
        Assert.AreEqual("none", bench.Ilm(41));
        Assert.AreEqual(PseudowireTable.None, pseudowires.OfPort(2));
        Is(ControlResult.NotFound, bench.Control.RemovePseudowire(2));
    }

    [TestMethod]
    public void The_mtu_of_a_port_reaches_every_transport_over_it()
    {
        ControlBench bench = Core();
        int red = bench.Control.AddVrf("red");
        Ok(bench.Route("10.2.0.0/16", "9.9.9.9", red, label: 500));
        Ok(bench.Output("9.9.9.9/32", "10.0.0.2", 300));
        Ok(bench.Control.SetPseudowire(2, Ip("9.9.9.9"), 100, 40, 400, PseudowireTable.ControlWord));
        bench.SettleWithNeighbors();
        string before = bench.Forwarding();
        Ok(bench.Control.SetInterfaceMtu(0, 1400));
        bench.Settle();
        Assert.AreEqual(before.Replace("room 1500", "room 1400").Replace("room 1496", "room 1396"), bench.Forwarding());
        Ok(bench.Control.SetInterfaceMtu(0, 0));
        bench.Settle();
        Assert.AreEqual(before, bench.Forwarding());
        Is(ControlResult.MtuOutOfRange, bench.Control.SetInterfaceMtu(0, 1501));
        Is(ControlResult.MtuOutOfRange, bench.Control.SetInterfaceMtu(0, 63));
        Ok(bench.Control.SetInterfaceMtu(2, 1000));
        Assert.AreEqual(1022, bench.Tables.Pseudowires.Record[PseudowireTable.MaxFrame]);
    }
}
