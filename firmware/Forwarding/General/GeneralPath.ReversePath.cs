using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // Read RFC 3704 section 2 before changing this file.
    // Unicast reverse path forwarding: would a packet to the source leave by the port that this one came in by?
    public sealed partial class GeneralPath
    {
        // The attachment circuit _attachment asks for the check, strict (section 2.2; any of several best paths will do: section 2.3 with
        // equal paths) or loose (section 2.4), and the source at _o fails it. A default route counts only where the circuit says so.
        private bool ReversePathFails(int vrf, int version)
        {
            int flags = _t.Attachments.Record[_attachment * AttachmentTable.Stride + AttachmentTable.Flags];
            if ((flags & (AttachmentTable.ReversePathStrict | AttachmentTable.ReversePathLoose)) == 0)
            {
                return false;
            }
            int handle;
            bool onlyDefault = false;
            if (version == Ipv4)
            {
                uint source = Ipv4Header.ReadSource(_b, _o);
                handle = _t.Prefixes.Lookup(vrf, source);
                if ((flags & AttachmentTable.AllowDefault) == 0)
                {
                    onlyDefault = _t.Prefixes.OnlyDefault(vrf, source);
                }
            }
            else
            {
                handle = _t.Prefixes.Lookup6(vrf, _b, _o + Ipv6Header.SourceOffset);
                if ((flags & AttachmentTable.AllowDefault) == 0)
                {
                    onlyDefault = _t.Prefixes.OnlyDefault6(vrf, _b, _o + Ipv6Header.SourceOffset);
                }
            }
            int kind = handle & ForwardingHandle.KindMask;

            // Our own address is nobody's source.
            if (onlyDefault || kind == ForwardingHandle.None || kind == ForwardingHandle.Local)
            {
                return true;
            }
            return (flags & AttachmentTable.ReversePathStrict) != 0 && !LeadsToPort(handle);
        }

        private bool LeadsToPort(int handle)
        {
            int index = handle & ForwardingHandle.IndexMask;
            switch (handle & ForwardingHandle.KindMask)
            {
                case ForwardingHandle.Glean:
                    return index == _port;
                case ForwardingHandle.Path:
                    return PathLeadsToPort(index);
                case ForwardingHandle.Special:
                    return (index & ForwardingHandle.SpecialGroup) != 0 ? MemberLeadsToPort(index & ~ForwardingHandle.SpecialGroup) : PathLeadsToPort(index);
                case ForwardingHandle.Group:
                    return MemberLeadsToPort(index);
                default:
                    return false;
            }
        }

        private bool MemberLeadsToPort(int group)
        {
            int r = group * _t.Groups.Stride;
            int count = _t.Groups.Record[r];
            if (count < 0)
            {
                count = -count;
            }
            for (int i = 1; i <= count; i++)
            {
                if (PathLeadsToPort(_t.Groups.Record[r + i] & ForwardingHandle.IndexMask))
                {
                    return true;
                }
            }

            // A site that has switched over sends by the other way too.
            int backup = _t.Groups.Record[r + _t.Groups.Stride - 1];
            return backup != ForwardingHandle.None && PathLeadsToPort(backup & ForwardingHandle.IndexMask);
        }

        private bool PathLeadsToPort(int path)
        {
            int transport = _t.PathRecord[path * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask;
            return _t.TransportRecord[transport * TransportTable.Stride + TransportTable.Port] == _port;
        }
    }
}
