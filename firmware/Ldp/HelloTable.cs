using LabEdge.Forwarding;

namespace LabEdge.Ldp
{
    /// <summary>Hello adjacencies (RFC 5036 section 2.4): who is heard where. Parallel arrays; the index is the handle.</summary>
    public sealed class HelloTable
    {
        public const int None = -1;

        /// <summary>A row of a targeted adjacency has this port.</summary>
        public const int Targeted = -1;

        /// <summary>0 = the row is free.</summary>
        public readonly uint[] LsrId;
        public readonly uint[] Source;
        public readonly uint[] Transport;
        public readonly short[] Port;

        /// <summary>Seconds; 0xFFFF = for ever.</summary>
        public readonly ushort[] HoldSeconds;
        public readonly uint[] Deadline;

        /// <summary>The neighbour wants GTSM (RFC 6720).</summary>
        public readonly bool[] Gtsm;

        public HelloTable(Capacity capacity)
        {
            int rows = capacity.LdpSessions * 2;
            LsrId = new uint[rows];
            Source = new uint[rows];
            Transport = new uint[rows];
            Port = new short[rows];
            HoldSeconds = new ushort[rows];
            Deadline = new uint[rows];
            Gtsm = new bool[rows];
        }

        public int Rows
        {
            get { return LsrId.Length; }
        }

        /// <returns>The row of a neighbour on a port, or <see cref="None"/>.</returns>
        public int Find(uint lsrId, int port, uint source)
        {
            for (int i = 0; i < LsrId.Length; i++)
            {
                if (LsrId[i] == lsrId && Port[i] == port && Source[i] == source)
                {
                    return i;
                }
            }
            return None;
        }

        /// <returns>A row of a neighbour, or <see cref="None"/>.</returns>
        public int FirstOf(uint lsrId)
        {
            for (int i = 0; i < LsrId.Length; i++)
            {
                if (LsrId[i] == lsrId)
                {
                    return i;
                }
            }
            return None;
        }

        /// <returns>A free row, or <see cref="None"/>.</returns>
        public int Free()
        {
            return FirstOf(0);
        }

        public void Bill(RamBill bill)
        {
            bill.Object(7);
            bill.Array(LsrId.Length * 4);
            bill.Array(Source.Length * 4);
            bill.Array(Transport.Length * 4);
            bill.Array(Port.Length * 2);
            bill.Array(HoldSeconds.Length * 2);
            bill.Array(Deadline.Length * 4);
            bill.Array(Gtsm.Length);
        }
    }
}
