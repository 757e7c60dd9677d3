using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>Two stacks with real kernels on one wire: what one sends, the other receives.</summary>
[TestClass]
public class HostWithKernelTests
{
    private sealed class Node
    {
        public readonly RecordingPort Port;
        public readonly Tables Tables;
        public readonly HostStack Host;
        public readonly Frame[] Frames;
        private readonly PortableKernel _kernel = new();
        private readonly int _vrf;

        public Node(string station, string address, int vrf, byte seed)
        {
            Capacity capacity = Capacity.Small();
            Port = new RecordingPort(station);
            Tables = new Tables(capacity);
            Host = new HostStack(Tables, capacity, [.. Enumerable.Range(0, 32).Select(i => (byte)(i * seed))]);
            Frames = [.. Enumerable.Range(0, capacity.Frames).Select(_ => new Frame(capacity.Headroom, capacity.MaxFrameLength))];
            _vrf = vrf;
            Tables.Ports.Attach(0, Port);
            Tables.Ports.Record[PortTable.Untagged] = ForwardingHandle.Vrf | vrf;
            uint own = Packets.Address(address);
            Host.Interfaces.SetAddress(0, vrf, own, 24);
            Tables.Prefixes.Set(vrf, own & 0xFFFFFF00, 24, ForwardingHandle.Glean | 0);
            Tables.Prefixes.Set(vrf, own, 32, ForwardingHandle.Local);
        }

        public void Step(uint now)
        {
            int count = Port.ReceiveBurst(Frames, Frames.Length);
            for (int i = 0; i < count; i++) Frames[i].Port = 0;
            _kernel.Burst(Tables, Frames, 0, count, 0);
            Host.HandleExceptions(now);

            // What Control does with a resolved neighbour: a route of 32 bits.
            for (int n = Host.Neighbors.NextChanged(); n != NeighborTable.None; n = Host.Neighbors.NextChanged())
            {
                int path = Tables.Paths.Allocate(1);
                Tables.Paths.Set(path, 0, Host.Neighbors.IpTransport(n), false);
                Tables.Prefixes.Set(_vrf, Host.Neighbors.ChangedAddress, 32, ForwardingHandle.Path | path);
            }
            Host.Poll(now);
            Ledger ledger = Tables.Ledger;
            Assert.AreEqual(ledger.Received[0], ledger.Forwarded[0] + ledger.Punted[0] + ledger.DroppedOn(0));
        }
    }

    private readonly Node _a = new(HostBench.Station0, "10.0.0.1", 0, 3);
    private readonly Node _b = new(HostBench.Station1, "10.0.0.2", 3, 5);

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
    public void The_first_ping_resolves_and_is_answered()
    {
        _a.Host.Poll(0);
        _b.Host.Poll(0);
        Assert.IsTrue(_a.Host.Probe.StartEcho(0, Packets.Address("10.0.0.2"), 0, 1500, true, 255, 2000, 0));
        Run(0, 100);
        Assert.AreEqual(Probe.Replied, _a.Host.Probe.State);
        Assert.AreEqual(Packets.Address("10.0.0.2"), _a.Host.Probe.From);
        Assert.AreEqual(255, _a.Host.Probe.ReplyTtl);
        Assert.AreEqual(1, _a.Host.ArpSender.RequestsSent);
        Assert.AreEqual(1, _b.Host.ArpSender.RepliesSent);
    }

    [TestMethod]
    public void A_datagram_and_a_packet_without_a_route_come_back_as_errors()
    {
        _a.Host.Poll(0);
        _b.Host.Poll(0);
        Assert.IsTrue(_a.Host.Probe.StartUdp(0, Packets.Address("10.0.0.2"), 0, 33434, 1, 2000, 0));
        Run(0, 100);
        Assert.AreEqual((Probe.Unreachable, IcmpMessage.PortUnreachable), (_a.Host.Probe.State, _a.Host.Probe.Code));

        // By way of b, which knows no way on; then b runs out of TTL under a default route.
        _a.Tables.Prefixes.Set(0, 0, 0, _a.Tables.Prefixes.Lookup(0, Packets.Address("10.0.0.2")));
        Assert.IsTrue(_a.Host.Probe.StartEcho(0, Packets.Address("192.0.2.1"), 0, 100, false, 9, 2000, 200));
        Run(200, 100);
        Assert.AreEqual((Probe.Unreachable, IcmpMessage.NetUnreachable), (_a.Host.Probe.State, _a.Host.Probe.Code));
        _b.Tables.Prefixes.Set(3, 0, 0, _b.Tables.Prefixes.Lookup(3, Packets.Address("10.0.0.1")));
        Assert.IsTrue(_a.Host.Probe.StartEcho(0, Packets.Address("192.0.2.1"), 0, 100, false, 1, 2000, 400));
        Run(400, 100);
        Assert.AreEqual((Probe.TimeExceeded, Packets.Address("10.0.0.2")), (_a.Host.Probe.State, _a.Host.Probe.From));
    }

    [TestMethod]
    public void A_silent_neighbour_times_out()
    {
        _a.Host.Poll(0);
        _b.Port.Refuses = true;
        Assert.IsTrue(_a.Host.Probe.StartEcho(0, Packets.Address("10.0.0.2"), 0, 100, false, 9, 1500, 0));
        Run(0, 1500);
        Assert.AreEqual(Probe.TimedOut, _a.Host.Probe.State);
        Assert.AreEqual(2, _a.Host.ArpSender.RequestsSent);
    }
}
