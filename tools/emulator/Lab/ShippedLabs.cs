using System.Text;

namespace LabEdge.Emulator;

/// <summary>
/// The labs that come with the program: in the repository that it was built in those of <c>tools/labs</c>, as they lie there now;
/// elsewhere those inside the program, which are laid into a folder of their own as long as the process runs.
/// </summary>
public static class ShippedLabs
{
    private const string InProgram = "labs";

    private static readonly Lazy<string> s_repository = new(() => FindRepository(AppContext.BaseDirectory));
    private static readonly Lazy<string> s_laidOut = new(MakeFolder);

    /// <summary>In the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } = ReadNames();

    /// <summary>The folder of a lab, as a path or by the name of one that comes with the program; a path comes first.</summary>
    /// <returns>Null when it is neither.</returns>
    public static string Find(string pathOrName)
    {
        if (Directory.Exists(pathOrName)) return pathOrName;
        return Names.Contains(pathOrName) ? FolderOf(pathOrName) : null;
    }

    /// <summary>Where a lab of <see cref="Names"/> lies.</summary>
    public static string FolderOf(string name)
    {
        if (s_repository.Value != null) return Path.Combine(s_repository.Value, name);
        string folder = Path.Combine(s_laidOut.Value, name);
        if (!Directory.Exists(folder)) LabFiles.OfProgram($"{InProgram}/{name}").WriteTo(folder);
        return folder;
    }

    /// <summary>The heading of the lab's README.</summary>
    public static string TitleOf(string name)
    {
        LabFiles files = s_repository.Value == null ? LabFiles.OfProgram($"{InProgram}/{name}") : LabFiles.OfFolder(FolderOf(name));
        string text = files.All.TryGetValue("README.md", out byte[] octets) ? Encoding.UTF8.GetString(octets) : "";
        string heading = text.Split('\n').FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal)) ?? "";
        return heading.TrimStart('#').Trim();
    }

    private static string[] ReadNames()
    {
        IEnumerable<string> names = s_repository.Value != null
            ? Directory.GetDirectories(s_repository.Value).Where(folder => File.Exists(Path.Combine(folder, TopologyReader.FileName))).Select(Path.GetFileName)
            : LabFiles.OfProgram(InProgram).All.Keys.Where(path => path.EndsWith("/" + TopologyReader.FileName, StringComparison.Ordinal)).Select(path => path.Split('/')[0]);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static string FindRepository(string start)
    {
        for (DirectoryInfo at = new(start); at != null; at = at.Parent)
        {
            string labs = Path.Combine(at.FullName, "tools", "labs");
            if (Directory.Exists(labs) && File.Exists(Path.Combine(at.FullName, "Firmware.sln"))) return labs;
        }

        return null;
    }

    private static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("labedge-labs-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        return folder;
    }
}
