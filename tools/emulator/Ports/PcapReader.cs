using System.Buffers.Binary;

namespace LabEdge.Emulator;

/// <summary>Reads a capture of Ethernet frames in the classic form: either byte order, micro- or nanoseconds.</summary>
public sealed class PcapReader : IDisposable
{
    public const uint NanosecondMagic = 0xA1B23C4D;

    private const uint NextGenerationMagic = 0x0A0D0D0A;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;
    private const int LongestRecord = 256 * 1024;

    // The upper bits of the link type tell of an FCS.
    private const uint LinkTypeMask = 0x0FFFFFFF;

    private readonly Stream _stream;
    private readonly byte[] _octets = new byte[2 * LongestRecord];
    private readonly bool _swapped;
    private readonly bool _nanoseconds;
    private int _start;
    private int _end;

    /// <param name="stream">The reader's from here on.</param>
    /// <exception cref="PortException">It is no such capture; the text says what it is.</exception>
    public PcapReader(Stream stream, string name)
    {
        _stream = stream;
        string mistake = Have(FileHeader) ? ReadHeader(out _swapped, out _nanoseconds) : "the file ends within its header";
        if (mistake == null) return;
        stream.Dispose();
        throw new PortException($"{name}: expected a capture in pcap form; {mistake}");
    }

    /// <summary>When the frame was captured, in microseconds since 1970.</summary>
    public long TimeUs { get; private set; }

    /// <summary>What was kept of the frame, until the next call of <see cref="Next"/>, and how long it was.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(_start, Kept);
    public int Kept { get; private set; }
    public int Length { get; private set; }

    /// <summary>True when the file ended within a record, or a record's length cannot be.</summary>
    public bool Damaged { get; private set; }

    /// <summary>Goes to the next frame.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Next()
    {
        _start += Kept;
        Kept = 0;
        if (Damaged || !Have(RecordHeader))
        {
            Damaged |= _end != _start;
            return false;
        }

        uint seconds = Word(_start);
        uint fraction = Word(_start + 4);
        uint kept = Word(_start + 8);
        uint length = Word(_start + 12);
        if (kept > LongestRecord || length > int.MaxValue || kept > length || !Have(RecordHeader + (int)kept))
        {
            Damaged = true;
            return false;
        }

        _start += RecordHeader;
        Kept = (int)kept;
        Length = (int)length;
        TimeUs = seconds * 1_000_000L + (_nanoseconds ? fraction / 1000 : fraction);
        return true;
    }

    public void Dispose() => _stream.Dispose();

    private string ReadHeader(out bool swapped, out bool nanoseconds)
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(_octets);
        swapped = BinaryPrimitives.ReverseEndianness(magic) is PcapWriter.Magic or NanosecondMagic;
        if (swapped) magic = BinaryPrimitives.ReverseEndianness(magic);
        nanoseconds = magic == NanosecondMagic;
        if (magic == NextGenerationMagic) return "this is pcapng: editcap -F pcap makes one of it";
        if (magic is not (PcapWriter.Magic or NanosecondMagic)) return $"it begins with {Convert.ToHexString(_octets, 0, 4)}";
        uint linkType = (swapped ? BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(20)) : BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(20))) & LinkTypeMask;
        if (linkType != PcapWriter.LinkTypeEthernet) return $"its link type is {linkType}, not 1 (Ethernet)";
        _start = FileHeader;
        return null;
    }

    private uint Word(int at)
    {
        return _swapped ? BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(at));
    }

    // True when so many octets stand from _start on.
    private bool Have(int count)
    {
        if (_end - _start >= count) return true;
        _octets.AsSpan(_start, _end - _start).CopyTo(_octets);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            int read = _stream.Read(_octets, _end, _octets.Length - _end);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }
}
