using System.Collections;
using System.Reflection;
using LabEdge.Forwarding;
using LabEdge.Hal;
using LabEdge.Host;

namespace LabEdge.Tests.Host;

/// <summary>The stack under everything at once: nothing is allocated, nothing throws, and the ledgers add up.</summary>
[TestClass]
public class HostLoadTests
{
    // Packets of every class that are right, each with its class, port, VRF, offset and value.
    private static List<(int Mark, int Port, int Vrf, int Offset, int Value, byte[] Frame)> Samples()
    {
        List<(int, int, int, int, int, byte[])> samples = [];
        void Ip(int mark, int port, int vrf, byte[] packet, int value = 0) =>
            samples.Add((mark, port, vrf, 14, value, Packets.Ethernet(HostBench.StationOf(port), HostBench.Neighbor, 0x0800, packet)));
        void Arp(int port, int vrf, byte[] arp) => samples.Add((PuntClass.Arp, port, vrf, 14, 0, Packets.Ethernet(HostBench.All, HostBench.Neighbor, 0x0806, arp)));
        void Labelled(int port, int vrf, byte[] stack, byte[] packet) =>
            samples.Add((PuntClass.TtlExpiredLabelled, port, vrf, 14, 0, Packets.Ethernet(HostBench.StationOf(port), HostBench.Neighbor, 0x8847, Packets.Join(stack, packet))));
        byte[] datagram = Packets.Ip("10.0.0.9", "192.0.2.7", 17, Packets.Udp(4000, 33434, 100), 1, flags: 0x4000);
        for (int vrf = 0; vrf < 2; vrf++)
        {
            Ip(PuntClass.Local, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.EchoMessage(8, 1, 2, 1400)));
            Ip(PuntClass.Local, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.EchoMessage(0, 1, 2, 10)));
            Ip(PuntClass.Local, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.1", 17, Packets.Udp(4000, 5000, 10)));
            Ip(PuntClass.Local, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.1", 1, Packets.ErrorWithLabels(11, 0, datagram, Packets.Label(20, 0, true, 1))));
            Ip(PuntClass.Local, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.1", 6, new byte[20]));
            Ip(PuntClass.TtlExpired, vrf, vrf, datagram);
            Ip(PuntClass.NoRoute, vrf, vrf, datagram);
            Ip(PuntClass.MtuExceeded, vrf, vrf, datagram, 1400);
            Ip(PuntClass.Resolve, vrf, vrf, Packets.Ip("10.0.0.9", "10.0.0.77", 17, Packets.Udp(4000, 33434, 100), 9), vrf);
            Arp(vrf, vrf, Packets.Arp(1, HostBench.Neighbor, "10.0.0.9", HostBench.Zero, "10.0.0.1"));
            Arp(vrf, vrf, Packets.Arp(2, HostBench.Neighbor, "10.0.0.9", HostBench.Station0, "10.0.0.1"));
            Arp(vrf, vrf, Packets.Arp(1, HostBench.Neighbor, "10.0.0.33", HostBench.Zero, "10.0.0.1"));
            Labelled(2, vrf, Packets.Label(20, 0, true, 1), datagram);
            Labelled(2, vrf, Packets.Join(Packets.Label(20, 0, false, 1), Packets.Label(21, 0, true, 1)), datagram);

            void Ip6(int mark, byte[] packet, int value = 0) =>
                samples.Add((mark, vrf, vrf, 14, value, Packets.Ethernet(HostBench.StationOf(vrf), HostBench.Neighbor, 0x86DD, packet)));
            byte[] far = Packets6.Udp(Ipv6Bench.Host9, "2001:db8:9::9", 4000, 33434, 100);
            Ip6(PuntClass.LocalIpv6, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 128, 1, 2, 1000));
            Ip6(PuntClass.LocalIpv6, Packets6.Echo(Ipv6Bench.Host9, Ipv6Bench.Own, 129, 1, 2, 10));
            Ip6(PuntClass.LocalIpv6, Packets6.Udp(Ipv6Bench.Host9, Ipv6Bench.Own, 4000, 5000, 10));
            Ip6(PuntClass.LocalIpv6, Packets6.Icmp(Ipv6Bench.Host9, Ipv6Bench.Own, 3, 0, Packets.Join("00000000", far)));
            Ip6(PuntClass.LocalIpv6, Packets6.Ip(Ipv6Bench.Host9, Ipv6Bench.Own, 60, Packets.Join("3A00 8004 00000000", new byte[8])));
            Ip6(PuntClass.LocalIpv6, Packets6.Solicitation(Ipv6Bench.Host9, Packets6.GroupOf(Ipv6Bench.Own), Ipv6Bench.Own, HostBench.Neighbor));
            Ip6(PuntClass.LocalIpv6, Packets6.Advertisement(Ipv6Bench.Host9, Ipv6Bench.Own, Ipv6Bench.Host9, 0x60, HostBench.Neighbor));
            Ip6(PuntClass.TtlExpired, far);
            Ip6(PuntClass.NoRoute, far);
            Ip6(PuntClass.MtuExceeded, far, 1400);
            Ip6(PuntClass.Resolve, Packets6.Udp(Ipv6Bench.Host9, "2001:db8:1::77", 4000, 33434, 100), vrf);
            Labelled(2, vrf, Packets.Label(20, 0, true, 1), far);
            Labelled(2, vrf, Packets.Join(Packets.Label(20, 0, false, 1), Packets.Label(21, 0, true, 1)), far);
        }
        return samples;
    }

    private static HostBench Bench(SendLog log)
    {
        Ipv6Bench ipv6 = new(neighbors: 8);
        ipv6.Resolve(0, 0, Ipv6Bench.Host9, HostBench.Neighbor);
        ipv6.Resolve(1, 1, Ipv6Bench.Host9, HostBench.Neighbor2);
        HostBench bench = ipv6.Bench;
        int n = bench.Resolve(0, 0, "10.0.0.9", HostBench.Neighbor);
        bench.Resolve(1, 1, "10.0.0.9", HostBench.Neighbor2);
        int path = bench.Tables.Paths.Allocate(1);
        bench.Tables.Paths.Set(path, 24007 << 12 | 0x1FF, bench.Host.Neighbors.MplsTransport(n), false);
        bench.Tables.Labels.Set(20, ForwardingHandle.Path | path, ForwardingHandle.ScopeCore);
        foreach (RecordingPort port in bench.Ports)
        {
            port.Log = log;
        }
        log.Clear();
        bench.Tables.Ledger.Clear();
        for (int i = 0; i < bench.Capacity.Transports; i++) bench.Tables.Transports.Record[i * TransportTable.Stride + TransportTable.Frames] = 0;
        return bench;
    }

    // Exceptions of one burst, made by hand because the bench's Note copies an array.
    private static void Burst(HostBench bench, Frame[] frames, int count)
    {
        for (int i = 0; i < count; i++) bench.Tables.Exceptions[i] = frames[i];
        bench.Tables.ExceptionCount = count;
        bench.Host.HandleExceptions(bench.Now);
    }

    private static void Fill(Frame f, (int Mark, int Port, int Vrf, int Offset, int Value, byte[] Frame) sample)
    {
        Array.Copy(sample.Frame, 0, f.Octets, f.Headroom, sample.Frame.Length);
        f.Start = f.Headroom;
        f.Length = sample.Frame.Length;
        f.Mark = sample.Mark;
        f.Port = sample.Port;
        f.Context = sample.Vrf;
        f.Offset = f.Headroom + sample.Offset;
        f.Value = sample.Value;
    }

    [TestMethod]
    public void A_hundred_thousand_mixed_exceptions_allocate_nothing()
    {
        SendLog log = new(1 << 20);
        HostBench bench = Bench(log);
        var samples = Samples();
        int sent = 0;
        Frame[] frames = [.. samples.Take(bench.Capacity.Frames).Select(_ => new Frame(bench.Capacity.Headroom, bench.Capacity.MaxFrameLength))];
        int next = 0;
        long allocated = 0;

        // The first pass is the same and not measured: the runtime allocates when it compiles a method that is reached for the first time.
        for (int pass = 0; pass < 2; pass++)
        {
            AllocationMeter meter = new();
            for (int handled = 0; handled < 100_000; handled += frames.Length)
            {
                for (int i = 0; i < frames.Length; i++)
                {
                    Fill(frames[i], samples[next]);
                    next = (next + 1) % samples.Count;
                }
                bench.Now += 11;
                Burst(bench, frames, frames.Length);
                bench.Host.Poll(bench.Now);
                bench.Host.Probe.StartEcho(0, 0x0A000009, 0, 100, false, 64, 30, bench.Now);
                bench.Host.Neighbors.NextChanged();
                bench.Host.Neighbors6.NextChanged();
                sent += log.Count;
                log.Clear();
            }
            allocated = meter.Octets;
        }
        Assert.AreEqual(0, allocated);
        Assert.IsTrue(sent > 10_000);
    }

    [TestMethod]
    public void Two_hundred_thousand_damaged_frames_throw_nothing_and_the_ledgers_add_up()
    {
        const int Seed = 20261122;
        Random random = new(Seed);
        SendLog log = new(1 << 20);
        HostBench bench = Bench(log);
        var samples = Samples();
        int taken = 0;
        Frame[] frames = [.. Enumerable.Range(0, bench.Capacity.Frames).Select(_ => new Frame(bench.Capacity.Headroom, bench.Capacity.MaxFrameLength))];
        int[] toEnd = new int[bench.Capacity.Ports];
        for (int done = 0; done < 200_000; done += frames.Length)
        {
            foreach (Frame f in frames)
            {
                var sample = samples[random.Next(samples.Count)];
                random.NextBytes(f.Octets.AsSpan(f.Headroom, 64));
                Fill(f, sample);
                for (int n = random.Next(4); n > 0; n--) f.Octets[f.Headroom + random.Next(sample.Frame.Length)] = (byte)random.Next(256);
                if (random.Next(3) == 0) f.Length = 14 + random.Next(sample.Frame.Length - 13);
                if (random.Next(20) == 0) f.Mark = random.Next(PuntClass.Count);
                if (random.Next(4) == 0) RepairHeader(f);
                if (f.Mark is (>= PuntClass.Local and <= PuntClass.TtlExpiredLabelled) or PuntClass.LocalIpv6) toEnd[f.Port]++;
            }
            bench.Now += (uint)random.Next(6);
            Burst(bench, frames, frames.Length);
            if (random.Next(8) == 0) bench.Host.Poll(bench.Now);
            if (random.Next(100) == 0) bench.Ports[random.Next(2)].Refuses ^= true;
            if (random.Next(1000) == 0) bench.Host.PortDown(random.Next(3), bench.Now);
            if (random.Next(300) == 0) bench.Host.PortUp(random.Next(3), bench.Now);
            bench.Host.Neighbors.NextChanged();
            bench.Host.Neighbors6.NextChanged();
            taken += log.Count;
            log.Clear();
            for (int port = 0; port < 3; port++)
            {
                Ledger ledger = bench.Tables.Ledger;
                Assert.AreEqual(toEnd[port], ledger.Punted[port] + ledger.DroppedOn(port), $"port {port}, seed {Seed}, frame {done}");
            }
        }
        int sent = 0;
        for (int i = 0; i < bench.Capacity.Transports; i++) sent += bench.Tables.Transports.Record[i * TransportTable.Stride + TransportTable.Frames];
        for (int port = 0; port < 3; port++) sent += bench.Tables.Ledger.DirectSent[port];
        Assert.AreEqual(bench.Tables.Ledger.Originated.Sum(), sent + bench.Tables.Ledger.EgressDropped.Sum());
        Assert.AreEqual(taken, sent);
        Assert.AreEqual(bench.Tables.Ledger.Punted.Sum(), bench.Tables.Ledger.PuntedByClass.Sum());
        Assert.IsTrue(sent > 5_000, "the fuzz reached the senders: " + sent);
    }

    // Gives the header its right checksum again, so that damage further in is reached.
    private static void RepairHeader(Frame f)
    {
        int at = f.Offset;
        if (f.Mark == PuntClass.TtlExpiredLabelled) at += (f.Octets[at + 2] & 1) != 0 ? 4 : 8;
        byte[] header = f.Octets[at..(at + 20)];
        header[10] = header[11] = 0;
        Packets.Two(Packets.Checksum(header)).CopyTo(f.Octets, at + 10);
    }

    [TestMethod]
    public void The_RAM_bill_is_what_a_walk_over_the_objects_finds()
    {
        HostBench bench = Bench(new SendLog(1 << 20));
        RamBill before = new(20);
        bench.Tables.Bill(before);
        RamBill bill = new(40);
        bench.Tables.Bill(bill);
        bench.Host.Bill(bill);
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Walk(bench.Tables, seen);
        Walk(bench.Capacity, seen);
        foreach (RecordingPort port in bench.Ports) seen.Add(port);
        int walked = Walk(bench.Host, seen);
        int billed = bill.Total() - before.Total();
        Assert.AreEqual(walked, billed, walked * 0.02, $"walked {walked}, billed {billed}");
    }

    private static int Walk(object o, HashSet<object> seen)
    {
        if (o == null || o is Type or RecordingPort || !seen.Add(o)) return 0;
        if (o is string text) return (24 + text.Length + 11) / 12 * 12;
        if (o is Array array)
        {
            Type element = array.GetType().GetElementType();
            if (element.IsPrimitive) return (20 + Buffer.ByteLength(array) + 11) / 12 * 12;
            return 24 + 12 * array.Length + ((IEnumerable)array).Cast<object>().Sum(each => Walk(each, seen));
        }
        int octets = 12;
        for (Type type = o.GetType(); type != null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                octets += 12;
                if (!field.FieldType.IsPrimitive) octets += Walk(field.GetValue(o), seen);
            }
        }
        return octets;
    }
}
