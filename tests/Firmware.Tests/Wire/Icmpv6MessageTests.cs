using LabEdge.Forwarding.Wire;
using LabEdge.Tests.Host;

namespace LabEdge.Tests.Wire;

/// <summary>ICMPv6, Neighbor Discovery, the extension in an ICMPv6 error, UDP over IPv6: octets and what they mean, both ways.</summary>
[TestClass]
public class Icmpv6MessageTests
{
    private const string A = "2001:db8::1";
    private const string B = "2001:db8::2";

    private static byte[] Filled(int length)
    {
        byte[] octets = new byte[length];
        Array.Fill(octets, (byte)0xA5);
        return octets;
    }

    // An IPv6 header at 3, and room for the rest, in memory that was not empty.
    private static byte[] Frame(byte[] packet)
    {
        byte[] octets = Filled(3 + packet.Length + 5);
        packet.AsSpan(0, 40).CopyTo(octets.AsSpan(3));
        return octets;
    }

    [TestMethod]
    [DataRow(128, 0x1234, 0xFFFE, 0)]
    [DataRow(129, 0, 1, 7)]
    [DataRow(128, 0xFFFF, 0, 1400)]
    public void An_echo_is_written_and_read(int type, int identifier, int sequence, int data)
    {
        byte[] packet = Packets6.Echo(A, B, type, identifier, sequence, data);
        byte[] octets = Frame(packet);
        packet.AsSpan(48).CopyTo(octets.AsSpan(51));
        Icmpv6Message.WriteEcho(octets, 3, 43, type, identifier, sequence, data);
        Assert.AreEqual(Hex.Text(packet), Hex.Text(octets[3..(3 + packet.Length)]));
        Assert.AreEqual(Hex.Text(Filled(5)), Hex.Text(octets[^5..]));
        Assert.AreEqual((type, 0, identifier, sequence), (Icmpv6Message.ReadType(octets, 43), Icmpv6Message.ReadCode(octets, 43),
            Icmpv6Message.ReadIdentifier(octets, 43), Icmpv6Message.ReadSequence(octets, 43)));
        Assert.IsTrue(Icmpv6Message.ChecksumRight(octets, 3, 43, 8 + data));
        for (int i = 11; i < 43 + 8 + data; i++)
        {
            octets[i] ^= 0x10;
            Assert.IsFalse(Icmpv6Message.ChecksumRight(octets, 3, 43, 8 + data), "octet " + i);
            octets[i] ^= 0x10;
        }
    }

    [TestMethod]
    [DataRow(1, 4, 0, "00000000", 0)]
    [DataRow(2, 0, 1280, "00000500", 1280)]
    [DataRow(2, 0, 0x12345, "00012345", 0xFFFF)]
    [DataRow(2, 0, -1, "FFFFFFFF", 0xFFFF)]
    [DataRow(3, 0, 16 << 24, "10000000", 0xFFFF)]
    [DataRow(4, 1, 40, "00000028", 40)]
    public void An_error_is_written_and_read(int type, int code, int value, string word, int mtu)
    {
        byte[] original = Packets6.Data(61);
        byte[] packet = Packets6.Icmp(A, B, type, code, Packets.Join(word, original));
        byte[] octets = Frame(packet);
        original.CopyTo(octets, 51);
        Icmpv6Message.WriteError(octets, 3, 43, type, code, value, 61);
        Assert.AreEqual(Hex.Text(packet), Hex.Text(octets[3..(3 + packet.Length)]));
        Assert.AreEqual(mtu, Icmpv6Message.ReadMtu(octets, 43));
    }

    [TestMethod]
    public void A_header_fits_from_8_octets_on()
    {
        for (int n = 0; n < 12; n++) Assert.AreEqual(n >= 8, Icmpv6Message.Fits(n));
        Assert.AreEqual(0x10000000, Icmpv6Message.OriginalWord(128));
        int[] silent = [0, 1, 2, 3, 4, 100, 127, 137];
        for (int type = 0; type < 256; type++) Assert.AreEqual(type < 128 || silent.Contains(type), Icmpv6Message.IsErrorOrRedirect(type), "type " + type);
    }

    // type, flags, option: octets after the checksum
    [TestMethod]
    [DataRow(135, 0, true)]
    [DataRow(135, 0, false)]
    [DataRow(136, 0xE0, true)]
    [DataRow(136, 0x20, false)]
    public void A_discovery_message_is_written_and_read(int type, int flags, bool option)
    {
        byte[] station = Hex.Octets("02AABBCCDDEE");
        byte[] packet = type == 135 ? Packets6.Solicitation(A, B, "fe80::1:2", option ? "02AABBCCDDEE" : "")
            : Packets6.Advertisement(A, B, "fe80::1:2", flags, option ? "02AABBCCDDEE" : "");
        byte[] octets = Frame(packet);
        int length = NdPacket.Write(octets, 3, 43, type, flags, Packets6.Address("fe80::1:2"), 0, option ? station : null, 0);
        Assert.AreEqual(packet.Length - 40, length);
        Assert.AreEqual(Hex.Text(packet), Hex.Text(octets[3..(3 + packet.Length)]));
        Assert.AreEqual(Hex.Text(Filled(5)), Hex.Text(octets[^5..]));
        Assert.IsTrue(NdPacket.Fits(octets, 43, length));
        Assert.AreEqual(flags, NdPacket.ReadFlags(octets, 43));
        Assert.AreEqual(option ? 43 + 26 : -1, NdPacket.FindLinkLayer(octets, 43, length, type == 135 ? 1 : 2));
        Assert.AreEqual(-1, NdPacket.FindLinkLayer(octets, 43, length, type == 135 ? 2 : 1));
        for (int n = 0; n < length; n++) Assert.AreEqual(n == 24, NdPacket.Fits(octets, 43, n), "truncated to " + n);
    }

    [TestMethod]
    [DataRow("0101 02AABBCCDDEE", 26, "one")]
    [DataRow("0E01 000000000000 0101 02AABBCCDDEE", 34, "behind a nonce (RFC 3971)")]
    [DataRow("0102 00000000000000000000 00000000 0101 02AABBCCDDEE", 42, "behind one of another size")]
    [DataRow("0501 000000000000", -1, "another")]
    [DataRow("0102 0000000000000000 000000000000", -1, "of another size only")]
    public void Options_are_walked_and_unknown_ones_skipped(string options, int found, string name)
    {
        byte[] octets = Packets.Join("87000000 00000000", Packets6.Address(A), options);
        Assert.IsTrue(NdPacket.Fits(octets, 0, octets.Length), name);
        Assert.AreEqual(found, NdPacket.FindLinkLayer(octets, 0, octets.Length, 1), name);
    }

    [TestMethod]
    [DataRow("0100 02AABBCCDDEE")]
    [DataRow("0102 02AABBCCDDEE")]
    [DataRow("01FF 02AABBCCDDEE")]
    [DataRow("0101 02AABBCCDDEE 0100 000000000000")]
    [DataRow("0101 02AABBCCDDEE 01")]
    public void An_option_that_is_empty_or_longer_than_its_message_is_refused(string options)
    {
        byte[] octets = Packets.Join("87000000 00000000", Packets6.Address(A), options, Filled(64));
        Assert.IsFalse(NdPacket.Fits(octets, 0, octets.Length - 64));
    }

    private static byte[] WithStack(int type, int original, int length, params byte[][] stack)
    {
        byte[] entries = Packets.Join([.. stack]);
        byte[] extension = Packets.Join("2000 0000", Packets.Two(4 + entries.Length), 1, 1, entries);
        Packets.Two(Packets.Checksum(extension)).CopyTo(extension, 2);
        return Packets.Join(type, 0, 0, 0, length, 0, 0, 0, new byte[original], extension);
    }

    [TestMethod]
    [DataRow(3, 128, 16, 1)]
    [DataRow(1, 128, 16, 4)]
    [DataRow(3, 136, 17, 6)]
    [DataRow(3, 128, 0, 2)]
    public void The_stack_in_an_error_is_found_whole_and_in_no_truncation(int type, int original, int length, int entries)
    {
        byte[] message = WithStack(type, original, length, [.. Enumerable.Range(0, entries).Select(i => Packets.Label(100 + i, 0, i == entries - 1, 1))]);
        Assert.AreEqual(8 + original + 8, IcmpExtension.FindLabelStackInIcmpv6(message, 0, message.Length, out int found));
        Assert.AreEqual(entries, found);
        for (int n = 0; n < message.Length; n++)
        {
            byte[] cut = message[..n];
            Assert.AreEqual(-1, IcmpExtension.FindLabelStackInIcmpv6(cut, 0, n, out found), "truncated to " + n);
            Assert.AreEqual(0, found);
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(4)]
    [DataRow(128)]
    public void Other_messages_have_no_extension(int type)
    {
        byte[] message = WithStack(type, 128, 16, Packets.Label(100, 0, true, 1));
        Assert.AreEqual(-1, IcmpExtension.FindLabelStackInIcmpv6(message, 0, message.Length, out _));
    }

    [TestMethod]
    public void A_datagram_over_IPv6_has_its_checksum()
    {
        byte[] packet = Packets6.Udp(A, B, 49152, 33434, 12);
        byte[] octets = Frame(packet);
        packet.AsSpan(48).CopyTo(octets.AsSpan(51));
        UdpHeader.WriteOverIpv6(octets, 3, 43, 49152, 33434, 20);
        Assert.AreEqual(Hex.Text(packet), Hex.Text(octets[3..(3 + packet.Length)]));
        Assert.IsTrue(UdpHeader.ChecksumRightOverIpv6(octets, 3, 43));
        octets[60] ^= 1;
        Assert.IsFalse(UdpHeader.ChecksumRightOverIpv6(octets, 3, 43));
    }
}
