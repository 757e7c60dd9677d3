using System.Text;
using LabEdge.Cli;
using LabEdge.Forwarding;
using LabEdge.Hal;

namespace LabEdge.Bench.ConsoleSoak;

/// <summary>What a run of random lines did.</summary>
/// <param name="Wrong">What did not hold, each with its line; empty when all did.</param>
public sealed record ConsoleSoakOutcome(int Lines, int Typed, int Keys, int Applied, int Refused, int Reloads, long Grown, string Wrong);

/// <summary>
/// Random lines from a seed on one router's console: typed whole, typed key by key, pasted and loaded as texts. No exception, no memory kept, and
/// a text with a mistake changes nothing.
/// </summary>
public static class ConsoleSoakRun
{
    // After so many lines the memory is looked at first, for what is made at the first use.
    private const int Warm = 20_000;
    private const int MayGrow = 256 * 1024;

    /// <param name="lines">At least 10,000.</param>
    public static ConsoleSoakOutcome Run(int lines, int seed)
    {
        SoakedConsole console = new();
        RandomLines random = new(seed);
        StringBuilder wrong = new();
        console.Load("!\n");
        int bill = console.Billed();
        long before = 0;
        int typed = 0, keys = 0, applied = 0, refused = 0, done = 0, next = Math.Min(Warm, lines / 2);
        string line = "";
        try
        {
            while (done < lines)
            {
                if (done >= next && before == 0) before = GC.GetTotalMemory(true);
                switch (random.Next(40))
                {
                    case 0:
                        // A whole text in place of what runs.
                        string text = random.Text(out int count);
                        line = text;
                        string running = console.Running();
                        bool right = console.Load(text);
                        applied += right ? 1 : 0;
                        refused += right ? 0 : 1;
                        if (!right && console.Running() != running) wrong.AppendLine($"line {done}: half of a text was applied:\n{text}");
                        done += count;
                        break;
                    case 1 or 2:
                        line = random.Keys();
                        console.Press(line);
                        keys += line.Length;
                        done++;
                        break;
                    case 3:
                        line = random.Line(console.Mode);
                        string whole = console.Running();
                        string answer = console.Type(line);
                        if (answer.StartsWith("% \"", StringComparison.Ordinal) && console.Running() != whole) wrong.AppendLine($"line {done}: refused, and changed something: {line}");
                        done++;
                        break;
                    default:
                        line = random.Line(console.Mode);
                        console.Type(line);
                        typed++;
                        done++;
                        break;
                }
            }

            console.Leave();
            string last = console.Running();
            SoakedConsole again = new();
            if (!again.Load(last)) wrong.AppendLine("what runs at the end does not load:\n" + last + again.Mistakes());
            else if (again.Running() != last) wrong.AppendLine("what runs at the end reads back as another:\n" + last);
            console.Load("!\n");
            console.Quiet();
            if (console.Billed() != bill) wrong.AppendLine($"the RAM bill went from {bill} to {console.Billed()}");
            if (console.Lost != 0) wrong.AppendLine($"{console.Lost} octets of output were lost");
        }
        catch (Exception exception)
        {
            wrong.AppendLine($"seed {seed}, line {done}, \"{line}\": {exception}");
        }

        long grown = GC.GetTotalMemory(true) - before;
        if (grown > MayGrow) wrong.AppendLine($"memory grew by {grown} octets");
        return new ConsoleSoakOutcome(done, typed, keys, applied, refused, console.Reloads, grown, wrong.ToString());
    }
}
