using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LabEdge.Emulator.Commands;

/// <summary>The usual help, and examples after that of the whole program.</summary>
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

    public static void AddTo(RootCommand root, string examples)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action, examples);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(_examples);
        return code;
    }
}
