using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>Two stacks on one wire, IPv6 only: what one sends, the other receives. The frames of one come to the other as the general path notes them.</summary>
[TestClass]
public class Ipv6WithKernelTests
{
    private sealed class Node
    {
        public readonly RecordingPort Port;
        public readonly Tables Tables;
        public readonly HostStack Host;
        public readonly byte[] Link = new byte[16];
        private readonly Frame[] _frames;
        private readonly PortableKernel _kernel = new();
        private readonly int _vrf;

        public Node(string station, string address, int vrf, byte seed)
        {
            Capacity capacity = Capacity.Small();
            Port = new RecordingPort(station);
            Tables = new Tables(capacity);
            Host = new HostStack(Tables, capacity, [.. Enumerable.Range(0, 32).Select(i => (byte)(i * seed))]);
            _frames = [.. Enumerable.Range(0, capacity.Frames).Select(_ => new Frame(capacity.Headroom, capacity.MaxFrameLength))];
            _vrf = vrf;
            Tables.Ports.Attach(0, Port);
            Tables.Ports.Record[PortTable.Untagged] = ForwardingHandle.Vrf | vrf;
            Host.Interfaces.Vrf[0] = vrf;
            Host.Interfaces.Usable[0] = true;
            byte[] own = Packets6.Address(address);
            byte[] prefix = [.. own[..8], .. new byte[8]];
            Host.Ipv6.Enable(0);
            Host.Ipv6.Add(0, own, 0, 64);
            Host.Ipv6.Address.AsSpan(0, 16).CopyTo(Link);
            Tables.Prefixes.Set6(vrf, prefix, 0, 64, ForwardingHandle.Glean | 0);
            Tables.Prefixes.Set6(vrf, own, 0, 128, ForwardingHandle.Local);
            Host.PortUp(0, 0);
        }

        public void Step(uint now)
        {
            int count = Port.ReceiveBurst(_frames, _frames.Length);
            _kernel.Burst(Tables, _frames, 0, count, 0);
            Host.HandleExceptions(now);

            // What Control does with a resolved neighbour: a route of 128 bits.
            for (int n = Host.Neighbors6.NextChanged(); n != NeighborSlots.None; n = Host.Neighbors6.NextChanged())
            {
                if (Ipv6Header.IsLinkLocal(Host.Neighbors6.ChangedAddress, 0)) continue;
                int path = Tables.Paths.Allocate(1);
                Tables.Paths.Set(path, 0, Host.Neighbors6.IpTransport(n), false);
                Tables.Prefixes.Set6(_vrf, Host.Neighbors6.ChangedAddress, 0, 128, ForwardingHandle.Path | path);
            }
            Host.Poll(now);
            Ledger ledger = Tables.Ledger;
            Assert.AreEqual(ledger.Received[0], ledger.Forwarded[0] + ledger.Punted[0] + ledger.DroppedOn(0));
        }
    }

    private readonly Node _a = new(HostBench.Station0, "2001:db8::1", 0, 3);
    private readonly Node _b = new(HostBench.Station1, "2001:db8::2", 3, 5);

    private void Run(uint from, uint ms)
    {
        for (uint now = from; now <= from + ms; now++)
        {
            _a.Step(now);
            _b.Step(now);
            Move(_a.Port, _b.Port);
            Move(_b.Port, _a.Port);
        }
    }

    private static void Move(RecordingPort from, RecordingPort to)
    {
        from.Sent.ForEach(to.Queue);
        from.Sent.Clear();
    }

    [TestMethod]
    public void A_ping_begun_during_the_address_test_is_answered_after_it()
    {
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, -1, Packets6.Address("2001:db8::2"), 0, null, 0, 1500, 64, 3000, 0));
        Assert.AreEqual(Probe.Waiting, _a.Host.Probe.State);
        Run(0, 1200);
        Assert.AreEqual(Probe.Replied, _a.Host.Probe.State);
        Assert.AreEqual("2001:db8::2", new System.Net.IPAddress(_a.Host.Probe.FromIpv6).ToString());
        Assert.AreEqual(64, _a.Host.Probe.ReplyTtl);
        Assert.IsTrue(_a.Host.Probe.IsIpv6);
    }

    [TestMethod]
    public void Link_local_addresses_answer_on_their_link()
    {
        Run(0, 1100);
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, 0, _b.Link, 0, null, 0, 100, 64, 3000, 1100));
        Run(1100, 200);
        Assert.AreEqual(Probe.Replied, _a.Host.Probe.State);
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, -1, _b.Link, 0, null, 0, 100, 64, 3000, 1300));
        Assert.AreEqual(Probe.NoRoute, _a.Host.Probe.State);
    }

    [TestMethod]
    public void Errors_come_back_to_the_probe_that_they_are_about()
    {
        Run(0, 1100);
        byte[] b = Packets6.Address("2001:db8::2");
        Assert.IsTrue(_a.Host.Probe.StartUdpIpv6(0, -1, b, 0, null, 0, 33434, 1, 2000, 1100));
        Run(1100, 200);
        Assert.AreEqual((Probe.Unreachable, Icmpv6Message.PortUnreachable), (_a.Host.Probe.State, _a.Host.Probe.Code));

        // By way of b, which knows no way on; then b runs out of hops under a default route.
        byte[] far = Packets6.Address("2001:db8:9::1");
        byte[] zero = new byte[16];
        _a.Tables.Prefixes.Set6(0, zero, 0, 0, _a.Tables.Prefixes.Lookup6(0, b, 0));
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, -1, far, 0, null, 0, 100, 9, 2000, 1300));
        Run(1300, 100);
        Assert.AreEqual((Probe.Unreachable, Icmpv6Message.NoRoute), (_a.Host.Probe.State, _a.Host.Probe.Code));
        _b.Tables.Prefixes.Set6(3, zero, 0, 0, _b.Tables.Prefixes.Lookup6(3, Packets6.Address("2001:db8::1"), 0));
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, -1, far, 0, null, 0, 100, 1, 2000, 1500));
        Run(1500, 100);
        Assert.AreEqual((Probe.TimeExceeded, "2001:db8::2"), (_a.Host.Probe.State, new System.Net.IPAddress(_a.Host.Probe.FromIpv6).ToString()));
    }

    [TestMethod]
    public void A_silent_neighbour_times_out_and_a_foreign_answer_counts_for_nothing()
    {
        Run(0, 1100);
        _b.Port.Refuses = true;
        Assert.IsTrue(_a.Host.Probe.StartEchoIpv6(0, -1, Packets6.Address("2001:db8::7"), 0, null, 0, 100, 64, 1500, 1100));
        Run(1100, 1500);
        Assert.AreEqual(Probe.TimedOut, _a.Host.Probe.State);
        Assert.IsFalse(_a.Host.Probe.StartEchoIpv6(0, -1, Packets6.Address("2001:db8::7"), 0, null, 0, 47, 64, 1500, 2600), "shorter than its headers");
    }
}
