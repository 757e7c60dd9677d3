namespace LabEdge.Forwarding
{
    /// <summary>
    /// Groups of two and more paths, chosen by flow hash; a member that stands in it twice takes twice the flows. A group of one is encoded
    /// in the handle itself (<see cref="ForwardingHandle.Path"/>) and costs no row and no extra read. With a backup, or a hash over more than
    /// addresses or one label, a group is published as <see cref="ForwardingHandle.SpecialGroup"/> or in a <see cref="LabelActionTable"/> row.
    /// </summary>
    public sealed class PathGroupTable
    {
        public const int None = -1;

        /// <summary>Row: member count (0 = free, negative = released and resting), then the members' handles (Path or PathPair), at its end the backup's or None.</summary>
        public readonly int[] Record;
        public readonly int Stride;
        private readonly int _count;
        private bool _resting;

        public int Refused;

        public PathGroupTable(Capacity capacity)
        {
            _count = capacity.Groups;
            Stride = 2 + capacity.GroupMembers;
            Record = new int[_count * Stride];
        }

        public int Count
        {
            get { return _count; }
        }

        public int MaxMembers
        {
            get { return Stride - 2; }
        }

        /// <summary>Writes a new group whole.</summary>
        /// <returns>Its handle, or <see cref="ForwardingHandle.None"/> when the table is full or no row holds so many.</returns>
        public int Add(int[] members, int count)
        {
            return Add(members, count, ForwardingHandle.None);
        }

        /// <summary>Writes a new group whole, with a path that is used while the transport of the chosen member is down.</summary>
        /// <returns>Its handle, to be published as a special one; or <see cref="ForwardingHandle.None"/>.</returns>
        public int Add(int[] members, int count, int backup)
        {
            if (count < 1 || count > MaxMembers)
            {
                Refused++;
                return ForwardingHandle.None;
            }
            for (int g = 0; g < _count; g++)
            {
                int r = g * Stride;
                if (Record[r] == 0)
                {
                    for (int i = 0; i < count; i++)
                    {
                        Record[r + 1 + i] = members[i];
                    }
                    Record[r + Stride - 1] = backup;
                    Record[r] = count;
                    return ForwardingHandle.Group | g;
                }
            }
            Refused++;
            return ForwardingHandle.None;
        }

        /// <summary>Frees a row; it can be taken again after <see cref="EndOfPoll"/>, and answers as before until then.</summary>
        public void Release(int group)
        {
            // A remainder by -n is the remainder by n: a late reader still finds its member.
            if (Record[group * Stride] > 0)
            {
                Record[group * Stride] = -Record[group * Stride];
                _resting = true;
            }
        }

        /// <summary>Called once per poll, after the frames.</summary>
        public void EndOfPoll()
        {
            if (!_resting)
            {
                return;
            }
            _resting = false;
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r] < 0)
                {
                    Record[r] = 0;
                }
            }
        }

        /// <summary>The member for an IPv4 packet: hash of source and destination address (a flow keeps its path).</summary>
        /// <param name="offset">The IP header.</param>
        public int SelectByAddresses(int handle, byte[] octets, int offset)
        {
            int hash = ((octets[offset + 12] ^ octets[offset + 16]) * 5)
                + ((octets[offset + 13] ^ octets[offset + 17]) * 3)
                + ((octets[offset + 14] ^ octets[offset + 18]) * 7)
                + (octets[offset + 15] ^ octets[offset + 19]);
            int[] record = Record;
            int r = (handle & ForwardingHandle.IndexMask) * Stride;
            return record[r + 1 + hash % record[r]];
        }

        /// <summary>The member for a labelled packet: hash of the entry under the top one, or of the top one when it is the bottom.</summary>
        /// <param name="offset">The top label entry; 8 octets from here exist or the top entry is the bottom.</param>
        public int SelectByLabels(int handle, byte[] octets, int offset)
        {
            if ((octets[offset + 2] & 1) == 0)
            {
                offset += 4;
            }
            int hash = octets[offset] * 5 + octets[offset + 1] * 3 + (octets[offset + 2] >> 4);
            int[] record = Record;
            int r = (handle & ForwardingHandle.IndexMask) * Stride;
            return record[r + 1 + hash % record[r]];
        }

        /// <summary>
        /// The member for a flow: the chosen one, while its transport is usable; else the backup (prefix-independent switch-over: one store in a
        /// transport row moves every prefix and label behind it); else the next member that is.
        /// </summary>
        /// <param name="flow">0 or more.</param>
        /// <param name="bottom">Of a pair, which path is meant.</param>
        /// <returns>The handle of a path or pair; of the chosen one when all are down.</returns>
        public int Select(Tables tables, int group, int flow, bool bottom)
        {
            int r = group * Stride;
            int count = Record[r] < 0 ? -Record[r] : Record[r];
            int chosen = Record[r + 1 + flow % count];
            if (IsUsable(tables, chosen, bottom))
            {
                return chosen;
            }
            int member = Record[r + Stride - 1];
            for (int i = 1; !IsUsable(tables, member, bottom); i++)
            {
                if (i >= count)
                {
                    return chosen;
                }
                member = Record[r + 1 + (flow + i) % count];
            }
            return member;
        }

        private static bool IsUsable(Tables tables, int handle, bool bottom)
        {
            if (handle == ForwardingHandle.None)
            {
                return false;
            }
            int path = handle & ForwardingHandle.IndexMask;
            if ((handle & ForwardingHandle.KindMask) == ForwardingHandle.PathPair && bottom)
            {
                path++;
            }
            int transport = tables.Paths.Record[path * PathTable.Stride + PathTable.Transport] & PathTable.TransportMask;
            return tables.Transports.RoomOf(transport) >= 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("path groups");
            bill.Object(5);
            bill.Array(Record.Length * 4);
        }
    }
}
