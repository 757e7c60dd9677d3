using LabEdge.Forwarding.Wire;
using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>
    /// How frames that the router itself makes go out: the same rows as the kernels, one frame at a time, cause "originated"
    /// in the egress ledger. Not a frame path: called by Host.
    /// </summary>
    public static class Egress
    {
        /// <summary>
        /// Sends an IPv4 packet whose header begins at <paramref name="offset"/>; its total length is in the header. The TTL is
        /// not decremented. Labels are pushed as for a packet that arrived in the VRF.
        /// </summary>
        /// <returns>
        /// <see cref="DropReason.None"/> when it was handed to a port; NoRoute; UnresolvedNeighbor (frame.Value = the port to
        /// resolve the destination on); MtuExceeded (frame.Value = longest IP packet that fits); TransportDown.
        /// </returns>
        public static int SendIp(Tables tables, Frame frame, int vrf, int offset)
        {
            byte[] b = frame.Octets;
            int handle = tables.Prefixes.Lookup(vrf, Ipv4Header.ReadDestination(b, offset));
            int length = Ipv4Header.ReadTotalLength(b, offset);
            return tables.General.SendIp(frame, handle, offset, offset + length, Ipv4Header.ReadTtl(b, offset), Ipv4Header.ReadDscp(b, offset) >> 3);
        }

        /// <summary>
        /// Sends a label stack and what it carries along the LSP of its top label, which is one of ours as it was received
        /// (RFC 3032 section 2.3.2: an ICMP error that follows the packet). TTLs are taken as they stand; the top one is not
        /// decremented.
        /// </summary>
        /// <param name="offset">The top label entry; the packet ends at frame.Start + frame.Length.</param>
        /// <returns>None, UnknownLabel (not an LSP that goes on), TransportDown or MtuExceeded.</returns>
        public static int SendLabelled(Tables tables, Frame frame, int offset)
        {
            return tables.General.SendLabelled(frame, offset);
        }

        /// <summary>Sends a frame that is complete, link header included (ARP).</summary>
        /// <returns>False when the port refused it.</returns>
        public static bool SendDirect(Tables tables, Frame frame, int port)
        {
            tables.Ledger.Originated[port]++;
            if (tables.Ports.Device[port] != null && tables.Ports.Device[port].Send(frame))
            {
                tables.Ledger.DirectSent[port]++;
                return true;
            }
            tables.Ledger.EgressDropped[port]++;
            return false;
        }
    }
}
