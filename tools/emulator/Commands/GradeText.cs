using System.Text;
using System.Text.Json;

namespace LabEdge.Emulator.Commands;

/// <summary>The grades of a class, in the forms that <c>lab grade</c> prints.</summary>
public static class GradeText
{
    /// <summary>A line per learner: points, percent, the first unmet goal.</summary>
    public static void Plain(IReadOnlyList<Grade> grades, TextWriter output)
    {
        int width = grades.Max(grade => grade.Folder.Length);
        int possible = grades.Max(grade => grade.Report?.PointsPossible ?? 0);
        foreach (Grade grade in grades)
        {
            string first = grade.First.Length == 0 ? "" : grade.Problems.Count > 0 ? $"  {grade.First}: {grade.Reason}" : $"  first goal not met: {grade.First}";
            output.WriteLine($"{grade.Folder.PadRight(width)}  {grade.Points,3} of {grade.Report?.PointsPossible ?? possible,3} points  {grade.Percent,3} %{first}");
        }
    }

    /// <summary>An array with an object per learner.</summary>
    public static void Json(IReadOnlyList<Grade> grades, TextWriter output)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, LabJson.Readable))
        {
            json.WriteStartArray();
            foreach (Grade grade in grades)
            {
                json.WriteStartObject();
                json.WriteString("folder", grade.Folder);
                json.WriteBoolean("ran", grade.Report != null);
                json.WriteNumber("score", grade.Points);
                if (grade.Report != null) json.WriteNumber("scorePossible", grade.Report.PointsPossible);
                json.WriteNumber("scorePercent", grade.Percent);
                json.WriteString("firstUnmet", grade.Problems.Count > 0 ? "" : grade.First);
                json.WriteString("reason", grade.Problems.Count > 0 ? "" : grade.Reason);
                json.WriteStartArray("problems");
                foreach (LabProblem problem in grade.Problems) json.WriteStringValue(problem.ToString());
                json.WriteEndArray();
                if (grade.Report != null) json.WriteString("digest", grade.Report.Digest);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>Comma-separated values with a heading (RFC 4180).</summary>
    public static void Csv(IReadOnlyList<Grade> grades, TextWriter output)
    {
        output.Write("folder,score,possible,percent,first unmet goal,reason\r\n");
        foreach (Grade grade in grades)
        {
            string[] cells = [grade.Folder, $"{grade.Points}", $"{grade.Report?.PointsPossible}", $"{grade.Percent}", grade.First, grade.Reason];
            output.Write(string.Join(',', cells.Select(Cell)) + "\r\n");
        }
    }

    private static string Cell(string text)
    {
        bool quoted = text.AsSpan().ContainsAny(",\"\r\n");
        return quoted ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
