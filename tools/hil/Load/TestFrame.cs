using System.Buffers.Binary;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Hil;

/// <summary>
/// The frames of a load: made of a ping that was seen on its way into the device and out of it, with its addresses, labels and tags, but UDP
/// to port 7 of any length (RFC 2544 appendix C.2.6.4), with a number at its end. What must come out is known octet for octet.
/// </summary>
public sealed class TestFrame
{
    /// <summary>Octets of the number at the end: a mark, the trial, the number of the frame, and its complement.</summary>
    private const int TagLength = 16;
    private const int UdpHeaderLength = 8;
    private const uint Mark = 0x4C454854;
    private const int EchoPort = 7;
    private const int FirstPort = 49152;

    private readonly byte[] _in;
    private readonly byte[] _out;

    private TestFrame(byte[] into, byte[] expected)
    {
        _in = into;
        _out = expected;
    }

    /// <summary>Octets without FCS.</summary>
    public int LengthIn => _in.Length;
    public int LengthOut => _out.Length;

    /// <summary>The shortest frame of this flow, without FCS.</summary>
    public static int Least(byte[] frameIn) => Ip(frameIn, -1) + Ipv4Header.Length + UdpHeaderLength + TagLength;

    /// <param name="frameIn">A ping over IPv4 as it goes into the device.</param>
    /// <param name="frameOut">The same as it comes out.</param>
    /// <param name="length">Octets of the frame that goes in, without FCS; at least <see cref="Least"/>.</param>
    /// <returns>Null when the flow is not IPv4 without options.</returns>
    public static TestFrame Make(byte[] frameIn, byte[] frameOut, int length)
    {
        int ipIn = Ip(frameIn, -1);
        if (ipIn < 0) return null;
        int identification = Ipv4Header.ReadIdentification(frameIn, ipIn);
        int ipOut = Ip(frameOut, identification);
        if (ipOut < 0 || length < Least(frameIn)) return null;
        return new TestFrame(Build(frameIn, ipIn, length - ipIn), Build(frameOut, ipOut, length - ipIn));
    }

    /// <summary>Writes the frame with a number.</summary>
    public void Write(byte[] octets, int offset, int trial, int number)
    {
        _in.CopyTo(octets.AsSpan(offset));
        Number(octets.AsSpan(offset + _in.Length - TagLength), trial, number);
    }

    /// <summary>The number of a frame of this trial.</summary>
    /// <param name="right">True when it is octet for octet what must come out.</param>
    /// <returns>-1 for any other frame.</returns>
    public int Read(ReadOnlySpan<byte> frame, int trial, out bool right)
    {
        right = false;
        if (frame.Length < TagLength) return -1;
        ReadOnlySpan<byte> tag = frame[^TagLength..];
        int number = BinaryPrimitives.ReadInt32BigEndian(tag[8..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(tag) != Mark || BinaryPrimitives.ReadInt32BigEndian(tag[4..]) != trial || BinaryPrimitives.ReadInt32BigEndian(tag[12..]) != ~number || number < 0) return -1;
        right = frame.Length == _out.Length && frame[..^TagLength].SequenceEqual(_out.AsSpan(0, _out.Length - TagLength));
        return number;
    }

    private static void Number(Span<byte> tag, int trial, int number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(tag, Mark);
        BinaryPrimitives.WriteInt32BigEndian(tag[4..], trial);
        BinaryPrimitives.WriteInt32BigEndian(tag[8..], number);
        BinaryPrimitives.WriteInt32BigEndian(tag[12..], ~number);
    }

    // Everything in front of the IP header stays as it was seen.
    private static byte[] Build(byte[] seen, int ip, int totalLength)
    {
        byte[] frame = new byte[ip + totalLength];
        seen.AsSpan(0, ip).CopyTo(frame);
        Ipv4Header.Write(frame, ip, Ipv4Header.ReadDscp(seen, ip), totalLength, 0, false, Ipv4Header.ReadTtl(seen, ip), Ipv4Header.Udp, Ipv4Header.ReadSource(seen, ip), Ipv4Header.ReadDestination(seen, ip));
        int udp = ip + Ipv4Header.Length;
        Octets.WriteUInt16(frame, udp, FirstPort);
        Octets.WriteUInt16(frame, udp + 2, EchoPort);
        Octets.WriteUInt16(frame, udp + 4, totalLength - Ipv4Header.Length);
        for (int i = udp + UdpHeaderLength; i < frame.Length; i++) frame[i] = (byte)(i - udp);
        return frame;
    }

    // The echo's own IP header, under whatever stands in front of it; with this identification when it is not -1.
    private static int Ip(byte[] frame, int identification)
    {
        for (int at = EthernetHeader.Length; at + Ipv4Header.Length + UdpHeaderLength <= frame.Length; at += 2)
        {
            if (frame[at] != 0x45 || !Ipv4Header.Fits(frame, at, frame.Length - at) || !Ipv4Header.ChecksumRight(frame, at) || Ipv4Header.ReadProtocol(frame, at) != Ipv4Header.Icmp) continue;
            if (identification < 0 || Ipv4Header.ReadIdentification(frame, at) == identification) return at;
        }

        return -1;
    }
}
