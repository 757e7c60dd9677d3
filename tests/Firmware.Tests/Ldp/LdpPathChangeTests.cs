using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

/// <summary>What becomes of labels when the way changes: one that is held already is used in the step that moves the next hop; one that is given back rests.</summary>
[TestClass]
public class LdpPathChangeTests
{
    private const uint Far = 0x08080808;
    private const uint Other = 0x0A000003;

    [TestMethod]
    public void A_label_held_already_is_used_in_the_step_that_moves_the_next_hop()
    {
        LdpBench bench = Established(out ControlModule control, out int label);

        // LDP has no turn here: what happens is Control's alone, one unit of work at a time.
        Assert.IsTrue(control.Routes.SetHops(VrfStore.Global, Far, 32, RouteSource.Ospf, RouteTable.OspfDistance, 20, [Other], [0], 1, 0));
        int steps = 0;
        do
        {
            Assert.AreNotEqual(ForwardingHandle.None, bench.Bench.Router.Tables.Labels.Lookup(label), "the label is forwarded all the time");
            control.Poll(bench.Bench.Now, 1);
        }
        while (++steps < 1000 && !control.IsSettled);
        Assert.IsTrue(control.IsSettled);
        int binding = control.Bindings.FindInput(VrfStore.Global, Far, 32, LabelOwner.Ldp);
        Assert.AreEqual("swap", control.StaticLabels.StateText(binding));
        StringAssert.Contains(bench.Bench.Run("show mpls forwarding-table 8.8.8.8 255.255.255.255"), "10.0.0.3");

        // LDP's turn: one binding for the next hop in use, and none for the one before.
        bench.Step();
        Assert.AreNotEqual(LabelBindings.None, control.Bindings.FindOutput(Far, 32, Other));
        Assert.AreEqual(LabelBindings.None, control.Bindings.FindOutput(Far, 32, LdpBench.PeerPort));
        Assert.IsTrue(control.IsSettled);
    }

    [TestMethod]
    public void A_label_given_back_by_ldp_is_forwarded_nowhere_and_rests_180_seconds()
    {
        LdpBench bench = Established(out ControlModule control, out int label);
        control.Routes.SetHops(VrfStore.Global, Far, 32, RouteSource.Ospf, RouteTable.OspfDistance, 0, null, null, 0, 0);
        bench.Step();
        Assert.AreEqual(ForwardingHandle.None, bench.Bench.Router.Tables.Labels.Lookup(label));
        bench.Heard();

        // The route comes and goes every second: each time it has another label, for as long as the first one rests.
        List<int> given = [];
        for (int second = 0; second < 60; second++)
        {
            control.Routes.SetHops(VrfStore.Global, Far, 32, RouteSource.Ospf, RouteTable.OspfDistance, 20, [Other], [0], 1, 0);
            bench.Step();
            given.Add(LabelOf(control));
            control.Routes.SetHops(VrfStore.Global, Far, 32, RouteSource.Ospf, RouteTable.OspfDistance, 0, null, null, 0, 0);
            bench.Wait(1000);
            foreach (int resting in given.Append(label)) Assert.AreEqual(ForwardingHandle.None, bench.Bench.Router.Tables.Labels.Lookup(resting));
        }
        CollectionAssert.AllItemsAreUnique(given.Append(label).Where(l => l >= 16).ToArray());
        Console.WriteLine($"{label}, then {string.Join(' ', given)}");
    }

    private static int LabelOf(ControlModule control)
    {
        int binding = control.Bindings.FindInput(VrfStore.Global, Far, 32, LabelOwner.Ldp);
        return binding < 0 ? -1 : control.Bindings.Label[binding];
    }

    // A neighbour with two addresses on the link; the route to 8.8.8.8 leads over the first.
    private static LdpBench Established(out ControlModule control, out int label)
    {
        LdpBench bench = new();
        control = bench.Bench.Router.Control;
        bench.Establish();
        bench.Send(LdpMessage.Address, "0101000A 0001 0A000002 0A000003");
        bench.Send(LdpMessage.LabelMapping, "01000008 02 0001 20 08080808 02000004 000007D8");
        control.Routes.SetHops(VrfStore.Global, Far, 32, RouteSource.Ospf, RouteTable.OspfDistance, 20, [LdpBench.PeerPort], [0], 1, 0);
        bench.Step();
        label = LabelOf(control);
        Assert.AreNotEqual(-1, label);
        Assert.AreNotEqual(ForwardingHandle.None, bench.Bench.Router.Tables.Labels.Lookup(label));
        return bench;
    }
}
