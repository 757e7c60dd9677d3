using LabEdge.Ldp;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>A label mapping as it goes over the wire (RFC 5036 section 3.5.7), written and read.</summary>
    [TestClass]
    public class LdpTests
    {
        private const string Mapping = "0001 0021 C0A80101 0000 0400 0017 80000001 0100 0007 02 0001 18 CB0071 0200 0004 00005DC1";

        private static PduWriter Written()
        {
            PduWriter pdu = new PduWriter(128);
            pdu.Begin(0xC0A80101, 128);
            pdu.Message(LdpMessage.LabelMapping, 0x80000001);
            pdu.PrefixFec(0xCB007100, 24);
            pdu.Label(24001);
            pdu.EndMessage();
            pdu.End();
            return pdu;
        }

        [TestMethod]
        public void A_mapping_is_written_octet_by_octet()
        {
            PduWriter pdu = Written();
            Assert.AreEqual(HexText.Plain(Mapping), HexText.Text(pdu.Octets, 0, pdu.Length));
        }

        [TestMethod]
        public void Its_TLVs_are_found_and_one_that_passes_the_end_is_bad()
        {
            PduWriter pdu = Written();
            int start = LdpMessage.PduHeader + LdpMessage.MessageHeader;
            TlvReader reader = new TlvReader();
            Assert.IsTrue(reader.Find(pdu.Octets, start, pdu.Length, LdpMessage.GenericLabel));
            Assert.AreEqual(4, reader.Length);
            Assert.AreEqual("00005DC1", HexText.Text(pdu.Octets, reader.At, reader.Length));
            reader.Begin(pdu.Octets, start, pdu.Length);
            Assert.AreEqual(TlvReader.Found, reader.Next());
            Assert.AreEqual(LdpMessage.Fec, reader.Type);
            Assert.AreEqual(TlvReader.Found, reader.Next());
            Assert.AreEqual(TlvReader.End, reader.Next());
            for (int end = start + 1; end < pdu.Length; end++)
            {
                reader.Begin(pdu.Octets, start, end);
                int result = reader.Next();
                if (result == TlvReader.Found) result = reader.Next();
                Assert.IsTrue(result != TlvReader.Found);
            }
        }

        [TestMethod]
        public void A_TLV_with_the_U_bit_may_be_ignored()
        {
            byte[] octets = HexText.Octets("8506 0001 80 0301 0004");
            TlvReader reader = new TlvReader();
            reader.Begin(octets, 0, octets.Length);
            Assert.AreEqual(TlvReader.Found, reader.Next());
            Assert.AreEqual(LdpMessage.DynamicCapability, reader.Type);
            Assert.IsTrue(reader.Ignorable);
            Assert.AreEqual(TlvReader.Bad, reader.Next());
        }
    }
}
