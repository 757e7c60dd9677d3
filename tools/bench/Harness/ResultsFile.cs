using System.Runtime.CompilerServices;

namespace LabEdge.Bench;

/// <summary>RESULTS.md beside the project: one part per command, between two marks, replaced as a whole.</summary>
public static class ResultsFile
{
    public static string PathOf([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here)), "RESULTS.md");

    public static void Put(string name, string markdown)
    {
        string path = PathOf();
        File.WriteAllText(path, Replace(File.Exists(path) ? File.ReadAllText(path) : "", name, markdown));
    }

    /// <summary>The file's text with the part of that name replaced, or added at the end.</summary>
    public static string Replace(string all, string name, string markdown)
    {
        string begin = $"<!-- {name}: written by the tool -->\n";
        string end = $"<!-- end of {name} -->\n";
        string part = begin + markdown.TrimEnd('\n') + "\n" + end;
        int from = all.IndexOf(begin, StringComparison.Ordinal);
        int to = from < 0 ? -1 : all.IndexOf(end, from, StringComparison.Ordinal);
        if (to < 0) return all.Length == 0 ? part : all.TrimEnd('\n') + "\n\n" + part;
        return all[..from] + part + all[(to + end.Length)..];
    }
}
