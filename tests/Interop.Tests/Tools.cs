using System.Diagnostics;

namespace LabEdge.Tests.Interop;

/// <summary>External programs, run to their end with a bound; and what a test says when the machine lacks them.</summary>
public static class Tools
{
    /// <summary>Set by the main job where root is there: what is missing then fails instead of being skipped.</summary>
    public const string RequireVariable = "LABEDGE_REQUIRE_ROOT_TESTS";

    /// <summary>Skips the test, saying what it misses; fails it where the main job demands it.</summary>
    public static void Need(bool root, params string[] programs)
    {
        List<string> missing = [.. programs.Where(p => !IsInstalled(p)).Select(p => "the program " + p)];
        if (root && Environment.UserName != "root") missing.Insert(0, "root (network namespaces)");
        if (missing.Count == 0) return;
        string text = "misses " + string.Join(", ", missing);
        if (Environment.GetEnvironmentVariable(RequireVariable) == "1") Assert.Fail(text);
        Assert.Inconclusive(text);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Exit code and everything it printed, both streams.</returns>
    public static (int Exit, string Text) Run(string program, string arguments, int seconds = 60)
    {
        (int exit, string output, string errors) = RunApart(program, arguments, seconds);
        return (exit, output + errors);
    }

    /// <summary>Runs a program to its end; its two streams apart.</summary>
    public static (int Exit, string Output, string Errors) RunApart(string program, string arguments, int seconds = 60)
    {
        using Process process = Start(program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} {arguments}: not finished after {seconds} s: " + output.Result, errors.Result);
        }

        return (process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static string Must(string program, string arguments, int seconds = 60)
    {
        (int exit, string text) = Run(program, arguments, seconds);
        Assert.AreEqual(0, exit, $"{program} {arguments}: {text}");
        return text;
    }

    /// <summary>What tshark finds wrong in a capture, a line for each packet: malformed, an error, or a wrong checksum; "" when it is clean.</summary>
    /// <param name="capture">The file.</param>
    /// <param name="options">More for tshark, such as what is in a pseudowire.</param>
    /// <param name="filter">A display filter: these packets only.</param>
    public static string TsharkFaults(string capture, string options = "", string filter = "frame")
    {
        const string Wrong = "_ws.malformed || _ws.expert.severity==error || ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0 || icmp.checksum.status==0 || icmpv6.checksum.status==0";

        // Linux writes 0xFFFF where the checksum of TCP is zero (as UDP must), once in 65,536 segments; ones' complement knows no difference, tshark does.
        (int exit, string output, string errors) = RunApart("tshark", $"-r {capture} {options} -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -Y \"({filter}) && ({Wrong}) && !(tcp.checksum == 0xffff)\"");
        Assert.AreEqual(0, exit, $"tshark -r {capture} {options}: {errors}");
        return output.Trim();
    }

    /// <summary>Starts a program with its streams redirected; the caller ends it.</summary>
    public static Process Start(string program, string arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    });

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH").Split(':').Append("/usr/sbin").Append("/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));
}
