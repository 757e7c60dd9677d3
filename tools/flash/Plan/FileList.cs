using System.Text.Json;

namespace LabEdge.Flash;

/// <summary>The list of files that <c>nanoff --filedeployment</c> takes.</summary>
public static class FileList
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="files">Where each lies here, and what it is called on the board.</param>
    /// <returns>Null when it is written, else why not.</returns>
    public static string Write(string path, string port, IReadOnlyList<(string Source, string Target)> files)
    {
        object list = new { serialport = port, files = files.Select(file => new { DestinationFilePath = file.Target, SourceFilePath = file.Source }) };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path));
            File.WriteAllText(path, JsonSerializer.Serialize(list, Indented));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot write {path}: {exception.Message}";
        }
    }
}
