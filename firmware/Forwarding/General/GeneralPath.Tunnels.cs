using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 7510 section 3, RFC 4023 sections 4 and 5, RFC 2784 section 2 and RFC 2890 section 2 before changing this file.
    // MPLS in UDP and in GRE: the outer header of what goes out, and the check of what comes in.
    public sealed partial class GeneralPath
    {
        /// <summary>
        /// An IP packet to one of our addresses begins at <see cref="_o"/>: when it is a tunnel's, its labels are looked at in the tunnel's
        /// scope. TTL, DSCP and ECN of the outer header go with it (RFC 4023 sections 5.2 and 5.3: a receiver may ignore them).
        /// </summary>
        /// <returns>A stage's result, or <see cref="NotHere"/>.</returns>
        private int FromTunnel(int vrf, int version)
        {
            byte[] b = _b;
            int protocol = b[_o + (version == Ipv4 ? Ipv4Header.ProtocolOffset : Ipv6Header.NextHeaderOffset)];
            if (protocol != Ipv6Header.Udp && protocol != Ipv6Header.Gre)
            {
                return NotHere;
            }
            int at = _o + (version == Ipv4 ? Ipv4Header.ReadHeaderLength(b, _o) : Ipv6Header.Length);
            int fragment = version == Ipv4 ? Octets.ReadUInt16(b, _o + Ipv4Header.FragmentOffset) : 0;
            if ((fragment & OffsetMask) != 0 && protocol == Ipv6Header.Udp)
            {
                return NotHere;
            }
            if (protocol == Ipv6Header.Udp && (at + UdpHeader.Length > _e || UdpHeader.ReadDestinationPort(b, at) != TunnelTable.UdpPort))
            {
                return NotHere;
            }

            // A tunnel's packet is not fragmented on its way (RFC 4023 section 5.1), and nothing is put together here.
            if ((fragment & (OffsetMask | MoreFragmentsBit)) != 0)
            {
                return DropReason.TunnelHeaderInvalid;
            }

            // Tunnels in labels in tunnels: no more levels than labels.
            if (_looks == 0)
            {
                return DropReason.TooManyLabels;
            }
            _looks--;
            return protocol == Ipv6Header.Udp ? FromUdp(vrf, version, at) : FromGre(vrf, version, at);
        }

        private int FromUdp(int vrf, int version, int at)
        {
            // The other end before the checksum: RFC 7510 section 6 asks that both addresses be those of a tunnel.
            int tunnel = TunnelOf(version == Ipv6 ? TunnelTable.Ipv6 : 0, vrf, 0, version);
            if (tunnel == TunnelTable.None)
            {
                return DropReason.UnknownTunnel;
            }
            if (FromElsewhere(tunnel, vrf, version))
            {
                return DropReason.ReversePath;
            }
            if (!UdpHeader.Fits(_b, at, _e - at))
            {
                return DropReason.TunnelHeaderInvalid;
            }
            int length = UdpHeader.ReadLength(_b, at);
            int checksum = Octets.ReadUInt16(_b, at + UdpHeader.ChecksumOffset);
            if (checksum == 0)
            {
                // RFC 6935 section 5: only where both ends were told so.
                if (version == Ipv6 && (_t.Tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.Flags] & TunnelTable.ZeroChecksum) == 0)
                {
                    return DropReason.TunnelHeaderInvalid;
                }
            }
            else if (InternetChecksum.Fold(InternetChecksum.Sum(_b, at, length, OuterSum(version, length, Ipv6Header.Udp))) != 0)
            {
                return DropReason.TunnelHeaderInvalid;
            }
            _e = at + length;
            return Inside(tunnel, at + UdpHeader.Length);
        }

        private int FromGre(int vrf, int version, int at)
        {
            byte[] b = _b;
            if (!GreHeader.Fits(b, at, _e - at))
            {
                return DropReason.TunnelHeaderInvalid;
            }
            int flags = GreHeader.ReadFlags(b, at);
            bool hasKey = (flags & GreHeader.Key) != 0;
            int tunnel = TunnelOf(TunnelTable.Gre | (version == Ipv6 ? TunnelTable.Ipv6 : 0) | (hasKey ? TunnelTable.HasKey : 0),
                vrf, hasKey ? GreHeader.ReadKey(b, at) : 0, version);
            if (tunnel == TunnelTable.None)
            {
                return DropReason.UnknownTunnel;
            }
            if (FromElsewhere(tunnel, vrf, version))
            {
                return DropReason.ReversePath;
            }
            if (GreHeader.ReadProtocol(b, at) != EthernetHeader.Mpls)
            {
                return DropReason.UnknownEtherType;
            }
            int asked = _t.Tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.Flags];
            bool hasSequence = (flags & GreHeader.Sequence) != 0;
            if (((asked & TunnelTable.Checksum) != 0 && (flags & GreHeader.Checksum) == 0) || ((asked & TunnelTable.HasSequence) != 0) != hasSequence
                || !GreHeader.ChecksumRight(b, at, _e - at))
            {
                return DropReason.TunnelHeaderInvalid;
            }
            if (hasSequence && !_t.Tunnels.TakeSequence(tunnel, GreHeader.ReadSequence(b, at)))
            {
                return DropReason.OutOfSequence;
            }
            return Inside(tunnel, at + GreHeader.LengthOf(flags));
        }

        private int TunnelOf(int flags, int vrf, int key, int version)
        {
            int source = _o + (version == Ipv4 ? Ipv4Header.SourceOffset : Ipv6Header.SourceOffset);
            int destination = _o + (version == Ipv4 ? Ipv4Header.DestinationOffset : Ipv6Header.DestinationOffset);
            return _t.Tunnels.Find(flags, vrf, key, _b, destination, _b, source);
        }

        // The outer source proves nothing by itself (RFC 7510 section 6, RFC 4023 section 8.2): the way back to the other end must lead to the port
        // of arrival, or the packet came under a label, by a port that takes labels. Unless the tunnel says that the core is asymmetric.
        private bool FromElsewhere(int tunnel, int vrf, int version)
        {
            if ((_t.Tunnels.Record[tunnel * TunnelTable.Stride + TunnelTable.Flags] & TunnelTable.AnyPort) != 0 || UnderLabel())
            {
                return false;
            }
            return !LeadsToPort(version == Ipv4 ? _t.Prefixes.Lookup(vrf, Ipv4Header.ReadSource(_b, _o))
                : _t.Prefixes.Lookup6(vrf, _b, _o + Ipv6Header.SourceOffset));
        }

        private int OuterSum(int version, int length, int protocol)
        {
            return version == Ipv6
                ? Ipv6Header.PseudoHeaderSum(_b, _o, length, protocol)
                : InternetChecksum.Sum(_b, _o + Ipv4Header.SourceOffset, 8, 0) + length + protocol;
        }

        // The labels are looked at as if they had come by a link: no TTL of the outer header has a say.
        private int Inside(int tunnel, int labels)
        {
            int r = tunnel * TunnelTable.Stride;
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Tunnel, tunnel, 0, labels);
            }
            _t.Tunnels.Record[r + TunnelTable.Received]++;
            _o = labels;
            _labelTtl = NoLabel;
            _labelClass = -1;
            _labelRule = 0;
            int scope = _t.Tunnels.Record[r + TunnelTable.Scope];

            // Its VRF speaks for a customer's tunnel as a circuit's does; only the core's leads to the global table.
            int vrf = _t.Tunnels.Record[r + TunnelTable.Vrf];
            _scopeVrf = vrf == VrfStore.Global ? -1 : vrf;
            _noteScope = ((scope >> ForwardingHandle.ScopeShift) + 1) << PuntClass.ScopeShift;
            return Labels(scope);
        }

        /// <summary>
        /// Puts a tunnel's link header, IP header and UDP or GRE in front of labelled octets [start, e) and completes them: lengths, TTL,
        /// DSCP, sequence number, checksums, and the flow as UDP source port (RFC 7510 section 3) and IPv6 flow label (RFC 6438 section 3).
        /// ECN says "not capable" (RFC 6040 section 4.3, compatibility mode).
        /// </summary>
        /// <param name="start">The top label, in the state in which it goes out.</param>
        /// <param name="flow">20 bits.</param>
        /// <returns>Offset of the link header.</returns>
        private int FinishTunnel(byte[] b, int tunnel, int start, int e, int flow)
        {
            int[] record = _t.Tunnels.Record;
            int r = tunnel * TunnelTable.Stride;
            int flags = record[r + TunnelTable.Flags];
            int length = record[r + TunnelTable.Length];
            int ip = start - record[r + TunnelTable.HeaderLength];
            int ttl = record[r + TunnelTable.Ttl];
            int dscp = record[r + TunnelTable.Dscp];
            Octets.Copy(_t.Tunnels.Ready, _t.Tunnels.ReadyEnd(tunnel) - length, b, start - length, length);
            if (ttl == 0)
            {
                ttl = b[start + 3];
            }
            if (dscp < 0)
            {
                dscp = LabelStackEntry.ReadTrafficClass(b, start) << 3;
            }
            int at;
            int pseudoHeader;
            int protocol = (flags & TunnelTable.Gre) != 0 ? Ipv6Header.Gre : Ipv6Header.Udp;
            if ((flags & TunnelTable.Ipv6) != 0)
            {
                at = ip + Ipv6Header.Length;
                Octets.WriteInt32(b, ip, (6 << 28) | (dscp << 22) | flow);
                Octets.WriteUInt16(b, ip + Ipv6Header.PayloadLengthOffset, e - at);
                b[ip + Ipv6Header.HopLimitOffset] = (byte)ttl;
                pseudoHeader = (flags & TunnelTable.ZeroChecksum) != 0 ? -1 : Ipv6Header.PseudoHeaderSum(b, ip, e - at, protocol);
            }
            else
            {
                at = ip + Ipv4Header.Length;
                b[ip + Ipv4Header.DscpOffset] = (byte)(dscp << 2);
                Octets.WriteUInt16(b, ip + Ipv4Header.TotalLengthOffset, e - ip);
                b[ip + Ipv4Header.TtlOffset] = (byte)ttl;
                Octets.WriteUInt16(b, ip + Ipv4Header.ChecksumOffset, 0);
                Octets.WriteUInt16(b, ip + Ipv4Header.ChecksumOffset, InternetChecksum.Of(b, ip, Ipv4Header.Length));
                pseudoHeader = (flags & TunnelTable.Checksum) == 0 ? -1 : InternetChecksum.Sum(b, ip + Ipv4Header.SourceOffset, 8, 0) + e - at + protocol;
            }
            if ((flags & TunnelTable.Gre) != 0)
            {
                if ((flags & TunnelTable.HasSequence) != 0)
                {
                    GreHeader.WriteSequence(b, at, record[r + TunnelTable.SendSequence]++);
                }
                if ((flags & TunnelTable.Checksum) != 0)
                {
                    GreHeader.WriteChecksum(b, at, e - at);
                }
                return start - length;
            }
            Octets.WriteUInt16(b, at, 0xC000 | ((flow ^ (flow >> 14)) & 0x3FFF));
            Octets.WriteUInt16(b, at + UdpHeader.LengthOffset, e - at);
            if (pseudoHeader >= 0)
            {
                int checksum = InternetChecksum.Fold(InternetChecksum.Sum(b, at, e - at, pseudoHeader));
                Octets.WriteUInt16(b, at + UdpHeader.ChecksumOffset, checksum == 0 ? 0xFFFF : checksum);
            }
            return start - length;
        }
    }
}
