using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>Sends the IPv4 packets that the router makes, and asks for the neighbour that one of them lacks.</summary>
    public sealed class IpSender : PacketSender
    {
        /// <summary>Time to live of what we make.</summary>
        public const int InitialTtl = 255;

        private readonly NeighborTable _neighbors;
        private int _identification;

        public IpSender(Tables tables, NeighborTable neighbors, Frame transmit, Xorshift random)
            : base(tables, transmit)
        {
            _neighbors = neighbors;
            _identification = random.Next16();
        }

        /// <returns>An identification for the next packet (RFC 791), 16 bits.</returns>
        public int NextIdentification()
        {
            _identification = (_identification + 1) & 0xFFFF;
            return _identification;
        }

        /// <summary>Sends the packet whose header begins at <paramref name="offset"/> of <see cref="PacketSender.Transmit"/>.</summary>
        /// <returns><see cref="DropReason.None"/>, or why not, as <see cref="Egress.SendIp"/> says it.</returns>
        public int Send(int vrf, int offset)
        {
            Transmit.Start = offset;
            Transmit.Length = Ipv4Header.ReadTotalLength(Transmit.Octets, offset);
            Transmit.Port = -1;
            int reason = Egress.SendIp(Tables, Transmit, vrf, offset);
            if (reason == DropReason.UnresolvedNeighbor)
            {
                _neighbors.Need(Transmit.Value, Ipv4Header.ReadDestination(Transmit.Octets, offset));
            }
            Count(reason);
            return reason;
        }

        /// <summary>
        /// Sends the payload that stands at the headroom of <see cref="PacketSender.Transmit"/> plus an IPv4 header: to a unicast destination by
        /// the forwarding table of the VRF, to a group of the link (224.0.0.x) straight out of the port.
        /// </summary>
        /// <param name="port">Where a group is; a unicast destination does not need it.</param>
        /// <param name="length">Octets of the payload.</param>
        /// <returns>As <see cref="Send"/>; TransportDown when the port did not take the frame.</returns>
        public int SendPayload(int vrf, int port, int protocol, int dscp, int ttl, uint source, uint destination, int length)
        {
            byte[] octets = Transmit.Octets;
            int at = Transmit.Headroom;
            Ipv4Header.Write(octets, at, dscp, Ipv4Header.Length + length, NextIdentification(), false, ttl, protocol, source, destination);
            if (destination >> 28 != 14)
            {
                return Send(vrf, at);
            }
            length += Ipv4Header.Length;
            if (length > Tables.Ports.MtuOf(port))
            {
                Count(DropReason.MtuExceeded);
                return DropReason.MtuExceeded;
            }

            // RFC 1112 section 6.4: 01-00-5E and the lower 23 bits of the group.
            int start = at - EthernetHeader.Length;
            Octets.WriteUInt16(octets, start, 0x0100);
            Octets.WriteUInt32(octets, start + 2, 0x5E000000 | (destination & 0x7FFFFF));
            Tables.Ports.CopyAddress(port, octets, start + EthernetHeader.AddressLength);
            Octets.WriteUInt16(octets, start + 2 * EthernetHeader.AddressLength, EthernetHeader.Ipv4);
            length += EthernetHeader.Length;
            while (length < EthernetHeader.MinimumFrame)
            {
                octets[start + length++] = 0;
            }
            Transmit.Start = start;
            Transmit.Length = length;
            Transmit.Port = -1;
            int reason = Egress.SendDirect(Tables, Transmit, port) ? DropReason.None : DropReason.TransportDown;
            Count(reason);
            return reason;
        }

        public void Bill(RamBill bill)
        {
            Bill(bill, 2);
        }
    }
}
