using LabEdge.Control;
using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

/// <summary>LDP-IGP synchronisation (RFC 5443 section 2): an IGP that has asked hears when the labels of a link have come, and when they are lost.</summary>
[TestClass]
public class LdpSyncTests
{
    private const string EndOfLib = "0300000A 0000002F 00000000 0000 01000005 05 02 02 0001";

    [TestMethod]
    public void A_link_is_synchronised_when_its_neighbour_has_sent_its_labels_and_not_before()
    {
        LdpBench bench = new();
        LinkEvents links = Asked(bench);
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        StringAssert.Contains(bench.Bench.Run("show mpls ldp igp sync"), "sync not achieved; peer not reachable");
        bench.Hello();
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        bench.Establish();
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        StringAssert.Contains(bench.Bench.Run("show mpls ldp igp sync"), "sync not achieved; peer reachable");
        bench.Send(LdpMessage.Notification, EndOfLib);
        Assert.AreEqual(LinkEvents.Synchronised, links.LdpSync[0]);
        string table = bench.Bench.Run("show mpls ldp igp sync");
        StringAssert.Contains(table, "    Ethernet1:\n\tLDP configured; LDP-IGP Synchronization enabled.\n\tSync status: sync achieved; peer reachable.");
        StringAssert.Contains(table, "\tPeer LDP Ident: 2.2.2.2:0\n");
    }

    [TestMethod]
    public void A_neighbour_that_never_ends_its_list_is_waited_for_as_long_as_stale_labels_are_kept()
    {
        LdpBench bench = new();
        LinkEvents links = Asked(bench);
        bench.Establish();
        bench.Wait((int)LdpModule.StaleMs - 100);
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        bench.Wait(200);
        Assert.AreEqual(LinkEvents.Synchronised, links.LdpSync[0]);
    }

    [TestMethod]
    public void A_lost_session_and_a_lost_link_are_waited_for_again()
    {
        LdpBench bench = new();
        LinkEvents links = Asked(bench);
        Synchronise(bench);
        bench.Connection.Abort();
        bench.Step();
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        Synchronise(bench);

        // Down and up again: the first look at the link that has come back says waiting.
        bench.Bench.Configure("interface Ethernet1\nshutdown");
        Assert.IsFalse(links.IsUp(0));
        bench.Bench.Router.Control.SetInterfaceEnabled(0, true);
        bench.Bench.Router.Poll(bench.Bench.Now, 1);
        Assert.IsTrue(links.IsUp(0));
        Synchronise(bench);
        bench.IsGreeting = false;
        bench.Wait(16000);
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
    }

    [TestMethod]
    public void Without_ldp_an_igp_that_asks_waits_and_where_nobody_asks_nothing_is_said()
    {
        LdpBench bench = new();
        LinkEvents links = Asked(bench);
        Synchronise(bench);
        Assert.AreEqual(LinkEvents.SyncNotAsked, links.LdpSync[1]);
        bench.Bench.Configure("interface Ethernet1\nno mpls ip");
        bench.Step();
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        bench.Bench.Configure("interface Ethernet1\nmpls ip");
        Synchronise(bench);
        bench.Bench.Configure("no mpls label protocol ldp\nno mpls ldp router-id Loopback0");
        bench.Step();
        Assert.AreEqual(LinkEvents.SyncWaiting, links.LdpSync[0]);
        bench.Bench.Configure("mpls label protocol ldp\nmpls ldp router-id Loopback0 force");
        Synchronise(bench);
        links.LdpSync[0] = LinkEvents.SyncNotAsked;
        bench.Step();
        Assert.AreEqual(LinkEvents.SyncNotAsked, links.LdpSync[0]);
        StringAssert.Contains(bench.Bench.Run("show mpls ldp igp sync"), "LDP-IGP Synchronization not enabled.");
    }

    [TestMethod]
    public void Gtsm_is_left_out_where_an_igp_waits_because_the_way_to_the_neighbour_may_lead_round_the_link()
    {
        LdpBench bench = new();
        bench.Hello(flags: LdpMessage.Gtsm);
        bench.Establish(LdpMessage.Gtsm);
        Assert.AreEqual(255, bench.Session.Connection.LeastTtl);
        bench.Bench.Router.Control.Links.LdpSync[0] = LinkEvents.SyncWaiting;
        bench.Hello(flags: LdpMessage.Gtsm);
        Assert.AreEqual(0, bench.Session.Connection.LeastTtl);
        bench.Connection.Abort();
        bench.Step();
        bench.Establish(LdpMessage.Gtsm);
        Assert.AreEqual(0, bench.Session.Connection.LeastTtl);
    }

    private static LinkEvents Asked(LdpBench bench)
    {
        LinkEvents links = bench.Bench.Router.Control.Links;
        links.LdpSync[0] = LinkEvents.SyncWaiting;
        bench.Step();
        return links;
    }

    private static void Synchronise(LdpBench bench)
    {
        bench.Establish();
        bench.Send(LdpMessage.Notification, EndOfLib);
        Assert.AreEqual(LinkEvents.Synchronised, bench.Bench.Router.Control.Links.LdpSync[0]);
    }
}
