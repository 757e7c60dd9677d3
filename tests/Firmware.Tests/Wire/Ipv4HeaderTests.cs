using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class Ipv4HeaderTests
{
    private const string Udp = "45000073 00004000 4011B861 C0A80001 C0A800C7";

    [TestMethod]
    [DataRow(Udp, 0, 115, 0, true, 64, Ipv4Header.Udp, 0xC0A80001u, 0xC0A800C7u)]
    [DataRow("45B805DC BEEF0000 FF01EC78 0A000001 FFFFFFFF", 46, 1500, 0xBEEF, false, 255, Ipv4Header.Icmp, 0x0A000001u, 0xFFFFFFFFu)]
    [DataRow("45000014 00000000 0000BAEB 00000000 00000000", 0, 20, 0, false, 0, 0, 0u, 0u)]
    public void Header_goes_both_ways(string hex, int dscp, int totalLength, int identification, bool dontFragment, int ttl, int protocol, uint source, uint destination)
    {
        byte[] wire = Hex.Octets("A5" + hex);
        Assert.IsTrue(Ipv4Header.Fits(wire, 1, 1500));
        Assert.AreEqual(20, Ipv4Header.ReadHeaderLength(wire, 1));
        Assert.AreEqual(dscp, Ipv4Header.ReadDscp(wire, 1));
        Assert.AreEqual(totalLength, Ipv4Header.ReadTotalLength(wire, 1));
        Assert.AreEqual(identification, Ipv4Header.ReadIdentification(wire, 1));
        Assert.AreEqual(dontFragment, Ipv4Header.ReadDontFragment(wire, 1));
        Assert.IsFalse(Ipv4Header.ReadMoreFragments(wire, 1));
        Assert.AreEqual(0, Ipv4Header.ReadFragmentOffset(wire, 1));
        Assert.AreEqual(ttl, Ipv4Header.ReadTtl(wire, 1));
        Assert.AreEqual(protocol, Ipv4Header.ReadProtocol(wire, 1));
        Assert.AreEqual((wire[11] * 256) + wire[12], Ipv4Header.ReadChecksum(wire, 1));
        Assert.AreEqual(source, Ipv4Header.ReadSource(wire, 1));
        Assert.AreEqual(destination, Ipv4Header.ReadDestination(wire, 1));
        Assert.IsTrue(Ipv4Header.ChecksumRight(wire, 1));

        FilledMemory memory = new(32);
        Ipv4Header.Write(memory.Octets, 5, dscp, totalLength, identification, dontFragment, ttl, protocol, source, destination);
        memory.Holds(5, hex);
    }

    [TestMethod]
    public void Fragment_fields_are_read_in_units_of_8_octets()
    {
        byte[] wire = Hex.Octets("45C0003C 123420B9 0106F4F5 AC100504 E0000005");
        Assert.IsTrue(Ipv4Header.ReadMoreFragments(wire, 0));
        Assert.IsFalse(Ipv4Header.ReadDontFragment(wire, 0));
        Assert.AreEqual(185, Ipv4Header.ReadFragmentOffset(wire, 0));
        Assert.AreEqual(48, Ipv4Header.ReadDscp(wire, 0));
        Assert.AreEqual(Ipv4Header.Tcp, Ipv4Header.ReadProtocol(wire, 0));
        Assert.IsTrue(Ipv4Header.ChecksumRight(wire, 0));

        Octets.WriteUInt16(wire, 6, 0x5FFF);
        Assert.IsTrue(Ipv4Header.ReadDontFragment(wire, 0));
        Assert.IsFalse(Ipv4Header.ReadMoreFragments(wire, 0));
        Assert.AreEqual(8191, Ipv4Header.ReadFragmentOffset(wire, 0));
    }

    [TestMethod]
    public void Options_count_in_the_header_and_its_checksum()
    {
        // An IGMP report with the router alert option (RFC 2113).
        byte[] wire = Hex.Octets("46C00020 00070000 010238F9 0A010101 E0000016 94040000 2200EA02 00000001");
        Assert.IsTrue(Ipv4Header.Fits(wire, 0, wire.Length));
        Assert.AreEqual(24, Ipv4Header.ReadHeaderLength(wire, 0));
        Assert.IsTrue(Ipv4Header.ChecksumRight(wire, 0));
        wire[20] ^= 1;
        Assert.IsFalse(Ipv4Header.ChecksumRight(wire, 0));
    }

    [TestMethod]
    public void Fits_refuses_every_truncation_of_a_packet()
    {
        byte[] packet = new byte[115];
        Hex.Octets(Udp).CopyTo(packet, 0);
        for (int available = 0; available < packet.Length; available++)
        {
            byte[] cut = packet[..available];
            Assert.IsFalse(Ipv4Header.Fits(cut, 0, available), $"{available} octets");
        }

        Assert.IsTrue(Ipv4Header.Fits(packet, 0, 115));
        Assert.IsTrue(Ipv4Header.Fits(packet, 0, 120), "link padding after the packet");
        Assert.IsFalse(Ipv4Header.Fits(packet, 0, -1));
        Assert.IsFalse(Ipv4Header.Fits(packet, 0, int.MinValue));
    }

    [TestMethod]
    public void Fits_for_every_first_octet_and_total_length()
    {
        const int available = 64;
        byte[] packet = new byte[available];
        for (int first = 0; first < 256; first++)
        {
            packet[0] = (byte)first;
            for (int total = 0; total < 80; total++)
            {
                Octets.WriteUInt16(packet, 2, total);
                int version = first / 16;
                int header = first % 16 * 4;
                bool expected = version == 4 && header >= 20 && total >= header && total <= available;
                Assert.AreEqual(expected, Ipv4Header.Fits(packet, 0, available), $"first octet {first:X2}, total length {total}");
            }

            Octets.WriteUInt16(packet, 2, 0xFFFF);
            Assert.IsFalse(Ipv4Header.Fits(packet, 0, available), $"first octet {first:X2}, total length 65535");
        }
    }

    [TestMethod]
    [DataRow("4F00003B 00000000 40110000 0A000001 0A000002", 64, DisplayName = "IHL 15 with a total length of 59")]
    [DataRow("4F00003C 00000000 40110000 0A000001 0A000002", 59, DisplayName = "IHL 15 in 59 octets")]
    [DataRow("44000014 00000000 40110000 0A000001 0A000002", 20, DisplayName = "IHL 4")]
    [DataRow("45000015 00000000 40110000 0A000001 0A000002", 20, DisplayName = "total length one past the end")]
    [DataRow("45000013 00000000 40110000 0A000001 0A000002", 20, DisplayName = "total length less than the header")]
    [DataRow("65000014 00000000 40110000 0A000001 0A000002", 20, DisplayName = "version 6")]
    public void Fits_refuses_a_length_that_lies(string hex, int available)
    {
        byte[] packet = new byte[available];
        Hex.Octets(hex).CopyTo(packet, 0);
        Assert.IsFalse(Ipv4Header.Fits(packet, 0, available));
    }

    [TestMethod]
    public void ChecksumRight_notices_any_single_bit()
    {
        byte[] wire = Hex.Octets(Udp);
        for (int bit = 8; bit < 160; bit++)
        {
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(Ipv4Header.ChecksumRight(wire, 0), $"bit {bit}");
            wire[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.IsTrue(Ipv4Header.ChecksumRight(wire, 0));
    }

    [TestMethod]
    public void SetTtl_is_the_same_as_summing_again_for_every_ttl()
    {
        Random random = new(1624);
        for (int turn = 0; turn < 400; turn++)
        {
            int from = turn % 256;
            byte[] header = RandomHeader(random, from);
            for (int ttl = 0; ttl < 256; ttl++) SetTtlAgreesWithSummingAgain(header, ttl);
        }
    }

    [TestMethod]
    public void SetTtl_is_the_same_as_summing_again_where_the_checksum_is_0000_and_FFFE_and_wraps()
    {
        Random random = new(1071);
        int[] corners = [0x0000, 0x0001, 0x0100, 0xFEFE, 0xFEFF, 0xFFFD, 0xFFFE];
        int zeros = 0;
        int wraps = 0;
        for (int turn = 0; turn < 400; turn++)
        {
            // Choose the identification so that the checksum is at the corner of one's complement or one TTL away from it:
            // from FEFF one TTL less, and from 0100 one more, must give 0000 and not FFFF.
            byte[] header = RandomHeader(random, turn % 256);
            int wanted = corners[turn % corners.Length];
            Octets.WriteUInt16(header, 4, 0);
            Octets.WriteUInt16(header, 10, wanted);
            Octets.WriteUInt16(header, 4, ReferenceChecksum.Of(header));
            Octets.WriteUInt16(header, 10, 0);
            Octets.WriteUInt16(header, 10, ReferenceChecksum.Of(header));
            Assert.AreEqual(wanted, Ipv4Header.ReadChecksum(header, 0));
            for (int ttl = 0; ttl < 256; ttl++)
            {
                int after = SetTtlAgreesWithSummingAgain(header, ttl);
                Assert.AreNotEqual(0xFFFF, after);
                if (after == 0 && ttl != header[8]) zeros++;
                if (wanted == 0 && after > 0x7FFF) wraps++;
            }
        }

        Assert.IsGreaterThanOrEqualTo(100, zeros);
        Assert.IsGreaterThanOrEqualTo(100, wraps);
    }

    [TestMethod]
    public void SetTtl_takes_a_checksum_of_FFFF_for_the_zero_that_it_is()
    {
        byte[] header = RandomHeader(new Random(7), 64);
        Octets.WriteUInt16(header, 4, 0);
        Octets.WriteUInt16(header, 10, 0);
        Octets.WriteUInt16(header, 4, ReferenceChecksum.Of(header));
        Octets.WriteUInt16(header, 10, 0xFFFF);
        Assert.IsTrue(Ipv4Header.ChecksumRight(header, 0));
        for (int ttl = 0; ttl < 256; ttl++) SetTtlAgreesWithSummingAgain(header, ttl);
    }

    [TestMethod]
    public void SetTtl_changes_ttl_and_checksum_only()
    {
        FilledMemory memory = new(40);
        memory.Put(9, Udp);
        Ipv4Header.SetTtl(memory.Octets, 9, 63);
        memory.Holds(9, "45000073 00004000 3F11B961 C0A80001 C0A800C7");
    }

    [TestMethod]
    public void SetTtl_leaves_a_wrong_checksum_wrong()
    {
        byte[] header = Hex.Octets(Udp);
        header[15] ^= 0x10;
        for (int ttl = 0; ttl < 256; ttl++)
        {
            Ipv4Header.SetTtl(header, 0, ttl);
            Assert.IsFalse(Ipv4Header.ChecksumRight(header, 0), $"TTL {ttl}");
        }
    }

    [TestMethod]
    public void What_is_written_is_read_back()
    {
        Gen.Select(
            Gen.Select(Gen.Int[0, 63], Gen.Int[20, 65535], Gen.Int[0, 65535], Gen.Bool),
            Gen.Select(Gen.Int[0, 255], Gen.Int[0, 255], Gen.UInt, Gen.UInt)).Sample((first, second) =>
        {
            (int dscp, int totalLength, int identification, bool dontFragment) = first;
            (int ttl, int protocol, uint source, uint destination) = second;
            byte[] octets = new FilledMemory(24).Octets;
            Ipv4Header.Write(octets, 2, dscp, totalLength, identification, dontFragment, ttl, protocol, source, destination);
            return Ipv4Header.Fits(octets, 2, totalLength)
                && Ipv4Header.ReadHeaderLength(octets, 2) == 20
                && Ipv4Header.ReadDscp(octets, 2) == dscp
                && Ipv4Header.ReadTotalLength(octets, 2) == totalLength
                && Ipv4Header.ReadIdentification(octets, 2) == identification
                && Ipv4Header.ReadDontFragment(octets, 2) == dontFragment
                && !Ipv4Header.ReadMoreFragments(octets, 2)
                && Ipv4Header.ReadFragmentOffset(octets, 2) == 0
                && Ipv4Header.ReadTtl(octets, 2) == ttl
                && Ipv4Header.ReadProtocol(octets, 2) == protocol
                && Ipv4Header.ReadSource(octets, 2) == source
                && Ipv4Header.ReadDestination(octets, 2) == destination
                && Ipv4Header.ChecksumRight(octets, 2)
                && ReferenceChecksum.Of(octets[2..22]) == 0;
        }, iter: 10_000);
    }

    /// <returns>The checksum after the change.</returns>
    private static int SetTtlAgreesWithSummingAgain(byte[] header, int ttl)
    {
        byte[] changed = (byte[])header.Clone();
        Ipv4Header.SetTtl(changed, 0, ttl);

        byte[] expected = (byte[])header.Clone();
        expected[8] = (byte)ttl;
        Octets.WriteUInt16(expected, 10, 0);
        Octets.WriteUInt16(expected, 10, ReferenceChecksum.Of(expected));
        if (!expected.AsSpan().SequenceEqual(changed)) Assert.Fail($"TTL {header[8]} to {ttl}: {Hex.Text(changed)}, expected {Hex.Text(expected)}");
        return Ipv4Header.ReadChecksum(changed, 0);
    }

    private static byte[] RandomHeader(Random random, int ttl)
    {
        byte[] header = new byte[20 + (4 * random.Next(11))];
        random.NextBytes(header);
        header[0] = (byte)(0x40 | (header.Length / 4));
        header[8] = (byte)ttl;
        Octets.WriteUInt16(header, 10, 0);
        Octets.WriteUInt16(header, 10, ReferenceChecksum.Of(header));
        return header;
    }
}
