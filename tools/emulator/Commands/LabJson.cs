using System.Text.Encodings.Web;
using System.Text.Json;

namespace LabEdge.Emulator.Commands;

/// <summary>A lab's report for a script. Nothing in it depends on the machine: the same run gives the same text.</summary>
public static class LabJson
{
    // For a file or a pipe, never for a web page: quotation marks in sentences may stay as they are.
    internal static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(LabReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("lab", report.Lab);
            json.WriteNumber("seed", report.Seed);
            json.WriteString("digest", report.Digest);
            json.WriteNumber("virtualTime", report.VirtualTimeUs / 1_000_000m);
            json.WriteNumber("frames", report.Frames);
            json.WriteNumber("score", report.Points);
            json.WriteNumber("scorePossible", report.PointsPossible);
            json.WriteNumber("scorePercent", report.Percent);
            json.WriteBoolean("ok", report.Ok);
            json.WriteStartArray("checks");
            foreach (CheckResult result in report.Results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Check.Goal);
                json.WriteNumber("points", result.Check.Points);
                json.WriteBoolean("ok", result.Ok);
                json.WriteString("reason", result.Reason);
                if (!result.Ok) json.WriteString("hint", result.Check.Hint);
                if (result.Shown != null) json.WriteString("output", result.Shown.Output);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (report.Skipped.Count > 0)
            {
                json.WriteStartArray("skipped");
                foreach (LabProblem skipped in report.Skipped) json.WriteStringValue(skipped.ToString());
                json.WriteEndArray();
            }

            if (report.Shows.Count > 0)
            {
                json.WriteStartArray("shows");
                foreach (Shown shown in report.Shows)
                {
                    json.WriteStartObject();
                    json.WriteString("node", shown.Node);
                    json.WriteString("command", shown.Command);
                    json.WriteString("output", shown.Output);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            if (report.Spi != null)
            {
                json.WriteStartObject("spiTransfersPerFrame");
                json.WriteNumber("received", Math.Round(report.Spi.Received, 4));
                json.WriteNumber("sent", Math.Round(report.Spi.Sent, 4));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
