using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>Builds and sends ARP packets (RFC 826), padded with zeros to the shortest Ethernet frame.</summary>
    public sealed class ArpSender
    {
        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly Frame _transmit;

        /// <summary>Our station address on the port in hand, then six octets of ones.</summary>
        private readonly byte[] _station = new byte[12];
        private const int BroadcastAt = 6;

        public int RequestsSent;
        public int RepliesSent;
        public int AnnouncementsSent;

        /// <summary>Packets that the port did not take, and requests from a port without an address.</summary>
        public int NotSent;

        /// <param name="transmit">Host's own frame; free between calls.</param>
        public ArpSender(Tables tables, InterfaceTable interfaces, Frame transmit)
        {
            _tables = tables;
            _interfaces = interfaces;
            _transmit = transmit;
            for (int i = 0; i < EthernetHeader.AddressLength; i++)
            {
                _station[BroadcastAt + i] = 0xFF;
            }
        }

        /// <summary>Asks for an address on a port.</summary>
        /// <returns>False when the port has no address to ask from.</returns>
        /// <param name="hardware">Whom to ask (6 octets at <paramref name="at"/>); null: everyone.</param>
        public bool Request(int port, uint target, byte[] hardware, int at)
        {
            uint source = _interfaces.Address[port];
            if (source == 0)
            {
                NotSent++;
                return false;
            }
            bool toAll = hardware == null;
            if (Send(port, ArpPacket.Request, toAll ? _station : hardware, toAll ? BroadcastAt : at, source, null, 0, target))
            {
                RequestsSent++;
            }
            return true;
        }

        /// <summary>Answers a request: our address of the port is at our station.</summary>
        /// <param name="hardware">Holds the asker's 6-octet address at <paramref name="at"/>.</param>
        /// <param name="target">The asker's IPv4 address; 0 when it only probes (RFC 5227).</param>
        public void Reply(int port, byte[] hardware, int at, uint target)
        {
            if (Send(port, ArpPacket.Reply, hardware, at, _interfaces.Address[port], hardware, at, target))
            {
                RepliesSent++;
            }
        }

        /// <summary>Tells everyone on the link our address there (RFC 5227 section 2.3), so that old entries are corrected.</summary>
        public void Announce(int port)
        {
            uint address = _interfaces.Address[port];
            if (address != 0 && Send(port, ArpPacket.Request, _station, BroadcastAt, address, null, 0, address))
            {
                AnnouncementsSent++;
            }
        }

        private bool Send(int port, int operation, byte[] destination, int destinationAt, uint source, byte[] targetHardware, int targetAt, uint target)
        {
            byte[] octets = _transmit.Octets;
            int at = _transmit.Headroom;
            _tables.Ports.CopyAddress(port, _station, 0);
            EthernetHeader.Write(octets, at, destination, destinationAt, _station, 0, EthernetHeader.Arp);
            ArpPacket.Write(octets, at + EthernetHeader.Length, operation, _station, 0, source, targetHardware, targetAt, target);
            for (int i = EthernetHeader.Length + ArpPacket.Length; i < EthernetHeader.MinimumFrame; i++)
            {
                octets[at + i] = 0;
            }
            _transmit.Start = at;
            _transmit.Length = EthernetHeader.MinimumFrame;
            _transmit.Port = -1;
            bool sent = Egress.SendDirect(_tables, _transmit, port);
            if (!sent)
            {
                NotSent++;
            }
            return sent;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(8);
            bill.Array(_station.Length);
        }
    }
}
