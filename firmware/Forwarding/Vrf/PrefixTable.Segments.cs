namespace LabEdge.Forwarding
{
    // The pool of the small layout: one segment of entries per row, in the order of the rows, each with some room behind it.
    public sealed partial class PrefixTable
    {
        private int RoomOf(int row)
        {
            int r = row * Stride;
            int end = row == 2 * _vrfs - 1 ? First.Length : Vrf[r + Stride + Base];
            return end - Vrf[r + Base] - Vrf[r + CountField];
        }

        // Makes a gap of entries in a segment, at this offset from its base. False when the pool is full.
        private bool Open(int row, int at, int entries)
        {
            int r = row * Stride;
            int count = Vrf[r + CountField];
            if (count + entries > MaxSegment || _used + entries > First.Length)
            {
                return false;
            }
            if (RoomOf(row) < entries)
            {
                Widen(row, entries);
            }
            int i = Vrf[r + Base] + at;
            Shift(i, i + entries, count - at);
            SetCount(row, count + entries);
            _used += entries;
            return true;
        }

        private void Close(int row, int at, int entries)
        {
            int r = row * Stride;
            int count = Vrf[r + CountField] - entries;
            int i = Vrf[r + Base] + at;
            Shift(i + entries, i, count - at);
            SetCount(row, count);
            _used -= entries;
        }

        // Room for the row, half its size more when there is some, so that a growing segment moves its neighbours rarely. When the room
        // behind the last segment does not do, the others give up theirs first.
        private void Widen(int row, int entries)
        {
            int end = 2 * _vrfs - 1;
            if (RoomOf(end) < entries)
            {
                int to = 0;
                for (int v = 0; v <= end; v++)
                {
                    int r = v * Stride;
                    if (Vrf[r + Base] != to)
                    {
                        Shift(Vrf[r + Base], to, Vrf[r + CountField]);
                        Vrf[r + Base] = to;
                    }
                    to += Vrf[r + CountField];
                }
            }
            if (row == end)
            {
                return;
            }
            int free = RoomOf(end);
            int by = entries + (Vrf[row * Stride + CountField] >> 1);
            by = by > free ? free : by;
            int from = Vrf[(row + 1) * Stride + Base];
            Shift(from, from + by, Vrf[end * Stride + Base] + Vrf[end * Stride + CountField] - from);
            for (int v = row + 1; v <= end; v++)
            {
                Vrf[v * Stride + Base] += by;
            }
        }

        private void Shift(int from, int to, int count)
        {
            if (count > 0)
            {
                System.Array.Copy(First, from, First, to, count);
                System.Array.Copy(Last, from, Last, to, count);
                System.Array.Copy(Handle, from, Handle, to, count);
                System.Array.Copy(Up, from, Up, to, count);
            }
        }

        private void SetCount(int row, int count)
        {
            int log = 0;
            while (2 << log <= count)
            {
                log++;
            }
            int r = row * Stride;
            Vrf[r + CountField] = count;
            Vrf[r + Log] = log;
            Vrf[r + Rest] = count - (1 << log);
        }
    }
}
