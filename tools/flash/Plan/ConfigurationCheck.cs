using System.Text.RegularExpressions;
using LabEdge.Emulator;
using LabEdge.Forwarding;

namespace LabEdge.Flash;

/// <summary>Reads a configuration as the board will: the same reader, the board's table sizes and the names of its ports.</summary>
public static partial class ConfigurationCheck
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

    /// <summary>Numbers of the lines that start a protocol, which a role may not have.</summary>
    public static int[] ProtocolLines(string file) => [.. File.ReadAllLines(file).Index().Where(line => StartsProtocol().IsMatch(line.Item)).Select(line => line.Index + 1)];

    [GeneratedRegex(@"^\s*(router ospf|ip ospf \d|mpls ldp router-id|mpls label protocol ldp)\b")]
    private static partial Regex StartsProtocol();

    private static LabProblem WithPorts(LabProblem problem, Board board) =>
        problem.Expected == "an interface of this router" ? problem with { Expected = $"an interface of this board: {string.Join(", ", board.Interfaces)}" } : problem;
}
