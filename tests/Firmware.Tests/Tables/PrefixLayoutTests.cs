using System.Numerics;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

/// <summary>The layouts medium and large, and every way from one to another, of both families, against a search of every length.</summary>
[TestClass]
public class PrefixLayoutTests
{
    private const int Seed = 1998;

    public TestContext TestContext { get; set; }

    private static Capacity With(int vrfs, int prefixes, int nodes, int slots, int mediumFrom, int largeFrom)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Vrfs = vrfs;
        capacity.Prefixes = prefixes;
        capacity.PrefixNodes = nodes;
        capacity.PrefixSlots = slots;
        capacity.MediumFrom = mediumFrom;
        capacity.LargeFrom = largeFrom;
        return capacity;
    }

    // One table, one family: an IPv4 prefix is the high word of the key.
    private sealed class Routes(PrefixTable table, int vrf, bool six)
    {
        public readonly Dictionary<(UInt128 Prefix, int Bits), int> Model = [];
        public readonly List<UInt128> Known = [];
        private readonly byte[] _octets = new byte[16];

        public int Most => six ? 128 : 32;

        public int Row => six ? table.Vrf.Length / PrefixTable.Stride / 2 + vrf : vrf;

        public bool Set(UInt128 prefix, int bits, int handle) => six ? table.Set6(vrf, Octets(prefix), 0, bits, handle) : table.Set(vrf, Word(prefix), bits, handle);

        public bool Remove(UInt128 prefix, int bits) => six ? table.Remove6(vrf, Octets(prefix), 0, bits) : table.Remove(vrf, Word(prefix), bits);

        public int Lookup(UInt128 address) => six ? table.Lookup6(vrf, Octets(address), 0) : table.Lookup(vrf, Word(address));

        public int HandleOf(UInt128 prefix, int bits) => six ? table.Find6(vrf, Octets(prefix), 0, bits) : table.HandleOf(vrf, Word(prefix), bits);

        public bool Longest(UInt128 address, int most) => six ? table.Longest6(vrf, Octets(address), 0, most) : table.Longest(vrf, Word(address), most);

        public bool Next(UInt128 prefix, int bits) => six ? table.Next6(vrf, Octets(prefix), 0, bits) : table.Next(vrf, Word(prefix), bits);

        public UInt128 Found => ((UInt128)table.FoundKey[0] << 96) | ((UInt128)table.FoundKey[1] << 64) | ((UInt128)table.FoundKey[2] << 32) | table.FoundKey[3];

        public int Search(UInt128 address, int most, out int found)
        {
            for (found = most; found >= 0; found--)
            {
                if (Model.TryGetValue((address & Mask(found), found), out int handle)) return handle;
            }

            return ForwardingHandle.None;
        }

        private byte[] Octets(UInt128 address)
        {
            BitConverter.TryWriteBytes(_octets, BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(address) : address);
            return _octets;
        }

        private static uint Word(UInt128 address) => (uint)(address >> 96);
    }

    private static UInt128 Mask(int bits) => bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);

    private static UInt128 Near(Random random, Routes routes)
    {
        UInt128 address = new(((ulong)random.NextInt64() << 1) | (uint)random.Next(2), (ulong)random.NextInt64());
        int keep = random.Next(routes.Most + 1);
        if (routes.Known.Count == 0 || random.Next(4) == 0) return random.Next(20) switch { 0 => 0, 1 => Mask(routes.Most), _ => address & Mask(routes.Most) };
        UInt128 other = routes.Known[random.Next(routes.Known.Count)];
        return ((other & Mask(keep)) | (address & ~Mask(keep))) & Mask(routes.Most);
    }

    private static int Length(Random random, Routes routes) => random.Next(12) switch
    {
        0 => random.Next(10),
        1 or 2 => routes.Most,
        3 or 4 or 5 => routes.Most * 3 / 4,
        6 => routes.Most - 1,
        _ => random.Next(routes.Most + 1),
    };

    // VRFs, entries of the small pool, ints of the tree, slots, thresholds, steps.
    [TestMethod]
    [DataRow(1, 400, 60_000, 0, 60, 0, 8_000, DisplayName = "medium")]
    [DataRow(1, 400, 60_000, 150_000, 40, 100, 12_000, DisplayName = "large")]
    [DataRow(3, 900, 120_000, 600_000, 60, 120, 12_000, DisplayName = "several VRFs")]
    [DataRow(2, 150, 60_000, 300_000, 1_000_000, 1_000_000, 8_000, DisplayName = "the small pool is full first")]
    [DataRow(2, 700, 30_000, 300_000, 50, 100, 12_000, DisplayName = "the tree's pool is full")]
    [DataRow(2, 700, 80_000, 70_000, 50, 100, 12_000, DisplayName = "the chunks run out")]
    public void Churn_through_all_layouts_answers_as_a_search_of_all_prefixes(int vrfs, int pool, int nodes, int slots, int mediumFrom, int largeFrom, int steps)
    {
        Random random = new(Seed + pool + slots);
        PrefixTable table = new(With(vrfs, pool, nodes, slots, mediumFrom, largeFrom));
        Routes[] all = [.. Enumerable.Range(0, 2 * vrfs).Select(i => new Routes(table, i / 2, i % 2 == 1))];
        int refused = 0;
        int rebuilding = 0;
        HashSet<string> seen = [];
        for (int step = 0; step < steps; step++)
        {
            Routes routes = all[random.Next(all.Length)];
            int bits = Length(random, routes);
            UInt128 prefix = Near(random, routes) & Mask(bits);
            int handle = random.Next(50) == 0 ? ForwardingHandle.None : ForwardingHandle.Path | (1 + step);
            if (random.Next(10) < (step / 2000 % 2 == 0 ? 8 : 1))
            {
                bool done = routes.Set(prefix, bits, handle);
                if (done) routes.Model[(prefix, bits)] = handle;
                else refused++;
                routes.Known.Add(prefix);
            }
            else if (routes.Model.Count > 0 && random.Next(5) != 0)
            {
                (prefix, bits) = routes.Model.Keys.ElementAt(random.Next(routes.Model.Count));
                bool unset = bits == 0 && routes.Most == 32 && routes.Model[(prefix, bits)] == ForwardingHandle.None;
                Assert.IsTrue(routes.Remove(prefix, bits) || unset, $"step {step}");
                routes.Model.Remove((prefix, bits));
            }
            else if (!routes.Model.ContainsKey((prefix, bits)))
            {
                Assert.IsFalse(routes.Remove(prefix, bits), $"step {step}");
            }

            Assert.AreEqual(refused, table.Refused);
            if (random.Next(4) == 0) table.Step(random.Next(1, 40));
            if (table.IsRebuilding) rebuilding++;
            foreach (Routes r in all)
            {
                seen.Add((r.Most == 32 ? "IPv4 " : "IPv6 ") + Layout(table, r.Row));
                for (int n = 0; n < 3; n++)
                {
                    UInt128 address = Near(random, r);
                    Assert.AreEqual(r.Search(address, r.Most, out _), r.Lookup(address), $"seed {Seed + pool + slots}, step {step}, row {r.Row}, {address:X32}, {Layout(table, r.Row)}");
                }
            }

            if (step % 400 == 0) CheckAll(table, all, random);
        }

        TestContext.WriteLine($"{steps} steps, {refused} refused, {rebuilding} of them in a rebuild, {table.DirectoriesDropped} directories dropped; {string.Join(", ", seen.Order())}");
        Assert.IsGreaterThan(0, mediumFrom < 1000 ? rebuilding : 1);
        Assert.IsTrue(seen.Contains("IPv4 small") && seen.Contains("IPv4 medium") && seen.Contains("IPv6 medium"));
        if (slots > 100_000 && largeFrom < 1000 && nodes > 30_000) Assert.IsTrue(seen.Contains("IPv4 large") && seen.Contains("IPv6 large"));

        // All gone: everything is small again, and nothing is lost of any pool.
        foreach (Routes r in all)
        {
            foreach ((UInt128 p, int b) in r.Model.Keys.ToArray()) r.Remove(p, b);
            r.Model.Clear();
        }

        for (int i = 0; i < 20_000; i++) table.Step(64);
        foreach (Routes r in all) Assert.AreEqual("small", Layout(table, r.Row));
        Assert.AreEqual(vrfs, table.Used);
        Assert.AreEqual(table.Tree.Node.Length - 4, table.Tree.FreeInts);
        if (slots == 0) return;
        int directories = Enumerable.Range(0, table.Slots.Slot.Length >> 16).TakeWhile(_ => table.Slots.Take(16) != PrefixSlots.None).Count();
        TestContext.WriteLine($"{directories} directories can be taken");
        Assert.IsGreaterThan(0, directories);
    }

    [TestMethod]
    public void A_thousand_VRFs_of_100_routes_take_at_most_16_octets_per_route()
    {
        const int Vrfs = 1000;
        const int Each = 100;
        PrefixTable table = new(With(Vrfs, Vrfs * Each, 0, 0, 0, 0));
        for (int i = 0; i < Each; i++)
        {
            // One after another in each VRF in turn: every segment grows between its neighbours.
            for (int vrf = 0; vrf < Vrfs; vrf++) Assert.IsTrue(table.Set(vrf, (uint)((i * 37 % Each) << 16) | 0x0A000000, 16, ForwardingHandle.Path | (vrf * Each) | i));
        }

        Assert.AreEqual(table.Pool, table.Used);
        for (int vrf = 0; vrf < Vrfs; vrf += 7)
        {
            for (int i = 0; i < Each; i++) Assert.AreEqual(ForwardingHandle.Path | (vrf * Each) | i, table.Lookup(vrf, (uint)((i * 37 % Each) << 16) | 0x0A00FFFF));
        }

        int octets = new Memory.ObjectWalk().From(table).Total;
        TestContext.WriteLine($"{octets:N0} octets");
        Assert.IsLessThanOrEqualTo(16 * Vrfs * Each, octets);
    }

    [TestMethod]
    public void A_router_on_a_PC_refuses_none_of_the_routes_that_it_promises()
    {
        Capacity capacity = Capacity.Pc();
        PrefixTable table = new(capacity);
        Random random = new(Seed);
        byte[] six = new byte[16];
        int four = 0;
        for (int vrf = 1; vrf <= 8; vrf++)
        {
            // Scattered, which costs nodes most: IPv4 in tables of 1,200 that are no longer small, then IPv6 likewise.
            for (int i = 0; i < 1200; i++, four++) Assert.IsTrue(table.Set(vrf, (uint)random.Next(1 << 16, 0xDF0000) << 8, 24, 1 + i), $"IPv4 route {four}");
            while (table.Step(1000)) { }
        }

        for (int i = 0; i < capacity.Routes6; i++)
        {
            random.NextBytes(six.AsSpan(0, 6));
            Assert.IsTrue(table.Set6(1 + (i & 1), six, 0, 48, 1 + i), $"IPv6 route {i}");
            table.Step(8);
        }

        Assert.AreEqual(0, table.Refused);
    }

    [TestMethod]
    public void A_hundred_thousand_routes_take_at_most_64_octets_each_in_the_layout_medium()
    {
        const int Routes = 100_000;
        Random random = new(Seed);
        PrefixTable table = new(With(1, 4096, Routes * 16, (1 << 20) + (1 << 16) + Routes * 32, 1000, 2000));
        int set = 0;
        while (set < Routes)
        {
            int bits = random.Next(20) switch { < 12 => 24, < 17 => 16 + random.Next(8), _ => 25 + random.Next(8) };
            uint prefix = (uint)random.NextInt64(1L << 32) & (0xFFFFFFFF << (32 - bits));
            if (table.HandleOf(0, prefix, bits) != PrefixTable.NotFound) continue;
            Assert.IsTrue(table.Set(0, prefix, bits, ForwardingHandle.Path | set), $"route {set} refused");
            set++;
        }

        // Every array of the tree and of the small pool counts, whether full or not.
        int octets = new Memory.ObjectWalk().From(table.Tree).Total + table.Pool * 14;
        TestContext.WriteLine($"{octets:N0} octets, {table.Tree.FreeInts * 4:N0} of them free");
        Assert.AreEqual("large", Layout(table, 0));
        Assert.IsLessThanOrEqualTo(64 * Routes + 4096 * 14 + 1000, octets);
        Assert.IsGreaterThan(0, table.Tree.FreeInts);
    }

    // Bursts of any length over VRFs of all layouts, in runs and mixed: each address as by itself.
    [TestMethod]
    public void A_burst_finds_what_each_address_by_itself_finds()
    {
        Random random = new(Seed);
        PrefixTable table = new(With(8, 2000, 400_000, 1_200_000, 300, 900));
        int[] sizes = [0, 1, 7, 64, 250, 500, 1200, 1500];
        List<uint> known = [0];
        for (int vrf = 0; vrf < 8; vrf++)
        {
            for (int i = 0; i < sizes[vrf]; i++)
            {
                int bits = random.Next(8) == 0 ? random.Next(33) : 8 + random.Next(25);
                uint prefix = (random.Next(2) == 0 ? known[random.Next(known.Count)] + (uint)random.Next(1 << 12) : (uint)random.NextInt64(1L << 32)) & (bits == 0 ? 0 : 0xFFFFFFFF << (32 - bits));
                Assert.IsTrue(table.Set(vrf, prefix, bits, ForwardingHandle.Path | (vrf * 10_000 + i)));
                known.Add(prefix);
            }
        }

        for (int i = 0; i < 5000; i++) table.Step(64);
        Assert.AreEqual("small small small small small medium large large", string.Join(' ', Enumerable.Range(0, 8).Select(v => Layout(table, v))));
        int[] vrfs = new int[200];
        uint[] addresses = new uint[200];
        int[] handles = new int[200];
        for (int round = 0; round < 3000; round++)
        {
            int count = random.Next(201);
            int run = 1 + random.Next(40);
            int among = 1 + random.Next(8);
            for (int i = 0; i < count; i++)
            {
                vrfs[i] = i > 0 && random.Next(run) != 0 ? vrfs[i - 1] : random.Next(among);
                addresses[i] = random.Next(4) == 0 ? (uint)random.NextInt64(1L << 32) : known[random.Next(known.Count)] + (uint)random.Next(-2, 300);
            }

            NetPrefixMatch.Handles(table, vrfs, addresses, handles, count);
            for (int i = 0; i < count; i++) Assert.AreEqual(table.Lookup(vrfs[i], addresses[i]), handles[i], $"round {round}, {i} of {count}, VRF {vrfs[i]}, {addresses[i]:X8}");
        }
    }

    private static string Layout(PrefixTable table, int row) =>
        !table.IsWide(row) ? "small" : table.Slots != null && table.Slots.Directory[row] != PrefixSlots.None ? "large" : "medium";

    private static void CheckAll(PrefixTable table, Routes[] all, Random random)
    {
        foreach (Routes r in all)
        {
            foreach (((UInt128 prefix, int bits), int handle) in r.Model) Assert.AreEqual(handle, r.HandleOf(prefix, bits), $"{prefix:X32}/{bits}");
            for (int n = 0; n < 20; n++)
            {
                UInt128 address = Near(random, r);
                int most = random.Next(r.Most + 1);
                int handle = r.Search(address, most, out int bits);
                bool found = r.Longest(address, most);
                Assert.AreEqual(bits >= 0 || r.Most == 32, found);
                if (!found) continue;
                Assert.AreEqual(Math.Max(bits, 0), table.FoundBits);
                Assert.AreEqual(handle, table.FoundHandle);
                Assert.AreEqual(address & Mask(table.FoundBits), r.Found);
            }

            // In order, by address and then length; of IPv4 0.0.0.0/0 is always there.
            List<(UInt128 Prefix, int Bits)> expected = [.. r.Model.Keys];
            if (r.Most == 32 && !r.Model.ContainsKey((0, 0))) expected.Add((0, 0));
            expected.Sort();
            List<(UInt128 Prefix, int Bits)> walked = [];
            (UInt128 Prefix, int Bits) at = (0, -1);
            while (r.Next(at.Prefix, at.Bits))
            {
                at = (r.Found, table.FoundBits);
                walked.Add(at);
                r.Model.TryGetValue(at, out int handle);
                Assert.AreEqual(handle, table.FoundHandle);
                Assert.IsLessThanOrEqualTo(expected.Count, walked.Count);
            }

            CollectionAssert.AreEqual(expected, walked, $"row {r.Row}, {Layout(table, r.Row)}");
        }
    }
}
