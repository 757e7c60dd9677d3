using LabEdge.Forwarding.Wire;

namespace LabEdge.Explain
{
    /// <summary>The packet that is explained: an ICMP echo of either family, as ping sends it.</summary>
    public static class EchoPacket
    {
        /// <summary>Shortest packets in octets: the headers alone.</summary>
        public const int Shortest = Ipv4Header.Length + IcmpMessage.HeaderLength;
        public const int ShortestIpv6 = Ipv6Header.Length + Icmpv6Message.HeaderLength;

        /// <summary>Writes an IPv4 echo request, or its reply.</summary>
        /// <param name="length">Octets of the whole packet, from <see cref="Shortest"/>.</param>
        public static void Write(byte[] to, int offset, int length, uint source, uint destination, int ttl, bool dontFragment, bool reply)
        {
            int icmp = offset + Ipv4Header.Length;
            Ipv4Header.Write(to, offset, 0, length, 1, dontFragment, ttl, Ipv4Header.Icmp, source, destination);
            IcmpMessage.WriteEcho(to, icmp, reply ? IcmpMessage.EchoReply : IcmpMessage.EchoRequest, 1, 1, length - Shortest);
        }

        /// <summary>Writes an IPv6 echo request, or its reply.</summary>
        /// <param name="length">Octets of the whole packet, from <see cref="ShortestIpv6"/>.</param>
        public static void WriteIpv6(byte[] to, int offset, int length, byte[] source, int sourceOffset, byte[] destination, int destinationOffset, int hopLimit, bool reply)
        {
            Ipv6Header.Write(to, offset, 0, 0, length - Ipv6Header.Length, Ipv6Header.Icmp, hopLimit, source, sourceOffset, destination, destinationOffset);
            Icmpv6Message.WriteEcho(to, offset, offset + Ipv6Header.Length, reply ? Icmpv6Message.EchoReply : Icmpv6Message.EchoRequest, 1, 1, length - ShortestIpv6);
        }
    }
}
