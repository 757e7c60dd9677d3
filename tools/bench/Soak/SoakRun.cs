using System.Runtime.CompilerServices;
using System.Text;
using LabEdge.Forwarding;

namespace LabEdge.Bench.Soak;

/// <summary>What a soak found. Right when <see cref="Wrong"/> is empty.</summary>
public sealed record SoakOutcome(long Frames, long Forwarded, long Punted, long Dropped, long Refused, int Changes, int Layouts, long Allocated, string Passed, string Wrong);

/// <summary>
/// Frames from a seed through a router whose tables change: both ledgers exact, no frame crosses outside the policy matrix, no
/// payload is changed, nothing is allocated, the RAM bill stays what it was.
/// </summary>
public static class SoakRun
{
    /// <summary>One change of the tables in so many bursts.</summary>
    private const int BurstsPerChange = 4;

    /// <summary>The core's two ports take this many more turns: most services end there.</summary>
    private const int MoreOfTheCore = 8;

    /// <param name="plant">Spoils the tables of a router that has been set up, to see that the soak finds it.</param>
    public static SoakOutcome Run(BurstKernel kernel, long frames, ulong seed, Action<Tables> plant = null)
    {
        SoakNumbers numbers = new(seed);
        SoakRouter router = new(new SoakNumbers(seed ^ 0x5A5A));
        SoakTraffic traffic = new(numbers);
        Tables tables = router.Tables;
        plant?.Invoke(tables);
        int bill = Bill(tables);

        // Constants of the forwarder that .NET makes when they are first read, and what the first frames compile, are not the path's.
        foreach (Type type in typeof(Tables).Assembly.GetTypes()) RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        long[] fed = new long[SoakPolicy.Ports];
        Feed(kernel, router, traffic, numbers, 20_000, fed);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long fedNow = Feed(kernel, router, traffic, numbers, frames, fed);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        StringBuilder wrong = new();
        if (allocated != 0) wrong.AppendLine($"{allocated} octets allocated");
        if (Bill(tables) != bill) wrong.AppendLine($"RAM bill {bill}, after the run {Bill(tables)}");
        CheckLedgers(router, fed, wrong);
        foreach (SoakPort port in router.Ports) CheckPort(port, Array.IndexOf(router.Ports, port), wrong);
        return new SoakOutcome(fedNow, tables.Ledger.Forwarded.Sum(x => (long)x), tables.Ledger.Punted.Sum(x => (long)x), tables.Ledger.Dropped.Sum(x => (long)x),
            tables.Ledger.EgressDropped.Sum(x => (long)x), router.Changes.Sum(), router.Layouts, allocated, Matrix(router), wrong.ToString());
    }

    private static long Feed(BurstKernel kernel, SoakRouter router, SoakTraffic traffic, SoakNumbers numbers, long frames, long[] fed)
    {
        Tables tables = router.Tables;
        long done = 0;
        while (done < frames)
        {
            int port = numbers.Below(SoakPolicy.Ports + MoreOfTheCore);
            if (port >= SoakPolicy.Ports) port &= 1;
            int count = (int)Math.Min(1 + numbers.Below(router.Frames.Length), frames - done);
            for (int i = 0; i < count; i++) traffic.Fill(router.Frames[i], port);
            kernel.Burst(tables, router.Frames, 0, count, port);
            fed[port] += count;
            done += count;
            EndAsHost(tables);
            if (numbers.OneIn(BurstsPerChange)) router.Change();
            tables.Now += (uint)numbers.Below(3);
            tables.EndOfPoll();
        }

        return done;
    }

    // Frames that are left to Host end as it would end them.
    private static void EndAsHost(Tables tables)
    {
        for (int i = 0; i < tables.ExceptionCount; i++)
        {
            int mark = tables.Exceptions[i].Mark;
            if (mark is PuntClass.Local or PuntClass.LocalIpv6 or PuntClass.Arp or PuntClass.TtlExpired or PuntClass.TtlExpiredLabelled)
            {
                tables.Ledger.Punted[tables.Exceptions[i].Port]++;
                tables.Ledger.PuntedByClass[mark]++;
            }
        }

        tables.ExceptionCount = 0;
    }

    private static int Bill(Tables tables)
    {
        RamBill bill = new(64);
        tables.Bill(bill);
        return bill.Total();
    }

    private static void CheckLedgers(SoakRouter router, long[] fed, StringBuilder wrong)
    {
        Ledger ledger = router.Tables.Ledger;
        long causes = 0;
        long ends = 0;
        for (int p = 0; p < SoakPolicy.Ports; p++)
        {
            if (ledger.Received[p] != (int)fed[p]) wrong.AppendLine($"port {p}: fed {fed[p]}, received {ledger.Received[p]}");
            int ended = ledger.Forwarded[p] + ledger.Punted[p] + ledger.DroppedOn(p);
            if (ledger.Received[p] != ended) wrong.AppendLine($"ingress ledger of port {p}: received {ledger.Received[p]}, ended {ended}");
            int sent = router.Tables.SentOn(p) + ledger.EgressDropped[p];
            if (router.Ports[p].Offered != sent) wrong.AppendLine($"egress ledger of port {p}: offered {router.Ports[p].Offered}, counted {sent}");
            causes += ledger.Forwarded[p] + ledger.Copied[p] + ledger.Fragments[p] + ledger.Originated[p];
            ends += sent;
        }

        if (causes != ends) wrong.AppendLine($"egress ledger: {causes} transmissions have a cause, {ends} an end");
    }

    private static void CheckPort(SoakPort port, int index, StringBuilder wrong)
    {
        if (port.Crossings + port.Unmarked == 0) return;
        wrong.AppendLine($"port {index}: {port.Crossings} frames crossed outside the policy, {port.Unmarked} ended without a marker; the first: "
            + Convert.ToHexString(port.FirstWrong, 0, Math.Min(port.FirstWrongLength, port.FirstWrong.Length)));
    }

    private static string Matrix(SoakRouter router)
    {
        StringBuilder text = new();
        for (int from = 0; from < SoakPolicy.Customers; from++)
        {
            for (int to = 0; to < SoakPolicy.Customers; to++)
            {
                long count = router.Ports.Sum(p => p.Passed(from, to));
                if (count > 0) text.AppendLine($"{SoakPolicy.Name(from)} -> {SoakPolicy.Name(to)}: {count:N0}");
            }
        }

        return text.ToString();
    }
}
