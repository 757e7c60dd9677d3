using LabEdge.Devices;
using LabEdge.Emulator;
using LabEdge.Emulator.Commands;

namespace LabEdge.Hil;

/// <summary>What a run around a device came to.</summary>
/// <param name="Results">Goals of the lab, those on the device's console included.</param>
/// <param name="NotJudged">Goals that need the inside of the device, or a console that was not given.</param>
/// <param name="Loads">One per frame size.</param>
public sealed record HilReport(IReadOnlyList<CheckResult> Results, IReadOnlyList<LabCheck> NotJudged, IReadOnlyList<SizeResult> Loads)
{
    public LabScore Score => new(Results);

    /// <summary>Every goal that was judged is met, and no frame came back other than it should.</summary>
    public bool Ok => Score.Ok && Loads.All(load => load.Sound);
}

/// <summary>Runs a lab around a device, looks at its goals, and puts load on the device.</summary>
public static class HilRun
{
    /// <param name="load">Null = no load.</param>
    /// <exception cref="LabException">Mistakes in the lab's files or the device: nothing has run.</exception>
    /// <exception cref="PortException">A port of this machine cannot be opened.</exception>
    /// <exception cref="IOException">The console cannot be opened, or does not answer.</exception>
    public static HilReport Run(string lab, DeviceUnderTest device, LoadSettings load, TextWriter output)
    {
        using SurroundingLab around = SurroundingLab.Make(lab, device);
        using LabSession session = LabSession.Open(around.Folder, new LabOptions());
        List<CheckResult> results = [.. new LabText(output).MakeRun().Run(session).Results];
        LookAgain(session, results, output);
        List<LabCheck> left = [.. around.DeviceChecks];
        if (device.Console != null) JudgeOnConsole(session, device, left, results, output);
        foreach (LabCheck check in left) output.WriteLine($"  [ -- ] {check.Goal}: not judged, {(device.Console == null && DeviceChecks.CanJudge(check, device.Node) ? "it needs --console" : $"it needs the inside of {device.Node}")}");
        output.WriteLine(new LabScore(results).Text);
        List<SizeResult> loads = [];
        if (load != null) loads.AddRange(new LoadRun(session, load, output).Run());
        return new HilReport(results, left, loads);
    }

    // Real time has hiccups, and links and neighbours of a device come up when they do: what was not met is looked at once more.
    private static void LookAgain(LabSession session, List<CheckResult> results, TextWriter output)
    {
        CheckRunner again = new(session);
        for (int i = 0; i < results.Count; i++)
        {
            if (results[i].Ok) continue;
            CheckResult second = again.Run(results[i].Check);
            output.WriteLine($"  [{(second.Ok ? " ok " : "FAIL")}] {second.Check.Goal} (a second look)");
            if (!second.Ok) output.WriteLine($"         why:  {second.Reason}");
            results[i] = second;
        }
    }

    private static void JudgeOnConsole(LabSession session, DeviceUnderTest device, List<LabCheck> left, List<CheckResult> results, TextWriter output)
    {
        using DeviceConsole console = DeviceConsole.Open(device.Console);
        if (!console.Wake()) throw new IOException($"the console {device.Console.Text} gives no prompt");
        DeviceChecks checks = new(session, console);
        foreach (string line in new[] { "enable", "terminal length 0" }) checks.Type(line);
        foreach (LabCheck check in left.Where(check => DeviceChecks.CanJudge(check, device.Node)).ToArray())
        {
            CheckResult result = checks.Run(check);
            if (!result.Ok) result = checks.Run(check);
            left.Remove(check);
            results.Add(result);
            output.WriteLine($"  [{(result.Ok ? " ok " : "FAIL")}] {check.Goal} (on {device.Node})");
            if (!result.Ok) output.WriteLine($"         why:  {result.Reason}");
        }
    }
}
