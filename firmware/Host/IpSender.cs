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

        public void Bill(RamBill bill)
        {
            Bill(bill, 2);
        }
    }
}
