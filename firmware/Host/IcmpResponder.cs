using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 792 and RFC 1122 section 3.2.2 before changing this file.

    /// <summary>ICMP messages to one of our addresses: answers echo requests, hands replies and errors to <see cref="Probe"/>.</summary>
    public sealed class IcmpResponder
    {
        private readonly IpSender _sender;
        private readonly Probe _probe;

        public int EchoRequests;
        public int EchoReplies;

        /// <summary>Shorter than an ICMP header, or with a wrong checksum.</summary>
        public int Malformed;

        /// <summary>Replies and errors that nothing of ours waits for.</summary>
        public int Unexpected;

        /// <summary>Types that we neither answer nor ask for.</summary>
        public int UnknownType;

        public IcmpResponder(IpSender sender, Probe probe)
        {
            _sender = sender;
            _probe = probe;
        }

        /// <param name="frame">As the kernel noted it: Context is the VRF, Offset the header of a whole, unfragmented IPv4 packet. Not kept.</param>
        /// <returns>False when nothing here wants it.</returns>
        public bool Receive(Frame frame, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            int headerLength = Ipv4Header.ReadHeaderLength(octets, offset);
            int icmp = offset + headerLength;
            int length = Ipv4Header.ReadTotalLength(octets, offset) - headerLength;
            if (!IcmpMessage.Fits(length) || !IcmpMessage.ChecksumRight(octets, icmp, length))
            {
                Malformed++;
                return false;
            }
            bool expected;
            switch (IcmpMessage.ReadType(octets, icmp))
            {
                case IcmpMessage.EchoRequest:
                    EchoRequests++;
                    Reply(octets, offset, icmp, length, frame.Context);
                    return true;
                case IcmpMessage.EchoReply:
                    expected = _probe.HeardReply(octets, offset, icmp, frame.Context, now);
                    break;
                case IcmpMessage.DestinationUnreachable:
                case IcmpMessage.TimeExceeded:
                case IcmpMessage.ParameterProblem:
                    expected = _probe.HeardError(octets, offset, icmp, length, frame.Context, now);
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

        // The request's message with another type: its checksum changes by a constant (RFC 1624 section 4, equation 4:
        // equation 3 would give an all-zero message the checksum 0, which no receiver takes).
        private void Reply(byte[] octets, int offset, int icmp, int length, int vrf)
        {
            byte[] to = _sender.Transmit.Octets;
            int at = _sender.Transmit.Headroom;
            if (Ipv4Header.Length + length > _sender.MaxPacket)
            {
                return;
            }
            int reply = at + Ipv4Header.Length;
            Octets.Copy(octets, icmp, to, reply, length);
            int checksum = Octets.ReadUInt16(octets, icmp + IcmpMessage.ChecksumOffset) + ((IcmpMessage.EchoRequest - IcmpMessage.EchoReply) << 8);
            checksum = (checksum & 0xFFFF) + (checksum >> 16);
            to[reply + IcmpMessage.TypeOffset] = IcmpMessage.EchoReply;
            Octets.WriteUInt16(to, reply + IcmpMessage.ChecksumOffset, checksum);
            Ipv4Header.Write(to, at, Ipv4Header.ReadDscp(octets, offset), Ipv4Header.Length + length, _sender.NextIdentification(), false,
                IpSender.InitialTtl, Ipv4Header.Icmp, Ipv4Header.ReadDestination(octets, offset), Ipv4Header.ReadSource(octets, offset));
            if (_sender.Send(vrf, at) == DropReason.None)
            {
                EchoReplies++;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(7);
        }
    }
}
