using System.Diagnostics;
using System.Text;

namespace LabEdge.Emulator.Commands;

/// <summary>
/// Runs a router in real time on one thread: sleeps in poll(2) until a frame, a line, a change of a link, a signal, or the time
/// that the router named. Under load it polls the ports without sleeping, in bursts.
/// </summary>
public sealed class RouterLoop
{
    /// <summary>The links are asked this often although the watch tells: what it missed is put right.</summary>
    private const int RefreshMs = 10_000;

    private const int Bursts = 8;

    private readonly RealRouter _real;
    private readonly double? _seconds;
    private readonly TelnetConsole _telnet;
    private readonly ConsoleInput _input = new();
    private readonly byte[] _octets = new byte[1024];
    private readonly byte[] _one = [1, 0, 0, 0, 0, 0, 0, 0];
    private readonly bool _terminal = !Console.IsInputRedirected;
    private readonly CtrlC _ctrlC;
    private bool _promptDue;
    private volatile bool _stop;
    private readonly int _wakeUp;

    public RouterLoop(RealRouter real, double? seconds, TelnetConsole telnet = null)
    {
        _real = real;
        _seconds = seconds;
        _telnet = telnet;
        _promptDue = _terminal;
        _ctrlC = new CtrlC(_terminal);

        // Kept until the process ends, as a signal may come when the loop has ended.
        _wakeUp = LinuxSocket.EventDescriptor(0, LinuxSocket.SOCK_NONBLOCK | LinuxSocket.SOCK_CLOEXEC);
        if (_wakeUp < 0) throw new PortException("no event descriptor: " + LinuxSocket.LastError());
    }

    /// <summary>Returns after <see cref="Stop"/>, Ctrl-C (<see cref="CtrlC"/>) or the seconds asked for.</summary>
    public void Run(TextWriter output)
    {
        using LinkWatch links = new();
        // A link may have changed between the opening of its port and that of the watch.
        _real.RefreshLinks();
        output.WriteLine("ready");
        output.Flush();
        Serve(links, output);
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _stop = true;
        WakeUp();
    }

    /// <summary>Ctrl-C was pressed; from any thread.</summary>
    public void Interrupt()
    {
        _ctrlC.Press();
        WakeUp();
    }

    private void Serve(LinkWatch links, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        long refreshed = start;
        LinuxSocket.PollRequest[] requests = Requests(links);
        while (!_stop)
        {
            uint wait = Poll();
            if (_ctrlC.EndsRouter(_real.Router.Cli.Busy, out bool abort)) break;
            if (abort) _real.Router.Cli.Abort();
            bool busy = TypeNext(output);
            if (_telnet != null) busy |= _telnet.Serve();
            TakeOutput(output);
            double left = _seconds == null ? double.MaxValue : _seconds.Value * 1000 - Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (left <= 0) break;
            double fresh = RefreshMs - Stopwatch.GetElapsedTime(refreshed).TotalMilliseconds;
            if (fresh <= 0)
            {
                refreshed = Stopwatch.GetTimestamp();
                _real.RefreshLinks();
                continue;
            }

            int sleep = busy ? 0 : (int)Math.Min(Math.Min(Math.Min(wait, _real.WaitMs), Math.Ceiling(fresh)), Math.Ceiling(left));

            // Descriptor 0 comes last; a negative one is not looked at.
            if (_telnet != null) requests[^4].Descriptor = _telnet.Session;
            requests[^1].Descriptor = _input.Ended || _input.Full ? -1 : ConsoleInput.Descriptor;
            if (LinuxSocket.Poll(requests, (nuint)requests.Length, sleep) <= 0) continue;
            if (requests[^1].Returned != 0) _input.Read();
            if (requests[^2].Returned != 0) LinuxSocket.Read(_wakeUp, _octets, 8);
            if (requests[^3].Returned != 0 && links.Drain()) _real.RefreshLinks();
            TakeErrors(requests);
        }

        TakeOutput(output);
        if (_terminal) output.WriteLine();
    }

    // Under load several bursts go between two looks at the rest.
    private uint Poll()
    {
        uint wait = _real.Poll();
        for (int i = 1; i < Bursts && wait == 0; i++) wait = _real.Poll();
        return wait;
    }

    // An error that nobody takes would be told again at once, without end.
    private void TakeErrors(LinuxSocket.PollRequest[] requests)
    {
        const int errors = LinuxSocket.POLLERR | LinuxSocket.POLLHUP | LinuxSocket.POLLNVAL;
        for (int i = 0; i < _real.Ports.Count; i++)
        {
            if ((requests[i].Returned & errors) == 0) continue;
            _real.Ports[i].TakeError();
            requests[i].Descriptor = _real.Ports[i].Descriptor;
        }
    }

    // Ports, then the console over TCP (who calls, who is there), the link watch, the wake-up of signals, and standard input.
    private LinuxSocket.PollRequest[] Requests(LinkWatch links)
    {
        int[] descriptors = [.. _real.Ports.Select(port => port.Descriptor), _telnet?.Listening ?? -1, -1, links.Descriptor, _wakeUp, ConsoleInput.Descriptor];
        return [.. descriptors.Select(descriptor => new LinuxSocket.PollRequest { Descriptor = descriptor, Events = LinuxSocket.POLLIN })];
    }

    // One line at a time: the next when the last command has ended. True when the router must run again at once.
    private bool TypeNext(TextWriter output)
    {
        TakeOutput(output);

        // What it said is told: it starts again before the next line.
        if (_real.Router.RestartRequested) return true;
        if (_real.Router.Cli.Busy) return false;
        if (_promptDue)
        {
            _promptDue = false;
            output.Write(_real.Router.Cli.Prompt);
            output.Flush();
        }

        string line = _input.Next();
        if (line == null) return false;
        LabEdge.Cli.CommandLine console = _real.Router.Cli;
        if (console.Closed)
        {
            // As on a router's console line: Enter opens it again. What a pipe still holds is for nobody.
            console.Closed = !_terminal;
            _promptDue = _terminal;
            return true;
        }

        console.Line(line, _real.NowMs);
        _promptDue = _terminal && !console.Closed;
        if (_real.Router.RestartRequested) return true;
        if (_terminal && console.Closed) output.WriteLine("The session is closed: Enter opens it again, Ctrl-C ends the router.");
        return true;
    }

    private void TakeOutput(TextWriter output)
    {
        bool any = false;
        int count;
        while ((count = _real.Router.Cli.Output.Take(_octets, 0, _octets.Length)) > 0)
        {
            string text = Encoding.Latin1.GetString(_octets, 0, count);
            output.Write(text);
            _telnet?.Print(text);
            any = true;
        }

        if (any) output.Flush();
    }

    private void WakeUp()
    {
        LinuxSocket.Write(_wakeUp, _one, (nuint)_one.Length);
    }
}
