using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Host
{
    // Read RFC 1812 sections 4.3.2 and 5.3.7, RFC 4884 and RFC 4950 before changing this file.
    //
    // [label stack as received, TTL 255] IPv4 header | ICMP header | quoted packet [padded to 128 | extension: label stack]

    /// <summary>
    /// ICMP errors: whether one may be sent about a packet, and the message itself. Plain ones quote as much as fits 576 octets;
    /// those about labelled packets quote 128 octets and add the stack as it was received.
    /// </summary>
    public sealed class IcmpErrorWriter
    {
        /// <summary>Longest plain error in octets, IPv4 header included (RFC 1812 section 4.3.2.3).</summary>
        public const int MaxLength = 576;

        /// <summary>Most label stack entries that are read, reported and sent back.</summary>
        public const int MaxEntries = 32;

        /// <summary>Class selector 6, internetwork control (RFC 1812 section 4.3.2.5).</summary>
        public const int Dscp = 48;

        /// <summary>Errors of both families per second and port, and at once after a rest (RFC 1812 section 4.3.2.8, RFC 4443 section 2.4 f).</summary>
        public const int ErrorsPerSecond = 100;
        public const int ErrorBurst = 100;

        private const int QuotedHeaders = Ipv4Header.Length + IcmpMessage.HeaderLength;

        private readonly InterfaceTable _interfaces;
        private readonly IpSender _sender;
        private readonly PortBuckets _buckets;

        public int Sent;

        /// <summary>Not sent, because RFC 1812 section 4.3.2.7 forbids an answer to such a packet.</summary>
        public int Forbidden;

        /// <summary>Not sent, because of the rate.</summary>
        public int Limited;

        /// <summary>Not sent, because there is no address to send from, or no way to the sender.</summary>
        public int Unsendable;

        /// <param name="buckets">The errors of both families of a port come out of one.</param>
        public IcmpErrorWriter(InterfaceTable interfaces, IpSender sender, PortBuckets buckets)
        {
            _interfaces = interfaces;
            _sender = sender;
            _buckets = buckets;
        }

        /// <summary>Whether the packet may be answered with an error at all, and now; counts when not.</summary>
        /// <param name="frame">As it was received: Start is its link header.</param>
        /// <param name="vrf">In which the packet's addresses are meant.</param>
        /// <param name="offset">Of a whole IPv4 packet, its header checked.</param>
        /// <param name="now">Milliseconds.</param>
        /// <param name="limited">True when only the rate forbids it.</param>
        public bool MayAnswer(Frame frame, int vrf, int offset, uint now, out bool limited)
        {
            limited = false;
            if (IsForbidden(frame, vrf, offset))
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

        // RFC 1812 section 4.3.2.7.
        private bool IsForbidden(Frame frame, int vrf, int offset)
        {
            byte[] octets = frame.Octets;
            uint source = Ipv4Header.ReadSource(octets, offset);
            uint destination = Ipv4Header.ReadDestination(octets, offset);
            if (!Ipv4Address.IsHost(source) || _interfaces.IsSubnetBroadcast(vrf, source) || _interfaces.Owns(vrf, source))
            {
                return true;
            }
            if (!Ipv4Address.IsHost(destination) || _interfaces.IsSubnetBroadcast(vrf, destination))
            {
                return true;
            }
            if (Ipv4Header.ReadFragmentOffset(octets, offset) != 0)
            {
                return true;
            }
            if (offset - frame.Start >= EthernetHeader.Length && EthernetHeader.IsGroup(octets, frame.Start))
            {
                return true;
            }
            if (Ipv4Header.ReadProtocol(octets, offset) != Ipv4Header.Icmp)
            {
                return false;
            }
            int headerLength = Ipv4Header.ReadHeaderLength(octets, offset);
            if (Ipv4Header.ReadTotalLength(octets, offset) <= headerLength)
            {
                // No type: nothing says that it is not an error.
                return true;
            }
            return IsError(IcmpMessage.ReadType(octets, offset + headerLength));
        }

        /// <returns>True for a type that is not one of the queries and their answers (RFC 1122 section 3.2.2): no error about it.</returns>
        public static bool IsError(int type)
        {
            switch (type)
            {
                case IcmpMessage.EchoReply:
                case IcmpMessage.EchoRequest:
                case 9:
                case 10:
                case 13:
                case 14:
                case 15:
                case 16:
                case 17:
                case 18:
                    return false;
                default:
                    return true;
            }
        }

        /// <summary>Sends a plain error about a packet to its source, routed in the VRF.</summary>
        /// <param name="frame">The frame that it came in; not changed.</param>
        /// <param name="vrf">In which the packet's addresses are meant and the error is routed.</param>
        /// <param name="offset">Of its IPv4 header.</param>
        /// <param name="type">ICMP type.</param>
        /// <param name="code">Of that type.</param>
        /// <param name="nextHopMtu">For fragmentation needed; else 0.</param>
        /// <returns>False when it could not be sent (counted).</returns>
        public bool Send(Frame frame, int vrf, int offset, int type, int code, int nextHopMtu)
        {
            int quoted = Ipv4Header.ReadTotalLength(frame.Octets, offset);
            if (quoted > MaxLength - QuotedHeaders)
            {
                quoted = MaxLength - QuotedHeaders;
            }
            int at = _sender.Transmit.Headroom;
            Octets.Copy(frame.Octets, offset, _sender.Transmit.Octets, at + QuotedHeaders, quoted);
            return Finish(frame, vrf, offset, at, quoted, type, code, nextHopMtu, 0) && Done(_sender.Send(vrf, at));
        }

        /// <summary>
        /// Sends an error about a packet that came under labels (RFC 4950): its TTL ran out, or it was too long to go on. With one label or none that goes on it is
        /// routed in the VRF; with more it goes along the LSP under a copy of them, for this router may have no route to the source
        /// (RFC 3032 section 2.3.2). The report has the whole stack.
        /// </summary>
        /// <param name="frame">The frame that it came in; not changed.</param>
        /// <param name="vrf">The VRF that the label names, or the global one.</param>
        /// <param name="stackOffset">Of the first label entry.</param>
        /// <param name="entries">How many there are, 1 to <see cref="MaxEntries"/>; the IPv4 packet follows.</param>
        /// <param name="own">How many of the first are labels that end here, for ourselves.</param>
        /// <param name="type">ICMP type.</param>
        /// <param name="code">Of that type.</param>
        /// <param name="nextHopMtu">For fragmentation needed: the longest packet that goes on under these labels; else 0.</param>
        /// <returns>False when it could not be sent (counted).</returns>
        public bool SendLabelled(Frame frame, int vrf, int stackOffset, int entries, int own, int type, int code, int nextHopMtu)
        {
            byte[] to = _sender.Transmit.Octets;
            int offset = stackOffset + entries * LabelStackEntry.Length;
            int at = _sender.Transmit.Headroom;
            int onward = entries - own;
            int stackLength = onward * LabelStackEntry.Length;
            if (onward > 1)
            {
                Octets.Copy(frame.Octets, stackOffset + own * LabelStackEntry.Length, to, at, stackLength);
                for (int i = 0; i < onward; i++)
                {
                    to[at + i * LabelStackEntry.Length + 3] = IpSender.InitialTtl;
                }
                at += stackLength;
            }
            int quoted = Ipv4Header.ReadTotalLength(frame.Octets, offset);
            if (quoted > IcmpExtension.OriginalPadding)
            {
                quoted = IcmpExtension.OriginalPadding;
            }
            Octets.Copy(frame.Octets, offset, to, at + QuotedHeaders, quoted);
            for (int i = quoted; i < IcmpExtension.OriginalPadding; i++)
            {
                to[at + QuotedHeaders + i] = 0;
            }
            int extension = IcmpExtension.WriteLabelStack(to, at + QuotedHeaders + IcmpExtension.OriginalPadding, frame.Octets, stackOffset, entries);
            int data = IcmpExtension.OriginalPadding + extension;
            if (!Finish(frame, vrf, offset, at, data, type, code, nextHopMtu, IcmpExtension.OriginalPadding / 4))
            {
                return false;
            }
            if (onward <= 1)
            {
                return Done(_sender.Send(vrf, at));
            }
            return Done(_sender.SendLabelled(at - stackLength, stackLength + QuotedHeaders + data));
        }

        // IPv4 and ICMP headers in front of what is in place.
        private bool Finish(Frame frame, int vrf, int offset, int at, int dataLength, int type, int code, int nextHopMtu, int originalWords)
        {
            uint source = _interfaces.SourceFor(vrf, frame.Port);
            if (source == 0)
            {
                Unsendable++;
                return false;
            }
            byte[] to = _sender.Transmit.Octets;
            Ipv4Header.Write(to, at, Dscp, QuotedHeaders + dataLength, _sender.NextIdentification(), false, IpSender.InitialTtl, Ipv4Header.Icmp,
                source, Ipv4Header.ReadSource(frame.Octets, offset));
            IcmpMessage.WriteError(to, at + Ipv4Header.Length, type, code, nextHopMtu, originalWords, dataLength);
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
            bill.Object(7);
        }
    }
}
