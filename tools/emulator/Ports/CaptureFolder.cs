namespace LabEdge.Emulator;

/// <summary>The folder of <c>--pcap</c>: what goes wrong with it is said with the option's name.</summary>
public static class CaptureFolder
{
    /// <summary>Makes the folder, and in it what <paramref name="make"/> makes.</summary>
    /// <exception cref="PortException">It is no folder, or cannot be written to.</exception>
    public static T Open<T>(string folder, Func<T> make)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return make();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string found = File.Exists(folder) ? "that is a file" : exception.Message.TrimEnd('.');
            throw new PortException($"--pcap {folder}: expected a folder that captures can be written to; {found}");
        }
    }
}
