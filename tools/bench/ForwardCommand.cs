using System.CommandLine;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary><c>forward</c>: the router's kernels against C, path by path.</summary>
public static class ForwardCommand
{
    private const string Net = "NetKernel", Portable = "PortableKernel", Branching = "C branching", Branchless = "C branchless";

    /// <summary>DESIGN section 6: PC path, pools of at most 256 frames.</summary>
    private const double Budget = 0.95;
    private const int LargestJudgedPool = 256;

    private const string Cause = "Missed: the cause is not found. With 32 frames the kernel's loop has C's time; with 256 the ratio differs from run to run on a machine that others use (swap 0.83 to 0.98 by the "
        + "median, pseudowire out 0.85 to 0.99). Frames whose octets begin on a cache line have no better ratio, so their alignment is not it.";

    public static Command Make()
    {
        BenchOptions options = new();
        Option<int[]> pools = new("--pool") { Description = "Frames in the pool; several may be given. Without it: 32, 256 and 4096.", HelpName = "N", AllowMultipleArgumentsPerToken = true };
        Option<string> only = new("--only") { Description = "Only paths whose name holds this text, such as \"VRF in\".", HelpName = "TEXT" };
        Command command = new("forward", "The six kernels over the router's own tables, against C with the same checks, counters and layout.");
        options.AddTo(command);
        command.Options.Add(pools);
        command.Options.Add(only);
        command.SetAction(result =>
        {
            options.Read(result);
            int[] chosen = result.GetValue(pools);
            Report report = new("forward", "Forwarding, CPU time per frame of 64 octets");
            foreach (int pool in chosen is { Length: > 0 } ? chosen : [32, 256, 4096])
            {
                List<RaceResult> results = [];
                foreach (ForwardCase one in Cases(result.GetValue(only))) results.Add(Run(one, pool, options));
                Table table = Race.ToTable($"Pool of {pool} frames", results);
                table.Notes.Add("ratio: time of the faster C form / own time, median over rounds, with its 95 % interval. Time of arrival of the frames (same code in both) is measured in each round and subtracted.");
                table.Notes.Add("Both are one loop per burst where no prefix is looked up. C looks up each destination by itself; the router's kernel goes through such a burst in stages and looks up all its destinations together (gathers): hence the VRF rows above 1.");
                if (results.Any(one => one.RowOf(Net) is { Budget: > 0, Met: false })) table.Notes.Add(Cause);
                report.Add(table);
            }
            report.Print(options);
            return 0;
        });
        return command;
    }

    public static IEnumerable<ForwardCase> Cases(string only)
    {
        foreach (ForwardKind kind in Enum.GetValues<ForwardKind>())
        {
            if (only != null && !ForwardCase.Name(kind).Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            int[] routes = kind is ForwardKind.VrfIn or ForwardKind.VrfOut ? [64, 256, 1000, 100_000] : [0];
            foreach (int count in routes) yield return new ForwardCase(kind, count, 20261122);
        }
    }

    public static RaceResult Run(ForwardCase one, int pool, BenchOptions options)
    {
        Race race = new(one.Title, "ns/frame")
        {
            References = [Branching, Branchless],
            Budget = pool <= LargestJudgedPool ? Budget : 0,
            Judged = Net,
        };
        NetForwarder net = new(one, new NetKernel(), pool);
        NetForwarder portable = new(one, new PortableKernel(), pool);
        race.Add(new Contestant(Net, net.Run, net.Hash) { Around = net.RunArrivals });
        race.Add(new Contestant(Portable, portable.Run, portable.Hash) { Around = portable.RunArrivals });
        List<NativeForwarder> natives = [];
        foreach ((string name, string flag) in new[] { (Branching, "-DBRANCHLESS=0"), (Branchless, "-DBRANCHLESS=1") })
        {
            if (NativeCode.Build("forward.c", flag[^1..], [flag], out string absent) is { } code)
            {
                NativeForwarder native = new(one, code, pool);
                natives.Add(native);
                race.Add(new Contestant(name, native.Run, native.Hash) { Around = native.RunArrivals });
            }
            else
            {
                race.Add(new Contestant(name, absent));
            }
        }
        RaceResult result = race.Run(options);
        natives.ForEach(native => native.Dispose());
        return result;
    }
}
