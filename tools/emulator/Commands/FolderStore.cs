using LabEdge.Hal;

namespace LabEdge.Emulator.Commands;

/// <summary>A store in a folder: one file per blob.</summary>
public sealed class FolderStore : IStore
{
    private readonly string _folder;

    /// <param name="folder">Made when it is not there.</param>
    /// <exception cref="PortException">It is no folder, and none can be made.</exception>
    public FolderStore(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PortException($"--store {folder}: expected a folder that can be written to; {exception.Message.TrimEnd('.')}");
        }
    }

    public int Read(string name, byte[] octets)
    {
        FileInfo file = new(Path.Combine(_folder, name));
        if (!file.Exists || file.Length > octets.Length) return -1;
        byte[] blob = File.ReadAllBytes(file.FullName);
        blob.CopyTo(octets, 0);
        return blob.Length;
    }

    public bool Write(string name, byte[] octets, int count)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            // Whole or not at all: a reader never meets half a file.
            File.WriteAllBytes(path + ".new", octets[..count]);
            File.Move(path + ".new", path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
