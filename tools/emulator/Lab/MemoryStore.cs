using LabEdge.Hal;

namespace LabEdge.Emulator;

/// <summary>A store that lives as long as its lab.</summary>
public sealed class MemoryStore : IStore
{
    private readonly Dictionary<string, byte[]> _blobs = [];

    public int Read(string name, byte[] octets)
    {
        if (!_blobs.TryGetValue(name, out byte[] blob) || blob.Length > octets.Length) return -1;
        blob.CopyTo(octets, 0);
        return blob.Length;
    }

    public bool Write(string name, byte[] octets, int count)
    {
        _blobs[name] = octets[..count];
        return true;
    }
}
