using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// SHA-256 over a whole run: the seed, the topology, every configuration, every delivered frame (time, wire, end, octets) and
/// what the consoles said to the checks. Two runs with the same digest did the same.
/// </summary>
public sealed class RunDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[21];

    /// <summary>Frames taken in.</summary>
    public long Frames { get; private set; }

    /// <summary>A named text: what it is, its length, its octets.</summary>
    public void Text(string name, string text) => Octets(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A named number.</summary>
    public void Number(string name, long value)
    {
        byte[] octets = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(octets, value);
        Octets(name, octets);
    }

    /// <summary>A named run of octets.</summary>
    public void Octets(string name, byte[] octets)
    {
        byte[] label = Encoding.UTF8.GetBytes(name);
        Head(1, 0, label.Length, 0, octets.Length);
        _hash.AppendData(label);
        _hash.AppendData(octets);
    }

    /// <summary>A frame that came out of a wire.</summary>
    /// <param name="time">Virtual microseconds.</param>
    /// <param name="wire">Index of the wire.</param>
    /// <param name="end">0 or 1: the end where it came out.</param>
    public void Frame(long time, int wire, int end, byte[] octets, int offset, int count)
    {
        Frames++;
        Head(2, time, wire, end, count);
        _hash.AppendData(octets, offset, count);
    }

    /// <summary>The digest of everything so far, as 64 lower-case hexadecimal digits.</summary>
    public string Hex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Head(byte kind, long time, int first, int second, int count)
    {
        _head[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(_head.AsSpan(1), time);
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(9), first);
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(13), second);
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(17), count);
        _hash.AppendData(_head);
    }
}
