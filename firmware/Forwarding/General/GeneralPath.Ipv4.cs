using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 1812 sections 4.2, 5.2 and 5.3 before changing this file.
    // IPv4: what a router checks before it looks for the destination. Options are carried as they came (RFC 7126 section 4 lets a
    // router ignore them); those of a fragmented packet: GeneralPath.Fragments.cs.
    public sealed partial class GeneralPath
    {
        private int ReceiveIpv4(int vrf)
        {
            byte[] b = _b;
            int o = _o;
            if (!Ipv4Header.Fits(b, o, _e - o))
            {
                return DropReason.Ipv4HeaderInvalid;
            }
            _e = o + Ipv4Header.ReadTotalLength(b, o);
            if (_t.VerifyHeaderChecksum && !Ipv4Header.ChecksumRight(b, o))
            {
                return DropReason.Ipv4ChecksumBad;
            }
            uint destination = Ipv4Header.ReadDestination(b, o);
            if (!IsUnicast(destination))
            {
                return DropReason.NotRoutable;
            }

            // RFC 1812 section 5.3.7. The fast paths of the kernels do not look at the source: there a reply to such an address finds
            // no way back, for the check above refuses it as a destination.
            if (!IsUnicast(Ipv4Header.ReadSource(b, o)) && (Trace == null || !Trace.Plain))
            {
                return DropReason.SourceInvalid;
            }
            if (_attachment >= 0 && !UnderLabel() && ReversePathFails(vrf, Ipv4))
            {
                return DropReason.ReversePath;
            }
            return Route(vrf, Ipv4, _t.Prefixes.Lookup(vrf, destination));
        }

        // A frame to a group address: for Host when its packet is to a group of this link that the port has joined, which no router
        // forwards (RFC 5771 section 4), and the station address is that group's (RFC 1112 section 6.4).
        private int LinkGroup(int vrf)
        {
            byte[] b = _b;
            int o = _o + Ipv4Header.DestinationOffset;
            if (_e - _o < Ipv4Header.Length)
            {
                // A group frame too short to name its group is for nobody here.
                return DropReason.NotForThisStation;
            }
            int group = b[o + 3];
            if (b[o] != 224 || (b[o + 1] | b[o + 2]) != 0 || group > 31 || b[_f.Start + 5] != group
                || ((_t.PortRecord[_port * PortTable.Stride + PortTable.Groups] >> group) & 1) == 0)
            {
                return DropReason.NotForThisStation;
            }
            RareCases.Note(_t, _f, PuntClass.Local, _o, vrf, _port);
            _f.Value = 0;
            return Noted;
        }

        // Not in 0/8, 127/8 and from 224.0.0.0 on (RFC 1812 sections 4.2.2.11 and 5.3.7).
        private static bool IsUnicast(uint address)
        {
            return address - 0x01000000 < 0xDF000000 && address >> 24 != 127;
        }
    }
}
