using System.Reflection;

namespace LabEdge.Tests;

/// <summary>Where the repository lies and what its build leaves there; found from the test's own folder, so no path is fixed.</summary>
public static class Repository
{
    /// <summary>The folder of Firmware.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folders below boards/rooms/, in the order of the arrows.</summary>
    public static IReadOnlyList<string> Rooms { get; } = ["Hal", "W5500", "Enc28j60", "Store", "Forwarding", "Host", "Control", "Tcp", "Ospf", "Ldp", "Bfd", "Configuration", "Show", "Explain", "Console", "Router", "Boards"];

    /// <summary>Rooms of protocols, which a board deploys only when its role needs them.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["Tcp", "Ospf", "Ldp", "Bfd"];

    /// <summary>A file or folder of the repository, by its parts below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The assembly of one room as the boards get it: compiled for netnano1.0 against boards/surface.</summary>
    /// <param name="room">One of <see cref="Rooms"/>; Hal is hal/Contracts.</param>
    public static string TwinAssembly(string room)
    {
        string assembly = room switch
        {
            "Hal" => "LabEdge.Hal",
            "W5500" or "Enc28j60" or "Store" => "LabEdge.Hal." + room,
            _ => "LabEdge." + room,
        };
        return PathOf("boards", "rooms", room, "bin", "surface", Configuration, assembly + ".dll");
    }

    /// <summary>The hand-declared stand-in for one assembly of the device: mscorlib, System.Device.Spi and so on.</summary>
    public static string SurfaceAssembly(string name) => PathOf("boards", "surface", name, "bin", "surface", Configuration, name + ".dll");

    /// <summary>Debug or Release, as this test was built, and so everything that it refers to.</summary>
    public static string Configuration { get; } = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>().Configuration;

    private static string FindRoot()
    {
        for (DirectoryInfo folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Firmware.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("No Firmware.sln above " + AppContext.BaseDirectory);
    }
}
