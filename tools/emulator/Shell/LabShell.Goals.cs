using System.Net;

namespace LabEdge.Emulator.Shell;

// The goals of the lab, and why a packet goes no further.
public sealed partial class LabShell
{
    // Which of the session's inputs the checks typed, and not the person.
    private readonly List<(int First, int End)> _checks = [];

    private void Explain(string from, string to, string vrf) => Guarded(() =>
    {
        Explanation explanation = LabExplain.Of(Session.Lab, new ExplainQuestion(from, IPAddress.Parse(to), vrf));
        string[] lines = [.. ExplanationText.Lines(explanation)];
        foreach (string line in lines[..^1]) _output.Line(line);
        _output.Line(lines[^1], explanation.Ok ? Ink.Good : Ink.Bad);
    });

    private void Resume(string file)
    {
        LabSession session = LabSession.Resume(file);
        Session.Dispose();
        Session = session;
        _checks.Clear();
        _pace.Restart(Session.NowUs);
        _output.Line($"{Session.Lab.Folder.Name}: {Session.Lab.Nodes.Count} routers and {Session.Lab.Wires.Count} links, seed {Session.Lab.Options.Seed}");
    }

    private void Check()
    {
        int first = Session.Inputs.Count;
        CheckRunner runner = new(Session, true);
        List<CheckResult> results = [];
        foreach (LabCheck check in Session.Lab.Folder.Checks.Checks)
        {
            if (Interrupted()) break;
            CheckResult result = runner.Run(check);
            results.Add(result);
            _output.Write("  [");
            _output.Write(result.Ok ? " ok " : "FAIL", result.Ok ? Ink.Good : Ink.Bad);
            _output.Line($"] {check.Goal}");
        }

        _checks.Add((first, Session.Inputs.Count));
        if (results.Count < Session.Lab.Folder.Checks.Checks.Count)
        {
            _output.Line("interrupted");
            return;
        }

        Green = results.TrueForAll(result => result.Ok);
        LabScore score = new(results);
        _output.Line(score.Text, Green ? Ink.Good : Ink.Plain);
        CheckResult unmet = score.FirstUnmet;
        if (unmet == null) return;
        _output.Line($"first goal not met: {unmet.Check.Goal}");
        _output.Line($"  why:  {unmet.Reason}");
        foreach (string line in unmet.Shown?.Lines.Prepend(unmet.Shown.Head) ?? []) _output.Line(("        " + line).TrimEnd());
        if (unmet.Check.Hint.Length > 0) _output.Line($"  next: {unmet.Check.Hint}");
    }
}
