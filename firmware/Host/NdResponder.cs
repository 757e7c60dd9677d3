using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 4861 sections 7.1 and 7.2 and RFC 4862 sections 5.4.3 and 5.4.4 before changing this file.

    /// <summary>
    /// Received neighbor solicitations and advertisements: answers for our addresses of the port, and teaches
    /// <see cref="Ipv6NeighborTable"/>. Router solicitations are not answered: this router does not advertise itself.
    /// </summary>
    public sealed class NdResponder
    {
        private readonly Ipv6Interfaces _addresses;
        private readonly InterfaceTable _interfaces;
        private readonly Ipv6NeighborTable _neighbors;
        private readonly PortTable _ports;
        private readonly PrefixTable _prefixes;
        private readonly AddressTest _test;
        private readonly NdSender _sender;
        private readonly byte[] _station = new byte[EthernetHeader.AddressLength];

        public int SolicitationsReceived;
        public int AdvertisementsReceived;

        /// <summary>What RFC 4861 section 7.1 tells to discard: hop limit, length, target, options, addresses that do not go together.</summary>
        public int Malformed;

        /// <summary>Sent by another station that has one of our addresses in use.</summary>
        public int Conflicts;

        /// <summary>The sender's hardware address is a group or zero, or its address cannot be a neighbour's on this port.</summary>
        public int BadSender;

        /// <summary>For others on the link, or advertisements that nobody asked for.</summary>
        public int NotForUs;

        public NdResponder(Tables tables, InterfaceTable interfaces, Ipv6Interfaces addresses, Ipv6NeighborTable neighbors, AddressTest test, NdSender sender)
        {
            _addresses = addresses;
            _interfaces = interfaces;
            _neighbors = neighbors;
            _ports = tables.Ports;
            _prefixes = tables.Prefixes;
            _test = test;
            _sender = sender;
        }

        /// <param name="frame">Received on the link of its port, untagged, on a port of the VRF; Offset is the IPv6 header. Not kept.</param>
        /// <param name="icmp">Of the ICMPv6 header; checksum checked.</param>
        /// <param name="length">Octets of the ICMPv6 message.</param>
        /// <returns>False when it is not a message that we can take anything from.</returns>
        public bool Receive(Frame frame, int icmp, int length)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            if (Ipv6Header.ReadHopLimit(octets, offset) != NdPacket.HopLimit || !NdPacket.Fits(octets, icmp, length))
            {
                Malformed++;
                return false;
            }
            return Icmpv6Message.ReadType(octets, icmp) == Icmpv6Message.NeighborSolicitation
                ? Solicitation(frame, icmp, length) : Advertisement(frame, icmp, length);
        }

        private bool Solicitation(Frame frame, int icmp, int length)
        {
            byte[] octets = frame.Octets;
            int source = frame.Offset + Ipv6Header.SourceOffset;
            int destination = frame.Offset + Ipv6Header.DestinationOffset;
            int target = icmp + NdPacket.TargetOffset;
            int port = frame.Port;
            SolicitationsReceived++;
            int hardware = NdPacket.FindLinkLayer(octets, icmp, length, NdPacket.SourceLinkLayer);
            bool test = Ipv6Header.IsUnspecified(octets, source);
            if (test && (hardware >= 0 || !Ipv6Address.IsSolicitedNodeOf(octets, destination, octets, target)))
            {
                Malformed++;
                return false;
            }
            int row = _addresses.RowOf(port, octets, target);
            if (row == Ipv6Interfaces.None || _addresses.State[row] == Ipv6Interfaces.Duplicate)
            {
                NotForUs++;
                return true;
            }
            if (_addresses.State[row] == Ipv6Interfaces.Tentative)
            {
                // Two stations test the same address; our own question come back is none.
                if (test && !FromUs(frame))
                {
                    _test.Claimed(row);
                }
                return true;
            }
            if (test)
            {
                _sender.Advertise(port, row, null, 0, null, 0);
                return true;
            }
            if (!SenderGood(port, octets, source) || (hardware >= 0 && !HardwareGood(octets, hardware)))
            {
                BadSender++;
                return false;
            }
            if (hardware >= 0)
            {
                _neighbors.Solicited(port, octets, source, octets, hardware);
                _sender.Advertise(port, row, octets, source, octets, hardware);
                return true;
            }
            return Answer(port, row, octets, source);
        }

        // A solicitation to our station need not say where it comes from: the table knows, or asks.
        private bool Answer(int port, int row, byte[] octets, int source)
        {
            int n = _neighbors.NeedOnLink(port, octets, source);
            if (n == NeighborSlots.None || !_neighbors.IsResolved(n))
            {
                return true;
            }
            _neighbors.CopyHardware(n, _station, 0);
            _neighbors.Touch(n);
            _sender.Advertise(port, row, octets, source, _station, 0);
            return true;
        }

        private bool Advertisement(Frame frame, int icmp, int length)
        {
            byte[] octets = frame.Octets;
            int target = icmp + NdPacket.TargetOffset;
            int port = frame.Port;
            AdvertisementsReceived++;
            int flags = NdPacket.ReadFlags(octets, icmp);
            if (Ipv6Header.IsMulticast(octets, frame.Offset + Ipv6Header.DestinationOffset) && (flags & NdPacket.Solicited) != 0)
            {
                Malformed++;
                return false;
            }
            int row = _addresses.RowOf(port, octets, target);
            if (row != Ipv6Interfaces.None)
            {
                if (FromUs(frame))
                {
                    return true;
                }
                if (_addresses.State[row] == Ipv6Interfaces.Tentative)
                {
                    _test.Claimed(row);
                }
                else
                {
                    Conflicts++;
                }
                return true;
            }
            int hardware = NdPacket.FindLinkLayer(octets, icmp, length, NdPacket.TargetLinkLayer);
            if (!SenderGood(port, octets, target) || (hardware >= 0 && !HardwareGood(octets, hardware)))
            {
                BadSender++;
                return false;
            }
            if (!_neighbors.Advertised(port, octets, target, octets, hardware, flags))
            {
                NotForUs++;
            }
            return true;
        }

        // By the frame's source: the test has no other sign of who sent it.
        private bool FromUs(Frame frame)
        {
            _ports.CopyAddress(frame.Port, _station, 0);
            return EthernetHeader.SameAddress(frame.Octets, frame.Start + EthernetHeader.SourceOffset, _station, 0);
        }

        private static bool HardwareGood(byte[] octets, int at)
        {
            return !EthernetHeader.IsGroup(octets, at) && (Octets.ReadInt32(octets, at) | Octets.ReadUInt16(octets, at + 4)) != 0;
        }

        // A neighbour is link-local, on the port's subnets, or where a route says that the port's link is, or one that we ask for.
        private bool SenderGood(int port, byte[] octets, int address)
        {
            if (!Ipv6Address.IsHost(octets, address) || _addresses.RowOf(port, octets, address) != Ipv6Interfaces.None)
            {
                return false;
            }
            return _addresses.OnSubnet(port, octets, address) || _prefixes.Lookup6(_interfaces.Vrf[port], octets, address) == (ForwardingHandle.Glean | port)
                || _neighbors.IsAwaited(port, octets, address);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(14);
            bill.Array(_station.Length);
        }
    }
}
