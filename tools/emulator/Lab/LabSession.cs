namespace LabEdge.Emulator;

/// <summary>
/// A lab that a person or a script drives. Every input is recorded with its virtual time: the same files, seed and inputs give the
/// same lab. An input happens after everything that is due at its time, so that its place among the events is certain.
/// </summary>
public sealed partial class LabSession : IDisposable
{
    private readonly List<LabInput> _inputs = [];

    private LabSession(RunningLab lab) => Lab = lab;

    public RunningLab Lab { get; }

    /// <summary>Virtual time in microseconds.</summary>
    public long NowUs => Lab.Queue.Now;

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<LabInput> Inputs => _inputs;

    /// <summary>Reads a lab and makes its routers, with their configurations loaded, at virtual time 0.</summary>
    /// <exception cref="LabException">Mistakes in the lab's files: all of them, and nothing has run.</exception>
    /// <exception cref="PortException">Captures cannot be written where they were asked for.</exception>
    public static LabSession Open(string folder, LabOptions options) => new(RunningLab.Start(folder, options));

    /// <summary>Lets everything happen up to and at this time. A time that has passed means now.</summary>
    public void RunUntil(long timeUs) => Lab.RunUntil(Math.Max(timeUs, NowUs));

    /// <summary>Types a line on a node's console and lets the lab run until that console is free again.</summary>
    /// <param name="limitUs">Virtual microseconds at most.</param>
    /// <returns>What the console printed. A node that is restarting takes the line when it has started.</returns>
    /// <exception cref="LabException">There is no such node.</exception>
    public string Type(string node, string line, long limitUs = TypedLine.UsualLimitUs) => Do(new TypedLine(NowUs, node, line, limitUs));

    /// <summary>Does it at its time, or now when that has passed; the record has the time at which it was done.</summary>
    /// <exception cref="LabException">It names what the lab has not, or its configuration has mistakes: nothing was changed or recorded.</exception>
    public void Apply(LabInput input) => Do(input);

    public void Dispose() => Lab.Dispose();

    private string Do(LabInput input)
    {
        Lab.Check(input);
        RunUntil(input.AtUs);
        LabInput done = input with { AtUs = NowUs };
        string answer = Lab.Do(done);
        _inputs.Add(done);
        return answer;
    }
}
