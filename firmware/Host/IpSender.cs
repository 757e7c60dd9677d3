using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>Sends the IPv4 packets that the router makes, and asks for the neighbour that one of them lacks.</summary>
    public sealed class IpSender
    {
        /// <summary>Time to live of what we make.</summary>
        public const int InitialTtl = 255;

        /// <summary>Host's own frame; free between calls. A packet is built at its headroom.</summary>
        public readonly Frame Transmit;

        private readonly Tables _tables;
        private readonly NeighborTable _neighbors;
        private int _identification;

        public int Sent;

        /// <summary>Had no route, no resolved neighbour, no usable transport, or were too long for it.</summary>
        public int NotSent;

        public IpSender(Tables tables, NeighborTable neighbors, Frame transmit, Xorshift random)
        {
            _tables = tables;
            _neighbors = neighbors;
            Transmit = transmit;
            _identification = random.Next16();
        }

        /// <summary>Longest IPv4 packet that can be built at the headroom, in octets.</summary>
        public int MaxPacket
        {
            get { return Transmit.Octets.Length - Transmit.Headroom - 32 - EthernetHeader.Length; }
        }

        /// <returns>An identification for the next packet (RFC 791), 16 bits.</returns>
        public int NextIdentification()
        {
            _identification = (_identification + 1) & 0xFFFF;
            return _identification;
        }

        /// <summary>Sends the packet whose header begins at <paramref name="offset"/> of <see cref="Transmit"/>.</summary>
        /// <returns><see cref="DropReason.None"/>, or why not, as <see cref="Egress.SendIp"/> says it.</returns>
        public int Send(int vrf, int offset)
        {
            Transmit.Start = offset;
            Transmit.Length = Ipv4Header.ReadTotalLength(Transmit.Octets, offset);
            Transmit.Port = -1;
            int reason = Egress.SendIp(_tables, Transmit, vrf, offset);
            if (reason == DropReason.UnresolvedNeighbor)
            {
                _neighbors.Need(Transmit.Value, Ipv4Header.ReadDestination(Transmit.Octets, offset));
            }
            Count(reason);
            return reason;
        }

        /// <summary>Sends a label stack, and the packet after it, along the LSP of its top label.</summary>
        /// <param name="offset">Of the stack in <see cref="Transmit"/>.</param>
        /// <param name="length">Octets of stack and packet.</param>
        /// <returns><see cref="DropReason.None"/>, or why not, as <see cref="Egress.SendLabelled"/> says it.</returns>
        public int SendLabelled(int offset, int length)
        {
            Transmit.Start = offset;
            Transmit.Length = length;
            Transmit.Port = -1;
            int reason = Egress.SendLabelled(_tables, Transmit, offset);
            Count(reason);
            return reason;
        }

        private void Count(int reason)
        {
            if (reason == DropReason.None)
            {
                Sent++;
            }
            else
            {
                NotSent++;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(6);
        }
    }
}
