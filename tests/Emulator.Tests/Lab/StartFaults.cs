namespace LabEdge.Tests.Lab;

/// <summary>One fault of a lab's start: lines of one node that differ from the solution.</summary>
/// <param name="At">Where the lines stand, or are missing, among those of the start that are no comment.</param>
/// <param name="Start">The lines of the start; none where something is missing.</param>
/// <param name="Solution">The lines of the solution in their place.</param>
public sealed record StartFault(string File, int At, string[] Start, string[] Solution)
{
    public override string ToString() => $"{File}: \"{string.Join(" / ", Start)}\" for \"{string.Join(" / ", Solution)}\"";
}

/// <summary>What a lab's <c>start/</c> lacks or has wrong, found by comparing it with <c>solution/</c>. Comments and descriptions do not count.</summary>
public static class StartFaults
{
    public static IReadOnlyList<StartFault> Of(string lab)
    {
        List<StartFault> faults = [];
        foreach (string path in Directory.GetFiles(Path.Combine(lab, "start")).Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileName(path);
            faults.AddRange(Compare(file, Lines(path), Lines(Path.Combine(lab, "solution", file))));
        }

        return faults;
    }

    /// <summary>The configuration of one node with every fault mended but one.</summary>
    public static string AllMendedBut(string lab, StartFault left)
    {
        List<string> lines = [.. Lines(Path.Combine(lab, "start", left.File))];
        foreach (StartFault fault in Of(lab).Where(fault => fault.File == left.File).Reverse())
        {
            if (fault.At == left.At && fault.Start.SequenceEqual(left.Start)) continue;
            lines.RemoveRange(fault.At, fault.Start.Length);
            lines.InsertRange(fault.At, fault.Solution);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string[] Lines(string path)
    {
        return [.. File.ReadAllLines(path).Where(line => !line.TrimStart().StartsWith('!') && !line.StartsWith('#') && !line.TrimStart().StartsWith("description ", StringComparison.Ordinal))];
    }

    // Longest common subsequence. As many lines for as many are one fault each: a wrong word in each of them.
    private static IEnumerable<StartFault> Compare(string file, string[] start, string[] solution)
    {
        int[,] common = new int[start.Length + 1, solution.Length + 1];
        for (int i = start.Length - 1; i >= 0; i--)
        {
            for (int j = solution.Length - 1; j >= 0; j--)
            {
                common[i, j] = start[i] == solution[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        int s = 0;
        int t = 0;
        while (s < start.Length || t < solution.Length)
        {
            if (s < start.Length && t < solution.Length && start[s] == solution[t])
            {
                s++;
                t++;
                continue;
            }

            int fromStart = s;
            int fromSolution = t;
            while ((s < start.Length || t < solution.Length) && !(s < start.Length && t < solution.Length && start[s] == solution[t]))
            {
                if (t == solution.Length || (s < start.Length && common[s + 1, t] >= common[s, t + 1])) s++;
                else t++;
            }

            string[] wrong = start[fromStart..s];
            string[] right = solution[fromSolution..t];
            bool paired = wrong.Length == right.Length;
            for (int i = 0; i < (paired ? wrong.Length : 1); i++)
            {
                yield return paired ? new StartFault(file, fromStart + i, [wrong[i]], [right[i]]) : new StartFault(file, fromStart, wrong, right);
            }
        }
    }
}
