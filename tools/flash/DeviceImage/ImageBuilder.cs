namespace LabEdge.DeviceImage;

/// <summary>
/// A deployment image of nanoFramework 1.x: the .pe files one after another, each padded with zeros to a multiple of
/// four octets, without header or trailer. nanoCLR walks it record by record, so that order does not matter.
/// </summary>
public sealed class ImageBuilder
{
    private readonly MemoryStream _image = new();
    private readonly Dictionary<string, NanoAssembly> _assemblies = [];
    private readonly List<string> _table = ["  offset    octets  assembly (references)"];

    /// <param name="files">Paths of .pe files; the managed .dll or .exe lies beside each.</param>
    /// <exception cref="InvalidDataException">A file is no .pe of 1.x, stands twice, or needs an assembly that is not in the list.</exception>
    public ImageBuilder(IEnumerable<string> files)
    {
        foreach (string file in files) Append(file);
        foreach (NanoAssembly assembly in _assemblies.Values) RequireReferences(assembly);
    }

    /// <summary>One line per assembly, ready to print, and the sum once the image is written.</summary>
    public IReadOnlyList<string> Table => _table;

    /// <summary>Writes the image.</summary>
    /// <param name="limitOctets">Size of the deployment partition; 0 = not checked.</param>
    /// <exception cref="InvalidDataException">The image is larger than the partition; nothing is written.</exception>
    public void WriteTo(string path, int limitOctets)
    {
        if (limitOctets > 0 && _image.Length > limitOctets) throw new InvalidDataException($"the image has {_image.Length} octets, the deployment partition only {limitOctets}");
        File.WriteAllBytes(path, _image.ToArray());
        string share = limitOctets > 0 ? FormattableString.Invariant($" = {100.0 * _image.Length / limitOctets:F1} % of {limitOctets}") : "";
        _table.Add($"  image {Path.GetFileName(path)}: {_assemblies.Count} assemblies, {_image.Length} octets{share}");
    }

    private void Append(string file)
    {
        byte[] octets = File.ReadAllBytes(file);
        NanoAssembly assembly = NanoAssembly.Read(octets, file);
        if (!_assemblies.TryAdd(assembly.Name, assembly)) throw new InvalidDataException($"the assembly {assembly.Name} appears twice");
        _table.Add($"  {_image.Length,6:X6} {octets.Length,9}  {assembly.Name} {assembly.Version} native 0x{assembly.NativeChecksum:X8}, "
            + $"code {assembly.CodeOctets}/65535, strings {assembly.StringOctets}/65535 ({string.Join(", ", assembly.References.Keys)})");
        _image.Write(octets);
        while (_image.Length % 4 != 0) _image.WriteByte(0);
    }

    private void RequireReferences(NanoAssembly assembly)
    {
        foreach ((string name, Version wanted) in assembly.References)
        {
            if (!_assemblies.TryGetValue(name, out NanoAssembly found)) throw new InvalidDataException($"{assembly.Name} needs {name}, which is not in the image");
            // nanoCLR binds by name, major and minor; build and revision are free.
            if (found.Version.Major != wanted.Major || found.Version.Minor != wanted.Minor) throw new InvalidDataException($"{assembly.Name} needs {name} {wanted.Major}.{wanted.Minor}, the image has {found.Version}");
        }
    }
}
