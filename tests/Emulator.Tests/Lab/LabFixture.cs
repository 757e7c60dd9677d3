using LabEdge.Emulator;

namespace LabEdge.Tests.Lab;

/// <summary>A lab of the repository, copied with its solution into a folder of the test's own where something is to be changed.</summary>
public sealed class LabFixture : IDisposable
{
    public const string L2 = "l2vpn-static";
    public const string L3 = "l3vpn-static";
    public const string Bridge = "bridge-domain";
    public const string DualStack = "l3vpn-dual-stack";

    /// <param name="lab">Name of the lab to copy.</param>
    public LabFixture(string lab)
    {
        Folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        string[] files = [.. Directory.GetFiles(PathOf(lab)), .. Directory.GetFiles(Path.Combine(PathOf(lab), "solution"))];
        foreach (string file in files) File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    private LabFixture()
    {
        Folder = Directory.CreateTempSubdirectory("labedge-").FullName;
    }

    /// <summary>A copy of a folder with all of a lab's files in it.</summary>
    public static LabFixture Of(string folder)
    {
        LabFixture lab = new();
        foreach (string file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(lab.Folder, Path.GetFileName(file)));
        return lab;
    }

    public string Folder { get; }

    /// <summary>The lab as it lies in the repository.</summary>
    public static string PathOf(string lab) => Repository.PathOf("tools", "labs", lab);

    public static LabReport Run(string folder, LabOptions options = null) => new LabRun().Run(folder, options ?? new LabOptions());

    /// <summary>What failed, for the message of an assertion.</summary>
    public static string Failures(LabReport report)
    {
        return string.Join('\n', report.Results.Where(result => !result.Ok).Select(result => $"{result.Check.Goal}: {result.Reason}"));
    }

    /// <summary>Changes one piece of text in a file of the lab.</summary>
    public LabFixture Replace(string file, string old, string replacement)
    {
        string path = Path.Combine(Folder, file);
        string text = File.ReadAllText(path);
        StringAssert.Contains(text, old);
        File.WriteAllText(path, text.Replace(old, replacement));
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, true);
}
