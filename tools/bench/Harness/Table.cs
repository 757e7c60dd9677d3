using System.Globalization;

namespace LabEdge.Bench;

/// <summary>Rows of cells (text, numbers, null) under named columns; printed as text, Markdown or JSON.</summary>
public sealed class Table(string title, params string[] columns)
{
    public string Title { get; } = title;
    public string[] Columns { get; } = columns;
    public List<object[]> Rows { get; } = [];

    /// <summary>Sentences under the table: causes found, what was left out.</summary>
    public List<string> Notes { get; } = [];

    public void Add(params object[] cells)
    {
        if (cells.Length != Columns.Length) throw new ArgumentException($"{Title}: {cells.Length} cells for {Columns.Length} columns");
        Rows.Add(cells);
    }

    public static string Text(object cell) => cell switch
    {
        null => "",
        double number => number.ToString(Math.Abs(number) < 10 ? "0.000" : Math.Abs(number) < 1000 ? "0.0" : "#,0", CultureInfo.InvariantCulture),
        int number => number.ToString("#,0", CultureInfo.InvariantCulture),
        long number => number.ToString("#,0", CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
