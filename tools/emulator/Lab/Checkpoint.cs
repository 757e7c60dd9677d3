using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LabEdge.Emulator;

/// <summary>
/// A lab at a point of its virtual time, as a file: what it was made from, and what was done to it. A resumed lab is run again up to
/// that point, and the digest proves that it came to the same.
/// </summary>
/// <param name="Version">Of this form: <see cref="FormVersion"/>.</param>
/// <param name="Lab">Its name.</param>
/// <param name="Start">As <see cref="LabOptions.Start"/>; the other options by their names likewise.</param>
/// <param name="Files">The text of each of the lab's files that were read, by its path in the lab's folder.</param>
/// <param name="TimeUs">Virtual microseconds at the saved point; everything due then has happened.</param>
/// <param name="Digest">Of the run up to there.</param>
public sealed record Checkpoint(
    int Version, string Lab, long Seed, string Mac, string Kernel, bool Start, SortedDictionary<string, string> Files, List<LabInput> Inputs, long TimeUs, string Digest)
{
    public const int FormVersion = 1;

    /// <summary>As <see cref="LabOptions.Lenient"/>.</summary>
    public bool Lenient { get; init; }

    private const string Form = "a checkpoint of \"lab save\"";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string file)
    {
        // Whole or not at all, as somebody may resume from the file that is replaced.
        string text = JsonSerializer.Serialize(this, CheckpointJson.Readable.Checkpoint);
        System.IO.File.WriteAllText(file + ".new", text + "\n");
        System.IO.File.Move(file + ".new", file, overwrite: true);
    }

    /// <exception cref="LabException">There is no such file, or it is none of these.</exception>
    public static Checkpoint Read(string file)
    {
        if (!System.IO.File.Exists(file)) throw Refused(file, 0, null, Form);
        string text = System.IO.File.ReadAllText(file);
        try
        {
            // The version goes first: another one may have other keys.
            using (JsonDocument document = JsonDocument.Parse(text))
            {
                bool has = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(nameof(Version), out JsonElement version);
                string found = has ? document.RootElement.GetProperty(nameof(Version)).ToString() : null;
                if (found != FormVersion.ToString()) throw Refused(file, 0, found == null ? null : "Version " + found, $"{Form}, of Version {FormVersion}");
            }

            return JsonSerializer.Deserialize(text, CheckpointJson.Readable.Checkpoint);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            int line = exception is JsonException json ? (int)(json.LineNumber ?? -1) + 1 : 0;
            throw Refused(file, line, null, $"{Form}: {exception.Message.Split(" Path:")[0]}");
        }
    }

    public static LabException Refused(string file, int line, string found, string expected) => new([new LabProblem(file, line, found, expected)]);
}

[JsonSerializable(typeof(Checkpoint))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
    // For a file, never for a web page: quotation marks in configurations may stay as they are.
    public static CheckpointJson Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
