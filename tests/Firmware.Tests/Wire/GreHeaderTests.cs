using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class GreHeaderTests
{
    [TestMethod]
    [DataRow("0000 8847", 0, 0x8847, 0, 0)]
    [DataRow("2000 8847 01020304", GreHeader.Key, 0x8847, 0x01020304, 0)]
    [DataRow("1000 8847 FFFFFFFE", GreHeader.Sequence, 0x8847, 0, -2)]
    [DataRow("3000 0800 00000007 00000008", GreHeader.Key | GreHeader.Sequence, 0x0800, 7, 8)]
    [DataRow("8000 8847 00000000", GreHeader.Checksum, 0x8847, 0, 0)]
    [DataRow("B000 8848 00000000 89ABCDEF 00000001", GreHeader.Checksum | GreHeader.Key | GreHeader.Sequence, 0x8848, unchecked((int)0x89ABCDEF), 1)]
    public void Header_goes_both_ways(string hex, int flags, int protocol, int key, int sequence)
    {
        byte[] wire = Hex.Octets("A5A5A5" + hex);
        Assert.IsTrue(GreHeader.Fits(wire, 3, wire.Length - 3));
        Assert.AreEqual(flags, GreHeader.ReadFlags(wire, 3));
        Assert.AreEqual(protocol, GreHeader.ReadProtocol(wire, 3));
        Assert.AreEqual(wire.Length - 3, GreHeader.LengthOf(flags));
        if ((flags & GreHeader.Key) != 0) Assert.AreEqual(key, GreHeader.ReadKey(wire, 3));
        if ((flags & GreHeader.Sequence) != 0) Assert.AreEqual(sequence, GreHeader.ReadSequence(wire, 3));

        FilledMemory memory = new(32);
        GreHeader.Write(memory.Octets, 5, flags, protocol, key, sequence);
        memory.Holds(5, hex);
        for (int available = -1; available < wire.Length - 3; available++)
        {
            Assert.IsFalse(GreHeader.Fits(wire, 3, available), $"{available} octets");
        }
    }

    // Bits 1, 4, 5 and the version must be zero; bits 6 to 12 do not count (RFC 2784 section 2.3).
    [TestMethod]
    public void Fits_for_each_bit_of_the_first_sixteen()
    {
        byte[] wire = new byte[16];
        for (int bit = 0; bit < 16; bit++)
        {
            Octets.WriteUInt16(wire, 0, 0x8000 >> bit);
            Assert.AreEqual(bit is 0 or 2 or 3 or (>= 6 and <= 12), GreHeader.Fits(wire, 0, 16), $"bit {bit}");
        }
    }

    [TestMethod]
    public void Checksum_covers_header_and_payload()
    {
        byte[] wire = Hex.Octets("B000 8847 00000000 00000007 00000008 000641FF 450000");
        GreHeader.WriteChecksum(wire, 0, wire.Length);
        Assert.AreEqual(0, ReferenceChecksum.Of(wire));
        Assert.IsTrue(GreHeader.ChecksumRight(wire, 0, wire.Length));
        for (int bit = 1; bit < wire.Length * 8; bit++)
        {
            wire[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            Assert.IsFalse(GreHeader.ChecksumRight(wire, 0, wire.Length), $"bit {bit}");
            wire[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }
    }

    [TestMethod]
    public void Without_the_bit_there_is_no_checksum_to_be_wrong()
    {
        Assert.IsTrue(GreHeader.ChecksumRight(Hex.Octets("0000 8847 000641FF"), 0, 8));
    }

    [TestMethod]
    public void A_sequence_number_is_written_in_its_place()
    {
        FilledMemory memory = new(24);
        memory.Put(2, "3000 8847 00000007 00000000");
        GreHeader.WriteSequence(memory.Octets, 2, 0x01020304);
        memory.Holds(2, "3000 8847 00000007 01020304");
    }
}
