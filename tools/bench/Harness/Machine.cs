using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LabEdge.Bench;

/// <summary>What stands beside each table: command line, commit, machine.</summary>
public static class Machine
{
    public static string Command => "dotnet run -c Release --project tools/bench -- " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));

    /// <summary>Short hash of the checked-out commit, "+" when files differ from it, "unknown" without git.</summary>
    public static string Commit()
    {
        string folder = Path.GetDirectoryName(ResultsFile.PathOf());
        string hash = Output("git", "-C", folder, "rev-parse", "--short=12", "HEAD");
        if (hash == null) return "unknown";
        string changes = Output("git", "-C", folder, "status", "--porcelain", "--untracked-files=no");
        return hash + (string.IsNullOrEmpty(changes) ? "" : "+");
    }

    public static string Describe()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        string family = File.Exists("/proc/cpuinfo")
            ? string.Join('/', File.ReadLines("/proc/cpuinfo").Where(line => line.StartsWith("cpu family", StringComparison.Ordinal) || line.StartsWith("model\t", StringComparison.Ordinal))
                .Take(2).Select(line => line.Split(':')[1].Trim()))
            : "";
        return $"{model ?? RuntimeInformation.OSArchitecture.ToString()} (family/model {family}), {Environment.ProcessorCount} CPUs, {RuntimeInformation.FrameworkDescription}, cc: {NativeCode.CompilerVersion ?? "none"}";
    }

    /// <summary>Standard output of a program, trimmed; null when it cannot be run or fails.</summary>
    public static string Output(string program, params string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start);
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
