using LabEdge.Hal;

namespace LabEdge.Forwarding
{
    /// <summary>What ends a frame otherwise than by forwarding: the reasons of drops and the notes for Host.</summary>
    internal static class RareCases
    {
        // Why a label was not accepted: the port takes none, the label is reserved or not ours, or it was advertised elsewhere.
        public static int LabelReason(int label, int handle, int scope)
        {
            if (scope == ForwardingHandle.ScopeNone << ForwardingHandle.ScopeShift)
            {
                return DropReason.LabelOnUnlabelledPort;
            }
            if (label < 16)
            {
                return DropReason.ReservedLabel;
            }
            return handle == ForwardingHandle.None ? DropReason.UnknownLabel : DropReason.LabelScope;
        }

        // The ILM entry of the label that one of our own exposes at o, checked as the first one was; or minus the reason of the drop.
        public static int LabelUnderOwn(Tables tables, byte[] b, int o, int e, int scope)
        {
            if (o + 4 > e)
            {
                return -DropReason.TruncatedLabelStack;
            }
            int label = (b[o] << 12) | (b[o + 1] << 4) | (b[o + 2] >> 4);
            int handle = tables.Labels.Lookup(label);
            return handle != ForwardingHandle.None && (handle & ForwardingHandle.ScopeMask) == scope ? handle : -LabelReason(label, handle, scope);
        }

        // Where the label stack of a frame begins: after its link header and, when the EtherType there is not MPLS, one tag.
        public static int FirstLabel(Frame f)
        {
            return f.Octets[f.Start + 12] == 0x88 && f.Octets[f.Start + 13] == 0x47 ? f.Start + 14 : f.Start + 18;
        }

        // Room exceeded: because the transport is unusable (room -1), or really too long.
        public static int EgressReason(int[] transports, int transportRecord)
        {
            return transports[transportRecord + TransportTable.Room] < 0 ? DropReason.TransportDown : DropReason.MtuExceeded;
        }

        // The same for a labelled frame, of which the octets from q on are carried: Host may say how long a packet may be.
        public static int TooLong(Tables tables, Frame f, int[] transports, int transportRecord, int q, int port)
        {
            int reason = EgressReason(transports, transportRecord);
            if (reason == DropReason.MtuExceeded)
            {
                int first = FirstLabel(f);
                Note(tables, f, PuntClass.MtuExceededLabelled, first, 0, port);
                f.Value = transports[transportRecord + TransportTable.Room] + q - first;
            }
            return reason;
        }

        // A header that is not the usual 0x45: None when it is right all the same (options).
        public static int HeaderReason(byte[] b, int o, int e, int labelTtl)
        {
            if (e < o)
            {
                return DropReason.Runt;
            }
            if (o == e || (b[o] >> 4) != 4)
            {
                return labelTtl != 256 ? DropReason.PayloadNotIp : DropReason.Ipv4HeaderInvalid;
            }
            int header = (b[o] & 15) << 2;
            if (header < 20 || o + header > e || header > ((b[o + 2] << 8) | b[o + 3]))
            {
                return DropReason.Ipv4HeaderInvalid;
            }
            return DropReason.None;
        }

        // RFC 1624 eqn. 3, for a TTL that fell by n: the header checksum rises by n * 256, with end-around carry.
        public static void AddToChecksum(byte[] b, int o, int n)
        {
            n = ((b[o + 10] << 8) | b[o + 11]) + (n << 8);
            if (n >= 0xFFFF)
            {
                n++;
            }
            b[o + 10] = (byte)(n >> 8);
            b[o + 11] = (byte)n;
        }

        // A group-addressed frame with a tag: 0, or 1 + VLAN when it carries ARP.
        public static int GroupTag(byte[] b, int o, int e)
        {
            if (o + 4 > e || b[o + 2] != 8 || b[o + 3] != 6)
            {
                return 0;
            }
            return 1 + (((b[o] & 15) << 8) | b[o + 1]);
        }

        // An IP destination that is not a path: ours, to be resolved, or unknown.
        public static void Terminal(Tables tables, Frame f, int o, int vrf, int handle, int port)
        {
            int kind = handle & ForwardingHandle.KindMask;
            if (kind == ForwardingHandle.Local)
            {
                Note(tables, f, PuntClass.Local, o, vrf, port);
                return;
            }
            if (kind == ForwardingHandle.Glean)
            {
                // The TTL comes before the neighbour: the last router of a trace answers its first probe too.
                if (f.Octets[o + 8] <= 1)
                {
                    Note(tables, f, PuntClass.TtlExpired, o, vrf, port);
                    return;
                }
                tables.Ledger.Dropped[port * DropReason.Count + DropReason.UnresolvedNeighbor]++;
                Note(tables, f, PuntClass.Resolve, o, vrf, port);
                f.Value = handle & ForwardingHandle.IndexMask;
                return;
            }
            tables.Ledger.Dropped[port * DropReason.Count + DropReason.NoRoute]++;
            Note(tables, f, PuntClass.NoRoute, o, vrf, port);
        }

        public static void ExpiredLabel(Tables tables, Frame f, int o, int handle, int port)
        {
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Pseudowire)
            {
                // A customer's frame, even if it looks like a packet: an ICMP error would quote it in the global table.
                tables.Ledger.Dropped[port * DropReason.Count + DropReason.TtlExpiredNotIp]++;
                return;
            }
            bool vrf = (handle & ForwardingHandle.KindMask) == ForwardingHandle.Vrf;
            Note(tables, f, PuntClass.TtlExpiredLabelled, o, vrf ? handle & ForwardingHandle.IndexMask : 0, port);
        }

        public static void Note(Tables tables, Frame f, int mark, int offset, int context, int port)
        {
            f.Port = port;
            f.Mark = mark;
            f.Offset = offset;
            f.Context = context;
            tables.Exceptions[tables.ExceptionCount++] = f;
        }
    }
}
