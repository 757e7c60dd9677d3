using System.Buffers.Binary;

namespace LabEdge.Emulator;

/// <summary>
/// A capture file in the classic form (microseconds, little endian, LINKTYPE_ETHERNET): what tshark, tcpdump and Wireshark read.
/// Timestamps are the caller's, so a lab's captures are in virtual time and the same octet for octet in every run.
/// </summary>
public sealed class PcapWriter : IDisposable
{
    public const uint Magic = 0xA1B2C3D4;
    public const int LinkTypeEthernet = 1;
    public const int SnapLength = 65535;

    private readonly Stream _stream;
    private readonly byte[] _head = new byte[24];

    /// <summary>Writes the file header; the stream is the writer's from here on.</summary>
    public PcapWriter(Stream stream)
    {
        _stream = stream;
        Span<byte> head = _head;
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], SnapLength);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], LinkTypeEthernet);
        _stream.Write(_head, 0, 24);
    }

    public PcapWriter(string path) : this(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16))
    {
    }

    public long Frames { get; private set; }

    /// <param name="timeUs">Microseconds since the epoch that the file shows; the labs count from zero.</param>
    public void Write(long timeUs, byte[] octets, int offset, int count)
    {
        Frames++;
        int kept = Math.Min(count, SnapLength);
        Span<byte> head = _head;
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(timeUs / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(timeUs % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], kept);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], count);
        _stream.Write(_head, 0, 16);
        _stream.Write(octets, offset, kept);
    }

    public void Flush() => _stream.Flush();

    public void Dispose() => _stream.Dispose();
}
