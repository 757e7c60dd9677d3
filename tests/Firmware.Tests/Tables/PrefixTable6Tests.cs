using System.Numerics;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

/// <summary>Longest prefix match of IPv6 against a search of every length, beside IPv4 in the same pool.</summary>
[TestClass]
public class PrefixTable6Tests
{
    private const int Seed = 2460;

    private static readonly UInt128 Documentation = (UInt128)0x20010DB8 << 96;

    private static PrefixTable Table(int vrfs, int prefixes)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Vrfs = vrfs;
        capacity.Prefixes = prefixes;
        return new PrefixTable(capacity);
    }

    private static byte[] Octets(UInt128 address)
    {
        byte[] octets = new byte[19];
        ((BigInteger)address).TryWriteBytes(octets.AsSpan(3 + 16 - ((BigInteger)address).GetByteCount(true)), out _, true, true);
        return octets;
    }

    private static UInt128 Mask(int bits) => bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);

    private static bool Set(PrefixTable table, int vrf, UInt128 prefix, int bits, int handle) => table.Set6(vrf, Octets(prefix), 3, bits, handle);

    private static bool Remove(PrefixTable table, int vrf, UInt128 prefix, int bits) => table.Remove6(vrf, Octets(prefix), 3, bits);

    private static int Lookup(PrefixTable table, int vrf, UInt128 address) => table.Lookup6(vrf, Octets(address), 3);

    private static int Search(Dictionary<(int Vrf, UInt128 Prefix, int Bits), int> routes, int vrf, UInt128 address)
    {
        for (int bits = 128; bits >= 0; bits--)
        {
            if (routes.TryGetValue((vrf, address & Mask(bits), bits), out int handle)) return handle;
        }

        return ForwardingHandle.None;
    }

    [TestMethod]
    [DataRow(1, 40, 4_000)]
    [DataRow(3, 64, 6_000)]
    [DataRow(8, 600, 6_000)]
    [DataRow(5, 6000, 9_000)]
    public void Churn_of_both_families_in_several_vrfs_answers_as_a_search_of_all_prefixes(int vrfs, int pool, int steps)
    {
        Random random = new(Seed + pool);
        PrefixTable table = Table(vrfs, pool);
        Dictionary<(int Vrf, UInt128 Prefix, int Bits), int> routes = [];
        Dictionary<(int Vrf, UInt128 Prefix, int Bits), int> four = [];
        List<UInt128> known = [Documentation];
        for (int step = 0; step < steps; step++)
        {
            int bits = random.Next(10) switch { 0 => 0, 1 => 128, 2 => 127, 3 => 64, 4 => 48, 5 => 32, 6 => 96, _ => random.Next(129) };
            int vrf = random.Next(vrfs);
            UInt128 near = Near(random, known);
            UInt128 prefix = near & Mask(bits);
            int handle = ForwardingHandle.Path | (1 + step);
            bool insert = random.Next(10) < (step / 1000 % 2 == 0 ? 7 : 3);
            if (random.Next(4) == 0)
            {
                // IPv4 in the same pool: its prefix stands in the top word of the model's key.
                int short_ = bits % 33;
                uint address = (uint)(near >> 96) & (short_ == 0 ? 0 : 0xFFFFFFFF << (32 - short_));
                (int, UInt128, int) key = (vrf, (UInt128)address << 96, short_);
                if (insert && table.Set(vrf, address, short_, handle)) four[key] = handle;
                if (!insert) Assert.AreEqual(four.Remove(key), table.Remove(vrf, address, short_));
            }
            else if (insert)
            {
                bool room = routes.ContainsKey((vrf, prefix, bits)) || table.Used + 2 <= table.Pool;
                Assert.AreEqual(room, Set(table, vrf, prefix, bits, handle), $"step {step}");
                if (room) routes[(vrf, prefix, bits)] = handle;
                known.Add(prefix);
            }
            else
            {
                Assert.AreEqual(routes.Remove((vrf, prefix, bits)), Remove(table, vrf, prefix, bits), $"step {step}");
            }

            Assert.AreEqual(vrfs + (2 * routes.Count) + four.Keys.Count(k => k.Bits != 0), table.Used);
            for (int n = 0; n < 8; n++)
            {
                UInt128 address = Near(random, known);
                int look = random.Next(vrfs);
                Assert.AreEqual(Search(routes, look, address), Lookup(table, look, address), $"seed {Seed + pool}, step {step}, VRF {look}, {address:X32}");
                Assert.AreEqual(Search(four, look, address >> 96 << 96), table.Lookup(look, (uint)(address >> 96)), $"seed {Seed + pool}, step {step}");
            }

            if (step % 500 != 0) continue;
            foreach (((int v, UInt128 p, int b), int h) in routes) Assert.AreEqual(h, table.Find6(v, Octets(p), 3, b));
        }
    }

    // Half of them lie inside, around or beside a known one.
    private static UInt128 Near(Random random, List<UInt128> known)
    {
        UInt128 address = new((ulong)random.NextInt64(), (ulong)random.NextInt64());
        if (random.Next(8) == 0) return random.Next(3) switch { 0 => 0, 1 => UInt128.MaxValue, _ => address << 1 };
        int keep = random.Next(129);
        UInt128 other = known[random.Next(known.Count)];
        return random.Next(3) == 0 ? other + (UInt128)(Int128)random.Next(-1, 2) : (other & Mask(keep)) | (address & ~Mask(keep));
    }

    [TestMethod]
    public void A_chain_of_129_nested_prefixes_is_walked_from_any_depth()
    {
        PrefixTable table = Table(2, 300);
        UInt128 inside = Documentation | 0xA5A5A5A55A5A5A5A;
        int[] order = [.. Enumerable.Range(0, 129)];
        new Random(Seed).Shuffle(order);
        foreach (int bits in order) Assert.IsTrue(Set(table, 1, inside & Mask(bits), bits, ForwardingHandle.Path | (100 + bits)));
        for (int bits = 0; bits <= 128; bits++)
        {
            UInt128 address = bits == 128 ? inside : inside ^ (UInt128.One << (127 - bits));
            Assert.AreEqual(ForwardingHandle.Path | (100 + bits), Lookup(table, 1, address));
            Assert.AreEqual(ForwardingHandle.None, Lookup(table, 0, address));
        }

        for (int bits = 128; bits >= 0; bits--)
        {
            Assert.IsTrue(Remove(table, 1, inside & Mask(bits), bits));
            Assert.IsFalse(Remove(table, 1, inside & Mask(bits), bits));
            Assert.AreEqual(bits == 0 ? ForwardingHandle.None : ForwardingHandle.Path | (99 + bits), Lookup(table, 1, inside));
        }

        Assert.AreEqual(2, table.Used);
    }

    [TestMethod]
    public void Full_refuses_one_too_many_changes_nothing_and_still_replaces()
    {
        PrefixTable table = Table(2, 9);
        for (int i = 0; i < 4; i++) Assert.IsTrue(Set(table, i & 1, Documentation + ((UInt128)(uint)i << 64), 64, ForwardingHandle.Path | i));
        Assert.IsFalse(Set(table, 1, 0, 0, ForwardingHandle.Local));
        Assert.AreEqual(1, table.Refused);
        Assert.AreEqual(ForwardingHandle.None, Lookup(table, 1, 1));
        Assert.AreEqual(PrefixTable.NotFound, table.Find6(1, Octets(0), 3, 0));
        Assert.IsTrue(table.Set(0, 0x0A000000, 8, ForwardingHandle.Glean));
        Assert.IsFalse(table.Set(0, 0x0B000000, 8, ForwardingHandle.Glean));
        Assert.IsTrue(Set(table, 1, Documentation + ((UInt128)3 << 64), 64, ForwardingHandle.Local));
        Assert.AreEqual(ForwardingHandle.Local, Lookup(table, 1, Documentation + ((UInt128)3 << 64) + 5));
        Assert.IsTrue(Remove(table, 0, Documentation, 64));
        Assert.IsTrue(Set(table, 1, 0, 0, ForwardingHandle.Local));
        Assert.AreEqual(ForwardingHandle.Local, Lookup(table, 1, 1));
        Assert.AreEqual(ForwardingHandle.Glean, table.Lookup(0, 0x0A000001));
    }
}
