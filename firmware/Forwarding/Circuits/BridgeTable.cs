namespace LabEdge.Forwarding
{
    // Read IEEE 802.1D-2004 sections 7.7 to 7.9 and RFC 4762 section 4.4 before changing this file.

    /// <summary>
    /// Bridge domains (VPLS instances, RFC 4762): members are attachment circuits and pseudowires, MAC addresses are learnt per domain.
    /// Members of one split horizon group do not reach each other; the pseudowires of a full mesh are such a group.
    /// </summary>
    public sealed class BridgeTable
    {
        public const int Stride = 7;

        /// <summary>0 = free row.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>Nothing is learnt: every frame is flooded (a hub; right for two members).</summary>
        public const int NoLearning = 2;

        /// <summary>A frame whose source may not be learnt, because the limit is reached, is dropped; without it, it passes.</summary>
        public const int LimitDrops = 4;

        /// <summary>Unicast to an address that is not known is dropped in place of flooded.</summary>
        public const int DropUnknown = 8;

        /// <summary>Most addresses that the domain learns.</summary>
        public const int MacLimit = 1;

        /// <summary>Frames flooded; copies that could not be sent (a member down or too narrow); addresses that moved; sources not learnt. All wrap.</summary>
        public const int Floods = 2;
        public const int Unsent = 3;
        public const int Moves = 4;
        public const int NotLearnt = 5;

        /// <summary>Milliseconds after which an address that sends nothing is forgotten.</summary>
        public const int Age = 6;

        /// <summary>The age of a domain that none is set for (IEEE 802.1D table 7-5).</summary>
        public const int DefaultAge = 300000;

        public const int None = -1;

        // Slots of the MAC table that one poll visits.
        private const int AgeBudget = 8;

        public readonly int[] Record;

        /// <summary>Members: domain * <see cref="MaxMembers"/> + n; <see cref="ForwardingHandle.None"/> = free.</summary>
        public readonly int[] Member;
        public readonly int MaxMembers;
        public readonly MacTable Macs;

        public int Refused;

        private readonly AttachmentTable _attachments;
        private readonly PseudowireTable _pseudowires;

        public BridgeTable(Capacity capacity, AttachmentTable attachments, PseudowireTable pseudowires)
        {
            Record = new int[capacity.Bridges * Stride];
            MaxMembers = capacity.BridgeMembers;
            Member = new int[capacity.Bridges * MaxMembers];
            Macs = new MacTable(capacity.MacAddresses, capacity.Bridges);
            _attachments = attachments;
            _pseudowires = pseudowires;
        }

        /// <param name="macLimit">Most addresses that it may learn.</param>
        /// <returns>A free domain, without members, or <see cref="None"/> when the table is full.</returns>
        public int Allocate(int flags, int macLimit)
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r] == 0)
                {
                    for (int k = 0; k < Stride; k++)
                    {
                        Record[r + k] = 0;
                    }
                    Record[r + MacLimit] = macLimit;
                    Record[r + Age] = DefaultAge;
                    Record[r + Flags] = Used | flags;
                    return r / Stride;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Lets every member go, forgets every address and gives the domain back.</summary>
        public void Release(int domain)
        {
            for (int i = 0; i < MaxMembers; i++)
            {
                int member = Member[domain * MaxMembers + i];
                if (member != ForwardingHandle.None)
                {
                    Connect(member, ForwardingHandle.None, 0);
                    Member[domain * MaxMembers + i] = ForwardingHandle.None;
                }
            }
            Macs.FlushDomain(domain);
            Record[domain * Stride] = 0;
        }

        /// <summary>Makes an attachment circuit or a pseudowire a member, and the domain its service.</summary>
        /// <param name="handle">Attachment or Pseudowire, and index; of no other domain.</param>
        /// <param name="horizon">Split horizon group 1-15, or 0 for none.</param>
        /// <returns>False when the domain has no room for another member.</returns>
        public bool Join(int domain, int handle, int horizon)
        {
            int free = None;
            for (int i = domain * MaxMembers; i < (domain + 1) * MaxMembers; i++)
            {
                if ((Member[i] & ~ForwardingHandle.HorizonMask) == handle)
                {
                    free = i;
                    break;
                }
                if (Member[i] == ForwardingHandle.None && free == None)
                {
                    free = i;
                }
            }
            if (free == None)
            {
                Refused++;
                return false;
            }
            if (Member[free] != ForwardingHandle.None)
            {
                Macs.FlushMember(Member[free]);
            }
            Connect(handle, ForwardingHandle.Bridge | domain, horizon);
            Member[free] = handle | (horizon << ForwardingHandle.HorizonShift);
            return true;
        }

        /// <returns>False when it is no member.</returns>
        public bool Leave(int domain, int handle)
        {
            for (int i = domain * MaxMembers; i < (domain + 1) * MaxMembers; i++)
            {
                int member = Member[i];
                if (member != ForwardingHandle.None && (member & ~ForwardingHandle.HorizonMask) == handle)
                {
                    Member[i] = ForwardingHandle.None;
                    Connect(handle, ForwardingHandle.None, 0);
                    Macs.FlushMember(member);
                    return true;
                }
            }
            return false;
        }

        /// <returns>The word under which a row is a member of this domain now, or <see cref="ForwardingHandle.None"/>.</returns>
        /// <param name="handle">Attachment or Pseudowire; bits of a group do not count.</param>
        public int MemberOf(int domain, int handle)
        {
            int index = handle & ForwardingHandle.IndexMask;
            int service;
            int horizon;
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Attachment)
            {
                service = _attachments.Record[index * AttachmentTable.Stride + AttachmentTable.Service];
                horizon = _attachments.Record[index * AttachmentTable.Stride + AttachmentTable.Horizon];
            }
            else
            {
                service = _pseudowires.Extra[index * PseudowireTable.ExtraStride + PseudowireTable.Service];
                horizon = _pseudowires.Extra[index * PseudowireTable.ExtraStride + PseudowireTable.Horizon];
            }
            return service == (ForwardingHandle.Bridge | domain)
                ? (handle & ~ForwardingHandle.HorizonMask) | (horizon << ForwardingHandle.HorizonShift) : ForwardingHandle.None;
        }

        private void Connect(int handle, int service, int horizon)
        {
            int index = handle & ForwardingHandle.IndexMask;
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.Attachment)
            {
                _attachments.Record[index * AttachmentTable.Stride + AttachmentTable.Horizon] = horizon;
                _attachments.Record[index * AttachmentTable.Stride + AttachmentTable.Service] = service;
            }
            else
            {
                _pseudowires.Extra[index * PseudowireTable.ExtraStride + PseudowireTable.Horizon] = horizon;
                _pseudowires.Connect(index, service);
            }
        }

        /// <summary>Called once per poll: a few slots of the MAC table, for ageing.</summary>
        public void EndOfPoll(uint now)
        {
            if (Macs.Count != 0)
            {
                Macs.AgeStepByDomain(now, Record, 0, AgeBudget);
            }
        }

        public void ClearCounters()
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                for (int k = Floods; k <= NotLearnt; k++)
                {
                    Record[r + k] = 0;
                }
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("bridge domains");
            bill.Object(7);
            bill.Array(Record.Length * 4);
            bill.Array(Member.Length * 4);
            Macs.Bill(bill);
        }
    }
}
