namespace LabEdge.Forwarding
{
    /// <summary>
    /// Maps between the traffic class of a label, the DSCP of an IP packet and the priority of an 802.1Q tag (RFC 3270 sections 2.6 and 4).
    /// Row 0 is the identity: a class is the class selector bits of a DSCP (RFC 2474 section 4.2.2), and the priority itself. Only control writes.
    /// </summary>
    public sealed class ClassMapTable
    {
        /// <summary>Octets per row, and where each map begins: by DSCP (64), priority, class and class again (8 each).</summary>
        public const int Stride = 88;
        public const int DscpToClass = 0;
        public const int PriorityToClass = 64;
        public const int ClassToDscp = 72;
        public const int ClassToPriority = 80;

        /// <summary>The row that no one changes.</summary>
        public const int Identity = 0;

        public readonly byte[] Map;

        public ClassMapTable(Capacity capacity)
        {
            Map = new byte[capacity.ClassMaps * Stride];
            for (int row = 0; row < capacity.ClassMaps; row++)
            {
                Reset(row);
            }
        }

        public int Count
        {
            get { return Map.Length / Stride; }
        }

        /// <summary>Makes a row the identity again.</summary>
        public void Reset(int row)
        {
            int r = row * Stride;
            for (int i = 0; i < 64; i++)
            {
                Map[r + DscpToClass + i] = (byte)(i >> 3);
            }
            for (int i = 0; i < 8; i++)
            {
                Map[r + PriorityToClass + i] = (byte)i;
                Map[r + ClassToDscp + i] = (byte)(i << 3);
                Map[r + ClassToPriority + i] = (byte)i;
            }
        }

        /// <summary>One entry of one map.</summary>
        /// <param name="map"><see cref="DscpToClass"/> and so on.</param>
        /// <returns>False when there is no such row, or a number is out of its range; row 0 does not change.</returns>
        public bool Set(int row, int map, int from, int to)
        {
            bool fits = map == DscpToClass ? (uint)from < 64 && (uint)to < 8
                : map == ClassToDscp ? (uint)from < 8 && (uint)to < 64
                : (map == PriorityToClass || map == ClassToPriority) && (uint)from < 8 && (uint)to < 8;
            if (!fits || row <= Identity || row >= Count)
            {
                return false;
            }
            Map[row * Stride + map + from] = (byte)to;
            return true;
        }

        public void Bill(RamBill bill)
        {
            bill.Row("class maps");
            bill.Object(1);
            bill.Array(Map.Length);
        }
    }
}
