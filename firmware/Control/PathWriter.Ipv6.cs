using LabEdge.Forwarding;

namespace LabEdge.Control
{
    // Leaves of IPv6 prefixes; members and rows are in PathWriter.cs.
    public sealed partial class PathWriter
    {
        /// <summary>Publishes a handle without rows (local, glean) for a prefix.</summary>
        /// <returns>False when the forwarding table is full.</returns>
        public bool PublishPrefix6(int vrf, byte[] prefix, int offset, int bits, int handle)
        {
            int old = _tables.Prefixes.Find6(vrf, prefix, offset, bits);
            if (old == handle)
            {
                return true;
            }
            if (!_tables.Prefixes.Set6(vrf, prefix, offset, bits, handle))
            {
                Refused++;
                return false;
            }
            if (old != PrefixTable.NotFound)
            {
                Release(old);
            }
            return true;
        }

        /// <summary>Publishes the members for a prefix. Without rows for them the prefix drops what matches: it does not fall to a shorter one.</summary>
        /// <returns>False when a table is full.</returns>
        public bool PublishPrefix6(int vrf, byte[] prefix, int offset, int bits)
        {
            int old = _tables.Prefixes.Find6(vrf, prefix, offset, bits);
            if (old != PrefixTable.NotFound && Matches(old))
            {
                return true;
            }
            int handle = Build();
            bool full = handle == ForwardingHandle.None;
            if (full)
            {
                Refused++;
            }
            if (!PublishPrefix6(vrf, prefix, offset, bits, handle))
            {
                Release(handle);
                return false;
            }
            return !full;
        }

        public void RemovePrefix6(int vrf, byte[] prefix, int offset, int bits)
        {
            int old = _tables.Prefixes.Find6(vrf, prefix, offset, bits);
            if (old != PrefixTable.NotFound)
            {
                _tables.Prefixes.Remove6(vrf, prefix, offset, bits);
                Release(old);
            }
        }
    }
}
