using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    /// <summary>Who takes which IP protocol and which UDP port. A router without protocols has no memory for it.</summary>
    public sealed class HandlerTable
    {
        public const int None = -1;

        /// <summary>Most handlers of a router.</summary>
        public const int Rows = 8;

        /// <summary>Packets for handlers per second, and at once after a rest, per port: apart from those that everybody may send us.</summary>
        public const int PerSecond = 2000;
        public const int Burst = 2000;

        // Protocol << 16 | UDP port (0 for other protocols).
        private int[] _key;
        private IPacketHandler[] _handler;
        private PortBuckets _rate;
        private int _used;

        /// <summary>Called at start, before the first packet.</summary>
        /// <param name="protocol">Of the IPv4 header.</param>
        /// <param name="port">UDP port; 0 for every protocol but UDP.</param>
        /// <returns>False when all rows are taken, or somebody takes these packets already.</returns>
        public bool Add(Capacity capacity, int protocol, int port, IPacketHandler handler)
        {
            if (_key == null)
            {
                _key = new int[Rows];
                _handler = new IPacketHandler[Rows];
                _rate = new PortBuckets(capacity.Ports, PerSecond, Burst);
            }
            if (_used == Rows || Find(protocol, port) != None)
            {
                return false;
            }
            _key[_used] = (protocol << 16) | port;
            _handler[_used] = handler;
            _used++;
            return true;
        }

        /// <returns>The row of a protocol and port, or <see cref="None"/>.</returns>
        public int Find(int protocol, int port)
        {
            int key = (protocol << 16) | port;
            for (int i = 0; i < _used; i++)
            {
                if (_key[i] == key)
                {
                    return i;
                }
            }
            return None;
        }

        public IPacketHandler HandlerOf(int row)
        {
            return _handler[row];
        }

        /// <summary>True when a packet that is about to be looked at belongs to a handler; nothing of it has been checked yet.</summary>
        internal bool Wants(byte[] octets, int offset, int available)
        {
            if (_used == 0 || available < Ipv4Header.Length)
            {
                return false;
            }
            int protocol = Ipv4Header.ReadProtocol(octets, offset);
            int udp = Ipv4Header.ReadHeaderLength(octets, offset);
            int port = protocol == Ipv4Header.Udp && udp + UdpHeader.Length <= available ? UdpHeader.ReadDestinationPort(octets, offset + udp) : 0;
            return Find(protocol, port) != None;
        }

        /// <summary>Takes a token of the port for a packet that <see cref="Wants"/> says yes to.</summary>
        internal bool Take(int port, uint now)
        {
            return _rate.Take(port, now);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(4);
            if (_key != null)
            {
                bill.Array(_key.Length * 4);
                bill.References(_handler.Length);
                _rate.Bill(bill);
            }
        }
    }
}
