using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // IPv4 and IPv6 in a VRF: which version, and what both have in common from the handle of the destination on.
    public sealed partial class GeneralPath
    {
        // Result of a stage that has found that the packet is not its own.
        private const int NotHere = -2;

        /// <summary>An IP packet begins at <see cref="_o"/>.</summary>
        /// <param name="version">4 or 6 as its EtherType or explicit null says; 0: as its first nibble says.</param>
        private int Ip(int vrf, int version)
        {
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Packet, vrf, version, _o);
            }
            if (_e < _o)
            {
                return DropReason.Runt;
            }
            int found = _o < _e ? _b[_o] >> 4 : 0;
            if (version == 0)
            {
                version = found;
            }
            if (version != found)
            {
                return UnderLabel() ? DropReason.PayloadNotIp : version == Ipv4 ? DropReason.Ipv4HeaderInvalid : DropReason.Ipv6HeaderInvalid;
            }
            return version == Ipv4 ? ReceiveIpv4(vrf) : version == Ipv6 ? ReceiveIpv6(vrf) : DropReason.PayloadNotIp;
        }

        // The packet came under a label, perhaps from far away: nothing of it belongs to the link.
        private bool UnderLabel()
        {
            return _labelClass >= 0;
        }

        // The header at _o is right and _e the end of its packet; handle: of the longest prefix of its destination.
        private int Route(int vrf, int version, int handle)
        {
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Route, vrf, handle, _o);
            }
            int ttlAt = _o + (version == Ipv4 ? Ipv4Header.TtlOffset : Ipv6Header.HopLimitOffset);
            int kind = handle & ForwardingHandle.KindMask;
            if (kind == ForwardingHandle.Local)
            {
                return ForUs(vrf, version);
            }
            if (kind == ForwardingHandle.None)
            {
                RareCases.Note(_t, _f, PuntClass.NoRoute, _o, vrf, _port);
                return DropReason.NoRoute;
            }

            // The TTL comes before the neighbour: the last router of a trace answers its first probe too.
            int ttl = _b[ttlAt] - 1;
            if (ttl <= 0)
            {
                RareCases.Note(_t, _f, PuntClass.TtlExpired, _o, vrf, _port);
                return Noted;
            }
            if (kind == ForwardingHandle.Glean)
            {
                RareCases.Note(_t, _f, PuntClass.Resolve, _o, vrf, _port);
                _f.Value = handle & ForwardingHandle.IndexMask;
                return DropReason.UnresolvedNeighbor;
            }
            int path = PathOf(handle, _b, _o, _e, version);
            if (path == PathTable.None)
            {
                RareCases.Note(_t, _f, PuntClass.NoRoute, _o, vrf, _port);
                return DropReason.NoRoute;
            }
            int room = Room(path, version);
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            if (_e - _o > room && (version == Ipv6 || !FragmentsFit(_o, _o, room)))
            {
                RareCases.Note(_t, _f, PuntClass.MtuExceeded, _o, vrf, _port);
                _f.Value = room;
                return DropReason.MtuExceeded;
            }
            if (_e - _o > room && !_t.VerifyHeaderChecksum && !Ipv4Header.ChecksumRight(_b, _o))
            {
                // Each fragment gets a checksum of its own, which would make a wrong header right.
                return DropReason.Ipv4ChecksumBad;
            }

            // A label's TTL, one less, when it is the lower one (RFC 3443 section 3.1).
            if (ttl >= _labelTtl)
            {
                ttl = _labelTtl - 1;
            }
            if (version == Ipv4)
            {
                Ipv4Header.SetTtl(_b, _o, ttl);
            }
            else
            {
                _b[ttlAt] = (byte)ttl;
            }
            int trafficClass = Reclass(_o, version);
            if (_e - _o > room)
            {
                Fragment(path, version, _o, _o, room, ttl, trafficClass, Flow(_b, _o, _e, version));
                return Forwarded;
            }
            Emit(_f, path, _o, _e, version, ttl, trafficClass, NoFlow, CauseForwarded);
            return Forwarded;
        }

        // One of our addresses: the end of a tunnel, or for Host.
        private int ForUs(int vrf, int version)
        {
            if (_t.Tunnels.InUse != 0)
            {
                int result = FromTunnel(vrf, version);
                if (result != NotHere)
                {
                    return result;
                }
            }
            RareCases.Note(_t, _f, version == Ipv4 ? PuntClass.Local : PuntClass.LocalIpv6, _o, vrf, _port);
            _f.Value = UnderLabel() ? 1 : 0;
            return Noted;
        }
    }
}
