namespace LabEdge.Tests;

/// <summary>Octets as the tests write them: hexadecimal digits, with blanks and line ends wherever they help the reader.</summary>
public static class Hex
{
    /// <summary>The octets of a text of hexadecimal digits.</summary>
    public static byte[] Octets(string text)
    {
        return Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
    }

    /// <summary>Octets as upper-case digits, a blank after every fourth octet.</summary>
    public static string Text(byte[] octets, int offset, int count)
    {
        return string.Join(' ', octets.Skip(offset).Take(count).Chunk(4).Select(Convert.ToHexString));
    }

    /// <summary>All octets as upper-case digits, a blank after every fourth.</summary>
    public static string Text(byte[] octets)
    {
        return Text(octets, 0, octets.Length);
    }
}
