using LabEdge.Control;
using LabEdge.Forwarding;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

[TestClass]
public class PseudowireSignallingTests
{
    private const string Mapping = "01000010 80 8005 08 00000000 00000064 01 04 05DC 02000004 000003E9 896A0004 00000000";

    [TestMethod]
    public void Lines_without_manual_are_written_back_as_they_were_typed_and_take_no_labels()
    {
        LdpBench bench = new();
        bench.Bench.Configure("bridge-domain 7\n member 2.2.2.2 101 encapsulation mpls\n  vc type vlan\ninterface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls");
        string text = bench.Bench.Run("show running-config");
        Assert.Contains(" xconnect 2.2.2.2 100 encapsulation mpls\n", text);
        Assert.Contains(" member 2.2.2.2 101 encapsulation mpls\n  vc type vlan\n", text);
        foreach (string line in new[] { "configure terminal", "interface Ethernet3", "xconnect 2.2.2.2 100 encapsulation mpls" }) bench.Bench.Run(line);
        Assert.Contains("an xconnect with 'manual'", bench.Bench.Run("mpls label 30 31"));
        bench.Bench.Run("exit");

        // By hand and back: the labels go with it.
        bench.Bench.Run("xconnect 2.2.2.2 100 encapsulation mpls manual");
        bench.Bench.Run("mpls label 30 31");
        ControlModule control = bench.Bench.Router.Control;
        int pw = control.Pseudowires.Find(LdpBench.Peer, 100);
        Assert.AreEqual(30, control.Pseudowires.LocalLabel[pw]);
        Assert.IsFalse(control.Pseudowires.Requests.IsAsked(pw));
        bench.Bench.Run("exit");
        bench.Bench.Run("xconnect 2.2.2.2 100 encapsulation mpls");
        bench.Bench.Run("end");
        Assert.IsTrue(control.Pseudowires.Requests.IsAsked(control.Pseudowires.Find(LdpBench.Peer, 100)));
        Assert.DoesNotContain("mpls label 30", bench.Bench.Run("show running-config"));
    }

    [TestMethod]
    public void Without_the_room_of_ldp_such_a_line_is_refused()
    {
        ConsoleRoom.ConsoleBench bench = new(Capacity.Small(), 3);
        foreach (string line in new[] { "enable", "configure terminal", "interface Ethernet3" }) bench.Run(line);
        Assert.Contains("built without the protocol", bench.Run("xconnect 2.2.2.2 100 encapsulation mpls"));
    }

    [TestMethod]
    public void The_peer_of_an_xconnect_is_greeted_and_heard_and_no_longer_when_it_is_gone()
    {
        LdpBench bench = new();
        Assert.IsFalse(bench.Hello(flags: LdpMessage.Targeted | LdpMessage.RequestTargeted, destination: LdpBench.Own));
        bench.Bench.Configure("interface Ethernet3\n xconnect 10.0.0.2 100 encapsulation mpls");
        Assert.Contains("no targeted hello from the peer", bench.Bench.Run("show mpls l2transport vc detail"));
        Assert.Contains("1.1.1.1 -> 10.0.0.2 (ldp): active, xmit", bench.Bench.Run("show mpls ldp discovery"));
        Assert.IsTrue(bench.Hello(flags: LdpMessage.Targeted | LdpMessage.RequestTargeted, destination: LdpBench.Own, hold: 45));
        Assert.Contains("active, xmit/recv", bench.Bench.Run("show mpls ldp discovery"));
        Assert.Contains("no LDP session with the peer", bench.Bench.Run("show mpls l2transport vc detail"));
        Assert.Contains("Targeted Hello 1.1.1.1 -> 10.0.0.2, active", bench.Bench.Run("show mpls ldp neighbor"));
        bench.Bench.Configure("interface Ethernet3\n no xconnect");
        bench.Step();
        Assert.IsFalse(bench.Hello(flags: LdpMessage.Targeted, destination: LdpBench.Own));
        Assert.Contains("1.1.1.1 -> 10.0.0.2 (ldp): passive", bench.Bench.Run("show mpls ldp discovery"), "until its hold time is over");
        bench.Wait(46000);
        Assert.DoesNotContain("-> 10.0.0.2", bench.Bench.Run("show mpls ldp discovery"));
        Assert.AreEqual(0, bench.Module.Wires.Count);
    }

    [TestMethod]
    public void More_pseudowires_than_labels_say_so_and_come_up_when_there_is_one()
    {
        LdpBench bench = new();
        ControlModule control = bench.Bench.Router.Control;
        bench.Bench.Configure("mpls label range 16 18\ninterface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls\nbridge-domain 7\n member 2.2.2.2 101 encapsulation mpls");
        bench.Establish();
        string all = bench.Bench.Run("show mpls l2transport vc");
        Assert.Contains("no label is free", all);
        bench.Bench.Configure("mpls label range 16 40");
        bench.Wait(100);
        Assert.DoesNotContain("no label is free", bench.Bench.Run("show mpls l2transport vc"));
        Assert.AreEqual(2, Enumerable.Range(0, control.Pseudowires.Count).Count(pw => control.Pseudowires.LocalLabel[pw] != 0));
        Assert.Contains("Owner: ldp pseudowire", bench.Bench.Run("show mpls forwarding-table detail"));
    }

    [TestMethod]
    public void A_label_that_was_given_back_is_not_given_out_again_while_it_rests()
    {
        LdpBench bench = new();
        bench.Bench.Configure("interface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls");
        bench.Establish();
        bench.Send(LdpMessage.LabelMapping, Mapping);
        ControlModule control = bench.Bench.Router.Control;
        int before = control.Pseudowires.LocalLabel[control.Pseudowires.Find(LdpBench.Peer, 100)];
        Assert.AreNotEqual(0, before);
        bench.Bench.Configure("interface Ethernet3\n no xconnect");
        bench.Step();
        bench.Bench.Configure("interface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls");
        bench.Step();
        int after = control.Pseudowires.LocalLabel[control.Pseudowires.Find(LdpBench.Peer, 100)];
        Assert.AreNotEqual(before, after);
        Assert.AreEqual(LabelOwner.None, control.Labels.OwnerOf(before));
        Assert.AreEqual(ForwardingHandle.None, bench.Bench.Router.Tables.Labels.Handle[before - control.Labels.First]);
        CollectionAssert.Contains(bench.Heard(), $"LabelWithdraw 0100000C 80800504 00000003 00000064 02000004 {before:X8}");
    }

    [TestMethod]
    public void Only_what_both_ends_offered_is_done()
    {
        LdpBench bench = new(Capacity.Board());
        bench.Bench.Configure("interface Ethernet3\n xconnect 2.2.2.2 100 encapsulation mpls\n  load-balance flow-label both\n  fragmentation both");
        bench.Establish();
        ControlModule control = bench.Bench.Router.Control;
        int pw = control.Pseudowires.Find(LdpBench.Peer, 100);
        bench.Send(LdpMessage.LabelMapping, Mapping);
        Assert.AreEqual(PseudowireTable.ControlWord | PseudowireTable.FragmentReceive, control.Pseudowires.ModeFlags[pw]);

        // Flow labels sent and not taken; fragments taken.
        bench.Send(LdpMessage.LabelMapping, "01000016 80 8005 0E 00000000 00000064 01 04 05DC 17 04 8000 09 02 02000004 000003E9 896A0004 00000000");
        Assert.AreEqual(PseudowireTable.ControlWord | PseudowireTable.FragmentReceive | PseudowireTable.FragmentSend | PseudowireTable.FlowLabelReceive, control.Pseudowires.ModeFlags[pw]);
        Assert.Contains("(configured: on, remote: on)", bench.Bench.Run("show mpls l2transport vc detail"));
    }
}
