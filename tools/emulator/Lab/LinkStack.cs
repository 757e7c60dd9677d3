namespace LabEdge.Emulator;

/// <summary>The label stack that a ping must have on a link.</summary>
/// <param name="Labels">Outermost first; empty when there must be none.</param>
/// <param name="Ttls">Of the labels; null when any will do.</param>
public sealed record LinkStack(string Link, int[] Labels, int[] Ttls)
{
    public const string Form = "labels outermost first such as 103/203, or none, and perhaps their TTLs as in 103/203 ttl 255/255";

    public override string ToString() => Text(Labels, Ttls);

    /// <summary><c>103/203</c>, or <c>none</c>; with TTLs <c>103/203 ttl 255/255</c>.</summary>
    public static string Text(int[] labels, int[] ttls)
    {
        string text = labels.Length == 0 ? "none" : string.Join('/', labels);
        return ttls == null || ttls.Length == 0 ? text : $"{text} ttl {string.Join('/', ttls)}";
    }

    /// <returns>Null when the text is of another form.</returns>
    public static LinkStack Read(string link, string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 3) || (words.Length == 3 && words[1] != "ttl")) return null;
        int[] labels = ReadLabels(words[0]);
        int[] ttls = words.Length == 3 ? Numbers(words[2], 255) : null;
        bool fits = labels != null && (words.Length == 1 || (ttls != null && ttls.Length == labels.Length));
        return fits ? new LinkStack(link, labels, ttls) : null;
    }

    /// <returns>The labels of <c>103/203</c>; none of <c>none</c>; null when the text is of another form.</returns>
    public static int[] ReadLabels(string text) => text == "none" ? [] : Numbers(text, 0xFFFFF);

    private static int[] Numbers(string text, int most)
    {
        int?[] numbers = [.. text.Split('/').Select(Units.Count)];
        return numbers.All(number => number <= most) ? [.. numbers.Select(number => number.Value)] : null;
    }
}
