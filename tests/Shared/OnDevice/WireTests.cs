using LabEdge.Forwarding.Wire;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace LabEdge.Tests.OnDevice
{
    /// <summary>Headers octet by octet, in both directions, on the runtime that the boards have.</summary>
    [TestClass]
    public class WireTests
    {
        [TestMethod]
        public void A_label_stack_entry_is_read_and_written_as_its_octets_say()
        {
            byte[] memory = HexText.Filled(8);
            LabelStackEntry.Write(memory, 2, 24001, 5, true, 64);
            Assert.IsTrue(HexText.Holds(memory, "05DC1B40"));
            Assert.AreEqual(24001, LabelStackEntry.ReadLabel(memory, 2));
            Assert.AreEqual(5, LabelStackEntry.ReadTrafficClass(memory, 2));
            Assert.IsTrue(LabelStackEntry.ReadBottom(memory, 2));
            Assert.AreEqual(64, LabelStackEntry.ReadTtl(memory, 2));
        }

        [TestMethod]
        public void The_greatest_label_fills_the_sign_bit_of_its_word_and_comes_back()
        {
            byte[] memory = HexText.Filled(8);
            LabelStackEntry.Write(memory, 2, 1048575, 7, true, 255);
            Assert.IsTrue(HexText.Holds(memory, "FFFFFFFF"));
            Assert.AreEqual(1048575, LabelStackEntry.ReadLabel(memory, 2));
            Assert.AreEqual(-1, LabelStackEntry.Word(1048575, 7, true, 255));
            Assert.AreEqual(-1, Octets.ReadInt32(memory, 2));
            LabelStackEntry.Write(memory, 2, 524288, 0, false, 0);
            Assert.IsTrue(HexText.Holds(memory, "80000000"));
            Assert.AreEqual(524288, LabelStackEntry.ReadLabel(memory, 2));
        }

        [TestMethod]
        public void Numbers_with_the_first_bit_set_come_back_as_they_went()
        {
            byte[] memory = HexText.Filled(8);
            Octets.WriteUInt32(memory, 2, 0xFEDCBA98);
            Assert.IsTrue(HexText.Holds(memory, "FEDCBA98"));
            Assert.AreEqual(0xFEDCBA98, Octets.ReadUInt32(memory, 2));
            Assert.AreEqual(-19088744, Octets.ReadInt32(memory, 2));
            Assert.AreEqual(0xFEDC, Octets.ReadUInt16(memory, 2));
            Octets.WriteInt32(memory, 2, -2);
            Assert.IsTrue(HexText.Holds(memory, "FFFFFFFE"));
            Octets.WriteUInt16(memory, 2, 0x1FFFF);
            Assert.IsTrue(HexText.Holds(memory, "FFFFFFFE"));
        }

        [TestMethod]
        public void An_Ethernet_header_and_a_tag_stand_as_their_octets_say()
        {
            byte[] addresses = HexText.Octets("020000000101 020000000001");
            byte[] memory = HexText.Filled(18);
            EthernetHeader.Write(memory, 2, addresses, 0, addresses, 6, 0x8847);
            Assert.IsTrue(HexText.Holds(memory, "020000000101 020000000001 8847"));
            Assert.AreEqual(0x8847, EthernetHeader.ReadEtherType(memory, 2));
            Assert.IsFalse(EthernetHeader.IsGroup(memory, 2));

            byte[] tag = HexText.Filled(6);
            VlanTag.Write(tag, 2, 5, true, 4094);
            Assert.IsTrue(HexText.Holds(tag, "BFFE"));
            Assert.AreEqual(4094, VlanTag.ReadVlan(tag, 2));
            Assert.AreEqual(5, VlanTag.ReadPriority(tag, 2));
            Assert.IsTrue(VlanTag.ReadDropEligible(tag, 2));
        }

        [TestMethod]
        public void An_IPv4_header_has_its_checksum_and_keeps_it_when_the_TTL_falls()
        {
            byte[] memory = HexText.Filled(24);
            Ipv4Header.Write(memory, 2, 46, 84, 0x1234, true, 64, Ipv4Header.Icmp, 0xC0A80101, 0xE0000005);
            Assert.AreEqual("45B80054 12344000 4001", HexText.Text(memory, 2, 4) + " " + HexText.Text(memory, 6, 4) + " " + HexText.Text(memory, 10, 2));
            Assert.AreEqual("C0A80101E0000005", HexText.Text(memory, 14, 8));
            Assert.IsTrue(Ipv4Header.ChecksumRight(memory, 2));
            for (int ttl = 63; ttl > 0; ttl--)
            {
                Ipv4Header.SetTtl(memory, 2, ttl);
                Assert.IsTrue(Ipv4Header.ChecksumRight(memory, 2));
                Assert.AreEqual(ttl, Ipv4Header.ReadTtl(memory, 2));
            }
            Assert.AreEqual(0xC0A80101, Ipv4Header.ReadSource(memory, 2));
            Assert.AreEqual(0xE0000005, Ipv4Header.ReadDestination(memory, 2));
            Assert.IsTrue(Ipv4Header.Fits(memory, 2, 84));
            Assert.IsFalse(Ipv4Header.Fits(memory, 2, 83));
        }

        [TestMethod]
        public void The_checksum_of_the_internet_is_that_of_RFC_1071()
        {
            byte[] octets = HexText.Octets("0001F203F4F5F6F7");
            Assert.AreEqual(0x220D, InternetChecksum.Of(octets, 0, 8));
            byte[] all = HexText.Octets("FFFFFFFFFFFFFFFF");
            Assert.AreEqual(0, InternetChecksum.Of(all, 0, 8));
            Assert.AreEqual(0x00FF, InternetChecksum.Of(all, 0, 7));
        }

        [TestMethod]
        public void An_ARP_request_and_a_UDP_header_stand_as_their_octets_say()
        {
            byte[] hardware = HexText.Octets("020000000001 000000000000");
            byte[] memory = HexText.Filled(32);
            ArpPacket.Write(memory, 2, 1, hardware, 0, 0xC6336409, hardware, 6, 0xCB00714D);
            Assert.IsTrue(HexText.Holds(memory, "0001080006040001 020000000001 C6336409 000000000000 CB00714D"));
            Assert.AreEqual(0xC6336409, ArpPacket.ReadSenderProtocol(memory, 2));
            Assert.AreEqual(0xCB00714D, ArpPacket.ReadTargetProtocol(memory, 2));

            byte[] udp = HexText.Octets("0000000000000000 11223344");
            UdpHeader.Write(udp, 0, 49152, 6635, 12, 0xC6336409, 0xCB00714D);
            Assert.AreEqual("C00019EB000C", HexText.Text(udp, 0, 6));
            Assert.IsTrue(UdpHeader.ChecksumRight(udp, 0, 12, 0xC6336409, 0xCB00714D));
            udp[11] ^= 1;
            Assert.IsFalse(UdpHeader.ChecksumRight(udp, 0, 12, 0xC6336409, 0xCB00714D));
        }

        [TestMethod]
        public void Sequence_numbers_of_a_pseudowire_leave_out_zero_and_wrap()
        {
            byte[] memory = HexText.Filled(8);
            ControlWord.Write(memory, 2, 65535);
            Assert.IsTrue(HexText.Holds(memory, "0000FFFF"));
            Assert.AreEqual(1, ControlWord.NextSequence(65535));
            Assert.IsTrue(ControlWord.IsInOrder(1, 65535));
            Assert.IsFalse(ControlWord.IsInOrder(65535, 1));
        }
    }
}
