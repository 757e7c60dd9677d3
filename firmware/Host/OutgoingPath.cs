using LabEdge.Forwarding;

namespace LabEdge.Host
{
    /// <summary>Reads from the forwarding tables where a packet of ours would leave.</summary>
    public static class OutgoingPath
    {
        public const int None = -1;

        /// <returns>The port towards a destination (the first member's, of a group), or <see cref="None"/>.</returns>
        public static int PortTo(Tables tables, int vrf, uint destination)
        {
            return PortOf(tables, tables.Prefixes.Lookup(vrf, destination));
        }

        /// <summary>The same for an IPv6 destination that is not link-local.</summary>
        public static int PortTo(Tables tables, int vrf, byte[] destination, int offset)
        {
            return PortOf(tables, tables.Prefixes.Lookup6(vrf, destination, offset));
        }

        private static int PortOf(Tables tables, int handle)
        {
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Special)
            {
                int row = ForwardingHandle.Index(handle);
                handle = (row & ForwardingHandle.SpecialGroup) != 0 ? ForwardingHandle.Group | (row & ~ForwardingHandle.SpecialGroup) : ForwardingHandle.Path | row;
            }
            if (ForwardingHandle.Kind(handle) == ForwardingHandle.Group)
            {
                handle = tables.Groups.Record[ForwardingHandle.Index(handle) * tables.Groups.Stride + 1];
            }
            int index = ForwardingHandle.Index(handle);
            switch (ForwardingHandle.Kind(handle))
            {
                case ForwardingHandle.Glean:
                    return index;
                case ForwardingHandle.Path:
                    int rule = tables.Paths.Record[index * PathTable.Stride + PathTable.Transport];
                    int transport = rule & PathTable.TransportMask;
                    return tables.Transports.RoomOf(transport) < 0 ? None : tables.Transports.Record[transport * TransportTable.Stride + TransportTable.Port];
                default:
                    return None;
            }
        }
    }
}
