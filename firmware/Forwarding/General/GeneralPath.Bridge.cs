// Read IEEE 802.1D-2004 sections 7.7 to 7.9 and RFC 4762 section 4.4 before changing this file.
using LabEdge.Forwarding.Wire;

namespace LabEdge.Forwarding
{
    // A bridge domain: learn, forward, flood with split horizon.
    public sealed partial class GeneralPath
    {
        /// <summary>The carried frame came from a member of a bridge domain.</summary>
        /// <param name="handle">The member: Attachment or Pseudowire, and index.</param>
        private int Bridged(int domain, int handle)
        {
            BridgeTable bridges = _t.Bridges;
            int row = domain * BridgeTable.Stride;
            int flags = bridges.Record[row];
            int member = bridges.MemberOf(domain, handle);
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Bridge, domain, handle, _o);
            }
            if (flags == 0 || member == ForwardingHandle.None)
            {
                return DropReason.NoCircuit;
            }
            if (EthernetHeader.IsGroup(_addresses, EthernetHeader.SourceOffset))
            {
                return DropReason.SourceInvalid;
            }
            bool reserved = IsReservedGroup();
            if (reserved && !PassesReserved(member))
            {
                return DropReason.LinkLocal;
            }
            bool learns = (flags & BridgeTable.NoLearning) == 0;
            bool learnt = learns && Learn(domain, member);
            if (learns && !learnt && (flags & BridgeTable.LimitDrops) != 0)
            {
                return DropReason.MacLimit;
            }

            int kind = StormTable.Multicast;
            if (!EthernetHeader.IsGroup(_addresses, 0))
            {
                // A trial learns nothing: a frame to its own source would have met what it has just taught.
                int to = Trace != null && learnt && IsToItsSource() ? member : Known(domain);
                if (Trace != null)
                {
                    Trace.Add(FrameTrace.Known, domain, to, _o);
                }
                if (to != ForwardingHandle.None)
                {
                    return to == member ? DropReason.SamePort : SameHorizon(to, member) ? DropReason.NoBridgeMember : ToMember(to, CauseForwarded);
                }
                if ((flags & BridgeTable.DropUnknown) != 0)
                {
                    return DropReason.NoBridgeMember;
                }
                kind = StormTable.Unknown;
            }
            else if (EthernetHeader.IsBroadcast(_addresses, 0))
            {
                kind = StormTable.Broadcast;
            }
            if ((member & ForwardingHandle.KindMask) == ForwardingHandle.Attachment
                && !_t.Attachments.Storm.Take(member & ForwardingHandle.IndexMask, kind, _t.Now))
            {
                return DropReason.StormControl;
            }
            return Flood(domain, member, reserved, kind);
        }

        private bool IsToItsSource()
        {
            return Octets.ReadInt32(_addresses, 0) == Octets.ReadInt32(_addresses, EthernetHeader.SourceOffset)
                && Octets.ReadUInt16(_addresses, 4) == Octets.ReadUInt16(_addresses, EthernetHeader.SourceOffset + 4);
        }

        // False when the source address is new and the domain, or the table, takes no more.
        private bool Learn(int domain, int member)
        {
            BridgeTable bridges = _t.Bridges;
            MacTable macs = bridges.Macs;
            int row = domain * BridgeTable.Stride;
            int high = Octets.ReadInt32(_addresses, EthernetHeader.SourceOffset);
            int low = Octets.ReadUInt16(_addresses, EthernetHeader.SourceOffset + 4);
            int known = macs.Find(domain, high, low);
            if (Trace != null)
            {
                return known != MacTable.None || (macs.PerDomain[domain] < bridges.Record[row + BridgeTable.MacLimit] && macs.HasRoom(domain, high, low));
            }
            if (known != MacTable.None)
            {
                if (macs.Record[known + MacTable.Member] != member)
                {
                    bridges.Record[row + BridgeTable.Moves]++;
                    macs.Record[known + MacTable.Member] = member;
                }
                macs.Record[known + MacTable.Stamp] = (int)_t.Now;
                return true;
            }
            if (macs.PerDomain[domain] < bridges.Record[row + BridgeTable.MacLimit] && macs.Learn(domain, high, low, member, _t.Now) != MacTable.None)
            {
                return true;
            }
            bridges.Record[row + BridgeTable.NotLearnt]++;
            return false;
        }

        // The member behind which the destination was learnt, when that is not too long ago and it is a member still; or None.
        private int Known(int domain)
        {
            MacTable macs = _t.Bridges.Macs;
            int found = macs.Find(domain, Octets.ReadInt32(_addresses, 0), Octets.ReadUInt16(_addresses, 4));
            if (found == MacTable.None)
            {
                return ForwardingHandle.None;
            }
            int member = macs.Record[found + MacTable.Member];
            if ((int)_t.Now - macs.Record[found + MacTable.Stamp] < _t.Bridges.Record[domain * BridgeTable.Stride + BridgeTable.Age] && _t.Bridges.MemberOf(domain, member) == member)
            {
                return member;
            }
            if (Trace == null)
            {
                macs.Remove(found);
            }
            return ForwardingHandle.None;
        }

        private int Flood(int domain, int member, bool reserved, int kind)
        {
            BridgeTable bridges = _t.Bridges;
            int row = domain * BridgeTable.Stride;
            int reason = DropReason.NoBridgeMember;
            int cause = CauseForwarded;
            if (Trace != null)
            {
                Trace.Add(FrameTrace.Flood, domain, kind, _o);
            }
            int end = (domain + 1) * bridges.MaxMembers;
            for (int i = domain * bridges.MaxMembers; i < end; i++)
            {
                int to = bridges.Member[i];
                if (to == ForwardingHandle.None || to == member || SameHorizon(to, member) || (reserved && !PassesReserved(to)))
                {
                    continue;
                }
                int result = ToMember(to, cause);
                if (result == Forwarded)
                {
                    cause = CauseCopied;
                }
                else
                {
                    reason = result;
                    if (Trace != null)
                    {
                        Trace.Add(FrameTrace.Unsent, result, to, _o);
                    }
                    bridges.Record[row + BridgeTable.Unsent]++;
                }
            }
            if (cause == CauseForwarded)
            {
                return reason;
            }
            bridges.Record[row + BridgeTable.Floods]++;
            return Forwarded;
        }

        private static bool SameHorizon(int a, int b)
        {
            return (a & ForwardingHandle.HorizonMask) != 0 && (a & ForwardingHandle.HorizonMask) == (b & ForwardingHandle.HorizonMask);
        }

        // 01-80-C2-00-00-00 to 0F: bridge and link protocols, which end at each bridge (IEEE 802.1D section 7.12.6).
        private bool IsReservedGroup()
        {
            return Octets.ReadInt32(_addresses, 0) == 0x0180C200 && (Octets.ReadUInt16(_addresses, 4) & 0xFFF0) == 0;
        }

        // A pseudowire passes them: whether they go on is said by the circuits at its ends.
        private bool PassesReserved(int member)
        {
            return (member & ForwardingHandle.KindMask) != ForwardingHandle.Attachment
                || (_t.Attachments.Record[(member & ForwardingHandle.IndexMask) * AttachmentTable.Stride] & AttachmentTable.PassReserved) != 0;
        }
    }
}
