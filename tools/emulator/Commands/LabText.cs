using System.Globalization;

namespace LabEdge.Emulator.Commands;

/// <summary>Prints a lab's run for a person.</summary>
/// <param name="clock">True: with the time that it took here. Without it the same run gives the same text.</param>
public sealed class LabText(TextWriter output, bool clock = false)
{
    /// <returns>A run that tells what it does as it goes.</returns>
    /// <param name="untilUs">As <see cref="LabRun.UntilUs"/>.</param>
    public LabRun MakeRun(long untilUs = 0)
    {
        return new LabRun
        {
            UntilUs = untilUs,
            Started = lab =>
            {
                output.WriteLine($"=== {lab.Folder.Name} ===");
                output.WriteLine();
                if (lab.Folder.Picture.Length > 0) output.WriteLine(lab.Folder.Picture);
                output.WriteLine();
                string mac = lab.Options.OverChips ? $", each port {lab.Options.ChipName} driver over its chip model" : "";
                output.WriteLine($"{lab.Nodes.Count} routers and {lab.Wires.Count} links are up, seed {lab.Options.Seed}{mac}");
                if (lab.Folder.Topology.Unused.Count > 0) output.WriteLine($"without use here: {string.Join(", ", lab.Folder.Topology.Unused)} of {TopologyReader.FileName}");
                foreach (ExternalPort port in lab.Outside) output.WriteLine($"outside: {port.Name} is {port.Port.Name}; the lab runs in real time");
            },
            Settled = lab => output.WriteLine($"settled after {Seconds(lab.Queue.Now)} of virtual time, {lab.Digest.Frames} frames delivered"),
            Followed = (settings, journey) =>
            {
                output.WriteLine();
                output.WriteLine($"A ping from {settings.From} to {settings.To}, hop by hop:");
                foreach (string line in JourneyText.Lines(journey)) output.WriteLine(line);
                output.WriteLine();
            },
            Checked = Print,
        };
    }

    public void Print(LabReport report)
    {
        output.WriteLine();
        foreach (Shown shown in report.Shows)
        {
            Print(shown, "");
            output.WriteLine();
        }

        if (report.Spi != null)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"SPI transfers per frame: {report.Spi.Received:F2} received, {report.Spi.Sent:F2} sent ({report.Spi.FramesReceived} and {report.Spi.FramesSent} frames; {report.Spi.Idle} transfers of polls that found nothing)"));
        }

        foreach (LabProblem skipped in report.Skipped) output.WriteLine(skipped + ": skipped");
        output.WriteLine($"{report.Score.Text}; {report.Frames} frames in {Seconds(report.VirtualTimeUs)} of virtual time{(clock ? string.Create(CultureInfo.InvariantCulture, $", {report.WallTime.TotalSeconds:F2} s of yours") : "")}");
        output.WriteLine($"digest {report.Digest}");
        if (!report.Ok) PrintFirst(report.FirstUnmet);
        if (!report.Ok && report.Shows.Count == 0) output.WriteLine("to type a command on a router after the checks: lab run DIR --show \"NODE: COMMAND\"");
        output.WriteLine();
    }

    private void PrintFirst(CheckResult unmet)
    {
        output.WriteLine("first goal not met: " + unmet.Check.Goal);
        PrintWhy(unmet, "  ");
    }

    private void PrintWhy(CheckResult unmet, string margin)
    {
        output.WriteLine($"{margin}why:  {unmet.Reason}");
        if (unmet.Shown != null) Print(unmet.Shown, margin + "      ");
        if (unmet.Check.Hint.Length > 0) output.WriteLine($"{margin}next: {unmet.Check.Hint}");
    }

    private void Print(CheckResult result)
    {
        output.WriteLine($"  [{(result.Ok ? " ok " : "FAIL")}] {result.Check.Goal}");
        if (!result.Ok) PrintWhy(result, new string(' ', 9));
    }

    public void Print(Shown shown, string margin)
    {
        output.WriteLine(margin + shown.Head);
        foreach (string line in shown.Lines) output.WriteLine((margin + line).TrimEnd());
    }

    /// <summary>Virtual time as a person reads it.</summary>
    public static string Seconds(long microseconds) => (microseconds / 1e6).ToString("F3", CultureInfo.InvariantCulture) + " s";
}
