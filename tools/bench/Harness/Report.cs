using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LabEdge.Bench;

/// <summary>What one command prints: its tables under the command line, the commit and the machine.</summary>
public sealed class Report(string name, string title)
{
    private readonly List<Table> _tables = [];

    public void Add(Table table) => _tables.Add(table);

    public void Print(BenchOptions options)
    {
        Console.Out.Write(options.Json ? Json() + "\n" : Text());
        if (options.Write) ResultsFile.Put(name, Markdown());
    }

    public string Json()
    {
        JsonArray tables = [];
        foreach (Table table in _tables)
        {
            JsonArray rows = [];
            foreach (object[] cells in table.Rows)
            {
                JsonObject row = [];
                for (int i = 0; i < cells.Length; i++) row[table.Columns[i]] = JsonSerializer.SerializeToNode(cells[i]);
                rows.Add(row);
            }
            tables.Add(new JsonObject { ["title"] = table.Title, ["rows"] = rows, ["notes"] = JsonSerializer.SerializeToNode(table.Notes) });
        }
        JsonObject all = new()
        {
            ["report"] = name,
            ["title"] = title,
            ["command"] = Machine.Command,
            ["commit"] = Machine.Commit(),
            ["machine"] = Machine.Describe(),
            ["tables"] = tables,
        };
        return all.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    public string Text()
    {
        StringBuilder text = new();
        text.Append($"{title}\n{Machine.Command}\ncommit {Machine.Commit()}; {Machine.Describe()}\n");
        foreach (Table table in _tables)
        {
            string[][] cells = [table.Columns, .. table.Rows.Select(row => row.Select(Table.Text).ToArray())];
            int[] widths = [.. table.Columns.Select((_, i) => cells.Max(row => row[i].Length))];
            bool[] right = Numeric(table);
            text.Append($"\n{table.Title}\n");
            foreach (string[] row in cells)
            {
                text.Append(string.Join("  ", row.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
            }
            foreach (string note in table.Notes) text.Append(note).Append('\n');
        }
        return text.ToString();
    }

    public string Markdown()
    {
        StringBuilder text = new();
        text.Append($"## {title}\n\n`{Machine.Command}`, commit {Machine.Commit()}; {Machine.Describe()}\n");
        foreach (Table table in _tables)
        {
            bool[] right = Numeric(table);
            text.Append($"\n### {table.Title}\n\n| {string.Join(" | ", table.Columns)} |\n|{string.Join("|", right.Select(r => r ? "---:" : "---"))}|\n");
            foreach (object[] row in table.Rows) text.Append($"| {string.Join(" | ", row.Select(Table.Text))} |\n");
            foreach (string note in table.Notes) text.Append($"\n{note}\n");
        }
        return text.ToString();
    }

    private static bool[] Numeric(Table table) =>
        [.. table.Columns.Select((_, i) => table.Rows.Any(row => row[i] is double or int or long))];
}
