using System.Diagnostics;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Tests.Kernels;

/// <summary>Both kernel forms over the same frames: what they send, note, count and leave untouched must be the same.</summary>
[TestClass]
public class KernelAgreementTests
{
    private const int Total = 10_000_000;
    private const int MostInBurst = 32;
    private const int Seed = 20261122;

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void Ten_million_frames_end_alike_in_both_forms_and_allocate_nothing()
    {
        FrameShapes shapes = new(Seed, 200);
        KernelUnderTest portable = new(new PortableKernel());
        KernelUnderTest net = new(new NetKernel());
        portable.Port[KernelUnderTest.OtherCore].RefusesEvery = net.Port[KernelUnderTest.OtherCore].RefusesEvery = 97;
        int[][] byPort = [.. Enumerable.Range(0, KernelUnderTest.Ports).Select(p => Enumerable.Range(0, 200).Where(i => shapes.Port[i] == p).ToArray())];
        ulong state = Seed;
        int collections = GC.CollectionCount(0);
        long allocated = 0;
        long sent = 0;
        long noted = 0;
        int done = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (done < Total)
        {
            int port = (int)(Next(ref state) % KernelUnderTest.Ports);
            int[] choice = byPort[port];
            int count = Math.Min(1 + (int)(Next(ref state) % MostInBurst), Total - done);
            for (int i = 0; i < count; i++)
            {
                byte[] octets = shapes.Octets[choice[(int)(Next(ref state) % (uint)choice.Length)]];
                KernelUnderTest.Fill(portable.Frames[i], octets);
                if ((Next(ref state) & 15) == 0 && octets.Length > 0) Spoil(portable.Frames[i], Next(ref state));
                KernelUnderTest.Fill(net.Frames[i], portable.Frames[i].Octets.AsSpan(portable.Frames[i].Start, portable.Frames[i].Length));
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            int forwarded = portable.Kernel.Burst(portable.Tables, portable.Frames, 0, count, port);
            int forwardedByNet = net.Kernel.Burst(net.Tables, net.Frames, 0, count, port);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            if (forwarded != forwardedByNet || !SameFrames(portable, net, count) || !SameNotes(portable, net)
                || !portable.Log.Octets.SequenceEqual(net.Log.Octets)
                || !portable.Tables.Ledger.Dropped.AsSpan().SequenceEqual(net.Tables.Ledger.Dropped))
            {
                Assert.Fail($"seed {Seed}: the forms differ in the burst of {count} from frame {done} on, port {port}");
            }

            sent += portable.Log.Count;
            noted += portable.Tables.ExceptionCount;
            End(portable, port);
            End(net, port);
            done += count;
        }

        watch.Stop();
        TestContext.WriteLine($"seed {Seed}: {done:N0} frames, {sent:N0} sent, {noted:N0} noted for Host, {allocated} octets allocated, {watch.Elapsed.TotalSeconds:F1} s");

        // A collection counts what was left of this thread's allocation buffer (AllocationMeter).
        Assert.IsLessThanOrEqualTo(8192L * (GC.CollectionCount(0) - collections), allocated);
        AssertSameTables(portable, net);
        portable.AssertLedgersAddUp();
        net.AssertLedgersAddUp();
        Assert.IsGreaterThan(Total / 4, sent);
        Assert.IsGreaterThan(Total / 20, noted);
    }

    // splitmix64: quick, and the same sequence everywhere.
    private static uint Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)(z >> 32);
    }

    // One octet of the first 64 becomes another, or the frame is cut.
    private static void Spoil(Frame frame, uint chance)
    {
        if ((chance & 3) == 0)
        {
            frame.Length = (int)((chance >> 2) % (uint)frame.Length);
            return;
        }

        frame.Octets[frame.Start + (int)((chance >> 2) % (uint)Math.Min(64, frame.Length))] = (byte)(chance >> 24);
    }

    private static bool SameFrames(KernelUnderTest a, KernelUnderTest b, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Frame f = a.Frames[i];
            Frame g = b.Frames[i];
            if (f.Start != g.Start || f.Length != g.Length) return false;
            if (!f.Octets.AsSpan(f.Start, f.Length).SequenceEqual(g.Octets.AsSpan(g.Start, g.Length))) return false;
        }

        return true;
    }

    // The same frames, in the same order, with the same notes.
    private static bool SameNotes(KernelUnderTest a, KernelUnderTest b)
    {
        if (a.Tables.ExceptionCount != b.Tables.ExceptionCount) return false;
        int at = -1;
        for (int k = 0; k < a.Tables.ExceptionCount; k++)
        {
            Frame f = a.Tables.Exceptions[k];
            Frame g = b.Tables.Exceptions[k];
            do at++; while (at < a.Frames.Length && !ReferenceEquals(a.Frames[at], f));
            if (at == a.Frames.Length || !ReferenceEquals(b.Frames[at], g)) return false;
            if (f.Mark != g.Mark || f.Offset != g.Offset || f.Context != g.Context || f.Port != g.Port || f.Value != g.Value) return false;
        }

        return true;
    }

    // Ends the burst as Host would.
    private static void End(KernelUnderTest test, int port)
    {
        for (int k = 0; k < test.Tables.ExceptionCount; k++)
        {
            int mark = test.Tables.Exceptions[k].Mark;
            if (mark is not (PuntClass.Local or PuntClass.LocalIpv6 or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled)) continue;
            test.Tables.Ledger.Punted[port]++;
            test.Tables.Ledger.PuntedByClass[mark]++;
        }

        test.Tables.ExceptionCount = 0;
        test.Log.Clear();
    }

    private static void AssertSameTables(KernelUnderTest a, KernelUnderTest b)
    {
        CollectionAssert.AreEqual(a.Tables.Ledger.Received, b.Tables.Ledger.Received);
        CollectionAssert.AreEqual(a.Tables.Ledger.Forwarded, b.Tables.Ledger.Forwarded);
        CollectionAssert.AreEqual(a.Tables.Ledger.Dropped, b.Tables.Ledger.Dropped);
        CollectionAssert.AreEqual(a.Tables.Ledger.EgressDropped, b.Tables.Ledger.EgressDropped);
        CollectionAssert.AreEqual(a.Tables.Ledger.PuntedByClass, b.Tables.Ledger.PuntedByClass);
        CollectionAssert.AreEqual(a.Tables.Transports.Record, b.Tables.Transports.Record);
        CollectionAssert.AreEqual(a.Tables.Pseudowires.Record, b.Tables.Pseudowires.Record);
        CollectionAssert.AreEqual(a.Tables.Paths.Record, b.Tables.Paths.Record);
        CollectionAssert.AreEqual(a.Tables.Prefixes.Handle, b.Tables.Prefixes.Handle);
    }
}
