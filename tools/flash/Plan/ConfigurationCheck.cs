using LabEdge.Emulator;
using LabEdge.Forwarding;

namespace LabEdge.Flash;

/// <summary>Reads a configuration as the board will: the same reader, the board's table sizes and the names of its ports.</summary>
public static class ConfigurationCheck
{
    /// <returns>Every mistake with its line; empty when the board takes the file.</returns>
    public static IReadOnlyList<string> Mistakes(Board board, string file)
    {
        if (!File.Exists(file)) return [$"-Config {file}: there is no such file"];
        string text = File.ReadAllText(file);
        if (string.IsNullOrWhiteSpace(text)) return [$"-Config {file}: the file is empty"];

        Capacity capacity = CapacityProfile.Find(board.Capacity);
        byte[] entropy = new byte[Router.EntropyLength];
        Router trial = new(capacity, new PortableKernel(), entropy, null);
        ProtocolRooms.Join(trial, entropy);
        foreach (string name in board.Interfaces) trial.AttachPort(name, new UnpluggedPort(capacity.MaxFrameLength));
        List<LabProblem> problems = [];
        ConfigurationText.Load(trial.Cli.Loader, text, 0, file, problems, null);
        return [.. problems.Select(problem => WithPorts(problem, board).ToString())];
    }

    private static LabProblem WithPorts(LabProblem problem, Board board) =>
        problem.Expected == "an interface of this router" ? problem with { Expected = $"an interface of this board: {string.Join(", ", board.Interfaces)}" } : problem;
}
