using LabEdge.Control;
using LabEdge.Forwarding;
using static LabEdge.Tests.Control.ControlBench;

namespace LabEdge.Tests.Control;

/// <summary>Why something is not in force: code, what it is about, and the cause behind it.</summary>
[TestClass]
public sealed class DiagnosisTests
{
    private readonly ControlBench _bench = new();

    private Diagnosis Why => _bench.Control.Diagnosis;

    private int Find(string prefix, string nextHop, int vrf = 0, int port = -1) =>
        _bench.Control.Routes.Find(vrf, Cidr(prefix).Prefix, Cidr(prefix).Bits, RouteSource.Static, nextHop == null ? 0 : Ip(nextHop), port);

    [TestInitialize]
    public void Address() => _bench.Address(1, "10.0.0.1/24");

    [TestMethod]
    public void An_interface_is_shut_down_without_carrier_or_without_device()
    {
        Assert.AreEqual(Reason.None, Why.OfInterface(1));
        _bench.Ports[1].LinkUp = false;
        _bench.Poll();
        Assert.AreEqual(Reason.NoCarrier, Why.OfInterface(1));
        Ok(_bench.Control.SetInterfaceEnabled(1, false));
        Assert.AreEqual(Reason.InterfaceShutdown, Why.OfInterface(1));
        ControlBench small = new(ports: 2);
        Assert.AreEqual(Reason.NoDevice, small.Control.Diagnosis.OfInterface(3));
    }

    [TestMethod]
    public void The_cause_of_an_unreachable_next_hop_is_at_the_end_of_the_chain()
    {
        Ok(_bench.Route("20.0.0.0/8", "30.0.0.1"));
        Ok(_bench.Route("30.0.0.0/8", "10.0.0.2"));
        _bench.Poll();
        Assert.AreEqual(Reason.None, Why.OfRoute(Find("20.0.0.0/8", "30.0.0.1")));
        _bench.Ports[1].LinkUp = false;
        _bench.Poll();
        Assert.AreEqual(Reason.NextHopUnreachable, Why.OfRoute(Find("20.0.0.0/8", "30.0.0.1")));
        Assert.AreEqual(Ip("30.0.0.1"), Why.Address);
        Assert.AreEqual(Reason.NoCarrier, Why.Cause);
        Assert.AreEqual(1, Why.CausePort);
        Ok(_bench.RemoveRoute("30.0.0.0/8", "10.0.0.2"));
        _bench.Poll();
        Assert.AreEqual(Reason.NextHopUnreachable, Why.OfRoute(Find("20.0.0.0/8", "30.0.0.1")));
        Assert.AreEqual(Reason.NoRoute, Why.Cause);
        Assert.AreEqual(Ip("30.0.0.1"), Why.CauseAddress);
    }

    [TestMethod]
    public void A_loop_a_distance_of_255_and_a_better_route_are_told_apart()
    {
        Ok(_bench.Route("20.0.0.0/8", "30.0.0.1"));
        Ok(_bench.Route("30.0.0.0/8", "20.0.0.1"));
        Ok(_bench.Route("40.0.0.0/8", "10.0.0.2", distance: 255));
        Ok(_bench.Route("50.0.0.0/8", "10.0.0.2"));
        Ok(_bench.Route("50.0.0.0/8", "10.0.0.3", distance: 7));
        _bench.Poll();
        Assert.AreEqual(Reason.NextHopLoops, Why.OfRoute(Find("20.0.0.0/8", "30.0.0.1")));
        Assert.AreEqual(Reason.DistanceNever, Why.OfRoute(Find("40.0.0.0/8", "10.0.0.2")));
        Assert.AreEqual(Reason.BetterRoute, Why.OfRoute(Find("50.0.0.0/8", "10.0.0.3")));
    }

    [TestMethod]
    public void A_label_switched_path_fails_at_the_route_the_link_or_the_label()
    {
        Assert.AreEqual(Reason.NoLsp, Why.OfLsp(Ip("9.9.9.9")));
        Assert.AreEqual(Reason.NoRoute, Why.Cause);
        Ok(_bench.Route("9.9.9.9/32", "10.0.0.2"));
        _bench.Poll();
        Assert.AreEqual(Reason.NoLsp, Why.OfLsp(Ip("9.9.9.9")));
        Assert.AreEqual(Reason.NoLabelsOnLink, Why.Cause);
        Ok(_bench.Control.SetInterfaceMpls(1, true));
        Assert.AreEqual(Reason.NoLsp, Why.OfLsp(Ip("9.9.9.9")));
        Assert.AreEqual(Reason.NoLabelFromNeighbor, Why.Cause);
        Assert.AreEqual(Ip("10.0.0.2"), Why.CauseAddress);
        Assert.AreEqual(Ip("9.9.9.9"), Why.Prefix);
        Ok(_bench.Control.AddOutputBinding(Ip("9.9.9.9"), 32, Ip("10.0.0.2"), 17));
        Assert.AreEqual(Reason.None, Why.OfLsp(Ip("9.9.9.9")));
    }

    [TestMethod]
    public void A_full_log_gives_up_its_oldest_and_counts_it()
    {
        Capacity capacity = Capacity.Small();
        capacity.LogEntries = 4;
        EventLog log = new(capacity);
        log.SetClock(uint.MaxValue - 500);
        for (int i = 1; i <= 6; i++)
        {
            log.SetClock((uint)(uint.MaxValue - 500 + 1000L * i));
            log.Add(LogEvent.LinkUp, i, 0, 0);
        }

        // The start and six links; the clock has wrapped meanwhile.
        Assert.AreEqual("7 logged, 3 overwritten", $"{log.Logged} logged, {log.Overwritten} overwritten");
        Assert.AreEqual("3@3 4@4 5@5 6@6", string.Join(' ', Enumerable.Range(0, log.Count).Select(i => $"{log.ArgumentOf(i, 0)}@{log.SecondsOf(i)}")));
        log.Clear();
        Assert.AreEqual(0, log.Count);
        log.Add(LogEvent.LinkDown, 9, 0, 0);
        Assert.AreEqual("9", string.Join(' ', Enumerable.Range(0, log.Count).Select(i => log.ArgumentOf(i, 0))));
    }

    [TestMethod]
    public void A_full_table_is_logged_once_a_minute_with_how_often_it_refused()
    {
        Capacity capacity = Capacity.Small();
        capacity.LabelBindings = 2;
        ControlBench bench = new(capacity);
        int before = (int)bench.Control.Log.Logged;
        for (int i = 0; i < 4; i++) bench.Control.AddInputBinding(0, Ip("9.9.9." + i), 32, 20 + i);
        for (int second = 0; second < 70; second++)
        {
            if (second == 30) bench.Control.AddInputBinding(0, Ip("9.9.9.8"), 32, 30);
            bench.Now += 1000;
            bench.Control.Poll(bench.Now, 100);
        }

        EventLog log = bench.Control.Log;
        int[] full = [.. Enumerable.Range(0, log.Count).Where(i => log.CodeOf(i) == LogEvent.PoolFull)];
        Assert.AreEqual($"{Pools.Bindings}:2 {Pools.Bindings}:3", string.Join(' ', full.Select(i => $"{log.ArgumentOf(i, 0)}:{log.ArgumentOf(i, 1)}")));
        Assert.IsGreaterThanOrEqualTo(59u, log.SecondsOf(full[1]) - log.SecondsOf(full[0]));
        Pools pools = bench.Control.Pools;
        Assert.AreEqual("2 of 2, most 2, refused 3", $"{pools.UsedOf(Pools.Bindings)} of {pools.SizeOf(Pools.Bindings)}, most {pools.MostOf(Pools.Bindings)}, refused {pools.RefusedOf(Pools.Bindings)}");
        Ok(bench.Control.RemoveInputBinding(0, Ip("9.9.9.0"), 32));
        bench.Poll();
        Assert.AreEqual("1, most 2", $"{pools.UsedOf(Pools.Bindings)}, most {pools.MostOf(Pools.Bindings)}");
    }

    [TestMethod]
    public void Every_reason_has_words_of_its_own()
    {
        string[] words = [.. Enumerable.Range(1, Reason.Count - 1).Select(Reason.Text)];
        CollectionAssert.AllItemsAreUnique(words);
        CollectionAssert.DoesNotContain(words, "unknown");
    }
}
