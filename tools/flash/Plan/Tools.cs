namespace LabEdge.Flash;

/// <summary>Programs of this machine, by name.</summary>
public static class Tools
{
    /// <summary>Where a tool lies: on the PATH, or among the global tools of .NET, which a new shell may not have on its PATH yet.</summary>
    /// <returns>Null when it is not installed.</returns>
    public static string Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending))).FirstOrDefault(File.Exists);
    }
}
