using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LabEdge.Tests.Guards;

/// <summary>What an assembly takes of nanoCLR's 16-bit tables: octets of IL, and octets of strings (names and literals).</summary>
public sealed record RoomSize(int Il, int Strings)
{
    public const int IlLimit = 56 * 1024;
    public const int StringLimit = 48 * 1024;

    public static RoomSize Of(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        int il = metadata.MethodDefinitions.Select(h => metadata.GetMethodDefinition(h).RelativeVirtualAddress)
            .Where(rva => rva != 0).Sum(rva => file.GetMethodBody(rva).GetILBytes().Length);

        // nanoCLR keeps names and literals in one table as zero-terminated UTF-8; the literals here are UTF-16 with a length and a flag.
        int strings = metadata.GetHeapSize(HeapIndex.String);
        int userStrings = metadata.GetHeapSize(HeapIndex.UserString);
        return new RoomSize(il, strings + userStrings / 2);
    }

    /// <returns>What is too large, or an empty list.</returns>
    public List<string> Problems(string name)
    {
        List<string> problems = [];
        if (Il > IlLimit) problems.Add($"{name}: {Il} octets of IL (limit {IlLimit})");
        if (Strings > StringLimit) problems.Add($"{name}: {Strings} octets of strings (limit {StringLimit})");
        return problems;
    }
}
