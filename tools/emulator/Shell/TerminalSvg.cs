using System.Globalization;
using System.Security;
using System.Text;

namespace LabEdge.Emulator.Shell;

/// <summary>
/// Draws a session as a terminal shows it, as SVG text: letters stay letters, the same session gives the same text. Each line is
/// stretched to its own columns, so that columns stand under each other in whatever font the reader has.
/// </summary>
public static class TerminalSvg
{
    private const double CellWidth = 7.8;
    private const double CellHeight = 17;
    private const double Margin = 16;
    private const double TitleHeight = 34;
    private const int FewestColumns = 60;

    /// <summary>A longer line goes on in the next row, as on a terminal of this width.</summary>
    public const int MostColumns = 110;

    private const string Style = """
          <style>
            text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; fill: #d0d7de; }
            .title { fill: #8b949e; text-anchor: middle; }
            .prompt { fill: #56d4dd; }
            .typed { fill: #ffffff; font-weight: bold; }
            .good { fill: #3fb950; }
            .bad { fill: #ff7b72; }
            .faint { fill: #8b949e; }
          </style>
        """;

    /// <param name="title">In the bar above, such as the command that began the session.</param>
    public static string Draw(IReadOnlyList<IReadOnlyList<InkSpan>> session, string title)
    {
        List<List<InkSpan>> lines = [.. session.SelectMany(Rows)];
        int columns = Math.Max(FewestColumns, lines.Count == 0 ? 0 : lines.Max(Columns));
        double width = Math.Ceiling(columns * CellWidth + 2 * Margin);
        double height = Math.Ceiling(TitleHeight + lines.Count * CellHeight + Margin);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <title>{SecurityElement.Escape(title)}</title>\n");
        svg.Append(Style.ReplaceLineEndings("\n")).Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"  <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0d1117\"/>\n");
        string[] buttons = ["#ff5f57", "#febc2e", "#28c840"];
        for (int i = 0; i < buttons.Length; i++) svg.Append(CultureInfo.InvariantCulture, $"  <circle cx=\"{Margin + 4 + i * 18}\" cy=\"17\" r=\"5.5\" fill=\"{buttons[i]}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <text class=\"title\" x=\"{Number(width / 2)}\" y=\"21\">{SecurityElement.Escape(title)}</text>\n");
        for (int i = 0; i < lines.Count; i++) DrawLine(svg, lines[i], TitleHeight + (i + 1) * CellHeight - 4);
        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawLine(StringBuilder svg, IReadOnlyList<InkSpan> line, double y)
    {
        int column = 0;
        foreach (InkSpan span in line)
        {
            // Blanks in front and behind are place, not text: a reader that squeezes them leaves the columns where they are.
            string text = span.Text.Trim(' ');
            int start = column + span.Text.Length - span.Text.TrimStart(' ').Length;
            column += span.Text.Length;
            if (text.Length == 0) continue;
            string style = span.Ink == Ink.Plain ? "" : $" class=\"{span.Ink.ToString().ToLowerInvariant()}\"";
            svg.Append(CultureInfo.InvariantCulture, $"  <text{style} x=\"{Number(Margin + start * CellWidth)}\" y=\"{Number(y)}\" textLength=\"{Number(text.Length * CellWidth)}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{SecurityElement.Escape(text)}</text>\n");
        }
    }

    private static IEnumerable<List<InkSpan>> Rows(IReadOnlyList<InkSpan> line)
    {
        List<InkSpan> row = [];
        int column = 0;
        foreach (InkSpan span in line)
        {
            string text = span.Text;
            while (column + text.Length > MostColumns)
            {
                row.Add(span with { Text = text[..(MostColumns - column)] });
                text = text[(MostColumns - column)..];
                yield return row;
                row = [];
                column = 0;
            }

            if (text.Length > 0) row.Add(span with { Text = text });
            column += text.Length;
        }

        yield return row;
    }

    private static int Columns(IReadOnlyList<InkSpan> line) => line.Sum(span => span.Text.Length);

    private static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
