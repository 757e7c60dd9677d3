namespace LabEdge.Emulator;

/// <summary>Label stacks as people read them. A word is a label stack entry (RFC 3032): label 20, TC 3, S 1, TTL 8 bits.</summary>
public static class LabelStackText
{
    /// <summary>What <see cref="Labels"/> says of a frame without labels.</summary>
    public const string None = "no label";

    /// <summary>label/TC/S/TTL of each entry, outermost first, with blanks between; "-" for none.</summary>
    public static string Entries(int[] words, int count)
    {
        if (count == 0) return "-";
        return string.Join(' ', words.Take(count).Select(word => $"{Label(word)}/{(word >> 9) & 7}/{(word >> 8) & 1}/{word & 0xFF}"));
    }

    /// <summary>The labels with their TTL, outermost first: <c>[16 ttl 254 | 100 ttl 254]</c>; "no label" for none.</summary>
    public static string Labels(int[] words, int count)
    {
        if (count == 0) return None;
        return "[" + string.Join(" | ", words.Take(count).Select(word => $"{Label(word)} ttl {word & 0xFF}")) + "]";
    }

    public static int Label(int word) => (int)((uint)word >> 12);
}
