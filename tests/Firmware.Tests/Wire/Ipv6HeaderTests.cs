using CsCheck;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Wire;

[TestClass]
public class Ipv6HeaderTests
{
    private const string Source = "20010DB8000000000000000000000001";
    private const string Destination = "20010DB8000100000000000000000002";

    [TestMethod]
    [DataRow("60000000 0000 3B 40", 0, 0, 0, 59, 64)]
    [DataRow("6E012345 0008 11 01", 0xE0, 0x12345, 8, 17, 1)]
    [DataRow("6FFFFFFF 0002 3A FF", 0xFF, 0xFFFFF, 2, 58, 255)]
    [DataRow("6B800000 0001 00 00", 0xB8, 0, 1, 0, 0)]
    public void Header_goes_both_ways(string front, int trafficClass, int flowLabel, int payloadLength, int nextHeader, int hopLimit)
    {
        byte[] wire = [.. Hex.Octets("A5A5A5" + front + Source + Destination), .. new byte[payloadLength]];
        Assert.IsTrue(Ipv6Header.Fits(wire, 3, wire.Length - 3));
        Assert.AreEqual(trafficClass, Ipv6Header.ReadTrafficClass(wire, 3));
        Assert.AreEqual(trafficClass >> 2, Ipv6Header.ReadDscp(wire, 3));
        Assert.AreEqual(flowLabel, Ipv6Header.ReadFlowLabel(wire, 3));
        Assert.AreEqual(payloadLength, Ipv6Header.ReadPayloadLength(wire, 3));
        Assert.AreEqual(nextHeader, Ipv6Header.ReadNextHeader(wire, 3));
        Assert.AreEqual(hopLimit, Ipv6Header.ReadHopLimit(wire, 3));
        Assert.AreEqual(Source, Convert.ToHexString(wire, 3 + Ipv6Header.SourceOffset, 16));
        Assert.AreEqual(Destination, Convert.ToHexString(wire, 3 + Ipv6Header.DestinationOffset, 16));

        FilledMemory memory = new(60);
        byte[] addresses = Hex.Octets("00" + Destination + Source);
        Ipv6Header.Write(memory.Octets, 7, trafficClass, flowLabel, payloadLength, nextHeader, hopLimit, addresses, 17, addresses, 1);
        memory.Holds(7, front + Source + Destination);
    }

    [TestMethod]
    public void Fits_refuses_every_truncation()
    {
        byte[] wire = Hex.Octets("60000000 0005 11 40" + Source + Destination + "0102030405");
        for (int available = -1; available < wire.Length; available++)
        {
            Assert.IsFalse(Ipv6Header.Fits(wire[..Math.Max(available, 0)], 0, available), $"{available} octets");
        }

        Assert.IsTrue(Ipv6Header.Fits(wire, 0, wire.Length));
        Assert.IsTrue(Ipv6Header.Fits([.. wire, 0], 0, wire.Length + 1), "a frame may be longer than its packet");
    }

    [TestMethod]
    public void Fits_for_every_version_and_every_payload_length()
    {
        byte[] wire = Hex.Octets("60000000 0000 11 40" + Source + Destination + "0102030405");
        for (int version = 0; version < 16; version++)
        {
            wire[0] = (byte)(version << 4);
            Assert.AreEqual(version == 6, Ipv6Header.Fits(wire, 0, wire.Length), $"version {version}");
        }

        wire[0] = 0x60;
        for (int length = 0; length <= 65535; length++)
        {
            Octets.WriteUInt16(wire, 4, length);
            Assert.AreEqual(length <= 5, Ipv6Header.Fits(wire, 0, wire.Length), $"length {length}");
        }
    }

    // multicast, link-local, unspecified, loopback, IPv4-mapped
    [TestMethod]
    [DataRow("00000000000000000000000000000000", "..U..")]
    [DataRow("00000000000000000000000000000001", "...L.")]
    [DataRow("00000000000000000000000000000002", ".....")]
    [DataRow("00000000000000000000000000000101", ".....")]
    [DataRow("01000000000000000000000000000001", ".....")]
    [DataRow("00000000000000000000FFFF0A000001", "....M")]
    [DataRow("00000000000000000001FFFF0A000001", ".....")]
    [DataRow("00000000000000000000FFFE0A000001", ".....")]
    [DataRow("FF020000000000000000000000000001", "M....")]
    [DataRow("FF000000000000000000000000000000", "M....")]
    [DataRow("FEFF0000000000000000000000000000", ".....")]
    [DataRow("FE800000000000000000000000000001", ".L...")]
    [DataRow("FEBFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", ".L...")]
    [DataRow("FEC00000000000000000000000000000", ".....")]
    [DataRow("FE7FFFFFFFFFFFFFFFFFFFFFFFFFFFFF", ".....")]
    [DataRow(Source, ".....")]
    public void Kinds_of_addresses(string address, string kinds)
    {
        byte[] octets = Hex.Octets("A5" + address);
        Assert.AreEqual(kinds, string.Concat(
            Ipv6Header.IsMulticast(octets, 1) ? "M" : ".",
            Ipv6Header.IsLinkLocal(octets, 1) ? "L" : ".",
            Ipv6Header.IsUnspecified(octets, 1) ? "U" : ".",
            Ipv6Header.IsLoopback(octets, 1) ? "L" : ".",
            Ipv6Header.IsIpv4Mapped(octets, 1) ? "M" : "."));
    }

    [TestMethod]
    public void Addresses_are_equal_when_all_their_bits_are()
    {
        byte[] a = Hex.Octets(Source);
        byte[] b = Hex.Octets("FF" + Source);
        Assert.IsTrue(Ipv6Header.AddressesEqual(a, 0, b, 1));
        for (int bit = 0; bit < 128; bit++)
        {
            b[1 + bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(Ipv6Header.AddressesEqual(a, 0, b, 1), $"bit {bit}");
            b[1 + bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [TestMethod]
    public void Pseudo_header_is_that_of_the_reference()
    {
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 60], Gen.Byte).Sample((addresses, payload, protocol) =>
        {
            byte[] packet = [.. new byte[8], .. addresses, .. payload];
            byte[] pseudoHeader = [.. addresses, 0, 0, .. new[] { (byte)(payload.Length >> 8), (byte)payload.Length }, 0, 0, 0, protocol];
            int sum = InternetChecksum.Sum(packet, 40, payload.Length, Ipv6Header.PseudoHeaderSum(packet, 0, payload.Length, protocol));
            return InternetChecksum.Fold(sum) == ReferenceChecksum.Of(pseudoHeader, payload);
        }, iter: 10_000);
    }
}
