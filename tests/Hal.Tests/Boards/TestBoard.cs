using LabEdge.Boards;

namespace LabEdge.Tests.Boards;

/// <summary>A whole board in virtual time: supervisor, router, drivers and chip models; its user sits at the serial line.</summary>
public sealed class TestBoard
{
    public readonly TestPlatform Platform;
    public readonly Supervisor Supervisor;

    public TestBoard(TestPlatform platform = null)
    {
        Platform = platform ?? new TestPlatform();
        Supervisor = new Supervisor(Platform);
    }

    /// <summary>A board with a configuration deployed, which has run until its prompt.</summary>
    public static TestBoard WithConfiguration(string text)
    {
        TestPlatform platform = new();
        platform.Flash.Contents[Supervisor.DeployedFile] = System.Text.Encoding.Latin1.GetBytes(text);
        TestBoard board = new(platform);
        board.Run(200);
        return board;
    }

    public void Step()
    {
        int wait = Supervisor.Step();
        if (wait == 0) Platform.NowUs += 50;
        else Platform.Sleep(wait);
    }

    public void Run(int milliseconds)
    {
        long until = Platform.NowUs + milliseconds * 1000L;
        while (Platform.NowUs < until) Step();
    }

    /// <summary>Types a line and lets the board run.</summary>
    /// <returns>What it printed meanwhile, with plain line ends.</returns>
    public string Enter(string line, int milliseconds = 300)
    {
        Platform.Printed();
        Platform.Type(line);
        Run(milliseconds);
        return Printed();
    }

    public string Printed() => Platform.Printed().Replace("\r\n", "\n", StringComparison.Ordinal);
}
