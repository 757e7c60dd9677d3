using LabEdge.Forwarding;

namespace LabEdge.Control
{
    /// <summary>
    /// What happened, for <c>show logging</c>: a ring of <see cref="Capacity.LogEntries"/> events as numbers (<see cref="LogEvent"/> and three
    /// arguments), written out only when somebody looks. The oldest goes when it is full, and is counted. Anything in Control and the protocols
    /// may <see cref="Add"/>; nothing on the frame path does. It also keeps the time since start, beyond the wrap of milliseconds.
    /// </summary>
    public sealed class EventLog
    {
        // Seconds since start, code, a, b, c.
        private const int Stride = 5;

        private readonly int[] _ring;
        private int _next;
        private uint _last;
        private uint _milliseconds;
        private bool _started;

        /// <summary>Since the router started.</summary>
        public uint UptimeSeconds;

        /// <summary>Events held.</summary>
        public int Count;

        /// <summary>Events ever logged, and those of them that newer ones took the place of.</summary>
        public uint Logged;
        public uint Overwritten;

        public EventLog(Capacity capacity)
        {
            _ring = new int[capacity.LogEntries * Stride];
        }

        public int Size
        {
            get { return _ring.Length / Stride; }
        }

        /// <summary>Time goes on. The first call is the start.</summary>
        /// <param name="now">Milliseconds; wraps.</param>
        public void SetClock(uint now)
        {
            if (!_started)
            {
                _started = true;
                _last = now;
                Add(LogEvent.Restarted, 0, 0, 0);
            }
            uint passed = now - _last;
            _last = now;
            _milliseconds += passed % 1000;
            UptimeSeconds += passed / 1000 + _milliseconds / 1000;
            _milliseconds %= 1000;
        }

        /// <summary>Logs an event at the present time.</summary>
        public void Add(int code, int a, int b, int c)
        {
            int at = _next * Stride;
            _ring[at] = (int)UptimeSeconds;
            _ring[at + 1] = code;
            _ring[at + 2] = a;
            _ring[at + 3] = b;
            _ring[at + 4] = c;
            _next = _next + 1 < Size ? _next + 1 : 0;
            Logged++;
            if (Count < Size)
            {
                Count++;
            }
            else
            {
                Overwritten++;
            }
        }

        public void Clear()
        {
            Count = 0;
        }

        // Entry i of those held, 0 = the oldest.
        private int At(int i, int field)
        {
            int k = _next - Count + i;
            return _ring[(k < 0 ? k + Size : k) * Stride + field];
        }

        public uint SecondsOf(int i)
        {
            return (uint)At(i, 0);
        }

        public int CodeOf(int i)
        {
            return At(i, 1);
        }

        /// <param name="k">0 to 2.</param>
        public int ArgumentOf(int i, int k)
        {
            return At(i, 2 + k);
        }

        public void Bill(RamBill bill)
        {
            bill.Row("event log");
            bill.Object(9);
            bill.Array(_ring.Length * 4);
        }
    }
}
