namespace LabEdge.Flash;

/// <summary>The drive that a Pico is in BOOTSEL mode: a UF2 file that is copied there is written to its flash.</summary>
public static class Uf2Drive
{
    /// <summary>A file that every such drive has.</summary>
    public const string Marker = "INFO_UF2.TXT";

    private const int BlockOctets = 512;

    // UF2 file format: the first and second word of each block of 512 octets.
    private static readonly byte[] Magic = [0x55, 0x46, 0x32, 0x0A, 0x57, 0x51, 0x5D, 0x9E];

    /// <param name="drive">Where it is mounted; null = looked for.</param>
    /// <returns>Null when it is copied, else why not.</returns>
    public static string Copy(string file, string drive, TextWriter output)
    {
        if (!IsUf2(file)) return $"{file} is no UF2 file";
        string[] found = drive != null ? [drive] : [.. Mounted().Where(HasMarker)];
        if (found.Length == 0) return $"no drive with {Marker} is mounted: hold BOOTSEL while you plug the board in, or name its folder with -Drive";
        if (found.Length > 1) return $"more than one board is in BOOTSEL mode ({string.Join(", ", found)}): unplug the others, or name one with -Drive";
        if (!HasMarker(found[0])) return $"{found[0]} is no drive of a board in BOOTSEL mode: it has no {Marker}";
        try
        {
            File.Copy(file, Path.Combine(found[0], Path.GetFileName(file)), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"cannot copy to {found[0]}: {exception.Message}";
        }

        output.WriteLine($"     copied to {found[0]}; the board starts anew by itself");
        return null;
    }

    private static bool IsUf2(string file)
    {
        byte[] octets = File.ReadAllBytes(file);
        if (octets.Length == 0 || octets.Length % BlockOctets != 0) return false;
        for (int i = 0; i < octets.Length; i += BlockOctets)
        {
            if (!octets.AsSpan(i, Magic.Length).SequenceEqual(Magic)) return false;
        }

        return true;
    }

    private static bool HasMarker(string folder) => File.Exists(Path.Combine(folder, Marker));

    private static IEnumerable<string> Mounted()
    {
        foreach (DriveInfo drive in DriveInfo.GetDrives())
        {
            if (drive.IsReady) yield return drive.RootDirectory.FullName;
        }
    }
}
