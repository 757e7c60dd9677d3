using System.Reflection;
using LabEdge.Forwarding;

namespace LabEdge.Tests.ForwardingTables;

/// <summary>Tagged circuits against a dictionary: open addressing with gaps closed behind a removal.</summary>
[TestClass]
public class CircuitTableTests
{
    private const int Seed = 802_1;

    private static CircuitTable Table(int circuits)
    {
        Capacity capacity = Capacity.Tiny();
        capacity.Circuits = circuits;
        return new CircuitTable(capacity);
    }

    [TestMethod]
    [DataRow(4, 3)]
    [DataRow(16, 6)]
    [DataRow(64, 60)]
    [DataRow(256, 4095)]
    public void Churn_answers_as_a_dictionary(int circuits, int vlans)
    {
        Random random = new(Seed + circuits);
        CircuitTable table = Table(circuits);
        Dictionary<(int Port, int Selector), int> expected = [];
        int refused = 0;
        for (int step = 0; step < 40_000; step++)
        {
            (int, int) key = (random.Next(8), random.Next(vlans) | (random.Next(8) == 0 ? CircuitTable.DoubleTagged | (random.Next(3) << 12) : 0));
            int handle = ForwardingHandle.Vrf | (step & 0xFFFF);
            if (random.Next(10) < (step / 2000 % 2 == 0 ? 8 : 3))
            {
                bool full = expected.Count == circuits && !expected.ContainsKey(key);
                Assert.AreEqual(!full, table.Set(key.Item1, key.Item2, handle), $"seed {Seed + circuits}, step {step}");
                if (full) refused++;
                else expected[key] = handle;
            }
            else
            {
                if (random.Next(2) == 0 && expected.Count > 0) key = expected.Keys.ElementAt(random.Next(expected.Count));
                Assert.AreEqual(expected.Remove(key), table.Remove(key.Item1, key.Item2), $"seed {Seed + circuits}, step {step}");
            }

            Assert.AreEqual(expected.Count, table.Count);
            Assert.AreEqual(expected.GetValueOrDefault(key), table.Lookup(key.Item1, key.Item2));
            if (step % 50 != 0) continue;
            foreach (((int port, int selector), int value) in expected) Assert.AreEqual(value, table.Lookup(port, selector), $"seed {Seed + circuits}, step {step}");
        }

        Assert.AreEqual(refused, table.Refused);
        Assert.IsGreaterThan(0, refused);
    }

    [TestMethod]
    public void Empty_full_replace_and_absent()
    {
        CircuitTable table = Table(4);
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(0, 0));
        Assert.IsFalse(table.Remove(0, 0));
        for (int i = 0; i < 4; i++) Assert.IsTrue(table.Set(i, 100, ForwardingHandle.Vrf | i));
        Assert.IsFalse(table.Set(7, 100, ForwardingHandle.Vrf));
        Assert.AreEqual(ForwardingHandle.None, table.Lookup(7, 100));
        Assert.IsTrue(table.Set(2, 100, ForwardingHandle.Pseudowire | 9));
        Assert.AreEqual(ForwardingHandle.Pseudowire | 9, table.Lookup(2, 100));
        Assert.AreEqual(4, table.Count);
        Assert.AreEqual(1, table.Refused);
        Assert.IsTrue(table.Remove(2, 100));
        Assert.IsFalse(table.Remove(2, 100));
        Assert.IsTrue(table.Set(7, 100, ForwardingHandle.Vrf | 7));
        Assert.AreEqual(ForwardingHandle.Vrf | 7, table.Lookup(7, 100));
    }

    [TestMethod]
    public void The_same_vlans_on_many_ports_stay_quick_to_find()
    {
        // A wall-clock free bound: without mixing, some 100 probes for each look-up.
        CircuitTable table = Table(256);
        for (int port = 0; port < 32; port++)
        {
            for (int vlan = 0; vlan < 8; vlan++) Assert.IsTrue(table.Set(port, 10 + vlan, ForwardingHandle.Vrf | vlan));
        }

        Assert.IsLessThan(24, LongestRun(table));
    }

    // Entries side by side in the table bound the probes of any look-up.
    private static int LongestRun(CircuitTable table)
    {
        int[] slots = (int[])typeof(CircuitTable).GetField("_slot", BindingFlags.NonPublic | BindingFlags.Instance).GetValue(table);
        int longest = 0;
        int run = 0;
        for (int i = 0; i < slots.Length * 2; i += 2)
        {
            run = slots[i % slots.Length] == -1 ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
