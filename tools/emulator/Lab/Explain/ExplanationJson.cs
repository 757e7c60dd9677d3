using System.Text.Encodings.Web;
using System.Text.Json;

namespace LabEdge.Emulator;

/// <summary>An explanation for a script.</summary>
public static class ExplanationJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(Explanation explanation)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("lab", explanation.Lab);
            json.WriteString("from", explanation.Question.From);
            json.WriteString("to", explanation.Question.To.ToString());
            if (explanation.Question.Vrf != null) json.WriteString("vrf", explanation.Question.Vrf);
            json.WriteNumber("virtualTime", explanation.TimeUs / 1_000_000m);
            json.WriteNumber("size", explanation.Question.Size);
            json.WriteBoolean("ok", explanation.Ok);
            json.WriteString("verdict", explanation.Verdict);
            Write(json, "there", explanation.There);
            if (explanation.Back != null) Write(json, "back", explanation.Back);
            if (explanation.Asked != null) Write(json, "arp", explanation.Asked);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, Walk way)
    {
        json.WriteStartArray(name);
        foreach (WalkStep step in way.Steps)
        {
            json.WriteStartObject();
            json.WriteString("node", step.Node.Name);
            if (step.InterfaceIn != null) json.WriteString("in", step.InterfaceIn);
            json.WriteStartArray("steps");
            for (int i = 0; i < step.Lines.Count; i++)
            {
                if (step.Lines[i].StartsWith("  ", StringComparison.Ordinal)) continue;
                int colon = step.Lines[i].IndexOf(": ", StringComparison.Ordinal);
                json.WriteStartObject();
                json.WriteString("kind", step.Lines[i][..colon]);
                json.WriteString("text", step.Lines[i][(colon + 2)..]);
                if (i + 1 < step.Lines.Count && step.Lines[i + 1].StartsWith("  from: ", StringComparison.Ordinal)) json.WriteString("from", step.Lines[i + 1]["  from: ".Length..]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (step.Link != null)
            {
                json.WriteString("out", step.Node.Interfaces[step.Left.Port]);
                json.WriteString("link", step.Link.Name);
                json.WriteString("frame", Convert.ToHexString(step.Left.Octets));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (way.Stop.Length > 0) json.WriteString(name + "Stop", way.Stop);
    }
}
