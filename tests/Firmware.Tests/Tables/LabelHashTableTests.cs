using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

[TestClass]
public class LabelHashTableTests
{
    [TestMethod]
    public void Empty_full_one_too_many_replace_remove_and_remove_absent()
    {
        LabelHashTable table = new(3);
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, 16));
        Assert.IsTrue(table.Set(0, 0, ForwardingHandle.Path | 1));
        Assert.IsTrue(table.Set(LabelHashTable.MaxSpace, LabelHashTable.MaxLabel, ForwardingHandle.Path | 2));
        Assert.IsTrue(table.Set(1, 0, ForwardingHandle.Path | 3));
        Assert.IsFalse(table.Set(2, 0, ForwardingHandle.Path | 4));
        Assert.AreEqual(1, table.Refused);
        Assert.IsFalse(table.Set(0, LabelHashTable.MaxLabel + 1, ForwardingHandle.Path));
        Assert.IsFalse(table.Set(LabelHashTable.MaxSpace + 1, 16, ForwardingHandle.Path));
        Assert.IsTrue(table.Set(1, 0, ForwardingHandle.Path | 5));
        Assert.AreEqual(ForwardingHandle.Path | 1, table.Lookup(0, 0));
        Assert.AreEqual(ForwardingHandle.Path | 2, table.Lookup(LabelHashTable.MaxSpace, LabelHashTable.MaxLabel));
        Assert.AreEqual(ForwardingHandle.Path | 5, table.Lookup(1, 0));
        Assert.IsTrue(table.Remove(0, 0));
        Assert.IsFalse(table.Remove(0, 0));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, 0));
        Assert.IsTrue(table.Set(2, 0, ForwardingHandle.Path | 4));
        Assert.AreEqual(3, table.Count);
    }

    [TestMethod]
    public void Seeded_churn_agrees_with_a_dictionary_one_by_one_and_in_bursts()
    {
        Random random = new(5331);
        LabelHashTable table = new(200);
        Dictionary<int, int> model = [];
        int[] keys = new int[150];
        int[] handles = new int[150];
        for (int step = 0; step < 40_000; step++)
        {
            int space = random.Next(3);
            int label = random.Next(130);
            int key = (space << 20) | label;
            if (random.Next(10) < (step / 5000 % 2 == 0 ? 7 : 3))
            {
                bool room = model.ContainsKey(key) || model.Count < 200;
                Assert.AreEqual(room, table.Set(space, label, ForwardingHandle.Path | step));
                if (room) model[key] = ForwardingHandle.Path | step;
            }
            else
            {
                Assert.AreEqual(model.Remove(key), table.Remove(space, label));
            }

            Assert.AreEqual(model.Count, table.Count);
            if (step % 50 != 0) continue;
            int count = random.Next(keys.Length + 1);
            for (int i = 0; i < count; i++) keys[i] = (random.Next(3) << 20) | random.Next(140);
            NetExactMatch.Lookup(table, keys, handles, count);
            for (int i = 0; i < count; i++)
            {
                model.TryGetValue(keys[i], out int expected);
                Assert.AreEqual(expected, handles[i]);
                Assert.AreEqual(expected, table.Lookup(keys[i] >> 20, keys[i] & LabelHashTable.MaxLabel));
            }
        }

        Assert.IsGreaterThan(0, table.Refused);
    }

    [TestMethod]
    [DataRow(64)]
    [DataRow(65536)]
    public void As_many_labels_as_it_says_fit_whether_random_or_in_sequence(int entries)
    {
        LabelHashTable table = new(entries);
        for (int i = 0; i < entries; i++) Assert.IsTrue(table.Set(i >> 14, 16 + (i & 0x3FFF), ForwardingHandle.Path | i), $"sequence, {i}");
        Random random = new(4);
        table = new LabelHashTable(entries);
        while (table.Count < entries) Assert.IsTrue(table.Set(random.Next(2048), random.Next(1 << 20), ForwardingHandle.Path), $"random, {table.Count}");
    }
}
