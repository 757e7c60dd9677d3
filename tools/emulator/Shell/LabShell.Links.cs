using System.Globalization;
using static LabEdge.Emulator.Commands.LabText;

namespace LabEdge.Emulator.Shell;

// The cables, their captures, and what was done to the lab.
public sealed partial class LabShell
{
    private void PrintLinks()
    {
        List<string[]> rows = [];
        foreach (VirtualWire wire in Session.Lab.Wires)
        {
            LinkSettings link = Session.Lab.Folder.Topology.Links[wire.Index];
            string ends = string.Join(" ", link.Ends.Select(end => $"{end.Node}:{end.Interface}"));
            rows.Add([wire.Name, ends, wire.Up ? "up" : "down", Milliseconds(wire.Settings.DelayUs), wire.Settings.Mtu.ToString(CultureInfo.InvariantCulture), Faults(wire.Settings), (wire.Ends[0].Sent + wire.Ends[1].Sent).ToString(CultureInfo.InvariantCulture)]);
        }

        PrintTable(["LINK", "ENDS", "STATE", "DELAY", "MTU", "FAULTS", "FRAMES"], rows);

        static string Milliseconds(int us) => (us / 1000.0).ToString("0.###", CultureInfo.InvariantCulture) + " ms";

        static string Faults(WireSettings wire)
        {
            (string Name, int Share)[] faults = [("loss", wire.LossPerMillion), ("duplicate", wire.DuplicatePerMillion), ("reorder", wire.ReorderPerMillion), ("corrupt", wire.CorruptPerMillion)];
            string text = string.Join(", ", faults.Where(fault => fault.Share > 0).Select(fault => $"{fault.Name} {(fault.Share / 10_000.0).ToString("0.####", CultureInfo.InvariantCulture)}%"));
            return text.Length == 0 ? "none" : text;
        }
    }

    private void StartCapture(string folder) => Guarded(() => Session.Lab.StartCapture(folder));

    private void StopCapture()
    {
        if (!Session.Lab.StopCapture()) Fault("no capture runs: capture start FOLDER");
    }

    private void PrintEvents()
    {
        List<(long AtUs, string Words)> events = [];
        for (int i = 0; i < Session.Inputs.Count; i++)
        {
            LabInput input = Session.Inputs[i];
            (int first, int end) = _checks.Find(check => i >= check.First && i < check.End);
            if (i < end && i > first) continue;
            events.Add((input.AtUs, i < end ? "check" : input.Words));
        }

        events.AddRange(Session.Lab.ScriptedAnswers.Select(answer => (answer.AtUs, $"{answer.Node}> {answer.Line.Trim()} ({EventsReader.FileName}:{answer.Place})")));
        foreach ((long atUs, string words) in events.OrderBy(one => one.AtUs)) _output.Line($"{Seconds(atUs),12}  {words}");
        if (events.Count == 0) _output.Line("nothing was done to this lab yet");
    }
}
