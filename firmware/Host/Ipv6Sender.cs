using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>Sends the IPv6 packets that the router makes, and asks for the neighbour that one of them lacks.</summary>
    public sealed class Ipv6Sender : PacketSender
    {
        /// <summary>Hop limit of what we make, where it has no other.</summary>
        public const int InitialHopLimit = 64;

        private readonly Ipv6NeighborTable _neighbors;
        private readonly byte[] _stations = new byte[2 * EthernetHeader.AddressLength];

        public Ipv6Sender(Tables tables, Ipv6NeighborTable neighbors, Frame transmit)
            : base(tables, transmit)
        {
            _neighbors = neighbors;
        }

        /// <summary>
        /// Sends the packet whose header begins at <paramref name="offset"/> of <see cref="PacketSender.Transmit"/>: to a link-local address on the link of
        /// the port, else by the VRF's route.
        /// </summary>
        /// <param name="port">Of a link-local destination; otherwise it does not matter.</param>
        /// <returns>
        /// <see cref="DropReason.None"/>, or why not, as <see cref="GeneralPath.SendIp"/> says it; MtuExceeded with
        /// Transmit.Value = the longest packet that fits.
        /// </returns>
        public int Send(int vrf, int port, int offset)
        {
            byte[] octets = Transmit.Octets;
            int destination = offset + Ipv6Header.DestinationOffset;
            Transmit.Start = offset;
            Transmit.Length = Ipv6Header.Length + Ipv6Header.ReadPayloadLength(octets, offset);
            Transmit.Port = -1;
            int reason;
            if (Ipv6Header.IsLinkLocal(octets, destination))
            {
                reason = SendOnLink(port, offset);
            }
            else
            {
                reason = Tables.General.SendIp(Transmit, Tables.Prefixes.Lookup6(vrf, octets, destination), offset, offset + Transmit.Length,
                    Ipv6Header.ReadHopLimit(octets, offset), Ipv6Header.ReadDscp(octets, offset) >> 3);
                if (reason == DropReason.UnresolvedNeighbor)
                {
                    _neighbors.Need(Transmit.Value, octets, destination);
                }
            }
            Count(reason);
            return reason;
        }

        // Link-local addresses stand in no table of routes: the neighbour's station is written here.
        private int SendOnLink(int port, int offset)
        {
            if (port < 0 || port >= Tables.Ports.Count)
            {
                return DropReason.NoRoute;
            }
            int n = _neighbors.NeedOnLink(port, Transmit.Octets, offset + Ipv6Header.DestinationOffset);
            if (n == NeighborSlots.None || !_neighbors.IsResolved(n))
            {
                return DropReason.UnresolvedNeighbor;
            }
            if (Transmit.Length > Tables.Ports.MtuOf(port))
            {
                Transmit.Value = Tables.Ports.MtuOf(port);
                return DropReason.MtuExceeded;
            }
            _neighbors.Touch(n);
            _neighbors.CopyHardware(n, _stations, 0);
            Tables.Ports.CopyAddress(port, _stations, EthernetHeader.AddressLength);
            Transmit.Start = offset - EthernetHeader.Length;
            Transmit.Length += EthernetHeader.Length;
            EthernetHeader.Write(Transmit.Octets, Transmit.Start, _stations, 0, _stations, EthernetHeader.AddressLength, EthernetHeader.Ipv6);
            return Egress.SendDirect(Tables, Transmit, port) ? DropReason.None : DropReason.TransportDown;
        }

        public void Bill(RamBill bill)
        {
            Bill(bill, 2);
            bill.Array(_stations.Length);
        }
    }
}
