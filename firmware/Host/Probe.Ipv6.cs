using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    // Probes of IPv6; states and timers are in Probe.cs.
    public sealed partial class Probe
    {
        /// <summary>Shortest IPv6 packets in octets: the headers alone.</summary>
        public const int MinEchoIpv6 = Ipv6Header.Length + Icmpv6Message.HeaderLength;

        private const int AddressLength = Ipv6Header.AddressLength;

        private readonly Ipv6Interfaces _addresses;
        private readonly Ipv6Sender _ipv6Sender;

        /// <summary>Source, then destination.</summary>
        private readonly byte[] _ends = new byte[2 * AddressLength];
        private int _outPort;
        private bool _sourceGiven;

        /// <summary>Sends an ICMPv6 echo request.</summary>
        /// <param name="vrf">Where the destination is looked up.</param>
        /// <param name="port">The link of a link-local destination; otherwise -1.</param>
        /// <param name="destination">Holds a host's address.</param>
        /// <param name="source">Holds one of our addresses; null: that of the interface it leaves by.</param>
        /// <param name="lengthOctets">Of the whole IPv6 packet, from <see cref="MinEchoIpv6"/>.</param>
        /// <param name="hopLimit">1 to 255.</param>
        /// <param name="timeoutMs">From now until <see cref="TimedOut"/>.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>False when a probe is under way, or an argument is out of range; else <see cref="State"/> says more.</returns>
        public bool StartEchoIpv6(int vrf, int port, byte[] destination, int offset, byte[] source, int sourceOffset, int lengthOctets, int hopLimit,
            uint timeoutMs, uint now)
        {
            if (lengthOctets < MinEchoIpv6 || lengthOctets > _ipv6Sender.MaxPacket || !Begin(vrf, Ipv6Header.Icmp, lengthOctets, 0, hopLimit, timeoutMs, now))
            {
                return false;
            }
            StartIpv6(port, destination, offset, source, sourceOffset);
            return true;
        }

        /// <summary>Sends a UDP datagram to a port where nobody is expected (traceroute).</summary>
        /// <param name="destinationPort">1 to 65,535.</param>
        /// <inheritdoc cref="StartEchoIpv6"/>
        public bool StartUdpIpv6(int vrf, int port, byte[] destination, int offset, byte[] source, int sourceOffset, int destinationPort, int hopLimit,
            uint timeoutMs, uint now)
        {
            int length = Ipv6Header.Length + UdpHeader.Length + UdpPayload;
            if (destinationPort < 1 || destinationPort > 65535 || !Begin(vrf, Ipv6Header.Udp, length, destinationPort, hopLimit, timeoutMs, now))
            {
                return false;
            }
            StartIpv6(port, destination, offset, source, sourceOffset);
            return true;
        }

        private void StartIpv6(int port, byte[] destination, int offset, byte[] source, int sourceOffset)
        {
            IsIpv6 = true;
            _sourceGiven = source != null;
            _outPort = port;
            Octets.Copy(destination, offset, _ends, AddressLength, AddressLength);
            for (int i = 0; i < AddressLength; i++)
            {
                FromIpv6[i] = 0;
            }
            if (_sourceGiven)
            {
                Octets.Copy(source, sourceOffset, _ends, 0, AddressLength);
            }
            bool linkLocal = Ipv6Header.IsLinkLocal(destination, offset);
            bool own = linkLocal ? port >= 0 && _addresses.IsUsed(port, _vrf, destination, offset)
                : ForwardingHandle.Kind(_tables.Prefixes.Lookup6(_vrf, destination, offset)) == ForwardingHandle.Local;
            if (own)
            {
                // One of our addresses, and its interface is up: never leaves the router.
                Octets.Copy(destination, offset, FromIpv6, 0, AddressLength);
                ReplyTtl = Ipv6Sender.InitialHopLimit;
                State = _protocol == Ipv6Header.Icmp ? Replied : Unreachable;
                Code = _protocol == Ipv6Header.Icmp ? 0 : Icmpv6Message.PortUnreachable;
                return;
            }
            State = Waiting;
            SendIpv6(_startedAt);
        }

        private void SendIpv6(uint now)
        {
            byte[] to = _ipv6Sender.Transmit.Octets;
            int at = _ipv6Sender.Transmit.Headroom;
            int payload = at + Ipv6Header.Length;
            _sentAt = now;
            if (!_sourceGiven)
            {
                bool linkLocal = Ipv6Header.IsLinkLocal(_ends, AddressLength);
                int row = _addresses.SourceFor(_vrf, linkLocal ? _outPort : OutgoingPath.PortTo(_tables, _vrf, _ends, AddressLength), _ends, AddressLength);
                if (row == Ipv6Interfaces.None)
                {
                    // An address that is being tested may be the one: again, until the time is up.
                    State = _addresses.IsTesting(_vrf) ? Waiting : NoRoute;
                    return;
                }
                Octets.Copy(_addresses.Address, row * AddressLength, _ends, 0, AddressLength);
            }
            Ipv6Header.Write(to, at, 0, 0, _length - Ipv6Header.Length, _protocol, _ttl, _ends, 0, _ends, AddressLength);
            if (_protocol == Ipv6Header.Icmp)
            {
                int data = _length - MinEchoIpv6;
                Fill(to, payload + Icmpv6Message.HeaderLength, data);
                Icmpv6Message.WriteEcho(to, at, payload, Icmpv6Message.EchoRequest, _identifier, _sequence, data);
            }
            else
            {
                Fill(to, payload + UdpHeader.Length, UdpPayload);
                UdpHeader.WriteOverIpv6(to, at, payload, _sourcePort, _destinationPort, UdpHeader.Length + UdpPayload);
            }
            switch (_ipv6Sender.Send(_vrf, _outPort, at))
            {
                case DropReason.None:
                    _sent = true;
                    break;
                case DropReason.UnresolvedNeighbor:
                case DropReason.TransportDown:
                    // The first hop may yet answer: again, until the time is up.
                    break;
                case DropReason.MtuExceeded:
                    Octets.Copy(_ends, 0, FromIpv6, 0, AddressLength);
                    NextHopMtu = _ipv6Sender.Transmit.Value;
                    State = FragmentationNeeded;
                    break;
                default:
                    State = NoRoute;
                    break;
            }
        }

        /// <summary>An ICMPv6 echo reply came to one of our addresses.</summary>
        /// <param name="offset">Of its IPv6 header.</param>
        /// <param name="icmp">Of its ICMPv6 header.</param>
        /// <param name="port">Of arrival.</param>
        /// <returns>True when it answers the probe under way.</returns>
        internal bool HeardReplyIpv6(byte[] octets, int offset, int icmp, int vrf, int port, uint now)
        {
            if (!IsIpv6 || !IsAwaited(vrf, Ipv6Header.Icmp) || !Ipv6Header.AddressesEqual(octets, offset + Ipv6Header.DestinationOffset, _ends, 0)
                || Icmpv6Message.ReadIdentifier(octets, icmp) != _identifier || Icmpv6Message.ReadSequence(octets, icmp) != _sequence)
            {
                return false;
            }
            if (Ipv6Header.IsLinkLocal(_ends, AddressLength) && port != _outPort)
            {
                return false;
            }
            EndIpv6(octets, offset, 0, Replied, now);
            return true;
        }

        /// <summary>An ICMPv6 error came to one of our addresses; it quotes the packet that it is about.</summary>
        /// <param name="length">Octets of the ICMPv6 message, at least its header.</param>
        /// <inheritdoc cref="HeardReplyIpv6"/>
        internal bool HeardErrorIpv6(byte[] octets, int offset, int icmp, int length, int vrf, uint now)
        {
            if (!IsIpv6 || !IsAwaited(vrf, _protocol) || !IsAboutUsIpv6(octets, icmp + Icmpv6Message.HeaderLength, length - Icmpv6Message.HeaderLength))
            {
                return false;
            }
            int state = Unreachable;
            switch (Icmpv6Message.ReadType(octets, icmp))
            {
                case Icmpv6Message.TimeExceeded:
                    state = TimeExceeded;
                    break;
                case Icmpv6Message.PacketTooBig:
                    state = FragmentationNeeded;
                    NextHopMtu = Icmpv6Message.ReadMtu(octets, icmp);
                    break;
                default:
                    break;
            }
            int entries;
            int stack = IcmpExtension.FindLabelStackInIcmpv6(octets, icmp, length, out entries);
            KeepLabels(octets, stack, entries);
            EndIpv6(octets, offset, Icmpv6Message.ReadCode(octets, icmp), state, now);
            return true;
        }

        // Our packets have no extension headers, so the quoted one has none either.
        private bool IsAboutUsIpv6(byte[] octets, int at, int available)
        {
            if (available < Ipv6Header.Length + 8 || (octets[at] >> 4) != 6 || Ipv6Header.ReadNextHeader(octets, at) != _protocol
                || !Ipv6Header.AddressesEqual(octets, at + Ipv6Header.SourceOffset, _ends, 0)
                || !Ipv6Header.AddressesEqual(octets, at + Ipv6Header.DestinationOffset, _ends, AddressLength))
            {
                return false;
            }
            int inner = at + Ipv6Header.Length;
            if (_protocol == Ipv6Header.Icmp)
            {
                return Icmpv6Message.ReadType(octets, inner) == Icmpv6Message.EchoRequest
                    && Icmpv6Message.ReadIdentifier(octets, inner) == _identifier && Icmpv6Message.ReadSequence(octets, inner) == _sequence;
            }
            return UdpHeader.ReadSourcePort(octets, inner) == _sourcePort && UdpHeader.ReadDestinationPort(octets, inner) == _destinationPort;
        }

        private void EndIpv6(byte[] octets, int offset, int code, int state, uint now)
        {
            Octets.Copy(octets, offset + Ipv6Header.SourceOffset, FromIpv6, 0, AddressLength);
            ReplyTtl = Ipv6Header.ReadHopLimit(octets, offset);
            Code = code;
            RoundTripMs = now - _sentAt;
            State = state;
        }
    }
}
