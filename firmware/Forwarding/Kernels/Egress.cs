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
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Group)
            {
                handle = tables.Groups.SelectByAddresses(handle, b, offset);
            }
            int kind = handle & ForwardingHandle.KindMask;
            if (kind == ForwardingHandle.Glean)
            {
                frame.Value = handle & ForwardingHandle.IndexMask;
                return DropReason.UnresolvedNeighbor;
            }
            if (kind != ForwardingHandle.Path)
            {
                return DropReason.NoRoute;
            }
            int path = (handle & ForwardingHandle.IndexMask) * PathTable.Stride;
            int rule = tables.Paths.Record[path + PathTable.Transport];
            int word = tables.Paths.Record[path + PathTable.Service];
            int transport = rule & PathTable.TransportMask;
            int ttl = Ipv4Header.ReadTtl(b, offset);
            int trafficClass = Ipv4Header.ReadDscp(b, offset) >> 3;
            int q = offset;
            int length = Ipv4Header.ReadTotalLength(b, offset);
            int room = tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Room];
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            if (word != 0)
            {
                q -= LabelStackEntry.Length;
                room -= LabelStackEntry.Length;
                Octets.WriteInt32(b, q, word);
                if ((rule & PathTable.Uniform) != 0)
                {
                    b[q + 2] = (byte)((b[q + 2] & 0xF1) | (trafficClass << 1));
                    b[q + 3] = (byte)ttl;
                }
            }
            if (length > room)
            {
                frame.Value = room;
                return DropReason.MtuExceeded;
            }
            Send(tables, frame, q, offset + length, transport, (rule & PathTable.Uniform) != 0, trafficClass, ttl);
            return DropReason.None;
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
            byte[] b = frame.Octets;
            int end = frame.Start + frame.Length;
            int handle = tables.Labels.Lookup(LabelStackEntry.ReadLabel(b, offset));
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Group)
            {
                handle = tables.Groups.SelectByLabels(handle, b, offset);
            }
            int kind = handle & ForwardingHandle.KindMask;
            int index = handle & ForwardingHandle.IndexMask;
            int trafficClass = LabelStackEntry.ReadTrafficClass(b, offset);
            int ttl = LabelStackEntry.ReadTtl(b, offset);
            bool bottom = LabelStackEntry.ReadBottom(b, offset);
            int q = offset;
            if (kind == ForwardingHandle.PathPair)
            {
                index += bottom ? 1 : 0;
                q += LabelStackEntry.Length;
            }
            else if (kind != ForwardingHandle.Path)
            {
                return DropReason.UnknownLabel;
            }
            int rule = tables.Paths.Record[index * PathTable.Stride + PathTable.Transport];
            int transport = rule & PathTable.TransportMask;
            int room = tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Room];
            if (room < 0)
            {
                return DropReason.TransportDown;
            }
            if (end - q > room)
            {
                return DropReason.MtuExceeded;
            }
            if (kind == ForwardingHandle.Path)
            {
                int label = (tables.Paths.Record[index * PathTable.Stride + PathTable.Service] >> 12) & LabelStackEntry.Last;
                LabelStackEntry.Write(b, q, label, trafficClass, bottom, ttl);
            }
            Send(tables, frame, q, end, transport, (rule & PathTable.Uniform) != 0, trafficClass, ttl);
            return DropReason.None;
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

        // The ready octets in front of q, TTL and TC into each transport label in uniform mode, and out.
        private static void Send(Tables tables, Frame frame, int q, int end, int transport, bool uniform, int trafficClass, int ttl)
        {
            TransportTable transports = tables.Transports;
            byte[] b = frame.Octets;
            int r = transport * TransportTable.Stride;
            int n = transports.Record[r + TransportTable.Length];
            Octets.Copy(transports.Ready, transports.ReadyEnd(transport) - n, b, q - n, n);
            if (uniform)
            {
                for (int k = transports.Record[r + TransportTable.LabelCount]; k > 0; k--)
                {
                    int z = q - k * LabelStackEntry.Length;
                    b[z + 2] = (byte)((b[z + 2] & 0xF1) | (trafficClass << 1));
                    b[z + 3] = (byte)ttl;
                }
            }
            frame.Start = q - n;
            frame.Length = end - q + n;
            int port = transports.Record[r + TransportTable.Port];
            tables.Ledger.Originated[port]++;
            if (tables.Ports.Device[port].Send(frame))
            {
                transports.Record[r + TransportTable.Frames]++;
                transports.Record[r + TransportTable.Octets] += frame.Length;
            }
            else
            {
                tables.Ledger.EgressDropped[port]++;
            }
        }
    }
}
