namespace LabEdge.Forwarding
{
    /// <summary>
    /// Attachment circuits that only <see cref="GeneralPath"/> serves (<see cref="ForwardingHandle.Attachment"/>): tags to pop and push,
    /// the service behind, and checks of an IP interface such as uRPF. What a service carries is the frame without the tags that the
    /// circuit popped; a VLAN is translated by popping here and pushing there, or by popping and pushing at the way out.
    /// </summary>
    public sealed class AttachmentTable
    {
        public const int Stride = 16;

        /// <summary>0 = free row.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>
        /// uRPF. Strict asks for the port of arrival, not for its VLAN: two circuits of one port and one VRF may take each other's sources, for a
        /// path knows its port and not the circuit behind it. A customer who must not has a VRF or a port of his own.
        /// </summary>
        public const int ReversePathStrict = 2;
        public const int ReversePathLoose = 4;

        /// <summary>The tags pushed always have the priority of their words; without it that of a tag that was popped on the way, when there was one.</summary>
        public const int PriorityFixed = 0x100;

        /// <summary>The tags pushed have the priority that <see cref="ClassMap"/> gives for the class of the pseudowire label, when the frame came by one.</summary>
        public const int PriorityFromClass = 0x200;

        /// <summary>A bridge domain also takes and gives 01-80-C2-00-00-00 to 0F here, which a bridge keeps (IEEE 802.1D section 7.12.6).</summary>
        public const int PassReserved = 0x400;
        /// <summary>Of both: a default route is a route too.</summary>
        public const int AllowDefault = 8;

        /// <summary>What the circuit leads to: a Vrf or Pseudowire handle, another attachment (local switching) or a bridge domain.</summary>
        public const int Service = 1;

        /// <summary>Port that it goes out of.</summary>
        public const int Port = 2;

        /// <summary>Longest frame that goes out, link header and tags included; -1 while it is down, so that one compare covers both.</summary>
        public const int MaxFrame = 3;

        /// <summary>
        /// Tags: bits 0-1 those popped of the ones that selected the circuit; bits 2-3 tags popped of a frame that goes out, if it has them;
        /// bits 4-5 pushed then.
        /// </summary>
        public const int Rewrite = 4;
        public const int EgressPopShift = 2;
        public const int EgressPushShift = 4;

        /// <summary>The tags pushed, outer one first: EtherType, then priority, drop eligible and VLAN.</summary>
        public const int Tag = 5;
        public const int InnerTag = 6;

        /// <summary>Split horizon group in its bridge domain, 1-15; 0 = none.</summary>
        public const int Horizon = 7;

        /// <summary>Frames received and their octets; frames that its port took and their octets.</summary>
        public const int FramesIn = 8;
        public const int OctetsIn = 9;
        public const int FramesOut = 10;
        public const int OctetsOut = 11;

        /// <summary>Row of <see cref="ClassMapTable"/>.</summary>
        public const int ClassMap = 12;

        /// <summary>Tag pushed on a received frame after the pops (translation or push at the way in): EtherType and VLAN; 0 = none.</summary>
        public const int IngressTag = 13;

        public const int None = -1;

        public readonly int[] Record;

        /// <summary>Storm control.</summary>
        public readonly StormTable Storm;

        /// <summary>Frames per port that rows sent before they were given back: the egress sums need them.</summary>
        public readonly int[] RetiredFrames;

        public int Refused;

        public AttachmentTable(Capacity capacity)
        {
            Record = new int[capacity.Attachments * Stride];
            Storm = new StormTable(capacity);
            RetiredFrames = new int[capacity.Ports];
        }

        /// <returns>A free row, used and down, without tags or service, or <see cref="None"/> when the table is full.</returns>
        public int Allocate(int port)
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                if (Record[r + Flags] == 0)
                {
                    for (int k = 0; k < Stride; k++)
                    {
                        Record[r + k] = 0;
                    }
                    Record[r + Flags] = Used;
                    Record[r + Port] = port;
                    Record[r + MaxFrame] = -1;
                    Storm.Clear(r / Stride);
                    return r / Stride;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Gives a row back. The caller has made sure that no circuit, attachment or bridge domain names it.</summary>
        public void Release(int attachment)
        {
            int r = attachment * Stride;
            RetiredFrames[Record[r + Port]] += Record[r + FramesOut];
            Record[r + FramesOut] = 0;
            Record[r + MaxFrame] = -1;
            Record[r + Service] = ForwardingHandle.None;
            Record[r + Flags] = 0;
        }

        /// <param name="pop">Tags popped of a received frame, 0-2, at most as many as selected the circuit.</param>
        /// <param name="egressPop">Tags popped of a frame that goes out, 0-2: with pushes a translation 1:1, 1:2 or 2:1.</param>
        /// <param name="push">Tags pushed on a frame that goes out, 0-2.</param>
        /// <param name="tag">EtherType &lt;&lt; 16 | tag control information of the outer one.</param>
        /// <param name="innerTag">The same of the second one.</param>
        public void SetTags(int attachment, int pop, int egressPop, int push, int tag, int innerTag)
        {
            int r = attachment * Stride;
            Record[r + Tag] = tag;
            Record[r + InnerTag] = innerTag;
            Record[r + Rewrite] = pop | (egressPop << EgressPopShift) | (push << EgressPushShift);
        }

        /// <summary>Frames sent out of a port by attachment circuits, those given back included.</summary>
        public int FramesOf(int port)
        {
            int sum = RetiredFrames[port];
            for (int r = 0; r < Record.Length; r += Stride)
            {
                sum += Record[r + Port] == port ? Record[r + FramesOut] : 0;
            }
            return sum;
        }

        public void ClearCounters()
        {
            for (int r = 0; r < Record.Length; r += Stride)
            {
                for (int k = FramesIn; k <= OctetsOut; k++)
                {
                    Record[r + k] = 0;
                }
            }
            for (int i = 0; i < RetiredFrames.Length; i++)
            {
                RetiredFrames[i] = 0;
            }
        }

        public void Bill(RamBill bill)
        {
            bill.Row("attachments");
            bill.Object(4);
            bill.Array(Record.Length * 4);
            bill.Array(RetiredFrames.Length * 4);
            Storm.Bill(bill);
        }
    }
}
