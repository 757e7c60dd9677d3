namespace LabEdge.Flash;

/// <summary>The repository that this program was built in.</summary>
public static class RepositoryFolder
{
    /// <returns>Null when there is none above the program or the current folder.</returns>
    public static string Find()
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (DirectoryInfo folder = new(start); folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, BoardList.File))) return folder.FullName;
            }
        }

        return null;
    }
}
