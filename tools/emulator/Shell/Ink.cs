namespace LabEdge.Emulator.Shell;

/// <summary>What a piece of text is; how that looks is the writer's matter.</summary>
public enum Ink
{
    Plain,

    /// <summary>What stands before the input.</summary>
    Prompt,

    /// <summary>What a person typed.</summary>
    Typed,

    /// <summary>A goal that is met.</summary>
    Good,

    /// <summary>A goal that is not met, a line that is not understood.</summary>
    Bad,

    /// <summary>What may be overlooked.</summary>
    Faint,
}

/// <summary>Where a lab's shell writes. Lines end with a single line feed.</summary>
public abstract class InkWriter
{
    public abstract void Write(string text, Ink ink = Ink.Plain);

    public void Line(string text = "", Ink ink = Ink.Plain)
    {
        if (text.Length > 0) Write(text, ink);
        Write("\n");
    }
}

/// <summary>Text without any colour, the same in a file, a pipe and a test.</summary>
public sealed class PlainInk(TextWriter output) : InkWriter
{
    public override void Write(string text, Ink ink = Ink.Plain) => output.Write(text);
}

/// <summary>Text for a terminal, with the sixteen colours that a person has chosen there (ECMA-48, SGR).</summary>
/// <param name="colours">False where NO_COLOR is set.</param>
public sealed class TerminalInk(TextWriter output, bool colours) : InkWriter
{
    public override void Write(string text, Ink ink = Ink.Plain)
    {
        string code = ink switch
        {
            Ink.Prompt => "36",
            Ink.Typed => "1",
            Ink.Good => "32",
            Ink.Bad => "31",
            Ink.Faint => "2",
            _ => null,
        };
        output.Write(code == null || !colours ? text : $"\e[{code}m{text}\e[0m");
        output.Flush();
    }
}
