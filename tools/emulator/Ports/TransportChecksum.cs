using System.Buffers.Binary;

namespace LabEdge.Emulator;

/// <summary>
/// Finishes the TCP or UDP checksum of a frame whose sender left that to its interface: the field holds the sum of the pseudo
/// header (RFC 9293 section 3.1, RFC 768), and the segment is still to be added.
/// </summary>
public static class TransportChecksum
{
    private const int Tcp = 6;
    private const int Udp = 17;
    private const int MostTags = 2;

    /// <summary>Works on IPv4 and IPv6 without extension headers, behind up to two VLAN tags and any labels.</summary>
    /// <param name="octets">Holds a whole link frame, which is changed.</param>
    /// <returns>False when there is no TCP or UDP segment to be found; nothing is changed then.</returns>
    public static bool Complete(byte[] octets, int offset, int count)
    {
        Span<byte> frame = octets.AsSpan(offset, count);
        int ip = StartOfIp(frame);
        if (ip < 0 || !FindSegment(frame, ip, out int protocol, out int start, out int end)) return false;
        int field = start + (protocol == Tcp ? 16 : 6);
        if (field + 2 > end || end > count) return false;
        ushort sum = Sum(frame[start..end]);

        // Zero means "no checksum" in UDP; its other form says the same sum (RFC 768).
        ushort checksum = (ushort)~sum;
        BinaryPrimitives.WriteUInt16BigEndian(frame[field..], checksum == 0 && protocol == Udp ? (ushort)0xFFFF : checksum);
        return true;
    }

    private static int StartOfIp(ReadOnlySpan<byte> frame)
    {
        int at = 12;
        int tags = 0;
        while (at + 6 <= frame.Length && tags < MostTags && BinaryPrimitives.ReadUInt16BigEndian(frame[at..]) is 0x8100 or 0x88A8)
        {
            at += 4;
            tags++;
        }

        if (at + 2 > frame.Length) return -1;
        int type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        at += 2;
        if (type is 0x0800 or 0x86DD) return at;
        if (type != 0x8847) return -1;
        while (at + 4 <= frame.Length)
        {
            bool bottom = (frame[at + 2] & 1) != 0;
            at += 4;
            if (bottom) return at;
        }

        return -1;
    }

    private static bool FindSegment(ReadOnlySpan<byte> frame, int ip, out int protocol, out int start, out int end)
    {
        protocol = start = end = 0;
        int version = ip < frame.Length ? frame[ip] >> 4 : 0;
        if (version == 4 && ip + 20 <= frame.Length)
        {
            // A fragment holds no whole segment; nobody leaves its checksum open.
            if ((BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 6)..]) & 0x3FFF) != 0) return false;
            protocol = frame[ip + 9];
            start = ip + (frame[ip] & 15) * 4;
            end = ip + BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 2)..]);
        }
        else if (version == 6 && ip + 40 <= frame.Length)
        {
            protocol = frame[ip + 6];
            start = ip + 40;
            end = start + BinaryPrimitives.ReadUInt16BigEndian(frame[(ip + 4)..]);
        }

        return protocol is Tcp or Udp;
    }

    private static ushort Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        int i = 0;
        for (; i + 1 < octets.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(octets[i..]);
        if (i < octets.Length) sum += (uint)octets[i] << 8;
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }
}
