using LabEdge.Flash;

namespace LabEdge.Tests.Device;

/// <summary>
/// A folder that stands for the repository: the real table of boards, and tools of ours (shell scripts) in place of dotnet, nanoff and
/// meadow. They note what they were given.
/// </summary>
public sealed class FlashFolder : IDisposable
{
    private const string Log = "calls.txt";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("labedge-flash-");

    public FlashFolder()
    {
        Directory.CreateDirectory(Path.Combine(Root, "boards"));
        File.Copy(Repository.PathOf("boards", "boards.json"), Path.Combine(Root, BoardList.File));
        Boards = BoardList.Read(Path.Combine(Root, BoardList.File), []);
    }

    public string Root => _folder.FullName;

    public IReadOnlyList<Board> Boards { get; }

    /// <summary>Serial ports that this machine has.</summary>
    public IReadOnlyList<string> Ports { get; init; } = ["COM5"];

    /// <summary>The tools' calls so far, a line each.</summary>
    public string[] Calls => File.Exists(Path.Combine(Root, Log)) ? File.ReadAllLines(Path.Combine(Root, Log)) : [];

    public string Write(string name, string text)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path));
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A tool: notes its arguments, does what the script says, ends with a code.</summary>
    public void AddTool(string name, int exitCode = 0, string script = "")
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("the tools of this test are shell scripts");
            return;
        }

        string path = Write("tools/" + name, $"#!/bin/sh\necho \"{name} $*\" >> \"{Root}/{Log}\"\n{script}\nexit {exitCode}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>dotnet as far as a build of a head goes: it leaves an image of so many octets.</summary>
    public void AddBuild(string board, int imageOctets)
    {
        string image = ImageCheck.PathOf(Boards.Single(b => b.Name == board));
        AddTool("dotnet", 0, $"mkdir -p \"{Path.GetDirectoryName(image)}\"\nhead -c {imageOctets} /dev/zero > \"{image}\"");
    }

    public (int Code, string Output, string Error) Run(FlashRequest request, bool whatIf = false)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = FlashCommand.Run(Root, request, whatIf, Ports, Find, output, error);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Find(string tool)
    {
        string path = Path.Combine(Root, "tools", tool);
        return File.Exists(path) ? path : null;
    }
}
