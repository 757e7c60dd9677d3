using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class UdpHeaderTests
{
    [TestMethod]
    [DataRow("02860286 0012069B", "0001001E0A0000010000", 646, 646, 0x0A000001u, 0xE0000002u)]
    [DataRow("C0000DAF 000B2E1B", "616263", 49152, 3503, 0xC0A80001u, 0x7F000001u)]
    [DataRow("829A829B 0008E6A5", "", 33434, 33435, 0x0A000001u, 0x0A000002u)]
    [DataRow("00010002 000AFFFF", "EBD4", 1, 2, 0x0A000001u, 0x0A000002u)] // the sum's complement is 0
    public void Datagram_goes_both_ways(string header, string payload, int source, int destination, uint sourceAddress, uint destinationAddress)
    {
        byte[] wire = Hex.Octets("A5A5A5" + header + payload);
        int length = wire.Length - 3;
        Assert.IsTrue(UdpHeader.Fits(wire, 3, length));
        Assert.AreEqual(source, UdpHeader.ReadSourcePort(wire, 3));
        Assert.AreEqual(destination, UdpHeader.ReadDestinationPort(wire, 3));
        Assert.AreEqual(length, UdpHeader.ReadLength(wire, 3));
        Assert.IsTrue(UdpHeader.ChecksumRight(wire, 3, length, sourceAddress, destinationAddress));

        FilledMemory memory = new(40);
        memory.Put(17, payload);
        UdpHeader.Write(memory.Octets, 9, source, destination, length, sourceAddress, destinationAddress);
        memory.Holds(9, header + payload);
    }

    [TestMethod]
    public void Fits_refuses_every_truncation()
    {
        byte[] wire = Hex.Octets("02860286 0012069B 0001001E0A0000010000");
        for (int available = 0; available < wire.Length; available++)
        {
            Assert.IsFalse(UdpHeader.Fits(wire[..available], 0, available), $"{available} octets");
        }

        Assert.IsTrue(UdpHeader.Fits(wire, 0, 18));
        Assert.IsTrue(UdpHeader.Fits(wire, 0, 19), "a packet may be longer than its datagram");
        Assert.IsFalse(UdpHeader.Fits(wire, 0, -1));
    }

    [TestMethod]
    public void Fits_for_every_stated_length()
    {
        byte[] wire = Hex.Octets("02860286 0000 069B 0001001E0A0000010000");
        for (int length = 0; length <= 65535; length++)
        {
            Octets.WriteUInt16(wire, 4, length);
            Assert.AreEqual(length is >= 8 and <= 18, UdpHeader.Fits(wire, 0, 18), $"length {length}");
        }
    }

    [TestMethod]
    public void An_absent_checksum_is_right()
    {
        byte[] wire = Hex.Octets("02860286 00120000 0001001E0A0000010000");
        Assert.IsTrue(UdpHeader.ChecksumRight(wire, 0, 18, 0x0A000001, 0xE0000002));
        Assert.IsTrue(UdpHeader.ChecksumRight(wire, 0, 18, 1, 2));
    }

    [TestMethod]
    public void A_checksum_of_FFFF_is_checked_and_not_taken_for_absent()
    {
        byte[] wire = Hex.Octets("00010002 000AFFFF EBD4");
        Assert.IsTrue(UdpHeader.ChecksumRight(wire, 0, 10, 0x0A000001, 0x0A000002));
        Assert.IsFalse(UdpHeader.ChecksumRight(wire, 0, 10, 0x0A000001, 0x0A000003));
    }

    [TestMethod]
    public void ChecksumRight_notices_any_single_bit_of_datagram_and_addresses()
    {
        byte[] wire = Hex.Octets("C0000DAF 000B2E1B 616263");
        for (int bit = 0; bit < wire.Length * 8; bit++)
        {
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(UdpHeader.ChecksumRight(wire, 0, 11, 0xC0A80001, 0x7F000001), $"bit {bit}");
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int bit = 0; bit < 32; bit++)
        {
            Assert.IsFalse(UdpHeader.ChecksumRight(wire, 0, 11, 0xC0A80001 ^ (1u << bit), 0x7F000001), $"source bit {bit}");
            Assert.IsFalse(UdpHeader.ChecksumRight(wire, 0, 11, 0xC0A80001, 0x7F000001 ^ (1u << bit)), $"destination bit {bit}");
        }
    }

    [TestMethod]
    public void What_is_written_is_read_back_and_never_without_a_checksum()
    {
        Gen.Select(Gen.Select(Gen.Int[0, 65535], Gen.Int[0, 65535]), Gen.UInt, Gen.UInt, Gen.Byte.Array[0, 40]).Sample((ports, sourceAddress, destinationAddress, payload) =>
        {
            byte[] octets = [.. Hex.Octets("A5A5A5A5A5A5A5A5"), .. payload];
            UdpHeader.Write(octets, 0, ports.Item1, ports.Item2, octets.Length, sourceAddress, destinationAddress);
            byte[] pseudoHeader = new byte[12];
            Octets.WriteUInt32(pseudoHeader, 0, sourceAddress);
            Octets.WriteUInt32(pseudoHeader, 4, destinationAddress);
            pseudoHeader[9] = 17;
            Octets.WriteUInt16(pseudoHeader, 10, octets.Length);
            return UdpHeader.Fits(octets, 0, octets.Length)
                && UdpHeader.ReadSourcePort(octets, 0) == ports.Item1
                && UdpHeader.ReadDestinationPort(octets, 0) == ports.Item2
                && UdpHeader.ReadLength(octets, 0) == octets.Length
                && octets.AsSpan(8).SequenceEqual(payload)
                && Octets.ReadUInt16(octets, UdpHeader.ChecksumOffset) != 0
                && UdpHeader.ChecksumRight(octets, 0, octets.Length, sourceAddress, destinationAddress)
                && ReferenceChecksum.Of(pseudoHeader, octets) == 0;
        }, iter: 10_000);
    }

    [TestMethod]
    public void The_longest_datagram_with_the_highest_words_has_its_right_checksum()
    {
        byte[] octets = new byte[65535];
        Array.Fill(octets, (byte)0xFF);
        UdpHeader.Write(octets, 0, 65535, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF);
        byte[] pseudoHeader = Hex.Octets("FFFFFFFF FFFFFFFF 0011 FFFF");
        Assert.AreEqual(0, ReferenceChecksum.Of(pseudoHeader, octets));
        Assert.IsTrue(UdpHeader.ChecksumRight(octets, 0, 65535, 0xFFFFFFFF, 0xFFFFFFFF));
    }
}
