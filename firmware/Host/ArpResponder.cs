using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 826 ("Packet Reception") and RFC 5227 section 2 before changing this file.

    /// <summary>
    /// Received ARP packets: answers requests for our address of the port they came in on, and teaches
    /// <see cref="NeighborTable"/>: a sender that asks for us, or that has an entry already (the merge of RFC 826).
    /// </summary>
    public sealed class ArpResponder
    {
        private readonly InterfaceTable _interfaces;
        private readonly NeighborTable _neighbors;
        private readonly PortTable _ports;
        private readonly PrefixTable _prefixes;
        private readonly ArpSender _sender;
        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];

        public int RequestsReceived;
        public int RepliesReceived;

        /// <summary>Too short, not Ethernet and IPv4, or neither request nor reply.</summary>
        public int Malformed;

        /// <summary>On a port without an address in the VRF of the circuit, or on a tagged circuit.</summary>
        public int NoAddress;

        /// <summary>Sent by another station with one of our addresses as its own (RFC 5227 section 2.4).</summary>
        public int Conflicts;

        /// <summary>Sender's hardware address is a group or zero, or its IPv4 address cannot be a neighbour's on this port.</summary>
        public int BadSender;

        /// <summary>For others on the link, or replies that nobody asked for.</summary>
        public int NotForUs;

        public ArpResponder(Tables tables, InterfaceTable interfaces, NeighborTable neighbors, ArpSender sender)
        {
            _interfaces = interfaces;
            _neighbors = neighbors;
            _ports = tables.Ports;
            _prefixes = tables.Prefixes;
            _sender = sender;
        }

        /// <param name="frame">As the kernel noted it: Port, Context (VRF), Offset (ARP packet). Not kept.</param>
        /// <returns>False when it is not an ARP packet that we can take anything from.</returns>
        public bool Receive(Frame frame)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            int port = frame.Port;
            if (!ArpPacket.Fits(octets, offset, frame.Start + frame.Length - offset))
            {
                Malformed++;
                return false;
            }
            int operation = ArpPacket.ReadOperation(octets, offset);
            if (operation != ArpPacket.Request && operation != ArpPacket.Reply)
            {
                Malformed++;
                return false;
            }
            if (_interfaces.Vrf[port] != frame.Context || _interfaces.Address[port] == 0 || offset != frame.Start + EthernetHeader.Length)
            {
                NoAddress++;
                return false;
            }
            return operation == ArpPacket.Request ? Request(octets, offset, port) : Reply(octets, offset, port);
        }

        private bool Request(byte[] octets, int offset, int port)
        {
            RequestsReceived++;
            uint sender = ArpPacket.ReadSenderProtocol(octets, offset);
            bool forUs = ArpPacket.ReadTargetProtocol(octets, offset) == _interfaces.Address[port];
            if (IsOurs(octets, offset, port, sender))
            {
                return true;
            }
            if (!HardwareGood(octets, offset))
            {
                BadSender++;
                return false;
            }
            if (sender == 0)
            {
                // RFC 5227 section 2.1.1: someone asks whether the address is in use; it is, and there is nobody to learn.
                if (forUs)
                {
                    _sender.Reply(port, octets, offset + ArpPacket.SenderHardwareOffset, 0);
                }
                return true;
            }
            if (!SenderGood(port, sender))
            {
                BadSender++;
                return false;
            }
            _neighbors.Heard(port, sender, octets, offset + ArpPacket.SenderHardwareOffset, forUs);
            if (forUs)
            {
                _sender.Reply(port, octets, offset + ArpPacket.SenderHardwareOffset, sender);
            }
            else
            {
                NotForUs++;
            }
            return true;
        }

        private bool Reply(byte[] octets, int offset, int port)
        {
            RepliesReceived++;
            uint sender = ArpPacket.ReadSenderProtocol(octets, offset);
            if (IsOurs(octets, offset, port, sender))
            {
                return true;
            }
            if (!HardwareGood(octets, offset) || !SenderGood(port, sender))
            {
                BadSender++;
                return false;
            }
            if (!_neighbors.Heard(port, sender, octets, offset + ArpPacket.SenderHardwareOffset, false))
            {
                NotForUs++;
            }
            return true;
        }

        // Our own packet come back, or a station that has taken our address: neither teaches anything.
        private bool IsOurs(byte[] octets, int offset, int port, uint sender)
        {
            if (sender != _interfaces.Address[port])
            {
                return false;
            }
            _ports.CopyAddress(port, _station, 0);
            if (!EthernetHeader.SameAddress(octets, offset + ArpPacket.SenderHardwareOffset, _station, 0))
            {
                Conflicts++;
            }
            return true;
        }

        private static bool HardwareGood(byte[] octets, int offset)
        {
            int at = offset + ArpPacket.SenderHardwareOffset;
            return !EthernetHeader.IsGroup(octets, at) && (Octets.ReadInt32(octets, at) | Octets.ReadUInt16(octets, at + 4)) != 0;
        }

        // A neighbour is on the port's subnet, or where a route says that the port's link is, or one that we ask for (a route may name a
        // next hop outside of it).
        private bool SenderGood(int port, uint sender)
        {
            if (!Ipv4Address.IsHost(sender) || _interfaces.IsSubnetBroadcast(_interfaces.Vrf[port], sender))
            {
                return false;
            }
            return _interfaces.OnSubnet(port, sender) || _prefixes.Lookup(_interfaces.Vrf[port], sender) == (ForwardingHandle.Glean | port)
                || _neighbors.IsAwaited(port, sender);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(13);
            bill.Array(_station.Length);
        }
    }
}
