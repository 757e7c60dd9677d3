namespace LabEdge.Emulator;

/// <summary>Something that happens to an object at a point of virtual time.</summary>
public interface IEventTarget
{
    /// <param name="what">The target's own number for the kind of event.</param>
    /// <param name="subject">What the event carries, or null.</param>
    void Happen(int what, object subject);
}

/// <summary>
/// Virtual time: a queue of events in microseconds. Events come in the order of their time, and those of one time in the
/// order in which they were put in, so that a run is a function of what was put in and of nothing else.
/// </summary>
public sealed class EventQueue
{
    /// <summary>A time that never comes.</summary>
    public const long Never = long.MaxValue;

    private struct Entry
    {
        public long Time;
        public long Sequence;
        public IEventTarget Target;
        public int What;
        public object Subject;
    }

    // A binary heap; it grows to the largest number of events ever pending and allocates nothing after that.
    private Entry[] _heap = new Entry[256];
    private int _count;
    private long _sequence;

    /// <summary>Virtual time in microseconds.</summary>
    public long Now { get; private set; }

    /// <summary>The same in milliseconds, as a router counts: it wraps at 2^32.</summary>
    public uint NowMs => (uint)(Now / 1000);

    /// <summary>Events that have happened.</summary>
    public long Happened { get; private set; }

    /// <summary>Time of the next event, or <see cref="Never"/>.</summary>
    public long NextTime => _count == 0 ? Never : _heap[0].Time;

    /// <summary>Puts in an event. A time that has passed means now.</summary>
    public void At(long time, IEventTarget target, int what, object subject = null)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        int hole = _count++;
        Entry entry = new() { Time = Math.Max(time, Now), Sequence = _sequence++, Target = target, What = what, Subject = subject };
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (!Before(entry, _heap[parent])) break;
            _heap[hole] = _heap[parent];
            hole = parent;
        }

        _heap[hole] = entry;
    }

    /// <summary>Lets the next event happen.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        if (_count == 0) return false;
        Entry first = Take();
        Now = first.Time;
        Happened++;
        first.Target.Happen(first.What, first.Subject);
        return true;
    }

    /// <summary>Lets everything happen up to and at <paramref name="time"/>, and sets the clock there.</summary>
    public void RunUntil(long time)
    {
        while (NextTime <= time) Step();
        Now = Math.Max(Now, time);
    }

    /// <summary>Runs until <paramref name="done"/> says so; it is asked after each event.</summary>
    /// <returns>False when <paramref name="limit"/> (virtual microseconds from now) passed first: the clock then stands there.</returns>
    public bool RunUntil(Func<bool> done, long limit)
    {
        long end = Now + limit;
        while (!done())
        {
            if (NextTime > end)
            {
                Now = end;
                return false;
            }

            Step();
        }

        return true;
    }

    private Entry Take()
    {
        Entry first = _heap[0];
        Entry last = _heap[--_count];
        _heap[_count] = default;
        int hole = 0;
        while (true)
        {
            int child = hole * 2 + 1;
            if (child >= _count) break;
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child])) child++;
            if (!Before(_heap[child], last)) break;
            _heap[hole] = _heap[child];
            hole = child;
        }

        if (_count > 0) _heap[hole] = last;
        return first;
    }

    private static bool Before(in Entry a, in Entry b)
    {
        return a.Time != b.Time ? a.Time < b.Time : a.Sequence < b.Sequence;
    }
}
