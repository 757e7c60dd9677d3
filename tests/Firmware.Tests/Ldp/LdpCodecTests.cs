using LabEdge.Ldp;

namespace LabEdge.Tests.Ldp;

/// <summary>The octets of LDP (RFC 5036 sections 3.1 to 3.4) as a table, written into filled memory and read back.</summary>
[TestClass]
public class LdpCodecTests
{
    // A PDU of three messages, each octet of it said.
    private const string Pdu =
        "0001 003F 0A000001 0000 " +                                     // version, length after it, LSR id, label space
        "0400 0018 00000001 0100 0008 02 0001 20 09090909 0200 0004 0000A1B2 " +
        "0402 0011 00000002 0100 0009 02 0001 00 02 0001 08 0B " +
        "0201 0004 00000003 ";

    [TestMethod]
    public void A_pdu_is_written_octet_for_octet_and_read_back()
    {
        PduWriter writer = new(120);
        Array.Fill(writer.Octets, FilledMemory.Filler);
        writer.Begin(0x0A000001, 120);
        Assert.IsTrue(writer.IsEmpty);
        writer.Message(LdpMessage.LabelMapping, 1);
        writer.PrefixFec(0x09090909, 32);
        writer.Label(0xA1B2);
        writer.EndMessage();
        writer.Message(LdpMessage.LabelWithdraw, 2);
        writer.Tlv(LdpMessage.Fec, 9);
        writer.UInt8(LdpMessage.Prefix);
        writer.UInt16(LdpMessage.Ipv4);
        writer.UInt8(0);
        writer.UInt8(LdpMessage.Prefix);
        writer.UInt16(LdpMessage.Ipv4);
        writer.UInt8(8);
        writer.UInt8(0x0B);
        writer.EndMessage();
        writer.Message(LdpMessage.KeepAlive, 3);
        writer.EndMessage();
        writer.End();
        byte[] expected = Hex.Octets(Pdu);
        Assert.AreEqual(expected.Length, writer.Length);
        Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString(writer.Octets, 0, writer.Length));
        Assert.IsTrue(writer.Octets.Skip(writer.Length).All(o => o == FilledMemory.Filler), "nothing beyond it");
        Assert.AreEqual(120 - writer.Length, writer.Room);
    }

    // Prefix and length, and the FEC TLV of it.
    [TestMethod]
    [DataRow(0u, 0, "0100 0004 02 0001 00")]
    [DataRow(0x0B000000u, 8, "0100 0005 02 0001 08 0B")]
    [DataRow(0x0B800000u, 9, "0100 0006 02 0001 09 0B80")]
    [DataRow(0xC0A80100u, 24, "0100 0007 02 0001 18 C0A801")]
    [DataRow(0xC0A80102u, 31, "0100 0008 02 0001 1F C0A80102")]
    [DataRow(0xFFFFFFFFu, 32, "0100 0008 02 0001 20 FFFFFFFF")]
    public void A_prefix_takes_the_octets_of_its_length(uint prefix, int bits, string octets)
    {
        PduWriter writer = new(60);
        writer.Begin(1, 60);
        writer.PrefixFec(prefix, bits);
        Assert.AreEqual(octets.Replace(" ", ""), Convert.ToHexString(writer.Octets, LdpMessage.PduHeader, writer.Length - LdpMessage.PduHeader));
    }

    // Type, whether it may be passed over, and value of each TLV; U and F are no part of the type.
    [TestMethod]
    public void Tlvs_are_walked_as_far_as_they_are_whole()
    {
        byte[] octets = Hex.Octets("0100 0001 01 8506 0001 80 C777 0000 0200 0004 00000011");
        (int Type, bool Ignorable, int At, int Length)[] table = [(0x100, false, 4, 1), (0x506, true, 9, 1), (0x777, true, 14, 0), (0x200, false, 18, 4)];
        for (int end = 0; end <= octets.Length; end++)
        {
            TlvReader reader = new();
            reader.Begin(octets, 0, end);
            int found = 0;
            int answer = reader.Next();
            for (; answer == TlvReader.Found; answer = reader.Next())
            {
                Assert.AreEqual(table[found], (reader.Type, reader.Ignorable, reader.At, reader.Length));
                found++;
            }
            int whole = table.TakeWhile(t => t.At + t.Length <= end).Count();
            Assert.AreEqual(whole, found, $"{end} octets");
            bool cut = end != 0 && table.All(t => t.At + t.Length != end);
            Assert.AreEqual(cut ? TlvReader.Bad : TlvReader.End, answer, $"{end} octets");
        }
        TlvReader one = new();
        Assert.IsTrue(one.Find(octets, 0, octets.Length, LdpMessage.GenericLabel));
        Assert.AreEqual(18, one.At);
        Assert.IsFalse(one.Find(octets, 0, octets.Length, LdpMessage.Status));
        Assert.IsFalse(one.Find(octets, 0, 5, LdpMessage.GenericLabel));
        octets[3] = 200;
        Assert.IsFalse(one.Find(octets, 0, octets.Length, LdpMessage.GenericLabel), "a length past the end");
    }

    [TestMethod]
    public void Numbers_and_names_are_those_of_the_rfcs()
    {
        string[] statuses = [.. new uint[] { 0, 0x80000001, 0x80000002, 0x80000003, 4, 0x80000005, 6, 0x80000007, 0x80000008, 0x80000009, 0x8000000A, 0xB, 0xC, 0xD, 0xE, 0xF, 0x80000010, 0x80000011,
            0x80000012, 0x80000013, 0x80000014, 0x15, 0x16, 0x17, 0x80000018, 0x80000019, 0x24, 0x25, 0x28, 0x2E, 0x2F }.Select(LdpStatus.Text)];
        CollectionAssert.AllItemsAreUnique(statuses);
        CollectionAssert.DoesNotContain(statuses, LdpStatus.Text(0x3333));
        Assert.AreEqual("Unknown FEC", LdpStatus.Text(0x4000000C), "to be forwarded, or not");
    }
}
