using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    /// <summary>
    /// What the router itself receives and says: ARP, Neighbor Discovery, ICMP of both families and the answers that they take (IPv6 is in
    /// HostStack.Ipv6.cs). It ends the frames that the kernel
    /// leaves in <see cref="Tables.Exceptions"/>, and keeps none of them. Every address has a VRF beside it.
    /// </summary>
    public sealed partial class HostStack
    {
        /// <summary>Answer of <see cref="Poll"/>: nothing is due.</summary>
        public const uint Idle = 0xFFFFFFFF;

        /// <summary>
        /// Frames per second that are taken, and at once after a rest, per port: to our addresses; ARP packets; Neighbor Discovery, apart so that
        /// no flood of the first makes neighbours unreachable; and, for each of both, packets that may bring an error and packets that lack a neighbour:
        /// the rates of what is sent about them come after that.
        /// </summary>
        public const int LocalPerSecond = 1000;
        public const int LocalBurst = 1000;
        public const int ArpPerSecond = 200;
        public const int ArpBurst = 200;
        public const int DiscoveryPerSecond = 200;
        public const int DiscoveryBurst = 200;
        public const int ExceptionsPerSecond = 1000;
        public const int ExceptionBurst = 1000;

        public readonly InterfaceTable Interfaces;
        public readonly NeighborTable Neighbors;
        public readonly Probe Probe;
        public readonly ArpResponder Arp;
        public readonly ArpSender ArpSender;
        public readonly IcmpResponder Icmp;
        public readonly IcmpErrorWriter Errors;
        public readonly IpSender Sender;
        public readonly HandlerTable Handlers;

        private readonly Tables _tables;
        private readonly Ledger _ledger;
        private readonly Frame _transmit;
        private readonly Xorshift _random;
        private readonly PortBuckets _local;
        private readonly PortBuckets _arp;
        private readonly PortBuckets _discovery;

        /// <summary>Packets that may bring an error, and packets that lack a neighbour: asked before anything is looked for.</summary>
        private readonly PortBuckets _reports;
        private readonly PortBuckets _needs;
        private readonly PortBuckets _errors;

        /// <summary>Fragments to one of our addresses: there is no reassembly.</summary>
        public int Fragments;

        /// <summary>To one of our addresses from a source that no host can have, or with a wrong header checksum.</summary>
        public int BadSource;
        public int BadHeader;

        /// <summary>UDP to a port where nobody listens, and protocols that nobody speaks.</summary>
        public int NoListener;
        public int UnknownProtocol;

        /// <summary>Resolutions not begun, because of the rate or a full table.</summary>
        public int ResolveLimited;

        /// <summary>Frames with a class or a port that is none.</summary>
        public int UnknownClass;

        /// <param name="entropy">32 octets; not kept.</param>
        public HostStack(Tables tables, Capacity capacity, byte[] entropy)
        {
            _tables = tables;
            _ledger = tables.Ledger;
            _transmit = new Frame(capacity.Headroom, capacity.MaxFrameLength);
            _transmit.Port = -1;
            _random = new Xorshift(entropy);
            _local = new PortBuckets(capacity.Ports, LocalPerSecond, LocalBurst);
            _errors = new PortBuckets(capacity.Ports, IcmpErrorWriter.ErrorsPerSecond, IcmpErrorWriter.ErrorBurst);
            _arp = new PortBuckets(capacity.Ports, ArpPerSecond, ArpBurst);
            _discovery = new PortBuckets(capacity.Ports, DiscoveryPerSecond, DiscoveryBurst);
            _reports = new PortBuckets(capacity.Ports, ExceptionsPerSecond, ExceptionBurst);
            _needs = new PortBuckets(capacity.Ports, ExceptionsPerSecond, ExceptionBurst);
            Handlers = new HandlerTable();
            Interfaces = new InterfaceTable(capacity);
            ArpSender = new ArpSender(tables, Interfaces, _transmit);
            Neighbors = new NeighborTable(tables, capacity, ArpSender);
            Arp = new ArpResponder(tables, Interfaces, Neighbors, ArpSender);
            Sender = new IpSender(tables, Neighbors, _transmit, _random);
            Ipv6 = new Ipv6Interfaces(tables, Interfaces);
            NdSender = new NdSender(tables, Ipv6, _transmit);
            Neighbors6 = new Ipv6NeighborTable(tables, capacity, NdSender, _random);
            Sender6 = new Ipv6Sender(tables, Neighbors6, _transmit);
            Probe = new Probe(tables, Interfaces, Sender, Ipv6, Sender6, _random);
            Icmp = new IcmpResponder(Sender, Probe);
            Errors = new IcmpErrorWriter(Interfaces, Sender, _errors);
            AddressTest = new AddressTest(Ipv6, Interfaces, NdSender);
            Discovery = new NdResponder(tables, Interfaces, Ipv6, Neighbors6, AddressTest, NdSender);
            Icmp6 = new Icmpv6Responder(Ipv6, Sender6, Discovery, Probe);
            _extensions = new Ipv6Extensions();
            Errors6 = new Icmpv6ErrorWriter(Ipv6, _extensions, Sender6, _errors);
        }

        /// <summary>Ends every frame in <see cref="Tables.Exceptions"/> and empties it.</summary>
        public void HandleExceptions(uint now)
        {
            int count = _tables.ExceptionCount;
            if (count == 0)
            {
                return;
            }
            Neighbors.SetClock(now);
            Neighbors6.SetClock(now);
            for (int i = 0; i < count; i++)
            {
                Frame frame = _tables.Exceptions[i];
                _tables.Exceptions[i] = null;
                Handle(frame, now);
            }
            _tables.ExceptionCount = 0;
        }

        private void Handle(Frame frame, uint now)
        {
            if (frame.Port < 0 || frame.Port >= _tables.Ports.Count || frame.Offset < 0 || frame.Offset > frame.Start + frame.Length)
            {
                UnknownClass++;
                return;
            }
            switch (frame.Mark)
            {
                case PuntClass.Local:
                    Punt(frame, TakeLocal(frame, now) ? Local(frame, now) : DropReason.PuntRateLimited);
                    break;
                case PuntClass.LocalIpv6:
                    Punt(frame, (IsOfTheLink(frame) ? _discovery : _local).Take(frame.Port, now) ? LocalIpv6(frame, now) : DropReason.PuntRateLimited);
                    break;
                case PuntClass.Arp:
                    Punt(frame, !_arp.Take(frame.Port, now) ? DropReason.PuntRateLimited : Arp.Receive(frame) ? DropReason.None : DropReason.HostUnclaimed);
                    break;
                case PuntClass.TtlExpired:
                    Punt(frame, !_reports.Take(frame.Port, now) ? DropReason.PuntRateLimited
                        : IsIpv6(frame, frame.Offset) ? HopLimitExpired(frame, now) : TtlExpired(frame, now));
                    break;
                case PuntClass.TtlExpiredLabelled:
                    Punt(frame, _reports.Take(frame.Port, now) ? Labelled(frame, now, true) : DropReason.PuntRateLimited);
                    break;
                case PuntClass.MtuExceededLabelled:
                    if (_reports.Take(frame.Port, now))
                    {
                        Labelled(frame, now, false);
                    }
                    break;
                case PuntClass.NoRoute:
                    if (!_reports.Take(frame.Port, now))
                    {
                        break;
                    }
                    if (IsIpv6(frame, frame.Offset))
                    {
                        AnswerIpv6(frame, now, Icmpv6Message.DestinationUnreachable, Icmpv6Message.NoRoute, 0);
                        break;
                    }
                    Answer(frame, now, IcmpMessage.NetUnreachable, 0);
                    break;
                case PuntClass.MtuExceeded:
                    if (!_reports.Take(frame.Port, now))
                    {
                        break;
                    }
                    if (IsIpv6(frame, frame.Offset))
                    {
                        AnswerIpv6(frame, now, Icmpv6Message.PacketTooBig, 0, frame.Value);
                        break;
                    }
                    if (IsWholePacket(frame, frame.Offset) && Ipv4Header.ReadDontFragment(frame.Octets, frame.Offset))
                    {
                        Answer(frame, now, IcmpMessage.FragmentationNeeded, frame.Value);
                    }
                    break;
                case PuntClass.Resolve:
                    if (!_needs.Take(frame.Port, now))
                    {
                        ResolveLimited++;
                        break;
                    }
                    if (IsIpv6(frame, frame.Offset))
                    {
                        ResolveIpv6(frame, now);
                        break;
                    }
                    Resolve(frame, now);
                    break;
                default:
                    UnknownClass++;
                    break;
            }
        }

        // The frame's end in the ingress ledger.
        private void Punt(Frame frame, int reason)
        {
            if (reason == DropReason.None)
            {
                _ledger.Punted[frame.Port]++;
                _ledger.PuntedByClass[frame.Mark]++;
            }
            else
            {
                _ledger.Dropped[frame.Port * DropReason.Count + reason]++;
            }
        }

        // A flood of what everybody may send us takes nothing from the protocols, and the other way round.
        private bool TakeLocal(Frame frame, uint now)
        {
            return Handlers.Wants(frame.Octets, frame.Offset, frame.Start + frame.Length - frame.Offset) ? Handlers.Take(frame.Port, now) : _local.Take(frame.Port, now);
        }

        // IP to one of our addresses or to a group that the port has joined.
        private int Local(Frame frame, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            if (!Ipv4Header.Fits(octets, offset, frame.Start + frame.Length - offset))
            {
                BadHeader++;
                return DropReason.Ipv4HeaderInvalid;
            }
            if (!Ipv4Header.ChecksumRight(octets, offset))
            {
                BadHeader++;
                return DropReason.Ipv4ChecksumBad;
            }
            uint source = Ipv4Header.ReadSource(octets, offset);
            if (!Ipv4Address.IsHost(source) || Interfaces.IsSubnetBroadcast(frame.Context, source) || Interfaces.Owns(frame.Context, source))
            {
                BadSource++;
                return DropReason.HostUnclaimed;
            }
            uint destination = Ipv4Header.ReadDestination(octets, offset);
            if (destination >> 28 != 14 && !Interfaces.Owns(frame.Context, destination))
            {
                return DropReason.HostUnclaimed;
            }
            if (Ipv4Header.ReadMoreFragments(octets, offset) || Ipv4Header.ReadFragmentOffset(octets, offset) != 0)
            {
                Fragments++;
                return DropReason.HostUnclaimed;
            }
            int protocol = Ipv4Header.ReadProtocol(octets, offset);
            if (protocol == Ipv4Header.Udp)
            {
                return Udp(frame, now);
            }
            if (protocol == Ipv4Header.Icmp)
            {
                // Who asks a group is not answered (RFC 1122 section 3.2.2.6 leaves it to us).
                return destination >> 28 != 14 && Icmp.Receive(frame, now) ? DropReason.None : DropReason.HostUnclaimed;
            }
            int row = Handlers.Find(protocol, 0);
            if (row == HandlerTable.None)
            {
                UnknownProtocol++;
                return DropReason.HostUnclaimed;
            }
            int headerLength = Ipv4Header.ReadHeaderLength(octets, offset);
            return Handlers.HandlerOf(row).Receive(frame, offset + headerLength, Ipv4Header.ReadTotalLength(octets, offset) - headerLength, now)
                ? DropReason.None : DropReason.HostUnclaimed;
        }

        // Nobody listens: port unreachable (RFC 1122 section 4.1.3.1), if the datagram is one and was not to a group.
        private int Udp(Frame frame, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            int headerLength = Ipv4Header.ReadHeaderLength(octets, offset);
            int udp = offset + headerLength;
            if (!UdpHeader.Fits(octets, udp, Ipv4Header.ReadTotalLength(octets, offset) - headerLength)
                || !UdpHeader.ChecksumRight(octets, udp, UdpHeader.ReadLength(octets, udp), Ipv4Header.ReadSource(octets, offset), Ipv4Header.ReadDestination(octets, offset)))
            {
                return DropReason.HostUnclaimed;
            }
            int row = Handlers.Find(Ipv4Header.Udp, UdpHeader.ReadDestinationPort(octets, udp));
            if (row != HandlerTable.None)
            {
                return Handlers.HandlerOf(row).Receive(frame, udp + UdpHeader.Length, UdpHeader.ReadLength(octets, udp) - UdpHeader.Length, now)
                    ? DropReason.None : DropReason.HostUnclaimed;
            }
            NoListener++;
            if (Ipv4Header.ReadDestination(octets, offset) >> 28 != 14)
            {
                Answer(frame, now, IcmpMessage.PortUnreachable, 0);
            }
            return DropReason.None;
        }

        private int TtlExpired(Frame frame, uint now)
        {
            bool limited;
            if (!IsWholePacket(frame, frame.Offset))
            {
                return DropReason.TtlExpiredNotIp;
            }
            if (Errors.MayAnswer(frame, frame.Context, frame.Offset, now, out limited))
            {
                Errors.Send(frame, frame.Context, frame.Offset, IcmpMessage.TimeExceeded, 0, 0);
            }
            return limited ? DropReason.PuntRateLimited : DropReason.None;
        }

        // An error about a packet under labels (RFC 3032 sections 2.3.2 and 3.4). Answers the reason when it ends as a drop.
        private int Labelled(Frame frame, uint now, bool expired)
        {
            byte[] octets = frame.Octets;
            int stack = frame.Offset;
            int end = frame.Start + frame.Length;
            int entries = 0;
            bool bottom = false;
            bool limited;
            while (!bottom)
            {
                int entry = stack + entries * LabelStackEntry.Length;
                if (end - entry < LabelStackEntry.Length || entries == IcmpErrorWriter.MaxEntries)
                {
                    return DropReason.TruncatedLabelStack;
                }
                bottom = LabelStackEntry.ReadBottom(octets, entry);
                entries++;
            }
            int offset = stack + entries * LabelStackEntry.Length;

            int scope = frame.Value >> PuntClass.ScopeShift;
            scope = scope == 0 ? _tables.Ports.ScopeOf(frame.Port) : scope - 1;
            int own = _tables.General.LabelsThatEndHere(octets, stack, entries, scope);
            int vrf = own > 0 && own < entries ? VrfUnderOwn(frame, own, scope) : frame.Context;
            if (vrf < 0)
            {
                return -vrf;
            }

            if (IsIpv6(frame, offset))
            {
                return LabelledIpv6(frame, now, vrf, entries, own, expired);
            }

            // What is under a pseudowire label may begin with a 4 by chance: the whole header must be right.
            if (!IsWholePacket(frame, offset))
            {
                return DropReason.TtlExpiredNotIp;
            }
            int mtu = 0;
            if (!expired)
            {
                if (!Ipv4Header.ReadDontFragment(octets, offset))
                {
                    return DropReason.None;
                }
                mtu = (frame.Value & PuntClass.ValueMask) - entries * LabelStackEntry.Length;
            }
            if (Errors.MayAnswer(frame, vrf, offset, now, out limited))
            {
                Errors.SendLabelled(frame, vrf, stack, entries, own, expired ? IcmpMessage.TimeExceeded : IcmpMessage.DestinationUnreachable,
                    expired ? 0 : IcmpMessage.FragmentationNeeded, mtu);
            }
            return limited ? DropReason.PuntRateLimited : DropReason.None;
        }

        // In which the packet's addresses are meant when this label stands under our own ones; minus the reason when no answer may be sent.
        private int VrfUnderOwn(Frame frame, int entry, int scope)
        {
            int handle = LabelHandle(frame, entry);
            if (handle == ForwardingHandle.None)
            {
                return -DropReason.UnknownLabel;
            }
            if ((handle & ForwardingHandle.ScopeMask) != scope << ForwardingHandle.ScopeShift)
            {
                return -DropReason.LabelScope;
            }
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Pseudowire:
                    return -DropReason.TtlExpiredNotIp;
                case ForwardingHandle.Vrf:
                    return ForwardingHandle.Index(handle);
                default:
                    return frame.Context;
            }
        }

        private int LabelHandle(Frame frame, int entry)
        {
            return _tables.General.LabelLeadsTo(LabelStackEntry.ReadLabel(frame.Octets, frame.Offset + entry * LabelStackEntry.Length));
        }

        // Destination unreachable about a packet whose end the ledger has already.
        private void Answer(Frame frame, uint now, int code, int nextHopMtu)
        {
            bool limited;
            if (IsWholePacket(frame, frame.Offset) && Errors.MayAnswer(frame, frame.Context, frame.Offset, now, out limited))
            {
                Errors.Send(frame, frame.Context, frame.Offset, IcmpMessage.DestinationUnreachable, code, nextHopMtu);
            }
        }

        // A packet to a neighbour that is not resolved: ask; and if it has not answered before, say so (RFC 1812 section 3.3.2).
        private void Resolve(Frame frame, uint now)
        {
            if (!IsWholePacket(frame, frame.Offset))
            {
                return;
            }
            uint address = Ipv4Header.ReadDestination(frame.Octets, frame.Offset);
            int port = frame.Value;
            if (port < 0 || port >= _tables.Ports.Count || Interfaces.Vrf[port] != frame.Context || !Ipv4Address.IsHost(address)
                || Interfaces.IsSubnetBroadcast(frame.Context, address))
            {
                // A port that changed its VRF: the routes of before are about to go.
                return;
            }
            int neighbor = Neighbors.Find(port, address);
            if (neighbor == NeighborTable.None)
            {
                ResolveLimited += Neighbors.Need(port, address) == NeighborTable.None ? 1 : 0;
                return;
            }
            if (Neighbors.StateOf(neighbor) == NeighborTable.Failed)
            {
                Answer(frame, now, IcmpMessage.HostUnreachable, 0);
            }
        }

        private static bool IsWholePacket(Frame frame, int offset)
        {
            return Ipv4Header.Fits(frame.Octets, offset, frame.Start + frame.Length - offset) && Ipv4Header.ChecksumRight(frame.Octets, offset);
        }

        /// <summary>The address of a port was set: tells the link (gratuitous ARP), and asks from it for those who are wanted there.</summary>
        public void Announce(int port, uint now)
        {
            Neighbors.SetClock(now);
            ArpSender.Announce(port);
            Neighbors.AskPort(port);
        }

        /// <summary>The link of a port went down or came up.</summary>
        public void PortDown(int port, uint now)
        {
            Neighbors.SetClock(now);
            Neighbors.PortDown(port);
            Neighbors6.SetClock(now);
            Neighbors6.PortDown(port);
            AddressTest.Stop(port);
        }

        /// <inheritdoc cref="PortDown"/>
        public void PortUp(int port, uint now)
        {
            Neighbors.SetClock(now);
            Neighbors.PortUp(port);
            ArpSender.Announce(port);
            Neighbors6.SetClock(now);
            AddressTest.Start(port, true, now);
            Neighbors6.PortUp(port);
        }

        /// <summary>Works off the timers.</summary>
        /// <returns>Milliseconds until it is next needed, or <see cref="Idle"/>.</returns>
        public uint Poll(uint now)
        {
            Neighbors.Poll(now);
            AddressTest.Poll(now);
            Neighbors6.Poll(now);
            Probe.Poll(now);
            return NextDueMs(now);
        }

        /// <returns>Milliseconds until <see cref="Poll"/> has work, or <see cref="Idle"/>: ask after others have used the stack.</returns>
        public uint NextDueMs(uint now)
        {
            return Sooner(Sooner(Neighbors.NextDueMs(now), Neighbors6.NextDueMs(now)), Sooner(AddressTest.NextDueMs(now), Probe.NextDueMs(now)));
        }

        private static uint Sooner(uint a, uint b)
        {
            return a < b ? a : b;
        }

        public void Bill(RamBill bill)
        {
            Interfaces.Bill(bill);
            Neighbors.Bill(bill);
            Probe.Bill(bill);
            Arp.Bill(bill);
            ArpSender.Bill(bill);
            Icmp.Bill(bill);
            Errors.Bill(bill);
            Sender.Bill(bill);
            _random.Bill(bill);
            _local.Bill(bill);
            _arp.Bill(bill);
            _discovery.Bill(bill);
            _reports.Bill(bill);
            _needs.Bill(bill);
            _errors.Bill(bill);
            Ipv6.Bill(bill);
            Neighbors6.Bill(bill);
            NdSender.Bill(bill);
            Sender6.Bill(bill);
            AddressTest.Bill(bill);
            Discovery.Bill(bill);
            Icmp6.Bill(bill);
            _extensions.Bill(bill);
            Errors6.Bill(bill);
            bill.Row("host");
            Handlers.Bill(bill);
            bill.Object(35);
            bill.Object(9);
            bill.Array(_transmit.Octets.Length);
        }
    }
}
