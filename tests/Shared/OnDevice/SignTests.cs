#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>
    /// How the firmware writes what nanoCLR takes otherwise than .NET: an int that was just made of a uint keeps the uint's nature for >>, %
    /// and widening until it has been stored. Everything here has the same result on both runtimes.
    /// </summary>
    [TestClass]
    public class SignTests
    {
        private int _field;

        // Not a constant, or the compiler would do the sum.
        private static uint High(uint low)
        {
            return 0xFFFFFFF0 + low;
        }

        [TestMethod]
        public void A_time_that_has_wrapped_is_later_and_one_before_it_is_not()
        {
            uint before = High(0);
            uint after = High(0) + 32;
            Assert.IsTrue((int)(after - before) >= 0);
            Assert.IsFalse((int)(before - after) >= 0);
            Assert.IsTrue((int)(after - before) == 32);
            Assert.AreEqual(16u, after);
        }

        [TestMethod]
        public void A_stored_int_is_shifted_and_divided_with_its_sign()
        {
            _field = (int)High(0);
            Assert.AreEqual(-16, _field);
            Assert.AreEqual(-1, _field >> 4);
            Assert.AreEqual(-1, _field % 5);
            Assert.AreEqual(-4, _field / 4);
            int[] kept = new int[1];
            kept[0] = (int)High(0);
            Assert.AreEqual(-1, kept[0] >> 4);
            long wide = kept[0];
            Assert.IsTrue(wide == -16);
            Assert.AreEqual(-1, Shifted((int)High(0)));
        }

        [TestMethod]
        public void A_uint_is_shifted_compared_and_divided_without_sign()
        {
            uint high = High(0);
            Assert.AreEqual(0x0FFFFFFFu, high >> 4);
            Assert.IsTrue(high > 0x7FFFFFFF);
            Assert.AreEqual(0x33333330u, high / 5);
            int minus = -1;
            Assert.IsTrue((uint)minus >= 256u);
            Assert.AreEqual(0x0FFFFFFFu, (uint)minus >> 4);
            ulong wide = 0xFFFFFFFFFFFFFFF0;
            wide += high & 0xF;
            Assert.IsTrue(wide >> 60 == 15);
        }

        [TestMethod]
        public void Small_numbers_wrap_as_their_type_says()
        {
            byte octet = (byte)(250 + Ten());
            Assert.AreEqual(4, (int)octet);
            sbyte signed = (sbyte)(120 + Ten());
            Assert.AreEqual(-126, (int)signed);
            ushort word = (ushort)(65530 + Ten());
            Assert.AreEqual(4, (int)word);
            short half = (short)(32760 + Ten());
            Assert.AreEqual(-32766, (int)half);
            int sum = int.MaxValue;
            sum += Ten();
            Assert.AreEqual(-2147483639, sum);
            Assert.AreEqual(1 << 3, 1 << (Ten() + 25));
        }

        private static int Ten()
        {
            return 10;
        }

        private static int Shifted(int value)
        {
            return value >> 4;
        }
    }
}
