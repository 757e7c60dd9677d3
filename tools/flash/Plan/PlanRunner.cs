using System.Diagnostics;
using System.Text;

namespace LabEdge.Flash;

/// <summary>Does what a plan says, step by step; the first that does not succeed ends it, with advice.</summary>
/// <param name="root">The repository: commands run there.</param>
/// <param name="find">Where a tool lies, or null; see <see cref="Tools.Find"/>.</param>
public sealed class PlanRunner(string root, Func<string, string> find, TextWriter output, TextWriter error)
{
    /// <returns>True when every step succeeded.</returns>
    public bool Run(FlashPlan plan)
    {
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            PlanStep step = plan.Steps[i];
            output.WriteLine($"[{i + 1}/{plan.Steps.Count}] {step.Title}");
            string fault = step switch
            {
                CommandStep command => Run(command),
                OwnStep own => own.Run(output),
                _ => throw new InvalidOperationException(step.GetType().Name),
            };
            if (fault == null) continue;
            error.WriteLine(fault);
            error.WriteLine($"Step {i + 1} of {plan.Steps.Count} did not succeed{(i + 1 < plan.Steps.Count ? "; the steps after it were not done" : "")}.");
            return false;
        }

        return true;
    }

    private string Run(CommandStep step)
    {
        output.WriteLine("     " + step.Line);
        string path = find(step.Tool);
        if (path == null) return $"{step.Tool} is not installed: {ToolAdvice.Install(step.Tool)}";
        using Process process = new() { StartInfo = new ProcessStartInfo(path, step.Arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = root } };
        StringBuilder printed = new();
        process.OutputDataReceived += (_, line) => Take(line.Data, output, printed);
        process.ErrorDataReceived += (_, line) => Take(line.Data, error, printed);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        lock (printed) return process.ExitCode == 0 ? null : ToolAdvice.For(step.Tool, process.ExitCode, printed.ToString());
    }

    private static void Take(string line, TextWriter to, StringBuilder printed)
    {
        if (line == null) return;
        lock (printed)
        {
            printed.AppendLine(line);
            to.WriteLine("     " + line);
        }
    }
}
