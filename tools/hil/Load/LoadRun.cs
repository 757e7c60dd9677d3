using System.Net;
using LabEdge.Emulator;

namespace LabEdge.Hil;

/// <summary>What the trials of one frame size came to.</summary>
/// <param name="Size">Octets of a frame, with FCS.</param>
/// <param name="Passes">False: a single frame did not come out in one piece, as where it is longer than the way; then there are no trials.</param>
/// <param name="Best">The trial at the greatest rate without loss; null when there is none.</param>
/// <param name="Trials">All, in the order they were made.</param>
public sealed record SizeResult(int Size, bool Passes, TrialResult Best, IReadOnlyList<TrialResult> Trials)
{
    public bool Sound => Trials.All(trial => trial.Sound);
}

/// <summary>Throughput, latency and frame loss of one flow through the device, in the manner of RFC 2544.</summary>
public sealed class LoadRun(LabSession session, LoadSettings settings, TextWriter output)
{
    private const int FcsLength = 4;
    private const int ProbeRate = 100;
    private const int Probes = 3;
    private const int LeastFrames = 20;

    // Between two trials the lab answers what the device has asked meanwhile.
    private const int PauseUs = 20_000;

    /// <exception cref="LabException">The flow names what the lab has not, or does not cross the device.</exception>
    public IReadOnlyList<SizeResult> Run()
    {
        FlowProbe probe = Probe();
        IReadOnlyList<ExternalPort> ports = session.Lab.Outside;
        LoadGenerator generator = new(ports, probe.In, probe.Out);
        output.WriteLine();
        output.WriteLine($"Load from {settings.From} to {settings.To}: into {ports[probe.In].Name}, out of {ports[probe.Out].Name}; UDP, {settings.Seconds} s a trial, at most {settings.MostRate} frames/s");
        List<SizeResult> results = [];
        foreach (int size in settings.Sizes) results.Add(RunSize(generator, probe, size));
        LoadText.Print(results, settings, output);
        return results;
    }

    private FlowProbe Probe()
    {
        if (session.Lab.Nodes.All(node => node.Name != settings.From)) throw Wrong(settings.From, "one of the nodes " + string.Join(", ", session.Lab.Nodes.Select(node => node.Name)));
        if (!IPAddress.TryParse(settings.To, out IPAddress to) || to.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork) throw Wrong(settings.To, "an IPv4 address");
        FlowProbe probe = new(session.Lab.Outside, to);
        foreach (VirtualWire wire in session.Lab.Wires) wire.AddTap(probe);
        string vrf = settings.Vrf.Length == 0 ? "" : $"vrf {settings.Vrf} ";
        for (int i = 0; i < 3 && !probe.IsWhole; i++) session.Type(settings.From, $"ping {vrf}{settings.To} repeat 2 timeout 1");
        foreach (VirtualWire wire in session.Lab.Wires) wire.RemoveTap(probe);
        if (!probe.IsWhole) throw Wrong($"{settings.From}:{settings.To}", probe.In < 0 ? "a flow that goes into the device" : "a flow that the device sends on");
        return probe;
    }

    private SizeResult RunSize(LoadGenerator generator, FlowProbe probe, int size)
    {
        int length = Math.Max(size - FcsLength, TestFrame.Least(probe.FrameIn));
        TestFrame frame = TestFrame.Make(probe.FrameIn, probe.FrameOut, length) ?? throw Wrong(settings.To, "a flow of IPv4");
        TrialResult first = generator.Run(frame, Probes, ProbeRate);
        if (first.Received == 0) return new SizeResult(size, false, null, []);

        List<TrialResult> trials = [];
        TrialResult best = null;
        bool Lossless(double rate)
        {
            session.RunUntil(session.NowUs + PauseUs);
            TrialResult trial = generator.Run(frame, Math.Max(LeastFrames, (int)(rate * settings.Seconds)), rate);
            trials.Add(trial);
            bool clean = trial.Lost == 0 && trial.Refused == 0;
            if (clean && (best == null || trial.Rate > best.Rate)) best = trial;
            return clean;
        }

        double most = settings.MostRateFor(size);
        RateSearch.NoLoss(most, settings.Resolution, Lossless);
        RateSearch.LossSteps(most, Lossless);
        return new SizeResult(size, true, best, trials);
    }

    private static LabException Wrong(string found, string expected) => new([new LabProblem("--flow", 0, found, expected)]);
}
