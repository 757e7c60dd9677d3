namespace LabEdge.Tests.Running;

/// <summary>What tells whose payload it is: five octets that nothing else contains, and the zone in three forms.</summary>
public static class Marker
{
    public const int Length = 8;

    /// <summary>Longest payload that can be filled.</summary>
    private const int Longest = 2048;

    private const int Twist = 0x5A;

    private static readonly byte[] Magic = [0xF1, 0x5A, 0xC3, 0x96, 0x3C];
    private static readonly byte[][] Filled = [.. Enumerable.Range(0, 16).Select(Make)];

    /// <summary>Writes markers of a zone one after another.</summary>
    public static void Fill(byte[] octets, int offset, int count, int zone)
    {
        Filled[zone & 15].AsSpan(0, count).CopyTo(octets.AsSpan(offset));
    }

    /// <returns>Offset of the next whole marker from <paramref name="from"/> on, or -1.</returns>
    public static int Find(byte[] octets, int from, int end)
    {
        while (end - from >= Length)
        {
            int found = octets.AsSpan(from, end - from - (Length - Magic.Length)).IndexOf(Magic);
            if (found < 0) return -1;
            from += found;
            if (octets[from + 6] == (byte)~octets[from + 5] && octets[from + 7] == (byte)(octets[from + 5] ^ Twist)) return from;
            from++;
        }

        return -1;
    }

    public static int ZoneAt(byte[] octets, int offset) => octets[offset + 5];

    /// <summary>Gives every marker to a zone.</summary>
    public static void Rewrite(byte[] octets, int from, int end, int zone)
    {
        for (int at = Find(octets, from, end); at >= 0; at = Find(octets, at + Length, end))
        {
            Write(octets, at, zone);
        }
    }

    private static byte[] Make(int zone)
    {
        byte[] octets = new byte[Longest];
        for (int i = 0; i < Longest; i += Length)
        {
            Magic.CopyTo(octets, i);
            Write(octets, i, zone);
        }

        return octets;
    }

    private static void Write(byte[] octets, int at, int zone)
    {
        octets[at + 5] = (byte)zone;
        octets[at + 6] = (byte)~zone;
        octets[at + 7] = (byte)(zone ^ Twist);
    }
}
