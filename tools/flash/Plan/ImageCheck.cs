namespace LabEdge.Flash;

/// <summary>Whether the built image fits the board's deployment partition.</summary>
public static class ImageCheck
{
    /// <returns>Null when it fits, else what is wrong.</returns>
    public static string Fault(string image, int limitOctets, TextWriter output)
    {
        if (!File.Exists(image)) return $"there is no image {image}: the build of the head made none; look at its lines above";
        long octets = new FileInfo(image).Length;
        if (octets > limitOctets) return $"the image has {octets} octets, and the deployment partition of the board only {limitOctets}: choose a smaller role (ce needs least)";
        output.WriteLine(FormattableString.Invariant($"     {octets} octets, {100.0 * octets / limitOctets:F1} % of the partition"));
        return null;
    }

    /// <summary>Where the build of a head leaves what is written to the board, below the repository.</summary>
    public static string PathOf(Board board) => board.Kind switch
    {
        BoardKind.Meadow => $"{board.HeadFolder}/bin/Release/netstandard2.1/App.dll",
        BoardKind.Uf2 => $"{board.HeadFolder}/bin/device/Release/LabEdge.Pico.bin",
        _ => $"{board.HeadFolder}/bin/device/Release/LabEdge.Esp32.bin",
    };
}
