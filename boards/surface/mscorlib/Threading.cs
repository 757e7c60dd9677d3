using System;

namespace System.Threading
{
    public sealed class AutoResetEvent : WaitHandle
    {
        public AutoResetEvent(bool initialState) => throw null;
        public bool Reset() => throw null;
        public bool Set() => throw null;
    }

    public sealed class ManualResetEvent : WaitHandle
    {
        public ManualResetEvent(bool initialState) => throw null;
        public bool Reset() => throw null;
        public bool Set() => throw null;
    }

    public abstract class WaitHandle : MarshalByRefObject, IDisposable
    {
        public const int WaitTimeout = 0x102;
        public bool WaitOne(int timeoutMs, bool exitContext) => throw null;
        public bool WaitOne() => throw null;
        public static bool WaitAll(WaitHandle[] waitHandles, int timeoutMs, bool exitContext) => throw null;
        public static bool WaitAll(WaitHandle[] waitHandles) => throw null;
        public static int WaitAny(WaitHandle[] waitHandles, int timeoutMs, bool exitContext) => throw null;
        public static int WaitAny(WaitHandle[] waitHandles) => throw null;
        void IDisposable.Dispose() => throw null;
    }

    public static class Interlocked
    {
        public static int Increment(ref int value) => throw null;
        public static int Decrement(ref int value) => throw null;
        public static int Exchange(ref int location, int value) => throw null;
        public static int CompareExchange(ref int location, int value, int comparand) => throw null;
    }

    public static class Monitor
    {
        public static void Enter(object value) => throw null;
        public static void Exit(object value) => throw null;
    }

    public sealed class Thread
    {
        public ThreadPriority Priority { get => throw null; set => throw null; }
        public int ManagedThreadId { get => throw null; }
        public bool IsAlive { get => throw null; }
        public static Thread CurrentThread { get => throw null; }
        public ThreadState ThreadState { get => throw null; }
        public Thread(ThreadStart start) => throw null;
        public void Start() => throw null;
        public void Abort() => throw null;
        public void Suspend() => throw null;
        public void Resume() => throw null;
        public void Join() => throw null;
        public bool Join(int timeoutMs) => throw null;
        public bool Join(TimeSpan time) => throw null;
        public static void Sleep(int timeoutMs) => throw null;
        public static void Sleep(TimeSpan time) => throw null;
        public static void SpinWait(int iterations) => throw null;
    }

    public enum ThreadPriority
    {
        Lowest = 0,
        BelowNormal = 1,
        Normal = 2,
        AboveNormal = 3,
        Highest = 4,
    }

    public static class Timeout
    {
        public const int Infinite = -1;
        public static readonly TimeSpan InfiniteTimeSpan;
    }

    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        public Timer(TimerCallback callback, object state, int dueTimeMs, int periodMs) => throw null;
        public Timer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period) => throw null;
        public bool Change(int dueTimeMs, int periodMs) => throw null;
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw null;
        public void Dispose() => throw null;
    }
}
