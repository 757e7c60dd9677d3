namespace LabEdge.Bench;

/// <summary>
/// Distinct IPv4 prefixes from a seed in the manner of the Internet's table: its lengths (60 % /24, none longer), clustered in /14 blocks
/// at a density of 190 routes per block, so that some enclose others.
/// </summary>
public sealed class InternetRoutes
{
    private const int BlockBits = 14;
    private const int PerBlock = 190;

    // Of 1,000 routes, by length from /14 to /24 (CIDR report, rounded; what is shorter counts as /14).
    private static readonly int[] s_lengths = [10, 4, 14, 8, 15, 30, 45, 52, 115, 105, 602];

    public readonly uint[] Prefix;
    public readonly int[] Bits;

    public InternetRoutes(SeededSequence random, int count)
    {
        Prefix = new uint[count];
        Bits = new int[count];
        uint[] blocks = new uint[(count / PerBlock) + 1];
        HashSet<uint> taken = [];
        for (int i = 0; i < blocks.Length;)
        {
            uint block = random.Next() & (0xFFFFFFFF << (32 - BlockBits));
            if (block - 0x01000000 >= 0xDF000000 || block >> 24 == 127 || !taken.Add(block)) continue;
            blocks[i++] = block;
        }
        HashSet<ulong> seen = [];
        for (int i = 0; i < count;)
        {
            int roll = random.Next(1000);
            int bits = BlockBits;
            for (; roll >= s_lengths[bits - BlockBits]; bits++) roll -= s_lengths[bits - BlockBits];
            uint prefix = (blocks[random.Next(blocks.Length)] | (random.Next() >> BlockBits)) & (0xFFFFFFFF << (32 - bits));
            if (!seen.Add(((ulong)prefix << 8) | (uint)bits)) continue;
            Prefix[i] = prefix;
            Bits[i++] = bits;
        }
    }
}
