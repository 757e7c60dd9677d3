using System.Reflection;

namespace LabEdge.Emulator;

/// <summary>The files of a lab in memory: their paths below its folder, with <c>/</c>, and their octets.</summary>
public sealed class LabFiles
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> All => _files;

    public byte[] this[string path]
    {
        set => _files[path] = value;
    }

    /// <summary>Everything in a folder and below it.</summary>
    public static LabFiles OfFolder(string folder)
    {
        LabFiles files = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }

        return files;
    }

    /// <summary>What lies inside the program below a folder such as <c>labs/l3vpn-static</c>; empty when there is none of that name.</summary>
    public static LabFiles OfProgram(string folder)
    {
        Assembly program = typeof(LabFiles).Assembly;
        LabFiles files = new();
        foreach (string resource in program.GetManifestResourceNames())
        {
            // Built on Windows, the folder parts of a resource's name have the other slash.
            string path = resource.Replace('\\', '/');
            if (!path.StartsWith(folder + "/", StringComparison.Ordinal)) continue;
            using Stream stream = program.GetManifestResourceStream(resource);
            byte[] octets = new byte[stream.Length];
            stream.ReadExactly(octets);
            files[path[(folder.Length + 1)..]] = octets;
        }

        return files;
    }

    /// <summary>Writes all of them below a folder, which is made. A file that is there already stays as it is.</summary>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string path, byte[] octets) in _files)
        {
            string target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target));
            using FileStream file = new(target, FileMode.CreateNew);
            file.Write(octets);
        }
    }
}
