using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// What each room of the router has done in its polls, for <c>show processes</c>. Units are those of <c>Router.Poll</c>: one frame,
    /// message, route or console step each. There are no times: below the boards nobody has a clock.
    /// </summary>
    public sealed class WorkAccount
    {
        public const int Forwarding = 0;
        public const int Host = 1;
        public const int Control = 2;
        public const int Console = 3;

        /// <summary>Protocol rooms follow, in the order in which they were added.</summary>
        public const int FirstProtocol = 4;
        public const int Rows = 8;

        // Units since start, in the last poll, most in one poll, and when it said it was next needed.
        private const int Stride = 4;
        private const int Most = 2;
        private const int Due = 3;

        private readonly int[] _row = new int[Rows * Stride];

        /// <summary>Polls of the router since start (wraps), the budget of the last, the units of the one in progress and of the longest.</summary>
        public uint Polls;
        public int Budget;
        public int LongestUnits;
        private int _units;

        /// <summary>Rows that have been noted at least once.</summary>
        public int Used;

        public void BeginPoll(int budget)
        {
            Polls++;
            Budget = budget;
            _units = 0;
        }

        /// <param name="nextMs">The room's answer: milliseconds until it is next needed; 0xFFFFFFFF = not before something comes.</param>
        public void Note(int room, int units, uint nextMs)
        {
            if (room >= Rows)
            {
                return;
            }
            int r = room * Stride;
            _row[r] += units;
            _row[r + 1] = units;
            _row[r + Most] = units > _row[r + Most] ? units : _row[r + Most];
            _row[r + Due] = (int)nextMs;
            _units += units;
            LongestUnits = _units > LongestUnits ? _units : LongestUnits;
            Used = room >= Used ? room + 1 : Used;
        }

        public uint UnitsOf(int room)
        {
            return (uint)_row[room * Stride];
        }

        public int LastOf(int room)
        {
            return _row[room * Stride + 1];
        }

        public int MostOf(int room)
        {
            return _row[room * Stride + Most];
        }

        public uint DueMsOf(int room)
        {
            return (uint)_row[room * Stride + Due];
        }

        public void Bill(RamBill bill)
        {
            bill.Row("work account");
            bill.Object(6);
            bill.Array(_row.Length * 4);
        }
    }
}
