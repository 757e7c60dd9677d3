using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LabEdge.Emulator.Commands;

/// <summary>The usual help, and examples after it: those of the command, or of the whole program.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _help;
    private readonly string _examples;

    private HelpWithExamples(SynchronousCommandLineAction help, string examples)
    {
        _help = help;
        _examples = examples;
    }

    public override bool ClearsParseErrors => true;

    /// <param name="examples">Of the whole program.</param>
    public static void AddTo(RootCommand root, string examples)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        // "/h" and "/?" are no words of a shell's completion, nor of any other command here.
        option.Aliases.Remove("/h");
        option.Aliases.Remove("/?");
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action, examples);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        string examples = (parseResult.CommandResult.Command as ExampleCommand)?.Examples ?? _examples;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in examples.ReplaceLineEndings("\n").Split('\n')) output.WriteLine("  " + line);
        return code;
    }
}
