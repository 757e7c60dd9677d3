using LabEdge.Emulator.Commands;

namespace LabEdge.Emulator;

// Time: as quick as this machine can, or by its clock, as soon as somebody outside is there.
public sealed partial class RunningLab
{
    private readonly List<ExternalPort> _outside = [];
    private LinuxSocket.PollRequest[] _polled = [];
    private bool _visited;
    private volatile bool _stopped;

    /// <summary>Null while time is virtual alone.</summary>
    public LabClock Clock { get; private set; }

    /// <summary>The links' ends at ports of this machine.</summary>
    public IReadOnlyList<ExternalPort> Outside => _outside;

    /// <summary>People who look in from time to time (consoles over TCP); asked while the lab waits for the clock.</summary>
    public Action Visitors { get; set; }

    /// <summary>Lets virtual time follow the clock from now on.</summary>
    public void FollowClock(double factor) => Clock = new LabClock(factor);

    /// <summary>Lets everything happen up to and at this time.</summary>
    public void RunUntil(long timeUs)
    {
        if (Clock == null) Queue.RunUntil(timeUs);
        else RunByClock(() => false, timeUs);
    }

    /// <summary>Runs until <paramref name="done"/> says so; it is asked after each event.</summary>
    /// <returns>False when <paramref name="limit"/> (virtual microseconds from now) passed first.</returns>
    public bool RunUntil(Func<bool> done, long limit)
    {
        return Clock == null ? Queue.RunUntil(done, limit) : RunByClock(done, Queue.Now + limit);
    }

    /// <summary>Ends a run by the clock, and every later one at once; from any thread.</summary>
    public void Stop() => _stopped = true;

    private bool RunByClock(Func<bool> done, long endUs)
    {
        while (!done())
        {
            if (_stopped) return false;
            long due = Math.Min(Clock.DueUs(Queue.Now), endUs);
            while (Queue.NextTime <= due)
            {
                Queue.Step();
                if (!done()) continue;
                Flush();
                return true;
            }

            Queue.RunUntil(Math.Max(due, Queue.Now));
            foreach (ExternalPort port in _outside) port.TakeIn();
            Visit();
            Queue.RunUntil(Queue.Now);
            Flush();
            if (done()) return true;
            if (Queue.Now >= endUs) return false;
            Sleep(Clock.WaitMs(Queue.Now, Math.Min(Queue.NextTime, endUs)));
        }

        return true;
    }

    // What visitors type runs the lab up to now: they are not asked again meanwhile.
    private void Visit()
    {
        if (Visitors == null || _visited) return;
        _visited = true;
        Visitors();
        _visited = false;
    }

    private void Flush()
    {
        foreach (ExternalPort port in _outside) port.Flush();
    }

    // A frame from outside ends the sleep.
    private void Sleep(int milliseconds)
    {
        foreach (ExternalPort port in _outside) milliseconds = Math.Min(milliseconds, port.Port.WaitMs);
        if (milliseconds == 0) return;
        if (_outside.Count == 0 || !OperatingSystem.IsLinux())
        {
            Thread.Sleep(milliseconds);
            return;
        }

        if (LinuxSocket.Poll(_polled, (nuint)_polled.Length, milliseconds) <= 0) return;
        for (int i = 0; i < _polled.Length; i++)
        {
            if ((_polled[i].Returned & ~LinuxSocket.POLLIN) == 0) continue;
            _outside[i].Port.TakeError();
            _polled[i].Descriptor = _outside[i].Port.Descriptor;
        }
    }

    /// <exception cref="PortException">A port cannot be opened.</exception>
    private void OpenOutside()
    {
        Topology topology = Folder.Topology;
        for (int i = 0; i < topology.Links.Count; i++)
        {
            for (int side = 0; side < 2; side++)
            {
                PortRequest request = PortOf(topology.Links[i].Ends[side]);
                if (request == null) continue;

                // Between two strangers a lab is a cable: it carries what they send, Ethernet or not.
                bool cable = PortOf(topology.Links[i].Ends[1 - side]) != null;
                _outside.Add(new ExternalPort($"{topology.Links[i].Ends[side].Node}:{topology.Links[i].Ends[side].Interface}", Wires[i].Ends[side], request, cable, () => Queue.Now));
            }
        }

        _polled = [.. _outside.Select(port => new LinuxSocket.PollRequest { Descriptor = port.Port.Descriptor, Events = LinuxSocket.POLLIN })];
        if (Options.Speed > 0 || _outside.Count > 0) FollowClock(Options.Speed > 0 ? Options.Speed : 1);
    }

    private PortRequest PortOf(LinkEndpoint end) => Folder.Topology.Externals.FirstOrDefault(node => node.Name == end.Node)?.PortAt(end.Interface);
}
