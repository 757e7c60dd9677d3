using System.CommandLine;
using System.Diagnostics;
using LabEdge.Bench.Soak;
using LabEdge.Forwarding;

namespace LabEdge.Bench;

/// <summary><c>soak</c>: millions of frames from a seed under table churn; the exit code says whether everything held.</summary>
public static class SoakCommand
{
    private const ulong DefaultSeed = 20261122;

    public static Command Make()
    {
        Option<long> frames = new("--frames") { Description = "Frames to send, for each kernel form.", DefaultValueFactory = _ => 100_000_000, HelpName = "N" };
        Option<ulong> seed = new("--seed") { Description = "Seed of frames and changes.", DefaultValueFactory = _ => DefaultSeed, HelpName = "S" };
        Option<string> kernel = new("--kernel") { Description = "net, portable or both.", DefaultValueFactory = _ => "net", HelpName = "FORM" };
        kernel.AcceptOnlyFromAmong("net", "portable", "both");
        Command command = new("soak", "Frames through bridges, VRFs, pseudowires and tunnels while the tables change: ledgers, policy, allocation, RAM bill.");
        command.Options.Add(frames);
        command.Options.Add(seed);
        command.Options.Add(kernel);
        command.SetAction(result =>
        {
            string form = result.GetValue(kernel);
            bool right = true;
            if (form != "portable") right &= Report(new NetKernel(), result.GetValue(frames), result.GetValue(seed));
            if (form != "net") right &= Report(new PortableKernel(), result.GetValue(frames), result.GetValue(seed));
            return right ? 0 : 1;
        });
        return command;
    }

    private static bool Report(BurstKernel kernel, long frames, ulong seed)
    {
        Stopwatch watch = Stopwatch.StartNew();
        SoakOutcome o = SoakRun.Run(kernel, frames, seed);
        Console.WriteLine($"{kernel.GetType().Name}, seed {seed}: {o.Frames:N0} frames, {o.Changes:N0} changes of the tables ({o.Layouts} of a prefix layout), {watch.Elapsed.TotalSeconds:F0} s");
        Console.WriteLine($"  forwarded {o.Forwarded:N0}, punted {o.Punted:N0}, dropped {o.Dropped:N0}; refused by ports {o.Refused:N0}; {o.Allocated} octets allocated");
        Console.WriteLine("  " + o.Passed.TrimEnd().ReplaceLineEndings("\n  "));
        Console.WriteLine(o.Wrong == "" ? "  ledgers exact, no crossing outside the policy, RAM bill unchanged" : "  WRONG\n  " + o.Wrong.TrimEnd().ReplaceLineEndings("\n  "));
        return o.Wrong == "";
    }
}
