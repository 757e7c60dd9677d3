namespace LabEdge.Emulator;

// What the lab's own script does: events of the queue, so that they come whoever drives the lab.
public sealed partial class RunningLab
{
    private readonly List<ScriptedAnswer> _answers = [];

    /// <summary>What consoles answered to the lines of the script, so far.</summary>
    public IReadOnlyList<ScriptedAnswer> ScriptedAnswers => _answers;

    internal void Scripted(ScriptedAnswer answer)
    {
        _answers.Add(answer);
        Digest.Text($"{answer.Node}> {answer.Line}", answer.Output);
    }

    // Put in before anything else: of all that is due at a time, the script's events come first.
    private void QueueEvents()
    {
        EventTarget target = new(this);
        foreach (LabEvent scripted in Folder.Events) Queue.At(scripted.AtUs, target, 0, scripted);
    }

    private sealed class EventTarget(RunningLab lab) : IEventTarget
    {
        public void Happen(int what, object subject)
        {
            LabEvent scripted = (LabEvent)subject;
            foreach (LabInput input in scripted.Inputs)
            {
                if (input is TypedLine typed) lab.Node(typed.Node).Script(scripted.Line, typed.Line);
                else lab.Do(input);
            }
        }
    }
}
