using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // IPv6 for the router itself (RFC 8200, RFC 4443, RFC 4861); the rest is in HostStack.cs.
    public sealed partial class HostStack
    {
        public readonly Ipv6Interfaces Ipv6;
        public readonly Ipv6NeighborTable Neighbors6;
        public readonly AddressTest AddressTest;
        public readonly NdResponder Discovery;
        public readonly NdSender NdSender;
        public readonly Icmpv6Responder Icmp6;
        public readonly Icmpv6ErrorWriter Errors6;
        public readonly Ipv6Sender Sender6;
        private readonly Ipv6Extensions _extensions;

        private static bool IsIpv6(Frame frame, int offset)
        {
            return offset < frame.Start + frame.Length && (frame.Octets[offset] >> 4) == 6;
        }

        // The packet came untagged and unlabelled on a port of the VRF: what is link-local, or a group of the link, means this port.
        private bool IsOnLink(Frame frame)
        {
            return frame.Offset == frame.Start + EthernetHeader.Length && Interfaces.Vrf[frame.Port] == frame.Context
                && EthernetHeader.ReadEtherType(frame.Octets, frame.Start) == EthernetHeader.Ipv6;
        }

        // Neighbor Discovery that may be right (RFC 4861 section 7.1): of the link itself, with the hop limit that no router leaves.
        private bool IsOfTheLink(Frame frame)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            if (frame.Value != 0 || !IsOnLink(frame) || !IsWholeIpv6(frame, offset) || Ipv6Header.ReadHopLimit(octets, offset) != NdPacket.HopLimit
                || Ipv6Header.ReadNextHeader(octets, offset) != Ipv6Header.Icmp || Ipv6Header.ReadPayloadLength(octets, offset) == 0)
            {
                return false;
            }
            int type = Icmpv6Message.ReadType(octets, offset + Ipv6Header.Length);
            return type == Icmpv6Message.NeighborSolicitation || type == Icmpv6Message.NeighborAdvertisement;
        }

        // IPv6 to one of our addresses, or to a group.
        private int LocalIpv6(Frame frame, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            if (!IsWholeIpv6(frame, offset))
            {
                BadHeader++;
                return DropReason.Ipv6HeaderInvalid;
            }
            bool onLink = IsOnLink(frame);
            if (!IsForUs(frame, onLink))
            {
                return DropReason.HostUnclaimed;
            }
            int source = offset + Ipv6Header.SourceOffset;
            bool nobody = Ipv6Header.IsUnspecified(octets, source);
            if (!nobody && (!Ipv6Address.IsHost(octets, source) || (Ipv6Header.IsLinkLocal(octets, source) && !onLink)))
            {
                BadSource++;
                return DropReason.HostUnclaimed;
            }
            switch (_extensions.Walk(octets, offset))
            {
                case Ipv6Extensions.Found:
                    break;
                case Ipv6Extensions.IsFragment:
                    Fragments++;
                    return DropReason.HostUnclaimed;
                case Ipv6Extensions.Problem:
                    return Problem(frame, now, _extensions.EvenToGroup, _extensions.Code, _extensions.Pointer);
                default:
                    BadHeader++;
                    return DropReason.Ipv6HeaderInvalid;
            }
            if (Ipv6.Owns(frame.Context, octets, source) && !IsDiscovery(frame))
            {
                BadSource++;
                return DropReason.HostUnclaimed;
            }
            switch (_extensions.Protocol)
            {
                case Ipv6Header.Icmp:
                    return Icmp6.Receive(frame, _extensions.Payload, onLink && !_extensions.Fragmented, now) ? DropReason.None : DropReason.HostUnclaimed;
                case Ipv6Header.Udp:
                    return UdpOverIpv6(frame, _extensions.Payload, now);
                case Ipv6Header.NoNextHeader:
                    return DropReason.None;
                default:
                    UnknownProtocol++;
                    return Problem(frame, now, false, Icmpv6Message.UnrecognizedNextHeader, _extensions.NamedAt);
            }
        }

        // Who has our address says so from it (RFC 4862 section 5.4.4).
        private bool IsDiscovery(Frame frame)
        {
            int end = frame.Offset + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(frame.Octets, frame.Offset);
            if (_extensions.Protocol != Ipv6Header.Icmp || _extensions.Payload >= end)
            {
                return false;
            }
            int type = Icmpv6Message.ReadType(frame.Octets, _extensions.Payload);
            return type == Icmpv6Message.NeighborSolicitation || type == Icmpv6Message.NeighborAdvertisement;
        }

        private bool IsForUs(Frame frame, bool onLink)
        {
            int destination = frame.Offset + Ipv6Header.DestinationOffset;
            if (Ipv6Header.IsMulticast(frame.Octets, destination))
            {
                return onLink && Ipv6.Listens(frame.Port, frame.Octets, destination);
            }
            if (Ipv6Header.IsLinkLocal(frame.Octets, destination) && !onLink)
            {
                return false;
            }
            return Ipv6.IsUsed(frame.Port, frame.Context, frame.Octets, destination);
        }

        // Parameter problem (RFC 4443 section 3.4); the packet's end is a drop.
        private int Problem(Frame frame, uint now, bool evenToGroup, int code, int pointer)
        {
            bool limited;
            if (Errors6.MayAnswer(frame, frame.Context, frame.Offset, evenToGroup, now, out limited))
            {
                Errors6.Send(frame, frame.Context, frame.Offset, Icmpv6Message.ParameterProblem, code, pointer);
            }
            return DropReason.HostUnclaimed;
        }

        // Nobody listens: port unreachable, if the datagram is one. Its checksum is not optional (RFC 8200 section 8.1).
        private int UdpOverIpv6(Frame frame, int udp, uint now)
        {
            byte[] octets = frame.Octets;
            int offset = frame.Offset;
            int available = offset + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(octets, offset) - udp;
            if (!UdpHeader.Fits(octets, udp, available) || Octets.ReadUInt16(octets, udp + UdpHeader.ChecksumOffset) == 0
                || !UdpHeader.ChecksumRightOverIpv6(octets, offset, udp))
            {
                return DropReason.HostUnclaimed;
            }
            NoListener++;
            AnswerIpv6(frame, now, Icmpv6Message.DestinationUnreachable, Icmpv6Message.PortUnreachable, 0);
            return DropReason.None;
        }

        private int HopLimitExpired(Frame frame, uint now)
        {
            bool limited;
            if (!IsWholeIpv6(frame, frame.Offset))
            {
                return DropReason.TtlExpiredNotIp;
            }
            if (Errors6.MayAnswer(frame, frame.Context, frame.Offset, false, now, out limited))
            {
                Errors6.Send(frame, frame.Context, frame.Offset, Icmpv6Message.TimeExceeded, 0, 0);
            }
            return limited ? DropReason.PuntRateLimited : DropReason.None;
        }

        // As Labelled, when an IPv6 packet is under the stack.
        private int LabelledIpv6(Frame frame, uint now, int vrf, int entries, int own, bool expired)
        {
            int offset = frame.Offset + entries * LabelStackEntry.Length;
            bool limited;
            if (!MayBeIpv6(frame, offset))
            {
                return DropReason.TtlExpiredNotIp;
            }
            if (!expired && entries - own == 1 && !CarriesIp(LabelHandle(frame, own)))
            {
                return DropReason.None;
            }
            if (Errors6.MayAnswer(frame, vrf, offset, !expired, now, out limited))
            {
                Errors6.SendLabelled(frame, vrf, frame.Offset, entries, own, expired ? Icmpv6Message.TimeExceeded : Icmpv6Message.PacketTooBig, 0,
                    expired ? 0 : (frame.Value & PuntClass.ValueMask) - entries * LabelStackEntry.Length);
            }
            return limited ? DropReason.PuntRateLimited : DropReason.None;
        }

        // What is under a pseudowire label may begin with a 6 by chance, and no checksum tells: the header must be one that a host sends far away.
        private static bool MayBeIpv6(Frame frame, int offset)
        {
            if (!IsWholeIpv6(frame, offset))
            {
                return false;
            }
            byte[] octets = frame.Octets;
            int source = offset + Ipv6Header.SourceOffset;
            return Ipv6Address.IsHost(octets, source) && !Ipv6Header.IsLinkLocal(octets, source) && Ipv6Address.IsHost(octets, offset + Ipv6Header.DestinationOffset)
                && Ipv6Header.IsCommon(Ipv6Header.ReadNextHeader(octets, offset));
        }

        // A swapped label may be a pseudowire's, of which this router knows nothing; one that is popped here, or before the last hop, is not.
        private static bool CarriesIp(int handle)
        {
            int kind = ForwardingHandle.Kind(handle);
            return kind == ForwardingHandle.PathPair || kind == ForwardingHandle.Vrf;
        }

        // An error about a packet whose end the ledger has already.
        private void AnswerIpv6(Frame frame, uint now, int type, int code, int value)
        {
            bool limited;
            if (IsWholeIpv6(frame, frame.Offset)
                && Errors6.MayAnswer(frame, frame.Context, frame.Offset, type == Icmpv6Message.PacketTooBig, now, out limited))
            {
                Errors6.Send(frame, frame.Context, frame.Offset, type, code, value);
            }
        }

        // A packet to a neighbour that is not resolved: ask; and if it has not answered before, say so (RFC 4861 section 7.2.2).
        private void ResolveIpv6(Frame frame, uint now)
        {
            if (!IsWholeIpv6(frame, frame.Offset))
            {
                return;
            }
            int destination = frame.Offset + Ipv6Header.DestinationOffset;
            int port = frame.Value;
            if (port < 0 || port >= _tables.Ports.Count || Interfaces.Vrf[port] != frame.Context || !Ipv6Address.IsHost(frame.Octets, destination))
            {
                return;
            }
            int neighbor = Neighbors6.Find(port, frame.Octets, destination);
            if (neighbor == NeighborSlots.None)
            {
                ResolveLimited += Neighbors6.Need(port, frame.Octets, destination) == NeighborSlots.None ? 1 : 0;
                return;
            }
            if (Neighbors6.StateOf(neighbor) == NeighborSlots.Failed)
            {
                AnswerIpv6(frame, now, Icmpv6Message.DestinationUnreachable, Icmpv6Message.AddressUnreachable, 0);
            }
        }

        private static bool IsWholeIpv6(Frame frame, int offset)
        {
            return Ipv6Header.Fits(frame.Octets, offset, frame.Start + frame.Length - offset);
        }

        /// <summary>An IPv6 address of a port was set: it is tested, and those who are wanted there are asked for.</summary>
        public void AnnounceIpv6(int port, uint now)
        {
            Neighbors6.SetClock(now);
            AddressTest.Start(port, false, now);
            Neighbors6.AskPort(port);
        }
    }
}
