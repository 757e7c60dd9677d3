using System.Runtime.InteropServices;

namespace LabEdge.Bench;

/// <summary>CPU time of the calling thread and of the process, and the CPU that a thread runs on (Linux).</summary>
public static class CpuClock
{
    private const int ProcessCpuTime = 2;
    private const int ThreadCpuTime = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [DllImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static extern int SchedSetAffinity(int thread, nint size, ulong[] mask);

    /// <summary>CPU time of the calling thread in ns (CLOCK_THREAD_CPUTIME_ID).</summary>
    public static long ThreadNs() => Read(ThreadCpuTime);

    /// <summary>CPU time, user and system, of all threads of this process in ns.</summary>
    public static long ProcessNs() => Read(ProcessCpuTime);

    /// <summary>Keeps the calling thread on one CPU.</summary>
    /// <exception cref="InvalidOperationException">The kernel refused.</exception>
    public static void Pin(int cpu)
    {
        ulong[] mask = new ulong[16];
        mask[cpu >> 6] = 1UL << (cpu & 63);
        if (SchedSetAffinity(0, mask.Length * 8, mask) != 0) throw new InvalidOperationException($"CPU {cpu}: sched_setaffinity failed, errno {Marshal.GetLastPInvokeError()}");
    }

    private static long Read(int clock)
    {
        if (ClockGetTime(clock, out TimeSpec time) != 0) throw new InvalidOperationException($"clock_gettime failed, errno {Marshal.GetLastPInvokeError()}");
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }
}
