using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace LabEdge.Emulator.Commands;

/// <summary>A lab's run on a terminal: how far it has settled, and the table of its goals, each turning green or red as it is looked at.</summary>
public sealed class LabLive(IAnsiConsole console, LabText text)
{
    // A picture costs more than a good deal of a lab's time.
    private static readonly TimeSpan s_betweenPictures = TimeSpan.FromMilliseconds(100);

    private readonly Table _goals = new() { Border = TableBorder.None, ShowHeaders = false };
    private long _drawnAt;
    private IReadOnlyList<LabCheck> _checks = [];
    private int _done;

    /// <summary>Runs a lab; what <see cref="LabText"/> tells stands above the table.</summary>
    public LabReport Run(string folder, LabOptions options, long untilUs)
    {
        LabReport report = null;
        LabRun plain = text.MakeRun(untilUs);
        console.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).Start(display =>
        {
            LabRun run = new()
            {
                UntilUs = untilUs,
                Started = lab =>
                {
                    plain.Started(lab);
                    Begin(lab.Folder.Checks);
                },
                Settling = (lab, endUs) =>
                {
                    if (Stopwatch.GetElapsedTime(_drawnAt) > s_betweenPictures) Show(display, $"settling: {LabText.Seconds(lab.Queue.Now)} of {LabText.Seconds(endUs)}");
                },
                Settled = lab =>
                {
                    plain.Settled(lab);
                    Show(display, "");
                },
                Followed = plain.Followed,
                Checked = result =>
                {
                    Mark(result);
                    Show(display, $"{_done} of {_goals.Rows.Count} goals looked at");
                },
            };
            report = run.Run(folder, options);
            Show(display, "");
        });
        return report;
    }

    private void Begin(CheckList list)
    {
        _checks = list.Checks;
        _goals.AddColumn(new TableColumn("").Width(6));
        _goals.AddColumn("");
        foreach (LabCheck check in list.Checks) _goals.AddRow(new Text("[    ]"), new Text(check.Goal));
    }

    private void Mark(CheckResult result)
    {
        // Goals with a time of their own come in another order than that of the file.
        int row = _checks.ToList().IndexOf(result.Check);
        _goals.UpdateCell(row, 0, new Markup(result.Ok ? "[[[green] ok [/]]]" : "[[[red]FAIL[/]]]"));
        if (!result.Ok)
        {
            string[] lines = [result.Check.Goal, "why:  " + result.Reason, .. result.Shown?.Lines.Prepend(result.Shown.Head) ?? [], .. result.Check.Hint.Length > 0 ? ["next: " + result.Check.Hint] : Array.Empty<string>()];
            _goals.UpdateCell(row, 1, new Text(string.Join('\n', lines)));
        }

        _done++;
    }

    private void Show(LiveDisplayContext display, string status)
    {
        display.UpdateTarget(status.Length == 0 ? _goals : new Rows(_goals, new Text(status)));
        display.Refresh();
        _drawnAt = Stopwatch.GetTimestamp();
    }
}
