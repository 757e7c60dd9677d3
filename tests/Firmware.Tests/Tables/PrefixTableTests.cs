using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

/// <summary>Longest prefix match against a search of every prefix, and the pool's limits.</summary>
[TestClass]
public class PrefixTableTests
{
    private const int Seed = 19700101;

    public TestContext TestContext { get; set; }

    private static PrefixTable Table(int vrfs, int prefixes)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Vrfs = vrfs;
        capacity.Prefixes = prefixes;
        return new PrefixTable(capacity);
    }

    // The slow and plain way: every prefix of the VRF, the longest that holds the address.
    private static int Search(Dictionary<(int Vrf, uint Prefix, int Bits), int> routes, int vrf, uint address)
    {
        for (int bits = 32; bits >= 0; bits--)
        {
            if (routes.TryGetValue((vrf, bits == 0 ? 0 : address & (0xFFFFFFFFu << (32 - bits)), bits), out int handle)) return handle;
        }

        return ForwardingHandle.None;
    }

    [TestMethod]
    [DataRow(1, 40, 4_000)]
    [DataRow(3, 64, 6_000)]
    [DataRow(8, 300, 6_000)]
    [DataRow(5, 3000, 9_000)]
    public void Churn_in_several_vrfs_answers_as_a_search_of_all_prefixes(int vrfs, int pool, int steps)
    {
        Random random = new(Seed + pool);
        PrefixTable table = Table(vrfs, pool);
        Dictionary<(int Vrf, uint Prefix, int Bits), int> routes = [];
        List<(int Vrf, uint Prefix, int Bits)> known = [];
        int refused = 0;
        int removed = 0;
        for (int step = 0; step < steps; step++)
        {
            (int Vrf, uint Prefix, int Bits) key = random.Next(3) == 0 && known.Count > 0 ? known[random.Next(known.Count)] : New(random, vrfs, known);
            int handle = ForwardingHandle.Path | (1 + step);
            if (random.Next(10) < (step / 1000 % 2 == 0 ? 7 : 3))
            {
                bool full = table.Used == table.Pool && !routes.ContainsKey(key) && key.Bits != 0;
                Assert.AreEqual(!full, table.Set(key.Vrf, key.Prefix, key.Bits, handle), $"step {step}");
                if (full) refused++;
                else routes[key] = handle;
                known.Add(key);
            }
            else
            {
                Assert.AreEqual(routes.Remove(key), table.Remove(key.Vrf, key.Prefix, key.Bits), $"step {step}");
                removed++;
            }

            Assert.AreEqual(refused, table.Refused);
            Assert.AreEqual(vrfs + routes.Keys.Count(k => k.Bits != 0), table.Used);
            for (int n = 0; n < 12; n++)
            {
                int vrf = random.Next(vrfs);
                uint address = Near(random, key.Prefix, known);
                Assert.AreEqual(Search(routes, vrf, address), table.Lookup(vrf, address), $"seed {Seed + pool}, step {step}, VRF {vrf}, {address:X8}");
            }

            if (step % 500 == 0) CheckAll(table, routes);
        }

        TestContext.WriteLine($"seed {Seed + pool}: {steps} steps, {removed} removals, {refused} refused, {table.Used} of {table.Pool} at the end");
    }

    private static (int Vrf, uint Prefix, int Bits) New(Random random, int vrfs, List<(int Vrf, uint Prefix, int Bits)> known)
    {
        // Half of them lie inside or around a known one: nesting, equal first addresses, neighbours.
        int bits = random.Next(12) switch { 0 => 0, 1 => 32, 2 => 31, 3 => 24, _ => random.Next(1, 33) };
        uint address = random.Next(2) == 0 && known.Count > 0 ? known[random.Next(known.Count)].Prefix + (uint)random.Next(-1, 2) : (uint)random.NextInt64(1L << 32);
        return (random.Next(vrfs), bits == 0 ? 0 : address & (0xFFFFFFFFu << (32 - bits)), bits);
    }

    private static uint Near(Random random, uint prefix, List<(int Vrf, uint Prefix, int Bits)> known)
    {
        switch (random.Next(5))
        {
            case 0: return (uint)random.NextInt64(1L << 32);
            case 1: return random.Next(2) == 0 ? 0 : 0xFFFFFFFF;
            case 2 when known.Count > 0:
                (int _, uint first, int bits) = known[random.Next(known.Count)];
                return PrefixTable.LastOf(first, bits) + (uint)random.Next(-1, 2);
            default: return prefix + (uint)random.Next(-2, 3);
        }
    }

    private static void CheckAll(PrefixTable table, Dictionary<(int Vrf, uint Prefix, int Bits), int> routes)
    {
        foreach (((int vrf, uint prefix, int bits), int handle) in routes)
        {
            int at = table.Find(vrf, prefix, bits);
            Assert.AreNotEqual(PrefixTable.NotFound, at);
            Assert.AreEqual(handle, table.Handle[at]);
            Assert.AreEqual(bits, table.BitsAt(at));
            Assert.AreEqual(prefix, table.First[at]);
        }
    }

    [TestMethod]
    public void Empty_every_vrf_finds_nothing()
    {
        PrefixTable table = Table(4, 16);
        for (int vrf = 0; vrf < 4; vrf++)
        {
            foreach (uint address in new uint[] { 0, 1, 0x0A000001, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF })
            {
                Assert.AreEqual(ForwardingHandle.None, table.Lookup(vrf, address));
                Assert.AreEqual(0, table.BitsAt(table.Match(vrf, address)));
            }

            Assert.IsFalse(table.Remove(vrf, 0, 0));
            Assert.IsFalse(table.Remove(vrf, 0x0A000000, 8));
            Assert.AreEqual(PrefixTable.NotFound, table.Find(vrf, 0x0A000000, 8));
        }

        Assert.AreEqual(4, table.Used);
    }

    [TestMethod]
    public void A_chain_of_33_nested_prefixes_is_walked_from_any_depth()
    {
        PrefixTable table = Table(2, 64);
        const uint Address = 0xC0A85A5A;
        int[] order = [.. Enumerable.Range(0, 33)];
        new Random(Seed).Shuffle(order);
        foreach (int bits in order) Assert.IsTrue(table.Set(1, bits == 0 ? 0 : Address & (0xFFFFFFFFu << (32 - bits)), bits, ForwardingHandle.Path | (100 + bits)));
        for (int bits = 0; bits <= 32; bits++)
        {
            // The address that leaves the chain after so many bits.
            uint address = bits == 32 ? Address : Address ^ (1u << (31 - bits));
            Assert.AreEqual(ForwardingHandle.Path | (100 + bits), table.Lookup(1, address));
            Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, address));
        }

        // From the longest on: what is left answers.
        for (int bits = 32; bits >= 0; bits--)
        {
            Assert.IsTrue(table.Remove(1, bits == 0 ? 0 : Address & (0xFFFFFFFFu << (32 - bits)), bits));
            Assert.AreEqual(bits == 0 ? ForwardingHandle.None : ForwardingHandle.Path | (99 + bits), table.Lookup(1, Address));
        }

        Assert.AreEqual(2, table.Used);
    }

    [TestMethod]
    public void Prefixes_with_the_same_first_address_keep_apart()
    {
        PrefixTable table = Table(1, 64);
        foreach (int bits in new[] { 16, 32, 8, 24, 1, 9 }) Assert.IsTrue(table.Set(0, 0, bits, ForwardingHandle.Path | bits));
        Assert.AreEqual(ForwardingHandle.Path | 32, table.Lookup(0, 0));
        Assert.AreEqual(ForwardingHandle.Path | 24, table.Lookup(0, 1));
        Assert.AreEqual(ForwardingHandle.Path | 16, table.Lookup(0, 0x0000FFFF));
        Assert.AreEqual(ForwardingHandle.Path | 9, table.Lookup(0, 0x007FFFFF));
        Assert.AreEqual(ForwardingHandle.Path | 8, table.Lookup(0, 0x00FFFFFF));
        Assert.AreEqual(ForwardingHandle.Path | 1, table.Lookup(0, 0x7FFFFFFF));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, 0x80000000));
        Assert.IsTrue(table.Remove(0, 0, 24));
        Assert.IsFalse(table.Remove(0, 0, 24));
        Assert.AreEqual(ForwardingHandle.Path | 16, table.Lookup(0, 1));
    }

    [TestMethod]
    public void Full_refuses_one_too_many_changes_nothing_and_still_replaces()
    {
        PrefixTable table = Table(2, 20);
        for (uint i = 0; i < 20; i++) Assert.IsTrue(table.Set((int)(i & 1), i << 8, 24, ForwardingHandle.Path | (int)i));
        Assert.AreEqual(table.Pool, table.Used);
        Assert.IsFalse(table.Set(0, 0x0A000000, 8, ForwardingHandle.Local));
        Assert.IsFalse(table.Set(1, 0x0A000000, 8, ForwardingHandle.Local));
        Assert.AreEqual(2, table.Refused);
        for (uint i = 0; i < 20; i++) Assert.AreEqual(ForwardingHandle.Path | (int)i, table.Lookup((int)(i & 1), i << 8));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, 0x0A000000));

        Assert.IsTrue(table.Set(1, 5 << 8, 24, ForwardingHandle.Local));
        Assert.IsTrue(table.Set(1, 0, 0, ForwardingHandle.Glean));
        Assert.AreEqual(ForwardingHandle.Local, table.Lookup(1, 5 << 8));
        Assert.AreEqual(ForwardingHandle.Glean, table.Lookup(1, 0x0A000000));
        Assert.IsTrue(table.Remove(0, 0, 24));
        Assert.IsTrue(table.Set(1, 0x0A000000, 8, ForwardingHandle.Local));
        Assert.AreEqual(ForwardingHandle.Local, table.Lookup(1, 0x0A000001));
    }

    [TestMethod]
    public void A_pool_may_be_larger_than_one_segment()
    {
        PrefixTable table = Table(2, PrefixTable.MaxSegment + 1000);
        for (uint i = 0; i < PrefixTable.MaxSegment - 1; i++)
        {
            if (!table.Set(1, i << 8, 32, ForwardingHandle.Path | 1)) Assert.Fail($"{i}");
        }

        Assert.IsFalse(table.Set(1, 0x0A000001, 32, ForwardingHandle.Path));
        Assert.IsTrue(table.Set(0, 0x0A000001, 32, ForwardingHandle.Path | 2));
        Assert.AreEqual(ForwardingHandle.Path | 2, table.Lookup(0, 0x0A000001));
        Assert.AreEqual(ForwardingHandle.Path | 1, table.Lookup(1, 0));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(1, 0xFFFFFFFF));
    }
}
