namespace LabEdge.Emulator.Commands;

/// <summary>The console of a router in real time, for a terminal over TCP.</summary>
public sealed class RouterLine(RealRouter real) : IConsoleLine
{
    public string Name
    {
        get
        {
            string prompt = real.Router.Cli.Prompt;
            int end = prompt.IndexOfAny(['#', '>', '(']);
            return end <= 0 ? "Router" : prompt[..end];
        }
    }

    public bool Closed => real.Router.Cli.Closed;

    public void Open() => real.Router.Cli.Open();

    public bool Press(char key) => real.Router.Cli.Input(key, real.NowMs);
}
