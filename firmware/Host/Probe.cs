using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Host
{
    /// <summary>
    /// One question to the network at a time, for ping and traceroute: an ICMP echo or a UDP datagram, and what came back.
    /// The caller starts it, polls the stack, and reads <see cref="State"/>. IPv6 is in Probe.Ipv6.cs.
    /// </summary>
    public sealed partial class Probe
    {
        /// <summary>States.</summary>
        public const int Idle = 0;
        public const int Waiting = 1;

        /// <summary>The echo came back.</summary>
        public const int Replied = 2;

        /// <summary>The TTL ran out at <see cref="From"/>.</summary>
        public const int TimeExceeded = 3;

        /// <summary>Destination unreachable (or parameter problem) with <see cref="Code"/>; port unreachable is how a traceroute arrives.</summary>
        public const int Unreachable = 4;

        /// <summary>Too long for <see cref="From"/>, whose next hop takes <see cref="NextHopMtu"/> octets; From is our own address when it is our link.</summary>
        public const int FragmentationNeeded = 5;
        public const int TimedOut = 6;

        /// <summary>Could not be sent: no route, or no address to send from.</summary>
        public const int NoRoute = 7;

        /// <summary>Shortest packets in octets: the headers alone.</summary>
        public const int MinEcho = Ipv4Header.Length + IcmpMessage.HeaderLength;

        /// <summary>Most label stack entries kept of an answer (RFC 4950).</summary>
        public const int MaxLabels = 6;

        /// <summary>Time between tries while the first hop is not resolved.</summary>
        public const int RetryMs = 50;

        private const int UdpPayload = 12;
        private const int FirstSourcePort = 49152;

        private readonly Tables _tables;
        private readonly InterfaceTable _interfaces;
        private readonly IpSender _sender;
        private readonly Xorshift _random;
        private readonly int _identifier;

        public int State;

        /// <summary>The probe is one of IPv6: who answered stands in <see cref="FromIpv6"/>, and codes are those of ICMPv6.</summary>
        public bool IsIpv6;

        /// <summary>Who answered.</summary>
        public uint From;

        /// <summary>The same of an IPv6 probe, 16 octets.</summary>
        public readonly byte[] FromIpv6 = new byte[Ipv6Header.AddressLength];

        /// <summary>ICMP code of the answer.</summary>
        public int Code;

        /// <summary>In octets, 0 = not said.</summary>
        public int NextHopMtu;

        public uint RoundTripMs;

        /// <summary>Label stack that the packet had when its TTL ran out: entries, and their 32-bit words, top first.</summary>
        public int LabelCount;
        public readonly int[] LabelWords = new int[MaxLabels];

        /// <summary>Time to live of the answer as it came in.</summary>
        public int ReplyTtl;

        private int _vrf;
        private uint _destination;
        private uint _source;
        private int _protocol;
        private int _length;
        private bool _dontFragment;
        private int _ttl;
        private int _sequence;
        private int _sourcePort;
        private int _destinationPort;
        private uint _startedAt;
        private uint _sentAt;
        private uint _timeoutMs;
        private bool _sent;

        public Probe(Tables tables, InterfaceTable interfaces, IpSender sender, Ipv6Interfaces addresses, Ipv6Sender ipv6Sender, Xorshift random)
        {
            _addresses = addresses;
            _ipv6Sender = ipv6Sender;
            _tables = tables;
            _interfaces = interfaces;
            _sender = sender;
            _random = random;
            _identifier = random.Next16();
            _sequence = random.Next16();
        }

        /// <summary>Sends an echo request.</summary>
        /// <param name="vrf">Where the destination is looked up.</param>
        /// <param name="destination">A host's address.</param>
        /// <param name="source">One of our addresses; 0: that of the interface it leaves by.</param>
        /// <param name="lengthOctets">Of the whole IPv4 packet, from <see cref="MinEcho"/>.</param>
        /// <param name="dontFragment">The DF bit.</param>
        /// <param name="ttl">1 to 255.</param>
        /// <param name="timeoutMs">From now until <see cref="TimedOut"/>.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>False when a probe is under way, or an argument is out of range; else <see cref="State"/> says more.</returns>
        public bool StartEcho(int vrf, uint destination, uint source, int lengthOctets, bool dontFragment, int ttl, uint timeoutMs, uint now)
        {
            if (lengthOctets < MinEcho || lengthOctets > _sender.MaxPacket)
            {
                return false;
            }
            return Start(vrf, destination, source, Ipv4Header.Icmp, lengthOctets, dontFragment, 0, ttl, timeoutMs, now);
        }

        /// <summary>Sends a UDP datagram to a port where nobody is expected (traceroute).</summary>
        /// <param name="destinationPort">1 to 65,535.</param>
        /// <inheritdoc cref="StartEcho"/>
        public bool StartUdp(int vrf, uint destination, uint source, int destinationPort, int ttl, uint timeoutMs, uint now)
        {
            if (destinationPort < 1 || destinationPort > 65535)
            {
                return false;
            }
            int length = Ipv4Header.Length + UdpHeader.Length + UdpPayload;
            return Start(vrf, destination, source, Ipv4Header.Udp, length, false, destinationPort, ttl, timeoutMs, now);
        }

        /// <summary>Gives up; an answer that comes later is nobody's.</summary>
        public void Cancel()
        {
            State = Idle;
        }

        /// <summary>Sends what waits for its first hop, and ends what nobody answered.</summary>
        /// <returns>Milliseconds until it is next needed, or <see cref="HostStack.Idle"/>.</returns>
        public uint Poll(uint now)
        {
            if (State != Waiting)
            {
                return HostStack.Idle;
            }
            if (now - _startedAt >= _timeoutMs)
            {
                State = TimedOut;
                return HostStack.Idle;
            }
            if (!_sent && now - _sentAt >= RetryMs)
            {
                if (IsIpv6)
                {
                    SendIpv6(now);
                }
                else
                {
                    Send(now);
                }
            }
            return NextDueMs(now);
        }

        /// <returns>Milliseconds until <see cref="Poll"/> has work, or <see cref="HostStack.Idle"/>.</returns>
        public uint NextDueMs(uint now)
        {
            if (State != Waiting)
            {
                return HostStack.Idle;
            }
            uint elapsedMs = now - _startedAt;
            uint restMs = elapsedMs >= _timeoutMs ? 0 : _timeoutMs - elapsedMs;
            if (!_sent)
            {
                uint sinceMs = now - _sentAt;
                uint retryMs = sinceMs >= RetryMs ? 0 : RetryMs - sinceMs;
                if (retryMs < restMs)
                {
                    return retryMs;
                }
            }
            return restMs;
        }

        // What a probe of either family begins with; false when one is under way.
        private bool Begin(int vrf, int protocol, int length, int destinationPort, int ttl, uint timeoutMs, uint now)
        {
            if (State == Waiting || ttl < 1 || ttl > 255)
            {
                return false;
            }
            _vrf = vrf;
            _protocol = protocol;
            _length = length;
            _destinationPort = destinationPort;
            _ttl = ttl;
            _timeoutMs = timeoutMs;
            _startedAt = now;
            _sent = false;
            _sequence = (_sequence + 1) & 0xFFFF;
            _sourcePort = FirstSourcePort + (_random.Next16() & 0x3FFF);
            From = 0;
            Code = 0;
            NextHopMtu = 0;
            RoundTripMs = 0;
            LabelCount = 0;
            ReplyTtl = 0;
            return true;
        }

        private bool Start(int vrf, uint destination, uint source, int protocol, int length, bool dontFragment, int destinationPort, int ttl, uint timeoutMs, uint now)
        {
            if (!Begin(vrf, protocol, length, destinationPort, ttl, timeoutMs, now))
            {
                return false;
            }
            IsIpv6 = false;
            _destination = destination;
            _dontFragment = dontFragment;
            if (ForwardingHandle.Kind(_tables.Prefixes.Lookup(vrf, destination)) == ForwardingHandle.Local)
            {
                // One of our addresses, and its interface is up: never leaves the router.
                From = destination;
                ReplyTtl = IpSender.InitialTtl;
                State = protocol == Ipv4Header.Icmp ? Replied : Unreachable;
                Code = protocol == Ipv4Header.Icmp ? 0 : IcmpMessage.PortUnreachable;
                return true;
            }
            _source = source != 0 ? source : _interfaces.SourceFor(vrf, OutgoingPath.PortTo(_tables, vrf, destination));
            State = _source == 0 ? NoRoute : Waiting;
            if (State == Waiting)
            {
                Send(now);
            }
            return true;
        }

        private void Send(uint now)
        {
            byte[] to = _sender.Transmit.Octets;
            int at = _sender.Transmit.Headroom;
            int payload = at + Ipv4Header.Length;
            Ipv4Header.Write(to, at, 0, _length, _sender.NextIdentification(), _dontFragment, _ttl, _protocol, _source, _destination);
            if (_protocol == Ipv4Header.Icmp)
            {
                int data = _length - MinEcho;
                Fill(to, payload + IcmpMessage.HeaderLength, data);
                IcmpMessage.WriteEcho(to, payload, IcmpMessage.EchoRequest, _identifier, _sequence, data);
            }
            else
            {
                Fill(to, payload + UdpHeader.Length, UdpPayload);
                UdpHeader.Write(to, payload, _sourcePort, _destinationPort, UdpHeader.Length + UdpPayload, _source, _destination);
            }
            _sentAt = now;
            switch (_sender.Send(_vrf, at))
            {
                case DropReason.None:
                    _sent = true;
                    break;
                case DropReason.UnresolvedNeighbor:
                case DropReason.TransportDown:
                    // The first hop may yet answer: again, until the time is up.
                    break;
                case DropReason.MtuExceeded:
                    From = _source;
                    NextHopMtu = _sender.Transmit.Value;
                    State = FragmentationNeeded;
                    break;
                default:
                    State = NoRoute;
                    break;
            }
        }

        // The pattern of IOS: ABCD ABCD.
        private static void Fill(byte[] to, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                to[at + i] = (i & 1) == 0 ? (byte)0xAB : (byte)0xCD;
            }
        }

        /// <summary>An echo reply came to one of our addresses.</summary>
        /// <param name="offset">Of its IPv4 header.</param>
        /// <param name="icmp">Of its ICMP header.</param>
        /// <returns>True when it answers the probe under way.</returns>
        public bool HeardReply(byte[] octets, int offset, int icmp, int vrf, uint now)
        {
            if (IsIpv6 || !IsAwaited(vrf, Ipv4Header.Icmp) || Ipv4Header.ReadDestination(octets, offset) != _source
                || IcmpMessage.ReadIdentifier(octets, icmp) != _identifier || IcmpMessage.ReadSequence(octets, icmp) != _sequence)
            {
                return false;
            }
            End(octets, offset, 0, Replied, now);
            return true;
        }

        /// <summary>An ICMP error came to one of our addresses; it quotes the packet that it is about.</summary>
        /// <param name="length">Octets of the ICMP message, at least its header.</param>
        /// <inheritdoc cref="HeardReply"/>
        public bool HeardError(byte[] octets, int offset, int icmp, int length, int vrf, uint now)
        {
            if (IsIpv6 || !IsAwaited(vrf, _protocol) || !IsAboutUs(octets, icmp + IcmpMessage.HeaderLength, length - IcmpMessage.HeaderLength))
            {
                return false;
            }
            int code = IcmpMessage.ReadCode(octets, icmp);
            int state = Unreachable;
            if (IcmpMessage.ReadType(octets, icmp) == IcmpMessage.TimeExceeded)
            {
                state = TimeExceeded;
            }
            else if (IcmpMessage.ReadType(octets, icmp) == IcmpMessage.DestinationUnreachable && code == IcmpMessage.FragmentationNeeded)
            {
                state = FragmentationNeeded;
                NextHopMtu = IcmpMessage.ReadNextHopMtu(octets, icmp);
            }
            int entries;
            int stack = IcmpExtension.FindLabelStack(octets, icmp, length, out entries);
            KeepLabels(octets, stack, entries);
            End(octets, offset, code, state, now);
            return true;
        }

        // The stack that an answer reports, from this offset; below 0: none.
        private void KeepLabels(byte[] octets, int stack, int entries)
        {
            if (stack < 0)
            {
                return;
            }
            LabelCount = entries > MaxLabels ? MaxLabels : entries;
            for (int i = 0; i < LabelCount; i++)
            {
                LabelWords[i] = Octets.ReadInt32(octets, stack + i * LabelStackEntry.Length);
            }
        }

        private bool IsAwaited(int vrf, int protocol)
        {
            return State == Waiting && _sent && _vrf == vrf && _protocol == protocol;
        }

        // The quoted packet is cut off: header and 8 octets are all that must be there (RFC 792).
        private bool IsAboutUs(byte[] octets, int at, int available)
        {
            if (available < Ipv4Header.Length)
            {
                return false;
            }
            int headerLength = Ipv4Header.ReadHeaderLength(octets, at);
            if (octets[at] >> 4 != 4 || headerLength < Ipv4Header.Length || available < headerLength + 8)
            {
                return false;
            }
            if (Ipv4Header.ReadSource(octets, at) != _source || Ipv4Header.ReadDestination(octets, at) != _destination
                || Ipv4Header.ReadProtocol(octets, at) != _protocol)
            {
                return false;
            }
            int inner = at + headerLength;
            if (_protocol == Ipv4Header.Icmp)
            {
                return IcmpMessage.ReadType(octets, inner) == IcmpMessage.EchoRequest
                    && IcmpMessage.ReadIdentifier(octets, inner) == _identifier && IcmpMessage.ReadSequence(octets, inner) == _sequence;
            }
            return UdpHeader.ReadSourcePort(octets, inner) == _sourcePort && UdpHeader.ReadDestinationPort(octets, inner) == _destinationPort;
        }

        private void End(byte[] octets, int offset, int code, int state, uint now)
        {
            From = Ipv4Header.ReadSource(octets, offset);
            ReplyTtl = Ipv4Header.ReadTtl(octets, offset);
            Code = code;
            RoundTripMs = now - _sentAt;
            State = state;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(34);
            bill.Array(FromIpv6.Length);
            bill.Array(_ends.Length);
            bill.Array(LabelWords.Length * 4);
        }
    }
}
