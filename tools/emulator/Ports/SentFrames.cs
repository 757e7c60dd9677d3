namespace LabEdge.Emulator;

/// <summary>
/// Remembers the frames that were sent last, to know them again when a capture gives them back: each is taken once. What has not come
/// back after so many others is forgotten.
/// </summary>
public sealed class SentFrames
{
    private const int Most = 1024;

    private readonly ulong[] _ring = new ulong[Most];
    private readonly Dictionary<ulong, int> _counts = new(Most);
    private int _next;

    public void Add(ReadOnlySpan<byte> frame)
    {
        ulong old = _ring[_next];
        if (old != 0) Forget(old);
        ulong hash = Hash(frame);
        _ring[_next] = hash;
        _next = (_next + 1) % Most;
        _counts[hash] = _counts.GetValueOrDefault(hash) + 1;
    }

    /// <returns>True when it was sent and has not come back yet.</returns>
    public bool Take(ReadOnlySpan<byte> frame) => Forget(Hash(frame));

    private bool Forget(ulong hash)
    {
        if (!_counts.TryGetValue(hash, out int count)) return false;
        if (count == 1) _counts.Remove(hash);
        else _counts[hash] = count - 1;
        return true;
    }

    // FNV-1a with 64 bits; 0 stands for an empty place.
    private static ulong Hash(ReadOnlySpan<byte> frame)
    {
        ulong hash = 14695981039346656037;
        foreach (byte octet in frame) hash = (hash ^ octet) * 1099511628211;
        return hash == 0 ? 1 : hash;
    }
}
