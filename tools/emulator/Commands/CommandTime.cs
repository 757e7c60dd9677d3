using System.CommandLine;

namespace LabEdge.Emulator.Commands;

/// <summary>Options whose value is a virtual time, such as <c>--until 10s</c>; another form is told by the command line.</summary>
public static class CommandTime
{
    public static Option<string> Make(string name, string description, bool required = false)
    {
        Option<string> option = new(name) { Description = description, HelpName = "TIME", Required = required };
        option.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (Units.Duration(text) == null) result.AddError($"{name} {text}: expected {Units.DurationForm}");
        });
        return option;
    }

    /// <returns>Virtual microseconds, or null when it was not given.</returns>
    public static long? Of(ParseResult result, Option<string> option) => result.GetValue(option) is string text ? Units.Duration(text) : null;
}
