using System.Diagnostics;

namespace LabEdge.Emulator;

/// <summary>SPI transfers per frame, of all ports of a lab over the chip model.</summary>
public sealed record SpiTransfers(double Received, double Sent, long FramesReceived, long FramesSent, long Idle);

/// <summary>What a run of a lab came to.</summary>
/// <param name="VirtualTimeUs">Virtual time at the end.</param>
/// <param name="Spi">Null when the lab ran on bare wires.</param>
public sealed record LabReport(
    string Lab, long Seed, string Digest, long VirtualTimeUs, long Frames, IReadOnlyList<CheckResult> Results, SpiTransfers Spi, TimeSpan WallTime)
{
    /// <summary>The commands of <see cref="LabOptions.Shows"/> with their output, in that order.</summary>
    public IReadOnlyList<Shown> Shows { get; init; } = [];

    /// <summary>Lines of the lab's own script that a console did not take.</summary>
    public IReadOnlyList<ScriptedAnswer> RefusedEvents { get; init; } = [];

    /// <summary>Lines of configurations that LabEdge does not support and that were skipped.</summary>
    public IReadOnlyList<LabProblem> Skipped { get; init; } = [];

    public LabScore Score => new(Results);

    public bool Ok => Score.Ok;

    public int Points => Score.Points;

    public int PointsPossible => Score.Possible;

    /// <inheritdoc cref="LabScore.Percent"/>
    public int Percent => Score.Percent;

    /// <inheritdoc cref="LabScore.FirstUnmet"/>
    public CheckResult FirstUnmet => Score.FirstUnmet;
}

/// <summary>Runs a lab from its start to its score, and tells a listener what happens on the way.</summary>
public sealed class LabRun
{
    private const int SettlingParts = 40;

    /// <summary>Virtual time to which the lab runs on when its goals are judged.</summary>
    public long UntilUs { get; init; }

    /// <summary>Called with the lab once its routers are configured, before virtual time begins.</summary>
    public Action<RunningLab> Started { get; init; }

    /// <summary>Called several times while it settles, with the virtual time at which that ends.</summary>
    public Action<RunningLab, long> Settling { get; init; }

    /// <summary>Called when the settling time has passed.</summary>
    public Action<RunningLab> Settled { get; init; }

    /// <summary>Called with the journey of the lab's ping, if the lab has one.</summary>
    public Action<JourneySettings, Journey> Followed { get; init; }

    /// <summary>Called after each check.</summary>
    public Action<CheckResult> Checked { get; init; }

    /// <exception cref="LabException">Mistakes in the lab's files: nothing has run.</exception>
    public LabReport Run(string path, LabOptions options)
    {
        using LabSession session = LabSession.Open(path, options);
        return Run(session);
    }

    /// <summary>Goes on with a lab from where it is: settles, follows its ping, looks at its goals.</summary>
    public LabReport Run(LabSession session)
    {
        long start = Stopwatch.GetTimestamp();
        RunningLab lab = session.Lab;
        Started?.Invoke(lab);
        CheckList list = lab.Folder.Checks;
        Settle(session, list.SettleUs);
        Settled?.Invoke(lab);

        CheckRunner runner = new(session);
        if (list.Journey != null)
        {
            Journey journey = runner.Follow(list.Journey);
            Followed?.Invoke(list.Journey, journey);
        }

        List<CheckResult> results = [];

        // Those with a time of their own come when it is there, or when the one before is judged; the others in the order of the file.
        foreach (LabCheck check in list.Checks.OrderBy(check => check.AtUs ?? list.SettleUs))
        {
            session.RunUntil(check.AtUs ?? session.NowUs);
            results.Add(runner.Run(check));
            Checked?.Invoke(results[^1]);
        }

        session.RunUntil(UntilUs);

        // The report is made before the commands run: a ping among them must not change it.
        LabReport report = new(
            lab.Folder.Name, lab.Options.Seed, lab.Digest.Hex(), lab.Queue.Now, lab.Digest.Frames, results, Transfers(lab), Stopwatch.GetElapsedTime(start))
        {
            RefusedEvents = [.. lab.ScriptedAnswers.Where(answer => answer.Refusal != null)],
            Skipped = [.. lab.Skipped],
        };
        List<Shown> shows = [];
        foreach (ShowRequest show in lab.Options.Shows) shows.Add(Shown.Type(session, show.Node, show.Command, out _));
        return report with { Shows = shows };
    }

    // In parts: where a run stops to look makes no difference to it.
    private void Settle(LabSession session, long endUs)
    {
        long part = Math.Max(1, (endUs - session.NowUs) / SettlingParts);
        while (Settling != null && session.NowUs + part < endUs)
        {
            session.RunUntil(session.NowUs + part);
            Settling(session.Lab, endUs);
        }

        session.RunUntil(endUs);
    }

    private static SpiTransfers Transfers(RunningLab lab)
    {
        if (lab.Meters.Count == 0) return null;
        long received = lab.Meters.Sum(meter => meter.FramesReceived);
        long sent = lab.Meters.Sum(meter => meter.FramesSent);
        return new SpiTransfers(
            (double)lab.Meters.Sum(meter => meter.ReceiveTransfers) / Math.Max(received, 1),
            (double)lab.Meters.Sum(meter => meter.SendTransfers) / Math.Max(sent, 1),
            received,
            sent,
            lab.Meters.Sum(meter => meter.IdleTransfers));
    }
}
