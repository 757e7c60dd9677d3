namespace LabEdge.Forwarding
{
    /// <summary>Ethernet pseudowires (RFC 4448), raw mode: one row joins an attachment circuit (AC) and a path.</summary>
    public sealed class PseudowireTable
    {
        public const int Stride = 8;

        /// <summary>Flags; 0 = free row.</summary>
        public const int Flags = 0;
        public const int Used = 1;

        /// <summary>Both ends are configured and the tunnel is there: frames pass.</summary>
        public const int Up = 2;

        /// <summary>Control word (RFC 4385) sent and expected.</summary>
        public const int ControlWord = 4;

        /// <summary>Path index: service word = the remote label with S and TTL 255, pipe.</summary>
        public const int Path = 1;

        /// <summary>Port of the attachment circuit.</summary>
        public const int Port = 2;

        /// <summary>Longest frame that the AC takes, link header included.</summary>
        public const int MaxFrame = 3;

        /// <summary>Frames from the AC into the core, and octets (frame as received).</summary>
        public const int FramesIn = 4;
        public const int OctetsIn = 5;

        /// <summary>Frames sent out of the AC, and octets.</summary>
        public const int FramesOut = 6;
        public const int OctetsOut = 7;

        public const int None = -1;

        public readonly int[] Record;
        private readonly int _count;

        /// <summary>Frames per AC port that rows sent before they were given back: the egress sums need them.</summary>
        public readonly int[] RetiredFrames;

        public int Refused;

        public PseudowireTable(Capacity capacity)
        {
            _count = capacity.Pseudowires;
            Record = new int[_count * Stride];
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
                    Record[r + Flags] = Used;
                    return i;
                }
            }
            Refused++;
            return None;
        }

        public void Release(int pseudowire)
        {
            int r = pseudowire * Stride;
            RetiredFrames[Record[r + Port]] += Record[r + FramesOut];
            Record[r + FramesOut] = 0;
            Record[r + Flags] = 0;
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
            return (Record[pseudowire * Stride + Flags] & Up) != 0;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("pseudowires");
            bill.Object(4);
            bill.Array(Record.Length * 4);
            bill.Array(RetiredFrames.Length * 4);
        }
    }
}
