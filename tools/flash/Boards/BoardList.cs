using System.Text.Json;

namespace LabEdge.Flash;

/// <summary>Reads and prints <c>boards/boards.json</c>, the one table of boards.</summary>
public static class BoardList
{
    /// <summary>Below the repository.</summary>
    public const string File = "boards/boards.json";

    /// <param name="mistakes">Gets what is wrong with the file.</param>
    public static IReadOnlyList<Board> Read(string path, List<string> mistakes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(path));
            return [.. document.RootElement.EnumerateArray().Select(Row)];
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            mistakes.Add($"{path}: {exception.Message}");
            return [];
        }
    }

    public static void Print(IReadOnlyList<Board> boards, TextWriter output)
    {
        string[][] rows = [["NAME", "BOARD", "MCU", "FRAMES BY", "FIRMWARE TARGET", "CAPACITY", "ROLES", "STATUS"],
            .. boards.Select(b => new[] { b.Name, b.Title, b.Mcu, b.Mac, b.Target, b.Capacity, string.Join(' ', b.Roles), b.Status })];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows) output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine();
        output.WriteLine("Write one: ./flash.ps1 -Board NAME -Port PORT -Config FILE -Role ROLE, with -WhatIf first.");
    }

    private static Board Row(JsonElement row) => new(
        Text(row, "Name"), Text(row, "Board"), Text(row, "Mcu"), Text(row, "Mac"), Kind(Text(row, "FlashedBy")), Text(row, "Head"), Text(row, "Target"), Text(row, "Platform"),
        Text(row, "Capacity"), row.GetProperty("DeployOctets") is { ValueKind: JsonValueKind.Number } octets ? octets.GetInt32() : 0, Text(row, "ConfigurationPath"), Text(row, "Role"),
        [.. row.GetProperty("Wiring").EnumerateArray().Select(line => line.GetString())], Text(row, "Status"));

    private static BoardKind Kind(string flashedBy) => flashedBy switch
    {
        "nanoff" => BoardKind.Nanoff,
        "uf2" => BoardKind.Uf2,
        "meadow" => BoardKind.Meadow,
        _ => throw new FormatException($"FlashedBy: found \"{flashedBy}\", expected nanoff, uf2 or meadow"),
    };

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
