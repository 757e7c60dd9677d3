namespace LabEdge.Emulator.Shell;

/// <summary>A command of a lab's shell as data: its words, of which those in capitals stand for a value, and what it does.</summary>
/// <param name="Form">Such as <c>link LINK down</c>; a command of several forms has several rows.</param>
/// <param name="Do">Is given the words of the line, in the form's order; each fits its place.</param>
public sealed record ShellCommand(string Form, string Help, Action<LabShell, string[]> Do)
{
    public string[] Words { get; } = Form.Split(' ');
}
