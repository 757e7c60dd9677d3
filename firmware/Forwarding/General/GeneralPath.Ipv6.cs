using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 8200 section 3 and RFC 4291 section 2 before changing this file.
    // IPv6: what a router checks before it looks for the destination. Extension headers belong to the ends (RFC 8200 section 4); a
    // router may ignore the hop-by-hop options too, and this one does.
    public sealed partial class GeneralPath
    {
        private int ReceiveIpv6(int vrf)
        {
            byte[] b = _b;
            int o = _o;
            int source = o + Ipv6Header.SourceOffset;
            int destination = o + Ipv6Header.DestinationOffset;

            // A payload length of 0 before hop-by-hop options is a jumbogram (RFC 2675), longer than any frame of ours.
            if (!Ipv6Header.Fits(b, o, _e - o) || (Ipv6Header.ReadPayloadLength(b, o) == 0 && b[o + Ipv6Header.NextHeaderOffset] == Ipv6Header.HopByHop))
            {
                return DropReason.Ipv6HeaderInvalid;
            }
            _e = o + Ipv6Header.Length + Ipv6Header.ReadPayloadLength(b, o);
            if (Ipv6Header.IsMulticast(b, source) || Ipv6Header.IsLoopback(b, source) || Ipv6Header.IsIpv4Mapped(b, source))
            {
                return DropReason.SourceInvalid;
            }
            bool linkGroup = b[destination] == 0xFF && b[destination + 1] == 2;
            if (linkGroup || Ipv6Header.IsLinkLocal(b, destination))
            {
                // Of this link, and so never from under a label; which addresses of the link are ours, Host knows.
                if (UnderLabel())
                {
                    return DropReason.LinkLocal;
                }
                RareCases.Note(_t, _f, PuntClass.LocalIpv6, o, vrf, _port);
                _f.Value = 0;
                return Noted;
            }
            if (Ipv6Header.IsMulticast(b, destination) || Ipv6Header.IsLoopback(b, destination) || Ipv6Header.IsUnspecified(b, destination)
                || Ipv6Header.IsIpv4Mapped(b, destination))
            {
                return DropReason.NotRoutable;
            }
            if ((b[_f.Start] & 1) != 0 && !UnderLabel())
            {
                // A unicast packet in a group's frame (RFC 1122 section 3.3.6 for IPv4).
                return DropReason.NotForThisStation;
            }
            if (Ipv6Header.IsUnspecified(b, source))
            {
                return DropReason.SourceInvalid;
            }
            int handle = _t.Prefixes.Lookup6(vrf, b, destination);
            if (Ipv6Header.IsLinkLocal(b, source))
            {
                // RFC 4291 section 2.5.6: a router may not forward it; to one of our other addresses it is well.
                if (UnderLabel() || (handle & ForwardingHandle.KindMask) != ForwardingHandle.Local)
                {
                    return DropReason.LinkLocal;
                }
            }
            else if (_attachment >= 0 && !UnderLabel() && ReversePathFails(vrf, Ipv6))
            {
                return DropReason.ReversePath;
            }
            return Route(vrf, Ipv6, handle);
        }
    }
}
