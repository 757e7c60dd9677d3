using System.Diagnostics;
using System.Runtime.InteropServices;
using LabEdge.Emulator;

namespace LabEdge.Bench;

/// <summary>A forwarder in a process of its own, on a CPU of its own: its CPU time is nobody else's.</summary>
public sealed class ForwarderProcess : IDisposable
{
    private const int ProcessClock = 2;
    private const int ReadyMs = 30_000;
    private const int EndMs = 10_000;

    // Whoever ends this process early must not leave forwarders behind.
    private static readonly List<Process> s_running = [];
    private static readonly List<PosixSignalRegistration> s_signals = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndAll), PosixSignalRegistration.Create(PosixSignal.SIGINT, EndAll)];

    private readonly Process _process;

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    /// <summary>Starts it, and waits until it says "ready".</summary>
    /// <param name="cpu">It runs there; the calling thread goes on at <paramref name="ownCpu"/>.</param>
    /// <exception cref="PortException">It ended before.</exception>
    public ForwarderProcess(string program, IEnumerable<string> arguments, int cpu, int ownCpu)
    {
        // A child begins on the CPU of its parent's thread, and in its network namespace.
        CpuClock.Pin(cpu);
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
        CpuClock.Pin(ownCpu);
        lock (s_signals) s_running.Add(_process);
        Task<string> line = _process.StandardOutput.ReadLineAsync();
        if (line.Wait(ReadyMs) && line.Result == "ready") return;
        string reason = _process.WaitForExit(1000) ? _process.StandardError.ReadToEnd().Trim() : "it does not say ready";
        Dispose();
        throw new PortException($"{Path.GetFileName(program)}: {reason}");
    }

    /// <summary>CPU time, user and system, of all its threads in ns.</summary>
    public long CpuNs()
    {
        // The process's clock by the kernel's rule (clock_getcpuclockid(3)).
        if (ClockGetTime((~_process.Id << 3) | ProcessClock, out TimeSpec time) != 0) throw new PortException("a forwarder has ended");
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }

    public void Dispose()
    {
        lock (s_signals) s_running.Remove(_process);
        if (!_process.HasExited)
        {
            Machine.Output("kill", "-TERM", _process.Id.ToString());
            if (!_process.WaitForExit(EndMs)) _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private static void EndAll(PosixSignalContext context)
    {
        lock (s_signals) s_running.ForEach(process => process.Kill());
    }
}
