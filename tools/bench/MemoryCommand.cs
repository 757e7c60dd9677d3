using System.CommandLine;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary><c>memory</c>: the data plane's RAM by the block model of the boards, and octets on this PC.</summary>
public static class MemoryCommand
{
    private const int TinyBudget = 32 * 1024;
    private const int ManyVrfs = 1000;
    private const int RoutesEach = 100;

    public static Command Make()
    {
        BenchOptions options = new();
        Command command = new("memory", "RAM of the data plane per capacity profile, by the block model and on this PC; 1,000 VRFs of 100 routes.");
        options.AddTo(command);
        command.SetAction(result =>
        {
            options.Read(result);
            Report report = new("memory", "Memory of the data plane");
            report.Add(Profiles());
            report.Add(Budgets());
            report.Print(options);
            return 0;
        });
        return command;
    }

    /// <summary>One row per table and profile.</summary>
    public static Table Profiles()
    {
        Table table = new("Octets by the block model (12-octet blocks) and on this PC", "table", "Tiny", "Small", "Board", "Pc");
        Capacity[] profiles = [Capacity.Tiny(), Capacity.Small(), Capacity.Board(), Capacity.Pc()];
        RamBill[] bills = [.. profiles.Select(Bill)];
        foreach (string name in Names(bills[^1])) table.Add([name, .. bills.Select(bill => (object)OctetsOf(bill, name))]);
        table.Add(["sum", .. bills.Select(bill => (object)bill.Total())]);
        table.Add(["on this PC", .. profiles.Select(profile => (object)OnThisPc(() => new MadeRouterTables(profile)))]);
        return table;
    }

    // The largest profile has every row that another has.
    private static IEnumerable<string> Names(RamBill bill) => Enumerable.Range(0, bill.Rows).Select(bill.NameOf);

    private static int OctetsOf(RamBill bill, string name) => Enumerable.Range(0, bill.Rows).Where(row => bill.NameOf(row) == name).Sum(bill.OctetsOf);

    private static Table Budgets()
    {
        Table table = new("Budgets", "what", "octets", "budget", "verdict");
        int tiny = Bill(Capacity.Tiny()).Total();
        table.Add("Capacity.Tiny: tables, frames, VRF store", tiny, TinyBudget, tiny <= TinyBudget ? "met" : "missed");

        Capacity many = Capacity.Pc();
        many.Vrfs = ManyVrfs + 1;
        many.Prefixes = ManyVrfs * RoutesEach + ManyVrfs;
        long octets = OnThisPc(() => new PrefixTable(many));
        PrefixTable prefixes = new(many);
        SeededSequence random = new(1);
        int refused = 0;
        long before = CpuClock.ThreadNs();
        for (int vrf = 1; vrf <= ManyVrfs; vrf++)
        {
            RandomRoutes routes = new(random, RoutesEach);
            for (int i = 0; i < RoutesEach; i++) refused += prefixes.Set(vrf, routes.Prefix[i], routes.Bits[i], ForwardingHandle.Path | 1) ? 0 : 1;
        }
        double microseconds = (CpuClock.ThreadNs() - before) / 1e3 / (ManyVrfs * RoutesEach);
        table.Add($"{ManyVrfs:#,0} VRFs of {RoutesEach} routes: the whole prefix table", octets, null, refused == 0 ? "none refused" : $"{refused} refused");
        table.Add("the same, octets per route", (double)octets / (ManyVrfs * RoutesEach), null, null);
        table.Add("the same, CPU time per insert in µs", microseconds, null, null);
        return table;
    }

    private static RamBill Bill(Capacity capacity)
    {
        RamBill bill = new(64);
        new MadeRouterTables(capacity).Bill(bill);
        return bill;
    }

    // Octets that this process keeps more, after a collection.
    private static long OnThisPc(Func<object> make)
    {
        make();
        long before = GC.GetTotalMemory(true);
        object made = make();
        long after = GC.GetTotalMemory(true);
        GC.KeepAlive(made);
        return after - before;
    }

    // Tables and frame pool as a router of that capacity makes them.
    private sealed class MadeRouterTables
    {
        private readonly Tables _tables;
        private readonly Hal.Frame[] _frames;

        public MadeRouterTables(Capacity capacity)
        {
            _tables = new Tables(capacity);
            _frames = [.. Enumerable.Range(0, capacity.Frames).Select(_ => new Hal.Frame(capacity.Headroom, capacity.MaxFrameLength))];
        }

        public void Bill(RamBill bill)
        {
            _tables.Bill(bill);
            bill.Row("frames");
            bill.References(_frames.Length);
            foreach (Hal.Frame frame in _frames)
            {
                bill.Object(typeof(Hal.Frame).GetFields().Count(field => !field.IsStatic));
                bill.Array(frame.Octets.Length);
            }
        }
    }
}
