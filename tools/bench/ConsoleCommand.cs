using System.CommandLine;
using System.Diagnostics;
using LabEdge.Bench.ConsoleSoak;

namespace LabEdge.Bench;

/// <summary><c>console</c>: random lines from a seed; the exit code says whether everything held.</summary>
public static class ConsoleCommand
{
    public static Command Make()
    {
        Option<int> lines = new("--lines") { Description = "Lines to type, press, paste and load.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
        Option<int> seed = new("--seed") { Description = "Seed of the lines.", DefaultValueFactory = _ => 20261128, HelpName = "S" };
        Command command = new("console", "Random lines on a router's console: no exception, no memory kept, no half of a text applied, RAM bill unchanged.");
        command.Options.Add(lines);
        command.Options.Add(seed);
        command.SetAction(result =>
        {
            Stopwatch watch = Stopwatch.StartNew();
            ConsoleSoakOutcome o = ConsoleSoakRun.Run(result.GetValue(lines), result.GetValue(seed));
            Console.WriteLine($"seed {result.GetValue(seed)}: {o.Lines:N0} lines in {watch.Elapsed.TotalSeconds:F0} s: {o.Typed:N0} typed, {o.Keys:N0} keys pressed; texts: {o.Applied:N0} applied, {o.Refused:N0} refused; {o.Reloads:N0} reloads; memory {o.Grown:+#,0;-#,0;0} octets");
            Console.WriteLine(o.Wrong == "" ? "  no exception, nothing half applied, RAM bill unchanged, the last configuration reads back" : "  WRONG\n" + o.Wrong);
            return o.Wrong == "" ? 0 : 1;
        });
        return command;
    }
}
