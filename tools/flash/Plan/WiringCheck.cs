using LabEdge.Boards;

namespace LabEdge.Flash;

/// <summary>Reads a file that says how a board is wired, as the board will at its start.</summary>
public static class WiringCheck
{
    /// <param name="mistakes">Gets a sentence for each.</param>
    /// <returns>Its lines.</returns>
    public static string[] Read(Board board, string file, List<string> mistakes)
    {
        if (!File.Exists(file))
        {
            mistakes.Add($"-Wiring {file}: there is no such file");
            return [];
        }

        string[] lines = [.. File.ReadAllLines(file)];
        WiringReader reader = new(board.Mcu);
        Wiring wiring = reader.Read(lines);
        for (int i = 0; i < Math.Min(reader.ProblemCount, WiringReader.MaxProblems); i++) mistakes.Add($"{file}: {reader.Problems[i]}");
        if (reader.ProblemCount > WiringReader.MaxProblems) mistakes.Add($"{file}: {reader.ProblemCount - WiringReader.MaxProblems} more mistakes");
        if (reader.ProblemCount == 0 && wiring.PortCount == 0) mistakes.Add($"{file}: found no port, expected at least one, such as \"port Ethernet1 w5500 spi 1 cs 9\"");
        return lines;
    }
}
