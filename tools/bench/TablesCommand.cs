using System.CommandLine;

namespace LabEdge.Bench;

/// <summary><c>tables</c>: exact match of labels and MAC addresses, against DPDK's rte_hash.</summary>
public static class TablesCommand
{
    private const string Reference = "rte_hash bulk";
    private const double Budget = 3;

    public static Command Make()
    {
        BenchOptions options = new();
        Command command = new("tables", "Exact match in bursts of 64, label hash and MAC table, against DPDK.");
        options.AddTo(command);
        command.SetAction(result =>
        {
            options.Read(result);
            Report report = new("tables", "Exact match, CPU time per key in bursts of 64");
            List<RaceResult> races = [];
            foreach (bool labels in new[] { true, false })
            {
                foreach (int entries in new[] { 1024, 16384, 65536, 1 << 20 }) races.Add(Run(labels, entries, options));
            }
            Table table = Race.ToTable("Look-ups", races);
            table.Notes.Add("2^20 keys, each a random one of the table, which is as full as it gets. ratio: time of rte_hash (CRC, key and data) / own time, median over rounds, with its 95 % interval.");
            table.Notes.Add("Where a row misses, by reading the code and not by counters: a window of four rows often lies on two cache lines, and MAC keys are hashed one by one.");
            report.Add(table);
            report.Print(options);
            return 0;
        });
        return command;
    }

    public static RaceResult Run(bool labels, int entries, BenchOptions options)
    {
        using ExactCase one = new(labels, entries, 48);
        Race race = new($"{entries:N0} {(labels ? "labels" : "MAC addresses")}", "ns/key") { Reference = Reference, Budget = Budget, Judged = "LabEdge" };
        race.Add(one.Ours("LabEdge"));
        DpdkLibrary library = DpdkLibrary.Load(out string absent);
        Action free = null;
        race.Add(library == null ? new Contestant(Reference, absent) : one.Dpdk(Reference, library, out free));
        RaceResult result = race.Run(options);
        free?.Invoke();
        return result;
    }
}
