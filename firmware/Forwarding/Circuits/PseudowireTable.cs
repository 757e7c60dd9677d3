namespace LabEdge.Forwarding
{
    /// <summary>
    /// Ethernet pseudowires (RFC 4448): one row joins a path and what stands at this end, a port, an attachment circuit (AC) or a bridge domain.
    /// A row in port mode, raw, without sequence numbers, flow label and fragments, over a plain path, is plain: the kernels forward it.
    /// Every other one is up under a flag that they do not look at, and only <see cref="GeneralPath"/> forwards it.
    /// </summary>
    public sealed class PseudowireTable
    {
        public const int Stride = 8;

        /// <summary>Flags; 0 = free row.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>Both ends are configured and the tunnel is there: frames pass, by the kernels too. Only of a plain row.</summary>
        public const int Up = 2;

        /// <summary>Control word (RFC 4385) sent and expected.</summary>
        public const int ControlWord = 4;

        /// <summary>Up, but not plain: in place of <see cref="Up"/>. <see cref="SetUp"/> knows which.</summary>
        public const int UpGeneral = 8;

        /// <summary>Tagged mode (RFC 4448 section 4.4.1): each frame has a service-delimiting tag in front on the pseudowire.</summary>
        public const int Tagged = 0x10;

        /// <summary>Frames are numbered; frames that are late or doubled are dropped (RFC 4385 section 4). With a control word only.</summary>
        public const int SequenceSend = 0x20;
        public const int SequenceReceive = 0x40;

        /// <summary>A flow label is pushed under the pseudowire label, and accepted there (RFC 6391).</summary>
        public const int FlowLabelSend = 0x80;
        public const int FlowLabelReceive = 0x100;

        /// <summary>
        /// A frame that is too long is sent in numbered fragments, and fragments are put together (RFC 4623). With a control word only. The
        /// word of an Ethernet pseudowire has no length field, so padding could not be told from the end of a fragment: no fragment is sent
        /// that is so short that it would be padded.
        /// </summary>
        public const int FragmentSend = 0x200;
        public const int FragmentReceive = 0x400;
        private const int NotPlain = Tagged | SequenceSend | SequenceReceive | FlowLabelSend | FlowLabelReceive | FragmentSend | FragmentReceive;

        /// <summary>Path index: service word = the remote label with S and TTL 255, pipe.</summary>
        public const int Path = 1;

        /// <summary>Port of the attachment circuit in port mode; -1 when there is a <see cref="Service"/>. Set by <see cref="ConnectPort"/>.</summary>
        public const int Port = 2;

        /// <summary>Longest frame that the AC takes, link header included.</summary>
        public const int MaxFrame = 3;

        /// <summary>Frames from the AC into the core, and octets (frame as received).</summary>
        public const int FramesIn = 4;
        public const int OctetsIn = 5;

        /// <summary>Frames sent out of the AC, and octets.</summary>
        public const int FramesOut = 6;
        public const int OctetsOut = 7;

        /// <summary>What only the general path needs: ints per row of <see cref="Extra"/>, and what they hold.</summary>
        public const int ExtraStride = 8;

        /// <summary>An attachment or a bridge domain; <see cref="ForwardingHandle.None"/> = the port of the row.</summary>
        public const int Service = 0;

        /// <summary>Split horizon group in its bridge domain, 1-15; 0 = none.</summary>
        public const int Horizon = 1;

        /// <summary>
        /// Tagged mode: EtherType &lt;&lt; 16 | VLAN of the service-delimiting tag that is sent. VLAN 0: the tag that delimits the circuit goes as
        /// it is, and a frame without one gets a tag of VLAN 0.
        /// </summary>
        public const int Tag = 2;

        /// <summary>Number of the next frame sent, and that expected: 1 to 65,535.</summary>
        public const int NextSequence = 3;
        public const int ExpectedSequence = 4;

        /// <summary>Buffer for reassembly, or -1; and the number that the next fragment must have, 0 while there is none.</summary>
        public const int Buffer = 5;
        public const int NextFragment = 6;

        /// <summary>Octets in the buffer.</summary>
        public const int Kept = 7;

        public const int None = -1;

        public readonly int[] Record;
        public readonly int[] Extra;
        public readonly ReassemblyBuffers Buffers;
        private readonly int _count;

        /// <summary>Frames per AC port that rows sent before they were given back: the egress sums need them.</summary>
        public readonly int[] RetiredFrames;

        public int Refused;

        private readonly PathTable _paths;
        private readonly TransportTable _transports;

        public PseudowireTable(Capacity capacity, PathTable paths, TransportTable transports)
        {
            _paths = paths;
            _transports = transports;
            _count = capacity.Pseudowires;
            Record = new int[_count * Stride];
            Extra = new int[_count * ExtraStride];
            Buffers = new ReassemblyBuffers(capacity);
            RetiredFrames = new int[capacity.Ports];
        }

        public int Count
        {
            get { return _count; }
        }

        /// <returns>A free row, marked used and down, or <see cref="None"/> when the table is full.</returns>
        public int Allocate()
        {
            for (int i = 0; i < _count; i++)
            {
                int r = i * Stride;
                if (Record[r + Flags] == 0)
                {
                    for (int k = 0; k < Stride; k++)
                    {
                        Record[r + k] = 0;
                    }
                    for (int k = 0; k < ExtraStride; k++)
                    {
                        Extra[i * ExtraStride + k] = 0;
                    }
                    Extra[i * ExtraStride + Buffer] = None;
                    ResetSequence(i);
                    Record[r + Flags] = Used;
                    return i;
                }
            }
            Refused++;
            return None;
        }

        /// <summary>Gives a row back. The caller has made sure that no label, circuit or bridge domain names it.</summary>
        public void Release(int pseudowire)
        {
            Retire(pseudowire);
            Buffers.Release(Extra[pseudowire * ExtraStride + Buffer]);
            Extra[pseudowire * ExtraStride + Buffer] = None;
            Extra[pseudowire * ExtraStride + Service] = ForwardingHandle.None;
            Record[pseudowire * Stride + Flags] = 0;
        }

        // What it sent out of its port stays in the port's sum; what it sent to a service is in that of the service.
        private void Retire(int pseudowire)
        {
            int r = pseudowire * Stride;
            if (Record[r + Port] >= 0)
            {
                RetiredFrames[Record[r + Port]] += Record[r + FramesOut];
            }
            Record[r + FramesOut] = 0;
            Record[r + OctetsOut] = 0;
        }

        /// <summary>Sets how frames are carried; the row goes down. Numbers begin anew.</summary>
        /// <param name="flags">Of ControlWord, Tagged, SequenceSend and the flags after it.</param>
        /// <param name="tag">As <see cref="Tag"/>.</param>
        /// <returns>False, and nothing changed, when no buffer for reassembly is left.</returns>
        public bool SetMode(int pseudowire, int flags, int tag)
        {
            int x = pseudowire * ExtraStride;
            if ((flags & FragmentReceive) != 0 && Extra[x + Buffer] == None)
            {
                int buffer = Buffers.Allocate();
                if (buffer == None)
                {
                    Refused++;
                    return false;
                }
                Extra[x + Buffer] = buffer;
            }
            if ((flags & FragmentReceive) == 0)
            {
                Buffers.Release(Extra[x + Buffer]);
                Extra[x + Buffer] = None;
            }
            Extra[x + Tag] = tag;
            ResetSequence(pseudowire);
            Record[pseudowire * Stride + Flags] = Used | flags;
            return true;
        }

        /// <summary>Joins the row to an attachment or a bridge domain in place of a port, or to nothing (None); the row goes down.</summary>
        public void Connect(int pseudowire, int service)
        {
            Retire(pseudowire);
            Record[pseudowire * Stride + Flags] &= ~(Up | UpGeneral);
            Record[pseudowire * Stride + Port] = None;
            Extra[pseudowire * ExtraStride + Service] = service;
        }

        /// <summary>Joins the row to a port in place of what it was joined to; the row goes down. Counters of frames sent out begin anew.</summary>
        public void ConnectPort(int pseudowire, int port)
        {
            Connect(pseudowire, ForwardingHandle.None);
            Record[pseudowire * Stride + Port] = port;
        }

        /// <summary>
        /// Lets frames pass, or stops them. To be called again when the path is another one, or leads another way: one with an entropy label,
        /// a class map or a tunnel over IP is not for the kernels.
        /// </summary>
        public void SetUp(int pseudowire, bool up)
        {
            int r = pseudowire * Stride;
            int flags = Record[r + Flags] & ~(Up | UpGeneral);
            int path = Record[r + Path];
            bool plain = (flags & NotPlain) == 0 && Record[r + Port] >= 0 && !_paths.IsSpecial(path, _transports);
            Record[r + Flags] = !up ? flags : plain ? flags | Up : flags | UpGeneral;
        }

        /// <summary>Both numbers begin at 1 again, as when a pseudowire comes up (RFC 4385 section 4), and fragments that were kept are forgotten.</summary>
        public void ResetSequence(int pseudowire)
        {
            int x = pseudowire * ExtraStride;
            Extra[x + NextSequence] = 1;
            Extra[x + ExpectedSequence] = 1;
            Extra[x + NextFragment] = 0;
            Extra[x + Kept] = 0;
        }

        /// <summary>Frames sent out of a port as an AC, by all rows, those given back included.</summary>
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

        public bool IsUp(int pseudowire)
        {
            return (Record[pseudowire * Stride + Flags] & (Up | UpGeneral)) != 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("pseudowires");
            bill.Object(8);
            bill.Array(Record.Length * 4);
            bill.Array(Extra.Length * 4);
            Buffers.Bill(bill);
            bill.Array(RetiredFrames.Length * 4);
        }
    }
}
