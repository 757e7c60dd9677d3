using System.CommandLine;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary><c>lpm</c>: longest prefix match in each layout, against DPDK's rte_lpm and rte_fib.</summary>
public static class LpmCommand
{
    private const string LpmBulk = "rte_lpm bulk", LpmX4 = "rte_lpm x4", FibScalar = "rte_fib scalar", FibVector = "rte_fib AVX-512";
    private const int Kilo = 1024;

    // Layout, routes, as the Internet's, the reference, the least ratio, the most octets in all (DESIGN section 6).
    private static readonly (PrefixLayout Layout, int Routes, bool Internet, bool Fib, double Budget, long Most)[] s_cases =
    [
        (PrefixLayout.Small, 1_000, false, false, 0.5, 64 * Kilo),
        (PrefixLayout.Large, 1_000, false, false, 1.0, 4 * Kilo * Kilo),
        (PrefixLayout.Medium, 100_000, false, true, 0.5, 64 * 100_000),
        (PrefixLayout.Large, 100_000, false, true, 1.3, 64L * Kilo * Kilo),
        (PrefixLayout.Medium, 950_000, true, true, 0.5, 64 * 950_000),
        (PrefixLayout.Large, 950_000, true, true, 1.0, 64L * Kilo * Kilo),
    ];

    public static Command Make()
    {
        BenchOptions options = new();
        Option<int> most = new("--routes") { Description = "Leave out tables of more routes.", HelpName = "N", DefaultValueFactory = _ => int.MaxValue };
        Command command = new("lpm", "IPv4 longest prefix match in bursts of 64, in each layout, against DPDK.");
        options.AddTo(command);
        command.Options.Add(most);
        command.SetAction(result =>
        {
            options.Read(result);
            Report report = new("lpm", "Longest prefix match, CPU time per address in bursts of 64");
            List<RaceResult> races = [];
            Table memory = new("Memory", "case", "octets", "octets per route", "budget", "verdict");
            for (int i = 0; i < s_cases.Length; i++)
            {
                if (s_cases[i].Routes <= result.GetValue(most)) races.Add(Run(i, options, memory));
            }
            Table table = Race.ToTable("Look-ups", races);
            table.Notes.Add("2^20 addresses, each random within a random route; handles or next hops of all of them hashed. 1,000 and 100,000 routes lie evenly over the address space, 15 % of them longer than /24; 950,000 have the lengths and clusters of the Internet's table.");
            table.Notes.Add("ratio: time of the fastest form of DPDK's / own time, median over rounds, with its 95 % interval. DPDK runs without huge pages, as we do.");
            table.Notes.Add("Where a row misses, by counting reads and not by counters (this machine has none): a directory of 20 bits and chunks of 16 take two dependent reads for a /24, dir24_8 one; the tree of the layout medium takes three to five. "
                + "A great directory with compressed runs was tried: 1.25 at 100,000 routes and 0.36 at 950,000, so it is not here.");
            report.Add(table);
            report.Add(memory);
            report.Print(options);
            return 0;
        });
        return command;
    }

    public static RaceResult Run(int which, BenchOptions options, Table memory)
    {
        (PrefixLayout layout, int routes, bool internet, bool fib, double budget, long most) = s_cases[which];
        using PrefixCase one = new(routes, internet, 20261123);
        PrefixTable ours = one.Make(layout);
        string title = $"{routes:N0} routes, {layout.ToString().ToLowerInvariant()}";
        long octets = PrefixCase.Octets(ours);
        memory?.Add(title, octets, (double)octets / routes, most, octets <= most ? "met" : "missed");
        string[] references = fib ? [FibScalar, FibVector] : [LpmBulk, LpmX4];
        Race race = new(title, "ns/address") { References = references, Budget = budget, Judged = "LabEdge" };
        race.Add(one.Ours(ours, "LabEdge"));
        DpdkLibrary library = DpdkLibrary.Load(out string absent);
        List<Action> free = [];
        if (library == null)
        {
            foreach (string name in references) race.Add(new Contestant(name, absent));
        }
        else if (fib)
        {
            nint table = library.Code.Function<DpdkLibrary.New3>("fib_new")(routes, internet ? 256 : routes / 4 + 256, 0);
            DpdkLibrary.Select select = library.Code.Function<DpdkLibrary.Select>("fib_select");
            race.Add(one.Dpdk(FibScalar, library, table, "fib_add", "fib_bulk", _ => select(table, 0)));
            race.Add(select(table, 1) == 0 ? one.Dpdk(FibVector, library, table, null, "fib_bulk", _ => select(table, 1)) : new Contestant(FibVector, "no AVX-512"));
            free.Add(() => library.Code.Function<DpdkLibrary.Free>("fib_free")(table));
        }
        else
        {
            nint table = library.Code.Function<DpdkLibrary.New>("lpm_new")(routes, routes / 4 + 256);
            race.Add(one.Dpdk(LpmBulk, library, table, "lpm_add", "lpm_bulk"));
            race.Add(one.Dpdk(LpmX4, library, table, null, "lpm_x4"));
            free.Add(() => library.Code.Function<DpdkLibrary.Free>("lpm_free")(table));
        }
        RaceResult result = race.Run(options);
        free.ForEach(action => action());
        return result;
    }
}
