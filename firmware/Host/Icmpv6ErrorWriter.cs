using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 4443 sections 2.2, 2.4 and 3, RFC 4884 sections 4.4 and 4.5 and RFC 4950 before changing this file.
    //
    // [label stack as received, TTL 255] IPv6 header | ICMPv6 header | quoted packet [padded to 128 | extension: label stack]

    /// <summary>
    /// ICMPv6 errors: whether one may be sent about a packet, and the message itself. Plain ones quote as much as fits 1,280 octets;
    /// unreachable and time exceeded about labelled packets quote 128 octets and add the stack as it was received. Packet too big has no
    /// room for an extension (RFC 4884 section 4.6 leaves it out), so it quotes in full under labels too.
    /// </summary>
    public sealed class Icmpv6ErrorWriter
    {
        /// <summary>Longest error in octets, IPv6 header included (RFC 4443 section 2.4 c).</summary>
        public const int MaxLength = 1280;

        /// <summary>Class selector 6, internetwork control, as the IPv4 errors (RFC 1812 section 4.3.2.5).</summary>
        public const int TrafficClass = IcmpErrorWriter.Dscp << 2;

        private const int AddressLength = Ipv6Header.AddressLength;
        private const int QuotedHeaders = Ipv6Header.Length + Icmpv6Message.HeaderLength;

        private readonly Ipv6Interfaces _addresses;
        private readonly Ipv6Extensions _extensions;
        private readonly Ipv6Sender _sender;
        private readonly PortBuckets _buckets;

        public int Sent;

        /// <summary>Not sent, because RFC 4443 section 2.4 e forbids an answer to such a packet.</summary>
        public int Forbidden;

        /// <summary>Not sent, because of the rate of the port (RFC 4443 section 2.4 f).</summary>
        public int Limited;

        /// <summary>Not sent, because there is no address to send from, or no way to the sender.</summary>
        public int Unsendable;

        /// <param name="buckets">The errors of both families of a port come out of one.</param>
        public Icmpv6ErrorWriter(Ipv6Interfaces addresses, Ipv6Extensions extensions, Ipv6Sender sender, PortBuckets buckets)
        {
            _addresses = addresses;
            _extensions = extensions;
            _sender = sender;
            _buckets = buckets;
        }

        /// <summary>Whether the packet may be answered with an error at all, and now; counts when not.</summary>
        /// <param name="frame">As it was received: Start is its link header.</param>
        /// <param name="vrf">In which the packet's addresses are meant.</param>
        /// <param name="offset">Of a whole IPv6 packet, its header checked.</param>
        /// <param name="evenToGroup">True for packet too big, and for an option that asks for it: a group's packet is answered too.</param>
        /// <param name="now">Milliseconds.</param>
        /// <param name="limited">True when only the rate forbids it.</param>
        public bool MayAnswer(Frame frame, int vrf, int offset, bool evenToGroup, uint now, out bool limited)
        {
            limited = false;
            if (IsForbidden(frame, vrf, offset, evenToGroup))
            {
                Forbidden++;
                return false;
            }
            if (!_buckets.Take(frame.Port, now))
            {
                Limited++;
                limited = true;
                return false;
            }
            return true;
        }

        // RFC 4443 section 2.4 e, and what has no way back.
        private bool IsForbidden(Frame frame, int vrf, int offset, bool evenToGroup)
        {
            byte[] octets = frame.Octets;
            int source = offset + Ipv6Header.SourceOffset;
            int destination = offset + Ipv6Header.DestinationOffset;
            if (!Ipv6Address.IsHost(octets, source) || _addresses.Owns(vrf, octets, source))
            {
                return true;
            }
            if (Ipv6Header.IsLinkLocal(octets, source)
                && (offset != frame.Start + EthernetHeader.Length || EthernetHeader.ReadEtherType(octets, frame.Start) != EthernetHeader.Ipv6))
            {
                // RFC 4291 section 2.5.6, RFC 4007 section 9: behind a tag, a label or a tunnel it is another link's address than the port's.
                return true;
            }
            if (!evenToGroup && (Ipv6Header.IsMulticast(octets, destination)
                || (offset - frame.Start >= EthernetHeader.Length && EthernetHeader.IsGroup(octets, frame.Start))))
            {
                return true;
            }
            switch (_extensions.Walk(octets, offset))
            {
                case Ipv6Extensions.Found:
                    if (_extensions.Protocol != Ipv6Header.Icmp)
                    {
                        return false;
                    }
                    int end = offset + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(octets, offset);

                    // Without a type nothing says that it is not an error.
                    return _extensions.Payload >= end || Icmpv6Message.IsErrorOrRedirect(Icmpv6Message.ReadType(octets, _extensions.Payload));
                case Ipv6Extensions.Discard:
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>Sends a plain error about a packet to its source: on the link of the port when that is link-local, else routed in the VRF.</summary>
        /// <param name="frame">The frame that it came in; not changed.</param>
        /// <param name="vrf">In which the packet's addresses are meant and the error is routed.</param>
        /// <param name="offset">Of its IPv6 header.</param>
        /// <param name="type">ICMPv6 type.</param>
        /// <param name="code">Of that type.</param>
        /// <param name="value">MTU or pointer; else 0.</param>
        /// <returns>False when it could not be sent (counted).</returns>
        public bool Send(Frame frame, int vrf, int offset, int type, int code, int value)
        {
            int at = _sender.Transmit.Headroom;
            int quoted = Quote(frame, offset, at, MaxLength - QuotedHeaders);
            return Finish(frame, vrf, offset, at, quoted, type, code, value) && Done(_sender.Send(vrf, frame.Port, at));
        }

        /// <summary>
        /// Sends an error about a packet that came under labels (RFC 4950): its hop limit in a label ran out, or it was too long to go on. With one
        /// label or none that goes on it is routed in the VRF; with more it goes along the LSP under a copy of them, for this router
        /// may have no route to the source (RFC 3032 section 2.3.2; 6PE, RFC 4798).
        /// </summary>
        /// <param name="stackOffset">Of the first label entry.</param>
        /// <param name="entries">How many there are, 1 to <see cref="IcmpErrorWriter.MaxEntries"/>; the IPv6 packet follows.</param>
        /// <param name="own">How many of the first are labels that end here, for ourselves.</param>
        /// <param name="value">Of packet too big: the longest packet that goes on under these labels; else 0.</param>
        /// <returns>False when it could not be sent (counted).</returns>
        /// <inheritdoc cref="Send"/>
        public bool SendLabelled(Frame frame, int vrf, int stackOffset, int entries, int own, int type, int code, int value)
        {
            byte[] to = _sender.Transmit.Octets;
            int offset = stackOffset + entries * LabelStackEntry.Length;
            int at = _sender.Transmit.Headroom;
            int onward = entries - own;
            int stackLength = onward > 1 ? onward * LabelStackEntry.Length : 0;
            if (stackLength > 0)
            {
                Octets.Copy(frame.Octets, stackOffset + own * LabelStackEntry.Length, to, at, stackLength);
                for (int i = 0; i < onward; i++)
                {
                    to[at + i * LabelStackEntry.Length + 3] = IpSender.InitialTtl;
                }
                at += stackLength;
            }
            int data;
            if (type == Icmpv6Message.PacketTooBig)
            {
                data = Quote(frame, offset, at, MaxLength - QuotedHeaders);
            }
            else
            {
                int quoted = Quote(frame, offset, at, IcmpExtension.OriginalPadding);
                for (int i = quoted; i < IcmpExtension.OriginalPadding; i++)
                {
                    to[at + QuotedHeaders + i] = 0;
                }
                data = IcmpExtension.OriginalPadding
                    + IcmpExtension.WriteLabelStack(to, at + QuotedHeaders + IcmpExtension.OriginalPadding, frame.Octets, stackOffset, entries);
                value = Icmpv6Message.OriginalWord(IcmpExtension.OriginalPadding);
            }
            if (!Finish(frame, vrf, offset, at, data, type, code, value))
            {
                return false;
            }
            return Done(stackLength == 0 ? _sender.Send(vrf, frame.Port, at) : _sender.SendLabelled(at - stackLength, stackLength + QuotedHeaders + data));
        }

        // The packet, or as much of it as there may be, to its place in the error at the given offset.
        private int Quote(Frame frame, int offset, int at, int most)
        {
            int quoted = Ipv6Header.Length + Ipv6Header.ReadPayloadLength(frame.Octets, offset);
            quoted = quoted > most ? most : quoted;
            Octets.Copy(frame.Octets, offset, _sender.Transmit.Octets, at + QuotedHeaders, quoted);
            return quoted;
        }

        // IPv6 and ICMPv6 headers in front of what is in place. The source is the packet's destination when that is ours (RFC 4443 section 2.2).
        private bool Finish(Frame frame, int vrf, int offset, int at, int dataLength, int type, int code, int value)
        {
            byte[] from = frame.Octets;
            byte[] source = from;
            int sourceOffset = offset + Ipv6Header.DestinationOffset;
            if (!_addresses.IsUsed(frame.Port, vrf, from, sourceOffset))
            {
                int row = _addresses.SourceFor(vrf, frame.Port, from, offset + Ipv6Header.SourceOffset);
                if (row == Ipv6Interfaces.None)
                {
                    Unsendable++;
                    return false;
                }
                source = _addresses.Address;
                sourceOffset = row * AddressLength;
            }
            byte[] to = _sender.Transmit.Octets;
            Ipv6Header.Write(to, at, TrafficClass, 0, Icmpv6Message.HeaderLength + dataLength, Ipv6Header.Icmp, IpSender.InitialTtl,
                source, sourceOffset, from, offset + Ipv6Header.SourceOffset);
            Icmpv6Message.WriteError(to, at, at + Ipv6Header.Length, type, code, value, dataLength);
            return true;
        }

        private bool Done(int reason)
        {
            if (reason == DropReason.None)
            {
                Sent++;
                return true;
            }
            Unsendable++;
            return false;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("host");
            bill.Object(8);
        }
    }
}
