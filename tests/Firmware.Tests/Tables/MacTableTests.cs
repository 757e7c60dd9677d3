using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

[TestClass]
public class MacTableTests
{
    private const int High = 0x00005E00;

    [TestMethod]
    public void Empty_full_one_too_many_move_remove_and_remove_absent()
    {
        MacTable table = new(4, 3);
        Assert.AreEqual(MacTable.None, table.Find(0, High, 1));
        for (int i = 0; i < 4; i++) Assert.AreNotEqual(MacTable.None, table.Learn(i & 1, High, i, 10 + i, 100));
        Assert.AreEqual(MacTable.None, table.Learn(2, High, 9, 1, 100));
        Assert.AreEqual(1, table.Refused);
        Assert.AreEqual(0, table.PerDomain[2]);

        int row = table.Learn(1, High, 3, 20, 7777);
        Assert.AreEqual(table.Find(1, High, 3), row);
        Assert.AreEqual(20, table.Record[row + MacTable.Member]);
        Assert.AreEqual(7777, table.Record[row + MacTable.Stamp]);
        Assert.AreEqual(1, table.DomainAt(row));
        Assert.AreEqual(MacTable.None, table.Find(0, High, 3), "another domain's");

        table.Remove(row);
        Assert.AreEqual(MacTable.None, table.Find(1, High, 3));
        Assert.AreEqual(1, table.PerDomain[1]);
        Assert.AreEqual(3, table.Count);
        Assert.AreNotEqual(MacTable.None, table.Learn(2, unchecked((int)0xFFFFFFFE), 0xFFFF, 1, 100));
        Assert.AreEqual(1, table.PerDomain[2]);
    }

    [TestMethod]
    public void Seeded_churn_agrees_with_a_dictionary()
    {
        Random random = new(20261);
        MacTable table = new(96, 5);
        Dictionary<(int Domain, int High, int Low), (int Member, uint Stamp)> model = [];
        uint now = 0xFFFFF000;
        const int Age = 40_000;
        for (int step = 0; step < 60_000; step++)
        {
            now += (uint)random.Next(200);
            (int Domain, int High, int Low) key = (random.Next(5), High + random.Next(3) * 0x01000000, random.Next(24));
            switch (random.Next(20))
            {
                case < 11:
                    int member = random.Next(9);
                    bool room = model.ContainsKey(key) || model.Count < 96;
                    int row = table.Learn(key.Domain, key.High, key.Low, member, now);
                    Assert.AreEqual(room, row != MacTable.None);
                    if (room) model[key] = (member, now);
                    break;
                case < 17:
                    int at = table.Find(key.Domain, key.High, key.Low);
                    Assert.AreEqual(model.Remove(key), at != MacTable.None);
                    if (at != MacTable.None) table.Remove(at);
                    break;
                case 17:
                    // A whole round: whatever is too old is gone after it. A removal costs a visit of its own.
                    int removed = table.AgeStep(now, Age, table.Slots + table.Count);
                    int old = model.Where(e => now - e.Value.Stamp >= Age).Select(e => model.Remove(e.Key)).Count();
                    Assert.AreEqual(old, removed);
                    break;
                case 18 when random.Next(8) == 0:
                    int flushed = table.FlushMember(key.Low % 9);
                    Assert.AreEqual(model.Where(e => e.Value.Member == key.Low % 9).Select(e => model.Remove(e.Key)).Count(), flushed);
                    break;
                case 19 when random.Next(8) == 0:
                    flushed = table.FlushDomain(key.Domain);
                    Assert.AreEqual(model.Where(e => e.Key.Domain == key.Domain).Select(e => model.Remove(e.Key)).Count(), flushed);
                    break;
            }

            Assert.AreEqual(model.Count, table.Count);
            if (step % 64 != 0) continue;
            for (int d = 0; d < 5; d++) Assert.AreEqual(model.Keys.Count(k => k.Domain == d), table.PerDomain[d]);
            foreach (((int domain, int high, int low), (int member, uint stamp)) in model)
            {
                int found = table.Find(domain, high, low);
                Assert.AreNotEqual(MacTable.None, found);
                Assert.AreEqual(member, table.Record[found + MacTable.Member]);
                Assert.AreEqual((int)stamp, table.Record[found + MacTable.Stamp]);
            }
        }

        Assert.IsGreaterThan(0, table.Refused);
    }

    [TestMethod]
    public void Ageing_is_incremental_and_a_refresh_keeps_an_entry()
    {
        MacTable table = new(64, 1);
        for (int i = 0; i < 64; i++) table.Learn(0, High, i, 1, 1000);
        table.Learn(0, High, 7, 1, 200_000);
        int removed = 0;
        int steps = 0;
        while (removed < 63 && steps < 100)
        {
            int now = table.AgeStep(301_000, 300_000, 8);
            Assert.IsLessThanOrEqualTo(8, now);
            removed += now;
            steps++;
        }

        Assert.AreEqual(63, removed);
        Assert.AreNotEqual(MacTable.None, table.Find(0, High, 7));
        Assert.AreEqual(0, table.AgeStep(499_999, 300_000, 4 * table.Slots));
        Assert.AreEqual(1, table.AgeStep(500_000, 300_000, 4 * table.Slots));
    }

    [TestMethod]
    [DataRow(64)]
    [DataRow(4096)]
    [DataRow(65536)]
    public void As_many_addresses_as_it_says_fit_whether_random_or_in_sequence(int entries)
    {
        Random random = new(5);
        MacTable table = new(entries, 8);
        for (int i = 0; i < entries; i++) Assert.AreNotEqual(MacTable.None, table.Learn(i & 7, High + (i >> 16), i & 0xFFFF, 0, 0), $"sequence, {i}");
        for (int d = 0; d < 8; d++) table.FlushDomain(d);
        Assert.AreEqual(0, table.Count);
        for (int i = 0; i < entries; i++) Assert.AreNotEqual(MacTable.None, table.Learn(random.Next(8), random.Next(), random.Next(65536), 0, 0), $"random, {i}");
    }

    [TestMethod]
    public void Addresses_chosen_to_collide_are_refused_not_searched_for_ever()
    {
        // The multiplier is odd: for each key the high part that gives the same sum exists.
        MacTable table = new(1024, 1);
        int taken = 0;
        for (int low = 0; low < 1000; low++)
        {
            int high = unchecked(-((1 << 16) | low) * MixKey);
            if (table.Learn(0, high, low, 1, 0) != MacTable.None) taken++;
        }

        Assert.AreEqual(MacTable.MaxProbe, taken);
        Assert.AreEqual(1000 - MacTable.MaxProbe, table.Refused);
        Assert.AreEqual(MacTable.None, table.Find(0, unchecked(-((1 << 16) | 2000) * MixKey), 2000));
    }

    [TestMethod]
    public void A_burst_finds_what_each_by_itself_finds()
    {
        Random random = new(64);
        MacTable table = new(500, 3);
        for (int i = 0; i < 500; i++) table.Learn(random.Next(3), High + random.Next(4), random.Next(200), i, 0);
        int[] high = new int[300];
        int[] keys = new int[300];
        int[] rows = new int[300];
        int found = 0;
        for (int round = 0; round < 200; round++)
        {
            int count = random.Next(301);
            for (int i = 0; i < count; i++)
            {
                high[i] = High + random.Next(4);
                keys[i] = ((random.Next(3) + 1) << 16) | random.Next(260);
            }

            NetExactMatch.Find(table, high, keys, rows, count);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(table.Find((keys[i] >> 16) - 1, high[i], keys[i] & 0xFFFF), rows[i]);
                found += rows[i] == MacTable.None ? 0 : 1;
            }
        }

        Assert.IsGreaterThan(1000, found);
    }

    private const int MixKey = -2048144777;
}
