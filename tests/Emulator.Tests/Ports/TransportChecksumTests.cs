using System.Buffers.Binary;
using LabEdge.Emulator;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Tests.Ports;

[TestClass]
public class TransportChecksumTests
{
    private const string Addresses = "020000000B01 020000000A01 ";

    // Version to destination; the header checksum does not matter here. Lengths: 20 + 8 + 5, and 20 + 20 + 1.
    private const string UdpPacket = "4500 0021 0000 4000 4011 0000 0A010101 0A010202 C001 1388 000D PPPP 6865 6C6C 6F";
    private const string TcpPacket = "4500 0029 0000 4000 4006 0000 0A010101 0A010202 C001 0050 00000001 00000000 5018 FFFF PPPP 0000 41";
    private const string SixPacket = "6000 0000 000C 1140 20010DB8000000000000000000000001 20010DB8000000000000000000000002 C001 1388 000C PPPP 6865 6C6C";

    [TestMethod]
    [DataRow("0800 ", UdpPacket)]
    [DataRow("0800 ", TcpPacket)]
    [DataRow("8100 0064 0800 ", UdpPacket)]
    [DataRow("88A8 0007 8100 0064 0800 ", TcpPacket)]
    [DataRow("8847 00010040 00011140 ", UdpPacket)]
    [DataRow("86DD ", SixPacket)]
    [DataRow("8100 0064 86DD ", SixPacket)]
    public void The_segment_is_added_to_the_pseudo_headers_sum(string before, string packet)
    {
        byte[] ip = Hex.Octets(packet.Replace("PPPP", "0000"));
        string open = PseudoSum(ip).ToString("X4");
        byte[] frame = Hex.Octets("EEEEEE" + Addresses + before + packet.Replace("PPPP", open) + "0000 0000");
        byte[] untouched = [.. frame];
        int at = 3 + Hex.Octets(Addresses + before).Length;
        Assert.IsTrue(TransportChecksum.Complete(frame, 3, frame.Length - 3));
        Assert.AreEqual(0xFFFF, SumWithPseudoHeader(frame[at..]));
        Assert.AreEqual(2, frame.Zip(untouched).Count(pair => pair.First != pair.Second), "two octets and no others");
    }

    [TestMethod]
    public void A_udp_sum_of_zero_is_sent_as_all_ones()
    {
        byte[] ip = Hex.Octets(UdpPacket.Replace("PPPP", "0000"));
        int rest = PseudoSum(ip);
        for (int i = 20; i < ip.Length - 1; i += 2) rest += (ip[i] << 8) | ip[i + 1];
        rest += ip[^1] << 8;
        rest = (rest & 0xFFFF) + (rest >> 16);
        rest = (rest & 0xFFFF) + (rest >> 16);

        // The source port takes up what is missing to all ones.
        int port = 0xFFFF - rest + 0xC001;
        port = (port & 0xFFFF) + (port >> 16);
        byte[] frame = Hex.Octets(Addresses + "0800" + UdpPacket.Replace("C001", port.ToString("X4")).Replace("PPPP", PseudoSum(ip).ToString("X4")));
        Assert.IsTrue(TransportChecksum.Complete(frame, 0, frame.Length));
        Assert.AreEqual(0xFFFF, (frame[14 + 26] << 8) | frame[14 + 27]);
    }

    [TestMethod]
    [DataRow("88B5 0102030405060708")]
    [DataRow("0800 4500 0021 0000 4000 4001 0000 0A010101 0A010202 C001 1388 000D 0000 6865 6C6C 6F")]
    [DataRow("0800 4500 0021 0000 2000 4011 0000 0A010101 0A010202 C001 1388 000D 0000 6865 6C6C 6F")]
    [DataRow("0800 4500 0041 0000 4000 4011 0000 0A010101 0A010202 C001 1388 000D 0000 6865 6C6C 6F")]
    [DataRow("0800 4F00 0021 0000 4000 4011 0000 0A010101 0A010202 C001 1388 000D 0000 6865 6C6C 6F")]
    [DataRow("8847 00010040 00010040")]
    [DataRow("0800")]
    [DataRow("8100 0064")]
    [DataRow("")]
    public void What_is_no_whole_segment_of_tcp_or_udp_stays_as_it_is(string after)
    {
        byte[] frame = Hex.Octets(Addresses + after);
        byte[] untouched = [.. frame];
        Assert.IsFalse(TransportChecksum.Complete(frame, 0, frame.Length));
        CollectionAssert.AreEqual(untouched, frame);
    }

    [TestMethod]
    public void No_octets_whatever_make_it_throw_or_write_outside()
    {
        Random random = new(20261122);
        for (int i = 0; i < 200_000; i++)
        {
            byte[] octets = new byte[random.Next(14, 90)];
            random.NextBytes(octets);
            string head = random.Next(5) switch { 0 => "0800", 1 => "86DD", 2 => "8847", 3 => "81000064 0800", _ => "0800 45000020 00004000 4011" };
            byte[] begin = Hex.Octets(Addresses + head);
            begin.AsSpan(0, Math.Min(begin.Length, octets.Length)).CopyTo(octets);
            int count = octets.Length - random.Next(3);
            byte[] before = [.. octets];
            TransportChecksum.Complete(octets, 0, count);
            CollectionAssert.AreEqual(before[count..], octets[count..]);
        }
    }

    /// <summary>The sum over pseudo header and segment of an IP packet: 0xFFFF when its TCP or UDP checksum is right.</summary>
    internal static int SumWithPseudoHeader(byte[] packet)
    {
        bool six = packet[0] >> 4 == 6;
        int start = six ? 40 : (packet[0] & 15) * 4;
        int end = six ? 40 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)) : BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
        return Fold(PseudoSum(packet) + Words(packet[start..end]));
    }

    private static int PseudoSum(byte[] packet)
    {
        bool six = packet[0] >> 4 == 6;
        int length = six ? BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)) : BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)) - (packet[0] & 15) * 4;
        return Fold((six ? Words(packet[8..40]) : Words(packet[12..20])) + (six ? packet[6] : packet[9]) + length);
    }

    private static int Words(byte[] octets)
    {
        int sum = 0;
        for (int i = 0; i < octets.Length; i++) sum += i % 2 == 0 ? octets[i] << 8 : octets[i];
        return sum;
    }

    private static int Fold(int sum)
    {
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
