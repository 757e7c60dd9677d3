using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 4861 sections 4.3, 4.4 and 7.2 before changing this file.
    //
    // Ethernet header | IPv6 header, hop limit 255 | solicitation or advertisement

    /// <summary>Builds and sends neighbor solicitations and advertisements.</summary>
    public sealed class NdSender
    {
        private const int AddressLength = Ipv6Header.AddressLength;

        private readonly Tables _tables;
        private readonly Ipv6Interfaces _addresses;
        private readonly Frame _transmit;

        /// <summary>Our station address on the port in hand, then the one of the group in hand.</summary>
        private readonly byte[] _station = new byte[2 * EthernetHeader.AddressLength];

        /// <summary>The group in hand, then the unspecified address.</summary>
        private readonly byte[] _group = new byte[2 * AddressLength];

        public int SolicitationsSent;
        public int AdvertisementsSent;

        /// <summary>Duplicate address detection (source ::).</summary>
        public int TestsSent;

        /// <summary>Packets that the port did not take, and questions from a port without an address.</summary>
        public int NotSent;

        /// <param name="transmit">Host's own frame; free between calls.</param>
        public NdSender(Tables tables, Ipv6Interfaces addresses, Frame transmit)
        {
            _tables = tables;
            _addresses = addresses;
            _transmit = transmit;
        }

        /// <summary>Asks for an address on a port.</summary>
        /// <param name="hardware">Whom to ask (6 octets at <paramref name="at"/>); null: the solicited-node group.</param>
        /// <returns>False when the port has no address to ask from.</returns>
        public bool Solicit(int port, byte[] target, int targetOffset, byte[] hardware, int at)
        {
            int source = SourceOn(port, target, targetOffset);
            if (source == Ipv6Interfaces.None)
            {
                NotSent++;
                return false;
            }
            bool sent;
            if (hardware == null)
            {
                Ipv6Address.WriteSolicitedNode(target, targetOffset, _group, 0);
                sent = SendToGroup(port, Icmpv6Message.NeighborSolicitation, 0, _addresses.Address, source * AddressLength, target, targetOffset, true);
            }
            else
            {
                sent = Send(port, Icmpv6Message.NeighborSolicitation, 0, _addresses.Address, source * AddressLength, target, targetOffset, target, targetOffset,
                    hardware, at, true);
            }
            SolicitationsSent += sent ? 1 : 0;
            return true;
        }

        // The address of the target's subnet, so that who answers learns where its next packets to us go (RFC 4861 section 7.2.2); else any.
        private int SourceOn(int port, byte[] target, int targetOffset)
        {
            int found = Ipv6Interfaces.None;
            for (int row = port * Ipv6Interfaces.Slots; row < (port + 1) * Ipv6Interfaces.Slots; row++)
            {
                if (_addresses.State[row] != Ipv6Interfaces.Preferred)
                {
                    continue;
                }
                if (Ipv6Address.SamePrefix(_addresses.Address, row * AddressLength, target, targetOffset, _addresses.PrefixBits[row]))
                {
                    return row;
                }
                found = found == Ipv6Interfaces.None ? row : found;
            }
            return found;
        }

        /// <summary>Asks whether somebody has one of our addresses (RFC 4862 section 5.4.2).</summary>
        /// <param name="row">Of the address.</param>
        public void Test(int port, int row)
        {
            Ipv6Address.WriteSolicitedNode(_addresses.Address, row * AddressLength, _group, 0);
            if (SendToGroup(port, Icmpv6Message.NeighborSolicitation, 0, _group, AddressLength, _addresses.Address, row * AddressLength, false))
            {
                TestsSent++;
            }
        }

        /// <summary>Tells everyone on the link one of our addresses, so that old entries are corrected (RFC 4861 section 7.2.6).</summary>
        public void Announce(int port, int row)
        {
            Advertise(port, row, null, 0, null, 0);
        }

        /// <summary>Answers a solicitation for one of our addresses.</summary>
        /// <param name="asker">Holds the asker's address; null: it has none, and everyone is told (RFC 4861 section 7.2.4).</param>
        /// <param name="hardware">Holds the asker's station.</param>
        public void Advertise(int port, int row, byte[] asker, int askerOffset, byte[] hardware, int at)
        {
            byte[] own = _addresses.Address;
            int flags = NdPacket.Router | NdPacket.Override;
            bool sent;
            if (asker == null)
            {
                Ipv6Address.WriteAllNodes(_group, 0);
                sent = SendToGroup(port, Icmpv6Message.NeighborAdvertisement, flags, own, row * AddressLength, own, row * AddressLength, true);
            }
            else
            {
                sent = Send(port, Icmpv6Message.NeighborAdvertisement, flags | NdPacket.Solicited, own, row * AddressLength, asker, askerOffset, own, row * AddressLength,
                    hardware, at, true);
            }
            AdvertisementsSent += sent ? 1 : 0;
        }

        // To the group in hand.
        private bool SendToGroup(int port, int type, int flags, byte[] source, int sourceOffset, byte[] target, int targetOffset, bool option)
        {
            Ipv6Address.WriteGroupStation(_group, 0, _station, EthernetHeader.AddressLength);
            return Send(port, type, flags, source, sourceOffset, _group, 0, target, targetOffset, _station, EthernetHeader.AddressLength, option);
        }

        private bool Send(int port, int type, int flags, byte[] source, int sourceOffset, byte[] destination, int destinationOffset, byte[] target, int targetOffset,
            byte[] hardware, int at, bool option)
        {
            byte[] octets = _transmit.Octets;
            int start = _transmit.Headroom;
            int ip = start + EthernetHeader.Length;
            int length = NdPacket.LengthWith(option);
            _tables.Ports.CopyAddress(port, _station, 0);
            EthernetHeader.Write(octets, start, hardware, at, _station, 0, EthernetHeader.Ipv6);
            Ipv6Header.Write(octets, ip, 0, 0, length, Ipv6Header.Icmp, NdPacket.HopLimit, source, sourceOffset, destination, destinationOffset);
            NdPacket.Write(octets, ip, ip + Ipv6Header.Length, type, flags, target, targetOffset, option ? _station : null, 0);
            _transmit.Start = start;
            _transmit.Length = EthernetHeader.Length + Ipv6Header.Length + length;
            _transmit.Port = -1;
            bool sent = Egress.SendDirect(_tables, _transmit, port);
            NotSent += sent ? 0 : 1;
            return sent;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(9);
            bill.Array(_station.Length);
            bill.Array(_group.Length);
        }
    }
}
