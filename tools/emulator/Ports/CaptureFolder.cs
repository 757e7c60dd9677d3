namespace LabEdge.Emulator;

/// <summary>The folder of captures: what goes wrong with it is said with the name of what asked for it.</summary>
public static class CaptureFolder
{
    /// <summary>Makes the folder, and in it what <paramref name="make"/> makes.</summary>
    /// <exception cref="PortException">It is no folder, or cannot be written to.</exception>
    public static T Open<T>(string folder, Func<T> make, string asked = "--pcap")
    {
        try
        {
            Directory.CreateDirectory(folder);
            return make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string found = File.Exists(folder) ? "that is a file" : exception.Message.TrimEnd('.');
            throw new PortException($"{asked} {folder}: expected a folder that captures can be written to; {found}");
        }
    }
}
