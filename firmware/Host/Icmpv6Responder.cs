using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 4443 sections 2.1 and 4 before changing this file.

    /// <summary>ICMPv6 messages to us: answers echo requests, hands replies and errors to <see cref="Probe"/>, Neighbor Discovery to <see cref="NdResponder"/>.</summary>
    public sealed class Icmpv6Responder
    {
        private readonly Ipv6Interfaces _addresses;
        private readonly Ipv6Sender _sender;
        private readonly NdResponder _discovery;
        private readonly Probe _probe;

        public int EchoRequests;
        public int EchoReplies;

        /// <summary>Shorter than an ICMPv6 header, or with a wrong checksum; Neighbor Discovery that did not come from the link itself.</summary>
        public int Malformed;

        /// <summary>Replies and errors that nothing of ours waits for.</summary>
        public int Unexpected;

        /// <summary>Types that we neither answer nor ask for; among them router solicitation and advertisement, and redirect.</summary>
        public int UnknownType;

        public Icmpv6Responder(Ipv6Interfaces addresses, Ipv6Sender sender, NdResponder discovery, Probe probe)
        {
            _addresses = addresses;
            _sender = sender;
            _discovery = discovery;
            _probe = probe;
        }

        /// <param name="frame">As the kernel noted it: Context is the VRF, Offset the header of a whole IPv6 packet that is for us. Not kept.</param>
        /// <param name="icmp">Of the ICMPv6 header.</param>
        /// <param name="onLink">The packet came untagged on a port of the VRF, under no label and in no fragment.</param>
        /// <returns>False when nothing here wants it.</returns>
        public bool Receive(Frame frame, int icmp, bool onLink, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            int length = offset + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(octets, offset) - icmp;
            if (!Icmpv6Message.Fits(length) || !Icmpv6Message.ChecksumRight(octets, offset, icmp, length))
            {
                Malformed++;
                return false;
            }
            int type = Icmpv6Message.ReadType(octets, icmp);
            if (type == Icmpv6Message.NeighborSolicitation || type == Icmpv6Message.NeighborAdvertisement)
            {
                Malformed += onLink ? 0 : 1;
                return onLink && _discovery.Receive(frame, icmp, length);
            }
            if (Ipv6Header.IsUnspecified(octets, offset + Ipv6Header.SourceOffset))
            {
                // Nobody to answer.
                UnknownType++;
                return false;
            }
            bool expected;
            switch (type)
            {
                case Icmpv6Message.EchoRequest:
                    EchoRequests++;
                    Reply(frame, icmp, length);
                    return true;
                case Icmpv6Message.EchoReply:
                    expected = _probe.HeardReplyIpv6(octets, offset, icmp, frame.Context, frame.Port, now);
                    break;
                case Icmpv6Message.DestinationUnreachable:
                case Icmpv6Message.PacketTooBig:
                case Icmpv6Message.TimeExceeded:
                case Icmpv6Message.ParameterProblem:
                    expected = _probe.HeardErrorIpv6(octets, offset, icmp, length, frame.Context, now);
                    break;
                default:
                    UnknownType++;
                    return false;
            }
            if (!expected)
            {
                Unexpected++;
            }
            return expected;
        }

        // RFC 4443 section 4.2: from the address that was asked, or one of the port when a group was.
        private void Reply(Frame frame, int icmp, int length)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            byte[] to = _sender.Transmit.Octets;
            int at = _sender.Transmit.Headroom;
            byte[] source = octets;
            int sourceOffset = offset + Ipv6Header.DestinationOffset;
            if (Ipv6Header.Length + length > _sender.MaxPacket)
            {
                return;
            }
            if (Ipv6Header.IsMulticast(octets, sourceOffset))
            {
                int row = _addresses.SourceFor(frame.Context, frame.Port, octets, offset + Ipv6Header.SourceOffset);
                if (row == Ipv6Interfaces.None)
                {
                    return;
                }
                source = _addresses.Address;
                sourceOffset = row * Ipv6Header.AddressLength;
            }
            int reply = at + Ipv6Header.Length;
            Octets.Copy(octets, icmp, to, reply, length);
            Ipv6Header.Write(to, at, Ipv6Header.ReadTrafficClass(octets, offset) & 0xFC, 0, length, Ipv6Header.Icmp, Ipv6Sender.InitialHopLimit,
                source, sourceOffset, octets, offset + Ipv6Header.SourceOffset);
            to[reply + Icmpv6Message.TypeOffset] = Icmpv6Message.EchoReply;
            to[reply + Icmpv6Message.CodeOffset] = 0;
            Icmpv6Message.WriteChecksum(to, at, reply, length);
            if (_sender.Send(frame.Context, frame.Port, at) == DropReason.None)
            {
                EchoReplies++;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(9);
        }
    }
}
