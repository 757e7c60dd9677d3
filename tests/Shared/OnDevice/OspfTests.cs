using LabEdge.Ospf;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>OSPF's sums and comparisons (RFC 2328 sections 12.1.7 and 13.1), which live on signs and modulo.</summary>
    [TestClass]
    public class OspfTests
    {
        private const string RouterLsa = "0001 02 01 04040404 04040404 80000001 0000 0030 00 00 0002 C0A80001 C0A80002 02 00 000A 0A000000 FFFFFF00 03 00 0001";

        [TestMethod]
        public void The_Fletcher_checksum_is_right_where_it_was_written_and_wrong_after_any_change()
        {
            byte[] lsa = HexText.Octets(RouterLsa);
            LsaHeader.WriteChecksum(lsa, 0);
            Assert.IsTrue(LsaHeader.ChecksumRight(lsa, 0));
            for (int at = 2; at < lsa.Length; at++)
            {
                if (at == LsaHeader.LengthOffset || at == LsaHeader.LengthOffset + 1) continue;
                lsa[at] ^= 0x80;
                Assert.IsFalse(LsaHeader.ChecksumRight(lsa, 0));
                lsa[at] ^= 0x80;
            }
            lsa[0] = 0x0E;
            Assert.IsTrue(LsaHeader.ChecksumRight(lsa, 0));
        }

        [TestMethod]
        public void An_advertisement_that_is_cut_does_not_fit()
        {
            byte[] lsa = HexText.Octets(RouterLsa);
            Assert.IsTrue(LsaHeader.Fits(lsa, 0, lsa.Length));
            for (int count = 0; count < lsa.Length; count++) Assert.IsFalse(LsaHeader.Fits(lsa, 0, count));
        }

        [TestMethod]
        public void Sequence_numbers_are_compared_with_their_sign()
        {
            byte[] lsa = HexText.Octets(RouterLsa);
            int first = LsaHeader.ReadSequence(lsa, 0);
            Assert.AreEqual(LsaHeader.InitialSequence, first);
            Assert.IsTrue(LsaHeader.Compare(first + 1, 5, 10, first, 5, 10) > 0);
            Assert.IsTrue(LsaHeader.Compare(first, 5, 10, LsaHeader.MaxSequence, 5, 10) < 0);
            Assert.IsTrue(LsaHeader.Compare(-1, 5, 10, 0, 5, 10) < 0);
            Assert.IsTrue(LsaHeader.Compare(1, 0xFFFF, 10, 1, 1, 10) > 0);
            Assert.IsTrue(LsaHeader.Compare(1, 5, 3600, 1, 5, 10) > 0);
            Assert.AreEqual(0, LsaHeader.Compare(1, 5, 910, 1, 5, 10));
        }

        [TestMethod]
        public void A_hello_is_written_with_its_header_and_its_checksum()
        {
            byte[] packet = HexText.Filled(OspfHeader.Length + HelloPacket.Length);
            OspfHeader.Write(packet, 0, OspfHeader.Hello, packet.Length, 0xC0A80101, 0);
            HelloPacket.Write(packet, OspfHeader.Length, 0xFFFFFF00, 10, HelloPacket.External, 1, 40, 0xC0A80102, 0);
            Assert.AreEqual("0201002CC0A8010100000000", HexText.Text(packet, 0, 12));
            Assert.AreEqual("FFFFFF00000A020100000028C0A8010200000000", HexText.Text(packet, OspfHeader.Length, HelloPacket.Length));
            int checksum = OspfHeader.Checksum(packet, 0, packet.Length);
            packet[OspfHeader.ChecksumOffset] = (byte)(checksum >> 8);
            packet[OspfHeader.ChecksumOffset + 1] = (byte)checksum;
            Assert.AreEqual(0, OspfHeader.Checksum(packet, 0, packet.Length));
            Assert.IsTrue(OspfHeader.Fits(packet, 0, packet.Length));
            Assert.IsFalse(OspfHeader.Fits(packet, 0, packet.Length - 1));
        }
    }
}
