using LabEdge.Emulator;
using LabEdge.Emulator.Shell;
using LabEdge.Tests.Lab;

namespace LabEdge.Tests.Shell;

/// <summary>A lab's shell in this process, and what it has written.</summary>
public sealed class ShellFixture : IDisposable
{
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly PlainInk _ink;

    public ShellFixture(string lab = LabFixture.L3)
    {
        _ink = new PlainInk(_text);
        Shell = new LabShell(LabSession.Open(LabFixture.PathOf(lab), new LabOptions()), _ink);
        Shell.Open(2_000_000);
        Take();
    }

    public LabShell Shell { get; }

    /// <summary>Gives lines to the shell, as a script does.</summary>
    /// <returns>The transcript.</returns>
    public string Lines(params string[] lines)
    {
        ShellDriver.RunLines(Shell, new StringReader(string.Join('\n', lines)), _ink);
        return Take();
    }

    public void Dispose() => Shell.Dispose();

    private string Take()
    {
        string text = _text.ToString();
        _text.GetStringBuilder().Clear();
        return text;
    }
}
