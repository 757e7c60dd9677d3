using System.Runtime.InteropServices;

namespace LabEdge.Tests.Memory;

/// <summary>
/// What an object costs on the heap of the nanoCLR (databook nanoclr section 5): blocks of 12 octets; an object one block and one
/// per field whatever the field's type; an array 20 octets and its elements, references 12 octets each; a string 24 octets and
/// its characters.
/// </summary>
public static class BlockModel
{
    public const int Block = 12;

    /// <summary>The heap's longest run: 65,535 blocks.</summary>
    public const int LargestArray = 786_420;

    private const int ArrayHeader = 20;
    private const int StringHeader = 24;

    public static int Object(int fields) => Block * (1 + fields);

    public static int Array(Array array)
    {
        Type element = array.GetType().GetElementType();
        return Rounded(ArrayHeader + array.Length * (element.IsPrimitive ? SizeOf(element) : Block));
    }

    public static int String(int characters) => Rounded(StringHeader + characters);

    // The device's bool and char: one and two octets, whatever marshalling says.
    private static int SizeOf(Type primitive) => primitive == typeof(bool) ? 1 : primitive == typeof(char) ? 2 : Marshal.SizeOf(primitive);

    private static int Rounded(int octets) => (octets + Block - 1) / Block * Block;
}
