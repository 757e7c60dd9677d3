namespace LabEdge.Bench;

/// <summary>
/// Distinct IPv4 prefixes from a seed with the lengths of a routing table: six of ten are /24, the rest /16 to /23 and, within
/// customers' tables, /25 to /32; so that some enclose others.
/// </summary>
public sealed class RandomRoutes
{
    public readonly uint[] Prefix;
    public readonly int[] Bits;

    public RandomRoutes(SeededSequence random, int count)
    {
        Prefix = new uint[count];
        Bits = new int[count];
        HashSet<(uint, int)> seen = [];
        for (int i = 0; i < count;)
        {
            int roll = random.Next(20);
            int bits = roll < 12 ? 24 : roll < 17 ? 16 + random.Next(8) : 25 + random.Next(8);
            // 1.0.0.0 to 126.x, and 128.x to 223.x: what a packet may go to.
            uint address = random.Next();
            if (address - 0x01000000 >= 0xDF000000 || address >> 24 == 127) continue;
            // A third of them lie within one already there, as customers' more specific routes do.
            if (i > 0 && random.Next(3) == 0)
            {
                int outer = random.Next(i);
                if (Bits[outer] < bits) address = Prefix[outer] | (address & (0xFFFFFFFF >> Bits[outer]));
            }
            uint prefix = address & (0xFFFFFFFF << (32 - bits));
            if (!seen.Add((prefix, bits))) continue;
            Prefix[i] = prefix;
            Bits[i] = bits;
            i++;
        }
    }

    /// <summary>A random address within a random one of them.</summary>
    public uint Address(SeededSequence random)
    {
        int i = random.Next(Prefix.Length);
        return Bits[i] == 32 ? Prefix[i] : Prefix[i] | (random.Next() & (0xFFFFFFFF >> Bits[i]));
    }
}
