using System.Diagnostics;

namespace LabEdge.Tests.Commands;

[TestClass]
public class PackageTests
{
    private const int LimitMs = 120_000;

    [TestMethod]
    public void The_dotnet_tool_installs_and_runs_a_lab_by_name_from_anywhere_with_the_same_digest()
    {
        string folder = Directory.CreateTempSubdirectory("labedge-").FullName;
        string packages = Path.Combine(folder, "packages");
        string tools = Path.Combine(folder, "tools");
        Run(folder, "dotnet", "pack", Repository.PathOf("tools", "emulator"), "--no-build", "-c", Repository.Configuration, "-o", packages, "--nologo");
        Run(folder, "dotnet", "tool", "install", "labedge", "--tool-path", tools, "--source", packages);
        string program = Path.Combine(tools, OperatingSystem.IsWindows() ? "labedge.exe" : "labedge");
        string installed = Run(folder, program, "lab", "run", "l3vpn-static", "--json");
        StringAssert.Contains(Run(folder, program, "lab", "list"), "l2vpn-static");
        Directory.Delete(folder, true);

        Assert.AreEqual(Labedge.Run(["lab", "run", "l3vpn-static", "--json"]).Output, installed);
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start);
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.IsTrue(process.WaitForExit(LimitMs), program + " did not end");
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}\n{output.Result}{error.Result}");
        return output.Result;
    }
}
