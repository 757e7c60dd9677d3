using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LabEdge.DeviceImage;

/// <summary>What an image builder needs to know of one .pe; names and references come from the managed file beside it.</summary>
public sealed class NanoAssembly
{
    // Header of a .pe (nf-interpreter CLR_RECORD_ASSEMBLY): marker 8, ..., native checksum at 20, version at 28, table starts at 40.
    private const int HeaderLength = 124;
    private const int NativeChecksumOffset = 20;
    private const int VersionOffset = 28;
    private const int TablesOffset = 40;
    private const int StringTable = 11;
    private const int CodeTable = 13;
    private const int EndOfAssembly = 15;

    public string Name { get; private init; }

    public Version Version { get; private init; }

    /// <summary>0 when the assembly has no native methods; else firmware must carry the same number.</summary>
    public uint NativeChecksum { get; private init; }

    /// <summary>Octets of IL; the format ends at 65,535.</summary>
    public int CodeOctets { get; private init; }

    /// <summary>Octets of names and literals; the format ends at 65,535.</summary>
    public int StringOctets { get; private init; }

    public IReadOnlyDictionary<string, Version> References { get; private init; }

    /// <exception cref="InvalidDataException">No complete .pe of the 1.x format, or no managed file beside it.</exception>
    public static NanoAssembly Read(byte[] octets, string path)
    {
        if (octets.Length < HeaderLength || !octets.AsSpan(0, 6).SequenceEqual("NFMRK1"u8)) throw new InvalidDataException(path + ": no nanoFramework 1.x assembly (no marker NFMRK1)");
        int total = TableStart(octets, EndOfAssembly);
        if (total != octets.Length) throw new InvalidDataException($"{path}: its header says {total} octets, the file has {octets.Length}: truncated, or a failed conversion");

        string managed = new[] { ".dll", ".exe" }.Select(extension => Path.ChangeExtension(path, extension)).FirstOrDefault(File.Exists)
            ?? throw new InvalidDataException(path + ": no .dll or .exe beside it");
        using PEReader file = new(File.OpenRead(managed));
        MetadataReader metadata = file.GetMetadataReader();
        return new NanoAssembly
        {
            Name = metadata.GetString(metadata.GetAssemblyDefinition().Name),
            Version = new Version(VersionPart(octets, 0), VersionPart(octets, 1), VersionPart(octets, 2), VersionPart(octets, 3)),
            NativeChecksum = BinaryPrimitives.ReadUInt32LittleEndian(octets.AsSpan(NativeChecksumOffset)),
            CodeOctets = TableStart(octets, CodeTable + 1) - TableStart(octets, CodeTable),
            StringOctets = TableStart(octets, StringTable + 1) - TableStart(octets, StringTable),
            References = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).ToDictionary(r => metadata.GetString(r.Name), r => r.Version),
        };
    }

    private static int TableStart(byte[] octets, int table) => (int)BinaryPrimitives.ReadUInt32LittleEndian(octets.AsSpan(TablesOffset + 4 * table));

    private static int VersionPart(byte[] octets, int part) => BinaryPrimitives.ReadUInt16LittleEndian(octets.AsSpan(VersionOffset + 2 * part));
}
