namespace LabEdge.Forwarding
{
    /// <summary>
    /// What one frame met on its way through <see cref="GeneralPath"/>, in order: the rows that matched and the ways that were chosen. The
    /// path writes into it only while somebody asks (<see cref="FrameTrial"/>); at other times there is none.
    /// </summary>
    public sealed class FrameTrace
    {
        /// <summary>Ints per entry: kind, index, value, offset.</summary>
        public const int Stride = 4;

        /// <summary>Most entries that are kept; what comes after them is left out.</summary>
        public const int MaxEntries = 64;

        /// <summary>Circuit of the port and tags. Index: EtherType after the tags; value: handle, None when nothing takes the frame; offset: the octet after the EtherType.</summary>
        public const int Circuit = 1;

        /// <summary>A label was looked up. Index: label; value: its handle, or minus the <see cref="DropReason"/>; offset: its entry.</summary>
        public const int Label = 2;

        /// <summary>An IP packet in a VRF. Index: VRF; value: version that its EtherType or label says, 0 = none; offset: its header.</summary>
        public const int Packet = 3;

        /// <summary>The longest prefix of the destination. Index: VRF; value: handle; offset: the IP header.</summary>
        public const int Route = 4;

        /// <summary>A member of a group was chosen. Index: group; value: the member's handle.</summary>
        public const int Member = 5;

        /// <summary>A path is to be taken. Index: path; value: kind of what is carried, as of <see cref="GeneralPath.Emit"/>.</summary>
        public const int Path = 6;

        /// <summary>Into a pseudowire, and out of one. Index: its row; offset: the frame carried, or the label's entry.</summary>
        public const int PseudowireIn = 7;
        public const int PseudowireOut = 8;

        /// <summary>In by an attachment circuit, and out of one. Index: its row.</summary>
        public const int AttachmentIn = 9;
        public const int AttachmentOut = 10;

        /// <summary>Out of the port of a pseudowire in port mode. Index: the port; value: octets of the frame.</summary>
        public const int PortOut = 11;

        /// <summary>In a bridge domain. Index: domain; value: the member that the frame came from.</summary>
        public const int Bridge = 12;

        /// <summary>The destination address was learnt behind a member (value), or is not known (None). Index: domain.</summary>
        public const int Known = 13;

        /// <summary>To every other member. Index: domain; value: kind of <see cref="StormTable"/>.</summary>
        public const int Flood = 14;

        /// <summary>A member of a flood did not take its copy. Index: the <see cref="DropReason"/>; value: the member.</summary>
        public const int Unsent = 15;

        /// <summary>Labels came out of a tunnel. Index: its row.</summary>
        public const int Tunnel = 16;

        public readonly int[] Entries = new int[MaxEntries * Stride];
        public int Count;

        /// <summary>The frame is one that a kernel forwards by itself, and so without a look at its source address.</summary>
        public bool Plain;

        public void Add(int kind, int index, int value, int offset)
        {
            if (Count < MaxEntries)
            {
                int r = Count * Stride;
                Entries[r] = kind;
                Entries[r + 1] = index;
                Entries[r + 2] = value;
                Entries[r + 3] = offset;
                Count++;
            }
        }
    }
}
