using System.Diagnostics;

namespace LabEdge.Tests.Commands;

/// <summary>The program as a child process, as a user starts it.</summary>
public static class Labedge
{
    private const int LimitMs = 60_000;

    /// <summary>The program that this build made.</summary>
    public static string Program { get; } = Repository.PathOf("tools", "emulator", "bin", Repository.Configuration, "net10.0", "labedge.dll");

    /// <param name="environment">Variables as NAME=VALUE.</param>
    public static (int Code, string Output, string Error) Run(string[] arguments, params string[] environment)
    {
        using Process process = Start(arguments, environment);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(LimitMs), "labedge did not end");
        return (process.ExitCode, output, error.Result);
    }

    public static Process Start(string[] arguments, params string[] environment)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string variable in environment)
        {
            string[] parts = variable.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        return Process.Start(start);
    }
}
