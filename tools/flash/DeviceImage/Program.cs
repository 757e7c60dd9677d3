using System.Globalization;
using LabEdge.DeviceImage;

return args switch
{
    ["verify", string assembly] => Verify(assembly),
    ["image", string output, string limit, string list] => Image(output, limit, list),
    _ => Fail("usage: DeviceImage verify <assembly> | image <out.bin> <limit in octets, 0 = none> <list file>"),
};

static int Verify(string path)
{
    IReadOnlyList<string> problems = Verifier.Check(path);
    foreach (string problem in problems) Console.WriteLine($"{path} : error NANO101: nanoCLR 1.x cannot run this: {problem}");
    return problems.Count == 0 ? 0 : 1;
}

static int Image(string output, string limit, string list)
{
    if (!TryParseSize(limit, out int limitOctets)) return Fail($"'{limit}' is no size");
    try
    {
        ImageBuilder image = new(File.ReadAllLines(list).Where(line => line.Length > 0));
        try
        {
            image.WriteTo(output, limitOctets);
        }
        finally
        {
            foreach (string row in image.Table) Console.WriteLine(row);
        }

        return 0;
    }
    catch (Exception e) when (e is InvalidDataException or IOException or BadImageFormatException)
    {
        return Fail(e.Message);
    }
}

static bool TryParseSize(string text, out int octets) =>
    text.StartsWith("0x", StringComparison.Ordinal)
        ? int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out octets);

static int Fail(string text)
{
    Console.WriteLine("DeviceImage : error NANO100: " + text);
    return 1;
}
