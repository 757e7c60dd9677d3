namespace LabEdge.Bench;

/// <summary>Runs contestants against each other on one thread: warmed up, same repeats for all, order rotated by one each round.</summary>
public sealed class Race(string title, string unit)
{
    private readonly List<Contestant> _contestants = [];

    public string Title { get; } = title;

    /// <summary>Of the times, such as "ns/frame".</summary>
    public string Unit { get; } = unit;

    /// <summary>
    /// Whose time is divided by each contestant's: 1.1 = ten per cent faster than the reference. Of several names that which is
    /// fastest by its median counts.
    /// </summary>
    public string Reference { get; init; }
    public string[] References { get; init; }

    /// <summary>Least ratio that <see cref="Judged"/> must reach with the upper end of its interval; 0 = reported only.</summary>
    public double Budget { get; init; }
    public string Judged { get; init; }

    /// <summary>Nanoseconds; the CPU time of the calling thread unless a test says otherwise.</summary>
    public Func<long> Clock { get; init; } = CpuClock.ThreadNs;

    public void Add(Contestant contestant) => _contestants.Add(contestant);

    public RaceResult Run(BenchOptions options)
    {
        Contestant[] present = [.. _contestants.Where(contestant => contestant.Absent == null)];
        int repeats = Calibrate(present, options.RoundMs);
        double[][] times = [.. present.Select(_ => new double[options.Rounds])];
        for (int round = 0; round < options.Rounds; round++)
        {
            for (int i = 0; i < present.Length; i++)
            {
                int who = (i + round) % present.Length;
                times[who][round] = Time(present[who], repeats);
            }
        }
        Dictionary<string, double[]> byName = [];
        for (int i = 0; i < present.Length; i++) byName[present[i].Name] = times[i];

        string reference = (References ?? [Reference]).Where(name => name != null && byName.ContainsKey(name))
            .OrderBy(name => Statistics.Median(byName[name])).FirstOrDefault();
        RaceResult result = new() { Title = Title, Unit = Unit, Reference = reference, Rounds = options.Rounds };
        foreach (Contestant contestant in _contestants)
        {
            RaceRow row = new() { Contestant = contestant.Name, Absent = contestant.Absent };
            result.Rows.Add(row);
            if (contestant.Absent != null) continue;
            double[] own = byName[contestant.Name];
            row.Time = Statistics.Median(own);
            row.Hash = contestant.Hash?.Invoke();
            if (reference == null) continue;
            row.Ratio = Statistics.MedianInterval([.. byName[reference].Zip(own, (theirs, ours) => theirs / ours)]);
            if (Budget > 0 && contestant.Name == Judged)
            {
                row.Budget = Budget;
                row.Met = row.Ratio.High >= Budget;
            }
        }
        return result;
    }

    /// <summary>Rows of several races, one after another, in the form that <see cref="Report"/> prints.</summary>
    public static Table ToTable(string title, IEnumerable<RaceResult> results)
    {
        Table table = new(title, "case", "contestant", "time", "unit", "ratio", "low", "high", "budget", "verdict", "hash");
        foreach (RaceResult result in results)
        {
            foreach (RaceRow row in result.Rows)
            {
                table.Add(result.Title, row.Contestant, row.Absent == null ? row.Time : row.Absent, result.Unit,
                    row.Ratio == null ? null : row.Ratio.Median, row.Ratio == null ? null : row.Ratio.Low, row.Ratio == null ? null : row.Ratio.High,
                    row.Budget > 0 ? row.Budget : null, row.Budget > 0 ? row.Met ? "met" : "missed" : row.Contestant == result.Reference ? "reference" : null,
                    row.Hash?.ToString("x16"));
            }
        }
        return table;
    }

    // The same repeats for all, so that the slowest takes about the time asked for; the runs before warm up caches and predictors.
    private int Calibrate(Contestant[] contestants, double roundMs)
    {
        int repeats = int.MaxValue;
        foreach (Contestant contestant in contestants)
        {
            int own = 1;
            while (true)
            {
                long before = Clock();
                contestant.Run(own);
                double ms = (Clock() - before) / 1e6;
                if (ms >= roundMs / 2 || own >= 1 << 28)
                {
                    own = Math.Max(1, (int)(own * roundMs / Math.Max(ms, 1e-6)));
                    break;
                }
                own *= 2;
            }
            repeats = Math.Min(repeats, own);
        }
        return repeats;
    }

    private double Time(Contestant contestant, int repeats)
    {
        double all = Time(contestant.Run, repeats);
        return contestant.Around == null ? all : all - Time(contestant.Around, repeats);
    }

    private double Time(Func<int, long> run, int repeats)
    {
        long before = Clock();
        long operations = run(repeats);
        return (Clock() - before) / (double)operations;
    }
}
