using LabEdge.Forwarding;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>Longest prefix match of a small board: nesting, addresses above 127, what is removed, and a full pool.</summary>
    [TestClass]
    public class PrefixTests
    {
        private static PrefixTable Table(int prefixes)
        {
            Capacity capacity = Capacity.Tiny();
            capacity.Prefixes = prefixes;
            return new PrefixTable(capacity);
        }

        [TestMethod]
        public void The_longest_of_nested_prefixes_wins_and_the_next_one_when_it_goes()
        {
            PrefixTable table = Table(64);
            Assert.IsTrue(table.Set(0, 0x00000000, 0, 1));
            Assert.IsTrue(table.Set(0, 0x0A000000, 8, 2));
            Assert.IsTrue(table.Set(0, 0x0A010000, 16, 3));
            Assert.IsTrue(table.Set(0, 0x0A010203, 32, 4));
            Assert.AreEqual(4, table.Lookup(0, 0x0A010203));
            Assert.AreEqual(3, table.Lookup(0, 0x0A010204));
            Assert.AreEqual(2, table.Lookup(0, 0x0AFFFFFF));
            Assert.AreEqual(1, table.Lookup(0, 0x0B000000));
            Assert.IsTrue(table.Remove(0, 0x0A010000, 16));
            Assert.AreEqual(2, table.Lookup(0, 0x0A010204));
            Assert.AreEqual(4, table.Lookup(0, 0x0A010203));
            Assert.IsFalse(table.Remove(0, 0x0A010000, 16));
        }

        [TestMethod]
        public void Addresses_above_127_are_sorted_without_sign()
        {
            PrefixTable table = Table(64);
            table.Set(0, 0xC0A80000, 16, 5);
            table.Set(0, 0xC0A80100, 24, 6);
            table.Set(0, 0x7F000000, 8, 7);
            table.Set(0, 0xFFFFFFFF, 32, 8);
            table.Set(0, 0x80000000, 1, 9);
            Assert.AreEqual(6, table.Lookup(0, 0xC0A801FE));
            Assert.AreEqual(5, table.Lookup(0, 0xC0A80200));
            Assert.AreEqual(7, table.Lookup(0, 0x7FFFFFFF));
            Assert.AreEqual(8, table.Lookup(0, 0xFFFFFFFF));
            Assert.AreEqual(9, table.Lookup(0, 0xFFFFFFFE));
            Assert.AreEqual(9, table.Lookup(0, 0x80000000));
        }

        [TestMethod]
        public void What_is_in_one_VRF_is_in_no_other()
        {
            PrefixTable table = Table(64);
            table.Set(1, 0x0A000000, 8, 2);
            table.Set(0, 0x0A000000, 8, 3);
            Assert.AreEqual(2, table.Lookup(1, 0x0A000001));
            Assert.AreEqual(3, table.Lookup(0, 0x0A000001));
            table.Remove(0, 0x0A000000, 8);
            Assert.AreEqual(2, table.Lookup(1, 0x0A000001));
            Assert.AreNotEqual(2, table.Lookup(0, 0x0A000001));
        }

        [TestMethod]
        public void A_full_pool_refuses_counts_and_takes_again_what_became_free()
        {
            PrefixTable table = Table(16);
            uint prefix = 0xC0000000;
            int taken = 0;
            while (table.Set(0, prefix, 24, taken + 1))
            {
                taken++;
                prefix += 256;
            }
            Assert.IsTrue(taken >= 16);
            Assert.AreEqual(1, table.Refused);
            for (int i = 0; i < taken; i++) Assert.AreEqual(i + 1, table.Lookup(0, 0xC0000007 + (uint)(i * 256)));
            Assert.IsTrue(table.Remove(0, 0xC0000000, 24));
            Assert.IsTrue(table.Set(0, prefix, 24, 99));
            Assert.AreEqual(99, table.Lookup(0, prefix));
        }
    }
}
