namespace LabEdge.Tests.Lab;

/// <summary>A lab of a test's own: a folder with these files.</summary>
public sealed class TemporaryLab : IDisposable
{
    public TemporaryLab(params (string Name, string Text)[] files)
    {
        Folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        foreach ((string name, string text) in files) File.WriteAllText(Path.Combine(Folder, name), text);
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, true);
}
